/** The verify action. Reads inputs, calls the run, writes outputs. It needs no permission, no identity and no secret, except to sign a VSA. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { error as annotateError, info, notice, setOutput, warning } from '@actions/core';
import { encodeHex } from '../core/encoding/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import { deliverFile, demandConfined } from '../deliver/index.ts';
import type { DownloadedArtifact } from '../fetch/index.ts';
import { artifactWarnings, fetchArtifact } from '../fetch/index.ts';
import { acceptedFiles } from '../gate/index.ts';
import type { VerifyOutputName } from '../options/index.ts';
import {
  artifactOutcomes,
  identities,
  imagesJson,
  plainLine,
  resultsJson,
  retryText,
  type VerificationReport,
  verificationAnnotations,
  verificationJsonText,
  verificationSummary,
  verificationText,
  verifiedImage,
} from '../report/index.ts';
import { loadPolicy, loadTrust, type VerifyPolicy } from '../run/policy/index.ts';
import type { Verification } from '../run/summary/index.ts';
import type { VerifyRequest } from '../run/verify/index.ts';
import {
  loadImages,
  openStore,
  releaseOf,
  selectFromArtifact,
  selectVerifiables,
  verifyRun,
  withLeftOut,
} from '../run/verify/index.ts';
import type { World } from '../run/world/index.ts';
import { systemWorld } from '../run/world/index.ts';
import { demandArtifactService } from '../services/github/index.ts';
import { type LeftOut, namesNothing } from '../subject/index.ts';
import { setLongOutput, truncated } from './long-output.ts';
import { readVerifyInputs, type VerifyInputs } from './read-verify-inputs.ts';
import { runStep } from './step.ts';
import type { Summaries } from './summaries.ts';
import { writeSummary } from './write-summary.ts';

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
/** The folders into which the report may be written. */
const places = { workspace, bundleDirectory: undefined };
/** The number of artifacts up to which the log has the criteria of verified artifacts. The summary always has them. */
const maxDetailed = 20;

// Nothing has to be finished after a signal, so signals keep their default effect.
await runStep(async () => {
  // Set first: it must hold even if the process is killed.
  setVerified(false);
  const inputs = readVerifyInputs(workspace);
  using world = systemWorld({
    retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
    onRetry: (notice) => info(plainLine(retryText(notice))),
  });
  const summaries = await summariesFor(inputs, world);
  const verification = await verifyAll(inputs, summaries, world);
  const { report } = verification;
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.some(({ failure }) => failure !== undefined);
  // No message: the annotations say why, and GitHub keeps only ten errors of a step.
  if (failed) process.exitCode = 1;
  await publish(report, inputs, world);
  await summaries?.write(verification);
  if (outcomes.length > 0 && !failed) setVerified(true);
});

/** Returns the summaries that the inputs ask for. Their code is loaded if one of these inputs is set. */
async function summariesFor(inputs: VerifyInputs, world: World): Promise<Summaries | undefined> {
  const { vsaOut, svrOut, policyUri, vsaLevel, vsaFailed, signVsa, signingConfig, publicLog } = inputs;
  const texts = [vsaOut, svrOut, policyUri, signingConfig, ...vsaLevel];
  if (!vsaFailed && !signVsa && !publicLog && texts.every((text) => text === undefined)) return undefined;
  const { summariesOf } = await import('./summaries.ts');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return summariesOf(inputs, version, workspace, world);
}

async function verifyAll(
  inputs: VerifyInputs,
  summaries: Summaries | undefined,
  ungated: World,
): Promise<Verification> {
  if (inputs.reportPath !== undefined) await demandConfined(ungated.files, dirname(inputs.reportPath), places);
  const warnings: string[] = [];
  const world = gated(ungated, inputs, warnings);
  const policy = await loadPolicy(summaries === undefined ? inputs.policy : summaries.policyRequest, world);
  if (inputs.releaseAssets !== undefined) {
    const { report, trust } = await releaseAssets(inputs.releaseAssets, policy, inputs, world);
    return { report: { ...report, warnings: [...warnings, ...report.warnings] }, artifacts: [], policy, trust };
  }
  const { artifacts, skipped, leftOut, fetched } = await namedArtifacts(inputs, policy, world);
  summaries?.demandOtherPaths(artifacts);
  // Patterns that match only files that are left out have failed by now.
  if (artifacts.length === 0) {
    const nothing = { results: [], warnings: [...warnings, 'nothing was verified: no file matches `files`'] };
    return { report: nothing, artifacts, policy, trust: { roots: [], warnings: [] } };
  }
  const bundles = await bundlePlaces(inputs, fetched, world);
  const trust = await loadTrust(inputs.instance, world, policy);
  const { from, githubToken: token } = inputs;
  const store = await openStore({ from, policy, token, apiUrl: process.env.GITHUB_API_URL }, world);
  const verified = await verifyRun({ artifacts, bundles, store, policy, trust, concurrency: 8 }, world);
  const taken = inputs.filesArtifact === undefined ? [] : artifactWarnings(inputs.filesArtifact, 'verify');
  const report = withLeftOut(
    { ...verified, skipped, warnings: [...warnings, ...taken, ...verified.warnings] },
    leftOut,
    inputs.strictFolder,
  );
  return { report, artifacts, policy, trust };
}

/** Verifies the assets of a release. The code for it is loaded only for this input. */
async function releaseAssets(
  place: string,
  policy: VerifyPolicy,
  { releaseFiles: files, instance, githubToken: token }: VerifyInputs,
  world: World,
): Promise<Pick<Verification, 'report' | 'trust'>> {
  const { verifyReleaseAssets } = await import('../run/release-check/index.ts');
  const trust = await loadTrust(instance, world, policy);
  const request = { place, files, policy, trust, token, apiUrl: process.env.GITHUB_API_URL, concurrency: 8 };
  return { report: await verifyReleaseAssets({ ...request, temporaryDirectory }, world), trust };
}

