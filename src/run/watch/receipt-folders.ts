/** Reads the receipts, bundles and checksums files in the folders of a policy. */

import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { type Fact, isReceiptFile, ReceiptCollector, type Receipts } from '../../monitor/rules/index.ts';
import { readRegularFile } from '../../node/index.ts';
import type { World } from '../world/index.ts';

/** The limits on the files of the folders together. */
export const receiptLimits = { files: 20_000, depth: 16, bytes: 512 * 1024 * 1024 } as const;
/** A file with a bundle in each line may be this long, in bytes. */
const maxFileLength = 128 * 1024 * 1024;

/**
 * Reads the files of folders, and of the folders in them. Symbolic links are not followed.
 *
 * @returns `absent` if the folders state no digest; `unknown` if a file or folder cannot be read, since its digests are then missing
 */
export async function readReceipts(
  folders: readonly string[],
  files: Pick<World['files'], 'open' | 'readdir'>,
): Promise<Fact<Receipts>> {
  const collector = new ReceiptCollector();
  try {
    let bytes = 0;
    for (const path of await receiptFiles(folders, files)) {
      const content = await orUnreadable(path, () => readRegularFile(files, path, maxFileLength));
      bytes += content.length;
      if (bytes > receiptLimits.bytes) fail('LIMIT_EXCEEDED', `the files have more than ${receiptLimits.bytes} bytes`);
      addFile(collector, path, content);
    }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: 'unknown', reason: error.message };
  }
  const { receipts } = collector;
  return receipts.digests.size === 0 ? { kind: 'absent' } : { kind: 'known', value: receipts };
}

function addFile(collector: ReceiptCollector, path: string, content: Uint8Array): void {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  try {
    collector.add(name, content);
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    throw new CountersignError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}

async function receiptFiles(
  folders: readonly string[],
  files: Pick<World['files'], 'readdir'>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) await search(folder, 0);
  return found;

  async function search(folder: string, depth: number): Promise<void> {
    if (depth > receiptLimits.depth) fail('LIMIT_EXCEEDED', `${folder} is nested too deeply`);
    const entries: readonly Dirent[] = await orUnreadable(folder, () => files.readdir(folder, { withFileTypes: true }));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await search(path, depth + 1);
      else if (entry.isFile() && isReceiptFile(entry.name)) found.push(path);
      if (found.length > receiptLimits.files)
        fail('LIMIT_EXCEEDED', `the folders have more than ${receiptLimits.files} files`);
    }
  }
}

async function orUnreadable<Value>(path: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    return fail('SUBJECT_UNREADABLE', `${path} cannot be read: ${systemCode(cause) ?? String(cause)}`, { cause });
  }
}
