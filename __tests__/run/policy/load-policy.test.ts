/** Reads policies: from options with the names of gh and cosign, and from files. */

import { generateKeyPairSync } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fulcioExtensionArcs } from '../../../src/core/certificate/index.ts';
import type { CountersignError } from '../../../src/core/errors/index.ts';
import {
  type ClaimExpectation,
  defaultThresholds,
  exactly,
  matching,
  pathWithin,
} from '../../../src/core/policy/index.ts';
import type { IdentityPolicy } from '../../../src/core/verify/index.ts';
import { optionName, policyRows } from '../../../src/options/index.ts';
import type { PolicyRequest, VerifyPolicy } from '../../../src/run/policy/index.ts';
import { loadPolicy } from '../../../src/run/policy/index.ts';
import { policyUnder } from '../../../src/run/policy/load-policy.ts';

const github = 'https://token.actions.githubusercontent.com';
const workflow = 'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main';
const commit = '0123456789abcdef0123456789abcdef01234567';
const witness = 'witness-1.example+ae330e15+ASd7aB6YXfXYYhGtYzY/bYDrBJwGTJzqYkNqb9XjZ5mX';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

const load = (request: PolicyRequest): Promise<VerifyPolicy> => loadPolicy(request, { files });

/** Returns what a policy demands, wherever it was read from. */
function withoutSource({ source: _, ...policy }: VerifyPolicy): Omit<VerifyPolicy, 'source'> {
  return policy;
}

async function signerOf(request: PolicyRequest): Promise<IdentityPolicy> {
  const { signer } = await load(request);
  if (signer.kind !== 'identity') throw new Error('the policy is about a key');
  return signer;
}

async function refusal(request: PolicyRequest): Promise<CountersignError> {
  return await load(request).then(
    (policy) => {
      throw new Error(`taken: ${JSON.stringify(policy)}`);
    },
    (error) => error,
  );
}

async function written(yaml: string, name = 'policy.yml'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, yaml);
  return path;
}

