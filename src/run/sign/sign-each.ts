/** Signs a bundle for each subject: a message signature for a file, and a statement for an image. */

import { type Digest, equalDigests, formatDigest, toDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { artifactOfDigest, type Bundle, type Verdict } from '../../core/verify/index.ts';
import { bundlePaths, distinctPath, type Places } from '../../deliver/index.ts';
import { concurrently, inTurns, isWithin } from '../../node/index.ts';
import type { Pace } from '../../services/http/index.ts';
import { imageSignature } from '../../sign/predicates/index.ts';
import { digestToSign, hashObserver, type Subject, withBytesOf } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { hashedAtOnce, type SigningPlan, statementAbout } from './attest.ts';
import { restoreEarlier } from './earlier-bundles.ts';
import { demandNoObstacles, examineExisting, type Obstacle, type OwnBundle } from './existing-bundle.ts';
import { holdsStatement, signBundle, type WithBytes } from './sign-bundle.ts';
import type { SignedSubject, UnsignedSubject } from './signing-result.ts';

/** A statement about one subject, and the digest of the subject that it names. */
export interface OwnStatement {
  readonly digest: Digest;
  readonly statement: Uint8Array<ArrayBuffer>;
}

/** A plan with the path of each subject's bundle. */
export interface PlanForEach extends SigningPlan {
  /** The statements to sign about subjects, in place of what is signed otherwise. */
  readonly statements?: ReadonlyMap<Subject, OwnStatement>;
  readonly bundlePaths: ReadonlyMap<Subject, string>;
  /** True if the caller chose the path, so that it says nothing of what its bundle is about. */
  readonly isPathGiven: boolean;
  /** Decides how many subjects are signed at once. */
  readonly pace: Pace;
}

/**
 * Returns the path of each subject's bundle: the one that was given, or those that deliveries choose.
 *
 * @param problem the subjects' noun, and the remedy, if one path was given for several
 * @throws CountersignError `USAGE` for one path of several bundles; those of {@link bundlePaths}
 */
export function pathsForEach(
  subjects: readonly Subject[],
  { bundlePath, places }: { readonly bundlePath?: string; readonly places: Places },
  { noun, remedy }: { readonly noun: string; readonly remedy: string },
): Pick<PlanForEach, 'bundlePaths' | 'isPathGiven'> {
  const [only, ...others] = subjects;
  if (bundlePath === undefined || only === undefined)
    return { bundlePaths: bundlePaths(subjects, places), isPathGiven: false };
  if (others.length === 0) return { bundlePaths: new Map([[only, bundlePath]]), isPathGiven: true };
  return fail('USAGE', `\`bundle\` specifies one file for ${subjects.length} ${noun}`, { remedy });
}

/** A subject whose bundle can be written. */
interface Prepared {
  readonly subject: Subject;
  readonly bundlePath: string;
  /** The digest and the verdict of a bundle of this run that is there already. */
  readonly existing?: { readonly digest: Digest; readonly verdict: Verdict };
}

/**
 * Signs every subject, and yields the results as they are ready. A failure does not affect the others, except that after an outage that
 * used up the retry budget no further subject is tried.
 *
 * @throws CountersignError `USAGE` if files of others are in the way, before anything is signed
 */
export async function* signEach(plan: PlanForEach, world: World): AsyncGenerator<SignedSubject | UnsignedSubject> {
  const prepared: Prepared[] = [];
  const obstacles: Obstacle[] = [];
  for await (const result of concurrently(plan.subjects, plan.concurrency, (one) => prepare(one, plan, world))) {
    if ('error' in result) yield result;
    else if ('reason' in result) obstacles.push(result);
    else prepared.push(result);
  }
  demandNoObstacles(obstacles, plan.overwrite);
  await plan.beforeSigning(plan.subjects.length);
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  prepared.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  let outage: CountersignError | undefined;
  const hashing = inTurns(hashedAtOnce);
  yield* concurrently(prepared, plan.pace.limit, async (one) => {
    const { subject } = one;
    if (outage !== undefined) return { subject, error: outage };
    try {
      return await plan.pace.take(() => signOne(one, plan, hashing, world));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (stopsRun(error)) outage = error;
      return { subject, error };
    }
  });
}

/** Reports whether a failure would be that of every further subject. A folder that cannot be written is that of some. */
export function stopsRun({ kind, code, cause }: CountersignError): boolean {
  return (
    kind === 'unavailable' || code === 'NETWORK_UNAVAILABLE' || /^(?:ENOSPC|EDQUOT)$/.test(systemCode(cause) ?? '')
  );
}

/** Looks at what is at the path of a bundle. Most subjects have nothing there, and are not read yet. */
async function prepare(
  subject: Subject,
  plan: PlanForEach,
  world: World,
): Promise<Prepared | Obstacle | UnsignedSubject> {
  const { bundlePaths, signing } = plan;
  const wanted =
    bundlePaths.get(subject) ?? fail('DELIVERY_FAILED', `there is no path for the bundle of ${subject.name}`);
  try {
    for (const bundlePath of pathsFor(subject, wanted, plan)) {
      const existing = await examineExisting(bundlePath, signing, world);
      const prepared = { subject, bundlePath };
      if (existing.kind === 'nothing') return restored(prepared, plan, world);
      if (existing.kind === 'foreign' && plan.overwrite && !existing.isFolder) return prepared;
      if (existing.kind === 'foreign') return { ...existing, path: bundlePath };
      const digest = await digestOf(subject, plan, world);
      if (isSignedAlready(existing, subject, digest, plan)) {
        return { ...prepared, existing: { digest, verdict: existing.verdict } };
      }
      if (mayReplace(existing, subject, digest, bundlePath, plan)) return prepared;
    }
    if (plan.overwrite) return { subject, bundlePath: wanted };
    return { path: wanted, reason: 'is a bundle of this run for a different subject', isFolder: false };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}

/** Restores the bundle of a subject that an earlier attempt delivered, if there is one. Only then is the subject read already. */
async function restored(prepared: Prepared, plan: PlanForEach, world: World): Promise<Prepared> {
  if (plan.earlier === undefined) return prepared;
  const { subject, bundlePath } = prepared;
  const digest = await digestOf(subject, plan, world);
  const wanted = { path: bundlePath, subjects: [subject], digests: [digest] };
  const found = await restoreEarlier(wanted, (one) => isSignedAlready(one, subject, digest, plan), plan, world);
  return found === undefined ? prepared : { ...prepared, existing: { digest, verdict: found.verdict } };
}

/** Returns the paths for a bundle. Two things that are known by their digests may have one name, and the second gets a longer path. */
function* pathsFor(subject: Subject, wanted: string, { bundlePaths, isPathGiven }: PlanForEach): Iterable<string> {
  yield wanted;
  if (subject.kind !== 'digest' || isPathGiven) return;
  const other = distinctPath(wanted, subject);
  if (![...bundlePaths.values()].includes(other)) yield other;
}

/** Reports whether a bundle of this run, in this attempt or in an earlier one, is the one that would be made for the subject. */
function isSignedAlready(existing: OwnBundle, subject: Subject, digest: Digest, plan: PlanForEach): boolean {
  return (
    !existing.isUnlogged &&
    existing.signedIn !== 'another run' &&
    equalDigests(existing.digest, digest) &&
    isOf(subject, plan)(existing.content)
  );
}

/**
 * Reports whether a bundle of this identity may be replaced: one of an earlier run or attempt, and one about an earlier content of the
 * very file that it lies with. Anything else was made for another purpose by an earlier step of this job.
 */
function mayReplace(existing: OwnBundle, subject: Subject, digest: Digest, path: string, plan: PlanForEach): boolean {
  const { places } = plan.signing;
  const { isPathGiven, statements } = plan;
  if (existing.signedIn !== 'this attempt') return true;
  // The bundle that an outage left without a log entry, if its artifact is the same: a new one has the entry.
  if (existing.isUnlogged && equalDigests(existing.digest, digest) && isOf(subject, plan)(existing.content))
    return true;
  const kind = statements?.has(subject) ? 'dsse-envelope' : 'message-signature';
  if (subject.kind !== 'file' || isPathGiven || existing.content.kind !== kind) return false;
  return !equalDigests(existing.digest, digest) && isWithin(places.workspace, path);
}

/** Returns the check that a bundle holds what is signed for a subject in a bundle of its own. */
function isOf(subject: Subject, { statements }: PlanForEach): (content: Bundle['content']) => boolean {
  const own = statements?.get(subject);
  if (own !== undefined) return holdsStatement(own.statement);
  if (subject.kind !== 'image') return ({ kind }) => kind === 'message-signature';
  return holdsStatement(statementAbout([{ subject, digest: subject.digest }], imageSignature));
}

async function signOne(
  { subject, bundlePath, existing }: Prepared,
  plan: PlanForEach,
  hashing: ReturnType<typeof inTurns>,
  world: World,
): Promise<SignedSubject> {
  if (existing !== undefined) return { subject, bundlePath, ...existing, outages: [], resumed: true };
  const { signing, statements } = plan;
  const { session } = signing;
  const digest = await hashing(() => digestOf(subject, plan, world));
  const own = statements?.get(subject);
  const sign =
    own !== undefined
      ? () => session.signStatement(own.statement)
      : subject.kind === 'image'
        ? () => session.signStatement(statementAbout([{ subject, digest }], imageSignature))
        : () => session.signArtifact(sha256Of(digest, subject));
  // In turns, so that the bytes of few files are in memory.
  const withBytes: WithBytes | undefined =
    subject.kind === 'file' && own === undefined
      ? (use) => hashing(() => withBytesOf(world.files, subject, use))
      : undefined;
  const request = {
    path: bundlePath,
    artifact: artifactOfDigest(digest),
    withBytes,
    isSame: isOf(subject, plan),
    sign,
  };
  return { subject, digest, bundlePath, ...(await signBundle(request, signing, world)), resumed: false };
}

async function digestOf(subject: Subject, { statements }: PlanForEach, { files, onHash }: World): Promise<Digest> {
  const own = statements?.get(subject);
  if (own !== undefined) return own.digest;
  if (subject.kind === 'file') return digestToSign(files, subject, hashObserver(subject.name, onHash));
  return subject.kind === 'image' ? subject.digest : sha256Of(subject.digest, subject);
}

/** Returns the SHA-256 digest to sign: a message signature is over the digest itself, and an ephemeral key signs SHA-256. */
function sha256Of(digest: Digest, subject: Subject): Digest<'sha256'> {
  if (digest.algorithm === 'sha256') return toDigest('sha256', digest.bytes);
  const origin = subject.kind === 'file' ? subject.name : subject.origin;
  return fail(
    'USAGE',
    `${origin}: ${formatDigest(digest)} cannot be signed without a statement; only SHA-256 digests can`,
    {
      remedy: 'Set `bundle-format: attestation`. Statements support all digest algorithms.',
    },
  );
}
