/** The sandbox, stopped and started again over one folder: whoever knew it before finds the same one. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectRejection } from '../../__tests__/core/errors/failure.ts';
import { judge } from '../../__tests__/kit/judge.ts';
import { HttpListener } from '../http/index.ts';
import { DiskStorage, MemoryStorage, type Sandbox, startSandbox } from '../index.ts';
import {
  askForCertificate,
  claimsOf,
  jobToken,
  naiveRoot,
  newKey,
  post,
  provesConsistency,
  sha256,
  signMessage,
  spki,
} from './client.ts';

const message = Buffer.from('an artifact');
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** One life of it. */
interface Life extends AsyncDisposable {
  readonly sandbox: Sandbox;
}

async function live(folder: string): Promise<Life> {
  const storage = new DiskStorage(folder);
  const sandbox = await startSandbox({ storage });
  return {
    sandbox,
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      storage[Symbol.dispose]();
    },
  };
}

const key = newKey();
const artifact = Buffer.from('a proposal');
const signature = base64(key.sign(artifact));
const pem = String(key.publicKey.export({ type: 'spki', format: 'pem' }));
const proposal = {
  apiVersion: '0.0.1',
  kind: 'hashedrekord',
  spec: {
    data: { hash: { algorithm: 'sha256', value: sha256(artifact).toString('hex') } },
    signature: { content: signature, publicKey: { content: base64(pem) } },
  },
};
const request = {
  hashedRekordRequestV002: {
    digest: base64(sha256(artifact)),
    signature: {
      content: signature,
      verifier: { publicKey: { rawBytes: base64(spki(key)) }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
    },
  },
};

const submitV1 = ({ urls }: Sandbox) => post(`${urls.rekorV1}/api/v1/log/entries`, proposal);
const submitV2 = ({ urls }: Sandbox) => post(`${urls.rekor}/api/v2/log/entries`, request);
const json = async (url: string, init?: RequestInit) => (await fetch(url, init)).json();

/** Returns the parts that must never change. */
async function identityOf(sandbox: Sandbox) {
  const { urls } = sandbox;
  return {
    urls,
    trustedRoot: sandbox.trustedRoot,
    signingConfigs: [sandbox.signingConfig, sandbox.signingConfigRekorV1, sandbox.signingConfigBothLogs],
    tufRoot: sandbox.tuf.rootJson,
    requestToken: sandbox.jobTokens.requestToken,
    issuers: await Promise.all([urls.jobIssuer, urls.personIssuer].map((url) => json(`${url}/.well-known/jwks`))),
    rekorV1Key: await (await fetch(`${urls.rekorV1}/api/v1/log/publicKey`)).text(),
    frozen: await (await fetch(`${urls.frozenRekor}/api/v2/tile/entries/000.p/7`)).text(),
  };
}

describe('a sandbox that was stopped and started again', () => {
  let folder: string;
  let before: Life;
  let after: Life;
  let identity: Awaited<ReturnType<typeof identityOf>>;
  let bundle: Parameters<typeof judge>[1];
  let token: string;
  let answers: readonly Awaited<ReturnType<typeof post>>[];
  let heads: readonly [v1: { rootHash: string; treeSize: number; treeID: string }, v2: string];

  const headsOf = async ({ urls }: Sandbox): Promise<typeof heads> => [
    await json(`${urls.rekorV1}/api/v1/log`),
    await (await fetch(`${urls.rekor}/api/v2/checkpoint`)).text(),
  ];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-restart-'));
    before = await live(folder);
    const { sandbox } = before;
    identity = await identityOf(sandbox);
    bundle = await signMessage(sandbox, message);
    token = await jobToken(sandbox);
    answers = [await submitV1(sandbox), await submitV2(sandbox)];
    heads = await headsOf(sandbox);
    await before[Symbol.asyncDispose]();
    after = await live(folder);
  });
  afterAll(async () => {
    await after[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  test('has the same addresses, keys, trust and tokens', async () => {
    expect(await identityOf(after.sandbox)).toEqual(identity);
  });

  test('verifies what was signed before, and signs what verifies by the trust from before', async () => {
    judge(after.sandbox.trustedRoot, bundle, message);
    judge(identity.trustedRoot, await signMessage(after.sandbox, message), message);
  });

  test('takes a token from before', async () => {
    expect((await askForCertificate(after.sandbox, newKey(), token)).status).toBe(200);
    expect(claimsOf(token).iss).toBe(after.sandbox.urls.jobIssuer);
  });

  test('refuses what it has, with the place that it had', async () => {
    const [v1, v2] = answers;
    expect([v1?.status, v2?.status]).toEqual([201, 201]);
    const again = [await submitV1(after.sandbox), await submitV2(after.sandbox)];
    expect(again.map(({ status }) => status)).toEqual([409, 409]);
    expect(again[0]?.headers.get('location')).toBe(v1?.headers.get('location'));
    expect(again[1]?.headers.get('x-log-index')).toBe(String(v2?.json.logIndex));
  });

  test('finds entries by what they were found by', async () => {
    const [uuid = ''] = Object.keys(answers[0]?.json ?? {});
    const { urls } = after.sandbox;
    const search = (query: object) =>
      json(`${urls.rekorV1}/api/v1/index/retrieve`, { method: 'POST', body: JSON.stringify(query) });
    expect(await search({ hash: `sha256:${sha256(artifact).toString('hex')}` })).toEqual([uuid]);
    expect(await search({ publicKey: { format: 'x509', content: base64(pem) } })).toEqual([uuid]);
    const found = await json(`${urls.rekorV1}/api/v1/log/entries/${uuid}`);
    const [entry] = Object.values(answers[0]?.json ?? {}) as unknown as { body: string; integratedTime: number }[];
    expect(found[uuid]).toMatchObject({ body: entry?.body, integratedTime: entry?.integratedTime });
  });

  test('finds no entry by the beginning of a UUID, or by something else that it is found by', async () => {
    const { urls } = after.sandbox;
    const [uuid = ''] = Object.keys(answers[0]?.json ?? {});
    const key = sha256(Buffer.from(`sha256:${sha256(artifact).toString('hex')}`)).toString('hex');
    for (const wrong of [uuid.slice(0, 48) + '0'.repeat(32), key]) {
      expect([wrong, (await fetch(`${urls.rekorV1}/api/v1/log/entries/${wrong}`)).status]).toEqual([wrong, 404]);
    }
  });

  test('has logs that have only grown', async () => {
    const { sandbox } = after;
    await signMessage(sandbox, message);
    await post(`${sandbox.urls.rekorV1}/api/v1/log/entries`, {
      ...proposal,
      spec: { ...proposal.spec, signature: { ...proposal.spec.signature, content: base64(key.sign(artifact)) } },
    });
    const [old, now] = [heads[0], (await headsOf(sandbox))[0]];
    expect([now.treeID, now.treeSize > old.treeSize]).toEqual([old.treeID, true]);
    const query = `firstSize=${old.treeSize}&lastSize=${now.treeSize}&treeID=${now.treeID}`;
    const { hashes } = await json(`${sandbox.urls.rekorV1}/api/v1/log/proof?${query}`);
    expect(
      provesConsistency([old.treeSize, hex(old.rootHash)], [now.treeSize, hex(now.rootHash)], hashes.map(hex)),
    ).toBe(true);
    const { store } = sandbox.transparencyLog;
    const [, size, root] = heads[1].split('\n');
    expect(store.size).toBeGreaterThan(Number(size));
    expect(naiveRoot(store.entries(0, Number(size))).toString('base64')).toBe(root);
  });

  test('is one at a time: the ports are taken', async () => {
    await expectRejection(() => live(folder), 'USAGE', /^port \d+ is already in use$/);
  });

  test('has the port that it had, and no other', async () => {
    using storage = new DiskStorage(folder);
    const start = () => startSandbox({ storage, port: 1234 });
    await expectRejection(start, 'USAGE', /^the sandbox in this state folder has the port \d+, not 1234$/);
  });
});

test('the state of a sandbox of before there were registries and the API of GitHub starts, with the ports that it has', async () => {
  const storage = new MemoryStorage();
  const first = await startSandbox({ storage });
  const { urls } = first;
  await first.close();
  const { ports, ...state } = JSON.parse(Buffer.from(storage.read('sandbox.json') ?? []).toString());
  const { registry: _, registryWithoutReferrers: __, github: ___, ...olderPorts } = ports;
  storage.write('sandbox.json', Buffer.from(JSON.stringify({ ...state, ports: olderPorts })));
  await using again = await startSandbox({ storage });
  const { registry, registryWithoutReferrers, github, ...others } = again.urls;
  expect(urls).toEqual(expect.objectContaining(others));
  for (const url of [registry, registryWithoutReferrers]) expect((await fetch(`${url}/v2/`)).status).toBe(200);
  expect((await fetch(`${github}/repos/octo/app`)).status).toBe(404);
});

describe('a state that cannot be read', () => {
  const right = { format: 'countersign-sandbox/1', created: '2030-01-01T00:00:00.000Z', name: '01020304', ports: {} };

  test.each([
    ['is of another format', { ...right, format: 'countersign-sandbox/2' }, /the format countersign-sandbox\/2/],
    ['has no ports', right, /sandbox\.json\.ports\.main is not a port/],
    ['has a port that is any', { ...right, ports: { main: 0 } }, /sandbox\.json\.ports\.main is not a port/],
    ['was never made', { ...right, created: 'today' }, /sandbox\.json\.created/],
    ['is cut short', '{"format":"coun', /sandbox\.json/],
    ['is empty', '', /sandbox\.json/],
  ])('because it %s, is refused with a reason, and left as it is', async (_, content, reason) => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-restart-'));
    try {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      await writeFile(join(folder, 'sandbox.json'), text);
      await expectRejection(() => live(folder), 'USAGE', reason);
      expect(await readFile(join(folder, 'sandbox.json'), 'utf8')).toBe(text);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('an origin that listens and has no services yet says so, as something that passes', async () => {
  await using listener = await HttpListener.listen();
  const { status } = await fetch(`${listener.origin}/api/v2/checkpoint`);
  expect(status).toBe(503);
  listener.serve([]);
  expect((await fetch(`${listener.origin}/api/v2/checkpoint`)).status).toBe(404);
});

test('ports that are to be kept are not among those that systems hand out, and one in use is passed over', async () => {
  const ports = (sandbox: Sandbox) => Object.values(sandbox.urls).map((url) => Number(new URL(url).port));
  // The same bytes for both: the second sandbox finds the ports of the first one taken.
  let calls = 0;
  const random = (length: number) => new Uint8Array(length).fill(length === 4 ? Math.min(calls++, 1) : 7);
  await using first = await startSandbox({ storage: new MemoryStorage(), random });
  calls = 0;
  await using second = await startSandbox({ storage: new MemoryStorage(), random });
  const all = [...ports(first), ...ports(second)];
  expect(all.every((port) => port >= 20_000 && port < 30_000)).toBe(true);
  expect(ports(second).some((port) => ports(first).includes(port))).toBe(false);
});
