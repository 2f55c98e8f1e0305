/** The demonstration, as a person runs it, and what somebody else's verifier says of it. */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { judge } from '../kit/judge.ts';

const run = promisify(execFile);
const signer = 'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main';
const root = resolve(import.meta.dirname, '../..');
const tarball = `countersign-${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}.tgz`;
let folder = '';
let printed = '';
let trustedRoot: Parameters<typeof judge>[0] = {};
/** The names of the files, and the bundle of each. */
const bundles: { readonly name: string; readonly json: string; readonly artifact: Buffer }[] = [];

beforeAll(async () => {
  // A space, so that printed paths have to be quoted.
  folder = await mkdtemp(join(tmpdir(), 'countersign test-'));
  printed = (await run(process.execPath, [await built('cli.mjs'), 'demo', '--out', folder], { cwd: root })).stdout;
  trustedRoot = JSON.parse(await readFile(join(folder, 'trusted_root.json'), 'utf8'));
  for (const name of ['LICENSE', 'README.md', tarball]) {
    const artifact = await readFile(join(folder, 'workspace', name));
    bundles.push({ name, json: await bundleOf(name), artifact });
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function bundleOf(name: string): Promise<string> {
  return readFile(join(folder, 'workspace', `${name}.sigstore.json`), 'utf8');
}

async function bundleNames(): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'downloaded'));
  return names.filter((name) => name.endsWith('.sigstore.json')).sort();
}

