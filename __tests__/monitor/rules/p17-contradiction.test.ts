import { describe, expect, test } from '@jest/globals';
import type { StatedProvenance } from '../../../src/monitor/rules/index.ts';
import { contradiction as rule } from '../../../src/monitor/rules/p17-contradiction.ts';
import { commit, digest, jobSigner, observedBy, otherCommit, personSigner, signature, verdictOf } from './kit.ts';

const honest: StatedProvenance = {
  predicateType: 'https://slsa.dev/provenance/v1',
  repository: 'https://github.com/octo/app',
  ref: 'refs/tags/v1.0.0',
  commit,
  workflow: '.github/workflows/release.yml',
  invocation: 'https://github.com/octo/app/actions/runs/42/attempts/1',
};
const stating = (changes: Partial<StatedProvenance>) => ({
  facts: {
    receipts: {
      kind: 'known',
      value: { digests: new Set<string>(), provenance: new Map([[`sha256:${digest}`, { ...honest, ...changes }]]) },
    },
  } as const,
});

describe('the claims of a certificate', () => {
  test.each([
    ['issuer', { olderIssuer: 'https://evil.example' }],
    ['trigger', { githubWorkflowTrigger: 'issues' }],
    ['commit', { githubWorkflowSha: otherCommit }],
    ['ref', { githubWorkflowRef: 'refs/heads/main' }],
    ['repository', { githubWorkflowRepository: 'evil/app' }],
    ['owner', { sourceRepositoryOwnerUri: 'https://github.com/evil' }],
    ['workflow', { buildSignerUri: 'https://github.com/evil/app/.github/workflows/release.yml@refs/heads/main' }],
  ])('two values of the %s', (what, claims) => {
    const { title, reason } = observedBy(rule, signature(jobSigner({ claims })));
    expect(title).toBe('the claims of a certificate of octo/app contradict each other');
    expect(reason).toMatch(`The certificate states the ${what} `);
  });

  test('agree', () => {
    expect(verdictOf(rule, signature())).toBeUndefined();
    const reusable = jobSigner({ signer: 'octo/workflows/.github/workflows/sign.yml@refs/heads/main' });
    expect(verdictOf(rule, signature(reusable))).toBeUndefined();
    const encoded = jobSigner({ workflow: 'a b.yml' });
    const names = encoded.names.map((name) => ({ ...name, value: name.value.replace(' ', '%20') }));
    expect(verdictOf(rule, signature({ ...encoded, names }))).toBeUndefined();
  });

  test('of persons and other CI systems are not compared', () => {
    expect(verdictOf(rule, signature(personSigner()))).toBeUndefined();
    const gitlab = jobSigner({ claims: { sourceRepositoryUri: 'https://gitlab.com/octo/app' } });
    expect(verdictOf(rule, signature(gitlab))).toBeUndefined();
  });

  test('of a certificate that no authority issued are not compared', () => {
    const forged = jobSigner({ claims: { githubWorkflowSha: otherCommit } }, { isIssued: false });
    expect(verdictOf(rule, signature(forged))).toBeUndefined();
  });
});

describe('provenance', () => {
  test.each<[string, Partial<StatedProvenance>]>([
    ['repository', { repository: 'https://github.com/evil/app' }],
    ['ref', { ref: 'refs/heads/main' }],
    ['commit', { commit: otherCommit }],
    ['workflow', { workflow: '.github/workflows/ci.yml' }],
    ['run', { invocation: 'https://github.com/octo/app/actions/runs/41/attempts/1' }],
    ['run', { invocation: 'https://github.com/octo/app/actions/runs/42/attempts/2' }],
    ['run', { invocation: 'https://github.com/evil/app/actions/runs/42/attempts/1' }],
  ])('another %s', (what, changes) => {
    const { title, reason } = observedBy(rule, signature(), stating(changes));
    expect(title).toBe('provenance of octo/app contradicts the certificate that signed it');
    expect(reason).toMatch(`The statement names the ${what} `);
  });

  test('agrees, also of a job that calls a reusable workflow', () => {
    expect(verdictOf(rule, signature(), stating({ repository: 'https://github.com/Octo/app' }))).toBeUndefined();
    const reusable = jobSigner({ signer: 'octo/workflows/.github/workflows/sign.yml@refs/heads/main' });
    expect(verdictOf(rule, signature(reusable), stating({}))).toBeUndefined();
  });

  test('states less, or a run in another form', () => {
    const less = {
      repository: undefined,
      ref: undefined,
      commit: undefined,
      workflow: undefined,
      invocation: undefined,
    };
    expect(verdictOf(rule, signature(), stating(less))).toBeUndefined();
    expect(verdictOf(rule, signature(), stating({ invocation: '42-1' }))).toBeUndefined();
  });

  test('of another digest', () => {
    const entry = signature(undefined, { digests: ['1'.repeat(64)] });
    expect(verdictOf(rule, entry, stating({ commit: otherCommit }))).toBeUndefined();
  });
});
