/** The action against services that repeat the tokens that they are sent. The runner looks for each form in all that comes of it. */

import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countersign } from '../cli/command.ts';
import { echoesOf } from '../kit/echoes.ts';
import { type Answering, answering, type Received } from '../services/loopback.ts';
import { failure, Job } from './job.ts';

let job: Job;
let workspace: string;
beforeAll(async () => {
  job = await Job.start();
  workspace = await job.workspace({ a: 'a' });
});
afterAll(() => job[Symbol.asyncDispose]());

const opaque = '61b0f2b9f4595c1524a93b534796b28469572532a49996b2b1627caefbda9086';
/** Those that differ most; the tests of the clients of services go through all of them. */
const forms = [
  'plain',
  'in lines',
  'with zero-width spaces',
  'with blanks',
  'base64',
  'the payload decoded',
  'the signature alone',
  'workflow commands',
  'HTML',
  'reversed',
];

/** Returns the token of the header, or of the body of a request to a certificate authority. */
function tokenIn({ headers, body }: Received): string {
  const bearer = headers.authorization?.replace(/^Bearer /i, '');
  return bearer ?? JSON.parse(String(body)).credentials.oidcIdentityToken;
}

/** A service that repeats the token wherever it can, in one form, with a status. */
function echoing(form: string, status: number, seen: string[]): Promise<Answering> {
  return answering((request) => {
    const token = tokenIn(request);
    seen.push(token);
    const echo = echoesOf(token)[form] ?? '';
    const body = form === 'HTML' ? echo : JSON.stringify({ code: 3, message: `bad: ${echo}`, [echo]: echo });
    return { status, body, headers: { location: `http://127.0.0.1:9/steal?${token}`, 'x-token': token } };
  });
}

/** A signing config whose certificate authority is this. */
async function configOf(origin: string): Promise<string> {
  const path = job.path('echoing.json');
  const [authority] = job.sandbox.signingConfig.caUrls as readonly object[];
  await writeFile(path, JSON.stringify({ ...job.sandbox.signingConfig, caUrls: [{ ...authority, url: origin }] }));
  return path;
}

describe('a certificate authority that repeats the identity token', () => {
  test.each(forms)('%s', async (form) => {
    const seen: string[] = [];
    await using authority = await echoing(form, form === 'plain' ? 307 : 400, seen);
    const inputs = { files: 'a', 'signing-config': await configOf(authority.origin) };
    const result = await job.sign(workspace, inputs, { env: { RUNNER_DEBUG: '1' } });
    expect(seen.map((token) => token.split('.').length)).toEqual([3]);
    expect(failure(result)).toContain(`the certificate authority (${authority.origin}) responded`);
  });

  test('and is down: the notices that it is asked again show nothing', async () => {
    const seen: string[] = [];
    await using authority = await echoing('with blanks', 503, seen);
    const inputs = { files: 'a', 'signing-config': await configOf(authority.origin), 'retry-budget': '1s' };
    const result = await job.sign(workspace, inputs);
    expect(failure(result)).toContain('responded with 503: INVALID_ARGUMENT');
  });

  test('to the command', async () => {
    const token = await job.sandbox.personTokens.token('a@example.org');
    for (const form of forms) {
      await using authority = await echoing(form, 400, []);
      const config = [
        '--signing-config',
        await configOf(authority.origin),
        '--trusted-root',
        job.path('trusted_root.json'),
      ];
      const args = ['sign', 'a', '--instance', 'sandbox', '--retry-budget', '0', ...config];
      const run = await countersign(job, args, { cwd: workspace, env: { SIGSTORE_ID_TOKEN: token } });
      expect(run.code).toBe(6);
      expect(run.stderr).toMatch(
        /^Identity token: .*\nSERVICE_REFUSED: .* responded with 400(?:: INVALID_ARGUMENT)?\n/,
      );
      expect(run.stderr).not.toContain('bad:');
    }
  });
});

describe('a token endpoint that repeats the request token', () => {
  const tokens = [
    ['a JSON Web Token', () => job.sandbox.artifactService.job.token],
    ['an opaque token', () => opaque],
  ] as const;
  test.each(
    tokens.flatMap(([kind, token]) =>
      ['plain', 'with zero-width spaces', 'base64', 'reversed', 'HTML'].map((form) => [kind, form, token] as const),
    ),
  )('%s: %s', async (_, form, token) => {
    const seen: string[] = [];
    await using endpoint = await echoing(form, 400, seen);
    const requestUrl = `${endpoint.origin.replace('//', '//user:hunter2@')}/?job=query-of-the-job`;
    const result = await job.sign(workspace, { files: 'a' }, { idToken: { requestUrl, requestToken: token() } });
    expect(seen).toEqual([token()]);
    expect(failure(result)).toBe(`SERVICE_REFUSED: GitHub's identity provider (${endpoint.origin}) responded with 400`);
    expect(JSON.stringify(result.rawLog)).not.toMatch(/hunter2|query-of-the-job/);
  });

  test('the tokens are masked before anything else is printed', async () => {
    const result = await job.sign(workspace, { files: 'a', 'bundle-dir': 'masked' });
    const lines = result.rawLog.map(({ text }) => text);
    expect(lines[0]).toBe(`::add-mask::${job.sandbox.jobTokens.requestToken}`);
    const masked = lines.filter((line) => line.startsWith('::add-mask::')).map((line) => line.slice(12));
    const token = masked.find((value) => value.split('.').length === 3) ?? '';
    expect(masked).toEqual(expect.arrayContaining([token, ...token.split('.').slice(1)]));
    expect(lines.slice(0, masked.length).every((line) => line.startsWith('::add-mask::'))).toBe(true);
  });
});

test.each(['HTTPS_PROXY', 'https_proxy', 'http_proxy', 'HTTP_PROXY'])(
  'the password of a proxy (%s) is in no error',
  async (variable) => {
    const run = await countersign(job, ['tree', 'registry.example.test/a:1'], {
      cwd: workspace,
      env: { [variable]: 'http://user:hunter2@127.0.0.1:9' },
    });
    expect(run.code).not.toBe(0);
    expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
    const broken = await countersign(job, ['tree', 'registry.example.test/a:1'], {
      cwd: workspace,
      env: { [variable]: 'http://user:hunter2@[/' },
    });
    expect(broken.code).not.toBe(0);
    expect(`${broken.stdout}${broken.stderr}`).not.toContain('hunter2');
  },
);

test.each([
  [
    '--tuf-url',
    [
      'verify',
      'a',
      '--certificate-identity',
      'x',
      '--certificate-oidc-issuer',
      'y',
      '--instance',
      'custom',
      '--tuf-root',
      'a',
    ],
  ],
  ['--registry', ['tree', 'ghcr.io/a/b:1', '--registry-username', 'me', '--registry-password-file', 'a']],
] as const)('the password in the URL of %s is in no error', async (option, args) => {
  for (const url of [
    'https://user:hunter2@127.0.0.1:9',
    'ftp://user:hunter2@x/',
    '//user:hunter2@x',
    'user:hunter2@x',
  ]) {
    const run = await countersign(job, [...args, option, url], { cwd: workspace });
    expect(run.code).not.toBe(0);
    expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
  }
});

test.each([
  'user:hunter2@ghcr.io/a/b:1',
  'https://user:hunter2@ghcr.io/a/b:1',
  'https://user:hun/hunter2@ghcr.io/a/b',
  'user:hunter2@ghcr.io',
])('the password in the name of an image is in no error: %s', async (image) => {
  const run = await countersign(job, ['tree', image], { cwd: workspace });
  expect(run.code).toBe(2);
  expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
});
