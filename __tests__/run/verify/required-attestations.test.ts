/** Further attestations: that they are about the same artifact, and that nothing is asked for twice. */

import { expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { artifactOfDigest, exactly, examine, parseDigest } from '../../../src/core/verify/index.ts';
import type { VerificationResult } from '../../../src/report/index.ts';
import { repeatable, withAttestations } from '../../../src/run/verify/required-attestations.ts';
import type { Verifiable } from '../../../src/run/verify/verifiable.ts';
import { artifact, Instance, now, policy } from '../../kit/instance.ts';

const instance = new Instance();
const hex = encodeHex(digest('sha256', artifact).bytes);
const other = `sha256:${'0'.repeat(64)}`;
const file: Verifiable = { kind: 'file', name: 'what.txt', path: 'what.txt' };
const required = [{ type: 'spdx', expected: [exactly('https://spdx.dev/Document')] }];

async function verified(predicateType: string, bundle: string): Promise<VerificationResult> {
  const subject = [{ name: 'what.txt', digest: { sha256: hex } }];
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} };
  const signed = instance.attest(utf8(JSON.stringify(statement)));
  const known = artifactOfDigest(digest('sha256', artifact));
  const examination = await examine(signed, known, instance.trust(), policy, now);
  expect(examination.failure).toBeUndefined();
  return { artifact: 'what.txt', digest: `sha256:${hex}`, bundle, ...examination };
}

test('an attestation of a file that was changed in between does not count', async () => {
  const first = await verified('https://example.test/x', 'a.sigstore.json');
  const sbom = await verified('https://spdx.dev/Document', 'b.sigstore.json');
  const codes = async (found: VerificationResult) => {
    const results = await withAttestations(file, [first], required, async () => [found]);
    return results.map(({ failure }) => failure?.code);
  };
  expect(await codes(sbom)).toEqual([undefined]);
  expect(await codes({ ...sbom, digest: other })).toEqual(['ATTESTATION_MISSING']);
  expect(await codes({ ...sbom, digest: undefined })).toEqual(['ATTESTATION_MISSING']);
});

test('an attestation of another type does not count, even if it verifies', async () => {
  const first = await verified('https://example.test/x', 'a.sigstore.json');
  const [result] = await withAttestations(file, [first], required, async () => [first]);
  expect(result).toMatchObject({ verdict: undefined, failure: { code: 'ATTESTATION_MISSING' } });
});

test('an artifact that is not verified is not examined again', async () => {
  const { verdict: _, ...rest } = await verified('https://example.test/x', 'a.sigstore.json');
  const failed: VerificationResult = {
    ...rest,
    verdict: undefined,
    failure: new CountersignError('BUNDLE_INVALID', 'x'),
  };
  const asked = async () => Promise.reject(new Error('examined again'));
  expect(await withAttestations(file, [failed], required, asked)).toEqual([failed]);
});

test('the tag of an image is resolved once, and its bundles are fetched once', async () => {
  const asked: string[] = [];
  const image = repeatable({
    kind: 'image',
    name: 'registry.example/app:1',
    resolve: async () => {
      asked.push('tag');
      return {
        digest: parseDigest(other),
        referenceTo: () => undefined,
        attached: async () => {
          asked.push('bundles');
          return { bundles: [], unread: [] };
        },
        attachedTo: async (digest) => {
          asked.push(formatDigest(digest));
          return { bundles: [], unread: [] };
        },
        source: {
          name: 'registry.example/app',
          getManifest: async () => undefined,
          getBlob: async () => undefined,
          findReferrers: () => Promise.reject(new Error('not asked for')),
        },
      };
    },
  });
  if (image.kind !== 'image') throw new Error('an image stays one');
  for (const _ of [1, 2, 3]) await (await image.resolve()).attached();
  expect(asked).toEqual(['tag', 'bundles']);
  const platforms = [other, `sha256:${hex}`];
  for (const platform of [...platforms, ...platforms]) await (await image.resolve()).attachedTo(parseDigest(platform));
  expect(asked.slice(2)).toEqual(platforms);
  expect(repeatable(file)).toBe(file);
});
