import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/index.ts';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { artifactOfDigest } from '../../../src/core/verify/index.ts';
import { artifact, identity, issuer, now } from '../../kit/instance.ts';
import { judge } from '../../kit/judge.ts';

import { accepted, artifactDigest, instance, verdict } from './step-cases.ts';

describe('a good bundle', () => {
  test('proves who signed, when, and where it was logged', async () => {
    const { signer, times, signedCertificateTimestamps, logEntries, content } = await verdict();
    expect(signer).toMatchObject({
      kind: 'identity',
      identity: {
        subjectAlternativeName: identity,
        issuer,
        claims: {
          sourceRepositoryUri: 'https://github.com/example-org/example-repo',
          runnerEnvironment: 'github-hosted',
        },
      },
      certificateValidity: { notBefore: now, notAfter: new Date(now.getTime() + 600_000) },
    });
    expect(times.map(({ time }) => time)).toEqual([now]);
    expect(signedCertificateTimestamps).toHaveLength(1);
    expect(logEntries).toMatchObject([{ log: { baseUrl: 'https://log.example.test' } }]);
    expect(content).toEqual({ kind: 'message-signature', digest: artifactDigest });
  });

  test('is one to @sigstore/verify too', () => {
    const bundle = JSON.parse(writeBundle(instance.sign()));
    expect(judge(instance.trustedRoot(), bundle, artifact).identity).toMatchObject({
      subjectAlternativeName: identity,
    });
  });

  test('stays good for ever', async () => {
    await accepted({ at: new Date('2126-01-01T00:00:00Z') });
  });

  test('may be signed with P-384 when the artifact is known by SHA-384', async () => {
    const bundle = instance.sign({ key: generateSigningKey('P-384') });
    const by384 = digest('sha384', artifact);
    await expect(verdict({ bundle, artifact: artifactOfDigest(by384) })).resolves.toMatchObject({
      content: { digest: by384 },
    });
  });
});
