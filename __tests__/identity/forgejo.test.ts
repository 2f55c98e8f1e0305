import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Workplace } from '../run/workplace.ts';
import { failure } from '../services/loopback.ts';
import { findIn, signIn } from './sign-with.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => {
  place.sandbox.forgejoTokens.configure();
  return place.reset();
});

const server = (): string => place.sandbox.urls.forgejoIssuer.replace('/api/actions', '');

/** The environment of a job of Forgejo, which has GitHub's variables. */
function job(changes: Readonly<Record<string, string | undefined>> = {}) {
  const { requestUrl, requestToken } = place.sandbox.forgejoTokens;
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    FORGEJO_ACTIONS: 'true',
    GITHUB_SERVER_URL: server(),
    ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    ...changes,
  };
}

describe('a job of Forgejo', () => {
  test('signs, and the certificate names the workflow on its server', async () => {
    const environment = job();
    expect(await findIn(place, { environment })).toMatchObject({ title: 'Forgejo Actions', isDetected: true });
    const { signed, unsigned } = await signIn(place, { environment });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: {
        subjectAlternativeName: `${server()}/example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main`,
        issuer: place.sandbox.urls.forgejoIssuer,
        claims: {
          sourceRepositoryUri: `${server()}/example-org/example-repo`,
          sourceRepositoryIdentifier: '7301',
          runInvocationUri: `${server()}/example-org/example-repo/actions/runs/17`,
        },
      },
    });
  });

  test('is not taken for a job of GitHub because of its variables: the issuer of the token decides', async () => {
    // Without the variable of its own, only the token tells.
    const environment = job({ FORGEJO_ACTIONS: undefined });
    expect(await findIn(place, { environment })).toMatchObject({ title: 'GitHub Actions' });
    expect(await failure(signIn(place, { environment }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: `the identity token is that of a job of Forgejo Actions, issued by ${place.sandbox.urls.forgejoIssuer}, not of GitHub Actions`,
      remedy: expect.stringContaining('`identity-provider`'),
    });
    expect(place.count('fulcio')).toBe(0);
    expect((await signIn(place, { environment, provider: 'forgejo' })).signed).toHaveLength(1);
  });

  test('does not sign with a token of GitHub, nor with one of another server', async () => {
    const { requestUrl } = place.sandbox.jobTokens;
    expect(
      await failure(signIn(place, { environment: job({ ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl }) })),
    ).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('a job of GitHub Actions'),
    });
    expect(
      await failure(signIn(place, { environment: job({ GITHUB_SERVER_URL: 'https://codeberg.org' }) })),
    ).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('not by https://codeberg.org/api/actions'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('without the variables is told which key to set in the workflow', async () => {
    const environment = job({ ACTIONS_ID_TOKEN_REQUEST_URL: undefined });
    expect(await failure(signIn(place, { environment }))).toMatchObject({
      code: 'TOKEN_PERMISSION_MISSING',
      remedy: expect.stringContaining('`enable-openid-connect: true`'),
    });
  });

  test('does not sign without the workflow in the token', async () => {
    place.sandbox.forgejoTokens.configure({ claims: { workflow_ref: undefined } });
    expect(await failure(signIn(place, { environment: job() }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the identity token has no claim workflow_ref, which the certificate names',
    });
  });

  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])('does not sign on %s', async (event_name) => {
    place.sandbox.forgejoTokens.configure({ claims: { event_name } });
    expect(await failure(signIn(place, { environment: job() }, { allowDangerousTriggers: false }))).toMatchObject({
      code: 'TRIGGER_REFUSED',
      message: `this job was triggered by ${event_name}, which anyone can trigger`,
    });
  });

  test('attests provenance from claims whose signature it verified', async () => {
    const environment = job();
    const { signed, unsigned } = await signIn(place, { environment }, { format: 'attestation' });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.content).toMatchObject({
      statement: {
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: { buildDefinition: { buildType: 'urn:countersign:build-type:forgejo-workflow:v1' } },
      },
    });
    place.sandbox.misbehave('oidc:another-key');
    expect(await failure(signIn(place, { environment }, { format: 'attestation' }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('is not signed with a key published by'),
    });
  });
});
