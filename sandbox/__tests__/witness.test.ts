/** The witnesses (C2SP tlog-witness): which checkpoints they cosign, with which keys, and what they show to monitors. */

import * as crypto from 'node:crypto';
import { createPublicKey, verify } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import {
  generateMlDsaKey,
  generateSigningKey,
  MemoryStorage,
  noteSigner,
  readNote,
  type Sandbox,
  sandboxVariables,
  startSandbox,
  TransparencyLog,
  verifierKey,
  WitnessService,
  witness,
  writeSettings,
} from '../index.ts';
import { provesConsistency, sha256 } from './client.ts';

const clock = () => new Date('2026-05-01T12:00:00Z');
const seconds = 1_777_636_800;
const text = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('add-checkpoint', () => {
  const ed25519 = generateSigningKey('Ed25519');
  const mlDsa = generateMlDsaKey();
  let log: TransparencyLog;
  let service: WitnessService;
  const submit = (
    old: number | string,
    proof: readonly Uint8Array[],
    checkpoint: string,
  ): readonly [number, string] => {
    const body = Buffer.concat([text([`old ${old}`, ...proof.map(base64), '']), Buffer.from(checkpoint)]);
    try {
      return [200, service.add(body)];
    } catch (error) {
      const { response } = error as { readonly response: { readonly status: number; readonly body: Uint8Array } };
      return [response.status, Buffer.from(response.body).toString()];
    }
  };
  const grow = (count: number): void => {
    for (let index = 0; index < count; index++) log.append(Buffer.from(`entry ${log.size}`));
  };
  const fresh = (): void => {
    log = new TransparencyLog({ origin: 'log.test', kind: 'P-256' });
    const name = 'witness.test/one';
    service = new WitnessService(() => [witness(name, ed25519, clock), witness(name, mlDsa, clock)]);
    service.follow({ origin: log.origin, signer: log.signer });
    grow(5);
  };

  test('cosigns with each key of the witness what the specification says', () => {
    fresh();
    const [status, lines] = submit(0, [], log.checkpoint({ extensionLines: ['an extension'] }));
    expect(status).toBe(200);
    const read = readNote(`x\n\n${lines}`).lines;
    expect(read.map(({ name }) => name)).toEqual(['witness.test/one', 'witness.test/one']);
    const [classic, quantum] = read.map(({ keyId, signature }) => ({
      keyId: Buffer.from(keyId),
      time: Buffer.from(signature).readBigUInt64BE(0),
      signature: signature.subarray(8),
    }));
    if (classic === undefined || quantum === undefined) throw new Error('two lines');
    const raw = Buffer.from(ed25519.publicKey).subarray(-32);
    const pqRaw = Buffer.from(mlDsa.publicKey).subarray(-1312);
    expect(classic.keyId).toEqual(sha256(Buffer.from('witness.test/one\n\u0004'), raw).subarray(0, 4));
    expect(quantum.keyId).toEqual(sha256(Buffer.from('witness.test/one\n\u0006'), pqRaw).subarray(0, 4));
    expect([Number(classic.time), Number(quantum.time)]).toEqual([seconds, seconds]);
    const signed = text(['cosignature/v1', `time ${seconds}`, 'log.test', '5', base64(log.root()), 'an extension']);
    const key = createPublicKey({ key: Buffer.from(ed25519.publicKey), format: 'der', type: 'spki' });
    expect(verify(null, signed, key, classic.signature)).toBe(true);
    const uint64 = (number: number): Buffer => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt(number));
      return bytes;
    };
    const message = Buffer.concat([
      Buffer.from('subtree/v1\n\0'),
      Buffer.from([16]),
      Buffer.from('witness.test/one'),
      uint64(seconds),
      Buffer.from([8]),
      Buffer.from('log.test'),
      uint64(0),
      uint64(5),
      log.root(),
    ]);
    expect(quantum.signature).toHaveLength(2420);
    expect(ml_dsa44.verify(quantum.signature, message, pqRaw)).toBe(true);
    expect(judgedByNode(mlDsa.publicKey, message, quantum.signature)).not.toBe(false);
    expect(judgedByNode(mlDsa.publicKey, Buffer.from('else'), quantum.signature)).not.toBe(true);
  });

  test('has verifier keys of types 4 and 6', () => {
    const [one, two] = service.signers.map(verifierKey);
    expect(one).toMatch(/^witness\.test\/one\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}$/);
    expect(two).toMatch(/^witness\.test\/one\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{1750}=*$/);
    expect(Buffer.from(two?.split('+').slice(2).join('+') ?? '', 'base64')[0]).toBe(6);
  });

  test('cosigns a checkpoint that extends the latest one, at every size', () => {
    fresh();
    expect(submit(0, [], log.checkpoint({ size: 1 }))[0]).toBe(200);
    for (let size = 2; size <= 40; size++) {
      if (log.size < size) grow(1);
      expect([size, submit(size - 1, log.consistencyProof(size - 1, size), log.checkpoint({ size }))[0]]).toEqual([
        size,
        200,
      ]);
      // Also unchanged, without a proof.
      expect(submit(size, [], log.checkpoint({ size }))[0]).toBe(200);
    }
  });

  test('refuses another log, another signer and a wrong signature', () => {
    fresh();
    expect(submit(0, [], log.checkpoint({ origin: 'other.test' }))[0]).toBe(404);
    const stranger = noteSigner('log.test', generateSigningKey('P-256'));
    expect(submit(0, [], log.checkpoint({ signers: [stranger] }))[0]).toBe(403);
    expect(submit(0, [], log.checkpoint({ signers: [{ ...stranger, keyHash: log.logId }] }))[0]).toBe(403);
    expect(submit(0, [], log.checkpoint({ signers: [stranger, log.signer] }))[0]).toBe(200);
  });

  test('refuses another old size, and states its own', () => {
    fresh();
    expect(submit(3, [], log.checkpoint())).toEqual([409, '0\n']);
    expect(submit(0, [], log.checkpoint())[0]).toBe(200);
    expect(submit(0, [], log.checkpoint())).toEqual([409, '5\n']);
    expect(submit(5, [], log.checkpoint({ size: 4 }))[0]).toBe(400);
  });

  test('refuses a fork, a wrong proof and another root of the same size', () => {
    fresh();
    submit(0, [], log.checkpoint());
    grow(4);
    const proof = log.consistencyProof(5);
    const wrong = proof.map((hash, at) => (at === 1 ? hash.map((byte) => byte ^ 1) : hash));
    for (const one of [[], wrong, proof.slice(1), [...proof, new Uint8Array(32)]])
      expect(submit(5, one, log.checkpoint())[0]).toBe(422);
    expect(submit(5, proof, log.checkpoint({ root: new Uint8Array(32) }))[0]).toBe(422);
    expect(submit(5, [], log.checkpoint({ size: 5, root: new Uint8Array(32) }))[0]).toBe(422);
    expect(submit(5, proof, log.checkpoint())[0]).toBe(200);
    fresh();
    expect(submit(0, [new Uint8Array(32)], log.checkpoint())[0]).toBe(422);
    expect(submit(0, [], log.checkpoint({ size: 0, root: new Uint8Array(32) }))[0]).toBe(422);
  });

  test('refuses what is no request', () => {
    fresh();
    for (const old of ['', '01', '-1', 'x']) expect(submit(old, [], log.checkpoint())[0]).toBe(400);
    for (const note of ['', 'nothing\n', 'log.test\n5\n\n', `log.test\nx\n${base64(log.root())}\n\n— a AAAA\n`])
      expect(submit(0, [], note)[0]).toBe(400);
    expect(submit(0, [new Uint8Array(31)], log.checkpoint())[0]).toBe(400);
    expect(submit(0, Array(64).fill(new Uint8Array(32)), log.checkpoint())[0]).toBe(400);
    expect(() => service.add(new Uint8Array([0xff]))).toThrow('UTF-8');
  });
});

