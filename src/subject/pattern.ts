/** A line of the input `files`: what it may say, and its one form below the workspace. */

import { isAbsolute, sep, win32 } from 'node:path';
import { fail } from '../core/errors/index.ts';

/**
 * A pattern relative to the workspace, with `/` between its parts, without `.`, `..` and empty parts; empty for the workspace itself.
 * On Windows every `\` separates, as upload-artifact has it; elsewhere it takes the next character's meaning away.
 *
 * @param roots the paths by which the workspace is known
 * @throws CountersignError `USAGE` if it leads out of the workspace
 */
export function relativePattern(line: string, roots: readonly string[], separator: string = sep): string {
  const onWindows = separator === win32.sep;
  const pattern = slashed(line, separator);
  const absolute = onWindows ? win32.isAbsolute(pattern) : isAbsolute(pattern);
  const below = absolute ? belowRoot(pattern, roots, separator) : pattern;
  const parts: string[] = [];
  for (const part of (below ?? outside(line)).split('/')) {
    if (part === '' || part === '.') continue;
    // A pattern may spell it \.\. as well.
    if (part.replaceAll('\\', '') !== '..') parts.push(part);
    else if (!isName(parts.pop())) outside(line);
  }
  return parts.join('/');
}

/** Reports whether a part of a pattern is the name of one folder, so that `..` behind it takes it back. */
function isName(part: string | undefined): boolean {
  return part !== undefined && !/[*?[\](){}\\]/.test(part);
}

function belowRoot(pattern: string, roots: readonly string[], separator: string): string | undefined {
  const folded = (path: string) => (separator === win32.sep ? path.toLowerCase() : path);
  for (const root of roots) {
    const prefix = slashed(root, separator).replace(/\/$/, '');
    if (folded(`${pattern}/`).startsWith(folded(`${prefix}/`))) return pattern.slice(prefix.length);
  }
  return undefined;
}

function slashed(path: string, separator: string): string {
  return separator === win32.sep ? path.replaceAll('\\', '/') : path;
}

function outside(line: string): never {
  fail('USAGE', `the pattern ${JSON.stringify(line)} points outside of the workspace`, {
    remedy: 'Specify files in the workspace. Copy other files into the workspace first.',
  });
}
