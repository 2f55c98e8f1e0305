/** Makes the report of a signing run. */

import type { Verdict } from '../../core/verify/index.ts';
import type { UploadedArtifact } from '../../deliver/index.ts';
import { outageWarnings, type ReportedDelivery, type ReportedSubject, type SigningReport } from '../../report/index.ts';
import { subjectName } from '../../subject/index.ts';
import type { Deliveries } from './deliver-run.ts';
import { delivered } from './delivered-subject.ts';
import type { AnyResult } from './deliveries/delivery.ts';
import { type SignedSubject, type SigningResult, signedBy } from './signing-result.ts';

function predicateTypeOf({ content }: Verdict): string | undefined {
  return content.kind === 'dsse-envelope' ? content.statement.predicateType : undefined;
}

/** Returns the manifests by which bundles were attached to images. */
export function attachedIn({ results }: Pick<Deliveries, 'results'>): ReadonlyMap<SignedSubject, string> {
  const [attached = new Map<SignedSubject, string>()] = results.flatMap((one) =>
    one.name === 'registry' && one.outcome !== 'not-attempted' && one.done !== undefined ? [one.done.value] : [],
  );
  return attached;
}

function artifactIn(results: readonly AnyResult[]): UploadedArtifact | undefined {
  const [artifact] = results.flatMap((one) =>
    one.name === 'workflow-artifact' && one.outcome !== 'not-attempted' && one.done !== undefined
      ? [one.done.value]
      : [],
  );
  return artifact;
}

/** Returns the result of a delivery in the form that reports use. */
export function reported(result: AnyResult): ReportedDelivery {
  const { name, outcome } = result;
  if (outcome === 'not-attempted') return { name, outcome, reason: result.reason };
  const { place, ids = [], urls = [], delivered: fresh = 0, present = 0 } = result.done ?? {};
  const common = { name, place, ids, urls, delivered: fresh, present };
  if (outcome !== 'failed') return { ...common, outcome };
  return { ...common, outcome, failures: result.failures };
}

export function signingReport(result: SigningResult, deliveries: Deliveries, workspace: string): SigningReport {
  const { instance } = result;
  const first = result.signed[0]?.verdict;
  const { collection, results, failures } = deliveries;
  const artifact = artifactIn(results);
  const attached = attachedIn(deliveries);
  const signed = result.signed.map(
    (one): ReportedSubject => ({
      ...delivered(one),
      kind: one.subject.kind,
      predicateType: predicateTypeOf(one.verdict),
      platform: one.subject.kind === 'image' ? one.subject.platform : undefined,
      certificateValidity: signedBy(one.verdict).certificateValidity,
      attachedAs: attached.get(one),
      attests: one.subject.kind === 'image' ? one.subject.attests : undefined,
      inRegistry: one.subject.kind === 'image' && one.subject.stored !== undefined,
      outages: one.outages,
      resumed: one.resumed,
    }),
  );
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: result.format,
    certificateLogged: first === undefined || first.signedCertificateTimestamps.length > 0,
    signed,
    unsigned: result.unsigned.map(({ subject, error }) => ({
      name: subjectName(subject),
      code: error.code,
      message: error.message,
      remedy: error.remedy,
    })),
    artifact,
    deliveries: results.map(reported),
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...outageWarnings(signed, workspace),
      ...failures.map(({ message, remedy }) => (remedy === undefined ? message : `${message}. ${remedy}`)),
      ...results.flatMap((one) => (one.outcome === 'not-attempted' ? [] : (one.done?.warnings ?? []))),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} was not uploaded: GitHub artifacts do not allow a character in its name`,
      ),
    ],
    notices: result.packageNotices ?? adviceOn(result),
    workspace,
  };
}

/** The number of entries in a public log that a run makes without advice. */
const fewEntries = 50;

/** Advises a job that makes many entries in a public log, which are permanent, to make one. Only a job whose token states source and commit has provenance. */
function adviceOn({ instance, format, signed }: SigningResult): readonly string[] {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const [first] = fresh;
  const { sourceRepositoryUri: source, sourceRepositoryDigest: commit } =
    first === undefined ? {} : signedBy(first.verdict).identity.claims;
  const hasProvenance = source !== undefined && commit !== undefined;
  if (!hasProvenance || !instance.publicLog || format === 'attestation' || fresh.length <= fewEntries) return [];
  return [
    `this run created ${fresh.length} entries in a public log. To create a single entry for all subjects, set \`bundle-format: attestation\``,
  ];
}
