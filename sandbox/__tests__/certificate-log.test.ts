import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { der, readDer } from '../../src/core/encoding/index.ts';
import { generateSigningKey, type Sandbox, sandboxMarker, signCertificate, startSandbox } from '../index.ts';
import { extensionsOf } from './certificate.ts';
import { certificateChain, jobToken, naiveRoot, newKey, rootOfProof, sha256 } from './client.ts';

let sandbox: Sandbox;
let leaf: X509Certificate;
let log: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  log = sandbox.urls.certificateLog;
  for (let i = 0; i < 5; i++) [leaf = leaf] = await certificateChain(sandbox, newKey(), await jobToken(sandbox));
});
afterAll(() => sandbox.close());

const get = async (path: string) => {
  const response = await fetch(`${log}/${path}`);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};
const json = async (path: string) => JSON.parse(String((await get(path)).bytes));
const submit = async (path: string, chain: unknown) => {
  const body = typeof chain === 'string' ? chain : JSON.stringify({ chain });
  const response = await fetch(`${log}/ct/v1/${path}`, { method: 'POST', body });
  const text = await response.text();
  return { status: response.status, text, sct: response.status === 200 ? JSON.parse(text) : undefined };
};
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const logKey = () =>
  createPublicKey({ key: Buffer.from(sandbox.certificateLog.key.publicKey), format: 'der', type: 'spki' });

/** Takes bytes apart from the front. */
class Parts {
  #bytes: Buffer;
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }
  get left(): number {
    return this.#bytes.length;
  }
  take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }
  vector(width: number): Buffer {
    return this.take(this.take(width).readUIntBE(0, width));
  }
}

/** The entries of the log, by its one partial data tile (C2SP static-ct-api, "Log entries"). */
async function dataTile() {
  const { size } = sandbox.certificateLog.store;
  const parts = new Parts((await get(`tile/data/000.p/${size}`)).bytes);
  const entries = [];
  while (parts.left > 0) {
    const time = parts.take(8);
    const type = parts.take(2);
    const isPrecertificate = type.readUInt16BE(0) === 1;
    const issuerKeyHash = parts.take(isPrecertificate ? 32 : 0);
    const signed = parts.vector(3);
    const extensions = parts.vector(2);
    const precertificate = isPrecertificate ? parts.vector(3) : undefined;
    const chain = parts.vector(2);
    const length = Buffer.alloc(3);
    length.writeUIntBE(signed.length, 0, 3);
    const extensionsLength = Buffer.from([0, extensions.length]);
    // MerkleTreeLeaf: version 0, timestamped_entry, and the entry.
    const input = [Buffer.from([0, 0]), time, type, issuerKeyHash, length, signed, extensionsLength, extensions];
    entries.push({ leafInput: Buffer.concat(input), issuerKeyHash, signed, extensions, precertificate, chain });
  }
  return entries;
}

