import { describe, expect, test } from '@jest/globals';
import { lookAlike as rule } from '../../../src/monitor/rules/p19-look-alike.ts';
import {
  digest,
  historyOf,
  jobSigner,
  learnedHistory,
  observedBy,
  otherDigest,
  personSigner,
  repository,
  signature,
  verdictOf,
} from './kit.ts';

const place = { line: 2 };
const watched = repository({}, { name: 'sigstore/cosign', ownerId: '71096353' });
const policy = { repositories: [watched] };
const imitating = { repository: undefined, policy };
const by = (name: string, claims = {}) => signature(jobSigner({ repository: name, id: '9', ownerId: '8', ...claims }));

describe('the score', () => {
  test('a transposition is an alert', () => {
    const { title, reason, severity } = observedBy(rule, by('sigsotre/cosign'), imitating);
    expect(title).toBe('sigsotre/cosign looks like sigstore/cosign');
    expect(reason).toMatch(/\(rule transposed, score 0\.\d+\)\.$/);
    expect(severity).toBe('alert');
  });

  test('an affix is a note', () => {
    expect(observedBy(rule, by('sigstore-js/cosign'), imitating).severity).toBe('note');
  });

  test('names that are not similar enough', () => {
    expect(verdictOf(rule, by('example/cosign'), imitating)).toBeUndefined();
    expect(verdictOf(rule, by('someone/app'), imitating)).toBeUndefined();
  });
});

describe('a second sign raises the severity a step', () => {
  test('an owner that the watch has not seen, and not a signer without an owner', () => {
    const history = learnedHistory();
    const { reason, severity } = observedBy(rule, by('sigsotre/cosign'), { ...imitating, history });
    expect([reason, severity]).toEqual([expect.stringMatching('has not seen the owner before'), 'critical']);
    const ownerless = by('sigsotre/cosign', { claims: { sourceRepositoryOwnerIdentifier: undefined } });
    expect(observedBy(rule, ownerless, { ...imitating, history }).severity).toBe('alert');
  });

  test('a trigger that outsiders can cause', () => {
    const observation = observedBy(rule, by('sigsotre/cosign', { trigger: 'issue_comment' }), imitating);
    expect(observation.severity).toBe('critical');
    expect(observation.reason).toMatch('The run was started by issue_comment, which outsiders can cause.');
  });

  test('a digest of the policy, or of its receipts', () => {
    const digests = [{ place, value: `sha256:${digest}`, label: undefined }];
    expect(observedBy(rule, by('sigstore-js/cosign'), { ...imitating, policy: { ...policy, digests } }).severity).toBe(
      'alert',
    );
    const value = { digests: new Set([`sha256:${digest}`]), provenance: new Map() };
    const facts = { receipts: { kind: 'known', value } } as const;
    expect(observedBy(rule, by('sigstore-js/cosign'), { ...imitating, facts }).severity).toBe('alert');
    const other = signature(jobSigner({ repository: 'sigstore-js/cosign', ownerId: '8' }), { digests: [otherDigest] });
    expect(observedBy(rule, other, { ...imitating, facts }).severity).toBe('note');
  });

  test('a digest that an owner of the policy signed', () => {
    const own = signature(jobSigner({ repository: 'sigstore/cosign', ownerId: '71096353' }));
    const entry = by('sigstore-js/cosign');
    expect(observedBy(rule, entry, { ...imitating, history: historyOf(own) }).severity).toBe('alert');
    expect(observedBy(rule, entry, { ...imitating, history: historyOf(signature()) }).severity).toBe('note');
    const owners = [{ place, name: 'Octo', id: undefined }];
    const changes = { ...imitating, policy: { ...policy, owners }, history: historyOf(signature()) };
    expect(observedBy(rule, entry, changes).severity).toBe('alert');
  });

  test('an owner that the watch has not seen before', () => {
    const entry = by('sigstore-js/cosign');
    expect(observedBy(rule, entry, { ...imitating, history: learnedHistory() }).severity).toBe('alert');
    expect(observedBy(rule, entry, { ...imitating, history: learnedHistory(entry) }).severity).toBe('note');
  });
});

describe('the kinds of names', () => {
  test('an e-mail address, and its domain', () => {
    const identities = [{ place, match: 'exact', value: 'jane@sigstore.dev', issuer: undefined }] as const;
    const entry = signature(personSigner('jane@sigsotre.dev'));
    expect(observedBy(rule, entry, { repository: undefined, policy: { identities } }).title).toBe(
      'jane@sigsotre.dev looks like jane@sigstore.dev',
    );
    const protectedNames = [{ place, kind: 'domain', name: 'sigstore.dev', ownerId: undefined }] as const;
    expect(observedBy(rule, entry, { repository: undefined, policy: { protectedNames } }).title).toBe(
      'sigsotre.dev looks like sigstore.dev',
    );
  });

  test('a domain, an owner and a workflow', () => {
    const domain = jobSigner({}, { names: [{ kind: 'dns', value: 'sigsotre.dev' }], claims: {} });
    const protectedNames = [{ place, kind: 'domain', name: 'sigstore.dev', ownerId: undefined }] as const;
    const { title } = observedBy(rule, signature(domain), { repository: undefined, policy: { protectedNames } });
    expect(title).toBe('sigsotre.dev looks like sigstore.dev');
    const owners = [{ place, name: 'sigstore', id: '71096353' }];
    expect(observedBy(rule, by('sigsotre/other'), { repository: undefined, policy: { owners } }).title).toBe(
      'sigsotre looks like sigstore',
    );
    const value = 'https://github.com/sigstore/cosign/.github/workflows/release.yml@refs/heads/main';
    const identities = [{ place, match: 'exact', value, issuer: undefined }] as const;
    expect(verdictOf(rule, by('sigsotre/cosign'), { repository: undefined, policy: { identities } })).toMatchObject({
      kind: 'observed',
    });
  });
});

test('own names are not imitations', () => {
  expect(verdictOf(rule, by('sigstore/cosign'), { repository: watched, policy })).toBeUndefined();
  const sameOwner = signature(jobSigner({ repository: 'sigsotre/cosign', ownerId: '71096353' }));
  expect(verdictOf(rule, sameOwner, imitating)).toBeUndefined();
});

test('other hosts, keys, and certificates that no authority issued', () => {
  expect(verdictOf(rule, signature({ kind: 'key', keyHash: 'a', format: 'pgp' }), imitating)).toBeUndefined();
  const forged = signature(jobSigner({ repository: 'sigsotre/cosign', ownerId: '8' }, { isIssued: false }));
  expect(verdictOf(rule, forged, imitating)).toBeUndefined();
});
