/** The sign action. Reads inputs, calls the run, writes outputs. */

import { join } from 'node:path';
import { error as annotateError, info, notice, setOutput, warning } from '@actions/core';
import { demandConfined, demandNameFree, uploadLegDigests } from '../deliver/index.ts';
import { artifactWarnings, fetchArtifact } from '../fetch/index.ts';
import { cachedTokens, checkServer, type IdentityToken, jobTokens } from '../identity/index.ts';
import type { Interruption } from '../node/index.ts';
import { programsOf, untilCancelled, untilInterrupted } from '../node/index.ts';
import type { SignOutputName } from '../options/index.ts';
import {
  annotationsFor,
  imageLines,
  leftOutText,
  type PinnedSource,
  pinnedSource,
  plainLine,
  type ReportedDestination,
  retryText,
  type SigningReport,
  signingSummary,
  subjectsJson,
} from '../report/index.ts';
import type { SignedReceipts, SignedRequest } from '../run/receipt/index.ts';
import type {
  ArtifactDelivery,
  CollectedSubjects,
  GitHubDestinations,
  SignedSubject,
  SigningResult,
  SignRequest,
  UnsignedSubject,
} from '../run/sign/index.ts';
import {
  collectedSubjects,
  collectLeg,
  deliveriesTo,
  deliverRun,
  demandComplete,
  demandStatements,
  earlierAt,
  filesOfCollected,
  findLocal,
  readReleaseTarget,
  signingReport,
  signRun,
} from '../run/sign/index.ts';
import { selectFromArtifact } from '../run/verify/index.ts';
import type { InstanceRequest, World } from '../run/world/index.ts';
import { chooseInstance, loadInstance, loadRegistries, systemWorld, tenantOf } from '../run/world/index.ts';
import { demandArtifactName, demandArtifactService, hasArtifactService } from '../services/github/index.ts';
import { formatImage, formatLeg, type Leg, namesNothing } from '../subject/index.ts';
import { setLongOutput, truncated } from './long-output.ts';
import { maskToken } from './mask-token.ts';
import { readSignInputs, type SignInputs } from './read-sign-inputs.ts';
import { runStep } from './step.ts';
import { writeSummary } from './write-summary.ts';

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
/** Of annotations. */
const title = 'Countersign';
const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';

// Masked before anything is printed: it is a credential for identity tokens of this job.
maskToken(process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);

await untilInterrupted((interruption) =>
  runStep(async () => {
    const inputs = readSignInputs(workspace);
    using world = systemWorld({
      cancellation: interruption.cancellation,
      retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
      onRetry: (retry) => info(plainLine(retryText(retry))),
    });
    if (inputs.mode === 'collect') await collect(inputs, world);
    else await sign(inputs, interruption, world);
  }),
);

async function sign(inputs: SignInputs, interruption: Interruption, world: World): Promise<void> {
  if (inputs.instance.name !== 'auto') checkServer(serverUrl, inputs.instance.name);
  const artifact = artifactDelivery(inputs);
  const { bundleDirectory } = inputs;
  if (bundleDirectory !== undefined) await demandConfined(world.files, bundleDirectory, { workspace, bundleDirectory });
  const { subjects, places, shownFrom, images: handedOver = [], warnings } = await namedSubjects(inputs, world);
  const { account } = inputs;
  const named = [...inputs.images, ...handedOver];
  const registries = await loadRegistries({ images: named, account, environment: process.env }, world);
  const { pushToRegistry: push, recursive, signAttestations: attestations } = inputs;
  const images = registries && { named, recursive, attestations, workspace, registries, push };
  const destinations = { places, artifact, images, github: gitHubDestinations(inputs) };
  const destined = await deliveriesTo(destinations);
  // Only an earlier attempt can have delivered what is not on this runner.
  const earlier = thisRun().attempt > 1 ? await earlierAt(destinations, world) : undefined;
  let instance: InstanceRequest | undefined;
  const result = await signRun(
    {
      ...inputs,
      subjects,
      images,
      places,
      earlier,
      instance: (token) => {
        instance = instanceFor(inputs, token);
        return loadInstance(instance, world);
      },
      tokens: cachedTokens(() => requestIdentity(interruption, world), world.clock),
      serverUrl,
      beforeSigning: async (all) => {
        if (inputs.storeAttestations) demandStatements(all, inputs.format);
        const name = artifact?.name;
        if (name === undefined) return;
        const look = (): Promise<void> => demandNameFree(name, all, { files: world.files, temporaryDirectory });
        await untilCancelled(look, 'listing the workflow artifacts', 'Run the job again.', world.cancellation);
      },
      onSubject: (subject) => info(plainLine(describeSubject(subject))),
    },
    world,
  );
  if (result.leftOut.length > 0) info(plainLine(leftOutText(result.leftOut)));
  const source = actionSource();
  const receipts: SignedReceipts =
    inputs.receipt && instance !== undefined
      ? await writeReceipts(result, { places, instance, source }, world)
      : { paths: [], failures: [] };
  const { paths } = receipts;
  const request = { places, collect: true, deliveries: destined, receipts: paths };
  const deliveries = await deliverRun(result, request, world);
  const failures = [...deliveries.failures, ...receipts.failures];
  const own = signingReport(result, { ...deliveries, failures }, shownFrom);
  const report = { ...own, source, warnings: [...warnings, ...own.warnings] };
  await publish(report, deliveries.collection?.bundlesPath, world);
  output('receipt-path', paths.join('\n'));
  // The annotations give the reasons.
  demandComplete(result, { listed: true });
  const [failure] = failures;
  if (failure !== undefined) throw failure;
}

