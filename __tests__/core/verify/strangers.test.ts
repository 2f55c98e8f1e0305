/** Whatever a stranger writes, a reader reads it or refuses it, with an error of ours, and soon. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readBundle } from '../../../src/core/bundle/index.ts';
import {
  readCertificate,
  readFulcioClaims,
  readSignedCertificateTimestamps,
} from '../../../src/core/certificate/index.ts';
import { parseDigest, readPublicKey, readPublicKeyPem } from '../../../src/core/crypto/index.ts';
import { encodePem, type JsonValue, utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import {
  readCheckpoint,
  readSignedNote,
  readTlogPolicy,
  readVerifierKey,
  readWitnessKey,
} from '../../../src/core/log/index.ts';
import { exactly, matching, meets, pathWithin, policyFor } from '../../../src/core/policy/index.ts';
import { readStatement } from '../../../src/core/statement/index.ts';
import { readTimestampResponse } from '../../../src/core/timestamp/index.ts';
import { readSigningConfig, readTrustedRoot, readTrustedRoots } from '../../../src/core/trust/index.ts';
import { artifactOfDigest, examine, neededDigests } from '../../../src/core/verify/index.ts';
import { now } from '../../kit/instance.ts';
import { fixtureText } from '../bundle/vectors.ts';
import { countedText } from '../policy/counted-text.ts';
import { bases } from './bases.ts';
import { places } from './tree.ts';

/** Returns the result of the action; throws an error that is not a CountersignError. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

const ofBytes = {
  readCertificate: everythingOfCertificate,
  readPublicKey,
  readTimestampResponse,
  readTlogPolicy,
} as const;
const ofText = {
  readSignedNote,
  readCheckpoint,
  readWitnessKey,
  readVerifierKey: (text: string) => readVerifierKey(text, 'log'),
  readPublicKeyPem,
  parseDigest,
} as const;
const ofJson = { readBundle, readTrustedRoot, readTrustedRoots, readSigningConfig } as const;

/** Also what is only read when it is asked for. */
function everythingOfCertificate(der: Uint8Array): void {
  const certificate = readCertificate(der);
  attempt(() => readFulcioClaims(certificate));
  attempt(() => readSignedCertificateTimestamps(certificate));
}

const trees: readonly JsonValue[] = [...bases.map(({ json }) => JSON.parse(json))];
const [, , , tree = null] = trees;
const textAt = (suffix: RegExp): string => {
  const found = [...places(tree)].find(({ path }) => suffix.test(path.join('.')));
  return String(found?.value);
};
const bytesAt = (suffix: RegExp): Uint8Array => new Uint8Array(Buffer.from(textAt(suffix), 'base64'));
const certificate = bytesAt(/rawBytes$/);
const envelope = textAt(/checkpoint\.envelope$/);
const key = readCertificate(certificate).publicKey.spki;

const wellFormed = {
  readCertificate: certificate,
  readPublicKey: key,
  readTimestampResponse: bytesAt(/signedTimestamp$/),
  readTlogPolicy: utf8('witness a example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum a\n'),
  readSignedNote: envelope,
  readCheckpoint: envelope,
  readWitnessKey: 'witness.example+3bc3c7e4+BHdpdG5lc3M=',
  readVerifierKey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  readPublicKeyPem: encodePem('PUBLIC KEY', key),
  parseDigest: `sha256:${'0'.repeat(64)}`,
  readBundle: JSON.stringify(tree),
  readTrustedRoot: fixtureText('roots/public-good.trusted_root.json'),
  readTrustedRoots: fixtureText('roots/public-good.trusted_root.json'),
  readSigningConfig: fixtureText('roots/signing_config.public-good.v0.2.json'),
} as const satisfies Record<string, Uint8Array | string>;

/** Something right, of which some pieces were cut out, doubled or written over. */
function spoilt(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat({ max: bytes.length });
  const edit = fc.tuple(at, fc.nat({ max: 8 }), fc.uint8Array({ maxLength: 8 }), fc.boolean());
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) =>
    edits.reduce<Uint8Array>((whole, [from, length, piece, doubles]) => {
      const end = doubles ? from : from + length;
      return Buffer.concat([whole.subarray(0, from), piece, whole.subarray(end)]);
    }, bytes),
  );
}

/** Numbers as DER has lengths and tags, more often than others. */
const derLike = fc.array(
  fc.oneof(
    fc.constantFrom(0x30, 0x31, 0x02, 0x03, 0x04, 0x05, 0x06, 0xa0, 0xa3, 0x80, 0x81, 0x82, 0x84, 0xff, 0),
    fc.nat(255),
  ),
  { maxLength: 200 },
);

const runs = { numRuns: 400 };

describe('bytes', () => {
  test.each(Object.entries(ofBytes))('%s', (name, read) => {
    const sample = wellFormed[name as keyof typeof ofBytes];
    attempt(() => read(sample));
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      derLike.map((bytes) => new Uint8Array(bytes)),
      spoilt(sample),
    );
    fc.assert(
      fc.property(inputs, (bytes) => void attempt(() => read(bytes))),
      runs,
    );
  });
});

