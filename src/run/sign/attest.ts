/** Signs statements about several subjects. */

import { type Digest, formatDigest, type HashAlgorithm } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { maxSubjects, readStatement, type Statement, writeStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, compareStatement, type Verdict } from '../../core/verify/index.ts';
import { attestationPaths, type Places } from '../../deliver/index.ts';
import { concurrently } from '../../node/index.ts';
import type { Claim } from '../../sign/predicates/index.ts';
import { digestFile, digestFileWith, type Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type EarlierBundles, restoreEarlier } from './earlier-bundles.ts';
import { demandNoObstacles, examineExisting, type Obstacle, type OwnBundle } from './existing-bundle.ts';
import type { Signing } from './open-signing.ts';
import { holdsStatement, signBundle, type WrittenBundle } from './sign-bundle.ts';
import type { SignedSubject, UnsignedSubject } from './signing-result.ts';

export interface SigningPlan {
  readonly subjects: readonly Subject[];
  readonly signing: Signing;
  /** The number of subjects whose destinations are examined at once. */
  readonly concurrency: number;
  /** Replaces files of others that are where bundles are to be written. */
  readonly overwrite: boolean;
  /** The places where an earlier attempt of this run may have delivered bundles. */
  readonly earlier?: readonly EarlierBundles[];
  /** Called with the number of results when everything else has been checked. What it throws ends the run before anything is signed. */
  readonly beforeSigning: (results: number) => Promise<void>;
}

export interface HashedSubject {
  readonly subject: Subject;
  readonly digest: Digest;
  /** The digests of other algorithms that claims state, of a file. */
  readonly others?: readonly Digest[];
}

/** Returns a statement about these subjects and no others. */
export function statementAbout(
  hashed: readonly Pick<HashedSubject, 'subject' | 'digest'>[],
  { predicate, predicateType }: Claim,
): Uint8Array<ArrayBuffer> {
  const subjects = hashed.map(({ subject, digest }) => ({ name: subject.name, digests: [digest] }));
  return writeStatement({ subjects, predicateType, predicate });
}

/** A claim, and the subjects that it is about. */
export interface Attestation {
  readonly claim: Claim;
  /** Reports whether the claim is about a subject; if absent, it is about all of them. */
  readonly isAbout?: (subject: HashedSubject) => boolean;
  /** Called with all subjects before anything is signed. Throws if the claim cannot be about them. */
  readonly demand?: (subjects: readonly HashedSubject[]) => void;
  /** The algorithms of digests that {@link isAbout} and {@link demand} compare. */
  readonly algorithms?: readonly HashAlgorithm[];
  /** The statement as the caller has written it, which is signed unchanged. */
  readonly statement?: Uint8Array<ArrayBuffer>;
  /** The name of the claim's type, for the name of the bundle; `undefined` for the provenance of the job. */
  readonly name?: string;
}

/** The provenance of the job that signs, or a claim that the caller has read. */
export type AttestationSource = { readonly kind: 'provenance' } | ({ readonly kind: 'claim' } & Attestation);

export interface AttestationRequest {
  readonly attestations: readonly Attestation[];
  readonly places: Places;
  /** The path of the one bundle, if it was given. */
  readonly bundlePath: string | undefined;
}

/** Reading overlaps with hashing, which is one thread's work: more at once would only hold more memory. */
export const hashedAtOnce = 2;

/**
 * Hashes every subject and signs statements about them: for each attestation as many as are necessary, each about as many subjects as a
 * verifier reads. A subject that cannot be hashed is left out of the statements, and reported.
 *
 * @throws CountersignError `USAGE` if files of others are in the way, before anything is signed
 */
export async function* attestAll(
  plan: SigningPlan,
  attestation: AttestationRequest,
  world: World,
): AsyncGenerator<SignedSubject | UnsignedSubject> {
  const hashed: HashedSubject[] = [];
  let failed = 0;
  const algorithms = [...new Set(attestation.attestations.flatMap((one) => one.algorithms ?? []))];
  for await (const result of concurrently(plan.subjects, hashedAtOnce, (one) => hashSubject(one, algorithms, world))) {
    if ('error' in result) {
      failed++;
      yield result;
    } else hashed.push(result);
  }
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  hashed.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  const batches = await prepareBatches(hashed, plan, attestation, world);
  await plan.beforeSigning(failed + batches.reduce((sum, batch) => sum + batch.hashed.length, 0));
  for (const batch of batches) yield* attestBatch(batch, plan, world);
}

