/** A workflow that the documentation shows, made to use the sandbox, and so that no two runs share the name of an artifact. */

import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { countersignCommit, countersignRepository } from './act-repositories.ts';

type Texts = Readonly<Record<string, string>>;

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Texts;
  readonly env?: Texts;
}
export interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly with?: Texts;
  readonly steps?: readonly Step[];
}
export interface ShownWorkflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** One of a page, by its place among those there. */
export async function shownWorkflow(page: string, place: number): Promise<ShownWorkflow> {
  const text = await readFile(new URL(`../../../${page}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const shown = blocks.filter((block) => block.includes('jobs:'))[place];
  if (shown === undefined) throw new Error(`${page} shows no workflow ${place}`);
  return parse(/^on:/m.test(shown) ? shown : `on: push\n${shown}`);
}

export interface Changes {
  /** Inputs of every step or call that is ours, by what it does. */
  readonly inputs: Readonly<Record<'sign' | 'verify', Texts>>;
  /** In place of `release`, the name of its artifact. */
  readonly artifact: string;
  /** The commits of GitHub's actions, by `owner/name`. */
  readonly pins: ReadonlyMap<string, string>;
  /** Other changes. */
  readonly change?: (workflow: ShownWorkflow) => ShownWorkflow;
}

export function usable(shown: ShownWorkflow, { inputs, artifact, pins, change = (same) => same }: Changes): string {
  const adapt = <S extends Step | Job>(one: S): S => {
    const uses = one.uses?.replace('OWNER/countersign', countersignRepository);
    const what = uses?.includes(countersignRepository) ? (/\bverify\b/.test(uses) ? 'verify' : 'sign') : undefined;
    const given = Object.entries({ ...one.with, ...(what && inputs[what]) }).map(([name, value]) => [
      name,
      value === 'release'
        ? artifact
        : typeof value === 'string'
          ? pinned(value.replace('OWNER/', 'example-org/'))
          : value,
    ]);
    return {
      ...one,
      ...(uses !== undefined && { uses: pinned(pins.get(uses.split('@')[0] ?? '') ?? uses) }),
      ...(given.length > 0 && { with: Object.fromEntries(given) }),
    };
  };
  const workflow = change(shown);
  const jobs = Object.entries(workflow.jobs).map(([id, job]) => [
    id,
    { ...adapt(job), ...(job.steps !== undefined && { steps: job.steps.map(adapt) }) },
  ]);
  return stringify({ ...workflow, jobs: Object.fromEntries(jobs) });
}

function pinned(text: string): string {
  return text.replace('@COMMIT', `@${countersignCommit}`);
}
