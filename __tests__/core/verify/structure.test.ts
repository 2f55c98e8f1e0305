/** The same bundle written otherwise: as JSON, in base64, in DER. What says the same verifies, and nothing else does. */

import { describe, expect, test } from '@jest/globals';
import { encodeBase64, type JsonValue } from '../../../src/core/encoding/index.ts';
import { CountersignError, readBundle } from '../../../src/core/verify/index.ts';
import { oneIn } from '../../kit/thorough.ts';
import { expectFailure } from '../errors/failure.ts';
import { type Base, bases, verifies } from './bases.ts';
import { encodings } from './encodings.ts';
import { whyFree, whyFreeEncoding } from './free.ts';
import { leavesOf } from './leaves.ts';
import { type Mutant, survivors } from './mutants.ts';
import { amend, type Change, type Path, pathText, places, textWith } from './tree.ts';

/** On a busy machine; on one that is not, a tenth of it. */
const patience = 300_000;
const named = bases.map((base) => [base.name, base] as const);
const treeOf = ({ json }: Base): JsonValue => JSON.parse(json);

/** The replacements of each value. */
const changes: Readonly<Record<string, Change>> = {
  dropped: () => undefined,
  null: () => null,
  true: () => true,
  zero: () => 0,
  negative: () => -1,
  'a fraction': () => 1.5,
  'beyond 2^53': () => 2 ** 60,
  'digits beyond 2^64': () => '99999999999999999999',
  'digits with a sign': () => '-1',
  'digits with a fraction': () => '1.5',
  text: () => 'x',
  'no text': () => '',
  'a long text': () => 'A'.repeat(1024 * 1024),
  'an empty list': () => [],
  'an empty object': () => ({}),
  'in a list': (value) => [value],
  'in an object': (value) => ({ value }),
  'its items twice': (value) => (Array.isArray(value) ? [...value, ...value] : [value, value]),
};

/** The places of values that may change or be absent. */
const harmless: readonly {
  readonly of?: RegExp;
  readonly where: RegExp;
  readonly how: RegExp;
  readonly why: string;
}[] = [
  { where: /\.(?:hint|keyid)$/, how: /./, why: 'a hint' },
  { where: /^verificationMaterial\.publicKey$/, how: /^an empty object$/, why: 'a key without its hint' },
  { where: /certificates\[1\]/, how: /./, why: 'a certificate beside the first counts for nothing' },
  { where: /x509CertificateChain\.certificates$/, how: /^its items twice$/, why: 'nor do more of them' },
  {
    where: /^messageSignature\.messageDigest$/,
    how: /^(?:dropped|null|an empty object)$/,
    why: 'a hint, if it has a value: the digest is the artifact’s',
  },
  {
    of: /0\.1/,
    where: /inclusionProof$/,
    how: /^(?:dropped|null)$/,
    why: 'in version 0.1 a promise is enough',
  },
  {
    of: /0\.2|key/,
    where: /^verificationMaterial\.timestampVerificationData/,
    how: /^(?:dropped|null|an empty list|an empty object)$/,
    why: 'no timestamp is needed: the log says when, or the key has no end',
  },
];

describe('each value otherwise', () => {
  test.each(named)(
    '%s',
    async (name, { only = /./, ...base }) => {
      const tree = treeOf(base);
      function* mutants(): Generator<Mutant> {
        for (const { path } of places(tree)) {
          const place = pathText(path);
          if (!only.test(place)) continue;
          for (const [how, change] of Object.entries(changes)) {
            const json = JSON.stringify(amend(tree, path, change)) ?? '';
            if (json === JSON.stringify(tree)) continue;
            const why = harmless.find(
              (one) => (one.of ?? /./).test(name) && one.where.test(place) && one.how.test(how),
            );
            yield { what: `${place}: ${how}`, json, why: why?.why };
          }
        }
      }
      expect(await survivors(base, mutants())).toEqual([]);
    },
    patience,
  );
});

/** Members that a reader could take for one another. */
const doubles: Readonly<Record<string, (name: string, member: string) => string>> = {
  'twice, the same': (name, member) => `${JSON.stringify(name)}:${member}`,
  'twice, then null': (name) => `${JSON.stringify(name)}:null`,
  'twice, one escaped': (name, member) =>
    `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}":${member}`,
  'and in snake case': (name, member) => {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return `${JSON.stringify(snake === name ? `_${name}` : snake)}:${member}`;
  },
  'and a stranger': () => '"stranger":1',
  'and __proto__': () => '"__proto__":{}',
  'and a stranger, null': () => '"stranger":null',
};

describe('each member', () => {
  test.each(named)(
    '%s',
    async (_, base) => {
      const tree = treeOf(base);
      const members = [...places(tree)].filter(({ path }) => typeof path.at(-1) === 'string');
      function* mutants(): Generator<Mutant> {
        for (const { path } of members) {
          for (const [how, after] of Object.entries(doubles)) {
            yield { what: `${pathText(path)} ${how}`, json: textWith(tree, path, after), why: undefined };
          }
        }
      }
      expect(members.length).toBeGreaterThan(15);
      expect(await survivors(base, mutants())).toEqual([]);
    },
    patience,
  );
});

