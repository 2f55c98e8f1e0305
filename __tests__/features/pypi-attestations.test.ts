/** PEP 740 attestations: what PyPI takes beside a wheel or a source distribution. */

import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { defaultThresholds } from '../../src/core/policy/index.ts';
import { readSigningConfig } from '../../src/core/trust/index.ts';
import { signingReport, signRun } from '../../src/run/sign/index.ts';
import { verifyRun } from '../../src/run/verify/index.ts';
import type { World } from '../../src/run/world/index.ts';
import { type Changes, Workplace } from '../run/workplace.ts';

const wheel = 'dist/my_project-1.0-py3-none-any.whl';
const sdist = 'dist/my_project-1.0.tar.gz';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  await place.reset();
  await mkdir(join(place.folder, 'dist'));
  await place.write(wheel, sdist);
});

/** The instance, whose default log is Rekor v2. */
const bothLogs = () => ({
  ...place.instance,
  signingConfig: readSigningConfig(JSON.stringify(place.sandbox.signingConfigBothLogs)),
});

const sign = (changes: Changes = {}) => {
  const world = place.world();
  const subjects = { files: ['dist/*'], checksums: [], digests: [] };
  return signRun(place.request({ package: 'pypi', subjects, instance: bothLogs(), ...changes }, world), world);
};

const read = async (name: string) => JSON.parse(await readFile(join(place.folder, name), 'utf8'));

async function statementIn(attestation: string) {
  return JSON.parse(Buffer.from((await read(attestation)).envelope.statement, 'base64').toString());
}

async function sha256(name: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(place.folder, name)))
    .digest('hex');
}

/** Verifies a distribution with a bundle or, if none is named, with those beside it. */
async function codesOf(bundle: string | undefined, artifact: string): Promise<readonly (string | undefined)[]> {
  const file = { kind: 'file', name: artifact, path: join(place.folder, artifact) } as const;
  const bundles = bundle === undefined ? [] : [join(place.folder, bundle)];
  const { results } = await verifyRun(place.verification([file], { bundles }), place.world());
  return results.map(({ failure }) => failure?.code);
}

