/** Expectations of predicates: each is a criterion, and a statement that cannot be judged meets none. */

import { describe, expect, test } from '@jest/globals';
import type { Bundle } from '../../../../src/core/bundle/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { encodeHex, type JsonValue, utf8 } from '../../../../src/core/encoding/index.ts';
import {
  artifactOfDigest,
  exactly,
  examine,
  examiner,
  matching,
  type PredicateExpectation,
  pathWithin,
} from '../../../../src/core/verify/index.ts';
import { artifact, Instance, now, policy } from '../../../kit/instance.ts';
import { expectRejection } from '../../errors/failure.ts';

const instance = new Instance();
const trust = instance.trust();
const known = artifactOfDigest(digest('sha256', artifact));
const v1 = 'https://slsa.dev/provenance/v1';
const v02 = 'https://slsa.dev/provenance/v0.2';
const builder = 'https://builders.example/workflows/build.yml@refs/tags/v1';
const type = 'https://builders.example/types/workflow/v1';

const builderId = (...expected: ReturnType<typeof exactly>[]): PredicateExpectation => ({
  kind: 'builder-id',
  expected,
});
const buildType = (...expected: ReturnType<typeof exactly>[]): PredicateExpectation => ({
  kind: 'build-type',
  expected,
});

function stated(predicateType: string, predicate: JsonValue): Bundle {
  const subject = [{ name: 'what.txt', digest: { sha256: encodeHex(digest('sha256', artifact).bytes) } }];
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate };
  return instance.attest(utf8(JSON.stringify(statement)));
}

const inV1 = (id: JsonValue, buildType: JsonValue = type): Bundle =>
  stated(v1, { buildDefinition: { buildType }, runDetails: { builder: { id } } });
const inV02 = (id: JsonValue, buildType: JsonValue = type): Bundle => stated(v02, { builder: { id }, buildType });

async function examined(bundle: Bundle, ...predicate: readonly PredicateExpectation[]) {
  const { criteria, failure } = await examine(bundle, known, trust, { ...policy, content: { predicate } }, now);
  const judged = criteria.filter(({ name }) => predicate.some(({ kind }) => kind === name));
  return {
    failure: failure?.code,
    judged: judged.map(({ name, outcome, found }) => `${name}: ${outcome}: ${found}`),
  };
}

