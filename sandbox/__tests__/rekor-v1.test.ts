import { createHash, createPublicKey, generateKeyPairSync, sign, verify, type X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../__tests__/kit/judge.ts';
import { canonicalJson, preAuthenticationEncoding } from '../../src/core/encoding/index.ts';
import {
  type AnonymousEntry,
  generateSigningKey,
  type LogEntryV1,
  type Sandbox,
  ShardedLog,
  startSandbox,
  systemSources,
} from '../index.ts';
import {
  askForTimestamp,
  bundle,
  certificateChain,
  jobToken,
  type Key,
  newKey,
  rootOfProof,
  sha256,
  timestampQuery,
} from './client.ts';

const message = Buffer.from('an artifact');
const digest = sha256(message);
let sandbox: Sandbox;
let key: Key;
let leaf: X509Certificate;
let entriesUrl: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  entriesUrl = `${sandbox.urls.rekorV1}/api/v1/log/entries`;
  key = newKey();
  const [first] = await certificateChain(sandbox, key, await jobToken(sandbox));
  leaf = first ?? leaf;
});
afterAll(() => sandbox.close());

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

function hashedRekord(signature: Uint8Array, pem: string, value = digest.toString('hex'), algorithm = 'sha256') {
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm, value } },
      signature: { content: base64(signature), publicKey: { content: base64(pem) } },
    },
  };
}

const payloadType = 'application/vnd.in-toto+json';
const statement = Buffer.from(
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'artifact', digest: { sha256: digest.toString('hex') } }],
    predicateType: 'https://example.test/predicate',
    predicate: {},
  }),
);

function envelopeOf(signer: Key) {
  const signature = signer.sign(preAuthenticationEncoding(payloadType, statement));
  return { signature, envelope: { payload: base64(statement), payloadType, signatures: [{ sig: base64(signature) }] } };
}

function dsse(envelope: string, ...pems: readonly string[]) {
  return { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent: { envelope, verifiers: pems.map(base64) } } };
}

async function submit(proposed: unknown) {
  const body = typeof proposed === 'string' ? proposed : JSON.stringify(proposed);
  const response = await fetch(entriesUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

/** The one entry of an answer, under its UUID. */
function only(answer: LogEntryV1): readonly [string, AnonymousEntry] {
  const [first, ...others] = Object.entries(answer);
  if (first === undefined || others.length > 0) throw new Error('not one entry');
  return first;
}

async function logged(proposed: unknown): Promise<readonly [string, AnonymousEntry]> {
  const { status, json } = await submit(proposed);
  if (status !== 201) throw new Error(`Rekor answered ${status}: ${JSON.stringify(json)}`);
  return only(json);
}

/** The entry as a bundle has it (sigstore_rekor.proto, TransparencyLogEntry). */
function bundled(entry: AnonymousEntry, kind: string) {
  const { inclusionProof, signedEntryTimestamp } = entry.verification;
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: hex(entry.logID).toString('base64') },
    kindVersion: { kind, version: '0.0.1' },
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(inclusionProof.logIndex),
      rootHash: hex(inclusionProof.rootHash).toString('base64'),
      treeSize: String(inclusionProof.treeSize),
      hashes: inclusionProof.hashes.map((hash) => hex(hash).toString('base64')),
      checkpoint: { envelope: inclusionProof.checkpoint },
    },
    canonicalizedBody: entry.body,
  };
}

async function timestampOf(signature: Uint8Array): Promise<Buffer> {
  return Buffer.from(await (await askForTimestamp(sandbox, timestampQuery(signature))).arrayBuffer());
}

const logKey = () =>
  createPublicKey({ key: Buffer.from(sandbox.rekorV1Log.key.publicKey), format: 'der', type: 'spki' });

