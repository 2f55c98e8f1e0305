/** SLSA provenance against the certificate that signed it, as GitHub, GitLab, npm and slsa-github-generator write it. */

import { describe, expect, test } from '@jest/globals';
import type { FulcioClaims } from '../../../../src/core/certificate/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { encodeHex, type JsonObject, type JsonValue, utf8 } from '../../../../src/core/encoding/index.ts';
import { readProvenance } from '../../../../src/core/statement/index.ts';
import { artifactOfDigest, type ContentPolicy, examine } from '../../../../src/core/verify/index.ts';
import { compareProvenance } from '../../../../src/core/verify/steps/provenance.ts';
import { githubProvenance } from '../../../../src/sign/predicates/provenance-github.ts';
import { artifact, Instance, claims as jobClaims, now, policy } from '../../../kit/instance.ts';
import { expectFailure, expectRejection } from '../../errors/failure.ts';

const v1 = 'https://slsa.dev/provenance/v1';
const v02 = 'https://slsa.dev/provenance/v0.2';
const commit = 'c0ffee00'.repeat(5);
const other = 'deadbeef'.repeat(5);
const server = 'https://github.com';
const repository = `${server}/acme/app`;

/** A job of `acme/app`, whose workflow `release.yml` calls a reusable workflow of another repository. */
const github: FulcioClaims = {
  buildSignerUri: `${server}/acme/builders/.github/workflows/build.yml@refs/tags/v3`,
  buildSignerDigest: '1'.repeat(40),
  runnerEnvironment: 'github-hosted',
  sourceRepositoryUri: repository,
  sourceRepositoryDigest: commit,
  sourceRepositoryRef: 'refs/heads/main',
  sourceRepositoryIdentifier: '11',
  sourceRepositoryOwnerIdentifier: '22',
  buildConfigUri: `${repository}/.github/workflows/release.yml@refs/heads/main`,
  buildConfigDigest: '2'.repeat(40),
  buildTrigger: 'push',
  runInvocationUri: `${repository}/actions/runs/33/attempts/2`,
};
const generatorBuilder = `${server}/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@refs/tags/v2.1.0`;
const delegator = `${server}/slsa-framework/slsa-github-generator/.github/workflows/delegator_generic_slsa3.yml@refs/tags/v2.1.0`;

const project = 'https://gitlab.com/acme/team/app';
const gitlab: FulcioClaims = {
  buildSignerUri: `${project}//.gitlab-ci.yml@refs/heads/main`,
  runnerEnvironment: 'gitlab-hosted',
  sourceRepositoryUri: project,
  sourceRepositoryDigest: commit,
  sourceRepositoryRef: 'refs/heads/main',
  sourceRepositoryIdentifier: '44',
  sourceRepositoryOwnerIdentifier: '55',
  buildConfigUri: `${project}//.gitlab-ci.yml@refs/heads/main`,
  buildTrigger: 'push',
  runInvocationUri: `${project}/-/jobs/66`,
};

const source = { uri: `git+${repository}@refs/heads/main`, digest: { gitCommit: commit } };
const sourceV0 = { uri: `git+${repository}@refs/heads/main`, digest: { sha1: commit } };
const workflow = { ref: 'refs/heads/main', repository, path: '.github/workflows/release.yml' };

interface Written {
  readonly predicateType: string;
  readonly predicate: JsonObject;
  readonly claims: FulcioClaims;
  /** The texts that no claim of a certificate is about, besides the build type. */
  readonly free?: RegExp;
}