describe('package: pypi', () => {
  test('writes a publish attestation beside each distribution, signed with Rekor v1', async () => {
    const receipt = await sign();
    expect(receipt.unsigned).toEqual([]);
    expect(await place.list()).toEqual([
      wheel,
      `${wheel}.publish.attestation`,
      sdist,
      `${sdist}.publish.attestation`,
      `sigstore-bundles/${wheel}.sigstore.json`,
      `sigstore-bundles/${sdist}.sigstore.json`,
    ]);
    expect([place.count('rekor-v1'), place.count('rekor-v2')]).toEqual([2, 0]);
    for (const name of [wheel, sdist]) {
      const attestation = `${name}.publish.attestation`;
      const { version, verification_material: material } = await read(attestation);
      expect([version, material.transparency_entries.length]).toEqual([1, 1]);
      expect(await statementIn(attestation)).toEqual({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: name.slice('dist/'.length), digest: { sha256: await sha256(name) } }],
        predicateType: 'https://docs.pypi.org/attestations/publish/v1',
        predicate: {},
      });
      expect(await codesOf(attestation, name)).toEqual([undefined]);
      expect(await codesOf(undefined, name)).toEqual([undefined]);
      expect(await codesOf(`sigstore-bundles/${name}.sigstore.json`, name)).toEqual([undefined]);
    }
    expect(await codesOf(`${wheel}.publish.attestation`, sdist)).toEqual(['ARTIFACT_MISMATCH']);
    const none = { collection: undefined, results: [], failures: [] };
    expect(signingReport(receipt, none, place.folder).notices).toEqual([
      'Rekor v1 was used, because PEP 740 attestations contain no timestamps',
      expect.stringContaining('twine upload --attestations'),
    ]);
  });

  test('verifies with a warning for a distribution that was renamed', async () => {
    await sign();
    const renamed = wheel.replace('-1.0-', '-2.0-');
    await copyFile(join(place.folder, wheel), join(place.folder, renamed));
    const file = { kind: 'file', name: renamed, path: join(place.folder, renamed) } as const;
    const bundles = [join(place.folder, `${wheel}.publish.attestation`)];
    const { results, warnings } = await verifyRun(place.verification([file], { bundles }), place.world());
    expect(results.map(({ failure }) => failure)).toEqual([undefined]);
    expect(warnings).toEqual([expect.stringContaining('the attestation is for "my_project-1.0-py3-none-any.whl"')]);
  });

  test('adds the provenance of the job on request', async () => {
    const { signed } = await sign({ attestations: [{ kind: 'provenance' }] });
    expect(signed).toHaveLength(4);
    const attestation = `${wheel}.provenance.attestation`;
    expect(await statementIn(attestation)).toMatchObject({
      subject: [{ name: wheel.slice('dist/'.length), digest: { sha256: await sha256(wheel) } }],
      predicateType: 'https://slsa.dev/provenance/v1',
    });
    expect(await codesOf(attestation, wheel)).toEqual([undefined]);
    await rm(join(place.folder, `${wheel}.publish.attestation`));
    expect(await codesOf(undefined, wheel)).toEqual([undefined]);
    expect((await place.bundles()).toSorted()).toEqual(
      [wheel, sdist].flatMap((name) => [
        `sigstore-bundles/${name}.provenance.sigstore.json`,
        `sigstore-bundles/${name}.sigstore.json`,
      ]),
    );
  });

  test('writes everything below a folder for bundles that is named', async () => {
    await sign({ places: { workspace: place.folder, bundleDirectory: join(place.folder, 'out') } });
    expect((await place.list()).filter((name) => name.startsWith('out/'))).toEqual(
      [wheel, sdist].flatMap((name) => [`out/${name}.publish.attestation`, `out/${name}.sigstore.json`]),
    );
    expect(await place.list()).not.toContain(`${wheel}.publish.attestation`);
  });

  test('a second run signs nothing again, and writes an attestation that is missing', async () => {
    await sign();
    await rm(join(place.folder, `${wheel}.publish.attestation`));
    const { signed, leftOut } = await sign();
    expect(signed.map(({ resumed }) => resumed)).toEqual([true, true]);
    expect(leftOut).toEqual([`${sdist}.publish.attestation`]);
    expect(place.count('rekor-v1')).toBe(2);
    expect(await codesOf(`${wheel}.publish.attestation`, wheel)).toEqual([undefined]);
  });

  test('a distribution that was built again gets a new attestation', async () => {
    await sign();
    await writeFile(join(place.folder, wheel), 'built again');
    const { signed } = await sign();
    expect(signed.map(({ resumed }) => resumed)).toEqual([false, true]);
    expect(await codesOf(`${wheel}.publish.attestation`, wheel)).toEqual([undefined]);
  });

  test('refuses a second attestation of another tool, and replaces it only if told to', async () => {
    await writeFile(join(place.folder, `${wheel}.publish.attestation`), '{"version":1}');
    await expect(sign()).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('.publish.attestation is not a bundle'),
    });
    expect([place.count('rekor-v1'), place.count('fulcio')]).toEqual([0, 0]);
    await sign({ overwrite: true });
    expect(await codesOf(`${wheel}.publish.attestation`, wheel)).toEqual([undefined]);
  });

  test('refuses an attestation of a different signer', async () => {
    await sign();
    await rm(join(place.folder, 'sigstore-bundles'), { recursive: true });
    const other = exampleJob.job_workflow_ref.replace('.yml', '-other.yml');
    place.sandbox.jobTokens.configure({ claims: { job_workflow_ref: other, workflow_ref: other } });
    await expect(sign()).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('.publish.attestation is a bundle of a different signer'),
    });
  });

  test('refuses an instance without Rekor v1, before anything is signed', async () => {
    await expect(sign({ instance: place.instance })).rejects.toMatchObject({
      code: 'USAGE',
      message: 'PyPI requires a Rekor v1 log, and the instance sandbox has none',
      remedy: expect.stringContaining('signing-config'),
    });
    expect([place.count('rekor-v2'), place.count('fulcio')]).toEqual([0, 0]);
  });

  test('refuses Rekor v2, other predicates and one path for several bundles', async () => {
    await expect(sign({ logVersion: 2 })).rejects.toMatchObject({
      code: 'USAGE',
      message: '`log-version: 2` cannot be used together with `package: pypi`',
    });
    const claim = { kind: 'claim', claim: { predicateType: 'https://example.com/t', predicate: {} } } as const;
    await expect(sign({ attestations: [claim] })).rejects.toMatchObject({ code: 'USAGE' });
    const bundlePath = join(place.folder, 'one.sigstore.json');
    await expect(sign({ bundlePath })).rejects.toMatchObject({ code: 'USAGE' });
    const subjects = { files: [wheel], checksums: [], digests: [] };
    await expect(sign({ bundlePath, subjects, attestations: [{ kind: 'provenance' }] })).rejects.toMatchObject({
      code: 'USAGE',
    });
    expect(place.count('oidc')).toBe(0);
    expect((await sign({ bundlePath, subjects })).signed).toMatchObject([{ bundlePath }]);
  });

  test('does not write an attestation that does not verify', async () => {
    // The bundle has the time of the log and a timestamp, and the attestation has no timestamp.
    const { unsigned } = await sign({
      instance: { ...bothLogs(), thresholds: { ...defaultThresholds, timestamps: 2 } },
    });
    expect(unsigned).toMatchObject([
      { error: { code: 'TIMESTAMP_MISSING' } },
      { error: { code: 'TIMESTAMP_MISSING' } },
    ]);
    expect((await place.list()).filter((name) => name.endsWith('.attestation'))).toEqual([]);
    expect(await place.bundles()).toHaveLength(2);
  });

  test('does not write an attestation of another statement that took the place of the bundle', async () => {
    await sign({ attestations: [{ kind: 'provenance' }] });
    for (const name of [`sigstore-bundles/${wheel}.sigstore.json`, `${wheel}.publish.attestation`])
      await rm(join(place.folder, name));
    const before = place.count('rekor-v1');
    const real = place.world();
    const open: World['files']['open'] = (path, ...rest) => {
      const isSwapped = place.count('rekor-v1') > before && String(path).endsWith('.whl.sigstore.json');
      const swapped = String(path).replace('.whl.', '.whl.provenance.');
      return real.files.open(isSwapped ? swapped : path, ...rest);
    };
    const world = { ...real, files: { ...real.files, open } };
    const subjects = { files: [wheel], checksums: [], digests: [] };
    const request = place.request({ package: 'pypi', subjects, instance: bothLogs() }, world);
    expect((await signRun(request, world)).unsigned).toMatchObject([{ error: { code: 'ARTIFACT_MISMATCH' } }]);
    expect(await place.list()).not.toContain(`${wheel}.publish.attestation`);
  });

  test('does not follow a link that leads out of the workspace', async () => {
    await rm(join(place.folder, 'dist'), { recursive: true });
    await mkdir(join(place.folder, 'real'));
    await place.write(wheel.replace('dist', 'real'));
    await symlink(tmpdir(), join(place.folder, 'sigstore-bundles'));
    const subjects = { files: ['real/*.whl'], checksums: [], digests: [] };
    expect((await sign({ subjects })).unsigned).toMatchObject([{ error: { code: 'USAGE' } }]);
    expect(place.count('rekor-v1')).toBe(0);
  });
});

