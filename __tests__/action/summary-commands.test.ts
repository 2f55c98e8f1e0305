/** The commands that the job summary gives to be copied: run as they stand, by a shell, with this package in npx's place. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { declaredActions } from '../../src/options/index.ts';
import { built } from '../kit/built.ts';
import { actionCommit, Job } from './job.ts';

const cli = await built('cli.mjs');

let job: Job;
let bin = '';
beforeAll(async () => {
  job = await Job.start();
  bin = job.path('bin');
  await mkdir(bin);
  const npx = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${cli}" "$@"\n`;
  await writeFile(join(bin, 'npx'), npx);
  await chmod(join(bin, 'npx'), 0o755);
});
afterAll(() => job[Symbol.asyncDispose]());

/** The first fenced block that calls Countersign. */
function countersignCommand(summary: string): string {
  const blocks = [...summary.matchAll(/^(`{3,})\w*\n([\s\S]*?)\n\1$/gm)].map(([, , text]) => text ?? '');
  return (
    blocks.find((text) =>
      text.startsWith(`npx --allow-git=root 'github:example-org/countersign#${actionCommit}' verify`),
    ) ?? ''
  );
}

function shell(command: string, cwd: string): Promise<{ readonly stdout: string }> {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  return promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], { cwd, env });
}

test.each(['app.tgz', "it's $(a) `name`; with & everything.tgz", '-b.tgz'])('verify %s', async (name) => {
  for (const format of ['per-file', 'attestation']) {
    const workspace = await job.workspace({ [name]: 'contents' });
    const { conclusion, summary } = await job.sign(workspace, { files: '*.tgz', 'bundle-format': format });
    expect(conclusion).toBe('success');
    const command = countersignCommand(summary);
    expect((await shell(command, workspace)).stdout).toContain('Verified ');
    await writeFile(join(workspace, name), 'other contents');
    await expect(shell(command, workspace)).rejects.toMatchObject({ code: 4 });
  }
});

const variableOf = (input: string): string => `INPUT_${input.toUpperCase()}`;

test('what earlier steps announced is signed where no input names anything', async () => {
  const workspace = await job.workspace();
  const list = job.path('artifacts.json');
  const digest = `sha256:${'ab'.repeat(32)}`;
  await writeFile(list, JSON.stringify({ version: 1, subjects: [{ name: 'app.tgz', digest, kind: 'file' }] }));
  // The simulated runner keeps no list of its own: its variable is empty, and a workflow's `env:` may not set it.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--import',
      `data:text/javascript,process.env.GITHUB_ARTIFACTS_LIST=${JSON.stringify(list)}`,
      join(job.action, 'dist/sign.mjs'),
    ],
    {
      cwd: workspace,
      env: {
        ...process.env,
        GITHUB_WORKSPACE: workspace,
        ACTIONS_ID_TOKEN_REQUEST_URL: job.sandbox.jobTokens.requestUrl,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: job.sandbox.jobTokens.requestToken,
        ...Object.fromEntries(
          Object.entries(declaredActions().sign.inputs).map(([input, { default: value }]) => [
            variableOf(input),
            value,
          ]),
        ),
        [variableOf('instance')]: 'sandbox',
        [variableOf('trusted-root')]: job.path('trusted_root.json'),
        [variableOf('signing-config')]: job.path('rekor-v2.json'),
        [variableOf('bundle-format')]: 'per-file',
        [variableOf('upload-artifact')]: 'false',
        [variableOf('retry-budget')]: '0',
      },
    },
  );
  expect(stdout).toContain('signed app.tgz, logged at ');
});