/**
 * Returns a world that checks whether the repository has accepted a policy, key or trusted root. With
 * `policy-from-pull-request: warn`, a file that it has not accepted is a warning.
 */
function gated(world: World, { refuseProposedPolicy }: VerifyInputs, warnings: string[]): World {
  const { GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REF, GITHUB_SHA, GITHUB_REPOSITORY, GITHUB_SERVER_URL } =
    process.env;
  const job = {
    workspace,
    eventName: GITHUB_EVENT_NAME,
    eventPath: GITHUB_EVENT_PATH,
    ref: GITHUB_REF,
    sha: GITHUB_SHA,
    repository: GITHUB_REPOSITORY,
    serverUrl: GITHUB_SERVER_URL,
  };
  const demand = acceptedFiles(job, world.files);
  if (demand === undefined) return world;
  const warn: typeof demand = (...file) =>
    demand(...file).catch((failure: unknown) => {
      if (!(failure instanceof CountersignError)) throw failure;
      warnings.push([`${failure.message}.`, failure.remedy].join(' ').trim());
    });
  return { ...world, demandAccepted: refuseProposedPolicy ? demand : warn };
}

interface NamedArtifacts extends Pick<VerifyRequest, 'artifacts'> {
  /** The names of the bundles that are not verified themselves. */
  readonly skipped: readonly string[];
  /** The files in the same folders that are not verified. */
  readonly leftOut: readonly LeftOut[];
  /** The workflow artifact that holds them, if one does. */
  readonly fetched: DownloadedArtifact | undefined;
}

async function namedArtifacts(inputs: VerifyInputs, policy: VerifyPolicy, world: World): Promise<NamedArtifacts> {
  const { filesArtifact, subjects, images: imageNames } = inputs;
  const isNothing = filesArtifact === undefined && imageNames.length === 0 && namesNothing(subjects);
  const release = isNothing ? releaseOf(policy) : undefined;
  if (release !== undefined) return { artifacts: [release], skipped: [], leftOut: [], fetched: undefined };
  const { artifacts, ...named } = await namedFiles(inputs, world);
  const images = await loadImages({ ...inputs, environment: process.env }, world);
  return { ...named, artifacts: [...artifacts, ...images] };
}

async function namedFiles(
  { filesArtifact: artifact, subjects, images }: VerifyInputs,
  world: World,
): Promise<NamedArtifacts> {
  if (artifact === undefined && images.length > 0 && namesNothing(subjects))
    return { artifacts: [], skipped: [], leftOut: [], fetched: undefined };
  if (artifact === undefined) return { ...(await selectVerifiables(subjects, workspace, world)), fetched: undefined };
  demandArtifactService(serverUrl, 'files-artifact', 'Download the artifact in an earlier step, and set `files`.');
  const source = { artifact, input: 'files-artifact', holds: 'files', temporaryDirectory } as const;
  const fetched = await fetchArtifact(source, world.files);
  output('artifact-path', fetched.directory);
  return { ...(await selectFromArtifact(fetched, world)), leftOut: [], fetched };
}

async function bundlePlaces(
  { bundlePaths: paths, bundleDirectory: directory, bundleArtifact: name }: VerifyInputs,
  fetched: DownloadedArtifact | undefined,
  world: World,
): Promise<VerifyRequest['bundles']> {
  const confinedTo = workspace;
  if (name === undefined) return { workspace: fetched?.directory ?? workspace, paths, directory, confinedTo };
  demandArtifactService(
    serverUrl,
    'bundle-artifact',
    'Download the artifact in an earlier step, and set `bundle-dir`.',
  );
  const source = { artifact: { name }, input: 'bundle-artifact', holds: 'bundles', temporaryDirectory } as const;
  const { directory: unpacked } = await fetchArtifact(source, world.files);
  return { workspace: unpacked, paths, directory: unpacked, confinedTo };
}

async function publish(report: VerificationReport, inputs: VerifyInputs, world: World): Promise<void> {
  const annotate = { error: annotateError, warning, notice } as const;
  for (const { level, title, message } of verificationAnnotations(report)) annotate[level](message, { title });
  const outcomes = artifactOutcomes(report);
  // The lines are safe for a log already; printing a hundred thousand one by one would take seconds.
  const verbose = outcomes.length <= maxDetailed;
  info(verificationText(report, { verbose }).trimEnd());
  await writeSummary(verificationSummary(report));
  const path =
    inputs.reportPath ?? join(temporaryDirectory, `countersign-verification-${encodeHex(world.random(8))}.json`);
  await deliverFile(world.files, world.random, path, verificationJsonText(report), places);
  const results = { value: resultsJson(report), instead: truncated(outcomes.length, { report: path }) };
  await setLongOutput<VerifyOutputName>('results', 'results-file', results, temporaryDirectory, world);
  const names = identities(report);
  const signers = { value: JSON.stringify(names), instead: truncated(names.length, {}) };
  await setLongOutput<VerifyOutputName>('identities', 'identities-file', signers, temporaryDirectory, world);
  output('image', verifiedImage(report));
  const count = outcomes.filter(({ image }) => image !== undefined).length;
  const images = { value: imagesJson(report), instead: truncated(count, {}) };
  await setLongOutput<VerifyOutputName>('images', 'images-file', images, temporaryDirectory, world);
  output('report-path', path);
}

function setVerified(verified: boolean): void {
  output('verified', String(verified));
}

function output(name: VerifyOutputName, value: string): void {
  setOutput(name, value);
}