/** The provenance that each of them writes for the jobs above. */
const written: Readonly<Record<string, Written>> = {
  'actions/attest': {
    predicateType: v1,
    claims: github,
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: { workflow },
        internalParameters: {
          github: {
            event_name: 'push',
            repository_id: '11',
            repository_owner_id: '22',
            runner_environment: 'github-hosted',
          },
        },
        resolvedDependencies: [source],
      },
      runDetails: {
        builder: { id: `${server}/acme/builders/.github/workflows/build.yml@refs/tags/v3` },
        metadata: { invocationId: `${repository}/actions/runs/33/attempts/2` },
      },
    },
  },
  'npm on GitHub': {
    predicateType: v1,
    claims: github,
    predicate: {
      buildDefinition: {
        buildType: 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1',
        externalParameters: { workflow },
        internalParameters: { github: { event_name: 'push', repository_id: '11', repository_owner_id: '22' } },
        resolvedDependencies: [source],
      },
      runDetails: {
        builder: { id: `${server}/actions/runner/github-hosted` },
        metadata: { invocationId: `${repository}/actions/runs/33/attempts/2` },
      },
    },
  },
  'npm 9 on GitHub': {
    predicateType: v02,
    claims: github,
    predicate: {
      buildType: 'https://github.com/npm/cli/gha/v2',
      builder: { id: `${server}/actions/runner/github-hosted` },
      invocation: {
        configSource: { ...sourceV0, entryPoint: '.github/workflows/release.yml' },
        parameters: {},
        environment: {
          GITHUB_EVENT_NAME: 'push',
          GITHUB_REF: 'refs/heads/main',
          GITHUB_REPOSITORY: 'acme/app',
          GITHUB_REPOSITORY_ID: '11',
          GITHUB_REPOSITORY_OWNER_ID: '22',
          GITHUB_RUN_ATTEMPT: '2',
          GITHUB_RUN_ID: '33',
          GITHUB_SHA: commit,
          GITHUB_WORKFLOW_REF: 'acme/app/.github/workflows/release.yml@refs/heads/main',
          GITHUB_WORKFLOW_SHA: '2'.repeat(40),
        },
      },
      metadata: { buildInvocationId: '33-2' },
      materials: [sourceV0],
    },
  },
  'npm on GitLab': {
    predicateType: v02,
    claims: gitlab,
    free: /\.(?:entryPoint|builder\.id)$/,
    predicate: {
      buildType: 'https://github.com/npm/cli/gitlab/v1alpha1',
      builder: { id: `${project}/-/runners/12` },
      invocation: {
        configSource: { uri: `git+${project}@${commit}`, digest: { sha1: commit }, entryPoint: 'deploy' },
        parameters: {
          CI_COMMIT_SHA: commit,
          CI_PROJECT_URL: project,
          CI_PROJECT_ID: '44',
          CI_PIPELINE_SOURCE: 'push',
        },
      },
      metadata: { buildInvocationId: `${project}/-/jobs/66` },
      materials: [{ uri: `git+${project}@${commit}`, digest: { sha1: commit } }],
    },
  },
  'the runner of GitLab': {
    predicateType: v1,
    claims: gitlab,
    free: /\.(?:entryPoint|architecture|builder\.id)$/,
    predicate: {
      buildDefinition: {
        buildType: 'https://gitlab.com/gitlab-org/gitlab-runner/-/blob/2147fb44/PROVENANCE.md',
        externalParameters: { source: project, entryPoint: 'deploy', variables: {} },
        internalParameters: { architecture: 'amd64', job: 66 },
        resolvedDependencies: [{ uri: project, digest: { sha256: commit } }],
      },
      runDetails: { builder: { id: `${project}/-/runners/12` }, metadata: { invocationId: '66' } },
    },
  },
  'Countersign on GitLab': {
    predicateType: v1,
    claims: gitlab,
    free: /resolvedDependencies\[1\]/,
    predicate: {
      buildDefinition: {
        buildType: 'urn:countersign:build-type:gitlab-job:v1',
        externalParameters: { project, ref: 'refs/heads/main', config: `${project}//.gitlab-ci.yml@refs/heads/main` },
        internalParameters: {
          gitlab: {
            pipeline_source: 'push',
            project_id: '44',
            namespace_id: '55',
            runner_environment: 'gitlab-hosted',
          },
        },
        resolvedDependencies: [
          { uri: `git+${project}@refs/heads/main`, digest: { gitCommit: commit } },
          { uri: `${project}//.gitlab-ci.yml@refs/heads/main`, digest: { gitCommit: other } },
        ],
      },
      runDetails: {
        builder: { id: `${project}//.gitlab-ci.yml@refs/heads/main` },
        metadata: { invocationId: `${project}/-/jobs/66` },
      },
    },
  },
  'slsa-github-generator': {
    predicateType: v02,
    claims: { ...github, buildSignerUri: generatorBuilder },
    predicate: {
      buildType: 'https://github.com/slsa-framework/slsa-github-generator/generic@v1',
      builder: { id: generatorBuilder },
      invocation: {
        configSource: { ...sourceV0, entryPoint: '.github/workflows/release.yml' },
        environment: {
          github_event_name: 'push',
          github_ref: 'refs/heads/main',
          github_repository_id: '11',
          github_repository_owner_id: '22',
          github_run_attempt: '2',
          github_run_id: '33',
          github_sha1: commit,
        },
      },
      metadata: { buildInvocationID: '33-2' },
      materials: [sourceV0],
    },
  },
  'a builder behind the delegator of slsa-github-generator': {
    predicateType: v1,
    claims: { ...github, buildSignerUri: delegator },
    free: /resolvedDependencies\[0\]|\.builder\.id$/,
    predicate: {
      buildDefinition: {
        buildType: 'https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0',
        externalParameters: {
          workflowPath: { value: '.github/workflows/release.yml' },
          source: { artifact: sourceV0 },
        },
        internalParameters: {
          GITHUB_EVENT_NAME: { value: 'push' },
          GITHUB_RUN_ID: '33',
          GITHUB_REF: 'refs/heads/main',
        },
        resolvedDependencies: [{ uri: 'pkg:docker/builder@1', digest: { sha256: 'ab'.repeat(32) } }, source],
      },
      runDetails: {
        builder: { id: `${server}/acme/builders/.github/workflows/java.yml@refs/tags/v1` },
        metadata: { invocationId: `${repository}/actions/runs/33/attempts/2` },
      },
    },
  },
};

