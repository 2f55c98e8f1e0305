import { describe, expect, test } from '@jest/globals';
import { exampleForgejoJob, exampleGitlabJob, exampleJob } from '../../../sandbox/index.ts';
import { provenanceOf } from '../../../src/sign/predicates/index.ts';

const buildProvenance = provenanceOf({ name: 'github', holder: 'a job of GitHub Actions' });
const gitlabProvenance = provenanceOf({ name: 'gitlab', holder: 'a job of GitLab CI/CD' });
const forgejoProvenance = provenanceOf({ name: 'forgejo', holder: 'a job of Forgejo Actions' });

const claims = { ...exampleJob };

describe('provenance', () => {
  test.each(
    (
      [
        'repository',
        'workflow_ref',
        'event_name',
        'repository_id',
        'repository_owner_id',
        'runner_environment',
        'ref',
        'sha',
        'job_workflow_ref',
        'run_id',
        'run_attempt',
      ] as const
    ).map((name) => [name]),
  )('is not made without the claim %s', (name) => {
    expect(() => buildProvenance({ ...claims, [name]: '' }, 'https://github.com')).toThrow(
      expect.objectContaining({ code: 'TOKEN_INVALID', message: expect.stringContaining(name) }),
    );
  });

  test('names the server of an enterprise', () => {
    expect(JSON.stringify(buildProvenance(claims, 'https://git.example.test'))).not.toContain('github.com');
  });

  test('tells the workflow’s path from a ref with an @ in it', () => {
    const workflow_ref = 'example-org/example-repo/.github/workflows/a@b.yml@refs/heads/feature@home.yml@2';
    expect(buildProvenance({ ...claims, workflow_ref }, 'https://github.com')).toMatchObject({
      buildDefinition: {
        externalParameters: {
          workflow: { path: '.github/workflows/a@b.yml', ref: 'refs/heads/feature@home.yml@2' },
        },
      },
    });
  });

  test('names the caller as the source and the called workflow as the builder', () => {
    const job_workflow_ref = 'builders/library/.github/workflows/sign.yml@refs/tags/v1';
    expect(buildProvenance({ ...claims, job_workflow_ref }, 'https://github.com')).toMatchObject({
      buildDefinition: {
        externalParameters: { workflow: { repository: 'https://github.com/example-org/example-repo' } },
      },
      runDetails: { builder: { id: `https://github.com/${job_workflow_ref}` } },
    });
  });

  test('is not made of a workflow that is no file', () => {
    expect(() =>
      buildProvenance({ ...claims, workflow_ref: 'example-org/example-repo/x@y' }, 'https://github.com'),
    ).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID', message: expect.stringContaining('workflow_ref') }));
  });
});

describe('provenance of a job of GitLab', () => {
  const claims = { ...exampleGitlabJob, iss: 'https://gitlab.com' };
  const project = 'https://gitlab.com/example-group/example-project';
  const config = `${project}//.gitlab-ci.yml@refs/heads/main`;

  test('states the project, the pipeline definition and the job', () => {
    expect(gitlabProvenance(claims, 'https://github.com')).toEqual({
      buildDefinition: {
        buildType: 'urn:countersign:build-type:gitlab-job:v1',
        externalParameters: { project, ref: 'refs/heads/main', config },
        internalParameters: {
          gitlab: {
            pipeline_source: 'push',
            pipeline_id: '8001',
            project_id: '7002',
            namespace_id: '7001',
            runner_environment: 'gitlab-hosted',
            ref_protected: 'true',
          },
        },
        resolvedDependencies: [
          { uri: `git+${project}@refs/heads/main`, digest: { gitCommit: claims.sha } },
          { uri: config, digest: { gitCommit: claims.ci_config_sha } },
        ],
      },
      runDetails: { builder: { id: config }, metadata: { invocationId: `${project}/-/jobs/9001` } },
    });
  });

  test('states a tag, and only one dependency if the definition is on another server', () => {
    const tagged = { ...claims, ref: 'v1', ref_type: 'tag', ci_config_sha: null };
    expect(gitlabProvenance(tagged, 'https://github.com')).toMatchObject({
      buildDefinition: {
        externalParameters: { ref: 'refs/tags/v1' },
        resolvedDependencies: [{ uri: `git+${project}@refs/tags/v1` }],
      },
    });
  });

  test.each([
    'project_path',
    'ci_config_ref_uri',
    'ref',
    'ref_type',
    'sha',
    'pipeline_source',
    'pipeline_id',
    'project_id',
    'namespace_id',
    'runner_environment',
    'job_id',
  ])('is not made without the claim %s', (name) => {
    expect(() => gitlabProvenance({ ...claims, [name]: '' }, 'https://github.com')).toThrow(
      expect.objectContaining({
        code: 'TOKEN_INVALID',
        message: `the identity token has no claim ${name}, which provenance requires`,
        remedy: expect.stringContaining(name),
      }),
    );
  });
});

describe('provenance of a job of Forgejo', () => {
  const claims = { ...exampleForgejoJob, iss: 'https://codeberg.org/api/actions' };
  const repository = 'https://codeberg.org/example-org/example-repo';

  test('states the workflow and the run on the server of the issuer, whatever the environment says', () => {
    expect(forgejoProvenance(claims, 'https://github.com')).toEqual({
      buildDefinition: {
        buildType: 'urn:countersign:build-type:forgejo-workflow:v1',
        externalParameters: {
          workflow: { ref: 'refs/heads/main', repository, path: '.forgejo/workflows/release.yml' },
        },
        internalParameters: {
          forgejo: {
            event_name: 'push',
            run_id: '8301',
            run_attempt: '1',
            repository_id: '7301',
            repository_owner_id: '7302',
          },
        },
        resolvedDependencies: [{ uri: `git+${repository}@refs/heads/main`, digest: { gitCommit: claims.sha } }],
      },
      runDetails: {
        builder: { id: `${repository}/.forgejo/workflows/release.yml@refs/heads/main` },
        metadata: { invocationId: `${repository}/actions/runs/17` },
      },
    });
  });

  test.each(['repository', 'workflow_ref', 'event_name', 'run_id', 'run_attempt', 'run_number', 'ref', 'sha', 'iss'])(
    'is not made without the claim %s',
    (name) => {
      expect(() => forgejoProvenance({ ...claims, [name]: '' }, 'https://github.com')).toThrow(
        expect.objectContaining({ code: 'TOKEN_INVALID', message: expect.stringContaining(name) }),
      );
    },
  );
});

test.each([
  ['buildkite', 'does not state the source repository'],
  ['circleci', 'does not state the commit that was built'],
  ['email', 'does not describe a build'],
  ['kubernetes', 'does not describe a build'],
  ['spiffe', 'does not describe a build'],
] as const)('there is no provenance for a token of the kind %s', (name, gap) => {
  expect(() => provenanceOf({ name, holder: 'this holder' })).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: `no provenance for this holder: the identity token ${gap}`,
      remedy: 'Set `bundle-format: per-file` to sign without provenance.',
    }),
  );
});
