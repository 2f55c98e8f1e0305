import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { exampleJob, startSandbox } from '../../sandbox/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { readIdentityToken, requestToken, tokenEndpoint } from '../../src/identity/index.ts';
import { Secret } from '../../src/node/index.ts';
import { expectFailure } from '../core/errors/failure.ts';
import { echoingBodies } from '../kit/echoes.ts';
import { type Answer, answering, failure, withHttp } from '../services/loopback.ts';

const url = 'https://token.example.test/request?job=1';
const requestSecret = 'eyJyZXF1ZXN0Ijoi.eyJ0b2tlbiI6.c2VjcmV0';

describe('the endpoint in the environment', () => {
  test('is found', () => {
    const environment = {
      ACTIONS_ID_TOKEN_REQUEST_URL: url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestSecret,
      OTHER: 'x',
    };
    const endpoint = tokenEndpoint(environment);
    expect(endpoint.url).toBe(url);
    expect(endpoint.requestToken.reveal()).toBe(requestSecret);
    expect(`${inspect(endpoint)} ${JSON.stringify(endpoint)} ${endpoint.requestToken}`).not.toContain(requestSecret);
  });

  test.each<[what: string, environment: Record<string, string | undefined>]>([
    ['neither', {}],
    ['no URL', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestSecret }],
    ['no token', { ACTIONS_ID_TOKEN_REQUEST_URL: url }],
    ['an empty URL', { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestSecret }],
    ['an empty token', { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }],
    ['undefined', { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined }],
  ])('with %s in it, the remedy is the two lines of YAML', (_, environment) => {
    let error: unknown;
    try {
      tokenEndpoint(environment);
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof CountersignError)) throw new Error('an endpoint was found');
    expect(error.code).toBe('TOKEN_PERMISSION_MISSING');
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe('this job is not allowed to request an identity token');
    expect(error.remedy).toContain('\n  permissions:\n    id-token: write\n');
    expect(error.remedy).toContain('A pull request from a fork never has this permission.');
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|c2VjcmV0/);
  });

  test.each(['GITEA_ACTIONS', 'FORGEJO_ACTIONS'])(
    'is none where %s is set, and the remedy is that of these servers',
    (name) => {
      const error = expectFailure(
        () => tokenEndpoint({ GITHUB_ACTIONS: 'true', [name]: 'true' }),
        'TOKEN_PERMISSION_MISSING',
        /./,
      );
      expect(error.remedy).toContain('`enable-openid-connect: true`');
      expect(error.remedy).not.toContain('id-token: write');
    },
  );
});

