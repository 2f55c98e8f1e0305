/** The built sign action, run as a runner runs it, in a job that may have an identity. */

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleJob, type StepResult } from '../../../sandbox/index.ts';
import { built } from '../../kit/built.ts';
import { runWatchedAction, stageAction } from '../../kit/runner/index.ts';
import type { Form } from './client.ts';
import type { Court } from './court.ts';
import type { LogVersion } from './instance.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));

export interface SignedFile {
  readonly file: string;
  readonly bundle: string;
}

/** A workspace with so many files. */
export async function workspaceOf(court: Court, count: number): Promise<string> {
  const workspace = await mkdtemp(court.path('workspace-'));
  for (let index = 0; index < count; index++)
    await writeFile(join(workspace, `${index}.bin`), `${workspace} ${index}\n`);
  return workspace;
}

/** Runs the action over every file of a workspace. */
export async function runSignAction(
  court: Court,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
): Promise<StepResult> {
  const { instance } = court;
  const actionsDirectory = court.path('_actions');
  const { requestUrl, requestToken } = instance.tokenEndpoint;
  await built('sign.mjs');
  return runWatchedAction({
    actionDirectory: await stageAction({ checkout, actionsDirectory, uses: 'example-org/countersign@v1' }),
    workspace,
    temporaryDirectory: await mkdtemp(court.path('runner-temp-')),
    uses: 'example-org/countersign@v1',
    stepId: 'sign',
    github: { repository: exampleJob.repository, run_id: exampleJob.run_id, job: 'release' },
    idToken: { requestUrl, requestToken },
    actionsVariables: {
      ACTIONS_RESULTS_URL: instance.setting('ACTIONS_RESULTS_URL'),
      ACTIONS_RUNTIME_TOKEN: instance.setting('ACTIONS_RUNTIME_TOKEN'),
    },
    inputs: {
      files: '*.bin',
      instance: instance.name,
      'trusted-root': instance.trustedRoot,
      'retry-budget': '0',
      ...inputs,
    },
  });
}

/** Signs every file of a workspace, and says where the bundle of each is. */
export async function signWithAction(
  court: Court,
  workspace: string,
  log: LogVersion,
  form: Form,
  inputs: Readonly<Record<string, string>> = {},
): Promise<readonly SignedFile[]> {
  const {
    conclusion,
    outputs,
    log: lines,
  } = await runSignAction(court, workspace, {
    'signing-config': court.instance.signingConfig(log),
    'bundle-format': form === 'message' ? 'per-file' : 'attestation',
    'upload-artifact': 'false',
    ...inputs,
  });
  if (conclusion !== 'success') throw new Error(`the action failed:\n${lines.join('\n')}`);
  const longList = outputs.get('subjects-file');
  const subjects: readonly { readonly name: string; readonly bundle: string }[] = JSON.parse(
    longList ? await readFile(longList, 'utf8') : (outputs.get('subjects') ?? '[]'),
  );
  return subjects.map(({ name, bundle }) => ({ file: join(workspace, name), bundle }));
}