describe('npm run demo', () => {
  test('signs the package, two of its files, and an image', async () => {
    expect(await bundleNames()).toEqual([
      'LICENSE.sigstore.json',
      'README.md.sigstore.json',
      `${tarball}.sigstore.json`,
      expect.stringMatching(/^image-[0-9a-f]{12}\.sigstore\.json$/),
    ]);
    for (const name of ['LICENSE', 'README.md'])
      expect(await readFile(join(folder, 'workspace', name))).toEqual(await readFile(join(root, name)));
  });

  test('packs all files of the package, as tar reads them', async () => {
    const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const unpacked = await mkdtemp(join(folder, 'unpacked-'));
    await run('tar', ['-xzf', join(folder, 'workspace', tarball), '-C', unpacked]);
    const paths = ['package.json', ...files.filter((name: string) => name !== 'dist')];
    for (const entry of await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) paths.push(relative(root, join(entry.parentPath, entry.name)));
    for (const path of paths)
      expect((await readFile(join(unpacked, 'package', path))).equals(await readFile(join(root, path)))).toBe(true);
    const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile())).toHaveLength(paths.length);
  });

  test('shows what was signed, by whom, where it was logged, and the refusal of a changed file', () => {
    const loopback = String.raw`http://127\.0\.0\.1:\d+`;
    expect(printed).toContain(`  identity    ${signer}\n`);
    expect(printed).toContain('  repository  https://github.com/example-org/example-repo\n');
    expect(printed).toContain('  workflow    .github/workflows/release.yml@refs/heads/main, started by push\n');
    expect(printed).toMatch(new RegExp(`^  logged in   ${loopback} \\(OIDC issuer ${loopback}/gha\\)$`, 'm'));
    for (const name of ['LICENSE', 'README.md', tarball, 'image (OCI layout)'])
      expect(printed.split('\n').filter((line) => line.startsWith(`  verified    ${name} `))).toEqual([
        expect.stringMatching(/ 2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ, log index \d+$/),
      ]);
    expect(printed).toMatch(/^Verifying LICENSE with one byte changed …\n {2}refused {5}ARTIFACT_MISMATCH: /m);
  });

  test('fills at most 25 rows of a terminal with 80 columns', () => {
    const text = printed.replaceAll(folder, '/tmp/countersign-demo-abcdef');
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => Math.max(1, Math.ceil(line.length / 80)));
    expect(rows.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(25);
  });

  test('prints no control characters where there is no terminal', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be printed
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|::debug::|::add-mask::/);
  });

  test('prints a command that verifies the file, and refuses the changed one', async () => {
    const [, verify = '', sandbox] =
      /\n {2}(node .* verify [\s\S]*)\n {2}(node .* sandbox --state .*)\n$/.exec(printed) ?? [];
    const { stdout } = await run('sh', ['-c', verify], { cwd: root });
    expect(stdout).toMatch(/^Verified /);
    expect(sandbox).toBe(`node dist/cli.mjs sandbox --state '${join(folder, 'sandbox')}'`);
    const bundle = join(folder, 'workspace', 'LICENSE.sigstore.json');
    const changed = `${verify.replace('/workspace/LICENSE', '/changed-LICENSE')} --bundle '${bundle}'`;
    await expect(run('sh', ['-c', changed], { cwd: root })).rejects.toMatchObject({ code: 4 });
  });

  test('signs the manifest of the image', async () => {
    const { manifests } = JSON.parse(await readFile(join(folder, 'workspace', 'image', 'index.json'), 'utf8'));
    const hex = manifests[0].digest.slice('sha256:'.length);
    const name = (await bundleNames()).find((one) => one.startsWith('image-')) ?? '';
    const bundle = JSON.parse(await readFile(join(folder, 'downloaded', name), 'utf8'));
    expect(judge(trustedRoot, bundle, new Uint8Array()).identity?.subjectAlternativeName).toBe(signer);
    const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString());
    expect(statement.subject).toEqual([expect.objectContaining({ digest: { sha256: hex } })]);
    expect(() => judge(trustedRoot, changeByte(bundle, ['dsseEnvelope', 'payload']), new Uint8Array())).toThrow();
  });

  test('downloads what it uploaded', async () => {
    for (const { name, json } of bundles)
      expect(await readFile(join(folder, 'downloaded', `${name}.sigstore.json`), 'utf8')).toBe(json);
  });

  test('uses one certificate for all', () => {
    const certificates = bundles.map(({ json }) => JSON.parse(json).verificationMaterial.certificate.rawBytes);
    expect(new Set(certificates).size).toBe(1);
  });

  test('@sigstore/verify accepts each bundle', () => {
    for (const { json, artifact } of bundles) {
      expect(judge(trustedRoot, JSON.parse(json), artifact).identity?.subjectAlternativeName).toBe(signer);
    }
  });

  test('@sigstore/verify refuses each bundle for an artifact of which one byte was changed', () => {
    for (const { json, artifact } of bundles) {
      const changed = Buffer.from(artifact);
      const middle = Math.floor(changed.length / 2);
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      expect(() => judge(trustedRoot, JSON.parse(json), changed)).toThrow(/signature verification failed/);
    }
  });

  const entry = ['verificationMaterial', 'tlogEntries', 0] as const;
  test.each([
    ['signature', ['messageSignature', 'signature']],
    ['certificate', ['verificationMaterial', 'certificate', 'rawBytes']],
    ['timestamp', ['verificationMaterial', 'timestampVerificationData', 'rfc3161Timestamps', 0, 'signedTimestamp']],
    ['log entry', [...entry, 'canonicalizedBody']],
    ['inclusion proof', [...entry, 'inclusionProof', 'hashes', 0]],
  ] as const)('@sigstore/verify refuses each bundle after one byte of its %s was changed', (_, place) => {
    for (const { json, artifact } of bundles) {
      const changed = changeByte(JSON.parse(json), place);
      expect(() => judge(trustedRoot, changed, artifact)).toThrow();
    }
  });

  test('prints the log of the step if it fails, and with --verbose', async () => {
    const cli = await built('cli.mjs');
    const verbose = await run(process.execPath, [cli, 'demo', '--verbose', '--out', folder], { cwd: root });
    expect(verbose.stdout).toMatch(/^ {2}\| signed LICENSE, logged at http/m);
    const blocked = await mkdtemp(join(folder, 'blocked-'));
    await mkdir(join(blocked, 'workspace', 'LICENSE.sigstore.json'), { recursive: true });
    const failed = run(process.execPath, [cli, 'demo', '--out', blocked], { cwd: root });
    await expect(failed).rejects.toMatchObject({
      code: 2,
      stdout: expect.not.stringContaining('verified'),
      stderr: expect.stringMatching(
        /^ {2}\| group: Run [\s\S]*LICENSE[\s\S]*\nUSAGE: the signing step failed \(exit code \d+\)\n/,
      ),
    });
  });
});

type Json = string | { [member: string | number]: Json };

/** Flips a bit in the last quarter of the bytes that stand in base64 at a place. */
function changeByte(json: Json, [step, ...rest]: readonly (string | number)[]): Json {
  if (typeof json === 'string') {
    const bytes = Buffer.from(json, 'base64');
    const index = Math.floor(bytes.length * 0.75);
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    return bytes.toString('base64');
  }
  const member = json[step ?? ''];
  if (step === undefined || member === undefined) throw new Error(`nothing at ${String(step)}`);
  json[step] = changeByte(member, rest);
  return json;
}
