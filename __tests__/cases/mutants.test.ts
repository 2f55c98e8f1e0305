/** Valid bundles spoilt in one place each, and some changed in ways that must not matter. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../src/core/errors/index.ts';
import { bySpecification, type Case, outcome } from './kit/outcome.ts';
import { placeWith } from './kit/place.ts';

interface Mutant {
  readonly id: string;
  readonly group: string;
  readonly expected: 'accept' | 'reject';
  readonly bundle: string;
  readonly target: string;
  readonly trusted_root: string;
  readonly identity: string | null;
  readonly issuer: string | null;
  readonly key: string | null;
}

/** The error codes that mutants of each group may be refused with. */
const reasons: Readonly<Record<string, readonly ErrorCode[]>> = {
  // Where there is a timestamp, it no longer is over the signature; and an entry that was changed with it is not promised.
  signature: ['SIGNATURE_INVALID', 'TIMESTAMP_MISMATCH', 'LOG_ENTRY_INVALID', 'BUNDLE_INVALID'],
  message: ['ARTIFACT_MISMATCH', 'BUNDLE_INVALID'],
  policy: ['ARTIFACT_MISMATCH', 'DIGEST_INVALID', 'IDENTITY_MISMATCH', 'ISSUER_MISMATCH'],
  cert: [
    'CERTIFICATE_UNTRUSTED',
    'CERTIFICATE_INVALID',
    'CERTIFICATE_OUTSIDE_VALIDITY',
    'BUNDLE_INVALID',
    'IDENTITY_MISMATCH',
  ],
  // A content of another kind is not what the artifact, the signature or the timestamp is about.
  structure: ['BUNDLE_INVALID', 'BUNDLE_UNSUPPORTED', 'SIGNATURE_INVALID', 'ARTIFACT_MISMATCH', 'TIMESTAMP_MISMATCH'],
  // The time of a foreign entry is not within the window of the certificate.
  tlog: [
    'LOG_ENTRY_INVALID',
    'LOG_ENTRY_MISMATCH',
    'LOG_ENTRY_MISSING',
    'LOG_UNKNOWN',
    'TIMESTAMP_MISSING',
    'CERTIFICATE_OUTSIDE_VALIDITY',
    'BUNDLE_INVALID',
  ],
  set: ['LOG_ENTRY_INVALID'],
  inclusion: ['INCLUSION_PROOF_INVALID', 'LIMIT_EXCEEDED', 'BUNDLE_INVALID'],
  checkpoint: ['CHECKPOINT_INVALID'],
  json: ['BUNDLE_INVALID', 'LIMIT_EXCEEDED'],
  'json-unknown': ['BUNDLE_INVALID'],
  trustroot: [
    'TRUSTED_ROOT_INVALID',
    'LOG_UNKNOWN',
    'SCT_MISSING',
    'SCT_INVALID',
    'CERTIFICATE_UNTRUSTED',
    'TIMESTAMP_UNTRUSTED',
  ],
  dsse: ['SIGNATURE_INVALID', 'TIMESTAMP_MISMATCH', 'BUNDLE_INVALID'],
  tsa: ['TIMESTAMP_INVALID', 'TIMESTAMP_MISMATCH', 'LIMIT_EXCEEDED'],
  key: ['KEY_INVALID', 'KEY_MISMATCH', 'IDENTITY_MISMATCH'],
};

/** A key that is not there is for whoever reads files to refuse. */
const ofTheCommand: ReadonlySet<string> = new Set(['key-msg/key-missing-file']);

const folder = placeWith('mutants');
const mutants: readonly Mutant[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
const expecting = (expected: Mutant['expected']) =>
  mutants.filter((one) => one.expected === expected && !ofTheCommand.has(one.id)).map((one) => [one.id, one] as const);

function caseOf({ bundle, target, trusted_root, identity, issuer, key }: Mutant): Case {
  const path = (relative: string) => (relative.startsWith('sha') ? relative : join(folder, relative));
  return {
    bundle: path(bundle),
    target: path(target),
    trustedRoot: path(trusted_root),
    identity: identity ?? undefined,
    issuer: issuer ?? undefined,
    key: key === null ? undefined : path(key),
  };
}

describe('mutants', () => {
  test.each(expecting('accept'))('%s is accepted', async (_, one) => {
    expect(await outcome(caseOf(one), bySpecification)).toBe('accept');
  });

  test.each(expecting('reject'))('%s is refused, and for what was done to it', async (_, one) => {
    expect(reasons[one.group]).toContain(await outcome(caseOf(one), bySpecification));
  });
});