describe('base64', () => {
  const spareBits = (text: string): string => {
    const last = text.replace(/=*$/, '').length - 1;
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    return text.slice(0, last) + digits[digits.indexOf(text[last] ?? 'A') + 1] + text.slice(last + 1);
  };
  const wrong: Readonly<Record<string, (text: string) => string>> = {
    'spare bits': (text) => (text.endsWith('=') ? spareBits(text) : `${text}x`),
    'padding too long': (text) => `${text}====`,
    'padding inside': (text) => `${text.slice(0, 4)}====${text.slice(4)}`,
    'a space': (text) => `${text.slice(0, 4)} ${text.slice(4)}`,
    'a tab': (text) => `${text.slice(0, 4)}\t${text.slice(4)}`,
    'a lone carriage return': (text) => `${text.slice(0, 4)}\r${text.slice(4)}`,
    'a foreign letter': (text) => `${text.slice(0, 4)}é${text.slice(5)}`,
    'a full stop at the end': (text) => `${text}.`,
    'one character less': (text) => text.replace(/=*$/, '').slice(0, -1),
    'two alphabets': (text) => `${text.slice(0, 1)}+_${text.slice(3)}`,
  };
  const right: Readonly<Record<string, (text: string) => string>> = {
    'no padding': (text) => text.replace(/=*$/, ''),
    'the alphabet of URLs': (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
    'in lines': (text) => text.replace(/.{64}/g, '$&\n'),
    'in lines of DOS': (text) => text.replace(/.{64}/g, '$&\r\n'),
  };

  const texts = (base: Base): readonly Path[] =>
    leavesOf(treeOf(base))
      .filter(({ written }) => written === encodeBase64)
      .map(({ path }) => path);
  const rewritten = (base: Base, path: Path, rewrite: (text: string) => string): string =>
    JSON.stringify(amend(treeOf(base), path, (text) => rewrite(String(text))));

  test.each(named)('that is not canonical is refused: %s', async (_, base) => {
    function* mutants(): Generator<Mutant> {
      for (const path of texts(base)) {
        for (const [how, rewrite] of Object.entries(wrong)) {
          const why = whyFree(path, undefined, undefined);
          yield { what: `${pathText(path)}: ${how}`, json: rewritten(base, path, rewrite), why };
        }
      }
    }
    expect(await survivors(base, mutants())).toEqual([]);
  });

  test.each(named)('as others write it is read: %s', async (_, base) => {
    for (const [how, rewrite] of Object.entries(right)) {
      const all = texts(base).reduce((json, path) => rewritten({ ...base, json }, path, rewrite), base.json);
      expect([how, await verifies(base, all)]).toEqual([how, true]);
    }
  });
});

describe('DER', () => {
  const isDer = /(?:rawBytes|signedEntryTimestamp|signedTimestamp|signature|sig)$/;

  test.each(named)(
    'written as BER, or with more after it, is refused: %s',
    async (_, { only = /./, ...base }) => {
      const tree = treeOf(base);
      function* mutants(): Generator<Mutant> {
        for (const { path, bytes } of leavesOf(tree)) {
          if (!isDer.test(pathText(path)) || !only.test(pathText(path))) continue;
          for (const { what, offset, bytes: other } of oneIn(5, encodings(bytes))) {
            const json = JSON.stringify(amend(tree, path, () => encodeBase64(other)));
            yield {
              what: `${pathText(path)} at ${offset}: ${what}`,
              json,
              why: whyFreeEncoding(path, bytes, offset, what),
            };
          }
        }
      }
      expect(await survivors(base, mutants())).toEqual([]);
    },
    patience,
  );
});

describe('what is too much is refused', () => {
  const mebibyte = 1024 * 1024;

  test('a file of 100 MB, by its length alone', () => {
    // Neither is JSON, and the second is no text: that would be the reason if they were read.
    for (const byte of [0x20, 0xff])
      expectFailure(() => readBundle(new Uint8Array(100 * mebibyte).fill(byte)), 'LIMIT_EXCEEDED', /104857600 bytes/);
    expectFailure(() => readBundle(' '.repeat(100 * mebibyte)), 'LIMIT_EXCEEDED', /104857600 bytes/);
  });

  const nested: readonly (readonly [string, () => string])[] = [
    ['lists', () => '['.repeat(8 * mebibyte)],
    ['objects', () => '{"a":'.repeat(2 * mebibyte)],
    ['lists and objects', () => '[{"a":'.repeat(2 * mebibyte)],
  ];
  test.each(nested)('%s in one another', (_, text) => {
    // It does not end, which would be the reason if it were read to the end.
    expectFailure(() => readBundle(text()), 'LIMIT_EXCEEDED', /nested/);
  });

  const long: readonly (readonly [string, () => string])[] = [
    ['a text', () => `"${'a'.repeat(15 * mebibyte)}"`],
    ['a text of escapes', () => `"${'\\u0061'.repeat(2 * mebibyte)}"`],
    ['a text of quotes that does not end', () => `"${'\\"'.repeat(7 * mebibyte)}`],
    ['a text of backslashes', () => `"${'\\'.repeat(15 * mebibyte)}`],
    ['a list', () => `[${'0,'.repeat(4 * mebibyte)}0]`],
    ['an object', () => `{${Array.from({ length: 200_000 }, (_, at) => `"${at}":0`).join()}}`],
    ['a number', () => '1'.repeat(15 * mebibyte)],
    ['white space', () => ' '.repeat(15 * mebibyte)],
  ];
  // A reader whose time grows with the square of the length would not end.
  test.each(long)('%s as long as a bundle may be', (_, make) => {
    const text = make();
    expectFailure(() => readBundle(text), 'BUNDLE_INVALID', /./);
    const member = `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","messageSignature":${text}}`;
    expect(() => readBundle(member)).toThrow(CountersignError);
  });
});
