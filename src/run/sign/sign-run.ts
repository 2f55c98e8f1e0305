/** The join of a signing run: from subjects to bundles that have been verified, written and delivered. */

import { fail } from '../../core/errors/index.ts';
import type { Places } from '../../deliver/index.ts';
import { bundlePaths } from '../../deliver/index.ts';
import { verifyTokenClaims } from '../../identity/index.ts';
import { buildProvenance, provenancePredicateType } from '../../sign/index.ts';
import { type LocalSubject, namesNothing, type Subject, type SubjectRequest } from '../../subject/index.ts';
import type { Instance, World } from '../world/index.ts';
import { attestAll } from './attest-all.ts';
import type { SigningRequest } from './open-signing.ts';
import { openSigning } from './open-signing.ts';
import type { ImageRequest } from './plan-images.ts';
import { planSubjects } from './plan-subjects.ts';
import type { SigningPlan } from './sign-each.ts';
import { signEach } from './sign-each.ts';
import type { SignedSubject, UnsignedSubject } from './signed-subject.ts';

/** A bundle a subject, one statement about all of them, or whichever suits their number. */
export type BundleFormat = 'auto' | 'per-file' | 'attestation';

/** Subjects as they are, of different names. */
export interface FoundSubjects {
  readonly found: readonly LocalSubject[];
}

export interface SignRequest extends SigningRequest {
  /** What names them, or those that were found already. */
  readonly subjects: SubjectRequest | FoundSubjects;
  readonly images?: ImageRequest | undefined;
  readonly places: Places;
  /** Where the one bundle goes, if there is to be but one. */
  readonly bundlePath?: string;
  readonly format: BundleFormat;
  readonly concurrency: number;
  /** Where workflows live: `https://github.com` except on an enterprise's own server. */
  readonly serverUrl: string;
  /** Called for each subject as it is done. */
  readonly onSubject?: (subject: SignedSubject | UnsignedSubject) => void;
}

/** What came of a run. Nothing that was signed is lost by what failed. */
export interface Receipt {
  readonly instance: Instance;
  readonly format: Exclude<BundleFormat, 'auto'>;
  /** In the order of the subjects' names. */
  readonly signed: readonly SignedSubject[];
  readonly unsigned: readonly UnsignedSubject[];
}

/** Above this many, one statement rather than that many entries in a public log. */
const maxPerFile = 50;

/**
 * Signs every subject of a run with one short-lived identity. Each bundle is written the moment it verifies, and stays,
 * whatever fails later.
 *
 * @throws CountersignError if nothing can be signed at all; what fails for a single subject is in the receipt
 */
export async function signRun(request: SignRequest, world: World): Promise<Receipt> {
  const subjects = await planAll(request, world);
  using signing = await openSigning(request, world);
  const plan = { subjects, signing, concurrency: request.concurrency };
  const format =
    request.format === 'auto' ? (subjects.length > maxPerFile ? 'attestation' : 'per-file') : request.format;
  const results =
    format === 'per-file'
      ? signEach({ ...plan, bundlePaths: choosePaths(subjects, request) }, world)
      : await attest(plan, request, world);
  return { instance: signing.instance, format, ...(await collect(results, subjects, request.onSubject)) };
}

async function planAll({ subjects, images, places }: SignRequest, world: World): Promise<readonly Subject[]> {
  const local = 'found' in subjects ? subjects.found : await planLocal(subjects, images !== undefined, places, world);
  if (images === undefined) return local;
  // Only who has images pays for registries.
  const { withImages } = await import('./plan-images.ts');
  return withImages(local, images, world);
}

function planLocal(
  request: SubjectRequest,
  mayBeNone: boolean,
  places: Places,
  world: World,
): Promise<readonly LocalSubject[]> | readonly LocalSubject[] {
  return mayBeNone && namesNothing(request) ? [] : planSubjects(request, places, world);
}

function choosePaths(subjects: readonly Subject[], { bundlePath, places }: SignRequest): ReadonlyMap<Subject, string> {
  const [only, ...others] = subjects;
  if (bundlePath === undefined || only === undefined) return bundlePaths(subjects, places);
  if (others.length === 0) return new Map([[only, bundlePath]]);
  return fail('USAGE', `one bundle was named, for ${subjects.length} subjects`, {
    remedy: 'Name a folder for the bundles, or sign with `attestation`, which is one bundle about all of them.',
  });
}

async function attest(
  plan: Omit<SigningPlan, 'bundlePaths'>,
  { serverUrl, places, bundlePath }: SignRequest,
  world: World,
): Promise<AsyncGenerator<SignedSubject | UnsignedSubject>> {
  const predicate = buildProvenance(await verifyTokenClaims(world.http, plan.signing.token, world.clock()), serverUrl);
  return attestAll(plan, { predicateType: provenancePredicateType, predicate, places, bundlePath }, world);
}

async function collect(
  results: AsyncGenerator<SignedSubject | UnsignedSubject>,
  subjects: readonly Subject[],
  onSubject: SignRequest['onSubject'],
): Promise<Pick<Receipt, 'signed' | 'unsigned'>> {
  const signed: SignedSubject[] = [];
  const unsigned: UnsignedSubject[] = [];
  for await (const result of results) {
    if ('error' in result) unsigned.push(result);
    else signed.push(result);
    onSubject?.(result);
  }
  const order = new Map(subjects.map((subject, index) => [subject, index]));
  const byOrder = (a: { readonly subject: Subject }, b: { readonly subject: Subject }): number =>
    (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0);
  return { signed: signed.sort(byOrder), unsigned: unsigned.sort(byOrder) };
}
