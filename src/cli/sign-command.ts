/** `countersign sign` */

import { resolve } from 'node:path';
import type { CountersignError } from '../core/errors/index.ts';
import { cachedTokens, inCi } from '../identity/index.ts';
import type { Interruption } from '../node/index.ts';
import { keepYoungGenerationSmall, untilInterrupted } from '../node/index.ts';
import type { signRows } from '../options/index.ts';
import { leftOutText, type SigningReport, signingJson, signingText, unsignedText } from '../report/index.ts';
import {
  type BundleFormat,
  deliveriesTo,
  deliverRun,
  demandStatements,
  earlierAt,
  formatOfCollected,
  incompleteness,
  namesClaims,
  signingReport,
  signRun,
} from '../run/sign/index.ts';
import type { Instance, World } from '../run/world/index.ts';
import { loadInstance, loadRegistries } from '../run/world/index.ts';
import type { CommandValues, InstanceValues } from './command-values.ts';
import { gitHubDestinations } from './github-destinations.ts';
import { instanceRequest } from './instance-request.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { errorInFlags, reportInFlags } from './option-names.ts';
import { type Progress, systemProgress } from './progress.ts';
import { readAccount } from './read-account.ts';
import { reportError } from './report-error.ts';
import { signingFolder } from './signing-folder.ts';
import { signingWorld } from './signing-world.ts';
import { tokenSource } from './token-source.ts';

export type SignOptions = CommandValues<typeof signRows, 'sign'> & InstanceValues;

export function signCommand(files: readonly string[], options: SignOptions): Promise<void> {
  keepYoungGenerationSmall();
  return untilInterrupted(async (interruption) => {
    const progress = systemProgress({ json: options.json });
    using world = signingWorld(interruption, progress, options.retryBudget);
    try {
      await signAndReport(files, options, { world, progress, interruption });
    } catch (error) {
      progress.end();
      if (!interruption.cancellation.aborted) throw error;
      reportError(error);
    }
  });
}

interface Surroundings {
  readonly world: World;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

async function signAndReport(
  files: readonly string[],
  options: SignOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { json } = options;
  const nothing = { signed: false, subjects: [], unsigned: [], warnings: [], notices: [] };
  const { report, failure, listed } = await orFailureJson(json, nothing, () => sign(files, options, surroundings));
  if (json) printJson(signingJson(report, failure && errorInFlags(failure)));
  else process.stdout.write(signingText(report));
  if (listed) process.stderr.write(unsignedText(report));
  if (failure !== undefined) throw failure;
}

interface Signing {
  readonly report: SigningReport;
  /** The failure that ends the run after its report. */
  readonly failure: CountersignError | undefined;
  /** True if the reasons for several subjects are listed after the report. */
  readonly listed: boolean;
}

async function sign(
  files: readonly string[],
  options: SignOptions,
  { world, progress, interruption }: Surroundings,
): Promise<Signing> {
  const current = process.cwd();
  const { folder: workspace, ...subjects } = signingFolder({ files, checksums: options.checksums }, current);
  const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false } = options;
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === undefined ? undefined : resolve(options.bundleDir),
  };
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: options.images, account, environment: process.env }, world);
  const { recursive = false, signAttestations: attestations = false, pushToRegistry: push } = options;
  const images = registries && { named: options.images, recursive, attestations, workspace: current, registries, push };
  const github = gitHubDestinations(options, process.env);
  const destinations = { places, images, github };
  const destined = await deliveriesTo(destinations);
  // On another machine, GitHub may have what an earlier run delivered.
  const earlier = github && (await earlierAt(destinations, world));
  let loaded: Promise<Instance> | undefined;
  const instance = (): Promise<Instance> => {
    loaded ??= instanceRequest(options, 'sign').then((request) =>
      loadInstance({ ...request, insecureIgnoreSct, insecureIgnoreTlog }, world),
    );
    return loaded;
  };
  const tokens = await tokenSource(options, { world, progress, interruption }, serverUrl, instance);
  let [total, done, failed] = [0, 0, 0];
  const result = await signRun(
    {
      ...options,
      subjects: { ...subjects, digests: options.digests, digestsFrom: options.digestsFrom },
      images,
      places,
      earlier,
      ...(options.bundle !== undefined && { bundlePath: resolve(options.bundle) }),
      documentFolder: current,
      format: bundleFormat(options),
      overwrite: options.overwrite ?? false,
      instance,
      logVersion: options.logVersion,
      tokens: cachedTokens(tokens, world.clock),
      serverUrl,
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: options.allowDangerousTriggers || !inCi(process.env),
      allowPublicLog: options.publicLog ?? false,
      onPublication: (claims) => {
        progress.line(
          'The token does not state whether the repository is public. The public log will permanently show:',
        );
        for (const { name, value } of claims) progress.line(`  ${name}: ${value}`);
      },
      beforeSigning: async (subjects, results) => {
        if (options.storeAttestations) demandStatements(subjects, bundleFormat(options));
        total = results;
        progress.work('signed', total, done, failed);
      },
      onSubject: (subject) => {
        done++;
        if ('error' in subject) failed++;
        progress.work('signed', total, done, failed);
      },
    },
    world,
  );
  progress.end();
  if (result.leftOut.length > 0) progress.line(leftOutText(result.leftOut));
  // A single bundle needs no list, and package registries take none.
  const collect = result.signed.length > 1 && options.package === undefined;
  const deliveries = await deliverRun(result, { places, collect, deliveries: destined }, world);
  const report = reportInFlags(signingReport(result, deliveries, current));
  const listed = result.unsigned.length > 1;
  return { report, failure: incompleteness(result, { listed }) ?? deliveries.failures[0], listed };
}

function bundleFormat(options: SignOptions): BundleFormat {
  const { bundleFormat: format, digestsFrom } = options;
  if (digestsFrom.length > 0) return formatOfCollected(format, 'digests-from');
  return format === 'auto' ? (namesClaims(options) || options.storeAttestations ? 'attestation' : 'per-file') : format;
}