describe.each([
  ['gem', 'demo-1.0.gem', []],
  ['maven', 'demo-1.0.jar', ['demo-1.0.jar.asc', 'demo-1.0.jar.sha256']],
] as const)('package: %s', (registry, name, others) => {
  test('signs each file with Rekor v1, and nothing beside it', async () => {
    await place.write(name, ...others);
    const subjects = { files: ['demo*'], checksums: [], digests: [] };
    const { signed, leftOut, format } = await sign({ package: registry, subjects });
    expect([signed.map(({ subject }) => subject.name), leftOut, format]).toEqual([[name], others, 'per-file']);
    expect([place.count('rekor-v1'), place.count('rekor-v2')]).toEqual([1, 0]);
    expect(await read(`${name}.sigstore.json`)).toHaveProperty('messageSignature');
    expect(await codesOf(`${name}.sigstore.json`, name)).toEqual([undefined]);
  });

  test('refuses an attestation, and an instance without Rekor v1', async () => {
    await place.write(name);
    const subjects = { files: [name], checksums: [], digests: [] };
    for (const changes of [
      { format: 'attestation' },
      { attestations: [{ kind: 'provenance' }] },
      { instance: place.instance },
      { logVersion: 2 },
    ] as const)
      await expect(sign({ package: registry, subjects, ...changes })).rejects.toMatchObject({ code: 'USAGE' });
    expect(place.count('fulcio')).toBe(0);
  });
});
