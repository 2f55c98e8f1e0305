/** Recognises and reads the manifests that runs write. */

import { asList, asObject, type JsonValue, parseJson } from '../core/encoding/index.ts';
import { attempt } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { readRegularFile } from '../node/index.ts';
import { type FileSubject, isBundleFile } from '../subject/index.ts';

/** A subject as a manifest lists it. */
export interface ManifestEntry {
  readonly name: string;
  /** `sha256:<hex>`. */
  readonly digest: string;
  /** The path of the bundle, relative to the folder of the manifest, with `/` between its parts. */
  readonly bundle: string;
}

const maxLength = 64 * 1024 * 1024;
const maxValues = 5_000_000;
const headLength = 4096;
const text = '"(?:[^"\\\\]|\\\\.)*"';
/** The beginning of every manifest, by which one is recognised. */
const opening = new RegExp(`^\\{"version":1,"identity":${text},"issuer":${text},"subjects":\\[\\n`);

/**
 * Returns what a run delivers that this file is, by its content; `undefined` for any other file. The file is opened once.
 *
 * @throws CountersignError `SUBJECT_UNREADABLE`
 */
export async function deliveredKind(
  file: Pick<FileSubject, 'name' | 'path'>,
  files: FileReading,
): Promise<'bundle' | 'manifest' | undefined> {
  let manifest = false;
  const isEither = await isBundleFile(file, files, (beginning) => {
    manifest = opening.test(beginning);
    return manifest;
  });
  if (!isEither) return undefined;
  return manifest ? 'manifest' : 'bundle';
}

/** Returns the subjects that a manifest lists; `undefined` for a file that is not there, or is no manifest. */
export async function readManifest(path: string, files: FileReading): Promise<readonly ManifestEntry[] | undefined> {
  const bytes = await readRegularFile(files, path, maxLength).catch(() => undefined);
  if (bytes === undefined || !opening.test(bytes.toString('utf8', 0, headLength))) return undefined;
  const manifest = asObject(attempt(() => parseJson(bytes, { maxLength, maxValues })));
  const entries = asList(manifest?.subjects)?.map(entryOf);
  return entries?.every((entry) => entry !== undefined) ? entries : undefined;
}

/** Reports whether a line is the first one of a manifest. */
export function isManifestOpening(line: string): boolean {
  return opening.test(`${line}\n`);
}

/**
 * Returns the subject in a line of a manifest; `undefined` for a line without one.
 *
 * @throws CountersignError `JSON_INVALID`
 */
export function readManifestLine(line: string): ManifestEntry | undefined {
  return entryOf(parseJson(line.replace(/,$/, '')));
}

function entryOf(value: JsonValue): ManifestEntry | undefined {
  const { name, digest, bundle } = asObject(value) ?? {};
  if (typeof name !== 'string' || typeof digest !== 'string' || typeof bundle !== 'string') return undefined;
  return { name, digest, bundle };
}
