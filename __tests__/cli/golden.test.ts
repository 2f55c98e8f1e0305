/** Compares what users see with the files in golden/. `COUNTERSIGN_GOLDEN=write` writes these files again. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign } from './command.ts';

const folder = join(import.meta.dirname, 'golden');
const compared = new Set<string>();

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'app.tar.gz': 'app', 'tool.zip': 'tool', 'unsigned.txt': 'unsigned' });
});
afterAll(() => job[Symbol.asyncDispose]());

/** Runs a command, and returns its command line, output and exit code as a terminal would show them. */
async function shown(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const run = await countersign(job, args, { cwd, env });
  const output = [run.stdout, run.stderr === '' ? '' : `[standard error]\n${run.stderr}`].join('');
  return `$ countersign ${args.join(' ')}\n${output}[exit code ${run.code}]\n`;
}

/** Replaces what differs between runs. Escape sequences are written out. */
function normalized(text: string): string {
  const { urls } = job.sandbox;
  const names = Object.entries(urls).map(([name, url]) => [new URL(url).host, name] as const);
  const hosts = names.reduce((result, [host, name]) => result.replaceAll(host, `${name}.sandbox`), text);
  return (
    hosts
      .replaceAll(cwd, '/folder')
      .replaceAll(job.action, '/countersign')
      .replaceAll(job.path(''), '')
      .replaceAll('jobIssuer.sandbox', 'services.sandbox')
      .replace(/127\.0\.0\.1_\d+_example_app-[0-9a-f]{12}/g, 'registry_example_app-DIGEST')
      // Files are signed in any order.
      .replace(
        /\b(log index|log entry|log-entry +|http:\/\/rekor\.sandbox) ?\d+/g,
        (_, name: string) => `${name.trim()} N`,
      )
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .replace(/127\.0\.0\.1 - \d+/g, '127.0.0.1 - TREE')
      .replace(/127\.0\.0\.1_\d+-/g, '127.0.0.1_PORT-')
      .replace(/sha256[:-][0-9a-f]{64}/g, 'sha256:DIGEST')
      .replace(/image-[0-9a-f]{12}/g, 'image-DIGEST')
      .replace(/artifact countersign\S*/g, 'artifact NAME')
      .replace(/countersign-\d+\.\d+\.\d+\.tgz/g, 'countersign-VERSION.tgz')
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| UTC)/g, 'TIME')
      .replace(/\b\d[\d,]* bytes/g, 'N bytes')
      .replaceAll('\u001b', '\\e')
      .replace(/[ \t]+$/gm, '')
  );
}

async function expectGolden(name: string, text: string): Promise<void> {
  const path = join(folder, `${name}.txt`);
  compared.add(`${name}.txt`);
  if (process.env.COUNTERSIGN_GOLDEN === 'write') await writeFile(path, normalized(text));
  expect(normalized(text)).toBe(await readFile(path, 'utf8'));
}

const commands = [
  '',
  'sign',
  'verify',
  'inspect',
  'tree',
  'audit',
  'search',
  'trusted-root',
  'look-alike',
  'watch',
  'sandbox',
  'demo',
  'errors',
];

describe.each(commands)('countersign %s --help', (command) => {
  const args = [...(command === '' ? [] : [command]), '--help'];

  test.each([80, 200])('in %d columns', async (columns) => {
    const text = await shown(args, { COLUMNS: String(columns) });
    expect(text.split('\n').filter((line) => line.length > Math.min(columns, 100))).toEqual([]);
    await expectGolden(`help${command === '' ? '' : `-${command}`}-${columns}`, text);
  });

  test('has no colours', async () => {
    expect(await shown(args, { FORCE_COLOR: '1' })).toBe(await shown(args));
  });
});

