// Asks git which files there are, and which lines have changed.
import { execFileSync } from 'node:child_process';

function git(root, ...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
}

/** Returns the files of the project as they are now, also those that nobody has added yet. */
export function projectFiles(root) {
  const listed = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  const deleted = new Set(git(root, 'ls-files', '-z', '--deleted').split('\0'));
  return [...new Set(listed)].filter((file) => file !== '' && !deleted.has(file));
}

/**
 * Returns what tells whether a line of a file was changed since a commit; whether or not the change is committed.
 *
 * @param base a commit; by default, where this branch left origin/main
 */
export function changedLines(root, base) {
  const since = base || leftMain(root);
  const ranges = new Map();
  let file = '';
  for (const line of git(root, 'diff', '--unified=0', '--no-color', '--no-ext-diff', since, '--', 'src').split('\n')) {
    const [, name] = /^\+\+\+ b\/(.*)$/.exec(line) ?? [];
    if (name !== undefined) file = name;
    const [, start, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (start !== undefined)
      ranges.set(file, [...(ranges.get(file) ?? []), [Number(start), Number(start) + Number(count) - 1]]);
  }
  const untracked = git(root, 'ls-files', '-z', '--others', '--exclude-standard', '--', 'src').split('\0');
  for (const name of untracked) ranges.set(name, [[1, Number.POSITIVE_INFINITY]]);
  return ({ file, line, lastLine }) => (ranges.get(file) ?? []).some(([from, to]) => line <= to && lastLine >= from);
}

function leftMain(root) {
  try {
    return git(root, 'merge-base', 'HEAD', 'origin/main').trim();
  } catch (cause) {
    throw new Error('there is no origin/main that this branch has left; name a commit: --changed=COMMIT', { cause });
  }
}