describe('the request', () => {
  test.each([
    ['/idtoken?api-version=2.0', '/idtoken?api-version=2.0&audience=sigstore'],
    ['/idtoken', '/idtoken?audience=sigstore'],
    ['/idtoken?', '/idtoken?audience=sigstore'],
    ['/idtoken?a=%20b&c=d%26e', '/idtoken?a=+b&c=d%26e&audience=sigstore'],
    ['/idtoken?audience=another&x=1', '/idtoken?audience=sigstore&x=1'],
    ['/idtoken?audience=one&audience=two', '/idtoken?audience=sigstore'],
  ])('for %s is GET %s, with the bearer token', async (path, asked) => {
    await using server = await answering({ body: '{"value":"the.token.itself","count":1}' });
    const token = await withHttp((http) =>
      requestToken(http, { url: `${server.origin}${path}`, requestToken: new Secret(requestSecret) }),
    );
    expect(token.reveal()).toBe('the.token.itself');
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'GET', url: asked });
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${requestSecret}`, accept: 'application/json' });
    expect(request?.body).toHaveLength(0);
  });
});

describe('an answer', () => {
  const ask = (origin: string) =>
    failure(
      withHttp((http) => requestToken(http, { url: `${origin}/?job=1`, requestToken: new Secret(requestSecret) })),
    );

  test.each<[status: number, code: string]>([
    [201, 'SERVICE_REFUSED'],
    [302, 'SERVICE_REFUSED'],
    [401, 'SERVICE_REFUSED'],
    [403, 'SERVICE_REFUSED'],
    [404, 'SERVICE_REFUSED'],
    [429, 'SERVICE_UNAVAILABLE'],
    [500, 'SERVICE_UNAVAILABLE'],
    [503, 'SERVICE_UNAVAILABLE'],
  ])('of status %d is %s', async (status, code) => {
    await using server = await answering({ status, body: JSON.stringify({ message: `no: Bearer ${requestSecret}` }) });
    const error = await ask(server.origin);
    expect(error.code).toBe(code);
    expect(error.message).toBe(`GitHub's identity provider (${server.origin}) responded with ${status}`);
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|c2VjcmV0/);
    // Only these say that the job may not ask.
    expect(error.remedy?.includes('`id-token: write`') ?? false).toBe([401, 403].includes(status));
  });

  test.each<[what: string, answer: Answer, problem: string]>([
    ['without a value', { body: '{"count":0}' }, '.value is missing'],
    ['with an empty value', { body: '{"value":""}' }, '.value is missing'],
    ['with null', { body: '{"value":null}' }, '.value is missing'],
    ['with a value that is no text', { body: '{"value":{"value":"x"}}' }, '.value is not a string'],
    ['that is no object', { body: '"the.token.itself"' }, 'is not the expected JSON'],
    ['that is not JSON', { body: 'the.token.itself' }, 'is not the expected JSON'],
    ['of HTML', { body: '<html></html>' }, 'is not the expected JSON'],
    ['of nothing', { body: '' }, 'is not the expected JSON'],
  ])('%s is refused', async (_, answer, problem) => {
    await using server = await answering(answer);
    const error = await ask(server.origin);
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(`the response of GitHub's identity provider (${server.origin})`);
    expect(error.message).toContain(problem);
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|the\.token/);
  });

  test('of more than 1 MiB is refused', async () => {
    await using server = await answering({ body: `{"value":"${'x'.repeat(1024 * 1024)}"}` });
    const error = await ask(server.origin);
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toBe(`GitHub's identity provider (${server.origin}) sent more than 1048576 bytes`);
  });
});

test.each(echoingBodies(requestSecret))(
  'no form of a token that the endpoint repeats is shown: %s',
  async (_, body) => {
    for (const status of [200, 307, 400, 401, 403, 500]) {
      const headers = { location: `http://127.0.0.1:9/?${requestSecret}`, 'x-token': requestSecret };
      await using server = await answering({ status, headers, body });
      const endpoint = { url: `${server.origin}/?job=secret-of-the-query`, requestToken: new Secret(requestSecret) };
      const error = await failure(withHttp((http) => requestToken(http, endpoint)));
      const where = `the response of GitHub's identity provider (${server.origin})`;
      const unread = [`${where}.value is missing`, `${where} is not the expected JSON`];
      const answered = [`GitHub's identity provider (${server.origin}) responded with ${status}`];
      expect(status === 200 ? unread : answered).toContain(error.message);
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|c2VjcmV0|secret-of/);
    }
  },
);

test('the sandbox gives a job its token', async () => {
  await using sandbox = await startSandbox();
  const { requestUrl, requestToken: right } = sandbox.jobTokens;
  const token = await withHttp((http) => requestToken(http, { url: requestUrl, requestToken: new Secret(right) }));
  const identity = readIdentityToken(token.reveal(), new Date(), 'https://github.com');
  expect(identity).toMatchObject({
    issuer: sandbox.urls.jobIssuer,
    challenge: 'repo:example-org/example-repo:ref:refs/heads/main',
    certificateIdentity: `https://github.com/${exampleJob.job_workflow_ref}`,
  });
  expect(identity.token.reveal()).toBe(token.reveal());
  const error = await failure(
    withHttp((http) => requestToken(http, { url: requestUrl, requestToken: new Secret('wrong') })),
  );
  expect(error.code).toBe('SERVICE_REFUSED');
  expect(error.message).toMatch(/responded with 401$/);
  expect(error.remedy).toContain('id-token: write');
});

test('an address that is none is not asked', () => {
  expect(() =>
    tokenEndpoint({ ACTIONS_ID_TOKEN_REQUEST_URL: 'is not a URL', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret' }),
  ).toThrow(
    expect.objectContaining({ code: 'TOKEN_PERMISSION_MISSING', message: expect.not.stringContaining('secret') }),
  );
});
