import { describe, expect, test } from '@jest/globals';
import { firstSigner as rule } from '../../../src/monitor/rules/p11-first-signer.ts';
import {
  digest,
  historyOf,
  jobSigner,
  learnedHistory,
  observedBy,
  otherDigest,
  personSigner,
  signature,
  verdictOf,
} from './kit.ts';

const place = { line: 9 };
const jane = personSigner();
const foreign = { repository: undefined };

describe('a digest', () => {
  test('a new signer of a digest that others signed', () => {
    const observation = observedBy(rule, signature(jane), { ...foreign, history: learnedHistory(signature()) });
    expect(observation.title).toBe(`jane@octo.example signs sha256:${digest} for the first time`);
    expect(observation.reason).toMatch('https://github.com/octo/app/.github/workflows/release.yml');
    expect(observation.severity).toBeUndefined();
  });

  test('a digest of the policy is an alert', () => {
    const digests = [{ place, value: `sha256:${digest}`, label: 'app.tar.gz' }];
    const history = learnedHistory(signature());
    expect(observedBy(rule, signature(jane), { ...foreign, history, policy: { digests } })).toMatchObject({
      severity: 'alert',
      title: 'jane@octo.example signs app.tar.gz for the first time',
    });
  });

  test('a key', () => {
    const key = { kind: 'key', keyHash: '5'.repeat(64), format: 'pgp' } as const;
    const history = learnedHistory(signature());
    expect(observedBy(rule, signature(key), { ...foreign, history }).title).toMatch(/^5{64} signs/);
  });

  test('a signer that the watch knows, a digest that no one signed, and the time of learning', () => {
    const known = signature(jane, { digests: [otherDigest] });
    expect(
      verdictOf(rule, signature(jane), { ...foreign, history: learnedHistory(signature(), known) }),
    ).toBeUndefined();
    expect(verdictOf(rule, known, { ...foreign, history: learnedHistory(signature()) })).toBeUndefined();
    expect(verdictOf(rule, signature(jane), { ...foreign, history: historyOf(signature()) })).toBeUndefined();
  });

  test('a certificate that no authority issued', () => {
    const forged = signature(personSigner('jane@octo.example', undefined, { isIssued: false }));
    expect(verdictOf(rule, forged, { ...foreign, history: learnedHistory(signature()) })).toBeUndefined();
  });
});

test('a known name of another issuer is an alert', () => {
  const history = learnedHistory(signature(jane));
  const other = signature(personSigner('jane@octo.example', 'https://github.com/login/oauth'), {
    digests: [otherDigest],
  });
  expect(observedBy(rule, other, { ...foreign, history })).toMatchObject({
    severity: 'alert',
    title: 'jane@octo.example signed with an identity of https://github.com/login/oauth',
  });
  expect(verdictOf(rule, other, { ...foreign, history: learnedHistory(signature(jane), other) })).toBeUndefined();
});

describe('a repository', () => {
  const shared = jobSigner({ signer: 'octo/workflows/.github/workflows/sign.yml@refs/heads/main' });
  const entry = signature(shared, { digests: [otherDigest] });

  test('a new reusable workflow of the owner', () => {
    expect(observedBy(rule, entry, { history: learnedHistory() }).title).toBe(
      'https://github.com/octo/workflows/.github/workflows/sign.yml signs for the first time',
    );
    expect(verdictOf(rule, entry, { history: learnedHistory(entry) })).toBeUndefined();
  });

  test('the same workflow at another ref is known', () => {
    const moved = jobSigner({ signer: `octo/workflows/.github/workflows/sign.yml@${'3'.repeat(40)}` });
    const again = signature(moved, { digests: [otherDigest] });
    expect(verdictOf(rule, again, { history: learnedHistory(entry) })).toBeUndefined();
  });

  test('new workflows are left to P04, and those of other owners to P27', () => {
    const history = learnedHistory();
    const added = signature(jobSigner({ workflow: 'new.yml' }), { digests: [otherDigest] });
    const borrowed = jobSigner({ signer: 'slsa/generator/.github/workflows/generic.yml@refs/tags/v2' });
    expect(verdictOf(rule, added, { history })).toBeUndefined();
    expect(verdictOf(rule, signature(borrowed, { digests: [otherDigest] }), { history })).toBeUndefined();
  });

  test('a new reusable workflow that has the path of the caller, or is in the same repository', () => {
    const history = learnedHistory();
    for (const signer of ['octo/workflows/.github/workflows/release.yml', 'octo/app/.github/workflows/sign.yml']) {
      const called = jobSigner({ signer: `${signer}@refs/heads/main` });
      const { title } = observedBy(rule, signature(called, { digests: [otherDigest] }), { history });
      expect(title).toBe(`https://github.com/${signer} signs for the first time`);
    }
  });

  test('a certificate that does not state its workflows', () => {
    const history = learnedHistory();
    for (const claims of [{ buildSignerUri: undefined }, { buildConfigUri: undefined }]) {
      const stating = { ...shared, claims: { ...shared.claims, ...claims } };
      expect(observedBy(rule, signature(stating, { digests: [otherDigest] }), { history }).title).toMatch('sign.yml');
    }
  });

  test('a known name of the same issuer whose owner was renamed', () => {
    const renamed = jobSigner({ claims: { sourceRepositoryOwnerUri: 'https://github.com/octo-renamed' } });
    const entryOfRenamed = signature(renamed, { digests: [otherDigest] });
    expect(verdictOf(rule, entryOfRenamed, { history: learnedHistory() })).toBeUndefined();
  });

  test('a repository that is not learned, and repositories of others', () => {
    const history = learnedHistory();
    const other = jobSigner({
      repository: 'other/app',
      id: '9',
      signer: 'other/w/.github/workflows/s.yml@refs/heads/main',
    });
    const entryOfOther = signature(other, { digests: [otherDigest] });
    expect(verdictOf(rule, entryOfOther, { history })).toBeUndefined();
    const owners = [{ place, name: 'other', id: undefined }];
    expect(verdictOf(rule, entryOfOther, { history, repository: undefined, policy: { owners } })).toBeUndefined();
  });
});
