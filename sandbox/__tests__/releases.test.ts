import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import {
  exampleRelease,
  MemoryStorage,
  type ReleaseAttestationChanges,
  ReleaseAuthority,
  systemSources,
} from '../index.ts';

const authority = new ReleaseAuthority({ sources: systemSources });

/** The verdict of sigstore-js, under the rules that gh has for releases. */
function judged(changes: ReleaseAttestationChanges = {}, of = authority) {
  const trust = toTrustMaterial(TrustedRoot.fromJSON(authority.trustedRoot));
  const verifier = new Verifier(trust, { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 1 });
  const entity = toSignedEntity(bundleFromJSON(of.attest(exampleRelease, changes)));
  return verifier.verify(entity, { subjectAlternativeName: 'https://dotcom.releases.github.com' });
}

describe('the attestation of a release', () => {
  test('is accepted by sigstore-js, whose identity has no issuer', () => {
    expect(judged().identity).toMatchObject({ subjectAlternativeName: 'https://dotcom.releases.github.com' });
    expect(judged().identity?.extensions?.issuer).toBeUndefined();
  });

  test('is refused with another name, at another time, or of another authority', () => {
    const names = [{ kind: 'uniformResourceIdentifier', value: 'https://acme.releases.github.com' }] as const;
    expect(() => judged({ leaf: { subjectAlternativeNames: { critical: false, names } } })).toThrow(/identity/);
    expect(() => judged({ timestamp: { genTime: new Date('2041-01-01T00:00:00Z') } })).toThrow();
    expect(() => judged({}, new ReleaseAuthority({ sources: systemSources }))).toThrow();
  });

  test("has a certificate like GitHub's: for a year, of the second authority of the chain, without claims about a job", () => {
    const { verificationMaterial } = JSON.parse(JSON.stringify(authority.attest(exampleRelease)));
    const der = Buffer.from(verificationMaterial.certificate.rawBytes, 'base64');
    const leaf = new X509Certificate(der);
    expect([leaf.subjectAltName, leaf.ca]).toEqual(['URI:https://dotcom.releases.github.com', false]);
    expect(leaf.subject).toContain('CN=Attester');
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(365 * 24 * 3600 * 1000);
    const [first, second] = authority.chain.map((one) => new X509Certificate(one));
    expect([first, second].map((one) => one !== undefined && leaf.checkIssued(one))).toEqual([false, true]);
    expect(der.includes(Buffer.from('2b0601040183bf3001', 'hex'))).toBe(false);
  });

  test('comes from the same keys after a restart', () => {
    const storage = new MemoryStorage();
    const [before, after] = [1, 2].map(() => new ReleaseAuthority({ sources: systemSources, storage, name: 'x' }));
    expect(after?.chain).toEqual(before?.chain);
    expect(after?.trustedRoot).toMatchObject({ tlogs: [], ctlogs: [] });
  });
});
