/** The package as it is installed: from a registry or from git, it is one package, and npm asks for no other. */

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { built } from './kit/built.ts';
import { checkTypes, type Resolution, resolutions, writeConsumer } from './kit/consumer.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

let folder = '';
let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };
let registry: Server;
/** The paths that were requested from the registry. */
const requests: string[] = [];

beforeAll(async () => {
  await built('cli.mjs');
  folder = await mkdtemp(join(tmpdir(), 'countersign-package-'));
  registry = createServer(({ url = '' }, response) => {
    requests.push(url);
    response.writeHead(404).end();
  });
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
  [packed] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', folder], root));
});
afterAll(async () => {
  registry.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { port } = registry.address() as AddressInfo;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'),
    npm_config_cache: join(folder, 'cache'),
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
    npm_config_allow_git: 'root', // npm 12 refuses packages from git without it
  };
  return (await promisify(execFile)(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
}

/** Runs the command of the package with `npx`, which installs nothing else. */
async function npx(args: readonly string[], name: string): Promise<void> {
  const place = join(folder, name);
  await mkdir(place);
  requests.length = 0;
  expect(await run('npx', ['--yes', ...args, '--version'], place)).toBe(`${version}\n`);
  expect(requests).toEqual([]);
  expect(await readdir(place)).toEqual([]);
}

/** Installs the package into an empty folder, and uses its command and its library. Returns the folder. */
async function install(spec: string, name: string): Promise<string> {
  const place = join(folder, name);
  await mkdir(place);
  await writeFile(join(place, 'package.json'), '{}');
  requests.length = 0;
  await run('npm', ['install', spec], place);
  expect(requests).toEqual([]);
  const { packages } = JSON.parse(await readFile(join(place, 'node_modules/.package-lock.json'), 'utf8'));
  expect(Object.keys(packages)).toEqual(['node_modules/countersign']);
  expect((await readdir(join(place, 'node_modules'))).filter((entry) => !entry.startsWith('.'))).toEqual([
    'countersign',
  ]);
  expect(await run(join(place, 'node_modules/.bin/countersign'), ['--version'], place)).toBe(`${version}\n`);
  const script = `import { verify } from 'countersign/verify';
import { openMonitor } from 'countersign/monitor';
import { signFile } from 'countersign/sign';
import { verifyFile } from 'countersign/verify/node';
console.log(typeof verify, typeof openMonitor, typeof signFile, typeof verifyFile);`;
  expect(await run(process.execPath, ['--input-type=module', '--eval', script], place)).toBe(
    'function function function function\n',
  );
  return place;
}

/** The files under a folder of the project, by their paths in the project. */
async function filesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
}

test('from a registry, with the files that run and no others', async () => {
  const paths = packed.files.map(({ path }) => path);
  const others = [
    'LICENSE',
    'README.md',
    'action.yml',
    'package.json',
    'sign/action.yml',
    'verify/action.yml',
    'monitor/action.yml',
  ];
  expect(paths.sort()).toEqual([...others, ...(await filesIn('dist'))].sort());
  const place = await install(join(folder, packed.filename), 'from-registry');
  await npx([`--package=${join(folder, packed.filename)}`, 'countersign'], 'npx-from-registry');

  await writeConsumer(place);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  for (const resolution of Object.keys(resolutions) as Resolution[])
    expect([resolution, await checkTypes(compiler, place, resolution)]).toEqual([resolution, '']);
});

test('from git', async () => {
  const repository = join(folder, 'repository');
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root);
  for (const path of listed.split('\0').filter((each) => each !== '')) {
    await mkdir(dirname(join(repository, path)), { recursive: true });
    // A file that was deleted, and is still in the index, is not there.
    await cp(join(root, path), join(repository, path)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  const git = (...args: readonly string[]) =>
    run('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.test', ...args], repository);
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Release');
  const commit = (await git('rev-parse', 'HEAD')).trim();
  const spec = `git+${pathToFileURL(repository).href}#${commit}`;
  await install(spec, 'from-git');
  await npx([spec], 'npx-from-git');
});