describe('a bundle with an entry of Rekor v1, judged by sigstore-js', () => {
  test('is accepted with a signature over a message', async () => {
    const signature = key.sign(message);
    const [, entry] = await logged(hashedRekord(signature, leaf.toString()));
    const made = bundle(leaf.raw, signature, digest, await timestampOf(signature), bundled(entry, 'hashedrekord'));
    expect(() => judge(sandbox.trustedRoot, made, message)).not.toThrow();
    const promise = made.verificationMaterial.tlogEntries[0] as ReturnType<typeof bundled>;
    promise.integratedTime = String(Number(promise.integratedTime) + 1);
    expect(() => judge(sandbox.trustedRoot, made, message)).toThrow();
  });

  test('is accepted with an envelope', async () => {
    const { signature, envelope } = envelopeOf(key);
    const [, entry] = await logged(dsse(JSON.stringify(envelope), leaf.toString()));
    const { messageSignature: _, ...material } = bundle(
      leaf.raw,
      signature,
      digest,
      await timestampOf(signature),
      bundled(entry, 'dsse'),
    );
    const made = { ...material, dsseEnvelope: envelope };
    expect(() => judge(sandbox.trustedRoot, made, statement)).not.toThrow();
  });
});

describe('an entry', () => {
  test('is answered with both of its indices, a promise, a proof and a checkpoint', async () => {
    const signature = key.sign(message);
    const before = Math.floor(Date.now() / 1000);
    const { status, headers, json } = await submit(hashedRekord(signature, leaf.toString()));
    const after = Math.floor(Date.now() / 1000);
    expect(status).toBe(201);
    const [uuid, entry] = only(json);
    const { active, shards } = sandbox.rekorV1Log;
    expect([headers.get('location'), headers.get('etag')]).toEqual([`/api/v1/log/entries/${uuid}`, uuid]);
    expect(Buffer.from(entry.body, 'base64').toString()).toBe(
      `{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256","value":"${digest.toString('hex')}"}},` +
        `"signature":{"content":"${base64(signature)}","publicKey":{"content":"${base64(leaf.toString())}"}}}}`,
    );
    const body = Buffer.from(entry.body, 'base64');
    const leafHash = sha256(new Uint8Array([0]), body).toString('hex');
    expect(uuid).toBe(active.treeId.toString(16).padStart(16, '0') + leafHash);
    expect(entry.integratedTime).toBeGreaterThanOrEqual(before);
    expect(entry.integratedTime).toBeLessThanOrEqual(after);

    const { inclusionProof, signedEntryTimestamp } = entry.verification;
    expect(shards).toHaveLength(2);
    expect(entry.logIndex - inclusionProof.logIndex).toBe(shards[0]?.log.size);
    const proofRoot = rootOfProof(
      inclusionProof.logIndex,
      inclusionProof.treeSize,
      body,
      inclusionProof.hashes.map(hex),
    );
    expect(proofRoot?.toString('hex')).toBe(inclusionProof.rootHash);

    expect(entry.logID).toBe(sha256(sandbox.rekorV1Log.key.publicKey).toString('hex'));
    const { verification: _, ...promised } = entry;
    expect(
      verify('sha256', Buffer.from(canonicalJson(promised)), logKey(), Buffer.from(signedEntryTimestamp, 'base64')),
    ).toBe(true);

    const [text = '', line = ''] = inclusionProof.checkpoint.split('\n\n');
    expect(text.split('\n')).toEqual([
      `127.0.0.1 - ${active.treeId}`,
      String(inclusionProof.treeSize),
      hex(inclusionProof.rootHash).toString('base64'),
    ]);
    const [, name, blob = ''] = /^— (\S+) (\S+)\n$/.exec(line) ?? [];
    const noted = Buffer.from(blob, 'base64');
    expect(name).toBe('127.0.0.1');
    expect(noted.subarray(0, 4)).toEqual(hex(entry.logID).subarray(0, 4));
    expect(verify('sha256', Buffer.from(`${text}\n`), logKey(), noted.subarray(4))).toBe(true);
  });

  test('of an envelope keeps hashes and signatures alone, whatever the text', async () => {
    const other = newKey('Ed25519');
    const { envelope } = envelopeOf(key);
    const signed = other.sign(preAuthenticationEncoding(payloadType, statement));
    envelope.signatures.push({ sig: base64(signed) });
    const pem = String(other.publicKey.export({ type: 'spki', format: 'pem' }));
    const text = JSON.stringify(envelope, undefined, 2);
    const [, entry] = await logged(dsse(text, leaf.toString(), pem));
    const { spec } = JSON.parse(Buffer.from(entry.body, 'base64').toString());
    const verifierOf = new Map([
      [envelope.signatures[0]?.sig, base64(leaf.toString())],
      [envelope.signatures[1]?.sig, base64(pem)],
    ]);
    expect(spec).toEqual({
      envelopeHash: { algorithm: 'sha256', value: sha256(Buffer.from(text)).toString('hex') },
      payloadHash: { algorithm: 'sha256', value: sha256(statement).toString('hex') },
      signatures: [...verifierOf].sort().map(([signature, verifier]) => ({ signature, verifier })),
    });
  });

  test('of each kind of key and hash is taken', async () => {
    const [p384, p521] = [newKey('P-384'), newKey('P-521')];
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pemOf = (publicKey: Key['publicKey']) => String(publicKey.export({ type: 'spki', format: 'pem' }));
    const digestOf = (hash: string) => createHash(hash).update(message).digest('hex');
    const proposals = [
      hashedRekord(p384.sign(message), pemOf(p384.publicKey), digestOf('sha384'), 'sha384'),
      hashedRekord(p521.sign(message), pemOf(p521.publicKey), digestOf('sha512'), 'sha512'),
      hashedRekord(sign('sha256', message, rsa.privateKey), pemOf(rsa.publicKey)),
    ];
    for (const proposal of proposals) expect((await submit(proposal)).status).toBe(201);
  });

  test('is found again by its UUID, long or short, and by its index', async () => {
    const [uuid, entry] = await logged(hashedRekord(key.sign(message), leaf.toString()));
    for (const url of [
      `${entriesUrl}/${uuid}`,
      `${entriesUrl}/${uuid.slice(16)}`,
      `${entriesUrl}?logIndex=${entry.logIndex}`,
    ]) {
      const [found, again] = only(await (await fetch(url)).json());
      expect([found, again.body, again.logIndex, again.integratedTime]).toEqual([
        uuid,
        entry.body,
        entry.logIndex,
        entry.integratedTime,
      ]);
    }
    const [, earlier] = only(await (await fetch(`${entriesUrl}?logIndex=3`)).json());
    expect([earlier.logIndex, earlier.verification.inclusionProof.logIndex]).toEqual([3, 3]);
    for (const url of [`${entriesUrl}/${'0'.repeat(80)}`, `${entriesUrl}?logIndex=100000`]) {
      const response = await fetch(url);
      expect([response.status, await response.text()]).toEqual([404, '']);
    }
  });
});

