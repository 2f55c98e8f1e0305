/** Checks the identities in certificates for each issuer, and the tokens that are refused. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleBuildkiteJob, exampleGitlabJob, exampleJob, type Sandbox, startSandbox } from '../index.ts';
import { extensionsOf, fulcioTexts } from './certificate.ts';
import { askForCertificate, certificateChain, claimsOf, issuedToken, newKey } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

type Issuer = Parameters<typeof issuedToken>[1];
type Query = Readonly<Record<string, string>>;

async function leafOf(token: string) {
  const [leaf] = await certificateChain(sandbox, newKey(), token);
  if (leaf === undefined) throw new Error('no leaf');
  return leaf;
}

const leafFor = async (issuer: Issuer, query: Query = {}) => leafOf(await issuedToken(sandbox, issuer, query));
const textsFor = async (issuer: Issuer, query: Query = {}) => fulcioTexts(await leafFor(issuer, query));

describe('a job of GitLab', () => {
  const definition = 'https://gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main';
  const { sha } = exampleGitlabJob;

  test('is named by its definition, with these extensions and no others', async () => {
    const leaf = await leafFor('gitlabIssuer');
    expect(leaf.subjectAltName).toBe(`URI:${definition}`);
    expect(extensionsOf(leaf).get('2.5.29.17')?.critical).toBe(true);
    expect(fulcioTexts(leaf)).toEqual({
      1: sandbox.urls.gitlabIssuer,
      8: sandbox.urls.gitlabIssuer,
      9: definition,
      10: sha,
      11: 'gitlab-hosted',
      12: 'https://gitlab.com/example-group/example-project',
      13: sha,
      14: 'refs/heads/main',
      15: '7002',
      16: 'https://gitlab.com/example-group',
      17: '7001',
      18: definition,
      19: sha,
      20: 'push',
      21: 'https://gitlab.com/example-group/example-project/-/jobs/9001',
      22: 'public',
      24: 'project_path:example-group/example-project:ref_type:branch:ref:main',
    });
  });

  test('of a tag, with an environment', async () => {
    const texts = await textsFor('gitlabIssuer', {
      'claim.ref': 'v1',
      'claim.ref_type': 'tag',
      'claim.environment': 'production',
    });
    expect(texts).toMatchObject({ 14: 'refs/tags/v1', 23: 'production' });
  });
});

describe('a job of Buildkite', () => {
  test('is named by its pipeline, with these extensions and no others', async () => {
    const leaf = await leafFor('buildkiteIssuer');
    const pipeline = 'https://buildkite.com/example-org/example-pipeline';
    expect(leaf.subjectAltName).toBe(`URI:${pipeline}`);
    expect(fulcioTexts(leaf)).toEqual({
      1: sandbox.urls.buildkiteIssuer,
      8: sandbox.urls.buildkiteIssuer,
      11: 'buildkite-hosted',
      13: exampleBuildkiteJob.build_commit,
      20: 'webhook',
      21: `${pipeline}/builds/17#${exampleBuildkiteJob.job_id}`,
      24: claimsOf(await issuedToken(sandbox, 'buildkiteIssuer')).sub,
    });
  });
});

describe('a person', () => {
  test('is named by the address, with these extensions and no others', async () => {
    const leaf = await leafFor('personIssuer', { email: 'dev@example.com' });
    expect(leaf.subjectAltName).toBe('email:dev@example.com');
    expect(fulcioTexts(leaf)).toEqual({
      1: sandbox.urls.personIssuer,
      8: sandbox.urls.personIssuer,
      24: 'person-dev@example.com',
    });
  });

  test('may have a provider that writes booleans as text', async () => {
    const leaf = await leafFor('personIssuer', { email: 'dev@example.com', 'claim.email_verified': 'true' });
    expect(leaf.subjectAltName).toBe('email:dev@example.com');
  });
});

describe('a job of GitHub', () => {
  test('of a called workflow is named by that, and configured by the caller', async () => {
    const called = 'example-org/shared/.github/workflows/sign.yml@refs/tags/v1';
    const leaf = await leafFor('jobIssuer', { 'claim.job_workflow_ref': called, 'claim.environment': 'production' });
    expect(leaf.subjectAltName).toBe(`URI:https://github.com/${called}`);
    expect(fulcioTexts(leaf)).toMatchObject({
      9: `https://github.com/${called}`,
      18: `https://github.com/${exampleJob.workflow_ref}`,
      23: 'production',
      24: 'repo:example-org/example-repo:environment:production',
    });
  });

  test('has no extension for an empty claim, but for one that more than the claim goes into', async () => {
    const texts = await textsFor('jobIssuer', {
      'claim.repository_visibility': '',
      'claim.sha': '',
      'claim.workflow_ref': '',
    });
    for (const number of [3, 13, 22, 23]) expect(texts).not.toHaveProperty(String(number));
    expect(texts).toMatchObject({ 18: 'https://github.com/' });
  });

  test('says of a claim that is no text what Go would', async () => {
    const token = await sandbox.jobTokens.token('sigstore', {
      claims: { sha: null, workflow: 17, repository_id: true, environment: ['a', null, { b: 1.5, a: 'x' }] },
    });
    expect(fulcioTexts(await leafOf(token))).toMatchObject({
      3: '<nil>',
      4: '17',
      15: 'true',
      23: '[a <nil> map[a:x b:1.5]]',
    });
  });

  test('may bring a server of its own, which wins over the default', async () => {
    expect(await textsFor('jobIssuer', { 'claim.url': 'https://ghe.example' })).toMatchObject({
      12: 'https://ghe.example/example-org/example-repo',
    });
  });

  test('of a branch that no URI can hold is named by its encoded form, and quoted as it is', async () => {
    const ref = 'example-org/example-repo/.github/workflows/r.yml@refs/heads/größer <1>';
    const leaf = await leafFor('jobIssuer', { 'claim.job_workflow_ref': ref });
    expect(leaf.subjectAltName).toBe(`URI:https://github.com/${encodeURI(ref)}`);
    expect(fulcioTexts(leaf)[9]).toBe(`https://github.com/${ref}`);
  });
});

describe('no certificate is made', () => {
  async function refusalOf(
    tokens: 'jobTokens' | 'gitlabTokens' | 'buildkiteTokens',
    claims: Readonly<Record<string, string | undefined>>,
  ) {
    const { status, json } = await askForCertificate(
      sandbox,
      newKey(),
      await sandbox[tokens].token('sigstore', { claims }),
    );
    expect([status, json.code]).toEqual([400, 3]);
    return json.message;
  }

  // The positions are those that Go's text/template reports for Fulcio's templates.
  test.each([
    ['jobTokens', 'job_workflow_ref', 14],
    ['jobTokens', 'run_attempt', 68],
    ['gitlabTokens', 'ci_config_ref_uri', 11],
    ['gitlabTokens', 'ref_type', 13],
    ['gitlabTokens', 'ref', 64],
    ['buildkiteTokens', 'organization_slug', 11],
    ['buildkiteTokens', 'pipeline_slug', 34],
  ] as const)('of %s without %s', async (tokens, claim, column) => {
    expect(await refusalOf(tokens, { [claim]: undefined })).toBe(
      `template: :1:${column}: executing "" at <.${claim}>: map has no entry for key "${claim}"`,
    );
  });

  test.each([
    ['jobTokens', 'sha', 'GithubWorkflowSHA', 'jobIssuer'],
    ['jobTokens', 'repository_visibility', 'SourceRepositoryVisibilityAtSigning', 'jobIssuer'],
    ['gitlabTokens', 'project_id', 'SourceRepositoryIdentifier', 'gitlabIssuer'],
    ['buildkiteTokens', 'build_source', 'BuildTrigger', 'buildkiteIssuer'],
  ] as const)('of %s without %s, which is an extension by itself', async (tokens, claim, name, issuer) => {
    expect(await refusalOf(tokens, { [claim]: undefined })).toBe(
      `value <${claim}> not present in either claims or defaults. {\n\t"ExtensionName": "${name}",\n\t"Issuer": "${sandbox.urls[issuer]}"\n}`,
    );
  });

  test('of a workflow that no URI can name', async () => {
    expect(await refusalOf('jobTokens', { job_workflow_ref: 'a\u0007\u0001"\u007f' })).toBe(
      'parse "https://github.com/a\\a\\x01\\"\\x7f": net/url: invalid control character in URL',
    );
    expect(await refusalOf('jobTokens', { job_workflow_ref: 'a%zzb' })).toBe(
      'parse "https://github.com/a%zzb": invalid URL escape "%zz"',
    );
  });
});
