/** Evidence files: one for each proven finding, with everything that checking it needs except the key of the log. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { decodeUtf8, encodeBase64, encodeHex, ProtoField } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type FileWriting, pathExists, syncFolder, writeAtomically } from '../../node/index.ts';
import type { MonitoredLog } from '../log/index.ts';
import type { Finding, Misbehaviour, ProvableCode } from './finding.ts';
import type { CertificatePromise, EntryPromise, Proof } from './proof.ts';

/** A response that a finding is based on. */
export interface Fetched {
  readonly url: string;
  readonly time: Date;
  readonly status: number;
  /** Of the body. */
  readonly sha256: Uint8Array;
}

export interface EvidenceContext {
  readonly log: MonitoredLog;
  /** The source of the log's key, for people: `the trusted root of the instance public-good`. */
  readonly keySource: string;
  readonly fetched: readonly Fetched[];
  readonly now: Date;
  /** The name and version of the program. */
  readonly tool: string;
}

/** An evidence file as it was read: nothing in it is verified. */
export interface Evidence {
  readonly id: string;
  readonly code: ProvableCode;
  readonly origin: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** The signed notes: for a contradiction the smaller tree first, for a thawed log the frozen one. */
  readonly notes: readonly string[];
  readonly claim: Claim;
}

/** A proof without its heads, which are in the notes. */
export type Claim =
  | { readonly kind: 'contradiction'; readonly rootInstead: Uint8Array; readonly proof: readonly Uint8Array[] }
  | { readonly kind: 'thawed' }
  | {
      readonly kind: 'promise';
      readonly promise: EntryPromise | CertificatePromise;
      readonly index: number;
      readonly bytes: Uint8Array;
      readonly proof: readonly Uint8Array[];
    };

const schema = 'countersign-evidence/1';
/** The schema of the files that hold observations, which prove nothing. */
export const observationSchema = 'countersign-observation/1';
/** A note has at most 1 MiB, and base64 needs four bytes for three. */
const maxLength = 16 * 1024 * 1024;

/** The functions of a file system that evidence files need. */
export type EvidenceFiles = FileWriting & Pick<typeof fs, 'access' | 'stat' | 'lstat'>;

/**
 * Writes the evidence of a finding, unless it exists: the id is the same whenever the same is found, and the first evidence is kept.
 *
 * @param folder is created if it does not exist
 * @returns the path
 * @throws the system's error
 */
export async function writeEvidence(
  folder: string,
  finding: Misbehaviour,
  context: EvidenceContext,
  { files, random }: { readonly files: EvidenceFiles; readonly random: RandomBytes },
): Promise<string> {
  const path = join(folder, `${finding.id}.json`);
  if (await pathExists(path, files)) return path;
  await writeAtomically(files, random, path, `${JSON.stringify(evidenceJson(finding, context), undefined, 2)}\n`);
  await syncFolder(files, folder);
  return path;
}

function evidenceJson(finding: Misbehaviour, context: EvidenceContext): object {
  const { id, code, message, proof } = finding;
  const { now, tool } = context;
  const { notes, hashes, entries, ...details } = partsOf(proof);
  return {
    schema,
    finding: { id, code, message, found: now.toISOString(), proof: { kind: proof.kind, ...details } },
    log: logJson(finding, context),
    notes: notes.map(encodeBase64),
    proof: hashes.map(encodeBase64),
    entries: entries.map(({ index, bytes }) => ({ index, bytes: encodeBase64(bytes) })),
    fetched: fetchedJson(context),
    tool,
  };
}

export function logJson(
  { log: { origin } }: Pick<Finding, 'log'>,
  { log: { baseUrl, publicKey, keyId }, keySource }: EvidenceContext,
): object {
  return { origin, baseUrl, publicKey: encodeBase64(publicKey.spki), keyId: encodeBase64(keyId), keySource };
}

export function fetchedJson({ fetched }: EvidenceContext): readonly object[] {
  return fetched.map(({ url, time, status, sha256 }) => ({
    url,
    time: time.toISOString(),
    status,
    sha256: encodeHex(sha256),
  }));
}

