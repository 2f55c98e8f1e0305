/** Reads the sandbox's hostile entries. */

import { describe, expect, test } from '@jest/globals';
import { merkleTreeLeaf, timestampedEntry } from '../../../sandbox/certificate-log/encoding.ts';
import { hostileCertificates, hostileEntries, hostileEntriesV1 } from '../../../sandbox/index.ts';
import { certificatesOf, type EntryClaims, entryLimits, readEntry } from '../../../src/monitor/entries/index.ts';
import { Instance } from '../../kit/instance.ts';

const { certificateAuthority } = new Instance();

/** Returns the longest text of the claims. */
function longest(claims: unknown): number {
  if (typeof claims === 'string') return claims.length;
  if (claims instanceof Uint8Array || typeof claims !== 'object' || claims === null) return 0;
  return Math.max(0, ...Object.values(claims).map(longest));
}

function check(claims: EntryClaims): void {
  expect(longest(claims)).toBeLessThanOrEqual(entryLimits.text);
  expect(claims.problems.length).toBeLessThanOrEqual(entryLimits.problems);
  for (const { names } of certificatesOf(claims)) expect(names.length).toBeLessThanOrEqual(entryLimits.names);
}

/** The entries of which everything can be read. Control characters are allowed in claims, and not in names. */
const readable: ReadonlySet<string> = new Set([
  'the maximum length',
  'an alternative name with a mask of a workflow',
  'an alternative name with quotes and shell syntax',
  'an alternative name of another type of otherName',
  'no alternative name',
  'an empty list of alternative names',
  'two alternative names',
  'a certificate of 47 KiB',
]);

describe.each([
  ['rekor-v2', hostileEntries(certificateAuthority)],
  ['rekor-v1', hostileEntriesV1(certificateAuthority)],
] as const)('an entry of %s', (protocol, entries) => {
  test.each(entries.map(({ name, body }) => [name, body] as const))('%s', (name, body) => {
    const claims = readEntry(protocol, body);
    check(claims);
    expect(claims.problems.length === 0).toBe(readable.has(name) || name.startsWith('claims with '));
  });
});

test.each(hostileCertificates(certificateAuthority).map(({ name, certificate }) => [name, certificate] as const))(
  'in a certificate log, %s',
  (_, certificate) => {
    const entry = timestampedEntry(new Date(), { kind: 'x509', certificate }, new Uint8Array());
    const claims = readEntry('rfc6962', merkleTreeLeaf(entry));
    expect(claims.type).toBe('certificate');
    check(claims);
  },
);
