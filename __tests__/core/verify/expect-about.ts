import { expect } from '@jest/globals';
import type { Bundle } from '../../../src/core/bundle/index.ts';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import type { Artifact, Policy, Verdict } from '../../../src/core/verify/index.ts';

/** Expects a verdict about this bundle and artifact: the content, the signer, and every time and log entry. */
export function expectAbout(found: Verdict, bundle: Bundle, artifact: Artifact, { signer }: Policy): void {
  expect(found.content.kind).toBe(bundle.content.kind);
  expect(artifact.digests).toContainEqual(found.content.digest);
  if (signer.kind === 'key') expect(found.signer).toEqual({ kind: 'key', publicKey: signer.publicKey });
  else {
    const [name] = bundle.signer.kind === 'certificate' ? namesIn(bundle.signer.certificate) : [];
    expect(found.signer).toMatchObject({ kind: 'identity', identity: { subjectAlternativeName: name } });
  }
  const promised = bundle.logEntries.filter(({ signedEntryTimestamp }) => signedEntryTimestamp !== undefined);
  expect(found.times).toHaveLength(bundle.timestamps.length + promised.length);
  expect(found.logEntries.map(({ logIndex }) => logIndex)).toEqual(bundle.logEntries.map(({ logIndex }) => logIndex));
}

function namesIn(der: Uint8Array): readonly string[] {
  return readCertificate(der).subjectAlternativeNames.flatMap((name) => (name.kind === 'unknown' ? [] : [name.value]));
}
