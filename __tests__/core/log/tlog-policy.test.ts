import { describe, expect, test } from '@jest/globals';
import { noteSigner, verifierKey, witness } from '../../../sandbox/log/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { meetsQuorum, readTlogPolicy, type TlogPolicy } from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';
import { mlDsa } from './fixtures.ts';

const now = () => new Date(0);
const keyOf = (name: string) => verifierKey(witness(name, generateSigningKey('Ed25519'), now));
const log = verifierKey(noteSigner('log.example', generateSigningKey('Ed25519')));
const names = ['x1', 'x2', 'x3', 'y1', 'y2', 'y3'];
const keys = Object.fromEntries(names.map((name) => [name, keyOf(`${name}.example`)]));
const witnesses = names.map((name) => `witness ${name} ${keys[name]}`).join('\n');
const read = (text: string): TlogPolicy => readTlogPolicy(Buffer.from(text, 'utf8'));

/** Reports whether the witnesses of these names meet the quorum. */
function meets(policy: TlogPolicy, ...cosigned: readonly string[]): boolean {
  return meetsQuorum(policy, new Set(policy.witnesses.filter(({ name }) => cosigned.includes(name))));
}

describe('the example of the specification', () => {
  const policy = read(
    `log ${log}\n\n${witnesses}\ngroup X-witnesses 2 x1 x2 x3\ngroup Y-witnesses any y1 y2 y3\n\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n`,
  );

  test('has a log and six witnesses', () => {
    expect(policy.logs.map(({ name }) => name)).toEqual(['log.example']);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    [true, ['x1', 'x2', 'y1']],
    [true, ['x2', 'x3', 'y3']],
    [true, names],
    [false, ['x1', 'x2']],
    [false, ['x1', 'y1', 'y2', 'y3']],
    [false, ['y1', 'y2', 'y3']],
    [false, []],
  ])('is %s met by %j', (expected, cosigned) => {
    expect(meets(policy, ...cosigned)).toBe(expected);
  });
});

