/** Provenance that npm takes (`npm publish --provenance-file`): one statement a tarball, with its purl and SHA-512. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { exactly } from '../../src/core/policy/index.ts';
import { readSigningConfig } from '../../src/core/trust/index.ts';
import { signingReport, signRun } from '../../src/run/sign/index.ts';
import { verifyRun } from '../../src/run/verify/index.ts';
import { judge } from '../kit/judge.ts';
import { type Changes, Workplace } from '../run/workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const sign = (changes: Changes = {}) => {
  const world = place.world();
  const subjects = { files: ['*.tgz'], checksums: [], digests: [] };
  return signRun(place.request({ package: 'npm', subjects, ...changes }, world), world);
};

/** Packs a package with npm itself, and returns the name of the tarball. */
async function pack(name: string, version: string): Promise<string> {
  const folder = join(place.folder, 'source');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version }));
  await writeFile(join(folder, 'index.js'), `export default ${JSON.stringify(version)};\n`);
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', place.folder];
  const { stdout } = await promisify(execFile)('npm', pack, { cwd: folder, shell: process.platform === 'win32' });
  return stdout.trim();
}

interface Envelope {
  readonly dsseEnvelope: { readonly payload: string };
}

async function bundleOf(tarball: string): Promise<Envelope> {
  return JSON.parse(await readFile(join(place.folder, `${tarball}.sigstore.json`), 'utf8'));
}

const statementOf = ({ dsseEnvelope }: Envelope) => JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());

describe('package: npm', () => {
  test('signs the provenance of each tarball of npm pack, with the purl that npm compares', async () => {
    const tarballs = [await pack('@example/demo', '1.2.3-rc.1+build.5'), await pack('demo', '0.1.0')];
    const receipt = await sign();
    expect(receipt.unsigned).toEqual([]);
    const purls = ['pkg:npm/%40example/demo@1.2.3-rc.1', 'pkg:npm/demo@0.1.0'];
    for (const [index, tarball] of tarballs.entries()) {
      const bundle = await bundleOf(tarball);
      const sha512 = createHash('sha512')
        .update(await readFile(join(place.folder, tarball)))
        .digest('hex');
      expect(statementOf(bundle)).toMatchObject({
        subject: [{ name: purls[index], digest: { sha512 } }],
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: { buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: exampleJob.sha } }] } },
      });
      expect(Object.keys(statementOf(bundle).subject[0].digest)).toEqual(['sha512']);
      judge(place.sandbox.trustedRoot, bundle, new Uint8Array());
    }
    const none = { collection: undefined, results: [], failures: [] };
    const { warnings, notices } = signingReport(receipt, none, place.folder);
    expect(notices).toEqual([expect.stringContaining('--provenance-file')]);
    expect(warnings).toEqual([expect.stringContaining('only accepts signatures of the instance public-good')]);
  });

  test('does not warn about the instance that the registry accepts', async () => {
    await pack('demo', '0.1.0');
    const { instance } = await sign({ instance: { ...place.instance, name: 'public-good' } });
    expect(instance.warnings).toEqual([]);
  });

  test('verifies, also with the purl as subject-name; another one is refused', async () => {
    const tarball = await pack('demo', '0.1.0');
    await sign();
    const file = { kind: 'file', name: tarball, path: join(place.folder, tarball) } as const;
    const verify = (name: string) =>
      verifyRun(place.verification([file], { content: { subjectName: exactly(name) } }), place.world());
    const [right, wrong] = [await verify('pkg:npm/demo@0.1.0'), await verify('pkg:npm/demo@0.2.0')];
    expect(right.results).toEqual([expect.objectContaining({ verdict: expect.anything() })]);
    const failure = expect.objectContaining({ code: 'SUBJECT_NAME_MISMATCH' });
    expect(wrong.results).toEqual([expect.objectContaining({ failure })]);
  });

  test('verifies with a warning if the statement is for another package than the tarball', async () => {
    const tarball = await pack('demo', '0.1.0');
    await writeFile(join(place.folder, 'other.tgz'), 'no package');
    const verify = async (name: string, subject: string) => {
      const digest = createHash('sha512')
        .update(await readFile(join(place.folder, name)))
        .digest('hex');
      const subjects = { files: [], checksums: [], digests: [`${subject}@sha512:${digest}`] };
      const bundlePath = join(place.folder, `${name}.sigstore.json`);
      const { unsigned } = await sign({
        package: undefined,
        format: 'attestation',
        subjects,
        bundlePath,
        overwrite: true,
      });
      const file = { kind: 'file', name, path: join(place.folder, name) } as const;
      const { results, warnings } = await verifyRun(place.verification([file]), place.world());
      expect([unsigned, results.map(({ failure }) => failure)]).toEqual([[], [undefined]]);
      return warnings;
    };
    expect(await verify(tarball, 'pkg:npm/demo@0.1.0')).toEqual([]);
    expect(await verify(tarball, 'pkg:npm/demo@0.2.0')).toEqual([
      `${tarball}: the attestation is for "pkg:npm/demo@0.2.0", and the file is pkg:npm/demo@0.1.0`,
    ]);
    expect(await verify('other.tgz', 'pkg:npm/demo@0.1.0')).toEqual([
      expect.stringContaining('the file is no npm package'),
    ]);
  });

  test('signs again what was built again, and nothing twice', async () => {
    await pack('demo', '0.1.0');
    const [first] = (await sign()).signed;
    const [second] = (await sign()).signed;
    await writeFile(join(place.folder, 'source', 'more.js'), '');
    await pack('demo', '0.1.0');
    const [third] = (await sign()).signed;
    expect([first?.resumed, second?.resumed, third?.resumed]).toEqual([false, true, false]);
    expect(third?.digest).not.toEqual(first?.digest);
  });

  test('with Rekor v1 too', async () => {
    await pack('demo', '0.1.0');
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
    const { signed } = await sign({ instance: { ...place.instance, signingConfig }, logVersion: 1 });
    expect(signed).toHaveLength(1);
    expect(place.count('rekor-v1')).toBe(1);
  });

  test('signs nothing if one tarball is not a package', async () => {
    await pack('demo', '0.1.0');
    await writeFile(join(place.folder, 'other.tgz'), 'no gzip');
    await expect(sign()).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      remedy: expect.stringContaining('npm pack'),
    });
    expect([place.count('oidc'), place.count('fulcio')]).toEqual([0, 0]);
  });

  test('refuses what contradicts it, before a token is requested', async () => {
    const tarball = await pack('demo', '0.1.0');
    const claim = { kind: 'claim', claim: { predicateType: 'https://example.com/t', predicate: {} } } as const;
    await expect(sign({ attestations: [claim] })).rejects.toMatchObject({ code: 'USAGE' });
    const images = {
      named: ['x'],
      recursive: false,
      attestations: false,
      workspace: place.folder,
      registries: place.registries,
      push: false,
    };
    await expect(sign({ images })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('`images`'),
    });
    const digests = { files: [], checksums: [], digests: [`a@sha256:${'0'.repeat(64)}`] };
    await expect(sign({ subjects: digests })).rejects.toMatchObject({ code: 'USAGE' });
    await pack('demo', '0.2.0');
    const bundlePath = join(place.folder, 'one.json');
    await expect(sign({ bundlePath })).rejects.toMatchObject({ code: 'USAGE' });
    expect(place.count('oidc')).toBe(0);
    const subjects = { files: [tarball], checksums: [], digests: [] };
    const [signed] = (await sign({ bundlePath, subjects })).signed;
    expect(signed?.bundlePath).toBe(bundlePath);
  });
});
