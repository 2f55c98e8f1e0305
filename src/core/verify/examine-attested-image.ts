/**
 * Signatures on the attestation manifest of an image, as BuildKit makes one for each platform: the signature is over the manifest, which
 * names its statements by their digests, and the statements are about the image.
 */

import type { Bundle } from '../bundle/index.ts';
import { type Digest, formatDigest } from '../crypto/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import { checkPolicy, exactly, type Policy, predicateChecks } from '../policy/index.ts';
import { findSubject, readStatement } from '../statement/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import { artifactOfDigest } from './artifact.ts';
import { type Checked, type Criterion, check, criterionNames } from './criterion.ts';
import { conclude, type Examination, noVerdict } from './examination.ts';
import { examineSimpleSigning } from './examine-simple-signing.ts';
import { checkTexts, matchPredicateType, type VerifiedContent } from './steps/content.ts';
import { predicateStep } from './steps/predicate.ts';
import { examine } from './verify.ts';

/** The predicate type of a signature on an image. */
const signatureType = 'https://sigstore.dev/cosign/sign/v1';

/** An attestation manifest. The caller has held the statements to the digests that the manifest names, and the manifest to its own. */
export interface AttestationManifest {
  readonly digest: Digest;
  readonly statements: readonly Uint8Array[];
}

/** A statement about an image. */
export type AttestedStatement = Extract<VerifiedContent, { kind: 'dsse-envelope' }>;

/**
 * Reads the statements of an attestation manifest, each of which must be about the image. The author of the index decides which
 * manifest it lists for which image, so that only the statements bind them.
 *
 * @throws CountersignError `STATEMENT_INVALID`; `ARTIFACT_MISMATCH` if a statement is about something else, or there is none
 */
export function readAttestedStatements(
  { digest, statements }: AttestationManifest,
  image: Digest,
): readonly AttestedStatement[] {
  const remedy =
    'Check that the index lists each attestation manifest for its own image. Otherwise, build the image again.';
  const name = `the attestation manifest ${formatDigest(digest)}`;
  const read = statements.map((bytes, index): AttestedStatement => {
    try {
      const statement = readStatement(bytes);
      return { kind: 'dsse-envelope', statement, ...findSubject(statement, [image]) };
    } catch (cause) {
      if (!(cause instanceof CountersignError)) throw cause;
      return fail(cause.code, `statement ${index + 1} of ${name}: ${cause.message}`, { cause, remedy });
    }
  });
  if (read.length === 0)
    fail('ARTIFACT_MISMATCH', `${name} contains no statement about ${formatDigest(image)}`, { remedy });
  return read;
}

/**
 * Examines a signature on an attestation manifest as {@link examine} examines one on an artifact, and checks that all statements of the
 * manifest are about the image. Expectations of the content apply to these statements: one of them must meet all.
 *
 * @param bundle the signature: a statement of the type that `cosign sign` writes, or one over a document
 * @param document the bytes that were signed, in cosign's older layout
 * @param image the digest of the image's manifest
 * @throws CountersignError `POLICY_INVALID` if the policy is invalid
 */
export async function examineAttestedImage(
  bundle: Bundle,
  document: Uint8Array | undefined,
  manifest: AttestationManifest,
  image: Digest,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Examination> {
  checkPolicy(policy);
  const { predicateType, subjectName, predicate = [], ...content } = policy.content;
  // Expectations of the content are those of the statements; one that is not known here is one of the signature, and not left out.
  const outer = { ...policy, content };
  const signed =
    document === undefined
      ? await examine(bundle, artifactOfDigest(manifest.digest), trust, outer, now)
      : await examineSimpleSigning(bundle, document, manifest.digest, trust, outer, now);
  const attested = await check(
    { name: 'image', expected: formatDigest(image) },
    // Statements that nobody signed are not parsed.
    { signature: signed.verdict },
    (basis) => {
      demandSignature(basis.signature.content);
      return readAttestedStatements(manifest, image);
    },
    ({ length }) =>
      `${length === 1 ? 'one statement' : `${length} statements`} in the attestation manifest ${formatDigest(manifest.digest)}`,
  );
  const judge = predicateStep(policy, await predicateChecks(predicate), now);
  const statements = await Promise.all(
    (attested.proven ?? [undefined]).map(async (statement): Promise<Checked<AttestedStatement>> => {
      const criteria = await checkTexts('image', statement, policy.content);
      return { criteria: [...criteria, ...(await judge(statement, signed.verdict?.signer))], proven: statement };
    }),
  );
  const best = bestStatement(statements);
  const criteria = [...signed.criteria, ...attested.criteria, ...best.criteria, ...contradictions(statements, best)];
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed.verdict, content: best.proven });
}

/** Demands a signature: a statement of another type, such as a vulnerability report, does not sign what the manifest contains. */
function demandSignature(content: VerifiedContent): void {
  if (content.kind !== 'simple-signing') matchPredicateType(content, exactly(signatureType));
}

/** Returns the first statement that meets all expectations; if none does, the one that fails the fewest. */
function bestStatement(statements: readonly Checked<AttestedStatement>[]): Checked<AttestedStatement> {
  const [best] = [...statements].sort((a, b) => failures(a) - failures(b));
  return best ?? { criteria: [], proven: undefined };
}

/** Returns the criteria by which other statements contradict the certificate: a signer that is believed contradicts it nowhere. */
function contradictions(
  statements: readonly Checked<AttestedStatement>[],
  best: Checked<AttestedStatement>,
): readonly Criterion[] {
  return statements
    .filter((statement) => statement !== best)
    .flatMap(({ criteria }) => criteria.filter(({ name, outcome }) => name === 'provenance' && outcome === 'fail'));
}

/** Counts failures. A statement of another type is the least likely to be meant. */
function failures({ criteria }: Checked<unknown>): number {
  return criteria.reduce((sum, { failure, outcome }) => {
    if (failure?.code === 'PREDICATE_TYPE_MISMATCH') return sum + criteria.length + 1;
    return outcome === 'pass' ? sum : sum + 1;
  }, 0);
}