/** Writes the receipts of the files. The script of their pages is next to this file when it runs: dist/sign.mjs. */
async function writeReceipts(result: SigningResult, request: SignedRequest, world: World): Promise<SignedReceipts> {
  // Loaded only if receipts are requested.
  const { writeSignedReceipts } = await import('../run/receipt/index.ts');
  const script = await world.files.readFile(new URL('page.js', import.meta.url), 'utf8');
  return writeSignedReceipts(result, request, script, world);
}

/** Returns the repository and commit that the action runs from. On another server, the repository is not necessarily one of github.com. */
function actionSource(): PinnedSource | undefined {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = process.env;
  return serverUrl === 'https://github.com' ? pinnedSource(repository, ref) : undefined;
}

interface NamedSubjects extends Pick<SignRequest, 'subjects' | 'places'> {
  /** The folder that reports leave out of paths. */
  readonly shownFrom: string;
  /** The images that other jobs handed over. */
  readonly images?: readonly string[];
  readonly warnings: readonly string[];
}

/** Returns the subjects: of digests that other jobs handed over, the files, if there are any. */
async function namedSubjects(inputs: SignInputs, world: World): Promise<NamedSubjects> {
  const { collected, filesArtifact, subjects, bundleDirectory, signBundles, concurrency } = inputs;
  if (collected === undefined) return localSubjects(inputs, world);
  const { subjects: digests, ...received } = await handedOver(collected, world);
  if (filesArtifact === undefined && namesNothing(subjects))
    return { places: { workspace, bundleDirectory }, shownFrom: workspace, subjects: digests, ...received };
  // The digests identify the files: an artifact that can be replaced needs no warning.
  const local = await localSubjects(inputs, world);
  const { subjects: found } = await findLocal({ ...local, signBundles }, false, world);
  const files = await filesOfCollected(found, digests.found, concurrency, world);
  return { ...local, ...received, subjects: { found: files } };
}

/**
 * Returns the subjects that inputs name. The builder of an artifact may have put bundles into it: they do not count as bundles of an earlier
 * run, and they are not overwritten.
 */
async function localSubjects(
  { subjects, filesArtifact: artifact, bundleDirectory }: SignInputs,
  world: World,
): Promise<NamedSubjects> {
  const inWorkspace = { places: { workspace, bundleDirectory }, shownFrom: workspace };
  if (artifact === undefined) return { ...inWorkspace, subjects, warnings: [] };
  demandArtifactService(serverUrl, 'files-artifact', 'Download the artifact in an earlier step, and set `files`.');
  const source = { artifact, input: 'files-artifact', holds: 'files', temporaryDirectory } as const;
  const fetched = await fetchArtifact(source, world.files);
  const { artifacts: found } = await selectFromArtifact(fetched, world);
  const inArtifact = (directory: string, shownFrom: string): NamedSubjects => ({
    subjects: { found },
    places: { workspace: fetched.directory, bundleDirectory: directory, confinedTo: workspace },
    shownFrom,
    warnings: artifactWarnings(artifact, 'sign'),
  });
  if (bundleDirectory !== undefined) return inArtifact(bundleDirectory, workspace);
  // Readers of the report have the artifact with the bundles, but no access to this runner.
  const own = await world.files.mkdtemp(join(temporaryDirectory, 'countersign-bundles-'));
  return inArtifact(own, own);
}

