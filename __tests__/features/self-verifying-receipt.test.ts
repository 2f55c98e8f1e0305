/** Row 14: a receipt that verifies itself in a browser. __tests__/interop/receipt.test.ts opens receipts in Chromium. */

import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const trusting = ['--trusted-root', join(fixtures, 'roots', 'public-good.trusted_root.json')];
const repository = 'sigstore-conformance/extremely-dangerous-public-oidc-beacon';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-receipt-'));
  await copyFile(join(fixtures, 'vectors', 'a.txt'), join(folder, 'a.txt'));
  await copyFile(join(fixtures, 'vectors', 'happy-path-v0.3-new-mediaType.json'), join(folder, 'a.txt.sigstore.json'));
});
afterEach(() => rm(folder, { recursive: true }));

async function receipt(...args: readonly string[]) {
  const command = [await built('cli.mjs'), 'receipt', ...args, ...trusting];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('countersign receipt', () => {
  test('writes one page next to the file, with the bundle and the script in it', async () => {
    expect(await receipt('a.txt', '--repo', repository)).toEqual({
      status: 0,
      stdout: 'a.txt.receipt.html\n',
      stderr: '',
    });
    const page = await readFile(join(folder, 'a.txt.receipt.html'), 'utf8');
    expect(page.length).toBeLessThan(400_000);
    expect(page).toContain(await readFile(await built('page.js'), 'utf8'));
    expect(page).toContain('application/vnd.dev.sigstore.bundle');
  });

  test('writes it to another path, and reports it as JSON', async () => {
    const { stdout } = await receipt('a.txt', '--repo', repository, '--output', 'out.html', '--json');
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      receipts: [{ artifact: 'a.txt', path: 'out.html' }],
      warnings: [],
      exitCode: 0,
      failure: null,
    });
    expect(await readdir(folder)).toContain('out.html');
  });

  test('writes nothing for a file that does not verify, or if another one does not', async () => {
    await copyFile(join(folder, 'a.txt.sigstore.json'), join(folder, 'b.txt.sigstore.json'));
    await writeFile(join(folder, 'b.txt'), 'another file');
    for (const files of [['b.txt'], ['a.txt', 'b.txt']])
      expect((await receipt(...files, '--repo', repository)).stderr).toContain('ARTIFACT_MISMATCH');
    expect((await receipt('a.txt', '--repo', 'example/app')).stderr).toContain('IDENTITY_MISMATCH');
    expect((await receipt('a.txt')).stderr).toContain('POLICY_INVALID');
    expect((await readdir(folder)).filter((name) => name.endsWith('.html'))).toEqual([]);
  });

  const refused: Readonly<Record<string, readonly [readonly string[], string]>> = {
    'a digest': [[`sha256:${'0'.repeat(64)}`], 'SUBJECT_UNREADABLE'],
    'one output for two files': [['a.txt', 'c.txt', '--output', 'out.html'], '--output is the path of one receipt'],
    'an output that is the file': [['a.txt', '--output', 'a.txt'], 'cannot be replaced by a receipt'],
    'an output that is its bundle': [['a.txt', '--output', 'a.txt.sigstore.json'], 'cannot be replaced by a receipt'],
    'attestations that no receipt has': [
      ['a.txt', '--require-attestation', 'https://slsa.dev/provenance/v1'],
      '--require-attestation cannot be used',
    ],
  };

  test.each(Object.entries(refused))('refuses %s', async (_, [args, message]) => {
    await writeFile(join(folder, 'c.txt'), '');
    const { status, stderr } = await receipt(...args, '--repo', repository);
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe(
      await readFile(join(fixtures, 'vectors', 'a.txt'), 'utf8'),
    );
    expect((await readdir(folder)).filter((name) => name.endsWith('.html'))).toEqual([]);
  });
});