describe('who signed', () => {
  const repository: ClaimExpectation = {
    claim: 'sourceRepositoryUri',
    expected: [exactly('https://github.com/acme/app')],
  };
  const owner: ClaimExpectation = { claim: 'sourceRepositoryOwnerUri', expected: [exactly('https://github.com/acme')] };

  test.each<[string, PolicyRequest, Partial<IdentityPolicy>]>([
    [
      'an identity and its issuer, exactly',
      { certificateIdentity: workflow, certificateOidcIssuer: github },
      { identity: exactly(workflow), issuer: exactly(github), claims: [] },
    ],
    [
      'a repository: built there, signed by a workflow of its own, on GitHub',
      { repo: 'acme/app' },
      { identity: pathWithin('https://github.com/acme/app'), issuer: exactly(github), claims: [repository] },
    ],
    [
      'an owner, likewise',
      { owner: 'acme' },
      { identity: pathWithin('https://github.com/acme'), issuer: exactly(github), claims: [owner] },
    ],
    [
      'a repository on a GitHub of its own',
      { repo: 'acme/app', hostname: 'acme.ghe.com' },
      {
        identity: pathWithin('https://acme.ghe.com/acme/app'),
        issuer: exactly('https://token.actions.acme.ghe.com'),
        claims: [{ claim: 'sourceRepositoryUri', expected: [exactly('https://acme.ghe.com/acme/app')] }],
      },
    ],
    [
      'a project of GitLab: built there, defined there, on GitLab',
      { gitlabProject: 'acme/team/app' },
      {
        identity: pathWithin('https://gitlab.com/acme/team/app'),
        issuer: exactly('https://gitlab.com'),
        claims: [{ claim: 'sourceRepositoryUri', expected: [exactly('https://gitlab.com/acme/team/app')] }],
      },
    ],
    [
      'a project on a GitLab of its own, with a pipeline definition of another project',
      {
        gitlabProject: 'acme/app',
        hostname: 'git.acme.example',
        certificateIdentity: 'https://git.acme.example/acme/ci//build.yml@refs/heads/main',
      },
      {
        identity: exactly('https://git.acme.example/acme/ci//build.yml@refs/heads/main'),
        issuer: exactly('https://git.acme.example'),
        claims: [{ claim: 'sourceRepositoryUri', expected: [exactly('https://git.acme.example/acme/app')] }],
      },
    ],
    [
      'a project of GitLab, on runners of GitLab',
      { gitlabProject: 'acme/app', denySelfHostedRunners: true },
      {
        claims: [
          { claim: 'sourceRepositoryUri', expected: [exactly('https://gitlab.com/acme/app')] },
          { claim: 'runnerEnvironment', expected: [exactly('gitlab-hosted')] },
        ],
      },
    ],
    [
      'a pipeline of Buildkite, on its own agents',
      {
        certificateIdentity: 'https://buildkite.com/acme/app',
        issuerPreset: 'buildkite',
        denySelfHostedRunners: true,
      },
      {
        identity: exactly('https://buildkite.com/acme/app'),
        issuer: exactly('https://agent.buildkite.com'),
        claims: [{ claim: 'runnerEnvironment', expected: [exactly('buildkite-hosted')] }],
      },
    ],
    ...Object.entries({
      github,
      gitlab: 'https://gitlab.com',
      buildkite: 'https://agent.buildkite.com',
      circleci: 'https://oidc.circleci.com',
      codeberg: 'https://codeberg.org/api/actions',
      google: 'https://accounts.google.com',
      'github-login': 'https://github.com/login/oauth',
      microsoft: 'https://login.microsoftonline.com',
    }).map(([issuerPreset, issuer]): [string, PolicyRequest, Partial<IdentityPolicy>] => [
      `an email address, exactly, and the issuer ${issuerPreset}`,
      { certificateIdentity: 'me@example.test', issuerPreset },
      { identity: exactly('me@example.test'), issuer: exactly(issuer), claims: [] },
    ]),
    [
      'a SPIFFE ID and its issuer, exactly',
      { certificateIdentity: 'spiffe://example.test/ns/a', certificateOidcIssuer: 'https://spire.example.test' },
      { identity: exactly('spiffe://example.test/ns/a'), issuer: exactly('https://spire.example.test'), claims: [] },
    ],
    [
      'a repository with another issuer',
      { repo: 'acme/app', certificateOidcIssuer: `${github}/acme` },
      { issuer: exactly(`${github}/acme`) },
    ],
    [
      'a workflow of another repository, at any ref',
      { repo: 'acme/app', signerWorkflow: 'acme/ci/.github/workflows/sign.yml' },
      {
        identity: matching('https://github.com/acme/ci/.github/workflows/sign.yml@**'),
        issuer: exactly(github),
        claims: [repository],
      },
    ],
    [
      'the same at refs of a pattern, on a host',
      { owner: 'acme', signerWorkflow: 'example.com/acme/ci/.github/workflows/sign.yaml@refs/tags/v*' },
      { identity: matching('https://example.com/acme/ci/.github/workflows/sign.yaml@refs/tags/v*'), claims: [owner] },
    ],
    [
      'the same at one ref',
      { repo: 'acme/app', signerWorkflow: 'acme/ci/.github/workflows/sign.yml@refs/heads/main' },
      { identity: exactly('https://github.com/acme/ci/.github/workflows/sign.yml@refs/heads/main') },
    ],
    [
      'a workflow whose name has a space, as it is',
      { repo: 'acme/app', signerWorkflow: 'acme/ci/.github/workflows/my größer (1).yml' },
      { identity: matching('https://github.com/acme/ci/.github/workflows/my größer (1).yml@**') },
    ],
    [
      'the same as certificates have it',
      { repo: 'acme/app', signerWorkflow: 'acme/ci/.github/workflows/my%20release.yml@refs/heads/f%C3%BCx' },
      { identity: exactly('https://github.com/acme/ci/.github/workflows/my%20release.yml@refs/heads/f%C3%BCx') },
    ],
    [
      'an email address with a percent sign',
      { certificateIdentity: 'a%b c@example.com', certificateOidcIssuer: github },
      { identity: exactly('a%b c@example.com') },
    ],
    [
      'any workflow of another repository',
      { repo: 'acme/app', signerRepo: 'acme/ci' },
      { identity: pathWithin('https://github.com/acme/ci'), claims: [repository] },
    ],
    [
      'a workflow, and the source by its number',
      { sourceRepositoryId: ['42'], signerRepo: 'acme/ci' },
      {
        identity: pathWithin('https://github.com/acme/ci'),
        claims: [{ claim: 'sourceRepositoryIdentifier', expected: [exactly('42')] }],
      },
    ],
    [
      'a path',
      { certificateIdentityWithin: 'https://gitlab.com/acme', certificateOidcIssuer: 'https://gitlab.com' },
      { identity: pathWithin('https://gitlab.com/acme') },
    ],
    [
      'a pattern of one owner',
      { certificateIdentityGlob: 'https://github.com/acme/**', certificateOidcIssuer: github },
      { identity: matching('https://github.com/acme/**') },
    ],
    [
      'a pattern of one domain',
      { certificateIdentityGlob: '*@acme.example', certificateOidcIssuer: 'https://accounts.google.com' },
      { identity: matching('*@acme.example') },
    ],
    [
      'anybody, where that is typed out',
      { anyIdentity: true, certificateOidcIssuer: github },
      { identity: 'any', issuer: exactly(github) },
    ],
    ['anybody at all', { anyIdentity: true, anyIssuer: true }, { identity: 'any', issuer: 'any' }],
  ])('%s', async (_, request, expected) => {
    expect(await signerOf(request)).toMatchObject(expected);
  });

  test.each<[string, PolicyRequest, string]>([
    ['nothing', {}, 'no signer specified'],
    ['an issuer alone', { certificateOidcIssuer: github }, '`certificate-oidc-issuer` alone is not enough'],
    ['an identity alone', { certificateIdentity: workflow }, 'no OIDC issuer specified'],
    ['anybody without an issuer', { anyIdentity: true }, 'no OIDC issuer specified'],
    ['any issuer alone', { anyIssuer: true }, 'no signer specified'],
    [
      'what only narrows',
      { trigger: ['push'], predicateType: 'x' },
      '`trigger`, `predicate-type` alone are not enough',
    ],
    [
      'an empty identity',
      { certificateIdentity: '', certificateOidcIssuer: github },
      '`certificate-identity` is empty',
    ],
    [
      'an empty issuer',
      { certificateIdentity: workflow, certificateOidcIssuer: '' },
      '`certificate-oidc-issuer` is empty',
    ],
    ['an empty repository', { repo: '' }, '`repo` is ""'],
    ['half a repository', { repo: 'acme' }, '`repo` is "acme"'],
    ['a repository with a pattern', { repo: 'acme/*' }, '`repo` is "acme/*"'],
    ['a repository by its address', { repo: 'https://github.com/acme/app' }, '`repo` is'],
    ['a path for an owner', { owner: 'acme/app' }, '`owner` is "acme/app"'],
    ['an owner with a pattern', { owner: '*' }, '`owner` is "*"'],
    [
      'a repository and a project',
      { repo: 'acme/app', gitlabProject: 'acme/app' },
      '`repo` and `gitlab-project` cannot be combined: each specifies the source',
    ],
    ...['', 'acme', 'acme/*', 'https://gitlab.com/acme/app', 'acme//app', '/acme/app', 'acme/app/'].map(
      (gitlabProject): [string, PolicyRequest, string] => [
        `the project ${JSON.stringify(gitlabProject)}`,
        { gitlabProject },
        `\`gitlab-project\` is ${JSON.stringify(gitlabProject)}, which is not a project`,
      ],
    ),
    ['a project on a host with a path', { gitlabProject: 'a/b', hostname: 'x.example/y' }, '`hostname` is'],
    ...['', 'gitlab.com', 'GitLab', 'constructor'].map((issuerPreset): [string, PolicyRequest, string] => [
      `the issuer ${JSON.stringify(issuerPreset)}`,
      { certificateIdentity: workflow, issuerPreset },
      `\`issuer-preset\` is ${JSON.stringify(issuerPreset)}, which is not a known issuer`,
    ]),
    [
      'an issuer by name and by URL',
      { certificateIdentity: workflow, issuerPreset: 'github', certificateOidcIssuer: github },
      '`certificate-oidc-issuer` and `issuer-preset` contradict each other',
    ],
    [
      'any issuer and one by name',
      { anyIdentity: true, anyIssuer: true, issuerPreset: 'github' },
      '`issuer-preset` and `any-issuer` contradict each other',
    ],
    ['an issuer by name alone', { issuerPreset: 'google' }, '`issuer-preset` alone is not enough'],
    ['a host with a path', { repo: 'acme/app', hostname: 'evil.example/x' }, '`hostname` is'],
    [
      'a host whose issuer is not known',
      { repo: 'acme/app', hostname: 'git.acme.example' },
      'no OIDC issuer specified',
    ],
    ['a host that only ends like one', { repo: 'acme/app', hostname: 'evilghe.com' }, 'no OIDC issuer specified'],
    [
      'repository and owner',
      { repo: 'acme/app', owner: 'acme' },
      '`repo` and `owner` cannot be combined: each specifies the source',
    ],
    [
      'two signers',
      { repo: 'acme/app', signerRepo: 'acme/ci', certificateIdentity: workflow },
      '`certificate-identity` and `signer-repo` cannot be combined: each specifies the signer',
    ],
    [
      'anybody and somebody',
      { anyIdentity: true, certificateIdentity: workflow, certificateOidcIssuer: github },
      '`certificate-identity` and `any-identity` cannot be combined',
    ],
    ['any issuer and one', { anyIdentity: true, anyIssuer: true, certificateOidcIssuer: github }, 'contradict'],
    [
      'a workflow whose caller is left open',
      { signerWorkflow: 'acme/ci/.github/workflows/sign.yml' },
      'not the source repository',
    ],
    ...['https://**', 'https://*/**', 'https://github.com/**', 'https://github.com/*/app', 'h**', '**/app'].map(
      (uri): [string, PolicyRequest, string] => [
        `a workflow whose caller is ${uri}`,
        { signerWorkflow: 'acme/ci/.github/workflows/sign.yml', claim: [`source-repository-uri=${uri}`] },
        '`source-repository-uri` is',
      ],
    ),
    [
      'a workflow whose caller is of any owner',
      {
        signerWorkflow: 'acme/ci/.github/workflows/sign.yml',
        claim: ['source-repository-owner-uri=https://github.com/*'],
      },
      'which matches everyone',
    ],
    [
      'a workflow whose caller has some number',
      { signerRepo: 'acme/ci', claim: ['source-repository-identifier=1*'] },
      'which matches everyone',
    ],
    ...['evil.yml@refs/heads/main', '*@refs/heads/main', 'evil.yml@**', '@refs/heads/main'].map(
      (ref): [string, PolicyRequest, string] => [
        `a workflow at the ref ${ref}`,
        { repo: 'acme/app', signerWorkflow: `acme/app/.github/workflows/release.yml@${ref}` },
        'which is not a full ref',
      ],
    ),
    ['a repository whose caller is left open', { signerRepo: 'acme/ci' }, 'not the source repository'],
    ['a file that is no workflow', { repo: 'a/b', signerWorkflow: 'a/b/ci/sign.yml' }, '`signer-workflow` is'],
    [
      'a workflow with a pattern',
      { repo: 'a/b', signerWorkflow: 'a/b/.github/workflows/*.yml' },
      '`signer-workflow` is',
    ],
    ...(
      [
        [
          'signer-workflow',
          { repo: 'a/b', signerWorkflow: 'a/b/.github/workflows/my release.yml@refs/heads/f%C3%BCx' },
        ],
        ['certificate-identity', { certificateIdentity: 'https://github.com/a/b c%20d' }],
        ['certificate-identity', { certificateIdentity: 'https://github.com/a/100%' }],
        ['certificate-identity-within', { certificateIdentityWithin: 'https://github.com/a/b%2Fc d' }],
        ['certificate-identity-glob', { certificateIdentityGlob: 'https://github.com/a/b%2Fc ü*' }],
      ] as const
    ).map(([option, request]): [string, PolicyRequest, string] => [
      `${option} that is encoded in part`,
      { certificateOidcIssuer: github, ...request },
      `\`${option}\` is "https://`,
    ]),
    [
      'a workflow in a folder',
      { repo: 'a/b', signerWorkflow: 'a/b/.github/workflows/x/y.yml' },
      '`signer-workflow` is',
    ],
    ['an exact identity with a star', { certificateIdentity: '*', certificateOidcIssuer: github }, 'compared exactly'],
    [
      'an issuer with a star',
      { certificateIdentity: workflow, certificateOidcIssuer: 'https://*' },
      'compared exactly',
    ],
    ...[
      '**',
      'https://**',
      'https://github.com/**',
      'https://*.example/a/b',
      '*@*',
      '*@*.example',
      'https://github.com/*/app',
    ].map((glob): [string, PolicyRequest, string] => [
      `the pattern ${glob}`,
      { certificateIdentityGlob: glob, certificateOidcIssuer: github },
      'is too broad: it does not fix an owner',
    ]),
    ...['https://github.com', 'https://github.com/', 'github.com/acme', '', 'https://github.com/*'].map(
      (path): [string, PolicyRequest, string] => [
        `the path ${path}`,
        { certificateIdentityWithin: path, certificateOidcIssuer: github },
        'no path after the host',
      ],
    ),
    [
      'a regular expression',
      { certificateIdentityRegexp: '^https://github.com/acme/.*$', certificateOidcIssuer: github },
      'regular expression',
    ],
    ['one for the issuer', { certificateIdentity: workflow, certificateOidcIssuerRegexp: '.*' }, 'regular expression'],
  ])('%s is refused', async (_, request, message) => {
    const error = await refusal(request);
    expect(error).toMatchObject({ code: 'POLICY_INVALID', kind: 'usage' });
    expect(error.message).toContain(message);
  });

  test('what is left open is said', async () => {
    expect((await load({ repo: 'acme/app' })).warnings).toEqual([]);
    const { warnings } = await load({
      anyIdentity: true,
      anyIssuer: true,
      insecureIgnoreSct: true,
      insecureIgnoreTlog: true,
    });
    expect(warnings).toHaveLength(4);
    expect(warnings[0]).toContain('any identity is accepted');
  });
});

