/**
 * The monitor action: a watch whose state is in a workflow artifact between runs. The state is uploaded whatever the watch finds: a run that does
 * not remember what it has read would report it again, or not at all.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { error as annotateError, info, setOutput, warning } from '@actions/core';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';
import { uploadFolder } from '../deliver/index.ts';
import { restoreState, stateArtifactName } from '../fetch/index.ts';
import type { StateProblem, WatchReport } from '../monitor/watch/index.ts';
import { growHeapSlowly, type Interruption, safeFileName, untilInterrupted } from '../node/index.ts';
import { type Delivery, issueAnchors } from '../notify/index.ts';
import type { MonitorOutputName } from '../options/index.ts';
import {
  isAlert,
  plainLine,
  plainLines,
  retryText,
  watchIncompleteReasons,
  watchJson,
  watchOutcome,
  watchPage,
  watchSummary,
  watchText,
} from '../report/index.ts';
import { loadTrust, trustSource } from '../run/policy/index.ts';
import {
  anchorProblems,
  type LoadedPolicy,
  loadWatchPolicy,
  type OpenServices,
  openDeliveries,
  openPackages,
  openWatchServices,
  runWatch,
  testDeliveries,
} from '../run/watch/index.ts';
import { systemWorld, type World } from '../run/world/index.ts';
import { demandArtifactName, demandArtifactService, type GitHubClient } from '../services/github/index.ts';
import { lastComplete, rememberComplete } from './outage-time.ts';
import { type MonitorInputs, readMonitorInputs } from './read-monitor-inputs.ts';
import { runStep } from './step.ts';
import { readWatchJob, type WatchJob } from './watch-job.ts';
import { writeSummary } from './write-summary.ts';

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
const title = 'Countersign watch';
const reportArtifact = 'countersign-watch-report';
/** GitHub shows ten errors of a step. */
const maxAnnotations = 10;

/** What a run works with. */
interface Parts {
  readonly inputs: MonitorInputs;
  readonly job: WatchJob;
  readonly policy: LoadedPolicy;
  readonly services: OpenServices;
  readonly deliveries: readonly Delivery[];
  readonly version: string;
}

await untilInterrupted((interruption) =>
  runStep(async () => {
    growHeapSlowly();
    const inputs = readMonitorInputs(workspace);
    using world = systemWorld({
      cancellation: interruption.cancellation,
      retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
      onRetry: (notice) => info(plainLine(retryText(notice))),
    });
    await monitor(inputs, interruption, world);
  }),
);

async function monitor(inputs: MonitorInputs, interruption: Interruption, world: World): Promise<void> {
  demandArtifactService(
    serverUrl,
    'state-artifact',
    'Run `countersign watch` on a machine that keeps its state folder.',
  );
  const artifact = inputs.stateArtifact ?? '';
  demandArtifactName(artifact, 'state-artifact');
  const job = readWatchJob(process.env);
  const policy = await loadWatchPolicy(shownPath(inputs.policy), world, { serverUrl });
  const { token, webhookSecret: webhookSecrets } = inputs;
  using services = openWatchServices({ token, apiUrl: process.env.GITHUB_API_URL, webhookSecrets }, world);
  const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
  const deliveries = openDeliveries(
    {
      issue: inputs.issue ? job.repository : undefined,
      webhook: inputs.webhook,
      files: (['ocsf', 'sarif', 'metrics'] as const).flatMap((format) => {
        const path = inputs[format];
        return path === undefined ? [] : [{ format, path }];
      }),
      version,
    },
    services,
    world,
  );
  const parts = { inputs, job, policy, services, deliveries, version };
  if (inputs.testDelivery) return test(parts, world);
  const state = await newStateFolder(artifact, world);
  const problems = await restore(parts, state, world).catch(failIncomplete);
  const since = await lastComplete(state, world);
  // From here on, what was read is stored and uploaded even after a signal.
  interruption.takeOver();
  const outage = await watch(parts, state, problems, world);
  const now = world.clock();
  const isComplete = outage === undefined;
  await rememberComplete(state, isComplete ? now : since, world);
  const name = stateArtifactName(artifact, job.attempt);
  const { id } = await uploadFolder({ name, folder: state, what: 'the state of the watch' }, world.files);
  output('state-artifact-id', String(id));
  if (!isComplete) reportOutage(outage, since, now, inputs);
}

