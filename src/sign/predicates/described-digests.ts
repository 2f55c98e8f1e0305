/** Digests in documents that describe software: as checksums, in package URLs, as versions. */

import { type Digest, digestLengths, equalDigests, isHashAlgorithm, toDigest } from '../../core/crypto/index.ts';
import { decodeHex, type JsonValue } from '../../core/encoding/index.ts';

/**
 * Reads the digest of an algorithm, by any of its names: `SHA256`, `SHA-256`, `sha256`.
 *
 * @returns `undefined` for an algorithm that signatures do not use, or a value that is no digest of it
 */
export function namedDigest(algorithm: JsonValue | undefined, hex: JsonValue | undefined): Digest | undefined {
  if (typeof algorithm !== 'string' || typeof hex !== 'string') return undefined;
  const name = algorithm.toLowerCase().replace('-', '');
  if (!isHashAlgorithm(name) || hex.length !== digestLengths[name] * 2 || !/^[0-9a-f]*$/i.test(hex)) return undefined;
  return toDigest(name, decodeHex(hex.toLowerCase()));
}

/** Reads a text that is a digest: `sha256:<hex>`. A version of a package usually is not. */
export function digestText(text: JsonValue | undefined): Digest | undefined {
  if (typeof text !== 'string') return undefined;
  const [, algorithm, hex] = /^(sha\d+):([0-9a-f]+)$/i.exec(text) ?? [];
  return namedDigest(algorithm, hex);
}

/**
 * Reads the digests in a package URL: its version, which is the digest of an image (`pkg:oci/app@sha256:…`), and its qualifier `checksum`.
 */
export function packageUrlDigests(purl: JsonValue | undefined): readonly Digest[] {
  if (typeof purl !== 'string' || !purl.startsWith('pkg:')) return [];
  const [, path = '', query = ''] = /^pkg:([^?#]*)(?:\?([^#]*))?/.exec(purl) ?? [];
  const version = decoded(path.slice(path.lastIndexOf('@') + 1));
  const checksums = query
    .split('&')
    .filter((pair) => pair.startsWith('checksum='))
    .flatMap((pair) => decoded(pair.slice('checksum='.length)).split(','));
  return distinct([version, ...checksums].flatMap((text) => digestText(text) ?? []));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the digests without repetitions. */
export function distinct(digests: readonly Digest[]): readonly Digest[] {
  return digests.filter(
    (digest, index) =>
      digests.findIndex((one) => one.algorithm === digest.algorithm && equalDigests(one, digest)) === index,
  );
}