/** A statement, and where its bundle goes. */
interface Batch {
  readonly hashed: readonly HashedSubject[];
  readonly statement: Uint8Array<ArrayBuffer>;
  readonly path: string;
  /** The verdict on a bundle of this run that holds the statement already. */
  readonly existing: Verdict | undefined;
}

async function prepareBatches(
  hashed: readonly HashedSubject[],
  plan: SigningPlan,
  attestation: AttestationRequest,
  world: World,
): Promise<readonly Batch[]> {
  for (const { claim, demand } of attestation.attestations) {
    demand?.(hashed);
    await demandConsistent(claim, plan.signing.token);
  }
  const parts = attestation.attestations.flatMap((one) =>
    inParts(hashed.filter(one.isAbout ?? (() => true))).map((part) => ({ part, attestation: one })),
  );
  if (attestation.bundlePath !== undefined && parts.length > 1)
    fail('USAGE', `\`bundle\` specifies one file, but ${parts.length} bundles are required`, {
      remedy: 'Specify a folder for the bundles with `bundle-dir`.',
    });
  const batches: Batch[] = [];
  const obstacles: Obstacle[] = [];
  for (const { part, attestation: one } of parts) {
    const statement = one.statement ?? statementAbout(part, one.claim);
    demandReadable(statement, plan.signing);
    const taken = new Set(batches.map(({ path }) => path));
    const place = await placeFor({ statement, name: one.name, hashed: part }, taken, plan, attestation, world);
    if ('reason' in place) obstacles.push(place);
    else batches.push({ hashed: part, statement, ...place });
  }
  demandNoObstacles(obstacles, plan.overwrite);
  return batches;
}

/** The longest envelope in bytes that logs of Rekor v1 take reliably: their balancers drop longer requests. */
const maxLoggedLength = 10_000_000;

/**
 * Demands that verifiers will read a statement, and that the logs take it.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`
 */
export function demandReadable(statement: Uint8Array, { services, fallback }: Signing): void {
  readStatement(statement);
  // A log of Rekor v2 gets the hash alone.
  const logs = [...services.transparencyLogs, ...(fallback?.kind === 'second-log' ? [fallback.log] : [])];
  if (!logs.some(({ majorApiVersion }) => majorApiVersion === 1)) return;
  const length = Math.ceil(statement.length / 3) * 4;
  if (length > maxLoggedLength)
    fail(
      'LIMIT_EXCEEDED',
      `the attestation has ${length} bytes; a transparency log with API version 1 takes ${maxLoggedLength}`,
      {
        remedy: 'Set `log-version: 2`, or shorten the document.',
      },
    );
}

/**
 * Demands that provenance does not contradict the certificate that the token will get: no verifier would accept it, and its log entry would
 * be permanent. Of a claim that can be written in several forms, the new bundle's verification decides.
 */
export async function demandConsistent(claim: Claim, { certificateClaims }: Signing['token']): Promise<void> {
  const known = Object.entries(certificateClaims).filter(([, value]) => typeof value === 'string');
  try {
    await compareStatement({ subjects: [], ...claim }, Object.fromEntries(known));
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    fail(error.code, `nothing was signed, because ${error.message}`, {
      cause: error,
      remedy: 'Correct the document, or sign it in the job that it describes.',
    });
  }
}

/** Divides subjects into as many as one statement may name. */
function inParts(hashed: readonly HashedSubject[]): readonly (readonly HashedSubject[])[] {
  return Array.from({ length: Math.ceil(hashed.length / maxSubjects) }, (_, number) =>
    hashed.slice(number * maxSubjects, (number + 1) * maxSubjects),
  );
}

/** A statement that is to be signed. */
interface WantedStatement {
  readonly statement: Uint8Array;
  /** The name of the claim's type. */
  readonly name: string | undefined;
  readonly hashed: readonly HashedSubject[];
}

/**
 * Finds the first path for a statement at which nothing would be lost: an earlier step of this job may have written an attestation with
 * the same name.
 *
 * @param taken paths of other statements of this run
 */
