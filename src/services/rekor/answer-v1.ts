/** The entries that Rekor v1 answers: a map from UUID to entry, in hexadecimal and numbers, made what bundles hold. */

import type { LogEntry } from '../../core/bundle/index.ts';
import { asObject, decodeHex, ProtoField, parseJson } from '../../core/encoding/index.ts';
import { attempt, fail, reading } from '../../core/errors/index.ts';

/** An entry that was fetched can hold the attestation that the log stored with it. */
export const maxAnswerLength = 16 * 1024 * 1024;
const maxProofHashes = 64;
const uuidShape = /^(?:[0-9a-f]{16})?[0-9a-f]{64}$/;

/** Reports whether a text is an entry's UUID: the id of its tree and the hash of its leaf, or that hash alone. */
export function isUuid(text: string): boolean {
  return uuidShape.test(text);
}

export interface AnsweredEntry {
  readonly uuid: string;
  readonly entry: LogEntry;
  /** The attestation that the service stored with the entry. It is not part of the log, which may hold its hash. */
  readonly attestation: Uint8Array | undefined;
}

/**
 * Reads the one entry of an answer. Nothing is verified.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export function readAnswerV1(body: Uint8Array, { origin }: URL): AnsweredEntry {
  const what = `the response of the transparency log (${origin})`;
  const answer = reading('SERVICE_RESPONSE_INVALID', what, () => parseJson(body, { maxLength: maxAnswerLength }));
  const uuids = Object.keys(asObject(answer) ?? {});
  const [uuid = ''] = uuids;
  if (uuids.length !== 1 || !isUuid(uuid)) {
    fail('SERVICE_RESPONSE_INVALID', `${what} does not contain exactly one entry with its UUID`);
  }
  const entry = ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', what, { maxLength: maxAnswerLength }).field(uuid);
  const stored = entry.field('attestation').field('data');
  return { uuid, entry: toLogEntry(entry), attestation: stored.present ? attempt(() => stored.bytes()) : undefined };
}

function toLogEntry(entry: ProtoField): LogEntry {
  const canonicalizedBody = entry.field('body').data();
  const verification = entry.field('verification');
  const proof = verification.field('inclusionProof');
  return {
    // Over all shards: it is what the promise is about. The proof has an index of its own, in its shard.
    logIndex: entry.field('logIndex').uint64(),
    logKeyId: hexadecimal(entry.field('logID')),
    ...kindVersion(canonicalizedBody, entry.field('body').path),
    integratedTime: entry.field('integratedTime').uint64(),
    signedEntryTimestamp: verification.field('signedEntryTimestamp').data(),
    inclusionProof: {
      logIndex: proof.field('logIndex').uint64(),
      rootHash: hexadecimal(proof.field('rootHash')),
      treeSize: proof.field('treeSize').uint64(),
      hashes: proof.field('hashes').list(maxProofHashes).map(hexadecimal),
      checkpoint: proof.field('checkpoint').text(),
    },
    canonicalizedBody,
  };
}

function kindVersion(body: Uint8Array, path: string): Pick<LogEntry, 'kind' | 'version'> {
  const fields = ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', path);
  return { kind: fields.field('kind').text(), version: fields.field('apiVersion').text() };
}

function hexadecimal(field: ProtoField): Uint8Array {
  return reading('SERVICE_RESPONSE_INVALID', field.path, () => decodeHex(field.text()));
}