describe('an entry is refused', () => {
  const refused = async (proposal: unknown) => {
    const { status, json } = await submit(proposal);
    expect(json).toEqual({ code: status, message: expect.any(String) });
    return [status, json.message];
  };

  test('the second time, with the place of the first', async () => {
    const proposal = hashedRekord(key.sign(message), leaf.toString());
    const [uuid] = await logged(proposal);
    const { status, headers, json } = await submit(proposal);
    expect([status, json]).toEqual([
      409,
      { code: 409, message: `an equivalent entry already exists in the transparency log with UUID ${uuid}` },
    ]);
    expect(headers.get('location')).toBe(`/api/v1/log/entries/${uuid}`);
    expect(only(await (await fetch(new URL(headers.get('location') ?? '', entriesUrl))).json())[0]).toBe(uuid);
  });

  test('with a signature over something else', async () => {
    const stray = key.sign(Buffer.from('else'));
    expect(await refused(hashedRekord(stray, leaf.toString()))).toEqual([
      400,
      'error processing entry: verifying signature: invalid signature',
    ]);
    const { envelope } = envelopeOf(newKey());
    expect(await refused(dsse(JSON.stringify(envelope), leaf.toString()))).toEqual([
      400,
      expect.stringContaining('could not verify envelope'),
    ]);
    const both = envelopeOf(key).envelope;
    both.signatures.push(...envelope.signatures);
    expect(await refused(dsse(JSON.stringify(both), leaf.toString()))).toEqual([
      400,
      'error processing entry: all signatures must have a key that verifies it',
    ]);
  });

  test('that lacks something, or has what is none', async () => {
    const right = hashedRekord(key.sign(message), leaf.toString());
    const cases: readonly (readonly [unknown, string])[] = [
      [{ ...right, kind: 'intoto2' }, 'invalid kind value: "intoto2"'],
      [{ ...right, apiVersion: '0.0.2' }, "implementation for version '0.0.2' not found"],
      [{ ...right, spec: {} }, 'missing signature'],
      [hashedRekord(key.sign(message), leaf.toString(), 'ab'), 'invalid value for hash'],
      [hashedRekord(key.sign(message), leaf.toString(), '00', 'sha1'), 'should be one of [sha256 sha384 sha512]'],
      [hashedRekord(key.sign(message), 'no PEM'), 'failure decoding PEM'],
      [hashedRekord(key.sign(message), leaf.toString(), 'f'.repeat(128), 'sha512'), 'entry algorithms are not allowed'],
      [dsse('{}', leaf.toString()), 'DSSE envelope must contain 1 or more signatures'],
      [dsse('nonsense', leaf.toString()), 'envelope'],
      ['nonsense', 'parsing proposedEntry body from "" failed'],
    ];
    for (const [proposal, words] of cases) {
      expect(await refused(proposal)).toEqual([400, expect.stringContaining(words)]);
    }
    expect(await submit('')).toMatchObject({ status: 422, json: { code: 602 } });
  });
});

