/** One bundle and many artifacts: what does not depend on the artifact is verified once. */

import { expect, test } from '@jest/globals';
import { type Bundle, readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import {
  artifactOfDigest,
  examine,
  examiner,
  readTrustedRoot,
  type TrustedRoot,
} from '../../../src/core/verify/index.ts';
import { Instance, now, policy } from '../../kit/instance.ts';

const instance = new Instance();
const trust = readTrustedRoot(JSON.stringify(instance.trustedRoot()));
const digests = Array.from({ length: 40 }, (_, at) => digest('sha256', utf8(`artifact ${at}`)));
const others = Array.from({ length: 40 }, (_, at) => digest('sha256', utf8(`other ${at}`)));

/** The trusted root, and how often anything was looked up in it: each signature that is verified needs a key from there. */
function counted(): { readonly root: TrustedRoot; readonly lookups: () => number } {
  let lookups = 0;
  const root = new Proxy(trust, {
    get(target, name, receiver) {
      lookups++;
      return Reflect.get(target, name, receiver);
    },
  });
  return { root, lookups: () => lookups };
}

const statement = JSON.stringify({
  _type: 'https://in-toto.io/Statement/v1',
  subject: digests.map((one, at) => ({ name: `artifact ${at}`, digest: { sha256: encodeHex(one.bytes) } })),
  predicateType: 'https://example.test/x',
  predicate: {},
});
const attestation = readBundle(writeBundle(instance.attest(utf8(statement))));
const signedOne = instance.sign({ signed: utf8('artifact 0') });
const named = { ...signedOne.content, messageDigest: digests[0] } as Bundle['content'];
const signature = readBundle(writeBundle({ ...signedOne, content: named }));

test.each([
  ['a statement', attestation],
  ['a signature', signature],
])('each report on %s is that of an examination of its own', async (_, bundle) => {
  const examineOne = examiner(bundle, trust, policy, now);
  for (const one of [...digests.slice(0, 3), ...others.slice(0, 3)]) {
    const artifact = artifactOfDigest(one);
    const [shared, own] = [await examineOne(artifact), await examine(bundle, artifact, trust, policy, now)];
    expect(shared).toEqual(own);
  }
  const verified = await examineOne(artifactOfDigest(digests[0] as never));
  expect(verified.verdict?.content.digest).toEqual(digests[0]);
  const refused = await examineOne(artifactOfDigest(others[0] as never));
  expect(refused.failure?.code).toBe('ARTIFACT_MISMATCH');
});

test('the signatures of a statement are verified once, whatever the number of artifacts', async () => {
  const lookupsFor = async (artifacts: number): Promise<number> => {
    const { root, lookups } = counted();
    const examineOne = examiner(attestation, root, policy, now);
    for (const one of [...digests.slice(0, artifacts), ...others.slice(0, artifacts)])
      await examineOne(artifactOfDigest(one));
    return lookups();
  };
  expect(await lookupsFor(40)).toBe(await lookupsFor(1));
});
