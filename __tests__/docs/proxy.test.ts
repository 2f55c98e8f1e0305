/** The examples of docs/recipes/proxy.md, in a company's network on loopback. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { exampleJob } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { built } from '../kit/built.ts';
import { companyAuthority, type Listening, serveProxy, serveSecurely, type TestProxy } from '../kit/company-network.ts';
import { blocksUnder } from '../kit/pages.ts';

const page = 'docs/recipes/proxy.md';
const host = 'tuf.corp.test';
let job: Job;
let front: Listening;
let proxy: TestProxy;
beforeAll(async () => {
  job = await Job.start();
  const authority = companyAuthority(new Date());
  await writeFile(job.path('corp-ca.pem'), authority.certificate);
  await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
  front = await serveSecurely(authority.issue(host), ({ url, method }, response) => {
    request(`${job.sandbox.urls.tuf}${url}`, { method }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    }).end();
  });
  proxy = await serveProxy('open', front.port);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await front[Symbol.asyncDispose]();
  await job[Symbol.asyncDispose]();
});

/** Replaces the placeholders: the proxy, and the path of the CA certificate. */
const replaced = (text: string): string =>
  text
    .replaceAll('http://proxy.corp.example:3128', `http://127.0.0.1:${proxy.port}`)
    .replaceAll('/etc/ssl/certs/corp-ca.pem', job.path('corp-ca.pem'))
    .replaceAll('OWNER/REPOSITORY', exampleJob.repository);

/** Runs a script in a folder. Its `npx` runs the built command, which then trusts the sandbox. */
async function shell(
  cwd: string,
  script: string,
  trust: string,
): Promise<{ readonly code: unknown; readonly output: string }> {
  const bin = `${cwd}/bin`;
  await mkdir(bin);
  const options = `--instance sandbox --certificate-oidc-issuer ${job.sandbox.urls.jobIssuer} ${trust}`;
  const npx = `#!/bin/sh
[ "$1 $2" = '--allow-git=root github:OWNER/countersign#COMMIT' ] || exit 99
shift 2
exec '${process.execPath}' '${await built('cli.mjs')}' "$@" ${options}
`;
  await writeFile(`${bin}/npx`, npx);
  await chmod(`${bin}/npx`, 0o755);
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: cwd, XDG_CACHE_HOME: `${cwd}/cache` };
  return new Promise((resolve) => {
    execFile('sh', ['-c', replaced(script)], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: `${stdout}${stderr}` });
    });
  });
}

const tuf = () => ({ 'tuf-url': `https://${host}`, 'tuf-root': job.path('root.json') });
const asked = (): readonly string[] => proxy.asked.map(({ target }) => target);

async function signedFile(): Promise<string> {
  const workspace = await job.workspace({ 'app.tar.gz': 'app' });
  const inputs = { files: 'app.tar.gz', instance: 'sandbox', 'trusted-root': job.path('trusted_root.json') };
  const { conclusion } = await job.sign(workspace, { ...inputs, 'signing-config': job.path('rekor-v2.json') });
  expect(conclusion).toBe('success');
  return workspace;
}

test('the action uses the proxy and the CA certificate of the workflow', async () => {
  const [text = ''] = await blocksUnder(page, 'In a workflow', 'yaml');
  const { env, steps } = parse(replaced(text)).jobs.release;
  const workspace = await job.workspace({ 'dist/app.tar.gz': 'app' });
  const inputs = {
    ...steps.at(-1).with,
    ...tuf(),
    'trusted-root': '',
    instance: 'sandbox',
    'signing-config': job.path('rekor-v2.json'),
  };
  const before = asked().length;
  const { conclusion, log } = await job.sign(workspace, inputs, { env });
  expect([conclusion, log.join('\n')]).toEqual(['success', expect.stringContaining('app.tar.gz')]);
  expect(new Set(asked().slice(before))).toEqual(new Set([`${host}:443`]));

  const { NODE_EXTRA_CA_CERTS: _, ...rest } = env;
  const again = await job.workspace({ 'dist/app.tar.gz': 'app' });
  const without = await job.sign(again, inputs, { env: rest });
  expect(without.conclusion).toBe('failure');
  expect(without.annotations.map(({ message }) => message).join('\n')).toContain('NODE_EXTRA_CA_CERTS');
});

test('so does the command', async () => {
  const [script = ''] = await blocksUnder(page, 'The command', 'sh');
  const cwd = await signedFile();
  const before = asked().length;
  const options = Object.entries(tuf()).map(([name, value]) => `--${name} ${value}`);
  const { code, output } = await shell(cwd, script, options.join(' '));
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^Verified /) });
  expect(asked().slice(before)).toEqual([`${host}:443`]);
});

test('with a trusted root, the command makes no request', async () => {
  const [script = ''] = await blocksUnder(page, 'Without a request', 'sh');
  const cwd = await signedFile();
  await writeFile(`${cwd}/trusted_root.json`, JSON.stringify(job.sandbox.trustedRoot));
  const before = [asked().length, front.sockets.length];
  // The variables of the proxy are set, so that a request would be seen.
  const { code, output } = await shell(
    cwd,
    `HTTPS_PROXY=http://127.0.0.1:${proxy.port}\nexport HTTPS_PROXY\n${script}`,
    '',
  );
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^Verified /) });
  expect([asked().length, front.sockets.length]).toEqual(before);
});
