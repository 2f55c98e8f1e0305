/** Runs a signing: from subjects to bundles that have been verified and written. */

import { fail } from '../../core/errors/index.ts';
import type { Places } from '../../deliver/index.ts';
import { Pace } from '../../services/http/index.ts';
import {
  type LocalSubject,
  namesNothing,
  type PackageFormat,
  type Subject,
  type SubjectRequest,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type AttestationSource, attestAll, type SigningPlan } from './attest.ts';
import { type ClaimRequest, namesClaims } from './claim-request.ts';
import type { EarlierBundles } from './earlier-bundles.ts';
import type { ImageRequest } from './images.ts';
import { openSigning, type SigningRequest } from './open-signing.ts';
import type { PackageRun } from './packages.ts';
import { provenanceClaim } from './provenance-claim.ts';
import { type SelectedSubjects, selectSubjects } from './select-subjects.ts';
import { type PlanForEach, pathsForEach, signEach } from './sign-each.ts';
import type { BundleFormat, SignedSubject, SigningResult, UnsignedSubject } from './signing-result.ts';

/** Subjects that were found already, with different names. */
export interface FoundSubjects {
  readonly found: readonly LocalSubject[];
}

export interface SignRequest extends SigningRequest, ClaimRequest {
  /** The request that names the subjects, or subjects that were found already. */
  readonly subjects: SubjectRequest | FoundSubjects;
  readonly images?: ImageRequest | undefined;
  readonly places: Places;
  /** The path of the bundle, if there is only one. */
  readonly bundlePath?: string;
  readonly format: BundleFormat;
  /** The claims of attestations (default: the documents that the request names, or provenance). */
  readonly attestations?: readonly AttestationSource[];
  /** The package registry that the files are for. It decides what is signed and written. */
  readonly package?: PackageFormat | undefined;
  /** The highest number of subjects that are signed at once. */
  readonly concurrency: number;
  /** Replaces files of others that are where bundles are to be written. */
  readonly overwrite: boolean;
  /** The places where an earlier attempt of this run may have delivered bundles. */
  readonly earlier?: readonly EarlierBundles[] | undefined;
  /** Signs bundles that are named. */
  readonly signBundles?: boolean | undefined;
  /**
   * Called with the subjects, and the number of results that {@link onSubject} will have had, when everything else has been checked. What
   * it throws ends the run before anything is signed.
   */
  readonly beforeSigning?: (subjects: readonly Subject[], results: number) => Promise<void>;
  /** The server of workflows: `https://github.com`, except on GitHub Enterprise Server. */
  readonly serverUrl: string;
  /** Called with each subject when it is done. */
  readonly onSubject?: (subject: SignedSubject | UnsignedSubject) => void;
}

/**
 * Signs every subject of a run with one short-lived identity. Each bundle is written as soon as it verifies, and is kept if something
 * fails later.
 *
 * @throws CountersignError if nothing can be signed at all; what fails for a single subject is in the result
 */
export async function signRun(given: SignRequest, world: World): Promise<SigningResult> {
  const request = await withClaims(given, world);
  if (request.package !== undefined && (request.onOutage ?? 'fail') !== 'fail')
    fail(
      'USAGE',
      '`on-outage` and `package` cannot be combined: a package registry requires an entry of a certain log',
      {
        remedy: 'Omit `on-outage`.',
      },
    );
  const packages = await openPackages(request, world);
  const { subjects, leftOut } = packages ?? (await findSubjects(request, world));
  const pace = new Pace(request.concurrency);
  const watched = { ...world, http: pace.watch(world.http) };
  using signing = await openSigning({ ...request, ...packages?.signing }, watched);
  const { format, concurrency, overwrite, earlier, beforeSigning = async () => undefined } = request;
  const plan = {
    subjects,
    signing,
    concurrency,
    overwrite,
    ...(earlier !== undefined && { earlier }),
    beforeSigning: (results: number) => beforeSigning(subjects, results),
  };
  const results =
    packages !== undefined
      ? await packages.sign({ ...plan, pace })
      : format === 'per-file'
        ? signEach({ ...plan, ...pathsOf(plan, request), pace }, world)
        : await attestSubjects(plan, request, world);
  const collected = await collectResults(results, subjects, request.onSubject);
  return { instance: signing.instance, format, leftOut, ...packages?.result, ...collected };
}