describe('claims', () => {
  const claims = async (request: PolicyRequest) => (await signerOf({ ...anybody, ...request })).claims;
  const anybody = { anyIdentity: true, anyIssuer: true };

  test('every claim of Fulcio can be matched by its name, exactly, by a pattern, or by what it must not be', async () => {
    for (const claim of Object.keys(fulcioExtensionArcs)) {
      const name = optionName(claim);
      expect(await claims({ claim: [`${name}=a=b`, `${name}=v*`], refuseClaim: [`${name}=c`] })).toEqual([
        { claim, expected: [exactly('a=b'), { kind: 'glob', value: 'v*' }] },
        { claim, expected: [], refused: [exactly('c')] },
      ]);
    }
  });

  test.each<[PolicyRequest, object]>([
    [{ sourceRef: ['refs/tags/v*'] }, { claim: 'sourceRepositoryRef', expected: [matching('refs/tags/v*')] }],
    [{ sourceRef: ['refs/heads/main'] }, { claim: 'sourceRepositoryRef', expected: [exactly('refs/heads/main')] }],
    [{ sourceDigest: [commit.toUpperCase()] }, { claim: 'sourceRepositoryDigest', expected: [exactly(commit)] }],
    [{ signerDigest: [commit] }, { claim: 'buildSignerDigest', expected: [exactly(commit)] }],
    [{ sourceRepositoryId: ['1'] }, { claim: 'sourceRepositoryIdentifier', expected: [exactly('1')] }],
    [{ sourceOwnerId: ['2'] }, { claim: 'sourceRepositoryOwnerIdentifier', expected: [exactly('2')] }],
    [{ trigger: ['push', 'release'] }, { claim: 'buildTrigger', expected: [exactly('push'), exactly('release')] }],
    [{ runnerEnvironment: ['self-hosted'] }, { claim: 'runnerEnvironment', expected: [exactly('self-hosted')] }],
    [{ denySelfHostedRunners: true }, { claim: 'runnerEnvironment', expected: [exactly('github-hosted')] }],
  ])('%j', async (request, expected) => {
    expect(await claims(request)).toEqual([expected]);
  });

  test.each<[PolicyRequest, string]>([
    [{ claim: ['build-triger=push'] }, '"build-triger" is not a certificate claim'],
    [{ claim: ['buildTrigger=push'] }, '"buildTrigger" is not a certificate claim'],
    [{ claim: ['__proto__=push'] }, '"__proto__" is not a certificate claim'],
    [{ claim: ['build-trigger'] }, 'Write it as `name=value`.'],
    [{ claim: ['build-trigger='] }, '`build-trigger` is empty'],
    [{ claim: ['source-repository-uri=**'] }, 'matches every'],
    [{ refuseClaim: ['build-trigger=*'] }, 'matches every'],
    [{ claim: ['source-repository-uri=https://**'] }, 'matches every'],
    [
      { claim: ['source-repository-uri=https://github.com/acme/app', 'source-repository-uri=https://**'] },
      'matches every',
    ],
    [{ claim: ['source-repository-ref=refs/**'] }, 'matches every'],
    [{ claim: ['issuer=https://**'] }, 'matches every'],
    [{ sourceRef: ['refs/**'] }, 'matches every'],
    [{ sourceRef: ['refs/heads/main', 'refs/*/**'] }, 'matches every'],
    [{ sourceRef: ['refs/heads/**', 'refs/tags/**', 'refs/pull/**'] }, 'matches every'],
    [{ trigger: ['*_*', '*s*', '*e*'] }, 'matches every'],
    [{ runnerEnvironment: ['*-hosted'] }, 'matches every'],
    [{ sourceRef: [''] }, '`source-ref` is empty'],
    [{ sourceDigest: [commit.slice(0, 7)] }, 'not a full commit digest'],
    [{ signerDigest: [`${commit}0`] }, 'not a full commit digest'],
    [{ sourceRepositoryId: ['acme/app'] }, '`source-repository-id` is'],
    [{ sourceOwnerId: ['1*'] }, '`source-owner-id` is'],
    [{ denySelfHostedRunners: true, runnerEnvironment: ['self-hosted'] }, 'contradict'],
  ])('%j is refused', async (request, message) => {
    const { code, message: said, remedy } = await refusal({ ...anybody, ...request });
    expect({ code, text: `${said} ${remedy}` }).toEqual({
      code: 'POLICY_INVALID',
      text: expect.stringContaining(message),
    });
  });
});

