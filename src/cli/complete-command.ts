/** `countersign complete` */

import type { completeRows } from '../options/index.ts';
import { type CompletionReport, completionJson, completionText, incompleteCompletion } from '../report/index.ts';
import { completeRun } from '../run/complete/index.ts';
import { loadInstance, type World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { type Display, inWorld } from './in-world.ts';
import { instanceRequest } from './instance-request.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { errorInFlags, inFlags } from './option-names.ts';

export type CompleteOptions = CommandValues<typeof completeRows, 'complete'>;

/** Adds the missing log entries to bundles, and prints a line for each file. */
export function completeCommand(paths: readonly string[], options: CompleteOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world, display) => {
    const nothing = { completed: false, files: [], warnings: [] };
    const found = await orFailureJson(json, nothing, () => complete(paths, options, world, display));
    const report = { ...found, warnings: found.warnings.map(inFlags) };
    const failure = incompleteCompletion(report);
    if (json) printJson(completionJson(report, failure && errorInFlags(failure)));
    else process.stdout.write(completionText(report, process.cwd()));
    if (failure !== undefined) throw failure;
  });
}

async function complete(
  paths: readonly string[],
  options: CompleteOptions,
  world: World,
  { show }: Display,
): Promise<CompletionReport> {
  const { insecureIgnoreSct = false, publicLog: allowPublicLog = false, concurrency } = options;
  const request = await instanceRequest({ ...options, logVersion: 2 }, 'sign');
  const instance = await loadInstance({ ...request, insecureIgnoreSct }, world);
  const onProgress = (total: number, done: number): void => show((progress) => progress.work('completed', total, done));
  return completeRun({ paths, instance, allowPublicLog, concurrency, onProgress }, world);
}