describe('entries are looked up', () => {
  const retrieve = (query: unknown) => ask('/api/v1/log/entries/retrieve', query);
  const search = (query: unknown) => ask('/api/v1/index/retrieve', query);
  const ask = async (path: string, query: unknown) => {
    const body = typeof query === 'string' ? query : JSON.stringify(query);
    const response = await fetch(sandbox.urls.rekorV1 + path, { method: 'POST', body });
    return [response.status, await response.json()];
  };
  /** An entry of this file's key, and one of the same artifact by another. */
  let own: readonly [string, AnonymousEntry];
  let others: readonly [string, AnonymousEntry];
  let proposal: unknown;
  let artifact: Buffer;
  const person = 'Seeker@example.com';
  let personLeaf: X509Certificate;

  beforeAll(async () => {
    artifact = Buffer.from('looked up');
    proposal = hashedRekord(key.sign(artifact), leaf.toString(), sha256(artifact).toString('hex'));
    own = await logged(proposal);
    const other = newKey();
    const [certificate] = await certificateChain(sandbox, other, await sandbox.personTokens.token(person));
    personLeaf = certificate ?? leaf;
    others = await logged(hashedRekord(other.sign(artifact), personLeaf.toString(), sha256(artifact).toString('hex')));
  });

  test('by UUIDs, indices and what was proposed, ten at most', async () => {
    const [uuid, entry] = own;
    const query = { entryUUIDs: [uuid], logIndexes: [others[1].logIndex], entries: [proposal] };
    const [status, found] = await retrieve(query);
    expect(status).toBe(200);
    expect(found.map((one: LogEntryV1) => only(one)[0])).toEqual([uuid, uuid, others[0]]);
    expect(only(found[0])[1]).toMatchObject({ body: entry.body, integratedTime: entry.integratedTime });
    expect(await retrieve({ entryUUIDs: [uuid.slice(16)] })).toMatchObject([200, [{ [uuid]: { body: entry.body } }]]);
    expect(await retrieve({ entryUUIDs: ['0'.repeat(80)], logIndexes: [1_000_000] })).toEqual([200, []]);
    expect(await retrieve({ logIndexes: Array.from({ length: 11 }, (_, at) => at) })).toMatchObject([
      422,
      { code: 422 },
    ]);
    expect(await retrieve({ entryUUIDs: ['zz'] })).toMatchObject([422, { code: 605 }]);
    expect(await retrieve({ logIndexes: [-1] })).toMatchObject([422, { code: 605 }]);
    expect(await retrieve({ logIndexes: 'x' })).toMatchObject([422, { code: 605 }]);
    expect(await retrieve('')).toMatchObject([422, { code: 602 }]);
    expect(await retrieve('nonsense')).toMatchObject([400, { code: 400 }]);
  });

  test('by digest, key and name, in whatever case', async () => {
    const hash = sha256(artifact).toString('hex');
    const both = [own[0], others[0]];
    expect(await search({ hash: `sha256:${hash}` })).toEqual([200, both]);
    expect(await search({ hash: hash.toUpperCase() })).toEqual([200, both]);
    expect(await search({ email: 'seeker@EXAMPLE.com' })).toEqual([200, [others[0]]]);
    expect(await search({ publicKey: { format: 'x509', content: base64(personLeaf.toString()) } })).toEqual([
      200,
      [others[0]],
    ]);
    const subject = 'https://GITHUB.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main';
    const [, uuids] = await search({ subject });
    expect(uuids).toContain(own[0]);
    expect(uuids).not.toContain(others[0]);
    expect(await search({ hash: 'f'.repeat(64) })).toEqual([200, []]);
    expect(await search({})).toEqual([200, []]);
  });

  test('by any of several keys, or by all of them', async () => {
    const hash = sha256(artifact).toString('hex');
    const [, either] = await search({ hash, email: person });
    expect(either).toEqual([own[0], others[0]]);
    expect(await search({ hash, email: person, operator: 'and' })).toEqual([200, [others[0]]]);
    expect(await search({ hash: 'f'.repeat(64), email: person, operator: 'and' })).toEqual([200, []]);
  });

  test('by the digests of a statement’s subjects, and of its envelope and payload', async () => {
    const signer = newKey();
    const [certificate] = await certificateChain(sandbox, signer, await jobToken(sandbox));
    const text = JSON.stringify(envelopeOf(signer).envelope);
    const [uuid] = await logged(dsse(text, certificate?.toString() ?? ''));
    for (const hash of [digest, sha256(statement), sha256(Buffer.from(text))]) {
      const [, found] = await search({ hash: hash.toString('hex') });
      expect(found).toContain(uuid);
    }
  });

  test('and a question of the wrong form is refused', async () => {
    const wrong = [
      { hash: 'abc' },
      { hash: `md5:${'0'.repeat(32)}` },
      { email: 'nobody' },
      { subject: 'x'.repeat(513) },
      { operator: 'xor' },
      { hash: 5 },
      { publicKey: { format: 'pgp', content: '' } },
    ];
    for (const query of wrong) expect(await search(query)).toMatchObject([422, { code: 605 }]);
    expect(await search({ publicKey: { format: 'x509', content: base64('no PEM') } })).toMatchObject([
      400,
      { code: 400 },
    ]);
  });
});

