/** The demonstration, as a person runs it, and what somebody else's verifier says of it. */

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { judge } from '../kit/judge.ts';

const run = promisify(execFile);
const signer = 'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main';
let folder = '';
let printed = '';
let trustedRoot: Parameters<typeof judge>[0] = {};
/** The bundles of what is in the workspace as a file. */
const bundles: { readonly name: string; readonly json: string; readonly artifact: Buffer }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-test-'));
  printed = (await run(process.execPath, [await built('cli.mjs'), 'demo', '--out', folder])).stdout;
  trustedRoot = JSON.parse(await readFile(join(folder, 'trusted_root.json'), 'utf8'));
  for (const name of await bundleNames()) {
    const artifact = await readFile(join(folder, 'workspace', name)).catch(() => undefined);
    const json = await readFile(join(folder, 'workspace', 'bundles', `${name}.sigstore.json`), 'utf8');
    if (artifact !== undefined) bundles.push({ name, json, artifact });
  }
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundleNames(): Promise<readonly string[]> {
  const root = join(folder, 'workspace', 'bundles');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map((each) => relative(root, join(each.parentPath, each.name)));
  return paths
    .filter((path) => path.endsWith('.sigstore.json'))
    .map((path) => path.replace(/\.sigstore\.json$/, ''))
    .sort();
}

describe('npm run demo', () => {
  test('signs the package, 20 files of dist/, what a checksums file lists, and an image', async () => {
    const names = await bundleNames();
    expect(names.filter((name) => name.startsWith('dist/'))).toHaveLength(20);
    expect(names.filter((name) => !name.startsWith('dist/'))).toEqual([
      'LICENSE',
      'README.md',
      'action.yml',
      expect.stringMatching(/^countersign-.*\.tgz$/),
      'localhost_countersign',
    ]);
    expect(bundles).toHaveLength(21);
  });

  test('shows what was signed, by whom, where it was logged, and where the bundles are', () => {
    for (const { name } of bundles) {
      const lines = printed.split('\n').filter((line) => line.startsWith(`  verified ${name}: signed 2`));
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(line).toMatch(/logged by http:\/\/127\.0\.0\.1:\d+ at index \d+ of \d+$/);
    }
    expect(printed.match(/25 of 25 verified/g)).toHaveLength(2);
    expect(printed).toContain(signer);
    expect(printed).toContain(`The bundles are in ${join(folder, 'workspace', 'bundles')}`);
    expect(printed).not.toMatch(/::debug::|::add-mask::/);
  });

  test('signs the manifest of the image', async () => {
    const { manifests } = JSON.parse(await readFile(join(folder, 'workspace', 'image', 'index.json'), 'utf8'));
    const hex = manifests[0].digest.slice('sha256:'.length);
    const manifest = await readFile(join(folder, 'workspace', 'image', 'blobs', 'sha256', hex));
    const json = await readFile(join(folder, 'workspace', 'bundles', 'localhost_countersign.sigstore.json'), 'utf8');
    expect(judge(trustedRoot, JSON.parse(json), manifest).identity?.subjectAlternativeName).toBe(signer);
  });

  test('downloads what it uploaded', async () => {
    for (const name of await bundleNames()) {
      const path = `${name}.sigstore.json`;
      const [here, there] = await Promise.all(
        ['workspace/bundles', 'downloaded'].map((place) => readFile(join(folder, place, path), 'utf8')),
      );
      expect(there).toBe(here);
    }
  });

  test('uses one certificate for all', () => {
    const certificates = bundles.map(({ json }) => JSON.parse(json).verificationMaterial.certificate.rawBytes);
    expect(new Set(certificates).size).toBe(1);
  });

  test('@sigstore/verify accepts the attestation, which is about everything', async () => {
    const path = join(folder, 'workspace', 'attestations', 'attestation.sigstore.json');
    const bundle = JSON.parse(await readFile(path, 'utf8'));
    expect(judge(trustedRoot, bundle, new Uint8Array()).identity?.subjectAlternativeName).toBe(signer);
    const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString());
    expect(statement.subject).toHaveLength(25);
    expect(() => judge(trustedRoot, changeByte(bundle, ['dsseEnvelope', 'payload']), new Uint8Array())).toThrow();
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
