/** Certificates that an authority of the trusted root issued, and those that anyone made. */

import { describe, expect, test } from '@jest/globals';
import { CertificateAuthority, CertificateLog, jobIdentity } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import type { TrustedRoot } from '../../../src/core/trust/index.ts';
import type { CertificateClaims } from '../../../src/monitor/entries/index.ts';
import { issuedUnder } from '../../../src/run/watch/issued.ts';
import { claims, Instance, sources } from '../../kit/instance.ts';

const instance = new Instance();
const trust: TrustedRoot = instance.trust();

function claimed(der: Uint8Array): CertificateClaims {
  const unknown = { certificateHash: undefined, keyHash: undefined, notBefore: undefined, notAfter: undefined };
  return { der, names: [], claims: {}, ...unknown };
}

function issue(authority: CertificateAuthority, notBefore?: Date): CertificateClaims {
  const { publicKey } = generateSigningKey('P-256');
  const times = notBefore === undefined ? {} : { notBefore };
  return claimed(authority.issue({ publicKey, ...times, ...jobIdentity(claims) }));
}

describe('a certificate', () => {
  const isIssued = issuedUnder([{ trust }]);

  test('of an authority of the trusted root was issued', async () => {
    expect(await isIssued(issue(instance.certificateAuthority))).toBe(true);
  });

  test('of it was issued, whatever times it states', async () => {
    expect(await isIssued(issue(instance.certificateAuthority, new Date('2001-01-01')))).toBe(true);
  });

  test('of another authority with the same names was not issued', async () => {
    const other = new CertificateAuthority({ sources, log: new CertificateLog(sources.clock) });
    expect(await isIssued(issue(other))).toBe(false);
  });

  test('that cannot be read is not told to be forged', async () => {
    expect(await isIssued(claimed(new Uint8Array([0x30, 0])))).toBeUndefined();
  });

  test('is not told to be forged without an authority in the trusted root', async () => {
    const none = issuedUnder([{ trust: { ...trust, certificateAuthorities: [] } }]);
    expect(await none(issue(instance.certificateAuthority))).toBeUndefined();
  });
});
