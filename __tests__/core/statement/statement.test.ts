import { describe, expect, test } from '@jest/globals';
import { digest, parseDigest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import {
  findSubject,
  maxSubjects,
  readStatement,
  type Statement,
  writeStatement,
} from '../../../src/core/statement/index.ts';
import { expectFailure } from '../errors/failure.ts';

const artifact = digest('sha256', utf8('artifact'));
const hex = encodeHex(artifact.bytes);
const json = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'a', digest: { sha256: hex } }],
  predicateType: 'https://example.test/predicate',
  predicate: { key: 'value' },
};
const read = (changes: object): Statement => readStatement(utf8(JSON.stringify({ ...json, ...changes })));

describe('writing and reading', () => {
  test('a statement comes back as it was', () => {
    const statement: Statement = {
      subjects: [
        { name: 'a', digests: [artifact, digest('sha512', utf8('artifact'))] },
        { name: 'ž/"b"', digests: [digest('sha384', utf8('b'))] },
      ],
      predicateType: 'https://example.test/predicate',
      predicate: { b: [1, null, true], a: 'text' },
    };
    expect(readStatement(writeStatement(statement))).toEqual(statement);
  });

  test('what is written is canonical, and of version 1', () => {
    const { predicate, predicateType } = json;
    const written = writeStatement({ subjects: [{ name: 'a', digests: [artifact] }], predicateType, predicate });
    expect(Buffer.from(written).toString()).toBe(
      `{"_type":"https://in-toto.io/Statement/v1","predicate":{"key":"value"},"predicateType":"https://example.test/predicate","subject":[{"digest":{"sha256":"${hex}"},"name":"a"}]}`,
    );
  });

  test('version 0.1, upper-case digits, and no predicate are read', () => {
    const older = read({
      _type: 'https://in-toto.io/Statement/v0.1',
      subject: [{ name: 'a', digest: { sha256: hex.toUpperCase() } }],
      predicate: undefined,
    });
    expect(older).toMatchObject({ subjects: [{ digests: [artifact] }], predicate: {} });
  });

  test('digests that we cannot compute are passed over, and no digest is made of them', () => {
    const { subjects } = read({ subject: [{ digest: { sha1: 'ab', gitCommit: 'cd' } }] });
    expect(subjects).toEqual([{ name: '', digests: [] }]);
  });
});

describe('the length', () => {
  const withPredicate = (length: number) => ({ predicate: { x: 'y'.repeat(length - '{"x":""}'.length) } });

  test('of a predicate may be 16 MiB, whatever the subjects', () => {
    const subject = Array.from({ length: maxSubjects }, (_, index) => ({
      name: `${'n'.repeat(500)}${index}`,
      digest: { sha256: hex },
    }));
    const length = 16 * 1024 * 1024;
    const { subjects, predicate } = read({ subject, ...withPredicate(length) });
    expect([subjects.length, JSON.stringify(predicate).length]).toEqual([maxSubjects, length]);
  });

  test('of a statement has a limit', () => {
    expectFailure(
      () => read(withPredicate(17 * 1024 * 1024)),
      'LIMIT_EXCEEDED',
      /^the statement: the JSON document has \d+ bytes; the limit is 17825792$/,
    );
  });
});

describe('is refused:', () => {
  test.each<[string, object, RegExp]>([
    ['another type', { _type: 'https://in-toto.io/Statement/v2' }, /the type .* is not supported/],
    ['no type', { _type: undefined }, /_type is missing/],
    ['subjects that are no list', { subject: {} }, /subject is not a list/],
    ['no subjects', { subject: [] }, /0 subjects/],
    ['too many subjects', { subject: Array(maxSubjects + 1).fill(json.subject[0]) }, /1025 subjects/],
    ['a subject that is none', { subject: ['a'] }, /subject\[0\] is not an object/],
    ['a subject without a digest', { subject: [{ name: 'a' }] }, /subject\[0\]\.digest is not an object/],
    ['a subject with an empty digest', { subject: [{ digest: {} }] }, /0 digests/],
    [
      'a subject with very many digests',
      { subject: [{ digest: Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`x${index}`, 'ab'])) }] },
      /33 digests/,
    ],
    ['a digest that is no text', { subject: [{ digest: { sha256: 7 } }] }, /sha256 is missing/],
    ['a digest of the wrong length', { subject: [{ digest: { sha256: 'abcd' } }] }, /2 bytes/],
    ['a digest that is not hexadecimal', { subject: [{ digest: { sha256: 'zz'.repeat(32) } }] }, /hexadecimal/],
    ['no predicate type', { predicateType: '' }, /predicateType is missing/],
    ['a predicate that is no object', { predicate: [] }, /predicate is not an object/],
  ])('%s', (_, changes, reason) => {
    expectFailure(() => read(changes), 'STATEMENT_INVALID', reason);
  });

  test('a member that is there twice', () => {
    const twice = JSON.stringify(json).replace('"predicateType"', '"subject":[],"predicateType"');
    expectFailure(() => readStatement(utf8(twice)), 'STATEMENT_INVALID', /the JSON member "subject" occurs twice/);
  });

  test('what is no object', () => {
    expectFailure(() => readStatement(utf8('[]')), 'STATEMENT_INVALID', /it is not an object/);
  });
});