describe('how much proof', () => {
  const root = {
    trust: {
      certificateAuthorities: [],
      certificateTransparencyLogs: [],
      transparencyLogs: [],
      timestampAuthorities: [],
    },
    thresholds: defaultThresholds,
    sandbox: 'refuse',
  } as const;
  const thresholds = async (request: PolicyRequest) =>
    policyUnder(await load({ repo: 'acme/app', ...request }), root).thresholds;

  test('is what the root can give, unless more is asked for, or less is typed out', async () => {
    expect(await thresholds({})).toEqual({ signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 });
    expect(await thresholds({ certificateLogs: '2', logEntries: '3', timestamps: '4' })).toEqual({
      signedCertificateTimestamps: 2,
      logEntries: 3,
      timestamps: 4,
    });
    expect(await thresholds({ insecureIgnoreSct: true })).toEqual({
      ...defaultThresholds,
      signedCertificateTimestamps: 0,
    });
    expect(await thresholds({ insecureIgnoreTlog: true })).toEqual({ ...defaultThresholds, logEntries: 0 });
  });

  test('a timestamp alone is accepted where the policy says so, with a warning', async () => {
    expect(await load({ repo: 'acme/app' })).not.toHaveProperty('timestampOnly');
    const policy = await load({ repo: 'acme/app', acceptTimestampOnly: true });
    expect(policy).toMatchObject({ timestampOnly: 'accept', thresholds: {} });
    expect(policy.warnings).toEqual([expect.stringContaining('no transparency log entry are accepted')]);
    const root = { thresholds: defaultThresholds, sandbox: 'refuse' } as const;
    expect(policyUnder(policy, root)).toMatchObject({ timestampOnly: 'accept', thresholds: defaultThresholds });
  });

  test.each<[PolicyRequest, string]>([
    [{ acceptTimestampOnly: true, insecureIgnoreTlog: true }, 'Omit `insecure-ignore-tlog`'],
    [{ logEntries: '0' }, 'insecure-ignore-tlog'],
    [{ certificateLogs: '0' }, 'insecure-ignore-sct'],
    [{ timestamps: '0' }, '`timestamps` is "0"'],
    [{ timestamps: 'one' }, '`timestamps` is "one"'],
    [{ logEntries: '1', insecureIgnoreTlog: true }, 'contradict'],
    [{ witnessThreshold: '1' }, '`witness-threshold` is 1, but only 0 witnesses are specified'],
  ])('%j is refused', async (request, message) => {
    const { code, message: said, remedy } = await refusal({ repo: 'acme/app', ...request });
    expect({ code, text: `${said} ${remedy}` }).toEqual({
      code: 'POLICY_INVALID',
      text: expect.stringContaining(message),
    });
  });
});