async function openPackages(request: SignRequest, world: World): Promise<PackageRun | undefined> {
  if (request.package === undefined) return undefined;
  // Loaded only for packages.
  const { openPackageRun } = await import('./package-run.ts');
  return openPackageRun(request, request.package, () => findSubjects(request, world), world);
}

/** Reads the documents that are to be attested, before a token is requested. A statement names its subjects itself if nothing else does. */
async function withClaims(request: SignRequest, world: World): Promise<SignRequest> {
  if (!namesClaims(request)) return request;
  if (request.format === 'per-file')
    fail('USAGE', '`bundle-format: per-file` signs without statements, and documents can only be attested', {
      remedy: 'Omit `bundle-format`, or set `bundle-format: attestation`.',
    });
  // Loaded only if there are documents.
  const { loadClaims } = await import('./load-claims.ts');
  const { subjects, images, places } = request;
  const isAlone = images === undefined && !('found' in subjects) && namesNothing(subjects);
  const { attestations, stated } = await loadClaims(request, { folder: places.workspace, isAlone }, world);
  return { ...request, attestations, ...(stated && { subjects: { found: stated } }) };
}

async function findSubjects(
  request: SignRequest,
  world: World,
): Promise<Pick<SigningResult, 'leftOut'> & { readonly subjects: readonly Subject[] }> {
  const { images, format } = request;
  if (images?.attestations && format === 'attestation')
    fail('USAGE', '`sign-attestations` and `bundle-format: attestation` cannot be combined', {
      remedy:
        'Sign the attestation manifests in a step of its own. They need a bundle each, and contain provenance already.',
    });
  const local = await findLocal(request, images !== undefined, world);
  if (images === undefined) return local;
  // Loaded only if there are images.
  const { withImages } = await import('./images.ts');
  return { ...local, subjects: await withImages(local.subjects, images, world) };
}

/**
 * Finds the subjects that are known without network access.
 *
 * @param hasImages true if there are images, so that nothing else has to be named
 */
export async function findLocal(
  { subjects, places, signBundles }: Pick<SignRequest, 'subjects' | 'places' | 'signBundles'>,
  hasImages: boolean,
  world: Pick<World, 'files'>,
): Promise<SelectedSubjects> {
  if ('found' in subjects) return { subjects: subjects.found, leftOut: [] };
  if (hasImages && namesNothing(subjects)) return { subjects: [], leftOut: [] };
  return selectSubjects(subjects, places, world, signBundles);
}

/** Returns the path of each subject's bundle. */
function pathsOf({ subjects }: SigningPlan, request: SignRequest): Pick<PlanForEach, 'bundlePaths' | 'isPathGiven'> {
  return pathsForEach(subjects, request, {
    noun: 'subjects',
    remedy:
      'Specify a folder with `bundle-dir`, or set `bundle-format: attestation` to create one bundle for all subjects.',
  });
}

async function attestSubjects(
  plan: SigningPlan,
  { attestations: sources = [{ kind: 'provenance' }], serverUrl, places, bundlePath }: SignRequest,
  world: World,
): Promise<AsyncGenerator<SignedSubject | UnsignedSubject>> {
  const attestations = await Promise.all(
    sources.map((source) => (source.kind === 'claim' ? source : provenanceClaim(plan.signing, serverUrl, world))),
  );
  return attestAll(plan, { attestations, places, bundlePath }, world);
}

async function collectResults(
  results: AsyncGenerator<SignedSubject | UnsignedSubject>,
  subjects: readonly Subject[],
  onSubject: SignRequest['onSubject'],
): Promise<Pick<SigningResult, 'signed' | 'unsigned'>> {
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
