import * as nodeCrypto from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { noteSigner, signatureLine, signNote, verifierKey, witness } from '../../../sandbox/log/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { concatBytes, encodeBase64, uintBytes, utf8 } from '../../../src/core/encoding/index.ts';
import {
  checkCosignature,
  isWitnessKey,
  readCheckpoint,
  readVerifierKey,
  type WitnessKey,
} from '../../../src/core/log/index.ts';
import { mlDsa, publicNotes } from './fixtures.ts';

function witnessKey(text: string): WitnessKey {
  const key = readVerifierKey(text, 'witness');
  if (!isWitnessKey(key)) throw new Error('not the key of a witness');
  return key;
}
const check = (note: string, key: string, now: Date) => checkCosignature(readCheckpoint(note), witnessKey(key), now);
const at = (seconds: number) => new Date(seconds * 1000);

describe('real cosignatures', () => {
  test.each(publicNotes.witnesses)('of staging by %s', async (key) => {
    expect(await check(publicNotes.staging, key, at(publicNotes.time))).toEqual({
      status: 'valid',
      time: at(publicNotes.time),
    });
  });

  test('of production', async () => {
    const [vector] = publicNotes.notes.filter(({ cosigned }) => cosigned !== undefined);
    const { by = '', time = 0 } = vector?.cosigned ?? {};
    expect(await check(vector?.note ?? '', by, at(time))).toEqual({ status: 'valid', time: at(time) });
    const [absent = ''] = publicNotes.witnesses;
    expect(await check(vector?.note ?? '', absent, at(time))).toEqual({ status: 'absent' });
  });
});

interface Maker {
  readonly key: string;
  /** Returns the line of a cosignature at a time in seconds. */
  readonly line: (seconds: number) => string;
}

const seconds = 1_796_040_000;
const root = encodeBase64(new Uint8Array(32).fill(7));
const text = `log.example\n42\n${root}\nextension\n`;
const log = noteSigner('log.example', generateSigningKey('Ed25519'));
const note = signNote(text, [log]);

function ed25519Maker(): Maker {
  const signer = (time: number) => witness('witness.example/one', key, () => at(time));
  const key = generateSigningKey('Ed25519');
  return {
    key: verifierKey(signer(0)),
    line: (time) => signatureLine(signer(0), signer(time).sign(utf8(text))),
  };
}

/** Signs with node:crypto, as Node 24 and later can; this Node's answer decides whether it can. */
function nodeMaker(): Maker | undefined {
  let pair: nodeCrypto.KeyPairKeyObjectResult;
  try {
    pair = nodeCrypto.generateKeyPairSync('ml-dsa-44' as 'ed25519');
  } catch {
    return undefined;
  }
  const name = 'witness.example/node';
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-1312);
  const typed = concatBytes(new Uint8Array([6]), raw);
  const keyId = nodeCrypto.createHash('sha256').update(`${name}\n`).update(typed).digest();
  return {
    key: `${name}+${keyId.subarray(0, 4).toString('hex')}+${encodeBase64(typed)}`,
    line: (time) => {
      const message = concatBytes(
        utf8('subtree/v1\n\0'),
        uintBytes(name.length, 1),
        utf8(name),
        uintBytes(time, 8),
        uintBytes('log.example'.length, 1),
        utf8('log.example'),
        uintBytes(0, 8),
        uintBytes(42, 8),
        new Uint8Array(32).fill(7),
      );
      const signature = nodeCrypto.sign(null, message, pair.privateKey);
      return signatureLine({ name, keyHash: keyId }, concatBytes(uintBytes(time, 8), signature));
    },
  };
}

const fixed: Maker = {
  key: mlDsa.vkey,
  line: (time) => (time === 0 ? mlDsa.withoutTime : mlDsa.cosignature),
};
const makers = Object.entries({
  Ed25519: ed25519Maker(),
  'ML-DSA-44, fixed': fixed,
  'ML-DSA-44, by node:crypto': nodeMaker(),
}).flatMap(([name, maker]) => (maker === undefined ? [] : [[name, maker] as const]));

test('on Node 24 and later, node:crypto is one of the judges', () => {
  const [major = 0] = process.versions.node.split('.').map(Number);
  expect(makers).toHaveLength(major >= 24 ? 3 : 2);
});