describe('the log', () => {
  const get = async (path: string) => {
    const response = await fetch(sandbox.urls.rekorV1 + path);
    return [response.status, await response.json()];
  };

  test('says how it stands, with the shards that are closed', async () => {
    const { active, shards } = sandbox.rekorV1Log;
    const [status, state] = await get('/api/v1/log');
    expect(status).toBe(200);
    expect(state).toMatchObject({ treeID: String(active.treeId), treeSize: active.log.size });
    expect(state.signedTreeHead).toContain(`127.0.0.1 - ${active.treeId}\n${active.log.size}\n`);
    expect(state.inactiveShards).toMatchObject([{ treeID: String(shards[0]?.treeId), treeSize: shards[0]?.log.size }]);
  });

  test('gives its key, for those who know it already', async () => {
    const response = await fetch(`${sandbox.urls.rekorV1}/api/v1/log/publicKey`);
    expect(createPublicKey(await response.text()).equals(logKey())).toBe(true);
  });

  test('proves that it has only grown', async () => {
    const { log } = sandbox.rekorV1Log.active;
    const first = log.size;
    await logged(hashedRekord(key.sign(message), leaf.toString()));
    const [, proof] = await get(`/api/v1/log/proof?firstSize=${first}&lastSize=${log.size}`);
    expect(proof).toEqual({
      rootHash: Buffer.from(log.root()).toString('hex'),
      hashes: log.consistencyProof(first).map((hash) => Buffer.from(hash).toString('hex')),
    });
    expect(await get('/api/v1/log/proof?firstSize=3&lastSize=2')).toEqual([
      400,
      { code: 400, message: 'firstSize(3) must be less than lastSize(2)' },
    ]);
    expect(await get('/api/v1/log/proof?lastSize=100000')).toMatchObject([400, { code: 400 }]);
    expect(await get('/api/v1/log/proof?lastSize=x')).toMatchObject([422, { code: 601 }]);
    expect(await get('/api/v1/log/proof?lastSize=1&treeID=1')).toMatchObject([400, { code: 400 }]);
  });

  test('answers what it does not serve as go-openapi does', async () => {
    expect(await get('/api/v1/nothing')).toEqual([404, { code: 404, message: 'path /api/v1/nothing was not found' }]);
    expect(await get('/api/v1/log/entries/short')).toMatchObject([422, { code: 605 }]);
    expect(await get('/api/v1/log/entries')).toMatchObject([422, { code: 602 }]);
    const post = await fetch(`${sandbox.urls.rekorV1}/api/v1/log`, { method: 'POST', body: '{}' });
    expect([post.status, await post.json()]).toEqual([
      405,
      { code: 405, message: 'method POST is not allowed, but [GET] are' },
    ]);
  });
});

