import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/index.ts';
import type { Bundle } from '../../../src/core/bundle/index.ts';
import { oids } from '../../../src/core/certificate/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import {
  artifactOfDigest,
  CountersignError,
  type Criterion,
  criterionNames,
  type ErrorCode,
  type Examination,
  exactly,
  examine,
  matching,
  type Policy,
  policyFor,
  verify,
} from '../../../src/core/verify/index.ts';
import {
  artifact,
  Instance,
  identity,
  issuer,
  now,
  policy,
  policyOfKey,
  withEntries,
  withEntry,
} from '../../kit/instance.ts';

const instance = new Instance();
const trust = instance.trust();
const known = artifactOfDigest(digest('sha256', artifact));
const hex = Buffer.from(digest('sha256', artifact).bytes).toString('hex');

const examined = (bundle: Bundle, who: Policy = policy) => examine(bundle, known, trust, who, now);

/** The criteria as `name[about]: outcome`, in their order. */
const outcomes = ({ criteria }: Examination) =>
  criteria.map(({ name, about, outcome }) => `${name}${about === undefined ? '' : ` ${about}`}: ${outcome}`);

function failureOf({ failure }: Examination): CountersignError {
  if (failure === undefined) throw new Error('nothing failed');
  return failure;
}

const signerOf = ({ signer }: Policy): Extract<Policy['signer'], { kind: 'identity' }> => {
  if (signer.kind !== 'identity') throw new Error('the policy is of an identity');
  return signer;
};

