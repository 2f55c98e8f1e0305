/** The verify action. Reads inputs, calls the run, writes outputs. It needs no permission, no identity and no secret. */

import { dirname, join, relative } from 'node:path';
import { error as annotateError, info, notice, setOutput, summary, warning } from '@actions/core';
import { encodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { type DownloadedArtifact, deliverFile, demandConfined } from '../deliver/index.ts';
import { proposedFiles } from '../gate/index.ts';
import {
  artifactOutcomes,
  identitiesJson,
  imagesJson,
  plainLine,
  resultsJson,
  retryText,
  type VerificationReport,
  verificationAnnotations,
  verificationJson,
  verificationSummary,
  verificationText,
  verifiedImage,
} from '../report/index.ts';
import {
  artifactWarnings,
  fetchArtifact,
  loadImages,
  loadPolicy,
  loadTrust,
  planArtifact,
  planVerifiables,
  systemWorld,
  type VerifyRequest,
  verifyRun,
  type World,
} from '../run/index.ts';
import { namesNothing } from '../subject/index.ts';
import { readVerifyInputs, type VerifyInputs } from './read-verify-inputs.ts';
import { runStep } from './step.ts';
import type { VerifyOutputName } from './verify-inputs.ts';

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
/** Where the report may be written. */
const places = { workspace, bundleDirectory: undefined };

// Nothing needs to be finished here: a signal ends the process, as the system does it.
await runStep(async () => {
  // First of all, so that it is true whatever ends the process.
  setVerified(false);
  const inputs = readVerifyInputs(workspace);
  using world = systemWorld({
    retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
    onRetry: (notice) => info(plainLine(retryText(notice))),
  });
  const report = await verifyAll(inputs, world);
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.some(({ failure }) => failure !== undefined);
  // The annotations say why; GitHub keeps ten errors of a step, and one more would push one of them out.
  if (failed) process.exitCode = 1;
  await publish(report, inputs, world);
  if (outcomes.length > 0 && !failed) setVerified(true);
});

async function verifyAll(inputs: VerifyInputs, world: World): Promise<VerificationReport> {
  if (inputs.reportPath !== undefined) await demandConfined(world.files, dirname(inputs.reportPath), places);
  const proposed = await proposedPolicy(inputs, world);
  const policy = await loadPolicy(inputs.policy, world);
  const { artifacts, fetched } = await namedArtifacts(inputs, world);
  if (artifacts.length === 0)
    return { results: [], warnings: [...proposed, 'nothing matches `files`: there was nothing to verify'] };
  const bundles = await bundlePlaces(inputs, fetched, world);
  const trust = await loadTrust(inputs.instance, world);
  const report = await verifyRun({ artifacts, bundles, policy, trust, concurrency: 8 }, world);
  const taken = inputs.filesArtifact === undefined ? [] : artifactWarnings(inputs.filesArtifact, 'verify');
  return { ...report, warnings: [...proposed, ...taken, ...report.warnings] };
}

/** What is said, or refused, where the pull request that is checked could change what it is checked by. */
async function proposedPolicy(
  { policy, instance, ...inputs }: VerifyInputs,
  { files }: World,
): Promise<readonly string[]> {
  const { GITHUB_EVENT_NAME: eventName = '', GITHUB_SHA: sha = '', GITHUB_EVENT_PATH: eventPath } = process.env;
  const paths = [policy.policy, policy.key, instance.trustedRoot, instance.tufRoot].filter(
    (path) => path !== undefined,
  );
  const proposed = await proposedFiles(paths, { workspace, eventName, sha, eventPath }, files);
  if (proposed.length === 0) return [];
  const shown = proposed.map((path) => relative(workspace, path)).join(', ');
  const problem = `what decides is read from this pull request, whose author can change it: ${shown}`;
  const remedy = 'Check out the base branch in a folder of its own and read it from there, or say it with inputs.';
  return inputs.refuseProposedPolicy ? fail('POLICY_INVALID', problem, { remedy }) : [`${problem}. ${remedy}`];
}

interface NamedArtifacts extends Pick<VerifyRequest, 'artifacts'> {
  /** The workflow artifact that they are in, if they are in one. */
  readonly fetched: DownloadedArtifact | undefined;
}

async function namedArtifacts(inputs: VerifyInputs, world: World): Promise<NamedArtifacts> {
  const { artifacts, fetched } = await namedFiles(inputs, world);
  const images = await loadImages({ ...inputs, environment: process.env }, world);
  return { artifacts: [...artifacts, ...images], fetched };
}

async function namedFiles(
  { filesArtifact: artifact, subjects, images }: VerifyInputs,
  world: World,
): Promise<NamedArtifacts> {
  if (artifact === undefined && images.length > 0 && namesNothing(subjects))
    return { artifacts: [], fetched: undefined };
  if (artifact === undefined)
    return { artifacts: await planVerifiables(subjects, workspace, world), fetched: undefined };
  const source = { artifact, input: 'files-artifact', holds: 'files', temporaryDirectory } as const;
  const fetched = await fetchArtifact(source, world);
  output('artifact-path', fetched.directory);
  return { artifacts: await planArtifact(fetched, world), fetched };
}

async function bundlePlaces(
  { bundlePaths: paths, bundleDirectory: directory, bundleArtifact: name }: VerifyInputs,
  fetched: DownloadedArtifact | undefined,
  world: World,
): Promise<VerifyRequest['bundles']> {
  const confinedTo = workspace;
  if (name === undefined) return { workspace: fetched?.directory ?? workspace, paths, directory, confinedTo };
  const source = { artifact: { name }, input: 'bundle-artifact', holds: 'bundles', temporaryDirectory } as const;
  const { directory: unpacked } = await fetchArtifact(source, world);
  return { workspace: unpacked, paths, directory: unpacked, confinedTo };
}

async function publish(report: VerificationReport, inputs: VerifyInputs, world: World): Promise<void> {
  const annotate = { error: annotateError, warning, notice } as const;
  for (const { level, title, message } of verificationAnnotations(report)) annotate[level](message, { title });
  for (const line of verificationText(report).trimEnd().split('\n')) info(line);
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(verificationSummary(report)).write();
  const path =
    inputs.reportPath ?? join(temporaryDirectory, `countersign-verification-${encodeHex(world.random(8))}.json`);
  await deliverFile(world.files, world.random, path, `${JSON.stringify(verificationJson(report))}\n`, places);
  output('results', resultsJson(report, path));
  output('identities', identitiesJson(report));
  output('image', verifiedImage(report));
  output('images', imagesJson(report));
  output('report-path', path);
}

function setVerified(verified: boolean): void {
  output('verified', String(verified));
}

function output(name: VerifyOutputName, value: string): void {
  setOutput(name, value);
}
