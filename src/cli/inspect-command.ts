/** `countersign inspect` */

import { join, resolve } from 'node:path';
import { pathExists } from '../node/index.ts';
import type { inspectRows } from '../options/index.ts';
import { type Inspection, inspectionFailure, inspectionJson, inspectionText } from '../report/index.ts';
import { type InspectRequest, inspect } from '../run/verify/index.ts';
import { systemRegistries, type World } from '../run/world/index.ts';
import { beginsLikeImage, looksLikeImage } from '../subject/index.ts';
import type { CommandValues } from './command-values.ts';
import { inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { reportInFlags } from './option-names.ts';
import { type PolicyOptions, policyRequest } from './policy-request.ts';
import { readAccount } from './read-account.ts';
import { usesColour } from './uses-colour.ts';
import { loadVerifyPolicy } from './verify-policy.ts';

export type InspectOptions = CommandValues<typeof inspectRows, 'inspect'> & PolicyOptions;

/**
 * Prints what the bundles in a file, or those attached to an image, claim. With a policy, it also verifies their signatures.
 *
 * @throws CountersignError if no bundle can be read, or one does not satisfy the policy
 */
export function inspectCommand(place: string, options: InspectOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const nothing = { verified: false, place, bundles: [] };
    const inspection = await orFailureJson(json, nothing, () => inspectPlace(place, options, world));
    const [first, ...others] = inspection.bundles;
    const isUnreadable = first?.claims === undefined && others.length === 0;
    if (json) printJson(inspectionJson(inspection));
    // The error says everything about a file that is not a bundle.
    else if (!isUnreadable) process.stdout.write(inspectionText(inspection, { colour: usesColour(process.stdout) }));
    const failure = inspectionFailure(inspection);
    if (failure !== undefined) throw failure;
  });
}

async function inspectPlace(place: string, options: InspectOptions, world: World): Promise<Inspection> {
  const policy = Object.keys(policyRequest(options)).length === 0 ? undefined : await loadVerifyPolicy(options, world);
  const { bundles, ...inspection } = await inspect({ place: await findPlace(place, options, world), policy }, world);
  const { results, ...rest } = reportInFlags({ ...inspection, results: bundles });
  return { ...rest, bundles: results };
}

/** Returns the file or the image that an argument names. A folder with an image layout is an image. */
async function findPlace(
  name: string,
  options: InspectOptions,
  { files, ...world }: World,
): Promise<InspectRequest['place']> {
  const isThere = await pathExists(name, files);
  const isLayout = isThere && (await pathExists(join(name, 'oci-layout'), files));
  const isImage = /^(?:oci|oci-archive|docker-archive):/.test(name) || looksLikeImage(name) || beginsLikeImage(name);
  if (!isLayout && (isThere || !isImage)) return { kind: 'file', name, path: resolve(name), workspace: process.cwd() };
  const image = isLayout && !/^[./]/.test(name) ? `oci:${name}` : name;
  const account = await readAccount(options);
  const registries = systemRegistries({ images: [image], account, environment: process.env }, { files, ...world });
  return { kind: 'image', name: image, registries };
}