describe('the builder and the build type', () => {
  test.each([
    ['v1', inV1],
    ['v0.2', inV02],
  ])('are those of SLSA provenance %s', async (_, provenance) => {
    const expectations = [
      [builderId(exactly(builder)), buildType(exactly(type))],
      [
        builderId(matching('https://builders.example/workflows/*.yml@refs/tags/*')),
        buildType(matching('https://**/v1')),
      ],
      [
        builderId(exactly('x'), exactly(builder)),
        buildType(exactly('x'), pathWithin('https://builders.example/types')),
      ],
    ];
    for (const both of expectations)
      expect(await examined(provenance(builder), ...both)).toEqual({
        failure: undefined,
        judged: [`builder-id: pass: ${builder}`, `build-type: pass: ${type}`],
      });
  });

  test.each<[string, Bundle, PredicateExpectation]>([
    ['another builder', inV1(builder), builderId(exactly(`${builder}.0`))],
    ['another builder in v0.2', inV02(builder), builderId(exactly(`${builder}.0`))],
    ['no builder', stated(v1, { buildDefinition: { buildType: type } }), builderId(matching('**'))],
    ['no builder in v0.2', stated(v02, { buildType: type }), builderId(matching('**'))],
    ['another build type', inV1(builder), buildType(exactly(`${type}.1`))],
    ['another build type in v0.2', inV02(builder), buildType(exactly(`${type}.1`))],
    ['no build type', stated(v1, { runDetails: { builder: { id: builder } } }), buildType(matching('**'))],
    ['members of v0.2 in v1', stated(v1, { builder: { id: builder } }), builderId(exactly(builder))],
    ['members of v1 in v0.2', stated(v02, { runDetails: { builder: { id: builder } } }), builderId(exactly(builder))],
    [
      'a builder whose file only ends like the expected one',
      inV1('https://builders.example/workflows/evil/build.yml@x.yml@refs/tags/v1'),
      builderId(matching('https://builders.example/workflows/**.yml@refs/tags/v1')),
    ],
  ])('are not met by %s', async (_, bundle, expectation) => {
    const { failure, judged } = await examined(bundle, expectation);
    expect(failure).toBe('PREDICATE_MISMATCH');
    expect(judged).toEqual([expect.stringMatching(/^(?:builder-id|build-type): fail: .*; expected "/)]);
  });

  test.each<[string, string]>([
    ['an SBOM', 'https://spdx.dev/Document'],
    ['an older version', 'https://slsa.dev/provenance/v0.1'],
    ['a version to come', 'https://slsa.dev/provenance/v2'],
    ['a type with the same beginning', 'https://slsa.dev/provenance/v1-evil'],
    ['a type on another host', 'https://slsa.dev.evil.example/provenance/v1'],
    ['v0.2 of something', 'https://slsa.dev/provenance/v0.2/x'],
  ])('are not met by %s', async (_, predicateType) => {
    const predicate = { builder: { id: builder }, buildType: type, runDetails: { builder: { id: builder } } };
    for (const expectation of [builderId(matching('**')), buildType(matching('**'))])
      expect(await examined(stated(predicateType, predicate), expectation)).toMatchObject({
        failure: 'PREDICATE_TYPE_MISMATCH',
      });
  });

  test('are not met by values that are no texts', async () => {
    for (const id of [[builder], { id: builder }, 1, true])
      expect(await examined(inV1(id), builderId(exactly(builder)))).toMatchObject({ failure: 'STATEMENT_INVALID' });
    for (const value of [[type], 7])
      expect(await examined(inV02(builder, value), buildType(exactly(type)))).toMatchObject({
        failure: 'STATEMENT_INVALID',
      });
  });
});

describe('a policy with expectations of the predicate', () => {
  test('is not met by a signature over the artifact itself', async () => {
    expect(await examined(instance.sign(), builderId(matching('**')), buildType(matching('**')))).toEqual({
      failure: 'PREDICATE_TYPE_MISMATCH',
      judged: [
        'builder-id: fail: the signature is over the artifact itself, and not a statement',
        'build-type: fail: the signature is over the artifact itself, and not a statement',
      ],
    });
  });

  test('is not met by a predicate with more values than are read', async () => {
    const predicate = { runDetails: { builder: { id: builder } }, more: Array.from({ length: 500_001 }, () => 0) };
    expect(await examined(stated(v1, predicate), builderId(exactly(builder)))).toMatchObject({
      failure: 'LIMIT_EXCEEDED',
    });
  });

  test('is not judged by an unsigned statement', async () => {
    const bundle = inV1(builder);
    const forged = { ...bundle, content: { ...bundle.content, signature: inV1(builder).content.signature } };
    const { judged } = await examined(forged, builderId(exactly(builder)));
    expect(judged).toEqual(['builder-id: not-checked: no signature']);
  });

  test('is met by all its expectations together', async () => {
    expect(await examined(inV1(builder), builderId(exactly(builder)), builderId(exactly('x')))).toMatchObject({
      failure: 'PREDICATE_MISMATCH',
    });
  });

  test('is judged once for each statement', async () => {
    const bundle = inV1(builder);
    const examineArtifact = examiner(
      bundle,
      trust,
      { ...policy, content: { predicate: [builderId(exactly('x'))] } },
      now,
    );
    const [one, other] = [await examineArtifact(known), await examineArtifact(known)];
    expect(one.failure).toMatchObject({ code: 'PREDICATE_MISMATCH' });
    expect(other.failure).toBe(one.failure);
  });

  test.each<[string, unknown, RegExp]>([
    ['an unknown kind', [{ kind: 'builder', expected: [exactly('x')] }], /^"builder" is not a kind of expectation/],
    ['no kind', [{}], /is not a kind of expectation of a predicate$/],
    ['an unknown member', [{ ...builderId(exactly('x')), refused: [] }], /has the unknown member "refused"$/],
    ['no values', [builderId()], /^builder-id has no expected values$/],
    ['an empty value', [buildType({ kind: 'exact', value: '' })], /is empty$/],
    ['a value in place of the list', [{ kind: 'build-type', expected: exactly('x') }], /must be a list$/],
    ['text', ['builder-id'], /^an entry of policy\.content\.predicate is not an object$/],
    ['no list', builderId(exactly('x')), /^policy\.content\.predicate must be a list$/],
    ['null', null, /^policy\.content\.predicate must be a list$/],
  ])('may not have %s', async (_, predicate, reason) => {
    const untyped = { ...policy, content: { predicate: predicate as readonly PredicateExpectation[] } };
    await expectRejection(() => examine(inV1(builder), known, trust, untyped, now), 'POLICY_INVALID', reason);
  });
});
