/** Reads the name and version of an npm package from the tarball that `npm pack` writes. */

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Digest, toDigest } from '../../core/crypto/index.ts';
import { asText, type JsonObject, parseJsonObject } from '../../core/encoding/index.ts';
import { fail, reading, systemCode } from '../../core/errors/index.ts';
import { describeFile, type FileReading, openRegularFile, sameFile } from '../../node/index.ts';
import type { HashedFile } from '../digest-file.ts';
import { orUnreadable } from '../file-system.ts';
import { scanTar, type TarEntry } from '../image/tar-archive.ts';
import { ForwardReader } from './forward-reader.ts';

export interface NpmTarball {
  /** The purl of the package: the name of the subject of npm's provenance. */
  readonly purl: string;
  readonly digest: Digest<'sha512'>;
}

/** The only folder of a tarball. npm ignores its name, so that a second folder could hold another `package.json`. */
const folder = 'package/';
const manifestName = 'package/package.json';
const maxManifestLength = 4 * 1024 * 1024;
const defaultMaxUnpacked = 4 * 1024 ** 3;
const maxNameLength = 214;
const maxVersionLength = 256;

const nameForm = /^(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*$/;
const identifier = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
/** A version of Semantic Versioning 2.0.0. */
const versionForm = new RegExp(
  `^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-${identifier}(?:\\.${identifier})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

/**
 * Reads a tarball, in constant memory. What two readers of archives could take for two packages is refused.
 *
 * @param maxUnpacked the limit for the unpacked archive, in bytes
 * @throws CountersignError `PACKAGE_INVALID`, `LIMIT_EXCEEDED`, `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`
 */
export async function readNpmTarball(
  files: FileReading,
  { path, identity }: HashedFile,
  maxUnpacked = defaultMaxUnpacked,
): Promise<NpmTarball> {
  return await orUnreadable(path, async () => {
    await using file = await openRegularFile(files, path);
    if (identity !== undefined && !sameFile(identity, file.identity))
      changed(path, 'was replaced after the run started');
    const { length, digest } = await measure(file.handle, path, maxUnpacked);
    const entries = await unpacked(file.handle, path, (reader) =>
      scanTar((offset, size) => reader.read(offset, size), length, path, invalid),
    );
    const { offset, size } = manifestEntry(entries, path);
    const manifest = await unpacked(file.handle, path, (reader) => reader.read(offset, size));
    const after = await describeFile(file.handle, path);
    if (file.size !== after.size || file.modified !== after.modified)
      changed(path, 'was modified while it was being read');
    return { purl: purlOf(manifest, path), digest };
  });
}

/** Returns the length of the unpacked archive, and the digest of the packed one. */
async function measure(
  handle: FileHandle,
  path: string,
  maxUnpacked: number,
): Promise<{ readonly length: number; readonly digest: Digest<'sha512'> }> {
  const hash = createHash('sha512');
  let length = 0;
  await unpack(
    handle,
    path,
    (chunk) => hash.update(chunk),
    async (stream) => {
      for await (const chunk of stream) {
        length += chunk.length;
        if (length > maxUnpacked)
          fail('LIMIT_EXCEEDED', `${path} has more than ${maxUnpacked} bytes when it is unpacked`);
      }
    },
  );
  return { length, digest: toDigest('sha512', new Uint8Array(hash.digest())) };
}

async function unpacked<Result>(
  handle: FileHandle,
  path: string,
  use: (reader: ForwardReader) => Promise<Result>,
): Promise<Result> {
  const ignore = (): void => undefined;
  return unpack(handle, path, ignore, async (stream) => {
    const reader = new ForwardReader(stream);
    const result = await use(reader);
    await reader.drain();
    return result;
  });
}

/** Decompresses a file from its beginning. */
async function unpack<Result>(
  handle: FileHandle,
  path: string,
  onPacked: (chunk: Uint8Array) => void,
  use: (stream: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const packed = async function* (): AsyncIterable<Uint8Array> {
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
      onPacked(chunk);
      yield chunk;
    }
  };
  try {
    return await pipeline(packed, createGunzip(), use);
  } catch (cause) {
    if (!/^Z_/.test(systemCode(cause) ?? '')) throw cause;
    return invalid(`${path} is not a gzip file, or not a complete one`);
  }
}

function manifestEntry(entries: ReadonlyMap<string, TarEntry>, path: string): TarEntry {
  const other = [...entries.keys()].find((name) => !name.startsWith(folder));
  if (other !== undefined)
    invalid(`${path} has an entry outside of the folder ${folder}: ${JSON.stringify(other.slice(0, 300))}`);
  const entry = entries.get(manifestName) ?? invalid(`${path} has no ${manifestName}`);
  if (entry.kind !== 'file') invalid(`${path}: ${manifestName} is not a regular file`);
  if (entry.size > maxManifestLength)
    fail('LIMIT_EXCEEDED', `${path}: ${manifestName} is too large: the limit is ${maxManifestLength} bytes`);
  return entry;
}

function purlOf(bytes: Uint8Array, path: string): string {
  const manifest: JsonObject =
    reading('PACKAGE_INVALID', `${path}: ${manifestName}`, () => parseJsonObject(bytes)) ??
    invalid(`${path}: ${manifestName} is not an object`);
  const [name, version] = [asText(manifest.name) ?? '', asText(manifest.version) ?? ''];
  if (name.length > maxNameLength || !nameForm.test(name))
    invalid(`${path}: ${manifestName} has no valid name: ${JSON.stringify(manifest.name ?? null).slice(0, 300)}`);
  if (version.length > maxVersionLength || !versionForm.test(version))
    invalid(`${path}: ${manifestName} has no valid version: ${JSON.stringify(manifest.version ?? null).slice(0, 300)}`);
  // npm publishes a version without its build metadata.
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version.replace(/\+.*$/, '')}`;
}

function invalid(message: string): never {
  return fail('PACKAGE_INVALID', message, { remedy: 'Create the package again with `npm pack`.' });
}

function changed(path: string, what: string): never {
  fail('SUBJECT_CHANGED', `${path} ${what}`, { remedy: 'Sign after the last step that writes to the file.' });
}