test('a log of one’s own answers as it is told', () => {
  const log = new ShardedLog({ host: 'rekor.test', sources: systemSources });
  const index = log.append(Buffer.from('one'));
  log.newShard();
  expect(log.findActive(Buffer.from('one'))).toBeUndefined();
  const again = log.append(Buffer.from('one'));
  expect([index, again, log.find(log.uuid(index)), log.find(log.uuid(again))]).toEqual([0, 1, 0, 1]);
  const stranger = generateSigningKey('P-256');
  const { entry } = log.answer(0, { integratedTime: 5, logIndex: 9, signingKey: stranger, checkpoint: { size: 1 } });
  expect(entry).toMatchObject({ integratedTime: 5, logIndex: 9, verification: { inclusionProof: { logIndex: 0 } } });
  const { verification, ...promised } = entry;
  const strangerKey = createPublicKey({ key: Buffer.from(stranger.publicKey), format: 'der', type: 'spki' });
  const promise = Buffer.from(verification.signedEntryTimestamp, 'base64');
  expect(verify('sha256', Buffer.from(canonicalJson(promised)), strangerKey, promise)).toBe(true);
  expect(() => log.answer(2)).toThrow(RangeError);
});

test('the signing configs name the logs by their versions', () => {
  const [v1, v2, frozen] = [
    { url: sandbox.urls.rekorV1, majorApiVersion: 1 },
    { url: sandbox.urls.rekor, majorApiVersion: 2 },
    { url: sandbox.urls.frozenRekor, majorApiVersion: 2, validFor: { end: expect.any(String) } },
  ];
  expect(sandbox.signingConfigRekorV1).toMatchObject({ rekorTlogUrls: [v1], rekorTlogConfig: { selector: 'ANY' } });
  expect(sandbox.signingConfigBothLogs).toMatchObject({
    rekorTlogUrls: [v2, frozen, v1],
    tsaConfig: { selector: 'ANY' },
  });
  expect(sandbox.trustedRoot).toMatchObject({
    tlogs: [sandbox.urls.rekor, sandbox.urls.frozenRekor, sandbox.urls.rekorV1].map((baseUrl) => ({ baseUrl })),
  });
});