describe('the subject that an artifact is', () => {
  const statement = read({
    subject: [
      { name: 'a', digest: { sha256: '00'.repeat(32) } },
      { name: 'b', digest: { sha256: hex, sha512: encodeHex(digest('sha512', utf8('artifact')).bytes) } },
    ],
  });

  test('is found by any of its digests', () => {
    const by512 = digest('sha512', utf8('artifact'));
    expect(findSubject(statement, [artifact])).toMatchObject({ subject: { name: 'b' }, digest: artifact });
    expect(findSubject(statement, [by512])).toMatchObject({ subject: { name: 'b' }, digest: by512 });
  });

  test('is one with which all of its digests agree, and which is known by the strongest', () => {
    const by512 = digest('sha512', utf8('artifact'));
    expect(findSubject(statement, [artifact, by512])).toMatchObject({ subject: { name: 'b' }, digest: by512 });
    const by384 = digest('sha384', utf8('artifact'));
    expect(findSubject(statement, [artifact, by384])).toMatchObject({ digest: artifact });
  });

  test('is none of which one digest is right and another wrong', () => {
    const wrong = digest('sha512', utf8('another'));
    for (const digests of [
      [artifact, wrong],
      [wrong, artifact],
    ])
      expectFailure(() => findSubject(statement, digests), 'ARTIFACT_MISMATCH', /none of which/);
    // A second subject may still be the artifact.
    const both = read({
      subject: [
        { name: 'a', digest: { sha256: hex, sha512: '00'.repeat(64) } },
        { name: 'b', digest: { sha256: hex } },
      ],
    });
    const by512 = digest('sha512', utf8('artifact'));
    expect(findSubject(both, [artifact, by512])).toMatchObject({ subject: { name: 'b' } });
  });

  test('is none without a digest in common', () => {
    const by384 = digest('sha384', utf8('artifact'));
    expectFailure(() => findSubject(statement, [by384]), 'ARTIFACT_MISMATCH', /none of which/);
    expectFailure(() => findSubject(statement, []), 'ARTIFACT_MISMATCH', /none of which/);
    const unknown = read({ subject: [{ name: 'a', digest: { gitCommit: 'ab' } }] });
    expectFailure(() => findSubject(unknown, [artifact]), 'ARTIFACT_MISMATCH', /a different artifact/);
  });

  test('is not found by its name, or by the digits of another algorithm', () => {
    expectFailure(() => findSubject(statement, [digest('sha256', utf8('a'))]), 'ARTIFACT_MISMATCH', /none of which/);
    expectFailure(
      () => findSubject(statement, [parseDigest(`sha512:${hex}${hex}`)]),
      'ARTIFACT_MISMATCH',
      /none of which/,
    );
  });
});

describe('the predicate', () => {
  test('is checked, and not built until it is asked for', () => {
    const text = JSON.stringify({ ...json, predicate: { a: [] } });
    const many = text.replace('[]', `[${'{},'.repeat(600_000)}{}]`);
    const statement = readStatement(utf8(many));
    expect(statement.subjects).toHaveLength(json.subject.length);
    expectFailure(() => statement.predicate, 'LIMIT_EXCEEDED', /more than 500000 values/);
    const some = readStatement(utf8(text.replace('[]', `[${'{},'.repeat(300_000)}{}]`)));
    expect(some.predicate.a).toHaveLength(300_001);
    for (const wrong of ['[{"b":1,"b":2}]', '[1', `${'['.repeat(70)}${']'.repeat(70)}`])
      expect(() => readStatement(utf8(text.replace('[]', wrong)))).toThrow(
        /occurs twice|in a JSON|unterminated|nested/,
      );
  });

  test.each(['[]', '1', '"a"', 'true'])('is an object, or none: %s', (predicate) => {
    const text = JSON.stringify({ ...json, predicate: null }).replace('"predicate":null', `"predicate":${predicate}`);
    expectFailure(() => readStatement(utf8(text)), 'STATEMENT_INVALID', /predicate is not an object/);
  });
});