/** Sends a test through each delivery. */
async function test({ deliveries, inputs }: Parts, world: World): Promise<void> {
  if (deliveries.length === 0)
    fail('USAGE', '`test-delivery` is set, but there is no delivery', {
      remedy: 'Set `issue`, `webhook`, `ocsf`, `sarif` or `metrics`.',
    });
  const report = await testDeliveries(deliveries, shownPath(inputs.policy), world.clock());
  info(plainLines(watchText(report, { colour: false, verbose: false })));
  await writeSummary(watchSummary(report));
  for (const reason of report.incomplete) annotateError(plainLine(reason), { title });
  if (report.incomplete.length > 0) process.exitCode = 1;
}

/** Creates the folder of the state. Its path is the same in each run, since the state names files by it. */
async function newStateFolder(artifact: string, { files }: World): Promise<string> {
  const folder = join(temporaryDirectory, `countersign-${safeFileName(artifact, 100)}`);
  try {
    await files.mkdir(folder);
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause;
    fail('USAGE', `an earlier step of this job has a watch with the state artifact ${JSON.stringify(artifact)}`, {
      cause,
      remedy: 'Set `state-artifact` to a different name in each step.',
    });
  }
  return folder;
}

/**
 * Restores the state, and compares it with what the issue says.
 *
 * @throws CountersignError those of the API of GitHub. A run without its state would begin again, and its state would replace the right one
 */
async function restore(
  { inputs, job, services: { github } }: Parts,
  state: string,
  { files }: World,
): Promise<readonly StateProblem[]> {
  const { repository, repositoryId, workflow, runId, attempt, event, branch } = job;
  const defaultBranch = await defaultBranchOf(job, github);
  const artifact = inputs.stateArtifact ?? '';
  const run = { id: runId, attempt, event, headBranch: branch };
  const source = { repository, repositoryId, defaultBranch, workflow, artifact, run };
  const restored = await restoreState(source, github, { folder: state, temporary: temporaryDirectory }, files);
  for (const reason of restored.refused) warning(plainLine(reason), { title });
  if (branch !== defaultBranch)
    warning(plainLine(`later runs do not use the state of this run, which is not of the branch ${defaultBranch}`), {
      title,
    });
  info(
    plainLine(
      restored.run === undefined
        ? 'No earlier state: the watch begins now.'
        : `Continues the state of the run ${restored.run}.`,
    ),
  );
  const anchors = inputs.issue ? await issueAnchors({ repository, client: github }) : [];
  const lost: readonly StateProblem[] =
    restored.problem === undefined
      ? []
      : [{ cause: restored.run === undefined ? 'state-missing' : 'state-older', message: restored.problem }];
  return [...lost, ...(await anchorProblems(anchors, state, files))];
}

/**
 * Fails a run whose state cannot be restored because of an outage. No state is uploaded, so that the next run continues the latest one. The job
 * fails at once: the state has the time of the last complete run, from which `max-outage` counts.
 */
function failIncomplete(error: unknown): never {
  if (!(error instanceof CountersignError) || error.kind !== 'unavailable') throw error;
  output('outcome', 'incomplete');
  return fail(
    error.code,
    `the state of the watch could not be restored, so that nothing was watched: ${error.message}`,
    {
      cause: error,
      remedy: ['Nothing is lost: the next run continues the latest state.', error.remedy]
        .filter((sentence) => sentence !== undefined)
        .join(' '),
    },
  );
}

async function defaultBranchOf({ repository, repositoryId }: WatchJob, github: GitHubClient): Promise<string> {
  const found = await github.repository(repository);
  if (found.kind === 'unknown')
    return fail(found.code, found.reason, { remedy: found.remedy ?? 'Check the input `token`.' });
  if (found.kind === 'absent')
    return fail('SERVICE_REFUSED', `${repository} does not exist`, { remedy: 'Check the input `token`.' });
  if (found.value.id !== repositoryId)
    fail('SERVICE_RESPONSE_INVALID', `${repository} has the id ${found.value.id} at GitHub, not ${repositoryId}`);
  return found.value.defaultBranch;
}

