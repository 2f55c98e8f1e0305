/** Reading many bundles, and choosing among them: what is read again, what is kept, and how often what is looked at. */

import { describe, expect, test } from '@jest/globals';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import type { BundlePool, FoundBundle } from '../../../src/run/verify/bundle-pool.ts';
import { candidates, joinPools, readBundles } from '../../../src/run/verify/bundle-pool.ts';
import { expectFailure } from '../../core/errors/failure.ts';
import { Instance } from '../../kit/instance.ts';

const instance = new Instance();
const signature = (text: string): string => {
  const bundle = instance.sign({ signed: utf8(text) });
  return writeBundle({
    ...bundle,
    content: { ...bundle.content, messageDigest: digest('sha256', utf8(text)) },
  } as Bundle);
};
const attestation = (text: string, predicate: object = {}): string => {
  const subject = [{ name: text, digest: { sha256: encodeHex(digest('sha256', utf8(text)).bytes) } }];
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 'x', predicate };
  return writeBundle(instance.attest(utf8(JSON.stringify(statement))));
};
const read = (text: string | Uint8Array, path = 'all.jsonl'): BundlePool =>
  readBundles(typeof text === 'string' ? utf8(text) : text, path, 'all');
const paths = (pool: BundlePool, text: string, names: readonly string[] = []): readonly string[] =>
  candidates(pool, [digest('sha256', utf8(text))], new Set(names)).map(({ path }) => path);

/** Reports whether the bundle is read only once. */
function isKept(found: FoundBundle | undefined): boolean {
  const [first, second] = [found?.bundle, found?.bundle];
  return first === second;
}

describe('lines', () => {
  const lines = ['a', 'b', 'c'].map((text) => attestation(text));

  test('are numbered as they stand, with blank ones between them, and a byte order mark', () => {
    const pool = read(`\ufeff\r\n${lines[0]}\r\n \t\n  ${lines[1]}  \n\n${lines[2]}`);
    expect(pool.bundles.map(({ path }) => path)).toEqual(['all.jsonl:2', 'all.jsonl:4', 'all.jsonl:6']);
    expect(paths(pool, 'b')).toEqual(['all.jsonl:4']);
  });

  test('that are the same are one bundle', () => {
    const pool = read(`${lines[0]}\n${lines[1]}\n`.repeat(1000));
    expect(pool.bundles.map(({ path }) => path)).toEqual(['all.jsonl:1', 'all.jsonl:2']);
  });

  test('that cannot be read hide no others, and are counted', () => {
    const broken = Array.from({ length: 1000 }, (_, at) => `{"a":${at}}`).join('\n');
    const bytes = Buffer.concat([utf8(`${broken}\n{"`), new Uint8Array([0xff]), utf8(`"}\n${lines[1]}\n`)]);
    const pool = read(bytes);
    expect(pool.bundles.map(({ path }) => path)).toEqual(['all.jsonl:1002']);
    expect([pool.unread.length, pool.moreUnread]).toEqual([100, 901]);
    expect(joinPools([pool, pool]).moreUnread).toBe(1802);
  });

  test('that are more than 100,000 are not read one by one', () => {
    const unread = (lines: number) => read('{}\n'.repeat(lines)).unread.map(({ path }) => path);
    expect(unread(100_000)).toEqual(['all.jsonl:1']);
    expect(unread(100_001)).toEqual(['all.jsonl']);
  });

  test.each([
    ['before a comma', attestation('a', { b: {} }).replace(/\},/, '}\n,')],
    ['after a colon', attestation('a').replace(/:\{/, ':\n{')],
  ])('of one bundle that is cut %s are not read one by one', (_, text) => {
    expect(text.split('\n')).toHaveLength(2);
    const { bundles, unread } = read(text);
    expect([bundles.map(({ path }) => path), unread]).toEqual([['all.jsonl'], []]);
  });
});

test('of many, a long bundle is not kept as it was read', () => {
  const long = attestation('long', { text: 'x'.repeat(80_000) });
  const pool = read(`${long}\n${attestation('short')}\n`);
  const [first, second] = pool.bundles;
  expect(first?.named).toEqual([digest('sha256', utf8('long'))]);
  expect(isKept(first)).toBe(false);
  expect(first?.bundle).toEqual(read(long, 'one.json').bundles[0]?.bundle);
  expect(isKept(second)).toBe(true);
});

test('what is kept of small bundles has a limit', () => {
  const budget = { left: 20_000 };
  const lines = Array.from({ length: 10 }, (_, at) => signature(`kept ${at}`));
  const pool = readBundles(utf8(lines.join('\n')), 'all.jsonl', undefined, budget);
  const kept = pool.bundles.filter(isKept);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(10);
  expect(budget.left).toBeGreaterThanOrEqual(0);
});

describe('candidates', () => {
  const pool = joinPools([
    read(`${attestation('a')}\n${signature('b')}\n${attestation('a', { other: true })}`),
    readBundles(utf8(attestation('elsewhere')), 'b.json', 'b'),
    readBundles(utf8('{}'), 'broken.json', 'b'),
  ]);

  test('are those that name the artifact, or are named after it, in the order of the pool', () => {
    expect(paths(pool, 'a')).toEqual(['all.jsonl:1', 'all.jsonl:3']);
    expect(paths(pool, 'b', ['b'])).toEqual(['all.jsonl:2', 'b.json', 'broken.json']);
    expect(paths(pool, 'c')).toEqual([]);
  });

  test('are limited', () => {
    const [found] = read(attestation('a'), 'one.json').bundles;
    const many = (count: number): BundlePool => ({
      bundles: Array.from({ length: count }, () => ({ ...(found as NonNullable<typeof found>) })),
      unread: [],
    });
    expect(paths(many(256), 'a')).toHaveLength(256);
    expectFailure(() => paths(many(257), 'a'), 'LIMIT_EXCEEDED', /257 bundles/);
  });

  test('are limited, whatever they are found by', () => {
    const [named] = read(attestation('a'), 'one.json').bundles;
    const [stemmed] = readBundles(utf8(attestation('elsewhere')), 'b.json', 'b').bundles;
    const many = (one: FoundBundle | undefined): readonly FoundBundle[] =>
      Array.from({ length: 200 }, () => ({ ...(one as FoundBundle) }));
    const both: BundlePool = { bundles: [...many(named), ...many(stemmed)], unread: [] };
    expect(paths(both, 'a')).toHaveLength(200);
    expect(paths(both, 'elsewhere')).toHaveLength(200);
    expectFailure(() => paths(both, 'a', ['b']), 'LIMIT_EXCEEDED', /400 bundles/);
  });

  test('are found without going through all bundles for each artifact', () => {
    let looked = 0;
    const bundles = new Proxy(pool.bundles, {
      get(target, name, receiver) {
        looked++;
        return Reflect.get(target, name, receiver);
      },
    });
    const counted: BundlePool = { bundles, unread: pool.unread };
    paths(counted, 'a');
    const once = looked;
    for (let at = 0; at < 1000; at++) paths(counted, `a${at}`);
    expect(looked).toBe(once);
  });
});
