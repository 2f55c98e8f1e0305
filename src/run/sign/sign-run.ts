/** Runs a signing: from subjects to bundles that have been verified and written. */

import { fail } from '../../core/errors/index.ts';
import { bundlePaths, isDelivered, type Places } from '../../deliver/index.ts';
import { verifyTokenClaims } from '../../identity/index.ts';
import { buildProvenance, provenancePredicateType } from '../../sign/index.ts';
import {
  collectSubjects,
  type LocalSubject,
  namesNothing,
  type Subject,
  type SubjectRequest,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { attestAll, type SigningPlan } from './attest.ts';
import type { ImageRequest } from './images.ts';
import { openSigning, type SigningRequest } from './open-signing.ts';
import type { BundleFormat, Receipt, SignedSubject, UnsignedSubject } from './receipt.ts';
import { signEach } from './sign-each.ts';

/** Subjects that were found already, with different names. */
export interface FoundSubjects {
  readonly found: readonly LocalSubject[];
}

export interface SignRequest extends SigningRequest {
  /** The request that names the subjects, or subjects that were found already. */
  readonly subjects: SubjectRequest | FoundSubjects;
  readonly images?: ImageRequest | undefined;
  readonly places: Places;
  /** The path of the bundle, if there is only one. */
  readonly bundlePath?: string;
  readonly format: BundleFormat;
  readonly concurrency: number;
  /** The server of workflows: `https://github.com`, except on GitHub Enterprise Server. */
  readonly serverUrl: string;
  /** Called with each subject when it is done. */
  readonly onSubject?: (subject: SignedSubject | UnsignedSubject) => void;
}

/** Above this number, one statement is signed, to avoid as many entries in a public log. */
const maxPerFile = 50;

/**
 * Signs every subject of a run with one short-lived identity. Each bundle is written as soon as it verifies, and is kept if something
 * fails later.
 *
 * @throws CountersignError if nothing can be signed at all; what fails for a single subject is in the receipt
 */
export async function signRun(request: SignRequest, world: World): Promise<Receipt> {
  const subjects = await findSubjects(request, world);
  using signing = await openSigning(request, world);
  const plan = { subjects, signing, concurrency: request.concurrency };
  const format =
    request.format === 'auto' ? (subjects.length > maxPerFile ? 'attestation' : 'per-file') : request.format;
  const results =
    format === 'per-file'
      ? signEach({ ...plan, bundlePaths: choosePaths(subjects, request) }, world)
      : await attestWithProvenance(plan, request, world);
  return { instance: signing.instance, format, ...(await collectResults(results, subjects, request.onSubject)) };
}

async function findSubjects({ subjects, images, places }: SignRequest, world: World): Promise<readonly Subject[]> {
  const local = 'found' in subjects ? subjects.found : await findLocal(subjects, images !== undefined, places, world);
  if (images === undefined) return local;
  // Loaded only if there are images.
  const { withImages } = await import('./images.ts');
  return withImages(local, images, world);
}

function findLocal(
  request: SubjectRequest,
  mayBeNone: boolean,
  places: Places,
  world: World,
): Promise<readonly LocalSubject[]> | readonly LocalSubject[] {
  return mayBeNone && namesNothing(request) ? [] : selectSubjects(request, places, world);
}

function choosePaths(subjects: readonly Subject[], { bundlePath, places }: SignRequest): ReadonlyMap<Subject, string> {
  const [only, ...others] = subjects;
  if (bundlePath === undefined || only === undefined) return bundlePaths(subjects, places);
  if (others.length === 0) return new Map([[only, bundlePath]]);
  return fail('USAGE', `one bundle was named, for ${subjects.length} subjects`, {
    remedy: 'Name a folder for the bundles, or sign with `attestation`, which is one bundle about all of them.',
  });
}

async function attestWithProvenance(
  plan: Omit<SigningPlan, 'bundlePaths'>,
  { serverUrl, places, bundlePath }: SignRequest,
  world: World,
): Promise<AsyncGenerator<SignedSubject | UnsignedSubject>> {
  const predicate = buildProvenance(await verifyTokenClaims(world.http, plan.signing.token, world.clock()), serverUrl);
  return attestAll(plan, { predicateType: provenancePredicateType, predicate, places, bundlePath }, world);
}

async function collectResults(
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

/**
 * Finds the subjects, leaves out what an earlier run delivered among them, and takes a file and a line of a checksums file about
 * it for one.
 *
 * @throws CountersignError those of finding subjects; `SUBJECT_CHANGED` if a file is not what a checksum says it is
 */
async function selectSubjects(
  request: SubjectRequest,
  places: Places,
  { files }: Pick<World, 'files'>,
): Promise<readonly LocalSubject[]> {
  const found = await collectSubjects(request, places.workspace, files);
  const names = new Set(found.map(({ name }) => name));
  const subjects = found.filter((subject) => subject.kind === 'digest' || !isDelivered(subject, names, places));
  if (subjects.length === 0) {
    fail('SUBJECT_MISSING', 'nothing but bundles was named', {
      remedy: 'Name what they are about: those files are not there any more.',
    });
  }
  return subjects;
}