describe.each(makers)('a cosignature by %s', (_, { key, line }) => {
  const now = at(seconds);
  const cosigned = `${note}${line(seconds)}`;

  test('is valid, with its time', async () => {
    expect(await check(cosigned, key, now)).toEqual({ status: 'valid', time: at(seconds) });
  });

  test('is absent', async () => {
    expect(await check(note, key, now)).toEqual({ status: 'absent' });
  });

  test('may be five minutes ahead, and not more', async () => {
    expect(await check(cosigned, key, at(seconds - 300))).toEqual({ status: 'valid', time: at(seconds) });
    expect(await check(cosigned, key, at(seconds - 301))).toEqual({
      status: 'refused',
      reason: 'states a time in the future',
    });
  });

  test('without a time is refused', async () => {
    expect(await check(`${note}${line(0)}`, key, now)).toEqual({ status: 'refused', reason: 'states no time' });
  });

  test.each([
    ['size', '\n42\n', '\n43\n'],
    ['origin', 'log.example\n', 'log.exampla\n'],
    ['root', root, encodeBase64(new Uint8Array(32).fill(8))],
  ])('of another %s is invalid', async (_name, from, to) => {
    expect(await check(cosigned.replace(from, to), key, now)).toEqual({ status: 'refused', reason: 'is invalid' });
  });

  test('with another time is invalid', async () => {
    const { name, keyHint } = witnessKey(key);
    const bytes = Buffer.from(line(seconds).trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(4);
    const later = signatureLine({ name, keyHash: keyHint }, concatBytes(uintBytes(seconds - 1, 8), bytes.subarray(8)));
    expect(await check(`${note}${later}`, key, now)).toEqual({ status: 'refused', reason: 'is invalid' });
  });

  test('of another length is invalid', async () => {
    const { name, keyHint } = witnessKey(key);
    const bytes = Buffer.from(line(seconds).trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(4);
    for (const changed of [
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.from([0])]),
      bytes.subarray(0, 8),
      bytes.subarray(0, 1),
    ]) {
      const spoilt = `${note}${signatureLine({ name, keyHash: keyHint }, changed)}`;
      expect(await check(spoilt, key, now)).toMatchObject({ status: 'refused' });
    }
  });

  test('next to an invalid one of the same witness is refused', async () => {
    const { name, keyHint } = witnessKey(key);
    const bad = signatureLine({ name, keyHash: keyHint }, concatBytes(uintBytes(seconds, 8), new Uint8Array(64)));
    expect(await check(`${cosigned}${bad}`, key, now)).toEqual({ status: 'refused', reason: 'is invalid' });
  });
});

test('a line of another name or another key ID is not a cosignature of the witness', async () => {
  const { key, line } = ed25519Maker();
  const { name, keyHint } = witnessKey(key);
  const bytes = Buffer.from(line(seconds).trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(4);
  const other = signatureLine({ name: 'witness.example/two', keyHash: keyHint }, bytes);
  const changed = signatureLine({ name, keyHash: keyHint.map((byte) => byte ^ 1) }, bytes);
  expect(await check(`${note}${other}${changed}`, key, at(seconds))).toEqual({ status: 'absent' });
});

test('names and origins of more than 255 bytes cannot be cosigned with ML-DSA-44', async () => {
  const { key, line } = fixed;
  const long = 'x'.repeat(256);
  expect(await check(`${note.replaceAll('log.example', long)}${line(seconds)}`, key, at(seconds))).toEqual({
    status: 'refused',
    reason: 'is invalid',
  });
  const { keyHint, ...witnessOf } = witnessKey(key);
  const renamed = { ...witnessOf, keyHint, name: long } as WitnessKey;
  const bytes = Buffer.from(line(seconds).trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(4);
  const checkpoint = readCheckpoint(`${note}${signatureLine({ name: long, keyHash: keyHint }, bytes)}`);
  expect(await checkCosignature(checkpoint, renamed, at(seconds))).toEqual({ status: 'refused', reason: 'is invalid' });
});

test('extension lines are part of what Ed25519 signs, and not of what ML-DSA-44 signs', async () => {
  const [ed25519, ml] = [ed25519Maker(), fixed];
  const changed = (maker: Maker) => `${note}${maker.line(seconds)}`.replace('extension', 'another');
  expect(await check(changed(ed25519), ed25519.key, at(seconds))).toMatchObject({ status: 'refused' });
  expect(await check(changed(ml), ml.key, at(seconds))).toMatchObject({ status: 'valid' });
});

test('of several valid cosignatures, the latest time counts', async () => {
  const { key, line } = ed25519Maker();
  expect(await check(`${note}${line(seconds - 60)}${line(seconds)}${line(seconds - 120)}`, key, at(seconds))).toEqual({
    status: 'valid',
    time: at(seconds),
  });
});
