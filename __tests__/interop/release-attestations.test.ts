/** Has cosign verify the attestations of releases that the sandbox issues, with the options that GitHub's own need. */

import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleRelease, ReleaseAuthority, systemSources } from '../../sandbox/index.ts';
import { judgePath, run } from './kit/program.ts';

const authority = new ReleaseAuthority({ sources: systemSources });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-releases-'));
  await writeFile(join(folder, 'root.json'), JSON.stringify(authority.trustedRoot));
  await writeFile(join(folder, 'release.json'), JSON.stringify(authority.attest(exampleRelease)));
});
afterAll(() => rm(folder, { recursive: true }));

const cosign = (digest: string, identity = 'https://dotcom.releases.github.com') =>
  run(
    judgePath('COUNTERSIGN_INTEROP_COSIGN'),
    [
      'verify-blob-attestation',
      ...['--bundle', 'release.json', '--trusted-root', 'root.json'],
      ...['--certificate-identity', identity, '--certificate-oidc-issuer-regexp', '.*'],
      ...['--insecure-ignore-sct', '--insecure-ignore-tlog', '--use-signed-timestamps'],
      ...['--digest', digest, '--digestAlg', 'sha256', '--type', 'https://in-toto.io/attestation/release/v0.2'],
    ],
    { cwd: folder, env: { HOME: folder } },
  );

test('cosign verifies each file of a release, and refuses others and another signer', async () => {
  for (const asset of Object.values(exampleRelease.assets)) {
    const digest = createHash('sha256').update(asset).digest('hex');
    expect(await cosign(digest)).toMatchObject({ code: 0, stderr: expect.stringContaining('Verified OK') });
    const { code } = await cosign(digest, 'https://acme.releases.github.com');
    expect(code).not.toBe(0);
  }
  const { code } = await cosign('0'.repeat(64));
  expect(code).not.toBe(0);
});
