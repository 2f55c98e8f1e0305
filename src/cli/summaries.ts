/** Writes summaries of verifications. Loaded only if an option of theirs is given. */

import { relative, resolve } from 'node:path';
import { cachedTokens, findTokens, inCi, type TokenRequest } from '../identity/index.ts';
import { programsOf } from '../node/index.ts';
import type { PolicyRequest, verifyRows } from '../options/index.ts';
import { plainLine } from '../report/index.ts';
import {
  demandOtherPaths,
  readSummaryOptions,
  type Verification,
  type WrittenSummary,
  withoutSummaryOptions,
  writeSummaries,
} from '../run/summary/index.ts';
import type { Verifiable } from '../run/verify/index.ts';
import { type Instance, loadInstance, type World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { instanceRequest } from './instance-request.ts';
import { loginOf } from './login.ts';

type Options = CommandValues<typeof verifyRows, 'verify'> & PolicyRequest;

/** The summaries of a run. */
export interface Summaries {
  /** Returns the options without those of the policy that are about the summary to write. */
  readonly policyOptions: typeof withoutSummaryOptions;
  /** Checks, before anything is verified, that no artifact would be replaced. */
  readonly demandOtherPaths: (artifacts: readonly Verifiable[]) => void;
  readonly write: (verification: Verification) => Promise<readonly WrittenSummary[]>;
}

/**
 * Reads the options of summaries, before anything is verified.
 *
 * @param version of this program
 * @returns `undefined` if no summary is wanted
 * @throws CountersignError those of {@link readSummaryOptions}
 */
export function summariesOf(options: Options, version: string, world: World): Summaries | undefined {
  const path = (given: string | undefined): string | undefined => (given === undefined ? undefined : resolve(given));
  const paths = { vsaOut: path(options.vsaOut), svrOut: path(options.svrOut) };
  const plan = readSummaryOptions({ ...options, ...paths, policy: options }, version);
  if (plan === undefined) return undefined;
  const places = { workspace: process.cwd(), bundleDirectory: undefined };
  const signing = options.signVsa ? () => signingRequest(options, world) : undefined;
  return {
    policyOptions: withoutSummaryOptions,
    demandOtherPaths: (artifacts) => demandOtherPaths(plan, artifacts),
    write: (verification) => writeSummaries(verification, plan, { places, signing }, world),
  };
}

/** Returns a line about a file that was written. */
export function summaryLine({ path, kind, result, isSigned }: WrittenSummary): string {
  const state = isSigned ? 'signed' : 'not signed';
  return plainLine(`${kind} (${result}, ${state}): ${relative(process.cwd(), path)}`);
}

async function signingRequest(options: Options, world: World) {
  let loaded: Promise<Instance> | undefined;
  const instance = (): Promise<Instance> => {
    loaded ??= instanceRequest(options, 'sign').then((request) => loadInstance(request, world));
    return loaded;
  };
  const tokens = await tokenRequest(options, instance, world);
  return {
    instance,
    logVersion: undefined,
    tokens: cachedTokens(tokens, world.clock),
    allowDangerousTriggers: !inCi(process.env),
    allowPublicLog: options.publicLog ?? false,
  };
}

async function tokenRequest(options: Options, instance: () => Promise<Instance>, world: World): Promise<TokenRequest> {
  const environment = process.env;
  const { identityToken: file, identityProvider: provider } = options;
  const login = loginOf(
    { device: false, browser: true, instance: options.instance, oidcClientId: 'sigstore', yes: false },
    instance,
    world,
  );
  const run = programsOf(environment, world.cancellation);
  const found = await findTokens({ file, provider, environment, login }, { ...world, run });
  const serverUrl = environment.GITHUB_SERVER_URL ?? 'https://github.com';
  return async () => found.read(await found.request(), world.clock(), serverUrl);
}
