/** Writes the summaries of the verify action. Loaded only if a file for one is set. */

import { relative } from 'node:path';
import { info } from '@actions/core';
import { cachedTokens, checkServer, jobTokens } from '../identity/index.ts';
import { programsOf } from '../node/index.ts';
import { plainLine } from '../report/index.ts';
import type { PolicyRequest } from '../run/policy/index.ts';
import {
  demandOtherPaths,
  readSummaryOptions,
  type Verification,
  withoutSummaryOptions,
  writeSummaries,
} from '../run/summary/index.ts';
import type { Verifiable } from '../run/verify/index.ts';
import { loadInstance, tenantOf, type World } from '../run/world/index.ts';
import { maskToken } from './mask-token.ts';
import type { VerifyInputs } from './read-verify-inputs.ts';

/** The summaries of a step. */
export interface Summaries {
  /** The options of the policy that are not about the summary to write. */
  readonly policyRequest: PolicyRequest;
  /** Checks, before anything is verified, that no artifact would be replaced. */
  readonly demandOtherPaths: (artifacts: readonly Verifiable[]) => void;
  readonly write: (verification: Verification) => Promise<void>;
}

/**
 * Reads the inputs of summaries, before anything is verified.
 *
 * @param version of this action
 * @returns `undefined` if no summary is wanted
 * @throws CountersignError those of {@link readSummaryOptions}
 */
export function summariesOf(
  inputs: VerifyInputs,
  version: string,
  workspace: string,
  world: World,
): Summaries | undefined {
  const plan = readSummaryOptions(inputs, version);
  if (plan === undefined) return undefined;
  const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
  if (inputs.signVsa) checkServer(serverUrl, inputs.instance.name);
  // A credential for identity tokens of this job.
  maskToken(process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
  const places = { workspace, bundleDirectory: undefined };
  const { signingConfig } = inputs;
  const instance = { ...inputs.instance, purpose: 'sign', signingConfig, tenant: tenantOf(serverUrl) } as const;
  const signing = async () => ({
    instance: () => loadInstance(instance, world),
    logVersion: undefined,
    tokens: cachedTokens(async () => {
      const found = jobTokens(process.env, { ...world, run: programsOf(process.env, world.cancellation) });
      const token = await found.request();
      // Masked before anything else is printed.
      maskToken(token.reveal());
      return found.read(token, world.clock(), serverUrl);
    }, world.clock),
    allowDangerousTriggers: false,
    allowPublicLog: inputs.publicLog,
  });
  return {
    policyRequest: withoutSummaryOptions(inputs.policy),
    demandOtherPaths: (artifacts) => demandOtherPaths(plan, artifacts),
    write: async (verification) => {
      const delivery = { places, signing: inputs.signVsa ? signing : undefined };
      for (const { path, kind, result, isSigned } of await writeSummaries(verification, plan, delivery, world))
        info(plainLine(`${kind} (${result}, ${isSigned ? 'signed' : 'not signed'}): ${relative(workspace, path)}`));
    },
  };
}
