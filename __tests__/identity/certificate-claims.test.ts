import { describe, expect, test } from '@jest/globals';
import { type Certificate, readCertificate } from '../../src/core/certificate/index.ts';
import { der, utf8 } from '../../src/core/encoding/index.ts';
import { demandOwnClaims, demandOwnRun, type OwnClaims } from '../../src/identity/certificate-claims.ts';
import { emailAddresses } from '../../src/identity/people.ts';
import { githubJobs } from '../../src/identity/providers/github-actions.ts';
import type { TokenClaims } from '../../src/identity/token-claims.ts';
import { extension, makeAuthorities, makeLeaf } from '../core/certificate/made.ts';
import { expectFailure } from '../core/errors/failure.ts';

const { intermediate } = makeAuthorities();

/** A certificate that shows these claims, by the last arcs of their extensions. */
function showing(claims: Readonly<Record<number, string>>): Certificate {
  const extensions = Object.entries(claims).map(([arc, value]) =>
    extension(`1.3.6.1.4.1.57264.1.${arc}`, Number(arc) < 8 ? utf8(value) : der.utf8String(value)),
  );
  return readCertificate(makeLeaf(intermediate, { additionalExtensions: extensions }));
}

const server = 'https://github.com';
const certificateClaims = (claims: TokenClaims, serverUrl: string): OwnClaims =>
  githubJobs.certificateClaims?.(claims, serverUrl) ?? {};
const own = certificateClaims(
  {
    repository: 'o/r',
    ref: 'refs/heads/größer',
    sha: 'a'.repeat(40),
    workflow: 'release',
    workflow_ref: 'o/r/.github/workflows/a b.yml@refs/heads/main',
    run_id: '7',
    run_attempt: '1',
  },
  server,
);
const run = { 12: `${server}/o/r`, 13: 'a'.repeat(40), 21: `${server}/o/r/actions/runs/7/attempts/1` };

describe('the claims of a token', () => {
  test('are those that Fulcio makes of them, without those that the token does not have', () => {
    expect(own).toEqual({
      sourceRepositoryUri: run[12],
      sourceRepositoryDigest: run[13],
      sourceRepositoryRef: 'refs/heads/größer',
      buildConfigUri: `${server}/o/r/.github/workflows/a b.yml@refs/heads/main`,
      runInvocationUri: run[21],
      githubWorkflowName: 'release',
      githubWorkflowSha: run[13],
      githubWorkflowRepository: 'o/r',
      githubWorkflowRef: 'refs/heads/größer',
    });
  });

  test.each(['repository', 'run_id', 'run_attempt'])('name no run without %s', (name) => {
    const claims = { repository: 'o/r', run_id: '7', run_attempt: '1', [name]: '' };
    expect(certificateClaims(claims, server)).not.toHaveProperty('runInvocationUri');
  });

  test('are none for a person', () => {
    expect(emailAddresses.certificateClaims).toBeUndefined();
  });
});

describe('a certificate of this job', () => {
  test.each<[what: string, claims: Readonly<Record<number, string>>]>([
    ['that shows nothing', {}],
    ['that shows its run', run],
    ['that shows a name as it is', { 18: `${server}/o/r/.github/workflows/a b.yml@refs/heads/main` }],
    ['that shows a name as Go writes it', { 18: `${server}/o/r/.github/workflows/a%20b.yml@refs/heads/main` }],
    ['that shows older claims', { 4: 'release', 6: 'refs/heads/größer' }],
  ])('%s is accepted', (_, claims) => {
    expect(() => demandOwnClaims(showing(claims), own)).not.toThrow();
  });

  test.each<[what: string, claims: Readonly<Record<number, string>>]>([
    ['another value', { 13: 'b'.repeat(40) }],
    ['another attempt', { 21: `${server}/o/r/actions/runs/7/attempts/2` }],
    ['another older value', { 4: 'other' }],
    ['a claim that the token does not have', { 23: 'production' }],
    ['a value that only begins alike', { 14: 'refs/heads/größer2' }],
    ['an escaped form that Go does not write', { 18: `${server}/o/r/.github/workflows/a+b.yml@refs/heads/main` }],
  ])('is none that shows %s', (_, claims) => {
    expectFailure(() => demandOwnClaims(showing({ ...run, ...claims }), own), 'CLAIM_MISMATCH', /./);
  });
});

describe('a certificate of this run', () => {
  test('may be of another attempt', () => {
    const other = { ...run, 21: `${server}/o/r/actions/runs/7/attempts/12` };
    expect(() => demandOwnRun(showing(other), own)).not.toThrow();
  });

  test.each([
    ['another run', `${server}/o/r/actions/runs/8/attempts/1`],
    ['a run whose number only begins alike', `${server}/o/r/actions/runs/77/attempts/1`],
    ['more behind the attempt', `${server}/o/r/actions/runs/7/attempts/1/x`],
  ])('is none of %s', (_, value) => {
    expectFailure(() => demandOwnRun(showing({ ...run, 21: value }), own), 'CLAIM_MISMATCH', /run-invocation-uri/);
  });

  test.each([12, 13, 21] as const)('shows which it is of: without the extension .%d it is not accepted', (arc) => {
    const { [arc]: _, ...others } = run;
    expectFailure(() => demandOwnRun(showing(others), own), 'CLAIM_MISMATCH', /has no claim/);
  });

  test('need not show what the token of a person does not say', () => {
    expect(() => demandOwnRun(showing({}), {})).not.toThrow();
  });
});
