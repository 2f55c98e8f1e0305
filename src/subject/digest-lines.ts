/** Subjects known by their digest: `name@sha256:<hex>`, one a line. */

import { digestLengths, isHashAlgorithm, toDigest } from '../core/crypto/index.ts';
import { decodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import type { DigestSubject } from './subject.ts';

/**
 * Reads the lines of the input `digests`; blank ones are skipped. An image's name is its repository, without a tag.
 *
 * @throws CountersignError `DIGEST_INVALID`, with the line
 */
export function parseDigestLines(lines: readonly string[]): readonly DigestSubject[] {
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [parseLine(line.trim(), `\`digests\`, line ${index + 1}`)],
  );
}

function parseLine(line: string, origin: string): DigestSubject {
  // The last one: npm's scopes begin with @ as well.
  const at = line.lastIndexOf('@');
  if (at === -1) malformed(origin, 'has no @ between name and digest');
  const name = withoutTag(line.slice(0, at));
  if (name === '') malformed(origin, 'has no name before the @');
  const [, algorithm = '', hex = ''] = /^([^:]*):(.*)$/s.exec(line.slice(at + 1)) ?? [];
  if (!isHashAlgorithm(algorithm)) malformed(origin, 'has no sha256, sha384 or sha512 digest after the @');
  const length = digestLengths[algorithm] * 2;
  if (!/^[0-9a-f]*$/i.test(hex)) malformed(origin, 'has a digest that is not hexadecimal');
  if (hex.length !== length) {
    malformed(origin, `has a digest of ${hex.length} digits; ${algorithm} requires ${length}`);
  }
  return { kind: 'digest', name, digest: toDigest(algorithm, decodeHex(hex.toLowerCase())), origin };
}

// distribution/reference: an optional host with its port, lower-case path components, a tag.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const host = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]+)?';
const taggedImage = new RegExp(`^((?:${host}/)?${component}(?:/${component})*):[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`);

/** `ghcr.io/owner/image` of `ghcr.io/owner/image:v1`, as cosign names subjects: a tag moves, a digest does not. */
export function withoutTag(name: string): string {
  return taggedImage.exec(name)?.[1] ?? name;
}

function malformed(origin: string, problem: string): never {
  fail('DIGEST_INVALID', `${origin} ${problem}`, {
    remedy:
      'Each digest must have the form `<name>@sha256:<64 hexadecimal digits>`. sha384 and sha512 are supported as well.',
  });
}
