/** Lays out the repository of an action as the runner does when a job begins. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { parseActionReference } from '../../../sandbox/runner/action-reference.ts';
import { fail } from '../../../src/core/errors/index.ts';

export interface ActionStaging {
  /** A checkout of the action's repository. Files that are tracked, or could be, are taken as they are on disk. */
  readonly checkout: string;
  /** The runner's `_actions`. */
  readonly actionsDirectory: string;
  /** `owner/repository@ref`, with or without a path to an action in it: the whole repository is laid out. */
  readonly uses: string;
}

/**
 * Copies the files that an archive of a repository would hold to `_actions/{owner}/{repository}/{ref}`: without those that git ignores,
 * such as node_modules, and those marked `export-ignore`.
 *
 * @returns the folder of the repository
 * @throws CountersignError `USAGE`, also if a package.json above the folder would say how to read the action's scripts
 */
export async function stageAction({ checkout, actionsDirectory, uses }: ActionStaging): Promise<string> {
  const reference = parseActionReference(uses);
  if (reference.kind !== 'remote') fail('USAGE', `${uses} is in the workspace; it is not laid out`);
  refusePackageAbove(actionsDirectory);
  const folder = repositoryFolder(actionsDirectory, reference);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = existsSync(join(checkout, '.git')) ? await archivedFiles(checkout) : await allFiles(checkout);
  for (const file of files) {
    await cp(join(checkout, file), join(folder, file), { recursive: true, verbatimSymlinks: true });
  }
  return folder;
}

/** Returns `_actions/{owner}/{repository}/{ref}`; a ref with slashes makes folders within folders. */
export function repositoryFolder(
  actionsDirectory: string,
  { repository, ref }: { readonly repository: string; readonly ref: string },
): string {
  return join(actionsDirectory, ...repository.split('/'), ...ref.split('/'));
}

/** Refuses a package.json above the folder, which would decide whether scripts are CommonJS. Real runners have none. */
function refusePackageAbove(actionsDirectory: string): void {
  for (let folder = resolve(actionsDirectory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) fail('USAGE', `There is a package.json above actions, in ${folder}`);
    if (folder === dirname(folder)) return;
  }
}

async function archivedFiles(checkout: string): Promise<readonly string[]> {
  const tracked = await git(checkout, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const attributes = await git(checkout, ['check-attr', '-z', 'export-ignore', '--', ...withFolders(tracked)]);
  const ignored: string[] = [];
  for (let at = 0; at + 2 < attributes.length; at += 3) {
    const [path = '', , value] = attributes.slice(at, at + 3);
    if (value === 'set') ignored.push(path);
  }
  return tracked.filter(
    (path) =>
      !ignored.some((prefix) => path === prefix || path.startsWith(`${prefix.replace(/\/$/, '')}/`)) &&
      existsSync(join(checkout, path)),
  );
}

/** Adds the folders of files, which have attributes of their own. The pattern `folder/` only matches with the slash. */
function withFolders(files: readonly string[]): readonly string[] {
  const paths = new Set(files);
  for (const file of files) {
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) paths.add(folder).add(`${folder}/`);
  }
  return [...paths];
}

async function git(checkout: string, args: readonly string[]): Promise<readonly string[]> {
  // Another user may own the checkout, as in a container; nothing of it is executed.
  const { stdout } = await promisify(execFile)('git', ['-c', 'safe.directory=*', ...args], {
    cwd: checkout,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\0').filter((part) => part !== '');
}

/** Lists the files of a folder that is no checkout, such as an unpacked package, without node_modules. */
async function allFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(folder).length + 1))
    .filter((path) => !path.split(sep).includes('node_modules'));
}
