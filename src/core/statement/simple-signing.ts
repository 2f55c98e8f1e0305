/** Simple signing documents (containers/image, "atomic container signature"), which cosign signed in place of an image before it had bundles. */

import { type Digest, parseDigest } from '../crypto/index.ts';
import { asObject, type JsonObject, type JsonValue, parseJson } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';

export interface SimpleSigning {
  /** The name that the signer gave the image. It may be empty, and proves nothing about a registry. */
  readonly dockerReference: string;
  /** The digest of the image's manifest or index. */
  readonly manifestDigest: Digest;
}

const maxLength = 1024 * 1024;
const types: readonly unknown[] = ['cosign container image signature', 'atomic container signature'];

/**
 * Reads a document. Unknown members of `critical` are refused, as the format demands; `optional` is ignored.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export function readSimpleSigning(document: Uint8Array): SimpleSigning {
  return reading('STATEMENT_INVALID', 'the simple signing document', () => {
    const { critical: stated } = object(parseJson(document, { maxLength }), 'it');
    const critical = object(stated, 'critical', ['identity', 'image', 'type']);
    if (!types.includes(critical.type))
      fail('STATEMENT_INVALID', 'critical.type is not the type of an image signature');
    const identity = object(critical.identity, 'critical.identity', ['docker-reference']);
    const image = object(critical.image, 'critical.image', ['docker-manifest-digest']);
    const digest = image['docker-manifest-digest'];
    const reference = identity['docker-reference'];
    if (typeof digest !== 'string' || !/^[a-z0-9]+:[0-9a-f]+$/.test(digest))
      fail('STATEMENT_INVALID', 'critical.image.docker-manifest-digest is not a digest');
    if (typeof reference !== 'string') fail('STATEMENT_INVALID', 'critical.identity.docker-reference is not a string');
    return { dockerReference: reference, manifestDigest: parseDigest(digest) };
  });
}

function object(value: JsonValue | undefined, place: string, known?: readonly string[]): JsonObject {
  const members = asObject(value) ?? fail('STATEMENT_INVALID', `${place} is not an object`);
  const unknown = known && Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined)
    fail('STATEMENT_INVALID', `${place} has an unknown member ${JSON.stringify(unknown.slice(0, 100))}`);
  return members;
}