test('typical outputs, without and with colours', async () => {
  const trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const config = ['--signing-config', job.path('rekor-v2.json')];
  const repo = ['--repo', exampleJob.repository, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const { requestUrl, requestToken } = job.sandbox.jobTokens;
  const token = { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
  const { reference } = await job.image('app', 'v1');
  const image = reference.replace(/@.*/, ':v1');
  const sign = (...args: readonly string[]): Promise<string> => shown(['sign', ...args, ...trusted, ...config], token);
  const verify = (...args: readonly string[]): Promise<string> => shown(['verify', ...args, ...trusted]);
  await expectGolden('sign', await sign('app.tar.gz', 'tool.zip'));
  await expectGolden('sign-image', await sign('--image', image));
  await expectGolden('sign-again', await sign('app.tar.gz'));
  await expectGolden('sign-missing', await sign('*.deb'));
  await expectGolden('sign-without-token', await shown(['sign', 'unsigned.txt', ...trusted, ...config]));
  await expectGolden('verify', await verify('app.tar.gz', ...repo));
  await expectGolden('verify-verbose', await verify('app.tar.gz', '--verbose', ...repo));
  await expectGolden('verify-several', await verify('app.tar.gz', 'tool.zip', image, ...repo));
  await expectGolden('verify-quiet', await verify('unsigned.txt', '--quiet', ...repo));
  await expectGolden('verify-without-bundle', await verify('unsigned.txt', ...repo));
  await expectGolden('verify-without-policy', await verify('app.tar.gz'));
  const other = ['--repo', 'example-org/other', '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  await expectGolden('verify-other-repository', await verify('app.tar.gz', ...other));
  await expectGolden('inspect', await shown(['inspect', 'app.tar.gz.sigstore.json']));
  await expectGolden('inspect-image', await shown(['inspect', image]));
  await expectGolden('inspect-policy', await shown(['inspect', 'app.tar.gz.sigstore.json', ...repo, ...trusted]));
  await expectGolden(
    'inspect-other-repository',
    await shown(['inspect', 'tool.zip.sigstore.json', ...other, ...trusted]),
  );
  await expectGolden('inspect-artifact', await shown(['inspect', 'app.tar.gz']));
  await expectGolden('tree', await shown(['tree', image]));
  await expectGolden('tree-missing', await shown(['tree', image.replace('v1', 'v2')]));
  await expectGolden('errors', await shown(['errors']));
  await expectGolden('errors-code', await shown(['errors', 'BUNDLE_MISSING']));
  await expectGolden('errors-unknown', await shown(['errors', 'BUNDLE_MISING']));
  await expectGolden(
    'sandbox-unknown',
    await shown(['verify', 'app.tar.gz', '--repo', 'a/b', '--instance', 'sandbox']),
  );
  await expectGolden('trusted-root-custom', await shown(['trusted-root', '--instance', 'custom']));
  const lookAlike = ['look-alike', '--kind', 'repo', '--target', 'docker/login-action'];
  const candidates = ['dokcer/login-action', 'example/login-action', 'd\u043ecker/login-action', 'example/app'];
  await expectGolden('look-alike', await shown([...lookAlike, ...candidates]));
  await expectGolden('look-alike-json', await shown([...lookAlike, ...candidates, '--json']));
  await expectGolden('demo', await shown(['demo', '--out', 'demo']));
  const colours = { FORCE_COLOR: '1' };
  await expectGolden('verify-colours', await shown(['verify', 'app.tar.gz', ...repo, ...trusted], colours));
  await expectGolden(
    'verify-other-repository-colours',
    await shown(['verify', 'app.tar.gz', ...other, ...trusted], colours),
  );
  await expectGolden('inspect-colours', await shown(['inspect', 'app.tar.gz.sigstore.json'], colours));
  await expectGolden('tree-colours', await shown(['tree', image], colours));
  expect(await shown(['inspect', 'app.tar.gz.sigstore.json'], { ...colours, NO_COLOR: '1' })).not.toContain('\u001b');
});

test('searches', async () => {
  const trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const { requestUrl, requestToken } = job.sandbox.jobTokens;
  const token = { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
  await writeFile(join(cwd, 'logged.txt'), 'logged');
  await shown(['sign', 'logged.txt', ...trusted, '--signing-config', job.path('rekor-v1.json')], token);
  const search = (args: readonly string[], env = {}) => shown(['search', ...args, ...trusted], env);
  const log = ['--log', job.sandbox.urls.rekorV1];
  await expectGolden('search', await search(['logged.txt', ...log, '--bundle-out', 'found']));
  await expectGolden('search-nothing', await search(['unsigned.txt', ...log]));
  await expectGolden('search-incomplete', await search(['--identity', 'dev@example.com']));
  await expectGolden('search-without-condition', await search([]));
  await expectGolden('search-other-log', await search(['logged.txt', '--log', 'https://log.example.com']));
  await expectGolden('search-colours', await search(['logged.txt'], { FORCE_COLOR: '1' }));
});

test('each file is compared', async () => {
  expect((await readdir(folder)).sort()).toEqual([...compared].sort());
});
