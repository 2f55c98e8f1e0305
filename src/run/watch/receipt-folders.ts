/** Reads the receipts, bundles and checksums files in the folders of a policy. */

import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { type Fact, isReceiptFile, ReceiptCollector, type Receipts } from '../../monitor/rules/index.ts';
import { readRegularFile } from '../../node/index.ts';
import type { World } from '../world/index.ts';

/** The limits on the files of all folders together. */
export interface ReceiptLimits {
  readonly files: number;
  readonly depth: number;
  readonly bytes: number;
}

const receiptLimits: ReceiptLimits = { files: 20_000, depth: 16, bytes: 512 * 1024 * 1024 };
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
  limits: ReceiptLimits = receiptLimits,
): Promise<Fact<Receipts>> {
  const collector = new ReceiptCollector();
  try {
    let bytes = 0;
    for (const path of await receiptFiles(folders, files, limits)) {
      const content = await orUnreadable(path, () => readRegularFile(files, path, maxFileLength));
      bytes += content.length;
      if (bytes > limits.bytes) fail('LIMIT_EXCEEDED', `the files have more than ${limits.bytes} bytes`);
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
  limits: ReceiptLimits,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) await search(folder, 0);
  return found;

  async function search(folder: string, depth: number): Promise<void> {
    if (depth > limits.depth) fail('LIMIT_EXCEEDED', `${folder} is nested too deeply`);
    const entries: readonly Dirent[] = await orUnreadable(folder, () => files.readdir(folder, { withFileTypes: true }));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await search(path, depth + 1);
      else if (entry.isFile() && isReceiptFile(entry.name)) found.push(path);
      if (found.length > limits.files) fail('LIMIT_EXCEEDED', `the folders have more than ${limits.files} files`);
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