describe('the log of certificates', () => {
  test('has an entry of each certificate, whose SCT says where', async () => {
    const list = readDer(extensionsOf(leaf).get('1.3.6.1.4.1.11129.2.4.2')?.value ?? new Uint8Array(), (reader) =>
      reader.octetString(),
    );
    const sct = new Parts(new Parts(new Parts(list).vector(2)).vector(2));
    expect(sct.take(33)).toEqual(Buffer.concat([Buffer.from([0]), sha256(sandbox.certificateLog.key.publicKey)]));
    sct.take(8);
    const extensions = sct.vector(2);
    expect(extensions).toEqual(Buffer.from([0, 0, 5, 0, 0, 0, 0, 4]));
    const entry = (await dataTile())[4];
    expect(entry?.extensions).toEqual(extensions);
    sct.take(2);
    expect(verify('sha256', entry?.leafInput ?? Buffer.alloc(0), logKey(), sct.vector(2))).toBe(true);
    expect(sct.left).toBe(0);
  });

  test('shows the precertificates, poisoned, and who issued them', async () => {
    const entry = (await dataTile())[4];
    const poisoned = new X509Certificate(entry?.precertificate ?? '');
    expect(poisoned.serialNumber).toBe(leaf.serialNumber);
    expect(poisoned.verify(new X509Certificate(sandbox.certificateAuthority.intermediate.certificate).publicKey)).toBe(
      true,
    );
    const poison = extensionsOf(poisoned).get('1.3.6.1.4.1.11129.2.4.3');
    expect(poison).toEqual({ critical: true, value: Buffer.from([5, 0]) });
    const [intermediate, root] = sandbox.certificateAuthority.chain.map((certificate) => sha256(certificate));
    expect(entry?.chain).toEqual(Buffer.concat([intermediate ?? root, root].flatMap((one) => (one ? [one] : []))));
    const issuer = await get(`issuer/${intermediate?.toString('hex')}`);
    expect(sha256(issuer.bytes)).toEqual(intermediate);
    expect(entry?.issuerKeyHash).toEqual(sha256(sandbox.certificateAuthority.intermediate.key.publicKey));
  });

  test('commits to them by a checkpoint that is a signed tree head', async () => {
    const [text = '', line = ''] = String((await get('checkpoint')).bytes).split('\n\n');
    const [origin = '', size, root = ''] = text.split('\n');
    const inputs = (await dataTile()).map(({ leafInput }) => leafInput);
    expect([origin, size, root]).toEqual([
      log.replace('http://', ''),
      String(inputs.length),
      base64(naiveRoot(inputs)),
    ]);
    const [, name, blob = ''] = /^— (\S+) (\S+)\n$/.exec(line) ?? [];
    expect(name).toBe(origin);
    const parts = new Parts(Buffer.from(blob, 'base64'));
    const keyId = sha256(Buffer.from(`${origin}\n\u0005`), sandbox.certificateLog.logId).subarray(0, 4);
    expect(parts.take(4)).toEqual(keyId);
    const time = parts.take(8);
    expect(parts.take(2)).toEqual(Buffer.from([4, 3]));
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(BigInt(inputs.length));
    const signed = Buffer.concat([Buffer.from([0, 1]), time, count, naiveRoot(inputs)]);
    expect(verify('sha256', signed, logKey(), parts.vector(2))).toBe(true);
  });

  test('has hash tiles, and nothing at other paths', async () => {
    const inputs = (await dataTile()).map(({ leafInput }) => sha256(Buffer.from([0]), leafInput));
    expect((await get(`tile/0/000.p/${inputs.length}`)).bytes).toEqual(Buffer.concat(inputs));
    for (const path of ['tile/0/000', 'tile/entries/000.p/1', 'tile/data/000', 'issuer/00', 'issuer/../../keys', 'x']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  test('answers as RFC 6962 has it', async () => {
    const inputs = (await dataTile()).map(({ leafInput }) => leafInput);
    const size = inputs.length;
    const head = await json('ct/v1/get-sth');
    expect(head).toMatchObject({ tree_size: size, sha256_root_hash: base64(naiveRoot(inputs)) });
    const { entries } = await json('ct/v1/get-entries?start=1&end=3');
    expect(entries.map((entry: { leaf_input: string }) => entry.leaf_input)).toEqual(inputs.slice(1, 4).map(base64));
    const extra = new Parts(Buffer.from(entries[0].extra_data, 'base64'));
    expect(extra.vector(3)).toEqual((await dataTile())[1]?.precertificate);
    expect(new Parts(extra.vector(3)).vector(3)).toEqual(
      Buffer.from(sandbox.certificateAuthority.intermediate.certificate),
    );
    const hash = sha256(Buffer.from([0]), inputs[2] ?? Buffer.alloc(0));
    const proof = await json(`ct/v1/get-proof-by-hash?hash=${encodeURIComponent(base64(hash))}&tree_size=${size}`);
    const path = proof.audit_path.map((node: string) => Buffer.from(node, 'base64'));
    expect(rootOfProof(proof.leaf_index, size, inputs[2] ?? Buffer.alloc(0), path)).toEqual(naiveRoot(inputs));
    const { consistency } = await json(`ct/v1/get-sth-consistency?first=2&second=${size}`);
    expect(consistency).toEqual(sandbox.certificateLog.store.tree.consistencyProof(2).map(base64));
    expect(await json('ct/v1/get-roots')).toEqual({
      certificates: [base64(sandbox.certificateAuthority.root.certificate)],
    });
    for (const path of [
      'get-entries?start=3&end=1',
      'get-entries?start=1000&end=1001',
      'get-entries?start=x&end=1',
      'get-sth-consistency?first=2&second=1000',
      'get-sth-consistency?first=2',
      `get-proof-by-hash?hash=!&tree_size=${size}`,
      'get-proof-by-hash?hash=AAAA&tree_size=1000',
    ]) {
      expect([path, (await get(`ct/v1/${path}`)).status]).toEqual([path, 400]);
    }
    expect((await get(`ct/v1/get-proof-by-hash?hash=${base64(Buffer.alloc(32))}&tree_size=1`)).status).toBe(404);
  });
});

describe('a submission', () => {
  let serial = 0;
  const chainOf = () => sandbox.certificateAuthority.chain.map(base64);
  const precertificate = (poison = new Uint8Array([5, 0])) => {
    const { key, profile } = sandbox.certificateAuthority.intermediate;
    const own = generateSigningKey('P-256');
    serial += 1;
    const serialNumber = new Uint8Array(16).fill(serial);
    return signCertificate(
      { ...profile, serialNumber, issuer: profile.subject, publicKey: own.publicKey, signingKey: key },
      [{ oid: '1.3.6.1.4.1.11129.2.4.3', critical: true, value: poison }],
    );
  };

  test('of a precertificate is answered with an SCT, the same one the second time', async () => {
    const certificate = precertificate();
    const before = sandbox.certificateLog.store.size;
    const { status, sct } = await submit('add-pre-chain', [base64(certificate), ...chainOf()]);
    expect([status, sandbox.certificateLog.store.size]).toEqual([200, before + 1]);
    expect(sct).toMatchObject({
      sct_version: 0,
      id: base64(sandbox.certificateLog.logId),
      timestamp: expect.any(Number),
    });
    const entry = (await dataTile())[before];
    const signature = new Parts(Buffer.from(sct.signature, 'base64').subarray(2)).vector(2);
    expect(verify('sha256', entry?.leafInput ?? Buffer.alloc(0), logKey(), signature)).toBe(true);
    expect(entry?.extensions.toString('base64')).toBe(sct.extensions);
    // What is promised has no poison, and is else the same.
    const tbs = Buffer.from(entry?.signed ?? '');
    expect(tbs.includes(Buffer.from(der.oid('1.3.6.1.4.1.11129.2.4.3')))).toBe(false);
    expect(tbs.includes(Buffer.from(der.oid(sandboxMarker.oid)))).toBe(true);
    const again = await submit('add-pre-chain', [base64(certificate), ...chainOf().slice(0, 1)]);
    expect(again.sct).toMatchObject({ timestamp: sct.timestamp, extensions: sct.extensions });
    expect(sandbox.certificateLog.store.size).toBe(before + 1);
  });

  test('of a certificate is taken too', async () => {
    const before = sandbox.certificateLog.store.size;
    expect((await submit('add-chain', [leaf.raw.toString('base64'), ...chainOf()])).status).toBe(200);
    const entry = (await dataTile())[before];
    expect([entry?.signed, entry?.precertificate]).toEqual([leaf.raw, undefined]);
  });

  test('is refused unless it leads to the root, and is what it says', async () => {
    const stranger = generateSigningKey('P-384');
    const { profile } = sandbox.certificateAuthority.intermediate;
    const forged = signCertificate({ ...profile, issuer: profile.subject, signingKey: stranger });
    const root = base64(sandbox.certificateAuthority.root.certificate);
    const cases: readonly (readonly [string, unknown, string])[] = [
      ['add-pre-chain', [leaf.raw.toString('base64'), ...chainOf()], 'not a precertificate'],
      ['add-chain', [base64(precertificate()), ...chainOf()], 'precertificate was sent'],
      ['add-pre-chain', [base64(precertificate(new Uint8Array([4, 0]))), ...chainOf()], 'proper poison'],
      ['add-chain', [leaf.raw.toString('base64')], 'unknown authority'],
      ['add-chain', [leaf.raw.toString('base64'), root], 'not signed by the next'],
      ['add-chain', [base64(forged), ...chainOf()], 'not signed by the next'],
      ['add-chain', ['AAAA', root], 'malformed certificate'],
      ['add-chain', [], 'empty'],
      ['add-chain', '{}', 'empty'],
      ['add-chain', 'nonsense', 'failed to parse'],
    ];
    const before = sandbox.certificateLog.store.size;
    for (const [path, chain, words] of cases) {
      const { status, text } = await submit(path, chain);
      expect([words, status, text]).toEqual([
        words,
        400,
        expect.stringMatching(new RegExp(`^Bad Request\n.*${words}`)),
      ]);
    }
    expect(sandbox.certificateLog.store.size).toBe(before);
  });
});
