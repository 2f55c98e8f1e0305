/** Formats a watch for its issue. */

import type { WatchReport } from '../monitor/watch/index.ts';

/** The verified tree of a log, in the issue of a watch: an anchor that does not depend on the state folder. */
export interface WatchAnchor {
  readonly origin: string;
  readonly size: number;
  /** In hexadecimal. */
  readonly root: string;
}

/** Returns the title and the body. The body carries a hidden marker with an anchor for each log. */
export function watchIssue(_report: WatchReport): { readonly title: string; readonly body: string } {
  return { title: '', body: '' };
}

/** Returns the anchors in the body of an issue; `undefined` if it has no valid marker. The body is untrusted. */
export function watchAnchors(_body: string): readonly WatchAnchor[] | undefined {
  return undefined;
}