async function handedOver(
  collected: NonNullable<SignInputs['collected']>,
  world: World,
): Promise<Pick<NamedSubjects, 'images' | 'warnings'> & { readonly subjects: Pick<CollectedSubjects, 'found'> }> {
  demandArtifactService(serverUrl, 'collected', 'Set `digests`, and pass the digests on as outputs of jobs.');
  const receive = (): Promise<CollectedSubjects> =>
    collectedSubjects({ ...collected, run: thisRun() }, { files: world.files, temporaryDirectory });
  const { found, images, legs, warnings } = await untilCancelled(
    receive,
    'downloading the digests of the legs',
    'Run the job again.',
    world.cancellation,
  );
  info(plainLine(`received ${found.length + images.length} subjects from ${legs.map(formatLeg).join(', ')}`));
  return { subjects: { found }, images, warnings };
}

/** Hands the digests of the subjects over to a later job. */
async function collect(inputs: SignInputs, world: World): Promise<void> {
  demandArtifactService(serverUrl, 'mode: collect', 'Pass the digests on as outputs of jobs, and set `digests`.');
  const { subjects, places, warnings } = await namedSubjects(inputs, world);
  for (const text of warnings) warning(plainLine(text));
  const { signBundles, images } = inputs;
  const from = { ...thisRun(), job: process.env.GITHUB_JOB ?? '', leg: inputs.leg ?? '' };
  const digests = await collectLeg({ subjects, places, signBundles, images, from }, world);
  const upload = (): ReturnType<typeof uploadLegDigests> =>
    uploadLegDigests(digests, { files: world.files, temporaryDirectory });
  const { name, id, digest } = await untilCancelled(
    upload,
    'uploading the digests',
    'Run the job again.',
    world.cancellation,
  );
  info(plainLine(`collected ${digests.subjects.length} subjects of ${formatLeg(from)}: ${name}`));
  output('collected', `${id}@${digest}`);
  output('artifact-name', name);
  output('artifact-id', id.toString());
  output('artifact-digest', digest.replace(/^sha256:/, ''));
}

function thisRun(): Pick<Leg, 'repository' | 'runId' | 'attempt'> {
  const {
    GITHUB_REPOSITORY: repository = '',
    GITHUB_RUN_ID: runId = '',
    GITHUB_RUN_ATTEMPT: attempt = '1',
  } = process.env;
  return { repository, runId, attempt: Number(attempt) };
}

async function requestIdentity(interruption: Interruption, world: World): Promise<IdentityToken> {
  // The first signature is next: from here on, signatures must be reported even after a signal.
  interruption.takeOver();
  const found = jobTokens(process.env, { ...world, run: programsOf(process.env, world.cancellation) });
  const token = await found.request();
  // Masked before anything else is printed.
  maskToken(token.reveal());
  return found.read(token, world.clock(), serverUrl);
}

/** Returns the instance that is named, or the one that the rule chooses, which is shown. */
function instanceFor({ instance: { name, ...request } }: SignInputs, { kind, claims }: IdentityToken): InstanceRequest {
  const tenant = tenantOf(serverUrl);
  if (name !== 'auto') return { ...request, name, tenant };
  const chosen = chooseInstance(serverUrl, kind.visibility?.(claims));
  notice(plainLine(`\`instance: auto\` is ${chosen.name}, because ${chosen.reason}`), { title });
  return { ...request, name: chosen.name, tenant };
}

function artifactDelivery({ uploadArtifact, artifactName }: SignInputs): ArtifactDelivery | undefined {
  if (!uploadArtifact) return undefined;
  if (uploadArtifact === 'auto' && artifactName === undefined && !hasArtifactService(serverUrl)) {
    const text = `the bundles are not uploaded as a workflow artifact, because ${serverUrl} has no artifact service of github.com`;
    notice(plainLine(`${text}. They are in the folder of the job; \`upload-artifact: false\` omits this notice`), {
      title,
    });
    return undefined;
  }
  demandArtifactService(
    serverUrl,
    'upload-artifact',
    'Set `upload-artifact: false`, and store the folder with the bundles in a later step.',
  );
  if (artifactName !== undefined) demandArtifactName(artifactName);
  const { GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: runId = '', GITHUB_JOB: job = '' } = process.env;
  return { name: artifactName, serverUrl, repository, runId, job, temporaryDirectory };
}

