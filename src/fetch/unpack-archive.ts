/** Unpacks untrusted archives into an empty folder. */

import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { CountersignError, systemCode } from '../core/errors/index.ts';
import type { ArchiveEntry } from './archive-directory.ts';
import { archiveLimits, invalid, readArchive, readArchiveDirectory } from './archive-directory.ts';

/** The file operations that unpacking needs. */
export type UnpackingFiles = Pick<typeof fs, 'mkdir' | 'open'>;

/**
 * Unpacks an archive.
 *
 * @param folder an empty folder that no other program uses
 * @param maxBytes the limit for all unpacked bytes
 * @returns the names of its files
 * @throws CountersignError `ARCHIVE_INVALID`, `LIMIT_EXCEEDED`; some of the files may have been written by then
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  files: UnpackingFiles,
  maxBytes: number = archiveLimits.bytes,
): Promise<readonly string[]> {
  const handle = await files.open(archive, 'r');
  try {
    const entries = await readArchiveDirectory(handle, maxBytes);
    for (const entry of entries) await unpackEntry(handle, entry, folder, files);
    return entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  } finally {
    await handle.close();
  }
}

async function unpackEntry(
  archive: FileHandle,
  entry: ArchiveEntry,
  folder: string,
  files: UnpackingFiles,
): Promise<void> {
  const path = join(folder, entry.name);
  try {
    await files.mkdir(entry.kind === 'folder' ? path : dirname(path), { recursive: true });
    if (entry.kind === 'folder') return;
    // Never onto something that is there already.
    const file = await files.open(path, 'wx', 0o644);
    try {
      for await (const chunk of contents(archive, entry)) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof CountersignError || !isConflict(cause)) throw cause;
    invalid(`has an entry ${JSON.stringify(entry.name)} that conflicts with another entry`);
  }
}

function isConflict(cause: unknown): boolean {
  return /^(EEXIST|ENOTDIR|EISDIR)$/.test(systemCode(cause) ?? '');
}

/** Yields the unpacked bytes. Fails if they are more than the directory says, or do not have its checksum. */
async function* contents(archive: FileHandle, entry: ArchiveEntry): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of entry.deflated ? inflated(archive, entry) : packed(archive, entry)) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    if (size > entry.size) break;
    yield chunk;
  }
  if (size !== entry.size || checksum !== entry.checksum)
    invalid(`has an entry ${JSON.stringify(entry.name)} whose size or checksum is wrong`);
}

const chunkLength = 64 * 1024;

async function* packed(archive: FileHandle, { start, packedSize }: ArchiveEntry): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < packedSize; at += chunkLength) {
    yield await readArchive(archive, start + at, Math.min(chunkLength, packedSize - at));
  }
}

async function* inflated(archive: FileHandle, entry: ArchiveEntry): AsyncGenerator<Buffer, void> {
  const inflate = createInflateRaw();
  const feeding = pipeline(packed(archive, entry), inflate).catch((cause: unknown) => cause);
  try {
    yield* inflate;
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    invalid(`has an entry ${JSON.stringify(entry.name)} that cannot be unpacked`);
  } finally {
    inflate.destroy();
    await feeding;
  }
  // Other readers would take what follows for the next entry.
  if (inflate.bytesWritten !== entry.packedSize)
    invalid(`has an entry ${JSON.stringify(entry.name)} with extra data after its end`);
}
