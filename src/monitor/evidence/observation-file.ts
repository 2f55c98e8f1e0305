/** Observation files: what a log served in place of an entry of its tree. No signature covers it, so that it is no evidence. */

import { createHash } from 'node:crypto';
import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { encodeBase64 } from '../../core/encoding/index.ts';
import { leafHash } from '../../core/log/index.ts';
import { namesIn, pathExists, syncFolder, writeAtomically } from '../../node/index.ts';
import type { AlteredEntry, ServedBundle, ServedEntry, TreeHead } from '../log/index.ts';
import { type EvidenceContext, type EvidenceFiles, fetchedJson, logJson, observationSchema } from './evidence-file.ts';
import type { Observation } from './finding.ts';

const warning = 'This is no proof: no signature covers the entries that a log serves.';
/** The number of bytes that are kept of a bundle, and of an entry. Longer ones are stored as their hashes. */
const maxBundle = 4 * 1024 * 1024;
const maxEntry = 1024 * 1024;
/** The number of files in a folder: a log could serve something else each time. */
const maxFiles = 100;

/** The functions of a file system that observation files need. */
export type ObservationFiles = EvidenceFiles & Pick<typeof fs, 'readdir'>;

/**
 * Writes what a log served in place of an entry, unless the file exists. The name contains the id of the finding and a hash of what was
 * served, so that nothing is overwritten.
 *
 * @param folder is created if it does not exist
 * @param head the tree that contains the entry
 * @returns the path; `undefined` if the folder is full
 * @throws the system's error
 */
export async function writeObservation(
  folder: string,
  finding: Observation,
  { entry, bundle }: AlteredEntry,
  head: TreeHead,
  context: EvidenceContext,
  { files, random }: { readonly files: ObservationFiles; readonly random: RandomBytes },
): Promise<string | undefined> {
  const served = sha256(bundle?.bytes ?? entry?.bytes ?? new Uint8Array());
  const path = join(folder, `${finding.id}-${served.slice(0, 16)}.json`);
  if (await pathExists(path, files)) return path;
  if ((await namesIn(folder, files)).length >= maxFiles) return undefined;
  const { id, code, message } = finding;
  const document = {
    schema: observationSchema,
    warning,
    finding: { id, code, message, found: context.now.toISOString() },
    log: logJson(finding, context),
    note: encodeBase64(head.note),
    entry: entry === undefined ? null : entryJson(entry),
    bundle: bundle === undefined ? null : bundleJson(bundle),
    fetched: fetchedJson(context),
    tool: context.tool,
  };
  await writeAtomically(files, random, path, `${JSON.stringify(document, undefined, 2)}\n`);
  await syncFolder(files, folder);
  return path;
}

function entryJson({ index, bytes, expected }: ServedEntry): object {
  return {
    index,
    ...servedJson(bytes, maxEntry),
    leafHash: encodeBase64(leafHash(bytes)),
    expected: expected === undefined ? null : encodeBase64(expected),
  };
}

function bundleJson({ first, bytes, hashes }: ServedBundle): object {
  return { first, ...servedJson(bytes, maxBundle), hashes: hashes.map(encodeBase64) };
}

function servedJson(bytes: Uint8Array, limit: number): object {
  return {
    length: bytes.length,
    sha256: sha256(bytes),
    bytes: bytes.length > limit ? null : encodeBase64(bytes),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
