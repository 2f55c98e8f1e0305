/** Reads the options of summaries. */

import { fail } from '../../core/errors/index.ts';
import type { PolicyRequest } from '../../options/index.ts';
import {
  type ResourceUri,
  readResourceUri,
  type VerifiedLevels,
  type Verifier,
  verifiedLevels,
} from '../../sign/predicates/index.ts';

/** The options that were given. Paths are absolute. */
export interface SummaryOptions {
  readonly vsaOut?: string | undefined;
  readonly svrOut?: string | undefined;
  /** The options that a policy for summaries has too. */
  readonly policy: PolicyRequest;
  readonly policyUri?: string | undefined;
  readonly vsaLevel: readonly string[];
  readonly vsaFailed?: boolean | undefined;
  readonly signVsa?: boolean | undefined;
  /** The options that only signing uses. */
  readonly signingConfig?: string | undefined;
  readonly identityToken?: string | undefined;
  readonly identityProvider?: string | undefined;
  readonly publicLog?: boolean | undefined;
}

/** The summaries that are wanted. */
export interface SummaryPlan {
  /** The file for the verification summary (VSA) of SLSA, and where consumers get the artifacts. */
  readonly vsa: { readonly path: string; readonly resourceUri: ResourceUri } | undefined;
  /** The file for the simple verification result (SVR) of in-toto. */
  readonly svr: { readonly path: string } | undefined;
  readonly verifier: Verifier;
  readonly policyUri: ResourceUri | undefined;
  /** Levels and properties that the verifier states in addition to those that were proven. */
  readonly stated: VerifiedLevels;
  /** True if a VSA is also written about a verification that failed. */
  readonly failures: boolean;
}

/**
 * Reads the options.
 *
 * @param version of Countersign
 * @returns `undefined` if no summary is wanted
 * @throws CountersignError `USAGE` for options that are missing, or that are for summaries where none is wanted; `POLICY_INVALID` for
 *   levels that SLSA does not define
 */
export function readSummaryOptions(options: SummaryOptions, version: string): SummaryPlan | undefined {
  const { vsaOut, svrOut, policy, policyUri, vsaLevel, vsaFailed = false } = options;
  const { verifierId: [verifierId, ...others] = [], resourceUri, vsa, requireLevel = [] } = policy;
  refuseWithoutSignature(options);
  if (vsaOut === undefined && svrOut === undefined) {
    refuseWithoutFile(options);
    return undefined;
  }
  if (vsa || requireLevel.length > 0)
    fail('USAGE', '`vsa` and `require-level` cannot be combined with `vsa-out` and `svr-out`', {
      remedy: 'Verify the VSA of others in one run, and write your own in another.',
    });
  if (others.length > 0) fail('USAGE', '`verifier-id` names several verifiers for the VSA or SVR');
  if (vsaOut === svrOut) fail('USAGE', '`vsa-out` and `svr-out` are the same file');
  if (verifierId === undefined)
    fail('USAGE', 'no verifier specified for the VSA or SVR', {
      remedy: 'Set `verifier-id` to a URI that consumers know, such as `https://example.com/verifier`.',
    });
  if (vsaFailed && vsaOut === undefined)
    fail('USAGE', '`vsa-failed` requires `vsa-out`: an SVR cannot state that a verification failed');
  return {
    vsa: vsaOut === undefined ? undefined : { path: vsaOut, resourceUri: requiredResource(resourceUri) },
    svr: svrOut === undefined ? undefined : { path: svrOut },
    verifier: { id: readResourceUri(verifierId, 'verifier-id'), version: { countersign: version } },
    policyUri: policyUri === undefined ? undefined : readResourceUri(policyUri, 'policy-uri'),
    stated: verifiedLevels(vsaLevel, 'vsa-level'),
    failures: vsaFailed,
  };
}

function requiredResource(uri: string | undefined): ResourceUri {
  if (uri !== undefined) return readResourceUri(uri, 'resource-uri');
  return fail('USAGE', 'no resource URI specified for the VSA', {
    remedy: 'Set `resource-uri` to the URI from which consumers get the artifacts.',
  });
}

/** Refuses options of signing that would have no effect: verifying uses only the trusted root. */
function refuseWithoutSignature(options: SummaryOptions): void {
  if (options.signVsa) return;
  refuseGiven(
    {
      'signing-config': options.signingConfig !== undefined,
      'identity-token': options.identityToken !== undefined,
      'identity-provider': options.identityProvider !== undefined,
      'public-log': options.publicLog,
    },
    'has no effect without `sign-vsa`',
    'Omit it: verifying uses only the trusted root. To sign a VSA, set `sign-vsa`.',
  );
}

/** Refuses options that would have no effect: their user expects a file. */
function refuseWithoutFile({ policyUri, vsaLevel, vsaFailed, signVsa }: SummaryOptions): void {
  refuseGiven(
    {
      'policy-uri': policyUri !== undefined,
      'vsa-level': vsaLevel.length > 0,
      'vsa-failed': vsaFailed,
      'sign-vsa': signVsa,
    },
    'requires a file to write',
    'Set `vsa-out` or `svr-out` to the path of the file.',
  );
}

/** @param options tells of each option whether it was given */
function refuseGiven(options: Readonly<Record<string, boolean | undefined>>, problem: string, remedy: string): void {
  const given = Object.keys(options).filter((name) => options[name]);
  if (given.length > 0) fail('USAGE', `${given.map((name) => `\`${name}\``).join(' and ')} ${problem}`, { remedy });
}

/** Returns the options of the policy without those that are about the summary to write. */
export function withoutSummaryOptions<Options extends PolicyRequest>(
  options: Options,
): Omit<Options, 'verifierId' | 'resourceUri'> {
  const { verifierId: _, resourceUri: __, ...rest } = options;
  return rest;
}
