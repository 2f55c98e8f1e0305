/** The command in a company's network, whose proxy is the only way out, and whose certificates Node.js does not know by itself. */

import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Job } from '../action/job.ts';
import { companyAuthority, type Listening, serveProxy, serveSecurely, type Tunnel } from '../kit/company-network.ts';
import { countersign, type Run } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
let front: Listening;
beforeAll(async () => {
  job = await Job.start();
  const authority = companyAuthority(new Date());
  await writeFile(job.path('ca.pem'), authority.certificate);
  await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
  front = await serveSecurely(authority.issue('tuf.corp.test'), ({ url, method }, response) => {
    request(`${job.sandbox.urls.tuf}${url}`, { method }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    }).end();
  });
});
afterAll(async () => {
  await front[Symbol.asyncDispose]();
  await job[Symbol.asyncDispose]();
});

/** Signs a file, and verifies it with a trusted root that comes from https://tuf.corp.test. */
async function verify(env: Readonly<Record<string, string>>): Promise<Run> {
  const cwd = await job.workspace({ a: 'a' });
  const signing = ['--signing-config', job.path('rekor-v2.json'), '--trusted-root', job.path('trusted_root.json')];
  const token = { SIGSTORE_ID_TOKEN: await job.sandbox.personTokens.token(person) };
  const signed = await countersign(job, ['sign', 'a', '--instance', 'sandbox', ...signing], { cwd, env: token });
  const stderr = 'Identity token: the environment variable SIGSTORE_ID_TOKEN\n';
  expect({ code: signed.code, stderr: signed.stderr }).toEqual({ code: 0, stderr });
  const trusting = ['--instance', 'sandbox', '--tuf-url', 'https://tuf.corp.test', '--tuf-root', job.path('root.json')];
  const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
  const cache = { XDG_CACHE_HOME: `${cwd}/cache` };
  return countersign(job, ['verify', 'a', ...trusting, ...policy], { cwd, env: { ...cache, ...env } });
}

const ca = (): Readonly<Record<string, string>> => ({ NODE_EXTRA_CA_CERTS: job.path('ca.pem') });

test.each<[what: string, tunnel: Tunnel, variable: string, account: string]>([
  ['any proxy', 'open', 'HTTPS_PROXY', ''],
  ['a proxy with an account', { account: 'us@r:p@ss:w%rd' }, 'https_proxy', 'us%40r:p@ss:w%rd@'],
])('%s is used, with the certificates of NODE_EXTRA_CA_CERTS', async (_, tunnel, variable, account) => {
  await using proxy = await serveProxy(tunnel, front.port);
  const run = await verify({ ...ca(), [variable]: `http://${account}127.0.0.1:${proxy.port}`, NO_PROXY: '10.0.0.0/8' });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  // One tunnel is used for all files.
  expect(proxy.asked.map(({ target }) => target)).toEqual(['tuf.corp.test:443']);
});

test('without them, the error names the variable', async () => {
  await using proxy = await serveProxy('open', front.port);
  const run = await verify({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
  expect(run.code).toBe(6);
  expect(run.stderr).toMatch(/^SERVICE_UNAVAILABLE: the TUF repository .*UNABLE_TO_.*\n.*NODE_EXTRA_CA_CERTS/);
});

test('a host that no_proxy lists is not looked for there', async () => {
  await using proxy = await serveProxy('open', front.port);
  const run = await verify({ ...ca(), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, no_proxy: '*.corp.test' });
  expect([6, 9]).toContain(run.code);
  expect(proxy.asked).toEqual([]);
});

test('an account is in no message', async () => {
  for (const value of [
    'http://user:hunter2@127.0.0.1:9',
    'http://user:hunter2@proxy host',
    'socks5://user:hunter2@a:1',
  ]) {
    const run = await verify({ ...ca(), HTTPS_PROXY: value });
    expect(run.code).not.toBe(0);
    expect(`${run.stdout}${run.stderr}`).toContain('HTTPS_PROXY');
    expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
  }
});