async function placeFor(
  { statement, name, hashed }: WantedStatement,
  taken: ReadonlySet<string>,
  { subjects, signing, overwrite, earlier }: SigningPlan,
  { bundlePath, places }: AttestationRequest,
  world: World,
): Promise<Pick<Batch, 'path' | 'existing'> | Obstacle> {
  const isSame = holdsStatement(statement);
  for (const path of bundlePath === undefined ? attestationPaths(subjects, places, name) : [bundlePath]) {
    if (taken.has(path)) continue;
    const existing = await examineExisting(path, signing, world);
    if (existing.kind === 'nothing') {
      const wanted = {
        path,
        subjects: hashed.map(({ subject }) => subject),
        digests: hashed.map(({ digest }) => digest),
      };
      const says = (found: OwnBundle): boolean =>
        isSame(found.content) || isProvenanceOf(found, readStatement(statement), name);
      const restored = await restoreEarlier(wanted, says, { earlier, signing }, world);
      return { path, existing: restored?.verdict };
    }
    if (existing.kind === 'foreign') {
      return overwrite && !existing.isFolder ? { path, existing: undefined } : { ...existing, path };
    }
    if (existing.signedIn !== 'another run' && isSame(existing.content))
      // One that an outage left without a log entry is signed again, and replaced by one that has it.
      return { path, existing: existing.isUnlogged ? undefined : existing.verdict };
    if (mayReplace(existing, readStatement(statement), name)) return { path, existing: undefined };
  }
  const path = bundlePath ?? '';
  if (overwrite) return { path, existing: undefined };
  return { path, reason: 'is a bundle of this run for a different subject', isFolder: false };
}

/**
 * Reports whether a bundle of this identity may be replaced: one of an earlier run or attempt, or the provenance that says the same in other
 * words. Two documents of one type, such as the reports of two scanners, say different things.
 */
function mayReplace({ signedIn, statement }: OwnBundle, wanted: Statement, name: string | undefined): boolean {
  if (signedIn !== 'this attempt') return true;
  return isProvenanceOf({ statement }, wanted, name);
}

/** Reports whether a statement is the provenance of the same subjects. That of an earlier attempt states that attempt. */
function isProvenanceOf(
  { statement }: Pick<OwnBundle, 'statement'>,
  wanted: Statement,
  name: string | undefined,
): boolean {
  if (name !== undefined) return false;
  return statement?.predicateType === wanted.predicateType && subjectsOf(statement) === subjectsOf(wanted);
}

function subjectsOf({ subjects }: Statement): string {
  return JSON.stringify(subjects.map(({ name, digests }) => [name, ...digests.map(formatDigest)]).sort());
}

/** Hashes a subject, with these algorithms as well if it is a file. */
export async function hashSubject(
  subject: Subject,
  algorithms: readonly HashAlgorithm[],
  { files }: World,
): Promise<HashedSubject | UnsignedSubject> {
  if (subject.kind !== 'file') return { subject, digest: subject.digest };
  try {
    const others = algorithms.filter((one) => one !== 'sha256');
    if (others.length === 0) return { subject, digest: await digestFile(files, subject, 'sha256') };
    const [digest, ...rest] = await digestFileWith(files, subject, ['sha256', ...others]);
    return { subject, digest: digest ?? fail('SUBJECT_UNREADABLE', `${subject.name} has no digest`), others: rest };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}

async function* attestBatch(
  { hashed, statement, path, existing }: Batch,
  { signing }: SigningPlan,
  world: World,
): AsyncGenerator<SignedSubject | UnsignedSubject> {
  try {
    const written =
      existing === undefined
        ? await signStatementAt(path, statement, hashed, signing, world)
        : { verdict: existing, outages: [] };
    const resumed = existing !== undefined;
    for (const { subject, digest } of hashed) yield { subject, digest, bundlePath: path, ...written, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed) yield { subject, error };
  }
}

function signStatementAt(
  path: string,
  statement: Uint8Array<ArrayBuffer>,
  hashed: readonly HashedSubject[],
  signing: Signing,
  world: World,
): Promise<WrittenBundle> {
  const { digest, others = [] } = hashed[0] ?? fail('SUBJECT_MISSING', 'no subjects to attest');
  const artifact = artifactOfDigest(digest, ...others);
  const sign = () => signing.session.signStatement(statement);
  return signBundle({ path, artifact, isSame: holdsStatement(statement), sign }, signing, world);
}
