/** The public conformance suite's cases (sigstore-conformance) and CPython's releases, from `../shared`: judged elsewhere, all of them. */

import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/crypto/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import type { PolicyRequest } from '../../src/run/policy/index.ts';
import { loadPolicy, loadTrust } from '../../src/run/policy/index.ts';
import type { Verifiable } from '../../src/run/verify/index.ts';
import { verifyRun } from '../../src/run/verify/index.ts';

const shared = fileURLToPath(new URL('../../../shared', import.meta.url));
const cases = join(shared, 'conformance', 'bundle-verify');
const publicGood = join(shared, 'roots', 'public-good.trusted_root.json');
const github = 'https://token.actions.githubusercontent.com';
const beacon =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main';

const world = {
  files,
  clock: () => new Date(),
  cancellation: new AbortController().signal,
  random: (length: number) => new Uint8Array(length),
  http: () => Promise.reject(new Error('asked the network')),
};

/** The code of what is against a bundle, or `accepted`. */
async function verdict(
  artifact: Verifiable,
  bundle: string,
  policy: PolicyRequest,
  trustedRoot: string,
): Promise<string> {
  try {
    const { results } = await verifyRun(
      {
        artifacts: [artifact],
        bundles: { workspace: shared, paths: [bundle], directory: undefined },
        policy: await loadPolicy(policy, world),
        trust: await loadTrust({ name: 'public-good', purpose: 'verify', trustedRoot }, world),
        concurrency: 1,
      },
      world,
    );
    return results.map(({ failure }) => failure?.code ?? 'accepted').join();
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

const text = (path: string, fallback: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (found) => found.trim(),
    () => fallback,
  );
const found = async (path: string, fallback: string): Promise<string> =>
  (await files.stat(path).catch(() => undefined)) === undefined ? fallback : path;

test('each of the 70 cases, by path and by digest', async () => {
  const names = (await readdir(cases, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const wrong: string[] = [];
  for (const { name } of names) {
    const folder = join(cases, name);
    const path = await found(join(folder, 'artifact'), join(cases, 'a.txt'));
    const digest = `sha256:${createHash('sha256')
      .update(await readFile(path))
      .digest('hex')}`;
    const key = await found(join(folder, 'key.pub'), '');
    const policy =
      key === ''
        ? {
            certificateIdentity: await text(join(folder, 'identity'), beacon),
            certificateOidcIssuer: await text(join(folder, 'issuer'), github),
          }
        : { key };
    const root = await found(join(folder, 'trusted_root.json'), publicGood);
    for (const artifact of [
      { kind: 'file', name: path, path },
      { kind: 'digest', name: digest, digest: parseDigest(digest) },
    ] as const) {
      const said = await verdict(artifact, join(folder, 'bundle.sigstore.json'), policy, root);
      if ((said === 'accepted') === name.endsWith('_fail')) wrong.push(`${name} by ${artifact.kind}: ${said}`);
    }
  }
  expect(names).toHaveLength(70);
  expect(wrong).toEqual([]);
});

describe('CPython', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-cpython-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('each of the 81 releases, by its manager, and by nobody else', async () => {
    const identities: readonly Readonly<Record<string, string>>[] = JSON.parse(
      await readFile(join(shared, 'conformance/cpython/signing-identities.json'), 'utf8'),
    );
    const versions = await readdir(join(shared, 'conformance/cpython/versions'));
    let count = 0;
    const wrong: string[] = [];
    for (const file of versions) {
      const release = file.split('.').slice(0, 2).join('.');
      const manager = identities.find(({ Release }) => Release === release);
      if (manager === undefined) continue;
      const [{ sigstore, sha256 }] = JSON.parse(
        await readFile(join(shared, 'conformance/cpython/versions', file), 'utf8'),
      );
      const bundle = join(folder, file);
      await writeFile(bundle, JSON.stringify(sigstore));
      const name = `sha256:${sha256}`;
      const artifact = { kind: 'digest', name, digest: parseDigest(name) } as const;
      const { 'Release manager': certificateIdentity = '', 'OIDC Issuer': certificateOidcIssuer = '' } = manager;
      const said = await verdict(artifact, bundle, { certificateIdentity, certificateOidcIssuer }, publicGood);
      const other = await verdict(artifact, bundle, { certificateIdentity: beacon, certificateOidcIssuer }, publicGood);
      if (said !== 'accepted' || other !== 'IDENTITY_MISMATCH') wrong.push(`${file}: ${said}, ${other}`);
      count++;
    }
    expect(count).toBe(81);
    expect(wrong).toEqual([]);
  });
});

test('a bundle of GitHub’s own instance, under its root, for who asked for that', async () => {
  const real = join(shared, 'real');
  const index: readonly Readonly<Record<string, string>>[] = JSON.parse(
    await readFile(join(real, 'index.json'), 'utf8'),
  );
  const one = index.find(({ expected }) => expected === 'accept-github-tsa-only');
  const { target: name = '', bundle = '', identity = '', trusted_root: root = '' } = one ?? {};
  const artifact = { kind: 'digest', name, digest: parseDigest(name) } as const;
  const verify = async (instance: 'github' | 'public-good') => {
    const trust = await loadTrust({ name: instance, purpose: 'verify', trustedRoot: join(real, root) }, world);
    const policy = await loadPolicy({ repo: 'actions/attest-demo', certificateIdentity: identity }, world);
    const bundles = { workspace: real, paths: [join(real, bundle)], directory: undefined };
    const { results } = await verifyRun({ artifacts: [artifact], bundles, policy, trust, concurrency: 1 }, world);
    return results.map(({ failure }) => failure?.code ?? 'accepted');
  };
  expect(await verify('github')).toEqual(['accepted']);
  expect(await verify('public-good')).toEqual(['SCT_MISSING']);
});
