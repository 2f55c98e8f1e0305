/** Writes the summary of a verification: signed, or as a statement for others to sign. */

import { dirname, resolve } from 'node:path';
import type { SubjectDigest } from '../../core/crypto/index.ts';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { isUnevaluated, writeStatement } from '../../core/statement/index.ts';
import { artifactOfDigest } from '../../core/verify/index.ts';
import { deliverFile, demandDeliverable, type Places } from '../../deliver/index.ts';
import type { VerificationReport } from '../../report/index.ts';
import {
  type Claim,
  type Resource,
  verificationResult,
  verificationSummary,
  verifiedLevels,
} from '../../sign/predicates/index.ts';
import { digestFile } from '../../subject/index.ts';
import type { VerifyPolicy, VerifyTrust } from '../policy/index.ts';
import { holdsStatement, openSigning, type SigningRequest, signBundle } from '../sign/index.ts';
import type { Verifiable } from '../verify/index.ts';
import type { World } from '../world/index.ts';
import { policyResource } from './policy-resource.ts';
import type { SummaryPlan } from './read-options.ts';
import { hasFailed, type Summary, summarise } from './summarise.ts';

/** A verification that has ended. */
export interface Verification {
  readonly report: VerificationReport;
  readonly artifacts: readonly Verifiable[];
  readonly policy: VerifyPolicy;
  readonly trust: VerifyTrust;
}

export interface SummaryDelivery {
  readonly places: Places;
  /** Returns the identity to sign with, called if something is signed; `undefined` to write statements that are not signed. */
  readonly signing: (() => Promise<Omit<SigningRequest, 'places'>>) | undefined;
}

/** A file that was written. */
export interface WrittenSummary {
  readonly path: string;
  readonly kind: 'VSA' | 'SVR';
  readonly result: Summary['outcome']['kind'];
  readonly isSigned: boolean;
}

/** The property of every artifact that is verified. */
const policyMet = 'COUNTERSIGN_POLICY_MET';

/**
 * Demands that no artifact would be replaced by a summary.
 *
 * @throws CountersignError `USAGE`
 */
export function demandOtherPaths({ vsa, svr }: SummaryPlan, artifacts: readonly Verifiable[]): void {
  const paths = new Set(artifacts.flatMap((one) => (one.kind === 'file' ? [resolve(one.path)] : [])));
  const taken = [vsa?.path, svr?.path].find((path) => path !== undefined && paths.has(path));
  if (taken !== undefined)
    fail('USAGE', `${taken} is an artifact to verify, and cannot be replaced by a VSA or SVR`, {
      remedy: 'Specify a different path.',
    });
}

/**
 * Summarises a verification, and writes the files. Of a verification that failed, only a VSA that says so is written, if one is wanted:
 * an SVR has no form for it. Files of these names are replaced.
 *
 * @throws CountersignError those of {@link summarise}, of signing and of writing
 */
export async function writeSummaries(
  { report, artifacts, policy, trust }: Verification,
  plan: SummaryPlan,
  { places, signing }: SummaryDelivery,
  world: World,
): Promise<readonly WrittenSummary[]> {
  const failed = hasFailed(report);
  if (failed && !plan.failures) return [];
  const late = failed ? await failedDigests(report, artifacts, world) : new Map<string, SubjectDigest>();
  const summary = summarise(report, policy.signer, plan.stated, late);
  if (summary === undefined) return [];
  const { kind: result } = summary.outcome;
  // The bundles with further attestations that a policy requires are not in the report.
  const inputs = (policy.attestations ?? []).length === 0 ? summary.inputs : undefined;
  const claims = claimsOf({ ...summary, inputs }, plan, policyResource(policy, trust, plan.policyUri), world.clock());
  const files = claims.map(({ claim, ...file }) => ({
    ...file,
    statement: writeStatement({ subjects: summary.subjects, ...claim }),
  }));
  if (files.length === 0) return [];
  if (signing === undefined) {
    for (const { path, statement } of files) {
      await demandDeliverable(world.files, dirname(path), places);
      await deliverFile(world.files, world.random, path, `${decodeUtf8(statement)}\n`, places);
    }
  } else {
    using session = await openSigning({ ...(await signing()), places }, world);
    const artifact = artifactOfDigest(...(summary.subjects[0]?.digests ?? []));
    for (const { path, statement } of files) {
      const sign = () => session.session.signStatement(statement);
      await signBundle({ path, artifact, isSame: holdsStatement(statement), sign }, session, world);
    }
  }
  return files.map(({ path, kind }) => ({ path, kind, result, isSigned: signing !== undefined }));
}

/** Returns the digests of artifacts that failed before they were read, such as those without a bundle. */
async function failedDigests(
  report: VerificationReport,
  artifacts: readonly Verifiable[],
  { files }: World,
): Promise<ReadonlyMap<string, SubjectDigest>> {
  const known = new Set(report.results.flatMap(({ artifact, digest }) => (digest === undefined ? [] : [artifact])));
  const digests = new Map<string, SubjectDigest>();
  for (const artifact of artifacts.filter(({ name }) => !known.has(name))) {
    if (artifact.kind === 'digest') digests.set(artifact.name, artifact.digest);
    if (artifact.kind !== 'file') continue;
    try {
      digests.set(artifact.name, await digestFile(files, artifact, 'sha256'));
    } catch (failure) {
      if (!(failure instanceof CountersignError)) throw failure;
    }
  }
  return digests;
}

/** Returns what the files state. */
function claimsOf(
  { inputs, outcome }: Summary,
  { vsa, svr, verifier }: SummaryPlan,
  policy: Resource,
  time: Date,
): readonly (Pick<WrittenSummary, 'path' | 'kind'> & { readonly claim: Claim })[] {
  const summaries =
    vsa === undefined
      ? []
      : [
          {
            path: vsa.path,
            kind: 'VSA',
            claim: verificationSummary({
              verifier,
              timeVerified: time,
              resourceUri: vsa.resourceUri,
              policy,
              inputAttestations: inputs,
              outcome,
            }),
          } as const,
        ];
  if (svr === undefined || outcome.kind === 'failed') return summaries;
  const proven = outcome.levels.filter((level) => !isUnevaluated(level));
  const properties = verifiedLevels([policyMet, ...proven], 'vsa-level');
  const claim = verificationResult({ verifier, policies: [policy], timeCreated: time, properties });
  return [...summaries, { path: svr.path, kind: 'SVR', claim }];
}