function gitHubDestinations({
  release,
  publishRelease,
  storeAttestations,
  storageRecords,
  githubToken,
}: SignInputs): GitHubDestinations | undefined {
  if (release === undefined && !storeAttestations && !storageRecords) return undefined;
  const {
    GITHUB_REPOSITORY: repository = '',
    GITHUB_API_URL: apiUrl,
    GITHUB_REF: ref,
    GITHUB_SHA: commit,
  } = process.env;
  const wanted =
    release === undefined
      ? undefined
      : { target: readReleaseTarget(release, ref), publish: publishRelease, commit, temporaryDirectory };
  const access = { repository, token: githubToken, apiUrl, serverUrl };
  return { access, release: wanted, storeAttestations, storageRecords };
}

async function publish(report: SigningReport, bundlesPath: string | undefined, world: World): Promise<void> {
  const annotate = { error: annotateError, warning, notice } as const;
  for (const { level, title: heading, message } of annotationsFor(report)) annotate[level](message, { title: heading });
  const paths = [...new Set(report.signed.map(({ bundlePath }) => bundlePath))];
  const subjects = {
    value: subjectsJson(report),
    instead: truncated(report.signed.length, { manifest: report.manifestPath ?? null }),
  };
  await setLongOutput<SignOutputName>('subjects', 'subjects-file', subjects, temporaryDirectory, world);
  const images = { value: imageLines(report), instead: () => '' };
  await setLongOutput<SignOutputName>('images', 'images-file', images, temporaryDirectory, world);
  const listed = { value: paths.join('\n'), instead: () => '' };
  await setLongOutput<SignOutputName>('bundle-paths', 'bundle-paths-file', listed, temporaryDirectory, world);
  output('bundle-path', paths.length === 1 ? (paths[0] ?? '') : (bundlesPath ?? ''));
  output('bundles-path', bundlesPath ?? '');
  output('manifest-path', report.manifestPath ?? '');
  output('artifact-name', report.artifact?.name ?? '');
  output('artifact-id', report.artifact?.id.toString() ?? '');
  // Without the algorithm, as in actions/upload-artifact.
  output('artifact-digest', report.artifact?.digest.replace(/^sha256:/, '') ?? '');
  output('artifact-url', report.artifact?.url ?? '');
  publishDeliveries(report.deliveries);
  output('collected', '');
  await writeSummary(signingSummary(report));
}

function publishDeliveries(deliveries: SigningReport['deliveries']): void {
  const at = (wanted: ReportedDestination, list: 'ids' | 'urls'): readonly string[] =>
    deliveries.flatMap((one) => (one.name === wanted && one.outcome !== 'not-attempted' ? one[list] : []));
  output('release-id', at('release', 'ids')[0] ?? '');
  output('release-url', at('release', 'urls')[0] ?? '');
  const [ids, urls] = [at('github-attestations', 'ids'), at('github-attestations', 'urls')];
  output('attestation-id', ids[0] ?? '');
  output('attestation-url', urls[0] ?? '');
  output('attestation-ids', ids.join('\n'));
  output('attestation-urls', urls.join('\n'));
  output('storage-record-ids', at('storage-records', 'ids').join(','));
}

function output(name: SignOutputName, value: string): void {
  setOutput(name, value);
}

function describeSubject(result: SignedSubject | UnsignedSubject): string {
  if ('error' in result) return `not signed ${result.subject.name}: ${result.error.code}: ${result.error.message}`;
  const { subject, bundlePath, resumed, verdict, outages } = result;
  const logs = verdict.logEntries.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(', ');
  const name = subject.kind === 'image' ? formatImage(subject) : subject.name;
  const where = logs !== '' ? `, logged at ${logs}` : outages.length > 0 ? ', without a log entry (outage)' : '';
  return `${resumed ? 'already signed' : 'signed'} ${name}${where}: ${bundlePath}`;
}