const compared = ({ predicateType, predicate, claims }: Written): readonly string[] => {
  const provenance = readProvenance({ subjects: [], predicateType, predicate });
  if (provenance === undefined) throw new Error('the statement is no provenance');
  return compareProvenance(provenance, claims);
};

/** Returns the predicate with each text in turn replaced, and the path of the text. */
function* changed(value: JsonValue, path = ''): Generator<readonly [path: string, JsonValue]> {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    yield [
      path,
      /^[0-9a-f]{40}$/.test(text) ? other : text.endsWith('.yml') ? text.replace('.yml', '-x.yml') : `${text}9`,
    ];
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      for (const [where, one] of changed(item, `${path}[${at}]`)) yield [where, value.with(at, one)];
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value))
      for (const [where, one] of changed(member, `${path}.${name}`)) yield [where, { ...value, [name]: one }];
  }
}

describe('what is written for a job', () => {
  test.each(Object.keys(written))('by %s agrees with its certificate', (name) => {
    const one = written[name] as Written;
    expect(compared(one)).toEqual(expect.arrayContaining(['repository', 'commit', 'run']));
  });

  test.each(Object.keys(written))('by %s contradicts it where any text differs', (name) => {
    const one = written[name] as Written;
    const missed: string[] = [];
    for (const [path, predicate] of changed(one.predicate)) {
      try {
        compared({ ...one, predicate: predicate as JsonObject });
        missed.push(path);
      } catch (failure) {
        expect([path, failure]).toEqual([path, expect.objectContaining({ code: 'PROVENANCE_MISMATCH' })]);
      }
    }
    expect(missed.filter((path) => !path.endsWith('.buildType') && !one.free?.test(path))).toEqual([]);
  });

  test('is compared with nothing where a certificate has no claims', () => {
    for (const one of Object.values(written)) expect(compared({ ...one, claims: { issuer: 'x' } })).toEqual([]);
  });

  test('contradicts nothing by what it lacks', () => {
    for (const one of Object.values(written)) {
      const { predicate } = one;
      const definition = predicate.buildDefinition as JsonObject | undefined;
      const only =
        definition === undefined
          ? { buildType: predicate.buildType }
          : { buildDefinition: { buildType: definition.buildType } };
      expect(compared({ ...one, predicate: only as JsonObject })).toEqual([]);
    }
  });
});

const attest = written['actions/attest'] as Written;

function changedAt(value: JsonValue, change: JsonValue, ...path: readonly string[]): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) return change;
  const members = value as JsonObject;
  return { ...members, [first]: changedAt(members[first] ?? {}, change, ...rest) };
}

const attesting = (change: JsonValue, ...path: readonly string[]): Written => ({
  ...attest,
  predicate: changedAt(attest.predicate, change, ...path) as JsonObject,
});

