/** The releases of CPython: each signed by its manager, by the core, and by a whole run. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/crypto/index.ts';
import { outcome } from './kit/outcome.ts';
import { placeWith } from './kit/place.ts';
import { runVerdict } from './kit/run-verdict.ts';
import { beacon, publicGoodRoot } from './kit/suite.ts';

interface Manager {
  readonly Release: string;
  readonly 'Release manager': string;
  readonly 'OIDC Issuer': string;
}

interface ReleaseFile {
  readonly url: string;
  readonly sha256: string;
  readonly sigstore?: object | null;
}

const folder = placeWith('cpython');
const managers: readonly Manager[] = JSON.parse(readFileSync(join(folder, 'signing-identities.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'countersign-cpython-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The files that have a bundle, of each version whose manager is known. */
const releases = readdirSync(join(folder, 'versions')).flatMap((name) => {
  const version = name.replace(/\.json$/, '');
  const manager = managers.find(({ Release }) => Release === version.split('.').slice(0, 2).join('.'));
  const files: readonly ReleaseFile[] = JSON.parse(readFileSync(join(folder, 'versions', name), 'utf8'));
  const signed = files.filter(({ sigstore }) => sigstore != null);
  if (manager === undefined || signed.length === 0) return [];
  return [
    { version, manager, files: signed.map((file, index) => ({ ...file, bundle: bundleOf(file, version, index) })) },
  ];
});

function bundleOf({ sigstore }: ReleaseFile, version: string, index: number): string {
  const path = join(scratch, `${version}-${index}.sigstore.json`);
  writeFileSync(path, JSON.stringify(sigstore));
  return path;
}

describe("CPython's releases", () => {
  test('are all there', () => {
    expect(releases.length).toBeGreaterThanOrEqual(81);
  });

  test.each(releases.map((release) => [release.version, release] as const))('%s', async (_, { manager, files }) => {
    for (const { bundle, sha256 } of files) {
      const identity = manager['Release manager'];
      const one = { bundle, trustedRoot: publicGoodRoot, identity, issuer: manager['OIDC Issuer'] };
      const target = `sha256:${sha256}`;
      expect(await outcome({ ...one, target })).toBe('accept');
      // The certificate is valid for no other manager, and the bundle for no other file.
      expect(await outcome({ ...one, target, identity: `${identity}.example` })).toBe('IDENTITY_MISMATCH');
      expect(await outcome({ ...one, target: `sha256:${'0'.repeat(64)}` })).toMatch(
        /^(?:ARTIFACT_MISMATCH|SIGNATURE_INVALID)$/,
      );
    }
  });

  test('a file of each by a whole run, by its manager and by nobody else', async () => {
    const wrong: string[] = [];
    for (const { version, manager, files } of releases) {
      for (const { bundle, sha256 } of files.slice(0, 1)) {
        const name = `sha256:${sha256}`;
        const artifact = { kind: 'digest', name, digest: parseDigest(name) } as const;
        const { 'Release manager': certificateIdentity, 'OIDC Issuer': certificateOidcIssuer } = manager;
        const verdict = (identity: string) =>
          runVerdict(artifact, bundle, { certificateIdentity: identity, certificateOidcIssuer }, publicGoodRoot);
        const verdicts = [await verdict(certificateIdentity), await verdict(beacon)];
        if (verdicts.join() !== 'accepted,IDENTITY_MISMATCH') wrong.push(`${version}: ${verdicts}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
