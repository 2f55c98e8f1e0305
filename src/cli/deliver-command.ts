/** `countersign deliver` */

import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { deliverRows } from '../options/index.ts';
import { deliveriesJson, deliveryLines, plainLine } from '../report/index.ts';
import { type DeliverResult, deliverVerified } from '../run/deliver/index.ts';
import { deliveriesTo, reported } from '../run/sign/index.ts';
import { loadNamedFiles } from '../run/verify/index.ts';
import { loadRegistries, type World } from '../run/world/index.ts';
import { collectImages } from '../subject/index.ts';
import type { CommandValues } from './command-values.ts';
import { dividedFiles } from './divided-files.ts';
import { gitHubDestinations } from './github-destinations.ts';
import { inWorld } from './in-world.ts';
import { failureDocument, orFailureJson, printJson } from './json-output.ts';
import { namesImage } from './names-image.ts';
import { errorInFlags, reportInFlags } from './option-names.ts';
import type { PolicyOptions } from './policy-request.ts';
import { readAccount } from './read-account.ts';
import { loadVerifyPolicy } from './verify-policy.ts';

export type DeliverOptions = CommandValues<typeof deliverRows, 'deliver'> & PolicyOptions;

/** The number of artifacts that are verified at once. */
const concurrency = 8;

/** Verifies artifacts, and delivers them with their bundles. Prints the results of the deliveries. */
export function deliverCommand(artifacts: readonly string[], options: DeliverOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const result = await orFailureJson(json, { delivered: false, deliveries: [] }, () =>
      deliver(artifacts, options, world),
    );
    const { deliveries, warnings } = reportInFlags({
      warnings: result.verification.warnings,
      deliveries: result.results.map(reported),
    });
    const [failure] = result.failures;
    if (json) {
      const members = { delivered: failure === undefined, deliveries: deliveriesJson(deliveries), warnings };
      const ended = failure === undefined ? { exitCode: 0, failure: null } : failureDocument(failure);
      printJson({ version: 1, ...members, ...ended });
    } else {
      const lines = [...warnings.map((warning) => `Warning: ${warning}`), ...deliveryLines(deliveries)];
      process.stdout.write(lines.map((line) => `${plainLine(line)}\n`).join(''));
    }
    if (failure !== undefined) throw errorInFlags(failure);
  });
}

async function deliver(artifacts: readonly string[], options: DeliverOptions, world: World): Promise<DeliverResult> {
  const { toRelease: release, publishRelease, storeAttestations, toRegistry = false } = options;
  const destinations = { repo: options.repo, release, publishRelease, storeAttestations };
  // The job that delivers need not be one for the commit that was built.
  const github = gitHubDestinations(destinations, { ...process.env, GITHUB_SHA: undefined });
  if (github === undefined && !toRegistry)
    fail('USAGE', 'no destination is specified', {
      remedy: 'Use --to-release, --store-attestations or --to-registry.',
    });
  const names: string[] = [];
  const others: string[] = [];
  for (const artifact of artifacts) ((await namesImage(artifact, world)) ? names : others).push(artifact);
  if (toRegistry && names.length === 0)
    fail('USAGE', '`to-registry` is set, but there is no image', {
      remedy: 'Specify an image, or leave `to-registry` out.',
    });
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const workspace = process.cwd();
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: names, account, environment: process.env }, world);
  const images =
    registries === undefined
      ? []
      : await collectImages(names, { recursive: false }, workspace, registries, world.files);
  const directory = options.bundleDir === undefined ? undefined : resolve(options.bundleDir);
  const bundles = { workspace, paths: options.bundle.map((path) => resolve(path)), directory };
  const { files, patterns } = await dividedFiles(others, world);
  const { artifacts: named } = await loadNamedFiles(files, patterns, bundles, world);
  const verification = { artifacts: named, bundles, policy, trust, concurrency };
  const deliveries = await deliveriesTo({
    places: { workspace, bundleDirectory: undefined },
    ...(toRegistry && registries && { images: { registries, push: true } }),
    github,
  });
  return deliverVerified({ verification, images, deliveries, temporaryDirectory: tmpdir() }, world);
}
