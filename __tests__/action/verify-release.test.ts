/** The verify action with the attestation of a GitHub release. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleRelease, type StepResult } from '../../sandbox/index.ts';
import { failure, Job, lastStep } from './job.ts';

const release = `${exampleRelease.repository}@${exampleRelease.tag}`;
let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

async function verify(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const { releaseAuthority } = job.sandbox;
  const workspace = await job.workspace({
    ...exampleRelease.assets,
    'release.json': JSON.stringify(releaseAuthority.attest(exampleRelease)),
    'github.json': JSON.stringify(releaseAuthority.trustedRoot),
  });
  const signedByGitHub = { 'certificate-identity': '', 'certificate-oidc-issuer': '', release };
  const step = job.verifyStep({
    'trusted-root': 'github.json',
    bundle: 'release.json',
    ...signedByGitHub,
    ...inputs,
  });
  return lastStep(await job.run(workspace, [step], { permissions: { contents: 'read' } }));
}

test('verifies the release, or files of it', async () => {
  const whole = await verify({});
  expect(whole.conclusion).toBe('success');
  expect(whole.outputs.get('verified')).toBe('true');
  expect(whole.log.join('\n')).toMatch(new RegExp(`commit +${exampleRelease.commit}`));
  const each = await verify({ files: 'app.*' });
  expect(each.conclusion).toBe('success');
  expect(JSON.parse(each.outputs.get('results') ?? '[]')).toHaveLength(2);
});

test('fails for another release, for a file that is not in it, and without verifying anything', async () => {
  expect(failure(await verify({ release: `${exampleRelease.repository}@v9` }))).toContain('expected');
  expect(failure(await verify({ files: 'github.json' }))).toContain('none of which is');
  const none = await verify({ files: '*.exe', 'allow-no-files': 'true' });
  expect(none.outputs.get('verified')).toBe('false');
});
