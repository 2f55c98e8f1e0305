/** Plans the steps of a job: the folder, the id and the condition of each. */

import { join } from 'node:path';
import {
  type ActionReference,
  parseActionReference,
  type SelfRepository,
} from '../../../sandbox/runner/action-reference.ts';
import { CaselessMap } from '../../../sandbox/runner/caseless-map.ts';
import { type ActionManifest, readManifest } from '../../../sandbox/runner/manifest.ts';
import { fail } from '../../../src/core/errors/index.ts';
import type { JobStep } from './job-run.ts';
import { repositoryFolder } from './stage-action.ts';
import { parseCondition, type StatusCondition } from './status-condition.ts';

/** A step, as it is known before the job begins. */
export interface PlannedStep {
  readonly index: number;
  readonly step: JobStep;
  readonly id: string;
  readonly name: string;
  readonly reference: ActionReference;
  readonly directory: string;
  readonly condition: StatusCondition;
  /** Absent for an action in the workspace, which is read when the step begins. */
  readonly manifest: JobManifest | undefined;
  readonly state: CaselessMap;
}

/** A manifest whose conditions are parsed. */
export interface JobManifest extends Pick<ActionManifest, 'inputs' | 'using' | 'main'> {
  readonly pre: ConditionalStage | undefined;
  readonly post: ConditionalStage | undefined;
}

interface ConditionalStage {
  readonly script: string;
  readonly condition: StatusCondition;
}

/** @throws CountersignError `USAGE` */
export function readJobManifest(actionDirectory: string): JobManifest {
  const { pre, post, ...manifest } = readManifest(actionDirectory);
  const parsed = (stage: ActionManifest['pre']): ConditionalStage | undefined =>
    stage && { script: stage.script, condition: parseCondition(stage.condition) };
  return { ...manifest, pre: parsed(pre), post: parsed(post) };
}

/** The folders of actions. */
export interface ActionFolders {
  readonly workspace: string;
  readonly actionsDirectory: string | undefined;
  readonly self: SelfRepository;
}

/** @throws CountersignError `USAGE`, if GitHub would not start the job */
export function planSteps(steps: readonly JobStep[], folders: ActionFolders): readonly PlannedStep[] {
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    if (planned.some(({ id }) => id === step.id)) fail('USAGE', `Two steps have the id ${step.id}`);
    planned.push(planStep(step, planned, folders));
  }
  return planned;
}

function planStep(step: JobStep, earlier: readonly PlannedStep[], folders: ActionFolders): PlannedStep {
  const reference = parseActionReference(step.uses, folders.self);
  const local = reference.kind === 'local';
  const directory = local ? join(folders.workspace, reference.path) : stagedDirectory(reference, folders);
  return {
    index: earlier.length,
    step,
    id: step.id ?? namelessId(reference, earlier),
    name: step.name ?? `Run ${step.uses}`,
    reference,
    directory,
    condition: parseCondition(step.if ?? ''),
    manifest: local ? undefined : readJobManifest(directory),
    state: new CaselessMap(),
  };
}

function stagedDirectory(
  reference: ActionReference & { readonly kind: 'remote' },
  { actionsDirectory }: ActionFolders,
): string {
  if (actionsDirectory === undefined) fail('USAGE', `${reference.uses} needs the folder of actions`);
  const repository = repositoryFolder(actionsDirectory, reference);
  // Concatenated, as the runner does it.
  return reference.path === '' ? repository : `${repository}/${reference.path}`;
}

/** Returns the id of a step without one: `__owner_repository` or `__self`, with a number from the second on. Such steps have no outputs. */
function namelessId(reference: ActionReference, earlier: readonly PlannedStep[]): string {
  const name = reference.kind === 'local' ? '__self' : `__${reference.repository.replace('/', '_')}`;
  const same = earlier.filter(({ id }) => id === name || id.startsWith(`${name}_`)).length;
  return same === 0 ? name : `${name}_${same + 1}`;
}
