/** Parses the runner's list of the artifacts that earlier steps of the job declared in `$GITHUB_ARTIFACTS`. */

import { parseDigest } from '../core/crypto/index.ts';
import { asList, asObject, type JsonObject, type JsonValue, parseJson } from '../core/encoding/index.ts';
import { fail, reading } from '../core/errors/index.ts';
import { withoutTag } from './digest-lines.ts';
import type { DigestSubject } from './subject.ts';

export const artifactsListLimit = 16 * 1024 * 1024;

const what = '$GITHUB_ARTIFACTS_LIST';

/**
 * Parses `$GITHUB_ARTIFACTS_LIST`, version 1. The list is empty if the runner has the feature off.
 *
 * @throws CountersignError `JSON_INVALID` for another version or shape; `DIGEST_INVALID` for another digest than SHA-256
 */
export function parseArtifactsList(text: string): readonly DigestSubject[] {
  if (text.trim() === '') return [];
  const list = objectOf(
    reading('JSON_INVALID', what, () => parseJson(text, { maxLength: artifactsListLimit, maxValues: 1_000_000 })),
    what,
  );
  if (list.version !== 1) malformed(`${what} has a version other than 1`);
  const subjects = asList(list.subjects) ?? malformed(`${what} has no list of subjects`);
  return subjects.map((subject, index) => parseSubject(subject, `${what}, subject ${index + 1}`));
}

function parseSubject(value: JsonValue, origin: string): DigestSubject {
  const { name, digest, kind } = objectOf(value, origin);
  if (typeof name !== 'string' || name === '') malformed(`${origin} has no name`);
  if (typeof digest !== 'string') malformed(`${origin} has no digest`);
  if (kind !== 'file' && kind !== 'oci') malformed(`${origin} is neither a file nor an OCI artifact`);
  const parsed = reading('DIGEST_INVALID', origin, () => parseDigest(digest));
  if (parsed.algorithm !== 'sha256') {
    fail('DIGEST_INVALID', `${origin} has a ${parsed.algorithm} digest; only SHA-256 is supported`, {
      remedy: 'Specify the digest with `digests` instead.',
    });
  }
  return { kind: 'digest', name: kind === 'oci' ? withoutTag(name) : name, digest: parsed, origin };
}

function objectOf(value: JsonValue | undefined, place: string): JsonObject {
  return asObject(value) ?? malformed(`${place} is not an object`);
}

function malformed(message: string): never {
  fail('JSON_INVALID', message, {
    remedy:
      'The runner writes this file. Specify the subjects with `files` or `digests`, and report the content of the file.',
  });
}
