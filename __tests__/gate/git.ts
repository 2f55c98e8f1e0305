/** Real repositories for tests, made by Git, whatever the machine's configuration says. */

import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  // Without the examples of hooks.
  GIT_TEMPLATE_DIR: '',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Example'],
      [`GIT_${who}_EMAIL`, 'user@example.org'],
      [`GIT_${who}_DATE`, '2026-01-02T03:04:05Z'],
    ]),
  ),
};

/** Runs Git in a folder and returns what it prints. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  return (await run('git', ['-C', folder, ...args], { env })).stdout.trim();
}

/** The contents of files and the targets of links, by path. */
export type Tree = Readonly<Record<string, string | { readonly link: string }>>;

export async function write(folder: string, tree: Tree): Promise<void> {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === 'string') await writeFile(path, content);
    else await symlink(content.link, path);
  }
}

/** Makes a repository with one commit, and returns the commit's name. */
export async function repository(folder: string, tree: Tree, ...options: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  await git(folder, 'init', '--quiet', '--initial-branch=main', ...options);
  return commit(folder, tree);
}

/** Adds a commit to a repository, and returns its name. */
export async function commit(folder: string, tree: Tree, message = 'Example'): Promise<string> {
  await write(folder, tree);
  await git(folder, 'add', '--all', '--force');
  await git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}
