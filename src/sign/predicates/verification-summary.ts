/** The verification summary (VSA) of SLSA 1.2: that artifacts were verified under a policy, and the levels that were proven. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { failedResult, readResult, repeatedTrack, verificationSummaryType } from '../../core/statement/index.ts';
import type { Claim } from './claim.ts';
import { descriptor, type Resource, type ResourceUri } from './resource.ts';

declare const checked: unique symbol;

/** Levels and properties, with at most one level of each track. Made by {@link verifiedLevels} only. */
export type VerifiedLevels = readonly string[] & { readonly [checked]: true };

/** The verifier, as summaries and results state it. */
export interface Verifier {
  readonly id: ResourceUri;
  /** The versions of its components, by name. */
  readonly version: Readonly<Record<string, string>>;
}

export interface VerificationSummary {
  readonly verifier: Verifier;
  readonly timeVerified: Date;
  /** The URI from which consumers get the artifacts. */
  readonly resourceUri: ResourceUri;
  readonly policy: Resource;
  /** All attestations that were used; `undefined` if not all of them are known. */
  readonly inputAttestations: readonly Resource[] | undefined;
  /** The levels that were proven of the artifacts, or their failure. */
  readonly outcome: { readonly kind: 'passed'; readonly levels: VerifiedLevels } | { readonly kind: 'failed' };
}

/**
 * Returns the levels and properties that a summary states.
 *
 * @param name of the option that they are from
 * @throws CountersignError `POLICY_INVALID` for two levels of one track, and for names that SLSA 1.2 does not define
 */
export function verifiedLevels(levels: readonly string[], name: string): VerifiedLevels {
  const read = [...new Set(levels.map((level) => readResult(level, name)))];
  const track = repeatedTrack(read);
  if (track !== undefined)
    fail('POLICY_INVALID', `\`${name}\` has several levels of the ${track.toLowerCase()} track of SLSA`, {
      remedy: 'Specify only the highest level of each track.',
    });
  return read as readonly string[] as VerifiedLevels;
}

/** Returns the claim. It says nothing about dependencies, which are not verified. */
export function verificationSummary(summary: VerificationSummary): Claim {
  const { verifier, timeVerified, resourceUri, policy, inputAttestations, outcome } = summary;
  const predicate: JsonObject = {
    verifier: { id: verifier.id, version: { ...verifier.version } },
    timeVerified: timeVerified.toISOString(),
    resourceUri,
    policy: descriptor(policy),
    ...(inputAttestations !== undefined && { inputAttestations: inputAttestations.map(descriptor) }),
    verificationResult: outcome.kind === 'passed' ? 'PASSED' : 'FAILED',
    verifiedLevels: outcome.kind === 'passed' ? [...outcome.levels] : [failedResult],
    slsaVersion: '1.2',
  };
  return { predicateType: verificationSummaryType, predicate };
}
