import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Workplace } from '../run/workplace.ts';
import { failure } from '../services/loopback.ts';
import { findIn, programFolder, signIn } from './sign-with.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const definition =
  'https://circleci.com/api/v2/projects/01900000-0000-4000-8000-00000000a002/pipeline-definitions/01900000-0000-4000-8000-00000000a004';

/** A job with the command of CircleCI, which checks its arguments and prints a token. */
async function jobWith(claims: Readonly<Record<string, string | boolean | undefined>> = {}) {
  const token = await place.sandbox.circleciTokens.token('sigstore', { claims });
  const path = join(place.folder, '.token');
  await writeFile(path, `${token}\n`);
  const script = `[ "$*" = 'run oidc get --claims {"aud":"sigstore"} --root-issuer' ] || exit 64\nexec cat ${path}`;
  return {
    CIRCLECI: 'true',
    CIRCLE_OIDC_TOKEN_V2: 'of the organization',
    PATH: `${await programFolder(place, 'circleci', script)}:${process.env.PATH}`,
  };
}

describe('a job of CircleCI', () => {
  test('signs, and the certificate names the pipeline definition', async () => {
    const environment = await jobWith();
    expect(await findIn(place, { environment })).toMatchObject({ title: 'CircleCI', isDetected: true });
    const { signed, unsigned } = await signIn(place, { environment });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: {
        subjectAlternativeName: definition,
        issuer: place.sandbox.urls.circleciIssuer,
        claims: {
          sourceRepositoryUri: 'github.com/example-org/example-repo',
          sourceRepositoryRef: 'refs/heads/main',
          runnerEnvironment: '""',
        },
      },
    });
  });

  test('without the command is told to run it in a job with a context', async () => {
    const environment = { CIRCLECI: 'true', CIRCLE_OIDC_TOKEN_V2: 'x', PATH: '/nowhere' };
    expect(await failure(signIn(place, { environment }))).toMatchObject({
      code: 'TOKEN_PERMISSION_MISSING',
      message: 'no identity token: circleci cannot be started (ENOENT)',
      remedy: expect.stringContaining('$CIRCLE_OIDC_TOKEN_V2 cannot be used'),
    });
  });

  test('does not sign without the ID of the pipeline definition', async () => {
    const environment = await jobWith({ 'oidc.circleci.com/pipeline-definition-id': undefined });
    expect(await failure(signIn(place, { environment }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('oidc.circleci.com/pipeline-definition-id'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test.each<[claims: Readonly<Record<string, string | boolean>>, reason: string]>([
    [{ 'oidc.circleci.com/ssh-rerun': true }, 'is a rerun with SSH, in which people can log in'],
    [{ 'oidc.circleci.com/vcs-ref': 'refs/heads/pull/7' }, 'builds a pull request of a fork'],
    [{ 'oidc.circleci.com/vcs-ref': 'refs/pull/7/head' }, 'builds a pull request of a fork'],
  ])('does not sign with %j, unless it is allowed', async (claims, reason) => {
    const environment = await jobWith(claims);
    const error = await failure(signIn(place, { environment }, { allowDangerousTriggers: false }));
    expect(error).toMatchObject({ code: 'TRIGGER_REFUSED', message: `this job ${reason}` });
    expect((await signIn(place, { environment }, { allowDangerousTriggers: true })).signed).toHaveLength(1);
  });

  test('has no provenance, because the token does not state what was built', async () => {
    expect(await failure(signIn(place, { environment: await jobWith() }, { format: 'attestation' }))).toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/^no provenance for a job of /),
      remedy: expect.stringContaining('`bundle-format: per-file`'),
    });
    expect(place.count('fulcio')).toBe(0);
  });
});