describe('texts', () => {
  test.each(Object.entries(ofText))('%s', (name, read) => {
    const sample = wellFormed[name as keyof typeof ofText];
    const inputs = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string({
        unit: fc.constantFrom('\n', '\u2014', ' ', '+', '/', '=', 'A', '-', ':', '0', '\r', '\ud800'),
        maxLength: 100,
      }),
      spoilt(utf8(sample)).map((bytes) => Buffer.from(bytes).toString()),
    );
    fc.assert(
      fc.property(inputs, (text) => void attempt(() => read(text))),
      runs,
    );
  });
});

/** Values under the names that documents have, so that readers get far into them. */
function documents(sample: string): fc.Arbitrary<string> {
  const original: JsonValue = JSON.parse(sample);
  const all = [...places(original)];
  const name = fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'length',
    ...new Set(all.flatMap(({ path }) => path.filter((step) => typeof step === 'string'))),
  );
  const scalar = fc.oneof(
    fc.constantFrom<JsonValue>(...all.map(({ value }) => value).filter((value) => typeof value === 'string')),
    fc.constantFrom<JsonValue>(null, true, false, 0, -1, 1.5, 1e300, '', '0', '-1', '1e3', 'AA==', '{}', '\ud800'),
  );
  const { value } = fc.letrec<{ value: JsonValue; list: JsonValue[]; object: Record<string, JsonValue> }>((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, scalar, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  }));
  // The original, some of whose members are otherwise.
  const changed = fc
    .dictionary(name, value, { minKeys: 1, maxKeys: 3 })
    .map((replacements) => JSON.stringify(replaced(original, replacements)));
  return fc.oneof(
    changed,
    value.map((inner) => JSON.stringify(inner)),
    fc.json(),
  );
}

function replaced(value: JsonValue, replacements: Readonly<Record<string, JsonValue>>): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => replaced(item, replacements));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, JsonValue]) => [
      name,
      replacements[name] ?? replaced(member, replacements),
    ]),
  );
}

describe('JSON', () => {
  test.each(Object.entries(ofJson))('%s', (name, read) => {
    const sample = wellFormed[name as keyof typeof ofJson];
    read(sample);
    fc.assert(
      fc.property(documents(sample), (json) => void attempt(() => read(json))),
      runs,
    );
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), spoilt(utf8(sample))), (bytes) => void attempt(() => read(bytes))),
      { numRuns: 100 },
    );
  });

  test('readStatement', () => {
    const statement = Buffer.from(
      JSON.parse(fixtureText('vectors/rekor2-dsse-happy-path.json')).dsseEnvelope.payload,
      'base64',
    );
    readStatement(statement);
    fc.assert(
      fc.property(documents(statement.toString()), (json) => void attempt(() => readStatement(utf8(json)))),
      runs,
    );
  });
});

describe('what is read is examined', () => {
  test.each(bases.map((base) => [base.name, base] as const))('%s', async (_, base) => {
    await fc.assert(
      fc.asyncProperty(documents(base.json), async (json) => {
        const bundle = attempt(() => readBundle(json));
        if (bundle === undefined) return;
        neededDigests(bundle, base.policy);
        const { failure } = await examine(bundle, base.artifact, base.trust, base.policy, now);
        if (failure !== undefined) expect(failure).toBeInstanceOf(CountersignError);
      }),
      { numRuns: 100 },
    );
  });
});

describe('policies', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('*', '/', 'a', '.', ':') }));

  test('an expectation that is made can be met or not', () => {
    fc.assert(
      fc.property(text, text, (value, found) => {
        for (const make of [exactly, matching, pathWithin]) {
          const expectation = attempt(() => make(value));
          if (expectation !== undefined) expect(typeof meets(expectation, found)).toBe('boolean');
        }
      }),
      runs,
    );
  });

  test('a pattern reads the text no more often than it has pieces', () => {
    const pattern = matching(`${'*a'.repeat(200)}b`);
    expect(meets(pattern, countedText('a'.repeat(5000), 401 * 5000))).toBe(false);
  });

  test('a policy that is none is refused by an error of ours', async () => {
    const [base] = bases;
    if (base === undefined) throw new Error('there are bases');
    const bundle = readBundle(base.json);
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, undefined));
    const members = fc.dictionary(
      fc.constantFrom('timestamps', 'logEntries', 'keys', 'threshold', 'predicateType'),
      odd,
    );
    const options = fc.dictionary(
      fc.constantFrom('content', 'thresholds', 'witnesses', 'sandbox', 'threshold'),
      fc.oneof(odd, members),
    );
    const claim = fc.record({ claim: fc.oneof(fc.constant('issuer'), odd), expected: odd, refused: odd });
    const signers = fc.oneof(
      fc.constant(base.policy.signer),
      odd,
      fc.record({ kind: odd, identity: odd, issuer: odd, claims: fc.oneof(odd, fc.array(fc.oneof(claim, odd))) }),
      fc.record({ kind: fc.constant('key'), publicKey: odd }),
    );
    await fc.assert(
      fc.asyncProperty(signers, options, async (signer, changes) => {
        // As a caller without types may write it.
        const policy = Reflect.apply(policyFor, undefined, [signer, changes]);
        await examine(bundle, artifactOfDigest(), base.trust, policy, now).catch((error: unknown) => {
          if (!(error instanceof CountersignError)) throw error;
        });
      }),
      { numRuns: 1000 },
    );
  });
});