describe('a long-lived key', () => {
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

  test('needs neither certificate nor time, and a log all the same', async () => {
    const policy = await load({
      key: await written(pem, 'cosign.pub'),
      predicateType: 'https://slsa.dev/provenance/*',
    });
    expect(policy.signer).toMatchObject({ kind: 'key', publicKey: { kind: 'ecdsa-p256' } });
    expect(policy.content.predicateType).toEqual(matching('https://slsa.dev/provenance/*'));
  });

  test.each<[PolicyRequest]>([
    [{ certificateIdentity: workflow }],
    [{ certificateOidcIssuer: github }],
    [{ anyIdentity: true }],
    [{ repo: 'acme/app' }],
    [{ trigger: ['push'] }],
    [{ insecureIgnoreSct: true }],
  ])('and stands beside no %j', async (request) => {
    const { code, message } = await refusal({ key: await written(pem, 'cosign.pub'), ...request });
    expect({ code, message }).toEqual({
      code: 'POLICY_INVALID',
      message: expect.stringContaining('without a certificate'),
    });
  });

  test.each([
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      /is a certificate, which is not supported/,
      /openssl x509/,
    ],
    [
      'a private key',
      '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n',
      /is a private key/,
      /cosign public-key/,
    ],
    ['a key of PKCS #1', '-----BEGIN RSA PUBLIC KEY-----\nAAAA\n', /PKCS #1/, /openssl rsa/],
    ['an SSH key', 'ssh-ed25519 AAAAC3Nza someone@example.org\n', /an SSH key/, /ssh-keygen/],
    ['a PGP key', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDM\n', /a PGP key/, /gpg/],
    ['a minisign key', 'untrusted comment: minisign public key\nRWQ\n', /minisign/, /minisign/],
    ['a bundle', '{"mediaType":"x"}', /a JSON document/, /PEM/],
  ])('%s in its place is named', async (_, text, message, remedy) => {
    const failure = await refusal({ key: await written(text, 'not.pub') });
    expect(failure).toMatchObject({
      code: 'FORMAT_UNSUPPORTED',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });
  });

  test('a file that is not there, or is no key', async () => {
    expect(await refusal({ key: join(folder, 'gone.pub') })).toMatchObject({ code: 'USAGE' });
    expect(await refusal({ key: await written('not a policy key', 'not.pub') })).toMatchObject({ kind: 'invalid' });
  });
});

describe('a policy file', () => {
  test('says all that options can say, under the same names', async () => {
    const path = await written(`
policy: # kept with the code
  repo: acme/app
  signer-workflow: acme/ci/.github/workflows/sign.yml@refs/tags/v*
  source-repository-id: 0042
  trigger: [push, on]
  deny-self-hosted-runners: true
  claims:
    deployment-environment: production
    source-repository-visibility:
      - public
      - internal
  refused-claims:
    source-repository-ref: refs/heads/dev/**
  predicate-type: https://slsa.dev/provenance/v1
  subject-name: app-*.tgz
  log-entries: 2
`);
    const policy = await load({ policy: path });
    expect(withoutSource(policy)).toEqual(
      withoutSource(
        await load({
          repo: 'acme/app',
          signerWorkflow: 'acme/ci/.github/workflows/sign.yml@refs/tags/v*',
          sourceRepositoryId: ['0042'],
          trigger: ['push', 'on'],
          denySelfHostedRunners: true,
          claim: [
            'deployment-environment=production',
            'source-repository-visibility=public',
            'source-repository-visibility=internal',
          ],
          refuseClaim: ['source-repository-ref=refs/heads/dev/**'],
          predicateType: 'https://slsa.dev/provenance/v1',
          subjectName: 'app-*.tgz',
          logEntries: '2',
        }),
      ),
    );
    expect(policy.thresholds).toEqual({ logEntries: 2 });
  });

  test('that asks for nothing is refused beside what is said as well', async () => {
    for (const yaml of ['policy: {}', 'policy: { any-issuer: false }', 'policy: { claims: {} }'])
      expect(await refusal({ policy: await written(yaml), repo: 'acme/app' })).toMatchObject({
        code: 'POLICY_INVALID',
      });
  });

  test('names a key relative to itself', async () => {
    const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await written(pem, 'beside.pub');
    const { signer } = await load({ policy: await written('policy: { key: beside.pub }') });
    expect(signer).toMatchObject({ kind: 'key', publicKey: { kind: 'ed25519' } });
  });

  test.each([
    ['', '1:1: the policy file is not a mapping'],
    ['repo: acme/app', '1:1: "repo" is not a top-level key of a policy file'],
    ['policy:\n  repo: a/b\nother: x', '3:1: "other" is not a top-level key of a policy file'],
    ['watch: { owners: [acme] }', '1:1: the policy file has only "watch", and no "policy"'],
    ['{}', '1:1: the policy file is empty'],
    ['policy:\n  repo: a/b\n  trigers: push', '3:3: "trigers" is not a policy key'],
    ['policy:\n  policy: other.yml', '2:3: "policy" is not a policy key'],
    ['policy:\n  repo:', '2:8: "repo" is empty'],
    ['policy:\n  repo: [a/b]', '2:9: "repo" is not a string'],
    ['policy:\n  repo: a/b\n  trigger: []', '3:12: "trigger" is an empty list'],
    ['policy:\n  repo: a/b\n  trigger: [push, ""]', '3:19: "trigger" is empty'],
    ['policy:\n  any-identity: yes\n  any-issuer: true', '2:17: "any-identity" must be true or false'],
    ['policy:\n  claims: push', '2:11: "claims" is not a mapping'],
    ['policy:\n  repo: a/b\n  claims: {}', '3:11: "claims" is empty'],
    ['policy:\n  repo: a/b\n  refused-claims: {}', '3:19: "refused-claims" is empty'],
    ['policy:\n  repo: a/b\n  claims:', '3:'],
    ['policy:\n  repo: a/b\n  claims: []', '3:11: "claims" is not a mapping'],
    ['policy:\n  repo: a/b\n  claims: { build-trigger: [] }', '3:28: "build-trigger" is an empty list'],
    ['policy:\n  repo: a/b\n  claims: { build-trigger: }', '"build-trigger" is'],
    ['policy:\n  repo: a/b\n  witness: []', '3:12: "witness" is an empty list'],
    ['policy: {}', '1:9: "policy" is empty'],
    ['policy:\n  any-identity: false\n  deny-self-hosted-runners: false', '2:3: "policy" is empty'],
    ['policy: [repo]', '1:9: "policy" is not a mapping'],
    ['policy:\n  repo: a/b\n  repo: c/d', '3:3: "repo" occurs twice'],
    ['policy:\n  repo: a/b\npolicy:\n  repo: c/d', '3:1: "policy" occurs twice'],
    ['policy:\n  repo: ~', '2:9: "repo" is empty'],
    ['policy:\n  repo: a/b\n  claims: { color: red }', '3:13: "color" is not a certificate claim'],
    ['policy:\n  repo: &x a/b\n  owner: *x', '3:10: "owner" is not a string'],
    ['policy:\n  repo: !!js/function a/b', '2:9: Unresolved tag'],
    ['policy:\n  repo: "a/b', '2:'],
    ['policy:\n  repo: a/b\n---\npolicy:\n  repo: c/d', 'multiple documents'],
    ['policy:\n  certificate-identity-regexp: .*', 'regular expression'],
  ])('%j is refused, with its place', async (yaml, message) => {
    const { code, message: said } = await refusal({ policy: await written(yaml) });
    expect({ code, said }).toEqual({ code: 'POLICY_INVALID', said: expect.stringContaining(message) });
    expect(said).not.toContain('\n');
  });

  test.each<[yaml: string, options: PolicyRequest, message: string, remedy: string]>([
    ['repo: acme', {}, '2:3: "repo" is "acme"', 'owner/name'],
    ['repo: a/b\n  log-entries: 0', {}, '3:3: "log-entries" is "0"', 'use "insecure-ignore-tlog"'],
    ['repo: a/b\n  trigers: push', {}, '3:3: "trigers" is not', 'Did you mean "trigger"? Use one of repo, owner'],
    ['repo: a/b\nwacth: {}', {}, '3:1: "wacth" is not', 'Did you mean "watch"?'],
    ['repo: a/b\ntrigger: push', {}, '3:1: "trigger" is not', 'under "policy"'],
    ['owner: acme', { repo: 'acme/app' }, '`repo` would override "owner" of the policy file', ''],
    ['repo: a/b', { logEntries: '0' }, '`log-entries` is "0"', 'use `insecure-ignore-tlog`'],
  ])('%j with %j is refused, with the names that each place has', async (yaml, options, message, remedy) => {
    const path = await written(`policy:\n  ${yaml}`);
    const failure = await refusal({ policy: path, ...options });
    const isInFile = /^\d/.test(message);
    expect(failure.code).toBe('POLICY_INVALID');
    expect(failure.message).toContain(isInFile ? `${path}:${message}` : message);
    expect(failure.remedy ?? '').toContain(remedy);
  });

  test('that is not there, too long, or not text', async () => {
    expect(await refusal({ policy: join(folder, 'gone.yml') })).toMatchObject({ code: 'USAGE' });
    expect(await refusal({ policy: await written(`#${'x'.repeat(2 ** 20)}`) })).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    const path = join(folder, 'binary.yml');
    await writeFile(path, Buffer.from([0xff, 0xfe]));
    expect(await refusal({ policy: path })).toMatchObject({ code: 'POLICY_INVALID' });
  });

  test('is read for the verifier, whatever its watch is', async () => {
    const path = await written('watch: { owners: [acme], nonsense: 1 }\npolicy: { repo: acme/app }');
    expect(withoutSource(await load({ policy: path }))).toEqual(withoutSource(await load({ repo: 'acme/app' })));
  });

  test('is narrowed by what is said beside it', async () => {
    const policy = await written(
      'policy: { repo: acme/app, trigger: [push], claims: { deployment-environment: production } }',
    );
    const { claims } = await signerOf({
      policy,
      trigger: ['push', 'pull_request'],
      sourceDigest: [commit],
      claim: ['token-subject=x'],
    });
    expect(claims).toEqual(
      expect.arrayContaining([
        { claim: 'buildTrigger', expected: [exactly('push')] },
        { claim: 'buildTrigger', expected: [exactly('push'), exactly('pull_request')] },
        { claim: 'sourceRepositoryDigest', expected: [exactly(commit)] },
        { claim: 'deploymentEnvironment', expected: [exactly('production')] },
        { claim: 'tokenSubject', expected: [exactly('x')] },
      ]),
    );
    expect(claims).toHaveLength(6);
  });

  test.each<[PolicyRequest]>([
    [{ repo: 'evil/app' }],
    [{ hostname: 'evil.ghe.com' }],
    [{ certificateOidcIssuer: 'https://evil.example' }],
    [{ anyIdentity: true }],
    [{ anyIssuer: true }],
    [{ signerRepo: 'evil/ci' }],
    [{ predicateType: 'other' }],
    [{ maxAge: '90d' }],
    [{ insecureIgnoreTlog: true }],
    [{ insecureIgnoreSct: true }],
    [{ logEntries: '1' }],
    [{ witnessThreshold: '1' }],
  ])('is not widened by %j', async (request) => {
    const policy = await written(
      `policy: { repo: acme/app, predicate-type: x, max-age: 30d, log-entries: 2, witness: [${witness}] }`,
    );
    const { code, message } = await refusal({ policy, ...request });
    expect({ code, message }).toEqual({ code: 'POLICY_INVALID', message: expect.stringContaining('the policy file') });
  });
});

describe('the contents of the statement', () => {
  const repo = 'acme/app';
  const builder = 'https://github.com/acme/builders/.github/workflows/build.yml@refs/tags/*';
  const type = 'https://actions.github.io/buildtypes/workflow/v1';

  test('are the builder and the build type, each one of several', async () => {
    const { content } = await load({ repo, builderId: [builder, 'x'], buildType: [type] });
    expect(content.predicate).toEqual([
      { kind: 'builder-id', expected: [matching(builder), exactly('x')] },
      { kind: 'build-type', expected: [exactly(type)] },
    ]);
  });

  test('are expected of a key too', async () => {
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' });
    const { content } = await load({ key: await written(String(pem), 'builder.pub'), buildType: [type] });
    expect(content.predicate).toEqual([{ kind: 'build-type', expected: [exactly(type)] }]);
  });

  test('are narrowed by options, and not widened', async () => {
    const policy = await written(`policy: { repo: acme/app, builder-id: ["${builder}"] }`, 'builder.yml');
    const { content } = await load({ policy, builderId: ['x'], buildType: [type] });
    expect(content.predicate).toEqual([
      { kind: 'builder-id', expected: [matching(builder)] },
      { kind: 'build-type', expected: [exactly(type)] },
      { kind: 'builder-id', expected: [exactly('x')] },
    ]);
  });

  test.each<[PolicyRequest, RegExp]>([
    [{ builderId: [''] }, /^`builder-id` is empty$/],
    [{ builderId: ['**'] }, /^`builder-id` is \*\*, which matches everything$/],
    [{ buildType: ['*/*'] }, /^`build-type` is \*\/\*, which matches everything$/],
  ])('are not %j', async (request, reason) => {
    expect(await refusal({ repo, ...request })).toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringMatching(reason),
    });
  });
});

