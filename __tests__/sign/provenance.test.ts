import { describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { buildProvenance } from '../../src/sign/index.ts';

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
