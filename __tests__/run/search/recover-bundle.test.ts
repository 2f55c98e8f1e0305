import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Digest, digest } from '../../../src/core/crypto/index.ts';
import { encodeHex, type JsonObject } from '../../../src/core/encoding/index.ts';
import { leafHash } from '../../../src/core/log/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import type { TrustedRoot } from '../../../src/core/trust/index.ts';
import { artifactOfBytes, readBundle, verify } from '../../../src/core/verify/index.ts';
import { readEntry, type SignatureEntry } from '../../../src/monitor/entries/index.ts';
import type { RecoveredBundle } from '../../../src/report/index.ts';
import { type ProvenAnswer, proveAnswer } from '../../../src/run/search/prove-answer.ts';
import { recoverBundle } from '../../../src/run/search/recover-bundle.ts';
import { artifact, bodiesV1, Instance, now, policy, submittedPem } from '../../kit/instance.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recovered-'));
});
afterAll(() => rm(folder, { recursive: true }));

const instance = new Instance();
const bundle = instance.sign();
const digests = artifactOfBytes(artifact).digests;

interface Changes {
  readonly body?: Parameters<Instance['loggedV1']>[1];
  readonly kind?: 'hashedrekord' | 'dsse';
  readonly claims?: Partial<SignatureEntry>;
  readonly answer?: (answer: ProvenAnswer) => ProvenAnswer | undefined;
  readonly digests?: readonly Digest[];
  readonly trust?: TrustedRoot;
  readonly sandbox?: 'refuse';
}

async function recover(changes: Changes = {}): Promise<RecoveredBundle> {
  const {
    body = bodiesV1.hashedrekord(bundle, submittedPem(bundle)),
    kind = 'hashedrekord',
    answer = (one) => one,
  } = changes;
  const entry = instance.loggedV1(kind, body);
  const trust = instance.trust();
  const [log] = trust.transparencyLogs.filter(({ baseUrl }) => baseUrl === 'https://rekor.example.test');
  if (log === undefined) throw new Error('no log of Rekor v1');
  const proven = await proveAnswer(entry, encodeHex(leafHash(entry.canonicalizedBody)), [log]);
  const claims = readEntry('rekor-v1', entry.canonicalizedBody);
  if (claims.type !== 'signature') throw new Error('no signature');
  return recoverBundle(
    { ...claims, ...changes.claims },
    answer(proven),
    {
      url: 'https://rekor.example.test:8080/path',
      trust: {
        instance: 'sandbox',
        trust: changes.trust ?? trust,
        thresholds: defaultThresholds,
        sandbox: changes.sandbox ?? 'accept',
      },
    },
    { folder, digests: changes.digests ?? digests },
    { files, random: randomBytes, clock: () => now },
  );
}

test('a bundle is made, verified, and named by the log and the index', async () => {
  expect(await recover()).toEqual({ path: join(folder, 'rekor.example.test_8080-1005.sigstore.json') });
  const [name = ''] = await readdir(folder);
  const recovered = readBundle(await readFile(join(folder, name), 'utf8'));
  expect(recovered.version).toBe('0.3');
  await verify(recovered, artifactOfBytes(artifact), instance.trust(), policy, now);
  await rm(join(folder, name));
});

const attested = instance.attest();
const other = new Instance();
const hash = { algorithm: 'sha256', value: encodeHex(digest('sha256', artifact).bytes) };

/** Returns the body of an entry with changes to its parts. */
function changed({ data = { hash }, signature = {} }: { readonly data?: JsonObject; readonly signature?: JsonObject }) {
  const content = Buffer.from(submittedPem(bundle)).toString('base64');
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: { data, signature: { publicKey: { content }, ...signature } },
  };
}

test.each<[string, Changes, string]>([
  ['an attestation', { kind: 'dsse', body: bodiesV1.dsse(attested, submittedPem(attested)) }, 'only hashes'],
  ['an entry of Rekor v2', { claims: { version: '0.0.2' } }, 'states no time'],
  ['an entry with a key', { claims: { signers: [{ kind: 'public-key', keyHash: '00' }] } }, 'no certificate'],
  ['an entry without signers', { claims: { signers: [] } }, 'no certificate'],
  ['an entry that could not be fetched', { answer: () => undefined }, 'could not be fetched'],
  ['an entry without a signature', { body: changed({}) }, 'no signature.content'],
  ['an entry without a digest', { body: changed({ data: {} }) }, 'no data.hash.algorithm'],
  ['an entry with MD5', { body: changed({ data: { hash: { ...hash, algorithm: 'md5' } } }) }, 'an unknown algorithm'],
  ['an entry about another artifact', { digests: [digest('sha256', new Uint8Array())] }, 'not that of the artifact'],
  [
    'an entry under another trusted root',
    { trust: { ...instance.trust(), certificateAuthorities: other.trust().certificateAuthorities } },
    'not issued by',
  ],
  ['an entry of a sandbox, with another instance', { sandbox: 'refuse' }, 'issued by a sandbox'],
  [
    'an entry with another signature',
    {
      body: bodiesV1.hashedrekord(
        { ...bundle, content: { ...bundle.content, signature: new Uint8Array(70) } } as typeof bundle,
        submittedPem(bundle),
      ),
    },
    'signature',
  ],
])('no bundle is made of %s', async (_, changes, reason) => {
  expect(await recover(changes)).toEqual({ reason: expect.stringContaining(reason) });
  expect(await readdir(folder)).toEqual([]);
});