describe('a statement is refused', () => {
  test.each<[string, JsonValue, readonly string[], RegExp]>([
    [
      'of another repository',
      `${server}/evil/app`,
      ['buildDefinition', 'externalParameters', 'workflow', 'repository'],
      /states the repository "https:\/\/github\.com\/evil\/app", and the certificate "https:\/\/github\.com\/acme\/app"$/,
    ],
    [
      'of a repository with a longer name',
      `${repository}-evil`,
      ['buildDefinition', 'externalParameters', 'workflow', 'repository'],
      /the repository/,
    ],
    ['of another ref', 'refs/tags/v1', ['buildDefinition', 'externalParameters', 'workflow', 'ref'], /the ref/],
    [
      'of another workflow',
      '.github/workflows/evil.yml',
      ['buildDefinition', 'externalParameters', 'workflow', 'path'],
      /the workflow/,
    ],
    [
      'whose builder is the calling workflow',
      `${repository}/.github/workflows/release.yml@refs/heads/main`,
      ['runDetails', 'builder', 'id'],
      /the builder/,
    ],
    [
      'whose builder is another kind of runner',
      `${server}/actions/runner/self-hosted`,
      ['runDetails', 'builder', 'id'],
      /the runner/,
    ],
    [
      'of another attempt',
      `${repository}/actions/runs/33/attempts/1`,
      ['runDetails', 'metadata', 'invocationId'],
      /the run/,
    ],
    [
      'of the run of another repository',
      `${server}/evil/app/actions/runs/33/attempts/2`,
      ['runDetails', 'metadata', 'invocationId'],
      /the run/,
    ],
    [
      'whose source is another one',
      [{ ...source, uri: `git+${server}/evil/app@refs/heads/main` }],
      ['buildDefinition', 'resolvedDependencies'],
      /the repository/,
    ],
    [
      'whose source is on another host',
      [{ ...source, uri: 'git+https://github.com.evil.example/acme/app@refs/heads/main' }],
      ['buildDefinition', 'resolvedDependencies'],
      /the repository/,
    ],
    [
      'whose source is no address',
      [{ ...source, uri: 'git@github.com:acme/app' }],
      ['buildDefinition', 'resolvedDependencies'],
      /the repository/,
    ],
    [
      'whose source has another ref',
      [{ ...source, uri: `git+${repository}@refs/heads/evil` }],
      ['buildDefinition', 'resolvedDependencies'],
      /the ref/,
    ],
    [
      'whose source has another commit as its ref',
      [{ ...source, uri: `git+${repository}@${other}` }],
      ['buildDefinition', 'resolvedDependencies'],
      /the commit/,
    ],
  ])('%s', (_, change, path, reason) => {
    const { message } = expectFailure(() => compared(attesting(change, ...path)), 'PROVENANCE_MISMATCH', reason);
    expect(message).toMatch(/^the provenance contradicts the certificate: it states the /);
  });

  test('whose builder is a runner of another project of GitLab', () => {
    const evil = 'https://gitlab.com/evil/app/-/runners/12';
    for (const [name, ...path] of [
      ['npm on GitLab', 'builder', 'id'],
      ['the runner of GitLab', 'runDetails', 'builder', 'id'],
    ] as const) {
      const one = written[name] as Written;
      const predicate = changedAt(one.predicate, evil, ...path) as JsonObject;
      expectFailure(() => compared({ ...one, predicate }), 'PROVENANCE_MISMATCH', /the repository .*evil/);
    }
  });

  test('with a value that is no text', () => {
    for (const [change, ...path] of [
      [[repository], 'buildDefinition', 'externalParameters', 'workflow', 'repository'],
      [{ id: '11' }, 'buildDefinition', 'internalParameters', 'github', 'repository_id'],
      [true, 'runDetails', 'metadata', 'invocationId'],
      ['x', 'buildDefinition', 'resolvedDependencies'],
    ] as const)
      expectFailure(
        () => compared(attesting(change as JsonValue, ...(path as readonly string[]))),
        'STATEMENT_INVALID',
        /is not a (?:text|list)$/,
      );
  });

  test('in which any of several contradictions is hidden among values that agree', () => {
    const two = attesting('12', 'buildDefinition', 'internalParameters', 'github', 'repository_id');
    const predicate = changedAt(
      two.predicate,
      'release',
      'buildDefinition',
      'internalParameters',
      'github',
      'event_name',
    );
    expectFailure(
      () => compared({ ...two, predicate: predicate as JsonObject }),
      'PROVENANCE_MISMATCH',
      /the repository ID "12", and the certificate "11"; the trigger "release", and the certificate "push"$/,
    );
  });
});

