/** Finds the Git checkouts that a file is in, and reads what `.git` says of each, without running Git. */

import type * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../core/errors/index.ts';
import { readRegularFile } from '../node/index.ts';
import { type ObjectId, readObjectId } from './object-id.ts';

export interface Checkout {
  /** The real path of the folder that holds `.git`. */
  readonly root: string;
  /** True if `.git` is a folder. It is a file in a submodule and in a linked worktree, and an attacker can put anything there. */
  readonly isWhole: boolean;
}

type CheckoutFiles = Pick<typeof fs, 'lstat' | 'open'>;

/**
 * Finds the checkouts that a folder is in, the innermost first.
 *
 * @param folder a real path in the workspace
 * @param workspace the real path of the workspace, where the search ends
 */
export async function checkoutsAround(
  folder: string,
  workspace: string,
  files: CheckoutFiles,
): Promise<readonly Checkout[]> {
  const found: Checkout[] = [];
  for (let root = folder; ; root = dirname(root)) {
    const git = await files.lstat(join(root, '.git')).catch((cause: unknown) => {
      // A folder that cannot be read may be a checkout.
      return systemCode(cause) === 'ENOENT' ? undefined : ({ isDirectory: () => false } as const);
    });
    if (git !== undefined) found.push({ root, isWhole: git.isDirectory() });
    if (root === workspace || root === dirname(root)) return found;
  }
}

/** Returns the commit that a checkout is at; `undefined` if `.git` does not say so in a way that is read here. */
export async function headOf({ root }: Checkout, files: CheckoutFiles): Promise<ObjectId | undefined> {
  const text = async (name: string, maxLength: number): Promise<string> =>
    (await readRegularFile(files, join(root, '.git', name), maxLength).catch(() => '')).toString();
  const head = (await text('HEAD', 4096)).trimEnd();
  const [, ref] = /^ref: (refs\/[^\s~^:?*[\\]+)$/.exec(head) ?? [];
  if (ref === undefined) return readObjectId(head);
  if (ref.split('/').some((part) => part === '' || part.startsWith('.'))) return undefined;
  const loose = (await text(ref, 4096)).trimEnd();
  // A loose branch is newer than one among the packed.
  if (loose !== '') return readObjectId(loose);
  const packed = (await text('packed-refs', 64 * 1024 * 1024)).split('\n').filter((line) => line.endsWith(` ${ref}`));
  return packed.length === 1 ? readObjectId(packed[0]?.slice(0, -ref.length - 1)) : undefined;
}

/** Returns the address of the one repository that a checkout was fetched from; `undefined` if that is not clear. */
export async function originOf({ root }: Checkout, files: CheckoutFiles): Promise<string | undefined> {
  const text = await readRegularFile(files, join(root, '.git', 'config'), 1024 * 1024).catch(() => undefined);
  const addresses: string[] = [];
  let section = '';
  for (const line of text?.toString().split('\n') ?? []) {
    const [, name] = /^\s*\[(.*)\]\s*$/.exec(line) ?? [];
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) section = name;
    // Git reads more than this reader does: sections with something behind them, values in several lines.
    else if (/^\s*\[/.test(line) || /\\\s*$/.test(line)) return undefined;
    if (/^url\b/i.test(section)) return undefined;
    if (!/^remote\b/i.test(section)) continue;
    if (section !== 'remote "origin"') return undefined;
    if (/^(?:push)?url$/i.test(key)) addresses.push(value);
  }
  return addresses.length === 1 ? addresses[0] : undefined;
}

/**
 * Returns the repository (`owner/name`, in lower case) of a server that an address names; `undefined` if the address is another
 * server's, or is written in a way that is not read here.
 *
 * @param server `GITHUB_SERVER_URL`
 */
export function repositoryAt(address: string, server: string): string | undefined {
  const [, name = '', path = ''] =
    /^(?:https|ssh):\/\/(?:[\w-]+@)?([\w.-]+)\/(.*)$/.exec(address) ?? /^[\w-]+@([\w.-]+):(.*)$/.exec(address) ?? [];
  if (!URL.canParse(server) || name.toLowerCase() !== new URL(server).host) return undefined;
  const [, repository] = /^([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path) ?? [];
  return repository?.toLowerCase();
}