describe('what holds', () => {
  test('is said of each criterion: what was expected, and what was found', async () => {
    const strict: Policy = {
      ...policy,
      signer: {
        ...signerOf(policy),
        claims: [
          { claim: 'runnerEnvironment', expected: [exactly('github-hosted')] },
          { claim: 'buildTrigger', expected: [exactly('push'), exactly('release')], refused: [matching('pull_*')] },
        ],
      },
      content: { predicateType: matching('https://slsa.dev/**'), subjectName: exactly('what.txt') },
    };
    const bundle = instance.attest();
    const report = await examined(bundle, strict);
    expect(report.criteria.every(({ failure }) => failure === undefined)).toBe(true);
    const [entry] = bundle.logEntries;
    expect(
      report.criteria.map(({ name, about, outcome, expected, found }) => [name, about, outcome, expected, found]),
    ).toEqual([
      ['time', undefined, 'pass', 'at least 1 trusted timestamp', now.toISOString()],
      [
        'certificate',
        undefined,
        'pass',
        'issued by a trusted CA, valid at signing time, for code signing',
        'https://ca.example.test',
      ],
      [
        'certificate-transparency',
        undefined,
        'pass',
        'at least 1 certificate transparency log',
        'https://ct.example.test',
      ],
      ['issuer', undefined, 'pass', issuer, issuer],
      ['identity', undefined, 'pass', identity, identity],
      ['claim', 'runnerEnvironment', 'pass', 'github-hosted', 'github-hosted'],
      ['claim', 'buildTrigger', 'pass', 'push or release, not pull_* (a pattern)', 'push'],
      ['signature', undefined, 'pass', `over sha256:${hex}`, `over a statement about sha256:${hex}, "what.txt"`],
      ['predicate-type', undefined, 'pass', 'https://slsa.dev/** (a pattern)', 'https://slsa.dev/provenance/v1'],
      ['subject-name', undefined, 'pass', 'what.txt', 'what.txt'],
      ['log', undefined, 'pass', 'at least 1 log entry', `https://log.example.test ${entry?.logIndex}`],
    ]);
    expect(report.verdict).toEqual(await verify(bundle, known, trust, strict, now));
  });

  test('of a signature over the artifact, by a key', async () => {
    const key = generateSigningKey('P-256');
    const bundle = { ...instance.sign({ key, managed: true }), timestamps: [] };
    const report = await examined(bundle, policyOfKey(key));
    expect(report.criteria.map(({ name, outcome, expected, found }) => [name, outcome, expected, found])).toEqual([
      ['time', 'pass', 'no trusted timestamp required', 'none'],
      ['key', 'pass', 'the given ecdsa-p256 key', 'ecdsa-p256'],
      ['signature', 'pass', `over sha256:${hex}`, `over sha256:${hex}`],
      ['log', 'pass', 'at least 1 log entry', expect.stringMatching(/^https:\/\/log\.example\.test \d+$/)],
    ]);
  });

  test('anybody is expected only where that was written out, and it is said', async () => {
    const anybody = policyFor({ kind: 'identity', identity: 'any', issuer: 'any', claims: [] }, { sandbox: 'accept' });
    const { criteria } = await examined(instance.sign(), anybody);
    const of = (name: Criterion['name']) => criteria.find((one) => one.name === name);
    expect(of('issuer')).toMatchObject({ outcome: 'pass', expected: 'any', found: issuer });
    expect(of('identity')).toMatchObject({ outcome: 'pass', expected: 'any', found: identity });
  });

  test('where nothing was asked for, nothing is said to have been found', async () => {
    const thresholds = { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 };
    const bundle = withEntries(instance.sign({ leaf: { signedCertificateTimestamps: () => [] } }));
    const { criteria } = await examined(bundle, { ...policy, thresholds });
    const found = new Map(criteria.map((one) => [one.name, [one.outcome, one.expected, one.found]]));
    expect(found.get('certificate-transparency')).toEqual(['pass', 'no certificate transparency log required', 'none']);
    expect(found.get('log')).toEqual(['pass', 'no log entry required', 'none']);
  });

  test('every criterion is of those that are named, and they come in that order', async () => {
    const { criteria } = await examined(instance.attest(), {
      ...policy,
      content: { subjectName: exactly('what.txt') },
    });
    const places = criteria.map(({ name }) => criterionNames.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe('what fails', () => {
  const claims = [{ claim: 'runnerEnvironment', expected: [exactly('self-hosted')] }] as const;
  const withClaim: Policy = { ...policy, signer: { ...signerOf(policy), claims } };
  const typed: Policy = { ...policy, content: { predicateType: exactly('a'), subjectName: exactly('b') } };
  const key = generateSigningKey('P-256');
  const stranger = new Instance();

  const cases: readonly (readonly [string, () => Bundle, Policy, ErrorCode, readonly string[], readonly string[]])[] = [
    [
      'no time: nothing is held to have been valid then',
      () => ({ ...instance.sign(), timestamps: [] }),
      policy,
      'TIMESTAMP_MISSING',
      [
        'time: fail',
        'certificate: not-checked',
        'certificate-transparency: not-checked',
        'issuer: not-checked',
        'identity: not-checked',
        'signature: not-checked',
        'log: not-checked',
      ],
      ['no time', 'no certificate', 'no certificate', 'no issuer', 'no signer', 'no signer'],
    ],
    [
      'a certificate of nobody: nothing is read in it',
      () => stranger.sign(),
      policy,
      'TIMESTAMP_UNTRUSTED',
      [
        'time: fail',
        'certificate: not-checked',
        'certificate-transparency: not-checked',
        'issuer: not-checked',
        'identity: not-checked',
        'signature: not-checked',
        'log: not-checked',
      ],
      ['no time', 'no certificate', 'no certificate', 'no issuer', 'no signer', 'no signer'],
    ],
    [
      'a certificate for another purpose',
      () => instance.sign({ leaf: { extendedKeyUsage: { critical: false, purposes: [oids.timeStamping] } } }),
      withClaim,
      'CERTIFICATE_PURPOSE',
      [
        'time: pass',
        'certificate: fail',
        'certificate-transparency: not-checked',
        'issuer: not-checked',
        'identity: not-checked',
        'claim runnerEnvironment: not-checked',
        'signature: not-checked',
        'log: not-checked',
      ],
      ['no certificate', 'no certificate', 'no issuer', 'no issuer', 'no signer', 'no signer'],
    ],
    [
      'no certificate log: what does not build on it is looked at',
      () => instance.sign({ leaf: { signedCertificateTimestamps: () => [] } }),
      policy,
      'SCT_MISSING',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: fail',
        'issuer: pass',
        'identity: pass',
        'signature: pass',
        'log: pass',
      ],
      [],
    ],
    [
      'no issuer in it',
      () => instance.sign({ leaf: { additionalExtensions: [] } }),
      withClaim,
      'CERTIFICATE_INVALID',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: fail',
        'identity: not-checked',
        'claim runnerEnvironment: not-checked',
        'signature: pass',
        'log: pass',
      ],
      ['no issuer', 'no issuer'],
    ],
    [
      'another issuer: its names and claims say nothing',
      () => instance.sign(),
      { ...withClaim, signer: { ...signerOf(withClaim), issuer: exactly('a') } },
      'ISSUER_MISMATCH',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: fail',
        'identity: not-checked',
        'claim runnerEnvironment: not-checked',
        'signature: pass',
        'log: pass',
      ],
      ['no issuer', 'no issuer'],
    ],
    [
      'another identity and another claim: the first of the two is the failure',
      () => instance.sign(),
      { ...withClaim, signer: { ...signerOf(withClaim), identity: exactly('a') } },
      'IDENTITY_MISMATCH',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: pass',
        'identity: fail',
        'claim runnerEnvironment: fail',
        'signature: pass',
        'log: pass',
      ],
      [],
    ],
    [
      'another claim',
      () => instance.sign(),
      withClaim,
      'CLAIM_MISMATCH',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: pass',
        'identity: pass',
        'claim runnerEnvironment: fail',
        'signature: pass',
        'log: pass',
      ],
      [],
    ],
    [
      'another artifact: what the statement says of it is not looked at',
      () =>
        instance.attest(
          utf8(Buffer.from(instance.attest().content.payload).toString().replaceAll(hex, '0'.repeat(64))),
        ),
      typed,
      'ARTIFACT_MISMATCH',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: pass',
        'identity: pass',
        'signature: fail',
        'predicate-type: not-checked',
        'subject-name: not-checked',
        'log: pass',
      ],
      ['no signature', 'no signature'],
    ],
    [
      'another type and another name',
      () => instance.attest(),
      typed,
      'PREDICATE_TYPE_MISMATCH',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: pass',
        'identity: pass',
        'signature: pass',
        'predicate-type: fail',
        'subject-name: fail',
        'log: pass',
      ],
      [],
    ],
    [
      'no log entry',
      () => withEntries(instance.sign()),
      policy,
      'LOG_ENTRY_MISSING',
      [
        'time: pass',
        'certificate: pass',
        'certificate-transparency: pass',
        'issuer: pass',
        'identity: pass',
        'signature: pass',
        'log: fail',
      ],
      [],
    ],
    [
      'a certificate, where a key was expected',
      () => instance.sign({ key }),
      policyOfKey(key),
      'KEY_MISMATCH',
      ['time: pass', 'key: fail', 'signature: not-checked', 'log: not-checked'],
      ['no signer', 'no signer'],
    ],
    [
      'a key, where a certificate was expected',
      () => instance.sign({ key, managed: true }),
      policy,
      'IDENTITY_MISMATCH',
      [
        'time: pass',
        'certificate: fail',
        'certificate-transparency: not-checked',
        'issuer: not-checked',
        'identity: not-checked',
        'signature: not-checked',
        'log: not-checked',
      ],
      ['no certificate', 'no certificate', 'no issuer', 'no signer', 'no signer'],
    ],
  ];

  test.each(cases)('%s', async (_, make, who, code, expected, why) => {
    const bundle = make();
    const report = await examined(bundle, who);
    expect(outcomes(report)).toEqual(expected);
    expect(report.criteria.filter(({ outcome }) => outcome === 'not-checked').map(({ found }) => found)).toEqual(why);
    // The first failure is the failure, and what `verify` throws.
    const [first] = report.criteria.filter(({ outcome }) => outcome === 'fail');
    expect(failureOf(report)).toBe(first?.failure);
    expect(first).toMatchObject({ found: first?.failure?.message });
    expect(failureOf(report).code).toBe(code);
    await expect(verify(bundle, known, trust, who, now)).rejects.toMatchObject({
      code,
      message: failureOf(report).message,
    });
    for (const { outcome, failure } of report.criteria) expect(failure === undefined).toBe(outcome !== 'fail');
  });

  test('whatever failed, there is no verdict', async () => {
    for (const [, make, who] of cases) expect((await examined(make(), who)).verdict).toBeUndefined();
  });
});

test('a policy that is none is thrown at whoever wrote it', async () => {
  const vague = { ...policy, thresholds: { ...policy.thresholds, logEntries: Number.NaN } };
  await expect(examined(instance.sign(), vague)).rejects.toBeInstanceOf(CountersignError);
  await expect(examined(instance.sign(), vague)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
});

test('a defect of our own is no failure of the bundle, and is thrown', async () => {
  const bundle = instance.sign();
  const broken = new Proxy(bundle, {
    get: (target, name) => {
      if (name === 'logEntries') throw new TypeError('a defect');
      return Reflect.get(target, name);
    },
  });
  await expect(examined(broken)).rejects.toBeInstanceOf(TypeError);
});

test('nothing of a bundle makes the verifier throw what is no CountersignError', async () => {
  const half = withEntry(instance.sign(), () => ({ canonicalizedBody: utf8('{"spec":{"a":"\\ud800"}}') }));
  const attested = instance.attest();
  const types = { ...attested, content: { ...attested.content, payloadType: '\ud800' } };
  for (const bundle of [half, types]) expect(failureOf(await examined(bundle))).toBeInstanceOf(CountersignError);
});
