/** Checks how `npm run test:interop` installs the judges and ends the processes that it starts. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-interop-test-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Returns the output of a script of this folder. */
async function script(name: string, ...args: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return (await promisify(execFile)(process.execPath, [path, ...args])).stdout;
}

async function install(judge: string, options: object): Promise<unknown> {
  return JSON.parse(await script('install.mjs', judge, JSON.stringify(options)));
}

/** A program that does this in the folder where it is run. */
const program = (code: string): readonly string[] => [process.execPath, '-e', code, '--'];
const writesHalf = "require('node:fs').writeFileSync('cosign', 'half of one');";
const writesPackage = "require('node:fs').writeFileSync('it.deb', 'no package');";

describe('a judge that cannot be made is an error that says what failed, and what is needed', () => {
  test.each([
    [
      'the tool is missing',
      [['no-such-go']],
      'no-such-go install github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3 (not found)',
    ],
    ['the tool fails', [program(`${writesHalf} process.exit(3)`)], '(exit code 3)'],
  ])('cosign: %s', async (_, [go], failed) => {
    const folder = await mkdtemp(join(root, 'cache-'));
    expect(await install('installCosign', { folder, go })).toEqual({
      expected: true,
      message: expect.stringContaining(failed),
    });
    expect(await install('installCosign', { folder, go })).toMatchObject({
      message: expect.stringContaining('needed: Go 1.26 or later'),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['installAct', 'github.com/nektos/act@v0.2.89'],
    ['installLitewitness', 'filippo.io/torchwood/cmd/litewitness@v0.9.0'],
  ])('%s: the tool is missing', async (judge, source) => {
    const folder = await mkdtemp(join(root, 'cache-'));
    expect(await install(judge, { folder, go: ['no-such-go'] })).toEqual({
      expected: true,
      message: expect.stringContaining(`no-such-go install ${source} (not found)`),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('in-toto: the tool is missing', async () => {
    const folder = await mkdtemp(join(root, 'cache-'));
    expect(await install('installInToto', { folder, go: ['no-such-go'] })).toEqual({
      expected: true,
      message: expect.stringMatching(/no-such-go build .* \(not found\)/),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['there is no apt', ['no-such-apt'], program(''), 'no-such-apt download -qq docker-registry (not found)'],
    ['apt brings nothing', program(''), program(''), ''],
    ['it cannot be unpacked', program(writesPackage), program('process.exit(3)'), 'it.deb'],
  ])('docker-registry: %s', async (_, apt, dpkg, failed) => {
    const folder = await mkdtemp(join(root, 'cache-'));
    const result = await install('installDockerRegistry', { folder, apt, dpkg });
    for (const text of ['docker-registry cannot be installed.', failed, 'needed: apt-get and dpkg-deb']) {
      expect(result).toEqual({ expected: true, message: expect.stringContaining(text) });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('gh: there is no apt', async () => {
    const folder = await mkdtemp(join(root, 'cache-'));
    const result = await install('installGh', { folder, apt: ['no-such-apt'] });
    for (const text of ['gh cannot be installed.', 'no-such-apt download -qq gh (not found)', 'has the package gh']) {
      expect(result).toEqual({ expected: true, message: expect.stringContaining(text) });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('docker-registry: what it is not is not taken for it', async () => {
    const folder = await mkdtemp(join(root, 'cache-'));
    const options = { folder, apt: program(writesPackage), dpkg: program('') };
    expect(await install('installDockerRegistry', options)).toEqual({
      expected: true,
      message: 'docker-registry was built, and does not answer as that version.',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['there is none', 'no-such-program', /^docker-registry did not start \(not found\)\.$/],
    // Node, which has no script of the name `serve`.
    [
      'it ends at once',
      process.execPath,
      /^docker-registry did not start \(exit code 1\)\.\n(?: {2}.*\n)* {2}.*Cannot find/,
    ],
  ])('docker-registry does not start: %s', async (_, path, message) => {
    const folder = await mkdtemp(join(root, 'state-'));
    const result = await install('startDockerRegistry', { program: path, port: 1, folder });
    expect(result).toEqual({ expected: true, message: expect.stringMatching(message) });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['there is no shell', ['no-such-shell'], '(not found)'],
    ['the build fails', program('process.exit(3)'), '(exit code 3)'],
  ])('the services: %s', async (_, shell, failed) => {
    const folder = await mkdtemp(join(root, 'cache-'));
    const judges = { cosign: process.execPath, python: process.execPath };
    const result = await install('installServices', { ...judges, folder, shell });
    for (const text of [
      failed,
      'build.sh fulcio',
      'needed: Go 1.26 or later, and the Go module proxy, bash, openssl',
    ]) {
      expect(result).toEqual({ expected: true, message: expect.stringContaining(text) });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('the services: half of them is none', async () => {
    const folder = await mkdtemp(join(root, 'cache-'));
    const judges = { cosign: process.execPath, python: process.execPath };
    const result = await install('installServices', { ...judges, folder, shell: program('') });
    expect(result).toEqual({ expected: true, message: expect.stringContaining('was built, and does not answer') });
  });

  test.each([
    ['installSigstorePython', 'Python 3.10'],
    ['installZizmor', 'Python 3.11'],
  ])('%s: each Python is too old, or missing', async (judge, needed) => {
    const folder = await mkdtemp(join(root, 'cache-'));
    const pythons = [['no-such-python'], program('process.exit(1)')];
    const result = await install(judge, { folder, pythons });
    for (const text of ['no-such-python', '(not found)', '(exit code 1)', `needed: ${needed} or later with its venv`]) {
      expect(result).toEqual({ expected: true, message: expect.stringContaining(text) });
    }
    expect(await readdir(folder)).toEqual([]);
  });
});

test('half of a judge is never taken for one', async () => {
  const folder = await mkdtemp(join(root, 'cache-'));
  const place = join(folder, 'cosign-3.1.3');
  await mkdir(place);
  await writeFile(join(place, 'cosign'), 'half of one', { mode: 0o755 });
  expect(await install('installCosign', { folder, go: program(writesHalf) })).toEqual({
    expected: true,
    message: 'cosign-3.1.3 was built, and does not answer as that version.',
  });
});

test('what is cancelled ends with all that it started', async () => {
  // The pipe to it is open for as long as any of the processes has it.
  expect(await script('cancel.mjs', join(root, 'started'))).toBe('cancelled');
});
