/** `countersign reissue` */

import { parse, resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { cachedTokens, inCi } from '../identity/index.ts';
import { type Interruption, Secret, untilInterrupted } from '../node/index.ts';
import { optionName, reissueRows } from '../options/index.ts';
import { loadPolicy, loadTrust } from '../run/policy/index.ts';
import {
  folderSource,
  imageSource,
  listSource,
  manifestSource,
  type OldPolicy,
  type ReissueMode,
  type ReissuePlan,
  type ReissueReport,
  reissueDryRun,
  reissueRun,
  releaseSource,
  type Source,
  upgradeOld,
} from '../run/reissue/index.ts';
import { type Instance, loadInstance, systemRegistries, type World } from '../run/world/index.ts';
import { openReleases } from '../services/github/index.ts';
import type { CommandValues } from './command-values.ts';
import { instanceRequest } from './instance-request.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { inFlags } from './option-names.ts';
import type { PolicyOptions } from './policy-request.ts';
import { type Progress, systemProgress } from './progress.ts';
import { readAccount } from './read-account.ts';
import { failuresText, noReissue, reissueFailure, reissueJson, reissueText } from './reissue-report.ts';
import { signingWorld } from './signing-world.ts';
import { processTerminal } from './terminal.ts';
import { tokenSource } from './token-source.ts';
import { instancePolicy } from './verify-policy.ts';

export type ReissueOptions = CommandValues<typeof reissueRows, 'reissue'> & PolicyOptions;

interface Surroundings {
  readonly world: World;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/**
 * Issues old signatures again, and prints the result. What could not be done is printed too, and decides the exit code.
 *
 * @throws CountersignError with the code of the most severe failure
 */
export function reissueCommand(options: ReissueOptions): Promise<void> {
  return untilInterrupted(async (interruption) => {
    const progress = systemProgress({ json: options.json });
    using world = signingWorld(interruption, progress, options.retryBudget);
    try {
      await reissueAndReport(options, { world, progress, interruption });
    } finally {
      progress.end();
    }
  });
}

async function reissueAndReport(options: ReissueOptions, surroundings: Surroundings): Promise<void> {
  if (options.dryRun && options.trustedRoot !== undefined) {
    const { world, progress } = surroundings;
    const { reportTrustChange } = await import('./trust-change.ts');
    let [done, failed] = [0, 0];
    await reportTrustChange(
      options,
      () => sourceOf(options, surroundings),
      world,
      ({ kind }) => {
        done++;
        if (kind !== 'accepted') failed++;
        progress.work('examined', done, done, failed);
      },
    );
    return;
  }
  const report = await orFailureJson(options.json, noReissue, () => reissue(options, surroundings));
  surroundings.progress.end();
  const failure = reissueFailure(report);
  if (options.json) printJson(reissueJson(report, failure));
  else {
    process.stdout.write(inFlags(reissueText(report)));
    if (report.counts.failed > 1 || report.stopped !== undefined) process.stderr.write(failuresText(report));
  }
  if (failure !== undefined) throw failure;
}

async function reissue(options: ReissueOptions, surroundings: Surroundings): Promise<ReissueReport> {
  const { world, progress } = surroundings;
  if (options.upgrade) demandNoSigning(options);
  const source = await sourceOf(options, surroundings);
  const old = await oldPolicy(options, world);
  let [done, failed] = [0, 0];
  const onOutcome: Parameters<typeof reissueDryRun>[0]['onOutcome'] = ({ kind }, total) => {
    done++;
    if (kind === 'failed') failed++;
    progress.work(options.dryRun ? 'examined' : 'issued', total, done, failed);
  };
  const { concurrency } = options;
  const mode = options.upgrade
    ? ({ kind: 'upgrade', upgrade: upgradeOld(old, world) } as const)
    : await signMode(options, surroundings);
  if (options.dryRun) return reissueDryRun({ source, old, mode, concurrency, onOutcome }, world);
  const confirm = (plan: ReissuePlan): Promise<void> => demandAgreement(plan, options, surroundings);
  return reissueRun({ source, old, mode, state: resolve(options.state), concurrency, confirm, onOutcome }, world);
}

/** The options that only signing uses. */
const signingOptions = [
  ...(['reason', 'identityToken', 'identityProvider', 'device', 'oidcIssuer', 'oidcRedirectUrl'] as const),
  ...(['logVersion', 'publicLog', 'allowDangerousTriggers'] as const),
];

/** Refuses options that have no effect on an upgrade, which signs nothing. */
function demandNoSigning({ browser, oidcClientId, ...options }: ReissueOptions): void {
  const changed = [
    ...signingOptions.filter((key) => options[key] !== undefined && options[key] !== false),
    ...(browser ? [] : (['browser'] as const)),
    ...(oidcClientId === reissueRows.oidcClientId.default ? [] : (['oidcClientId'] as const)),
  ];
  const [first] = changed;
  if (first === undefined) return;
  fail('USAGE', `\`${optionName(first)}\` has no effect with \`upgrade\`, which signs nothing`, {
    remedy: 'Leave it out, or leave `upgrade` out to sign again.',
  });
}

/** Returns the one source that the options name. */
async function sourceOf(options: ReissueOptions, { world, progress }: Surroundings): Promise<Source> {
  const { list, manifest, folder, image, releases, immutableFolder } = options;
  if (immutableFolder !== undefined && releases === undefined)
    fail('USAGE', '`immutable-folder` has no effect without `releases`', {
      remedy: 'Specify `releases`, or leave `immutable-folder` out.',
    });
  const sources = [
    ...(list === undefined ? [] : [() => listSource(resolve(list), world)]),
    ...(manifest === undefined ? [] : [() => manifestSource(resolve(manifest), world)]),
    ...(folder === undefined ? [] : [() => folderSource(resolve(folder), world)]),
    ...(image.length === 0 ? [] : [() => imagesOf(options, world)]),
    ...(releases === undefined ? [] : [() => releasesOf(releases, immutableFolder, world, progress)]),
  ];
  const [open, ...others] = sources;
  if (open !== undefined && others.length === 0) return open();
  return fail(
    'USAGE',
    open === undefined ? 'no old signatures specified' : 'several sources of old signatures specified',
    {
      remedy: 'Specify one of `list`, `manifest`, `folder`, `image` and `releases`.',
    },
  );
}

async function imagesOf(options: ReissueOptions, world: World): Promise<Source> {
  const account = await readAccount(options);
  const registries = systemRegistries({ images: options.image, account, environment: process.env }, world);
  return imageSource(options.image, registries, world);
}

function releasesOf(repository: string, immutableFolder: string | undefined, world: World, progress: Progress): Source {
  const { GITHUB_TOKEN, GITHUB_API_URL: apiUrl } = process.env;
  const token = GITHUB_TOKEN ? new Secret(GITHUB_TOKEN) : undefined;
  const { http, clock } = world;
  const request = {
    repository,
    tags: [],
    immutableFolder: immutableFolder === undefined ? undefined : resolve(immutableFolder),
    onKept: (path: string) => progress.line(`The release is immutable. The new bundle is ${path}.`),
  };
  return releaseSource(request, openReleases({ http, token, apiUrl, clock }), world);
}

/** Loads the policy for the old signatures, and the roots under which it holds. */
async function oldPolicy(options: ReissueOptions, world: World): Promise<OldPolicy> {
  const { oldTrustedRoot, signedBefore } = options;
  const policy = await loadPolicy(await instancePolicy(options), world);
  const request = await instanceRequest(
    { ...options, ...(oldTrustedRoot !== undefined && { trustedRoot: oldTrustedRoot }) },
    'verify',
  );
  return {
    policy,
    trust: await loadTrust(request, world, policy),
    before: signedBefore === undefined ? undefined : readTime(signedBefore),
    without: { logs: options.withoutLog, authorities: options.withoutAuthority, keys: options.withoutKey },
  };
}

function readTime(text: string): Date {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  const time = new Date(text);
  if (isTime && !Number.isNaN(time.getTime())) return time;
  return fail('USAGE', `\`signed-before\` is ${JSON.stringify(text)}, which is not a time`, {
    remedy: 'Specify a date, or a time with its offset: 2026-11-01 or 2026-11-01T12:00:00Z.',
  });
}

async function signMode(options: ReissueOptions, surroundings: Surroundings): Promise<ReissueMode> {
  const { world, progress } = surroundings;
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false, reason } = options;
  if (!options.dryRun && (reason === undefined || reason.trim() === ''))
    fail('USAGE', 'no reason specified', {
      remedy: 'State with `reason` why the signatures are issued again. It is signed with them.',
    });
  let loaded: Promise<Instance> | undefined;
  const instance = (): Promise<Instance> => {
    loaded ??= instanceRequest(options, 'sign').then((request) =>
      loadInstance({ ...request, insecureIgnoreSct, insecureIgnoreTlog }, world),
    );
    return loaded;
  };
  const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
  // A dry run needs no identity.
  const tokens = options.dryRun
    ? (): never => fail('USAGE', 'a dry run does not sign')
    : await tokenSource(options, surroundings, serverUrl, instance);
  return {
    kind: 'sign',
    reason: reason ?? '',
    signing: {
      instance,
      logVersion: options.logVersion,
      tokens: cachedTokens(tokens, world.clock),
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: options.allowDangerousTriggers || !inCi(process.env),
      allowPublicLog: options.publicLog ?? false,
      onPublication: (claims) => {
        progress.line(
          'The token does not state whether the repository is public. The public log will permanently show:',
        );
        for (const { name, value } of claims) progress.line(`  ${name}: ${value}`);
      },
      places: { workspace: parse(process.cwd()).root, bundleDirectory: undefined },
    },
  };
}

/**
 * Says how much will be signed, and asks whether to continue.
 *
 * @throws CountersignError `USAGE` without a terminal; `CANCELLED` without agreement
 */
async function demandAgreement(
  { signatures, done, logEntries, logs, isPublic, unknown }: ReissuePlan,
  { yes, upgrade }: ReissueOptions,
  { world, progress }: Surroundings,
): Promise<void> {
  const number = (count: number): string => count.toLocaleString('en');
  const log = logs.length === 0 ? '' : ` in ${isPublic ? 'the public log' : 'the log'} ${logs.join(', ')}`;
  const permanent = logs.length === 0 ? '' : ` with up to ${number(logEntries)} entries${log}, which cannot be deleted`;
  const earlier = done === 0 ? '' : ` ${number(done)} are done already.`;
  const lost = unknown === 0 ? '' : ` ${number(unknown)} were under way when an earlier run was killed.`;
  const what = upgrade
    ? `This upgrades up to ${number(signatures)} signatures without signing`
    : `This issues up to ${number(signatures)} signatures again`;
  const question = `${what}${permanent}.${earlier}${lost}`;
  if (yes) return progress.line(question);
  const terminal = processTerminal();
  if (!terminal.isInteractive)
    fail('USAGE', `nothing was signed, because there is no terminal to ask for agreement. ${question}`, {
      remedy: 'To agree without a question, set `yes`.',
    });
  progress.end();
  progress.line(question);
  const answer = await terminal.ask('Continue? [y/N] ', world.cancellation);
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? '')) return;
  fail('CANCELLED', 'nothing was signed, because you did not agree', {
    remedy: 'To agree without a question, set `yes`.',
  });
}
