import { createHash, createPublicKey, generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ed25519ph } from '@noble/curves/ed25519.js';
import {
  exampleJob,
  generateSigningKey,
  jobIdentity,
  noteSigner,
  type Sandbox,
  signatureLine,
  startSandbox,
  TransparencyLog,
  type TransparencyLogEntry,
} from '../index.ts';
import {
  certificateChain,
  entryRequest,
  jobToken,
  type Key,
  logEntry,
  naiveRoot,
  newKey,
  rootOfProof,
  sha256,
  spki,
} from './client.ts';

const message = Buffer.from('an artifact');
const digest = sha256(message);
let sandbox: Sandbox;
let key: Key;
let leaf: X509Certificate;
/** A time before the start of the sandbox, in seconds. */
const begin = Date.now() / 1000;

beforeAll(async () => {
  sandbox = await startSandbox();
  key = newKey();
  const [first] = await certificateChain(sandbox, key, await jobToken(sandbox));
  leaf = first ?? leaf;
});
afterAll(() => sandbox.close());

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const keyOf = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

/** A signed note: its text, and by the name of each signer the key id and the signature. */
function readNote(note: string): { readonly text: Buffer; readonly lines: ReadonlyMap<string, Buffer> } {
  const [text = '', signatures = ''] = note.split('\n\n');
  const lines = [...signatures.matchAll(/^— (\S+) (\S+)$/gm)];
  return {
    text: Buffer.from(`${text}\n`),
    lines: new Map(lines.map(([, name = '', blob = '']) => [name, Buffer.from(blob, 'base64')])),
  };
}
const keyRequest = (digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array, keyDetails: string | number) => ({
  hashedRekordRequestV002: {
    digest: base64(digest),
    signature: { content: base64(signature), verifier: { publicKey: { rawBytes: base64(publicKey) }, keyDetails } },
  },
});

