/** Receives the digests that the legs of a run handed over, and checks that each is what its leg uploaded. */

import type { Digest } from '../../core/crypto/index.ts';
import { parseDigest, toDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type ArtifactReference, fetchLegDigests, type LegDigestsFolder, listLegArtifacts } from '../../fetch/index.ts';
import {
  type DigestSubject,
  digestSubjectsOf,
  formatImage,
  formatLeg,
  type Leg,
  type LegDigests,
  legLimits,
  mergeDuplicates,
} from '../../subject/index.ts';
import type { BundleFormat } from './signing-result.ts';

export interface CollectedRequest {
  /** The outputs `collected` of the legs (`<artifact id>@sha256:<hex>`), or only the word `all`. */
  readonly collected: readonly string[];
  /** The number of legs. */
  readonly count: number | undefined;
  /** The run that signs. */
  readonly run: Pick<Leg, 'repository' | 'runId' | 'attempt'>;
}

export interface CollectedSubjects {
  /** In the order of the legs, with different names. */
  readonly found: readonly DigestSubject[];
  /** The images, as `registry/name@sha256:…`. */
  readonly images: readonly string[];
  readonly legs: readonly Leg[];
  readonly warnings: readonly string[];
}

/**
 * Fetches the digests of every leg of the run, and merges them. One name with one digest is one subject, however many legs have it.
 *
 * @throws CountersignError `USAGE` for another number of legs than expected, and for a name with two digests, naming both legs;
 *   `SUBJECT_MISSING` for a leg that handed nothing over; `SUBJECT_CHANGED` if an artifact is not the one that the leg uploaded;
 *   `ARCHIVE_INVALID` for digests of another run, and for two artifacts of one leg; those of fetching
 */
export async function collectedSubjects(
  request: CollectedRequest,
  folder: LegDigestsFolder,
): Promise<CollectedSubjects> {
  const { count = withoutCount(), run } = request;
  const isListed = !request.collected.includes('all');
  const artifacts = isListed ? listedArtifacts(request.collected) : await allArtifacts(request.collected);
  demandCount(artifacts, count, isListed);
  const legs: LegDigests[] = [];
  const origins = new Map<string, number>();
  let total = 0;
  for (const artifact of artifacts) {
    const leg = await fetchLegDigests(artifact, folder);
    demandOwnRun(leg.from, run, artifact);
    demandNewLeg(leg.from, artifact, origins);
    total += leg.subjects.length;
    if (total > legLimits.subjects)
      fail('LIMIT_EXCEEDED', `the legs have more than ${legLimits.subjects} subjects`, {
        remedy: 'Put files into archives, or sign in several jobs.',
      });
    legs.push(leg);
  }
  return { ...merge(legs), legs: legs.map(({ from }) => from), warnings: isListed ? [] : [replaceable] };
}

/**
 * Returns the format in which subjects are signed whose bytes another job had. A plain signature is over a digest alone, and a leg could
 * hand over the digest of a file that is the signing input of any attestation.
 *
 * @throws CountersignError `USAGE` for one bundle per file
 */
export function formatOfCollected(format: BundleFormat | 'auto', input: string): BundleFormat {
  if (format !== 'per-file') return 'attestation';
  return fail('USAGE', `\`bundle-format: per-file\` cannot be combined with \`${input}\``, {
    remedy:
      'Set `bundle-format: attestation`. Each file can be verified alone with the bundle. For one bundle per file, sign the files themselves.',
  });
}

const replaceable =
  'the digests of the legs were identified only by the names of their artifacts. Until they are downloaded, any other job of this run can replace them, so this run could sign files that were not built by the expected jobs. Set `collected` to the outputs `collected` of the legs, passed on as outputs of their jobs';

function withoutCount(): never {
  return fail('USAGE', '`collected` is set, but `collected-count` is not', {
    remedy: 'Set `collected-count` to the number of legs, so that a missing leg is an error.',
  });
}

function listedArtifacts(lines: readonly string[]): readonly ArtifactReference[] {
  const references = lines.map(parseReference);
  const [again] = references.filter(({ id }, index) => references.findIndex((one) => one.id === id) !== index);
  if (again !== undefined)
    fail('USAGE', `\`collected\` has the artifact ${again.id} twice`, {
      remedy: 'Pass on the output `collected` of each leg as a job output with a name of its own.',
    });
  return references;
}

function parseReference(line: string): { readonly id: number; readonly digest: Digest<'sha256'> } {
  const [, digits = '', text = ''] = /^([1-9]\d{0,15})@(sha256:[0-9a-f]{64})$/.exec(line) ?? [];
  if (digits === '' || !Number.isSafeInteger(Number(digits)))
    fail('USAGE', `\`collected\` has the line ${JSON.stringify(line)}, which is not valid`, {
      remedy: 'Set it to the outputs `collected` of the legs, one per line, or to the word all.',
    });
  return { id: Number(digits), digest: toDigest('sha256', parseDigest(text).bytes) };
}

async function allArtifacts(lines: readonly string[]): Promise<readonly ArtifactReference[]> {
  if (lines.length > 1)
    fail('USAGE', '`collected` has the word all and other lines', { remedy: 'Set it to one of both.' });
  return listLegArtifacts();
}

function demandCount({ length }: readonly unknown[], count: number, isListed: boolean): void {
  if (length === count) return;
  const found = isListed ? `\`collected\` has ${length} lines` : `this run has the digests of ${length} legs`;
  fail(length < count ? 'SUBJECT_MISSING' : 'USAGE', `${found}, but \`collected-count\` is ${count}`, {
    remedy:
      length < count
        ? 'Find the leg without an output: each leg needs a step with `mode: collect`, and an output of its job with a name of its own. Nothing was signed.'
        : 'Set `collected-count` to the number of legs. If it is right, find the job that uploaded one artifact too many.',
  });
}

/** Demands digests of this run. Those of a leg that was not repeated are of an earlier attempt. */
function demandOwnRun(from: Leg, run: CollectedRequest['run'], { name, id }: ArtifactReference): void {
  const what = `the workflow artifact ${JSON.stringify(name ?? id)}`;
  if (from.repository !== run.repository)
    foreign(`${what} has digests of the repository ${JSON.stringify(from.repository)}, not ${run.repository}`);
  if (from.runId !== run.runId)
    foreign(`${what} has digests of the run ${JSON.stringify(from.runId)}, not ${run.runId}`);
  if (from.attempt > run.attempt)
    foreign(`${what} has digests of the attempt ${from.attempt}, but this is the attempt ${run.attempt}`);
}

function demandNewLeg(from: Leg, { id }: ArtifactReference, known: Map<string, number>): void {
  const key = JSON.stringify([from.job, from.leg]);
  const other = known.get(key);
  if (other !== undefined)
    foreign(`the workflow artifacts ${other} and ${id} both say that they are of the leg ${formatLeg(from)}`);
  known.set(key, id ?? 0);
}

function foreign(message: string): never {
  fail('ARCHIVE_INVALID', message, {
    remedy: 'Do not use this artifact. Find the job of this run that uploaded it.',
  });
}

function merge(legs: readonly LegDigests[]): Pick<CollectedSubjects, 'found' | 'images'> {
  const images = legs.flatMap(({ subjects }) => subjects.filter(({ kind }) => kind === 'image').map(formatImage));
  const others = legs.flatMap((leg) => digestSubjectsOf({ ...leg, subjects: leg.subjects.filter(isNoImage) }));
  return { found: mergeDuplicates(others), images: [...new Set(images)] };
}

function isNoImage({ kind }: LegDigests['subjects'][number]): boolean {
  return kind !== 'image';
}