/**
 * Runs the watch, and publishes its report.
 *
 * @returns the reasons why the run is incomplete; `undefined` for a complete run
 */
async function watch(
  parts: Parts,
  state: string,
  problems: readonly StateProblem[],
  world: World,
): Promise<readonly string[] | undefined> {
  const { inputs, policy, services, deliveries, version } = parts;
  let report: WatchReport;
  try {
    const { roots, warnings } = await loadTrust(inputs.instance, world);
    for (const text of warnings) warning(plainLine(text), { title });
    const { name, trustedRoot } = inputs.instance;
    const { npm_config_registry: npm, COUNTERSIGN_PYPI_URL: pypi } = process.env;
    const packages = openPackages(policy.policy, roots, { npm, pypi, environment: process.env }, world);
    report = await runWatch(
      {
        policy,
        deliveries,
        problems,
        state,
        logs: inputs.log,
        bundles: inputs.bundle,
        witnesses: inputs.witness,
        witnessPolicy: inputs.witnessPolicy,
        from: inputs.from ?? 'head',
        maxEntries: inputs.maxEntries,
        maxMinutes: inputs.maxMinutes,
        keySource: trustSource(name, trustedRoot),
        tool: `countersign ${version}`,
        isIndexed: false,
      },
      roots,
      { ...services, packages },
      world,
    );
  } catch (error) {
    // An outage of the TUF repository, for example.
    if (!(error instanceof CountersignError) || (error.kind !== 'unavailable' && error.kind !== 'local')) throw error;
    output('outcome', 'incomplete');
    return [`${error.code}: ${error.message}`];
  }
  await publish(report, parts, world);
  const reasons = watchIncompleteReasons(report);
  return reasons.length === 0 ? undefined : reasons;
}

async function publish(report: WatchReport, { inputs, job }: Parts, world: World): Promise<void> {
  info(plainLines(watchText(report, { colour: false, verbose: false })));
  const alerts = report.open.filter(isAlert);
  for (const finding of alerts.slice(0, maxAnnotations))
    annotateError(plainLine(`${finding.rule.id} ${finding.title}. ${finding.remedy}`), {
      title: `${title}: ${finding.severity}`,
    });
  // No message: the annotations say why.
  if (alerts.length > 0) process.exitCode = 1;
  const outcome = watchOutcome(report);
  output('outcome', outcome);
  output('open-findings', String(alerts.length));
  const folder = join(temporaryDirectory, `countersign-report-${safeFileName(inputs.stateArtifact ?? '', 100)}`);
  await world.files.mkdir(folder, { recursive: true });
  const [page, json] = [join(folder, 'index.html'), join(folder, 'report.json')];
  await world.files.writeFile(page, watchPage(report));
  await world.files.writeFile(json, `${JSON.stringify(watchJson(report))}\n`);
  output('page-path', page);
  output('report-path', json);
  output('sarif-path', inputs.sarif ?? '');
  await writeSummary(watchSummary(report));
  if (!inputs.uploadReport) return;
  try {
    const name = stateArtifactName(reportArtifact, job.attempt);
    await uploadFolder({ name, folder, what: 'the report of the watch' }, world.files);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    warning(plainLine(error.message), { title });
  }
}

/** Fails the job if the last complete run is too long ago. */
function reportOutage(
  reasons: readonly string[],
  since: Date,
  now: Date,
  { maxOutageMilliseconds }: MonitorInputs,
): void {
  const hours = Math.floor((now.getTime() - since.getTime()) / 3_600_000);
  const isTooLong = now.getTime() - since.getTime() >= maxOutageMilliseconds;
  const annotate = isTooLong ? annotateError : warning;
  for (const reason of reasons.slice(0, maxAnnotations)) annotate(plainLine(reason), { title: `${title}: incomplete` });
  if (!isTooLong) return;
  annotateError(
    plainLine(`no run of the watch was complete for ${hours} hours; the limit is ${maxOutageMilliseconds / 3_600_000}`),
    { title },
  );
  process.exitCode = 1;
}

/** Returns a path below the workspace, which is the current folder, without it. SARIF needs it like this. */
function shownPath(path: string): string {
  return path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
}

function output(name: MonitorOutputName, value: string): void {
  setOutput(name, value);
}
