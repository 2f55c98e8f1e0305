import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SignRequest } from '../../src/run/sign/index.ts';
import { Workplace } from '../run/workplace.ts';
import { failure } from '../services/loopback.ts';
import { findIn, programFolder, signIn } from './sign-with.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const pipeline = 'https://buildkite.com/example-org/example-pipeline';

/** A job with an agent, which checks its arguments and prints a token. */
async function jobWith(claims: Readonly<Record<string, string | undefined>> = {}) {
  const token = await place.sandbox.buildkiteTokens.token('sigstore', { claims });
  const path = join(place.folder, '.token');
  await writeFile(path, `${token}\n`);
  const script = `[ "$*" = "oidc request-token --audience sigstore" ] || exit 64\nexec cat ${path}`;
  return { BUILDKITE: 'true', PATH: `${await programFolder(place, 'buildkite-agent', script)}:${process.env.PATH}` };
}

describe('a job of Buildkite', () => {
  test('signs, and the certificate names the pipeline', async () => {
    const environment = await jobWith();
    expect(await findIn(place, { environment })).toMatchObject({ title: 'Buildkite', isDetected: true });
    const { signed, unsigned } = await signIn(place, { environment });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: {
        subjectAlternativeName: pipeline,
        issuer: place.sandbox.urls.buildkiteIssuer,
        claims: {
          runnerEnvironment: 'buildkite-hosted',
          buildTrigger: 'webhook',
          runInvocationUri: expect.stringMatching(`^${pipeline}/builds/17#`),
        },
      },
    });
  });

  test.each<[what: string, script: string | undefined, problem: string]>([
    ['cannot be found', undefined, 'cannot be started (ENOENT)'],
    ['fails', 'echo s3cr3t; echo s3cr3t >&2; exit 3', 'exited with code 3'],
    ['prints nothing', 'exit 0', 'printed no token'],
    ['prints too much', 'exec head -c 100000 /dev/zero', 'printed more than 65536 bytes'],
  ])('whose agent %s is told what to do, without what the agent printed', async (_, script, problem) => {
    const folder = script === undefined ? '/nowhere' : await programFolder(place, 'buildkite-agent', script);
    const PATH = script === undefined ? folder : `${folder}:${process.env.PATH}`;
    const error = await failure(signIn(place, { environment: { BUILDKITE: 'true', PATH } }));
    expect(error).toMatchObject({
      code: 'TOKEN_PERMISSION_MISSING',
      message: `no identity token: buildkite-agent ${problem}`,
      remedy: expect.stringContaining('mount-buildkite-agent'),
    });
    expect(inspect(error, { depth: null })).not.toContain('s3cr3t');
  });

  test('does not sign if the agent prints something other than a token of Buildkite', async () => {
    const token = await place.sandbox.gitlabTokens.token('sigstore');
    const PATH = `${await programFolder(place, 'buildkite-agent', `echo ${token}`)}:${process.env.PATH}`;
    const error = await failure(signIn(place, { environment: { BUILDKITE: 'true', PATH } }));
    expect(error).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('a job of GitLab CI/CD') });
    expect(place.count('fulcio')).toBe(0);
  });

  test('does not sign for a pull request of a fork, whose branch has the name of its owner', async () => {
    const environment = await jobWith({ build_branch: 'stranger:main' });
    const error = await failure(signIn(place, { environment }, { allowDangerousTriggers: false }));
    expect(error).toMatchObject({ code: 'TRIGGER_REFUSED', message: 'this job builds a pull request of a fork' });
  });

  test('learns what a public log will show, because the token does not state the visibility', async () => {
    const shown: string[] = [];
    const onPublication: SignRequest['onPublication'] = (claims) => shown.push(...claims.map(({ name }) => name));
    const environment = await jobWith();
    await signIn(place, { environment }, { onPublication });
    expect(shown).toEqual([]);
    const instance = { ...place.instance, publicLog: true };
    await signIn(place, { environment }, { onPublication, instance, allowPublicLog: true });
    expect(shown).toEqual([]);
    await signIn(place, { environment }, { onPublication, instance });
    expect(shown).toEqual(expect.arrayContaining(['organization_slug', 'pipeline_slug', 'build_commit', 'sub']));
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