describe('the age', () => {
  test.each([
    ['90m', 90 * 60_000],
    ['12h', 12 * 3_600_000],
    ['30d', 30 * 86_400_000],
    ['8w', 56 * 86_400_000],
  ])('%s is one', async (maxAge, expected) => {
    expect((await load({ repo: 'acme/app', maxAge })).maxAge).toBe(expected);
  });

  test.each(['', '0d', '30', '30 d', '-1d', '1.5h', '30D', '1y', '90s', '100000d', '1d12h'])(
    '%j is none',
    async (maxAge) => {
      expect(await refusal({ repo: 'acme/app', maxAge })).toMatchObject({
        code: 'POLICY_INVALID',
        message: `\`max-age\` is ${JSON.stringify(maxAge)}, which is not a duration`,
        remedy: expect.stringContaining('30d'),
      });
    },
  );

  test('of the signature of a key is not proven', async () => {
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' });
    expect(await refusal({ key: await written(String(pem), 'age.pub'), maxAge: '30d' })).toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining('`max-age`'),
    });
  });
});

test.each<[what: string, request: PolicyRequest]>([
  ['policy', { policy: '' }],
  ['public key', { key: '' }],
])('an empty path of the %s is refused as such', async (what, request) => {
  expect(await refusal(request)).toMatchObject({
    code: 'POLICY_INVALID',
    message: `the path of the ${what} is empty`,
  });
});

test('every option has a name that no other has', () => {
  const names = Object.keys(policyRows).map(optionName);
  expect(new Set(names).size).toBe(names.length);
});

test.each(Object.entries(policyRows))('%s changes a policy, or is refused', async (option, { form }) => {
  const value = { text: 'x', path: 'x', list: ['x'], switch: true }[form.type];
  const bases: readonly PolicyRequest[] = [
    { repo: 'acme/app' },
    { certificateIdentity: workflow, certificateOidcIssuer: github },
  ];
  const effects = bases.map(async (base) => {
    const outcome = await load({ ...base, [option]: value }).catch((error: unknown) => error);
    return !isDeepStrictEqual(outcome, await load(base));
  });
  expect(await Promise.all(effects)).toContain(true);
});