describe('a policy', () => {
  test('may require no witness', () => {
    expect(meets(read('quorum none\n'))).toBe(true);
    expect(meets(read(`${witnesses}\nquorum none`))).toBe(true);
  });

  test('may require one witness', () => {
    const policy = read(`${witnesses}\nquorum x2\n`);
    expect([meets(policy, 'x2'), meets(policy, 'x1', 'x3', 'y1')]).toEqual([true, false]);
  });

  test('may have witnesses with keys of ML-DSA-44', () => {
    const policy = read(`witness pq ${mlDsa.vkey}\nquorum pq\n`);
    expect(policy.witnesses[0]?.key.type).toBe('ml-dsa-44');
  });

  test('may have comments, tabs, blank lines, URLs, names in any encoding, and the quorum before other lines', () => {
    const name = Buffer.from([0x6b, 0xff, 0xe2]);
    const text = Buffer.concat([
      Buffer.from(' \t# é\n\n\twitness\t'),
      name,
      Buffer.from(` ${keys.x1}  https://x1.example/é \t\nquorum `),
      name,
      Buffer.from(`\nwitness other ${keys.x2}\nlog ${log} https://log.example`),
    ]);
    const policy = readTlogPolicy(text);
    expect(policy.witnesses).toHaveLength(2);
    expect(meetsQuorum(policy, new Set(policy.witnesses.slice(0, 1)))).toBe(true);
    expect(meetsQuorum(policy, new Set(policy.witnesses.slice(1)))).toBe(false);
  });

  test('does not take the Kelvin sign for a K', () => {
    expectFailure(() => read(`witness K ${keys.x1}\nquorum \u212a\n`), 'POLICY_INVALID', /"\u212a" is not defined/);
  });

  const cosigner = witness('a.example', generateSigningKey('Ed25519'), now);
  const renamed = verifierKey(witness('b.example', cosigner.key, now));

  test.each([
    ['without a quorum', `${witnesses}\n`, /^the policy has no quorum line$/],
    ['with two quorums', 'quorum none\nquorum none\n', /^line 2 of the policy: the policy has a second quorum line$/],
    ['with a quorum of two names', `${witnesses}\nquorum x1 x2\n`, /must have the form quorum <name>/],
    ['with a quorum without a name', 'quorum\n', /must have the form quorum <name>/],
    ['with a quorum of an unknown name', `${witnesses}\nquorum x9\n`, /"x9" is not defined on an earlier line/],
    ['with a quorum that is defined later', `quorum x1\n${witnesses}\n`, /^line 1 .*"x1" is not defined/],
    [
      'with a group that is defined later',
      `${witnesses}\ngroup a any b\ngroup b any x1\nquorum a\n`,
      /"b" is not defined/,
    ],
    ['with a group of itself', `${witnesses}\ngroup a any a\nquorum a\n`, /"a" is not defined/],
    ['with a group of none', `${witnesses}\ngroup a any none\nquorum a\n`, /"none" is not defined/],
    ['with a group without members', `${witnesses}\ngroup a any\nquorum a\n`, /must have the form group/],
    [
      'with a member of two groups',
      `${witnesses}\ngroup a any x1\ngroup b any x1\nquorum a\n`,
      /"x1" is already a member/,
    ],
    ['with a member twice', `${witnesses}\ngroup a 2 x1 x1\nquorum a\n`, /"x1" is already a member/],
    ['with a name twice', `${witnesses}\ngroup x1 any x2\nquorum x1\n`, /"x1" is defined twice/],
    ['with a witness named none', `witness none ${keys.x1}\nquorum none\n`, /the name "none" is reserved/],
    ['with a group named none', `${witnesses}\ngroup none any x1\nquorum none\n`, /the name "none" is reserved/],
    ['with the threshold 0', `${witnesses}\ngroup a 0 x1\nquorum a\n`, /the threshold "0" is invalid/],
    ['with a threshold above the members', `${witnesses}\ngroup a 3 x1 x2\nquorum a\n`, /the threshold "3" is invalid/],
    ['with a threshold in hexadecimal', `${witnesses}\ngroup a 0x1 x1\nquorum a\n`, /the threshold "0x1" is invalid/],
    ['with an unknown keyword', 'witnesses x1\nquorum none\n', /the keyword "witnesses" is unknown/],
    ['with a keyword in capitals', 'Quorum none\n', /the keyword "Quorum" is unknown/],
    ['with a carriage return', 'quorum none\r\n', /^line 1 of the policy: control characters are not allowed$/],
    ['with a witness without key', 'witness x1\nquorum none\n', /must have the form witness/],
    [
      'with too much about a witness',
      `witness x1 ${keys.x1} https://a.example b\nquorum none\n`,
      /must have the form witness/,
    ],
    ['with too much about a log', `log ${log} https://a.example b\nquorum none\n`, /must have the form log/],
    ['with a log without key', 'log\nquorum none\n', /must have the form log/],
    [
      'with the key of a log as a witness',
      `witness x1 ${log}\nquorum x1\n`,
      /the key of "x1" is not a cosignature key/,
    ],
    [
      'with the key of a witness as a log',
      `log ${keys.x1}\nquorum none\n`,
      /the key is one of a witness, not of a log/,
    ],
    ['with a log twice', `log ${log}\nlog ${log}\nquorum none\n`, /the key of "log\.example" is listed twice/],
    [
      'with a key under two names',
      `witness a ${verifierKey(cosigner)}\nwitness b ${renamed}\ngroup g 2 a b\nquorum g\n`,
      /the key of "b\.example" is listed twice/,
    ],
    ['with a malformed key', 'witness a b\nquorum a\n', /^line 1 of the policy: a witness key must have the form/],
  ])('%s is refused', (_, text, message) => {
    expectFailure(() => read(text), 'POLICY_INVALID', message);
  });

  test('with a key that is not UTF-8 is refused', () => {
    const line = Buffer.concat([Buffer.from('log '), Buffer.from([0xff]), Buffer.from('\nquorum none\n')]);
    expectFailure(() => readTlogPolicy(line), 'POLICY_INVALID', /^line 1 of the policy: .* is not valid UTF-8$/);
  });

  test('has limits', () => {
    expectFailure(() => read('#'.repeat(1024 * 1024 + 1)), 'LIMIT_EXCEEDED', /1048577 bytes/);
    const many = Array.from({ length: 257 }, (_, at) => `witness w${at} ${keyOf(`w${at}`)}`);
    expectFailure(() => read(many.join('\n')), 'LIMIT_EXCEEDED', /^line 257 of the policy: .*more than 256/);
    expect(read([...many.slice(0, 256), 'quorum none'].join('\n')).witnesses).toHaveLength(256);
    const groups = Array.from({ length: 257 }, (_, at) => `group g${at} any ${at === 0 ? 'w0' : `g${at - 1}`}`);
    expectFailure(() => read([many[0], ...groups].join('\n')), 'LIMIT_EXCEEDED', /more than 256/);
  });
});
