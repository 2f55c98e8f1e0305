import { sep } from 'node:path';
import { pathBelow } from '../node/index.ts';

/** Returns a path for display: relative to the workspace if it is below it, with `/` as separator. */
export function shownPath(path: string, workspace: string): string {
  return pathBelow(workspace, path) || path.split(sep).join('/');
}