/** Every entry of a log, by its own read API. */
async function readEntries(size: number): Promise<readonly Buffer[]> {
  const entries: Buffer[] = [];
  for (let bundle = 0; bundle * 256 < size; bundle++) {
    const width = Math.min(256, size - bundle * 256);
    const path = `${String(bundle).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`;
    const response = await fetch(`${sandbox.urls.rekor}/api/v2/tile/entries/${path}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    for (let at = 0; at < bytes.length; at += 2 + bytes.readUInt16BE(at)) {
      entries.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at)));
    }
  }
  return entries;
}

describe('an entry', () => {
  test('is answered as protocol buffers print it, with its defaults', async () => {
    const signature = key.sign(message);
    const { status, json } = await logEntry(sandbox, entryRequest(digest, signature, leaf));
    expect(status).toBe(201);
    const entry: TransparencyLogEntry = json;
    expect(entry).toEqual({
      logIndex: expect.stringMatching(/^[1-9]\d*$/),
      logId: { keyId: base64(sandbox.transparencyLog.logId) },
      kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
      integratedTime: '0',
      inclusionPromise: null,
      inclusionProof: {
        logIndex: entry.logIndex,
        treeSize: String(Number(entry.logIndex) + 1),
        rootHash: expect.any(String),
        hashes: expect.any(Array),
        checkpoint: { envelope: expect.any(String) },
      },
      canonicalizedBody: expect.any(String),
    });
    expect(Buffer.from(entry.canonicalizedBody, 'base64').toString()).toBe(
      `{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"${base64(digest)}"},` +
        `"signature":{"content":"${base64(signature)}","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","x509Certificate":{"rawBytes":"${base64(leaf.raw)}"}}}}}}`,
    );
  });

  test('is proved to be in the tree that the checkpoint signs and the tiles hold', async () => {
    const answers = [];
    for (let i = 0; i < 20; i++)
      answers.push((await logEntry(sandbox, entryRequest(digest, key.sign(message), leaf))).json);
    const entries = await readEntries(sandbox.transparencyLog.size);
    for (const { inclusionProof, canonicalizedBody } of answers as TransparencyLogEntry[]) {
      const [index, size] = [Number(inclusionProof.logIndex), Number(inclusionProof.treeSize)];
      const body = Buffer.from(canonicalizedBody, 'base64');
      const root = naiveRoot(entries.slice(0, size));
      expect(entries[index]).toEqual(body);
      expect(
        rootOfProof(
          index,
          size,
          body,
          inclusionProof.hashes.map((hash) => Buffer.from(hash, 'base64')),
        ),
      ).toEqual(root);
      expect(inclusionProof.checkpoint.envelope.split('\n').slice(0, 4)).toEqual([
        '127.0.0.1',
        String(size),
        base64(root),
        '',
      ]);
      expect(inclusionProof.rootHash).toBe(base64(root));
    }
  });

  test('of each kind of key is taken', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsaKey = rsa.publicKey.export({ type: 'spki', format: 'der' });
    const [p384, p521] = [newKey('P-384'), newKey('P-521')];
    const hash = (name: string) => createHash(name).update(message).digest();
    const secret = new Uint8Array(32).fill(5);
    const edwards = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), ed25519ph.getPublicKey(secret)]);
    const requests = [
      keyRequest(digest, key.sign(message), spki(key), 5),
      keyRequest(hash('sha384'), p384.sign(message), spki(p384), 'PKIX_ECDSA_P384_SHA_384'),
      keyRequest(hash('sha512'), p521.sign(message), spki(p521), 'PKIX_ECDSA_P521_SHA_512'),
      keyRequest(digest, sign('sha256', message, rsa.privateKey), rsaKey, 'PKIX_RSA_PKCS1V15_2048_SHA256'),
      keyRequest(hash('sha512'), ed25519ph.sign(message, secret), edwards, 'PKIX_ED25519_PH'),
    ];
    for (const request of requests) expect((await logEntry(sandbox, request)).status).toBe(201);
    for (const request of requests) {
      const spoilt = structuredClone(request);
      spoilt.hashedRekordRequestV002.digest = base64(
        Buffer.from(request.hashedRekordRequestV002.digest, 'base64').fill(1),
      );
      expect(await logEntry(sandbox, spoilt)).toMatchObject({
        status: 400,
        json: { message: 'invalid hashedrekord request' },
      });
    }
  });

  test('may be asked for in snake case', async () => {
    const request = JSON.stringify(entryRequest(digest, key.sign(message), leaf))
      .replace('hashedRekordRequestV002', 'hashed_rekord_request_v002')
      .replace('x509Certificate', 'x509_certificate')
      .replace('rawBytes', 'raw_bytes')
      .replace('keyDetails', 'key_details');
    expect((await logEntry(sandbox, request)).status).toBe(201);
  });
});

describe('an entry is refused', () => {
  const refused = async (request: unknown) => {
    const { status, headers, json } = await logEntry(sandbox, request);
    expect(json).toEqual({ code: 3, message: expect.any(String), details: [] });
    expect(status).toBe(400);
    return headers.get('x-sandbox-reason') ?? json.message;
  };

  test('the second time', async () => {
    const request = entryRequest(digest, key.sign(message), leaf);
    const first = await logEntry(sandbox, request);
    const { status, headers, json } = await logEntry(sandbox, request);
    expect(status).toBe(409);
    expect(headers.get('x-log-index')).toBe(first.json.logIndex);
    expect(json.code).toBe(6);
    expect(json.message).toContain(
      `an equivalent entry already exists in the transparency log with index ${first.json.logIndex}`,
    );
  });

  test('with a digest of the wrong length', async () => {
    const request = entryRequest(digest.subarray(1), key.sign(message), leaf);
    expect(await refused(request)).toContain('31 bytes');
  });

  test('with a signature over something else', async () => {
    expect(await refused(entryRequest(digest, key.sign(Buffer.from('else')), leaf))).toContain('invalid signature');
    expect(await refused(entryRequest(digest, Buffer.from('no signature'), leaf))).toContain('invalid signature');
  });

  test('with a field that is unknown, at any depth', async () => {
    const request = entryRequest(digest, key.sign(message), leaf);
    expect(await refused({ ...request, extra: 1 })).toBe('proto: unknown field "extra"');
    const deep = structuredClone(request.hashedRekordRequestV002);
    Object.assign(deep.signature.verifier.x509Certificate, { comment: '' });
    expect(await refused({ hashedRekordRequestV002: deep })).toBe('proto: unknown field "comment"');
  });

  test('with key details that are not the key’s, or none that Rekor takes', async () => {
    expect(await refused(keyRequest(digest, key.sign(message), spki(key), 'PKIX_ECDSA_P384_SHA_384'))).toContain(
      'not of the kind',
    );
    expect(await refused(keyRequest(digest, key.sign(message), spki(key), 'PKIX_ED25519'))).toBe(
      'unsupported entry algorithm',
    );
    expect(await refused(keyRequest(digest, key.sign(message), Buffer.from('x'), 5))).toContain('parsing');
  });

  test('as DSSE, as nothing, and as no JSON', async () => {
    expect(await refused({ dsseRequestV002: { envelope: {} } })).toBe('invalid type, must be hashedrekord');
    expect(await refused({})).toBe('invalid type, must be hashedrekord');
    await refused('{"a":1,"a":2}');
    await refused('nonsense');
  });
});

test('an entry that no tile could hold is refused, and not added', async () => {
  const long = { oid: '2.999.1', critical: false, value: new Uint8Array(50_000) };
  const issued = sandbox.certificateAuthority.issue({
    publicKey: new Uint8Array(spki(key)),
    ...jobIdentity({ ...exampleJob, iss: 'http://issuer.test', sub: 'x' }),
    trailingExtensions: [long],
  });
  const { size } = sandbox.transparencyLog;
  const { status } = await logEntry(sandbox, entryRequest(digest, key.sign(message), new X509Certificate(issued)));
  expect([status, sandbox.transparencyLog.size]).toEqual([400, size]);
});

describe('the read API', () => {
  test('serves a checkpoint signed by the log’s key, under its key id', async () => {
    const { text, lines } = readNote(await (await fetch(`${sandbox.urls.rekor}/api/v2/checkpoint`)).text());
    const { publicKey, logId } = sandbox.transparencyLog;
    const raw = Buffer.from(publicKey).subarray(-32);
    expect(Buffer.from(logId)).toEqual(sha256(Buffer.from('127.0.0.1\n\u0001'), raw));
    const signature = lines.get('127.0.0.1') ?? Buffer.alloc(0);
    expect(signature.subarray(0, 4)).toEqual(Buffer.from(logId).subarray(0, 4));
    expect(verify(null, text, keyOf(publicKey), signature.subarray(4))).toBe(true);
  });

  test('serves checkpoints that two witnesses have cosigned (C2SP tlog-cosignature)', async () => {
    const { text, lines } = readNote(await (await fetch(`${sandbox.urls.rekor}/api/v2/checkpoint`)).text());
    const now = Date.now() / 1000;
    expect(sandbox.witnesses.map(({ name }) => name)).toEqual([...lines.keys()].slice(1));
    for (const { name, key } of sandbox.witnesses) {
      const raw = Buffer.from(key.publicKey).subarray(-32);
      const blob = lines.get(name) ?? Buffer.alloc(0);
      expect(blob.subarray(0, 4)).toEqual(sha256(Buffer.from(`${name}\n\u0004`), raw).subarray(0, 4));
      const time = blob.readBigUInt64BE(4);
      expect(Number(time)).toBeGreaterThanOrEqual(Math.floor(begin));
      expect(Number(time)).toBeLessThanOrEqual(now);
      const signed = Buffer.concat([Buffer.from(`cosignature/v1\ntime ${time}\n`), text]);
      expect(verify(null, signed, keyOf(key.publicKey), blob.subarray(12))).toBe(true);
    }
  });

  test('has no cosignature under a checkpoint that is not of the log as it grew', () => {
    const log = sandbox.transparencyLog;
    const signers = (checkpoint: string) => [...readNote(checkpoint).lines.keys()];
    expect(signers(log.checkpoint({ size: 1 }))).toHaveLength(3);
    expect(signers(log.checkpoint({ root: new Uint8Array(32) }))).toEqual(['127.0.0.1']);
    expect(signers(log.checkpoint({ size: log.size + 1, root: log.root() }))).toEqual(['127.0.0.1']);
    expect(signers(log.checkpoint({ origin: 'other.test' }))).toEqual(['127.0.0.1']);
  });

  test('serves hash tiles, full and partial, and nothing that is not there', async () => {
    const log = sandbox.transparencyLog;
    while (log.size < 600) log.append(Buffer.from(`filler ${log.size}`));
    const get = async (path: string) => {
      const response = await fetch(`${sandbox.urls.rekor}/api/v2/tile/${path}`);
      return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : response.status;
    };
    const entries = await readEntries(600);
    expect(entries).toHaveLength(600);
    const leaves = (from: number, to: number) =>
      Buffer.concat(entries.slice(from, to).map((entry) => sha256(new Uint8Array([0]), entry)));
    expect(await get('0/000')).toEqual(leaves(0, 256));
    expect(await get('0/002.p/88')).toEqual(leaves(512, 600));
    expect(await get('1/000.p/2')).toEqual(
      Buffer.concat([naiveRoot(entries.slice(0, 256)), naiveRoot(entries.slice(256, 512))]),
    );
    for (const path of [
      '0/002',
      '0/002.p/89',
      '1/000.p/3',
      '0/2',
      '00/000',
      '0/x000/001',
      'entries/002',
      '0/000.p/256',
      '63/000',
    ]) {
      expect([path, await get(path)]).toEqual([path, 404]);
    }
  });
});

describe('the shard before', () => {
  test('is frozen: it takes no entry, and says so on its last checkpoint, which its ECDSA key signs', async () => {
    const { frozenRekor } = sandbox.urls;
    const refused = await fetch(`${frozenRekor}/api/v2/log/entries`, {
      method: 'POST',
      body: JSON.stringify(entryRequest(digest, key.sign(message), leaf)),
    });
    expect([refused.status, await refused.text()]).toEqual([
      405,
      'This log has been frozen, please switch to the latest log.\n',
    ]);
    const { text, lines } = readNote(await (await fetch(`${frozenRekor}/api/v2/checkpoint`)).text());
    expect(String(text)).toMatch(/^127\.0\.0\.1\n7\n\S{44}\nLog frozen — \w{3} \w{3} [ \d]\d [\d:]{8} UTC \d{4}\n$/);
    const { publicKey } = sandbox.frozenLog;
    const signature = lines.get('127.0.0.1') ?? Buffer.alloc(0);
    expect(signature.subarray(0, 4)).toEqual(sha256(publicKey).subarray(0, 4));
    expect(verify('sha256', text, keyOf(publicKey), signature.subarray(4))).toBe(true);
    expect(() => sandbox.frozenLog.append(message)).toThrow(RangeError);
  });

  test('still shows its entries', async () => {
    const entry = sandbox.frozenLog.entry(3);
    const { hashes, rootHash } = entry.inclusionProof;
    const path = hashes.map((hash) => Buffer.from(hash, 'base64'));
    const response = await fetch(`${sandbox.urls.frozenRekor}/api/v2/tile/entries/000.p/7`);
    expect(Buffer.from(await response.arrayBuffer()).includes(Buffer.from(sandbox.frozenLog.body(3)))).toBe(true);
    expect(rootOfProof(3, 7, sandbox.frozenLog.body(3), path)).toEqual(Buffer.from(rootHash, 'base64'));
    expect(entry.inclusionProof.checkpoint.envelope).toContain('Log frozen');
  });
});

describe('a log of one’s own', () => {
  test('signs checkpoints of any size, origin, root and signer', () => {
    const log = new TransparencyLog({ origin: 'log.test', kind: 'P-256' });
    log.append(Buffer.from('one'));
    log.append(Buffer.from('two'));
    expect(Buffer.from(log.logId)).toEqual(sha256(log.publicKey));
    expect(log.checkpoint({ size: 1 })).toContain(
      `log.test\n1\n${base64(naiveRoot([Buffer.from('one')]))}\n\n— log.test `,
    );
    const witness = noteSigner('witness.test', generateSigningKey('Ed25519'));
    const note = log.checkpoint({
      origin: 'other',
      extensionLines: ['more'],
      root: new Uint8Array(32),
      signers: [witness, log.signer],
    });
    expect(note).toMatch(/^other\n2\nA{43}=\nmore\n\n— witness\.test \S+\n— log\.test \S+\n$/);
    expect(signatureLine(witness, new Uint8Array(64))).toMatch(/^— witness\.test /);
    expect(() => log.entry(2)).toThrow(RangeError);
    expect(() => log.append(new Uint8Array(65_536))).toThrow(RangeError);
  });
});
