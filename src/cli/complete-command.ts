/** `countersign complete` */

import type { completeRows } from '../options/index.ts';
import { type CompletionReport, completionJson, completionText, incompleteCompletion } from '../report/index.ts';
import { completeRun } from '../run/complete/index.ts';
import { loadInstance, loadRegistries, type World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { type Display, inWorld } from './in-world.ts';
import { instanceRequest } from './instance-request.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { namesImage } from './names-image.ts';
import { errorInFlags, inFlags } from './option-names.ts';
import { readAccount } from './read-account.ts';

export type CompleteOptions = CommandValues<typeof completeRows, 'complete'>;

/** Adds the missing log entries to bundles, and prints a line for each file and each bundle of an image. */
export function completeCommand(names: readonly string[], options: CompleteOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world, display) => {
    const nothing = { completed: false, files: [], warnings: [] };
    const found = await orFailureJson(json, nothing, () => complete(names, options, world, display));
    const report = { ...found, warnings: found.warnings.map(inFlags) };
    const failure = incompleteCompletion(report);
    if (json) printJson(completionJson(report, failure && errorInFlags(failure)));
    else process.stdout.write(completionText(report, process.cwd()));
    if (failure !== undefined) throw failure;
  });
}

async function complete(
  names: readonly string[],
  options: CompleteOptions,
  world: World,
  { show }: Display,
): Promise<CompletionReport> {
  const paths: string[] = [];
  const images: string[] = [];
  for (const name of names) ((await namesImage(name, world)) ? images : paths).push(name);
  const account = await readAccount(options);
  const registries = await loadRegistries({ images, account, environment: process.env }, world);
  const { insecureIgnoreSct = false, publicLog: allowPublicLog = false, concurrency } = options;
  const request = await instanceRequest({ ...options, logVersion: 2 }, 'sign');
  const instance = await loadInstance({ ...request, insecureIgnoreSct }, world);
  const onProgress = (total: number, done: number): void => show((progress) => progress.work('completed', total, done));
  const attached = registries && { names: images, registries };
  return completeRun({ paths, images: attached, instance, allowPublicLog, concurrency, onProgress }, world);
}