/** The verdict of Node's own ML-DSA; `undefined` before Node 24. */
function judgedByNode(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | undefined {
  if (Number(process.versions.node.split('.')[0]) < 24) return undefined;
  const key = crypto.createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  return crypto.verify(null, message, key, signature);
}

describe('in a sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(() => sandbox.behave());

  const ask = async (origin = sandbox.transparencyLog.origin, prefix = sandbox.urls.witness1): Promise<string> => {
    const hash = sha256(Buffer.from(origin)).toString('hex');
    const response = await fetch(`${prefix}/${hash}/checkpoint`);
    return response.status === 200 ? response.text() : String(response.status);
  };
  /** The size, the root and the signers of a checkpoint. */
  const read = (note: string) => {
    const { text: signed, lines } = readNote(note);
    const [, size, root = ''] = signed.split('\n');
    return { size: Number(size), root: Buffer.from(root, 'base64'), signers: lines.map(({ name }) => name) };
  };
  /** Reports whether the log made the first signature of a note. */
  const isOfLog = (note: string): boolean => {
    const { text: signed, lines } = readNote(note);
    const key = createPublicKey({ key: Buffer.from(sandbox.transparencyLog.publicKey), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(signed), key, lines[0]?.signature ?? new Uint8Array());
  };

  test('each shows the latest checkpoint of each log, with the signatures of the log and of its own keys', async () => {
    const { transparencyLog: log, rekorV1Log, urls } = sandbox;
    for (const [prefix, name] of [
      [urls.witness1, 'witness-1.countersign.sandbox'],
      [urls.witness2, 'witness-2.countersign.sandbox'],
    ] as const) {
      const before = read(await ask(log.origin, prefix));
      expect(before.signers).toEqual([log.origin, name, name]);
      log.append(Buffer.from(`entry ${log.size}`));
      const note = await ask(log.origin, prefix);
      const after = read(note);
      expect([after.size, after.root]).toEqual([log.size, Buffer.from(log.root())]);
      const proof = log.consistencyProof(before.size).map((hash) => Buffer.from(hash));
      expect(provesConsistency([before.size, before.root], [after.size, after.root], proof)).toBe(true);
      expect(isOfLog(note)).toBe(true);
    }
    for (const { log: tree } of rekorV1Log.shards) expect(read(await ask(tree.origin)).size).toBe(tree.size);
    expect([await ask('unknown.test'), (await fetch(`${urls.witness1}/x/checkpoint`)).status]).toEqual(['404', 404]);
  });

  test('takes a checkpoint by HTTP, and refuses a fork of the log', async () => {
    const { transparencyLog: log, urls } = sandbox;
    const { size } = read(await ask());
    log.append(Buffer.from(`entry ${log.size}`));
    const submit = async (checkpoint: string) => {
      const body = Buffer.concat([
        text([`old ${size}`, ...log.consistencyProof(size).map(base64), '']),
        Buffer.from(checkpoint),
      ]);
      const response = await fetch(`${urls.witness1}/add-checkpoint`, { method: 'POST', body });
      return [response.status, await response.text()] as const;
    };
    expect(await submit(log.checkpoint({ root: new Uint8Array(32) }))).toEqual([
      422,
      'the consistency proof is invalid\n',
    ]);
    const [status, lines] = await submit(log.checkpoint());
    expect([status, lines.match(/^— witness-1\.countersign\.sandbox /gm)]).toEqual([200, expect.any(Array)]);
    expect(await submit(log.checkpoint())).toEqual([409, `${log.size}\n`]);
  });

  test('shows a fork that the log signed', async () => {
    const { transparencyLog: log } = sandbox;
    sandbox.misbehave('witness:forked-tree');
    const note = await ask();
    const fork = read(note);
    expect([fork.size, fork.root.equals(log.root()), isOfLog(note)]).toEqual([log.size, false, true]);
    expect(fork.signers).toHaveLength(3);
    expect(read(await ask(sandbox.rekorV1Log.active.log.origin)).size).toBe(sandbox.rekorV1Log.active.log.size);
    sandbox.behave();
    expect(read(await ask()).root).toEqual(Buffer.from(log.root()));
  });

  test('shows a fork that another key signed', async () => {
    sandbox.misbehave('witness:checkpoint-by-another-key');
    const note = await ask();
    expect([read(note).root.equals(sandbox.transparencyLog.root()), isOfLog(note)]).toEqual([false, false]);
  });

  test('shows its first checkpoint for ever, or one without its cosignatures', async () => {
    const { transparencyLog: log } = sandbox;
    sandbox.misbehave('witness:stale-checkpoint');
    const first = await ask();
    log.append(Buffer.from(`entry ${log.size}`));
    expect(await ask()).toBe(first);
    sandbox.behave();
    sandbox.misbehave('witness:without-cosignature');
    const note = await ask();
    expect([read(note).size, read(note).signers, isOfLog(note)]).toEqual([log.size, [log.origin], true]);
  });
});

test('the settings have a policy that requires both witnesses', async () => {
  const storage = new MemoryStorage();
  await using sandbox = await startSandbox({ storage });
  writeSettings(storage, 'folder', sandbox);
  const text = (name: string): string => Buffer.from(storage.folder('trust').read(name) ?? '').toString();
  const [one = '', two = ''] = sandbox.witnesses.map(verifierKey);
  const [frozen, active] = sandbox.rekorShards;
  expect(text('witnesses.txt')).toBe(`${one}\n${two}\n`);
  expect(text('witness_policy.txt').split('\n')).toEqual([
    expect.stringMatching(/^log 127\.0\.0\.1\+[0-9a-f]{8}\+AjBZMBMGByqG\S+ http/),
    expect.stringMatching(/^log 127\.0\.0\.1\+[0-9a-f]{8}\+A\S{43} http/),
    `witness witness-1 ${one} ${sandbox.urls.witness1}`,
    `witness witness-2 ${two} ${sandbox.urls.witness2}`,
    'group all all witness-1 witness-2',
    'quorum all',
    '',
  ]);
  expect(text('witness_policy.txt')).toContain(`${frozen && verifierKey(frozen.log.signer)} ${frozen?.url}\n`);
  expect(text('witness_policy.txt')).toContain(`${active && verifierKey(active.log.signer)} ${active?.url}\n`);
  expect(sandboxVariables(sandbox, 'trust').WITNESS_URL).toBe(sandbox.urls.witness1);
});

test('the witnesses cosign checkpoints with ML-DSA-44 too, if the sandbox is to', async () => {
  await using sandbox = await startSandbox({ postQuantum: true });
  const { lines } = readNote(await (await fetch(`${sandbox.urls.rekor}/checkpoint`)).text());
  expect(lines.map(({ signature }) => signature.length)).toEqual([64, 72, 2428, 72, 2428]);
  expect(sandbox.witnesses.map(({ name }) => name)).toEqual(lines.slice(1).map(({ name }) => name));
});
