import { describe, expect, test } from '@jest/globals';
import { exampleForgejoJob, exampleGitlabJob, exampleJob } from '../../sandbox/index.ts';
import { checkIssuer, checkPrivacy, checkTrigger, readIdentityToken } from '../../src/identity/index.ts';

describe('checkPrivacy', () => {
  const claims = { ...exampleJob, sub: 'repo:example-org/example-repo:environment:prod', environment: 'prod' };

  test.each(['private', 'internal'])(
    'a repository that is %s is told all that a public log would show',
    (visibility) => {
      const check = () => checkPrivacy({ ...claims, repository_visibility: visibility }, false);
      expect(check).toThrow(expect.objectContaining({ code: 'PUBLIC_LOG_REFUSED', exitCode: 2 }));
      expect(check).toThrow(
        `this repository is ${visibility}, and signing would permanently publish these claims in a public log:`,
      );
      for (const name of [
        'repository',
        'workflow_ref',
        'job_workflow_ref',
        'ref',
        'sha',
        'event_name',
        'run_id',
        'environment',
        'sub',
      ] as const) {
        expect(check).toThrow(`\n  ${name}: ${claims[name]}`);
      }
      expect(check).toThrow(expect.objectContaining({ remedy: expect.stringContaining('`public-log: allow`') }));
    },
  );

  test('what a repository says of itself in a word that is not known yet is not taken for public', () => {
    expect(() => checkPrivacy({ ...claims, repository_visibility: 'secret' }, false)).toThrow(
      'this repository is secret',
    );
  });

  test('where it is allowed, nothing is refused', () => {
    expect(() => checkPrivacy({ ...claims, repository_visibility: 'private' }, true)).not.toThrow();
  });

  test('a public repository, and a token that is not of a repository, are not refused', () => {
    expect(() => checkPrivacy(claims, false)).not.toThrow();
    expect(() => checkPrivacy({ email: 'someone@example.org' }, false)).not.toThrow();
  });
});

describe('checkTrigger', () => {
  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
    '%s is refused unless it is allowed',
    (event_name) => {
      const check = (allowed: boolean) => () => checkTrigger({ ...exampleJob, event_name }, allowed);
      expect(check(false)).toThrow(
        expect.objectContaining({ code: 'TRIGGER_REFUSED', message: expect.stringContaining(event_name) }),
      );
      expect(check(true)).not.toThrow();
    },
  );

  test.each(['push', 'release', 'workflow_dispatch', 'schedule', 'pull_request', 'merge_group'])(
    '%s is not',
    (event_name) => {
      expect(() => checkTrigger({ ...exampleJob, event_name }, false)).not.toThrow();
    },
  );

  test('a token without an event is not of a job', () => {
    expect(() => checkTrigger({ email: 'someone@example.org' }, false)).not.toThrow();
  });
});

describe('checkIssuer', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const check = (iss: string, claims: object, instance: string) => () => {
    const payload = { iss, aud: 'sigstore', sub: 'subject', exp: now.getTime() / 1000 + 300, ...claims };
    checkIssuer(
      readIdentityToken(`${encode({ alg: 'RS256' })}.${encode(payload)}.c2ln`, now, 'https://github.com'),
      instance,
    );
  };
  const github = 'https://token.actions.githubusercontent.com';
  const codeberg = 'https://codeberg.org/api/actions';
  const enterprise = 'https://git.example.test/_services/token';

  test.each([
    ['public-good', codeberg, exampleForgejoJob, 'does not issue certificates to jobs of codeberg.org'],
    ['staging', codeberg, exampleForgejoJob, 'does not issue certificates to jobs of codeberg.org'],
    ['github', codeberg, exampleForgejoJob, 'does not issue certificates to jobs of codeberg.org'],
    ['public-good', enterprise, exampleJob, 'does not issue certificates to jobs of git.example.test'],
    ['github', 'https://gitlab.com', exampleGitlabJob, 'does not issue certificates to a job of GitLab CI/CD'],
    ['github', 'https://issuer.test', { email: 'a@example.test' }, 'to the owner of an email address'],
  ])('%s refuses a token of %s', (instance, iss, claims, message) => {
    expect(check(iss, claims, instance)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining('`instance: custom`'),
      }),
    );
  });

  test.each([
    ['public-good', github, exampleJob],
    ['github', github, exampleJob],
    ['custom', codeberg, exampleForgejoJob],
    ['sandbox', enterprise, exampleJob],
    ['public-good', 'https://gitlab.com', exampleGitlabJob],
  ])('%s does not refuse a token of %s', (instance, iss, claims) => {
    expect(check(iss, claims, instance)).not.toThrow();
  });
});
