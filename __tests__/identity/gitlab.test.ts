import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleGitlabJob } from '../../sandbox/index.ts';
import { artifactOfBytes, readBundle, verify } from '../../src/core/verify/index.ts';
import { readIdentityToken } from '../../src/identity/index.ts';
import { loadPolicy, type PolicyRequest, policyUnder } from '../../src/run/policy/index.ts';
import { Workplace } from '../run/workplace.ts';
import { failure } from '../services/loopback.ts';
import { findIn, signIn } from './sign-with.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => {
  place.sandbox.gitlabTokens.configure();
  return place.reset();
});

const definition = 'https://gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main';

async function jobWith(claims: Readonly<Record<string, string>> = {}, audience = 'sigstore') {
  const token = await place.sandbox.gitlabTokens.token(audience, { claims });
  return {
    GITLAB_CI: 'true',
    CI: 'true',
    SIGSTORE_ID_TOKEN: token,
    CI_SERVER_URL: place.sandbox.urls.gitlabIssuer,
  };
}

describe('a job of GitLab', () => {
  test('signs, and the certificate names the pipeline definition', async () => {
    const environment = await jobWith();
    const found = await findIn(place, { environment });
    expect(found).toMatchObject({ title: 'GitLab CI/CD', isDetected: true, mayHang: false });
    const { signed, unsigned } = await signIn(place, { environment });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: {
        subjectAlternativeName: definition,
        issuer: place.sandbox.urls.gitlabIssuer,
        claims: {
          sourceRepositoryUri: 'https://gitlab.com/example-group/example-project',
          sourceRepositoryRef: 'refs/heads/main',
          runInvocationUri: 'https://gitlab.com/example-group/example-project/-/jobs/9001',
        },
      },
    });
  });

  test('is accepted by a policy for its project, and for no other', async () => {
    const { signed } = await signIn(place, { environment: await jobWith() });
    const certificateOidcIssuer = place.sandbox.urls.gitlabIssuer;
    const verified = async (
      request: PolicyRequest,
      issuer: PolicyRequest = { certificateOidcIssuer },
    ): Promise<unknown> => {
      const policy = policyUnder(await loadPolicy({ ...issuer, ...request }, place.world()), place.instance);
      const bundle = readBundle(await readFile(signed[0]?.bundlePath ?? ''));
      return verify(bundle, artifactOfBytes(Buffer.from('a')), place.instance.trust, policy, place.clock());
    };
    const own = { gitlabProject: 'example-group/example-project' };
    await verified({ ...own, denySelfHostedRunners: true, trigger: ['push'] });
    for (const gitlabProject of ['example-group/example', 'example-group/example-project/x', 'example/example-project'])
      expect(await failure(verified({ gitlabProject }))).toMatchObject({ code: 'IDENTITY_MISMATCH' });
    expect(await failure(verified(own, { issuerPreset: 'gitlab' }))).toMatchObject({ code: 'ISSUER_MISMATCH' });
    // The definition is that of the project, and the source is another one.
    const environment = await jobWith({ project_path: 'stranger/project' });
    const other = (await signIn(place, { environment })).signed[0];
    expect(other?.verdict.signer).toMatchObject({ identity: { subjectAlternativeName: definition } });
    expect(await failure(verified(own))).toMatchObject({ code: 'CLAIM_MISMATCH' });
  });

  test('signs for a tag and an environment', async () => {
    const environment = await jobWith({ ref: 'v1', ref_type: 'tag', environment: 'production' });
    const { signed } = await signIn(place, { environment });
    expect(signed[0]?.verdict.signer).toMatchObject({
      identity: { claims: { sourceRepositoryRef: 'refs/tags/v1', deploymentEnvironment: 'production' } },
    });
  });

  test('signs on a server of its own, whose address the definition begins with', async () => {
    const claims = { ci_config_ref_uri: 'git.example.test/g/p//.gitlab-ci.yml@refs/heads/main', project_path: 'g/p' };
    const token = await place.sandbox.gitlabTokens.token('sigstore', { claims });
    const { certificateIdentity, certificateClaims } = readIdentityToken(token, new Date(), 'https://github.com');
    expect(certificateIdentity).toBe('https://git.example.test/g/p//.gitlab-ci.yml@refs/heads/main');
    // The public instance writes gitlab.com for every server, because its configuration has only this one.
    expect(certificateClaims.sourceRepositoryUri).toEqual(['https://git.example.test/g/p', 'https://gitlab.com/g/p']);
  });

  test('without SIGSTORE_ID_TOKEN is told what to add to the job', async () => {
    const { request } = await findIn(place, { environment: { GITLAB_CI: 'true' } });
    expect(await failure(request())).toMatchObject({
      code: 'TOKEN_PERMISSION_MISSING',
      message: 'this job of GitLab CI/CD has no SIGSTORE_ID_TOKEN',
      remedy: expect.stringContaining('  id_tokens:\n    SIGSTORE_ID_TOKEN:\n      aud: sigstore'),
    });
  });

  test('does not sign with a token for another audience, nor with one of another server', async () => {
    expect(
      await failure(signIn(place, { environment: await jobWith({}, 'https://vault.example.test') })),
    ).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the audience of the identity token is not "sigstore"',
    });
    const environment = { ...(await jobWith()), CI_SERVER_URL: 'https://gitlab.example.test/' };
    expect(await failure(signIn(place, { environment }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: `the identity token was issued by ${place.sandbox.urls.gitlabIssuer}, not by https://gitlab.example.test/`,
      remedy: expect.stringContaining('`identity-token`'),
    });
    const token = await place.sandbox.personTokens.token('a@example.test');
    const mail = { ...(await jobWith()), SIGSTORE_ID_TOKEN: token };
    expect(await failure(signIn(place, { environment: mail }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: `the identity token is that of the owner of an email address, issued by ${place.sandbox.urls.personIssuer}, not of GitLab CI/CD`,
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('does not sign if the token lacks the claim that the certificate names', async () => {
    const token = await place.sandbox.gitlabTokens.token('sigstore', { claims: { ci_config_ref_uri: undefined } });
    const environment = { GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: token };
    expect(await failure(signIn(place, { environment }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the identity token has no claim ci_config_ref_uri, which the certificate names',
      remedy: expect.stringContaining('ci_config_ref_uri'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('does not sign for a merge request of a fork, unless it is allowed', async () => {
    const environment = await jobWith({ pipeline_source: 'merge_request_event', project_id: '9999' });
    const changes = { allowDangerousTriggers: false };
    expect(await failure(signIn(place, { environment }, changes))).toMatchObject({
      code: 'TRIGGER_REFUSED',
      message: 'this job runs for a merge request of a fork',
    });
    expect((await signIn(place, { environment }, { allowDangerousTriggers: true })).signed).toHaveLength(1);
  });

  test.each(['private', 'internal'])('of a %s project does not write to a public log', async (visibility) => {
    const environment = await jobWith({ project_visibility: visibility });
    const instance = { ...place.instance, publicLog: true };
    const error = await failure(signIn(place, { environment }, { instance, allowPublicLog: false }));
    expect(error).toMatchObject({ code: 'PUBLIC_LOG_REFUSED' });
    for (const line of ['project_path: example-group/example-project', 'ref: main', 'job_id: 9001'])
      expect(error.message).toContain(`\n  ${line}`);
  });

  test('attests provenance from claims whose signature it verified', async () => {
    const environment = await jobWith();
    const { signed, unsigned } = await signIn(place, { environment }, { format: 'attestation' });
    expect(unsigned).toEqual([]);
    expect(signed[0]?.verdict.content).toMatchObject({
      statement: {
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: { buildDefinition: { buildType: 'urn:countersign:build-type:gitlab-job:v1' } },
      },
    });
    // Signed with the key of another issuer.
    const claims = { ...exampleGitlabJob, iss: place.sandbox.urls.gitlabIssuer };
    const forged = await place.sandbox.buildkiteTokens.token('sigstore', { claims });
    const stranger = { ...environment, SIGSTORE_ID_TOKEN: forged };
    expect(await failure(signIn(place, { environment: stranger }, { format: 'attestation' }))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('is not signed with a key published by'),
    });
    const plain = await signIn(place, { environment: stranger });
    expect(plain.signed).toEqual([]);
    expect(plain.unsigned[0]?.error).toMatchObject({
      code: 'SERVICE_REFUSED',
      remedy: expect.stringContaining('The certificate authority rejected the identity token.'),
    });
  });
});