function partsOf(proof: Proof) {
  switch (proof.kind) {
    case 'contradiction':
      return {
        notes: [proof.smaller.note, proof.larger.note],
        hashes: proof.proof,
        entries: [],
        rootInstead: encodeBase64(proof.rootInstead),
      };
    case 'thawed':
      return { notes: [proof.frozen.note, proof.later.note], hashes: [], entries: [] };
    case 'promise':
      return {
        notes: [proof.head.note],
        hashes: proof.proof,
        entries: [{ index: proof.index, bytes: proof.bytes }],
        promise: promiseJson(proof.promise),
      };
  }
}

function promiseJson(promise: EntryPromise | CertificatePromise): object {
  return promise.kind === 'signed-entry-timestamp'
    ? {
        kind: promise.kind,
        canonicalizedBody: encodeBase64(promise.canonicalizedBody),
        integratedTime: String(promise.integratedTime),
        logIndex: String(promise.logIndex),
        signature: encodeBase64(promise.signature),
      }
    : { kind: promise.kind, certificate: encodeBase64(promise.certificate), issuer: encodeBase64(promise.issuer) };
}

const codes = { LOG_FORKED: 1, SPLIT_VIEW: 2, PROMISE_BROKEN: 3, LOG_THAWED: 4 } as const satisfies Record<
  ProvableCode,
  number
>;

/**
 * Reads an evidence file. Nothing is verified.
 *
 * @throws CountersignError `EVIDENCE_INVALID`
 */
export function readEvidence(bytes: Uint8Array): Evidence {
  const file = ProtoField.parse(bytes, 'EVIDENCE_INVALID', 'evidence', { maxLength });
  const stated = file.field('schema').text();
  if (stated === observationSchema)
    fail('EVIDENCE_INVALID', 'the file is an observation, and no evidence: no signature covers what the log served', {
      remedy: 'Use a file of the folder `evidence`. Compare an observation with what others obtain from the log.',
    });
  if (stated !== schema)
    file.field('schema').fail(`is not ${schema}: the file is no evidence file, or of another version`);
  const finding = file.field('finding');
  const log = file.field('log');
  const notes = file.field('notes').list(2);
  return {
    id: finding.field('id').text(),
    code: finding.field('code').enum(codes) ?? finding.field('code').fail('is not the code of a proven finding'),
    origin: log.field('origin').text(),
    publicKey: log.field('publicKey').data(),
    notes: notes.map((note) => decodeUtf8(note.data()) ?? note.fail('is not valid UTF-8')),
    claim: readClaim(file),
  };
}

function readClaim(file: ProtoField): Claim {
  const details = file.field('finding').field('proof');
  const proof = file
    .field('proof')
    .list(128)
    .map((hash) => hash.data());
  const kind = details.field('kind').text();
  if (kind === 'contradiction') return { kind, rootInstead: details.field('rootInstead').data(), proof };
  if (kind === 'thawed') return { kind };
  if (kind !== 'promise') return details.field('kind').fail('is not a known kind of proof');
  const [entry] = file.field('entries').list(1);
  if (entry === undefined) return file.field('entries').fail('has no entry');
  return {
    kind,
    promise: readPromise(details.field('promise')),
    index: entry.field('index').safeInteger(),
    bytes: entry.field('bytes').bytes(),
    proof,
  };
}

function readPromise(promise: ProtoField): EntryPromise | CertificatePromise {
  const kind = promise.field('kind').text();
  if (kind === 'signed-certificate-timestamp')
    return { kind, certificate: promise.field('certificate').data(), issuer: promise.field('issuer').data() };
  if (kind !== 'signed-entry-timestamp') return promise.field('kind').fail('is not a known kind of promise');
  return {
    kind,
    canonicalizedBody: promise.field('canonicalizedBody').data(),
    integratedTime: promise.field('integratedTime').uint64(),
    logIndex: promise.field('logIndex').uint64(),
    signature: promise.field('signature').data(),
  };
}