describe('a statement is not refused', () => {
  test('for letters of another case in the repository', () => {
    const { claims } = attest;
    expect(
      compared({
        ...attest,
        claims: {
          ...claims,
          sourceRepositoryUri: `${server}/Acme/App`,
          buildConfigUri: `${server}/Acme/App/.github/workflows/release.yml@refs/heads/main`,
        },
      }),
    ).toContain('repository');
  });

  test('for the ref of its workflow file, which npm states', () => {
    const claims = { ...github, buildConfigUri: `${repository}/.github/workflows/release.yml@refs/heads/ci` };
    const stated = attesting('refs/heads/ci', 'buildDefinition', 'externalParameters', 'workflow', 'ref');
    expect(compared({ ...stated, claims })).toContain('ref');
    expectFailure(() => compared(stated), 'PROVENANCE_MISMATCH', /the ref/);
  });

  test('for the workflow of another repository that an organization requires', () => {
    const claims = { ...github, buildConfigUri: `${server}/acme/rules/.github/workflows/required.yml@refs/heads/main` };
    const path = 'acme/rules/.github/workflows/required.yml';
    const stated = attesting(path, 'buildDefinition', 'externalParameters', 'workflow', 'path');
    expect(compared({ ...stated, claims })).toContain('workflow');
  });

  test('of an unknown build type, except for the workflow that it states', () => {
    const unknown = attesting('https://example.test/build/v1', 'buildDefinition', 'buildType');
    const builder = changedAt(
      unknown.predicate,
      `${server}/x/y/.github/workflows/z.yml@v1`,
      'runDetails',
      'builder',
      'id',
    );
    expect(compared({ ...unknown, predicate: builder as JsonObject })).toEqual(['repository', 'ref', 'workflow']);
    const evil = changedAt(
      unknown.predicate,
      `${server}/evil/app`,
      'buildDefinition',
      'externalParameters',
      'workflow',
      'repository',
    );
    expectFailure(() => compared({ ...unknown, predicate: evil as JsonObject }), 'PROVENANCE_MISMATCH', /evil/);
  });
});

describe('the verifier', () => {
  const instance = new Instance();
  const trust = instance.trust();
  const known = artifactOfDigest(digest('sha256', artifact));

  async function examined(predicate: JsonValue, predicateType = v1, content: ContentPolicy = {}) {
    const subject = [{ name: 'what.txt', digest: { sha256: encodeHex(digest('sha256', artifact).bytes) } }];
    const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate };
    const { criteria, failure } = await examine(
      instance.attest(utf8(JSON.stringify(statement))),
      known,
      trust,
      { ...policy, content },
      now,
    );
    const criterion = criteria.find(({ name }) => name === 'provenance');
    return [failure?.code, criterion?.outcome, criterion?.found];
  }
  const right = githubProvenance(jobClaims, server);

  test('accepts provenance that agrees, and says what was compared', async () => {
    expect(await examined(right)).toEqual([
      undefined,
      'pass',
      'the same repository, ref, workflow, commit, repository ID, owner ID, trigger, runner, builder, run',
    ]);
  });

  test('refuses provenance that contradicts, whatever the policy', async () => {
    const evil = changedAt(
      right,
      `${server}/evil/app`,
      'buildDefinition',
      'externalParameters',
      'workflow',
      'repository',
    );
    expect(await examined(evil)).toEqual(['PROVENANCE_MISMATCH', 'fail', expect.stringContaining('evil')]);
  });

  test('compares nothing for a program that does what the specification says and no more', async () => {
    const evil = changedAt(right, `${server}/evil/app`, 'runDetails', 'builder', 'id');
    expect(await examined(evil, v1, { provenance: 'ignore' })).toEqual([undefined, undefined, undefined]);
    expect(await examined(evil, v1, { provenance: 'compare' })).toEqual([
      'PROVENANCE_MISMATCH',
      'fail',
      expect.anything(),
    ]);
    const untyped = { provenance: 'off' as 'ignore' };
    await expectRejection(() => examined(evil, v1, untyped), 'POLICY_INVALID', /neither "compare" nor "ignore"$/);
  });

  test('compares no other predicates', async () => {
    const evil = changedAt(
      right,
      `${server}/evil/app`,
      'buildDefinition',
      'externalParameters',
      'workflow',
      'repository',
    );
    expect(await examined(evil, 'https://example.test/predicate')).toEqual([undefined, undefined, undefined]);
    expect(await examined({})).toEqual([undefined, undefined, undefined]);
  });
});
