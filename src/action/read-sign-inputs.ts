/** Reads the inputs of the sign action. */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { signRows } from '../options/index.ts';
import { type BundleFormat, type CollectedRequest, formatOfCollected, namesClaims } from '../run/sign/index.ts';
import type { InstanceRequest } from '../run/world/index.ts';
import type { SubjectRequest } from '../subject/index.ts';
import { isLegText, namesNothing } from '../subject/index.ts';
import { type InputValues, readInputs } from './read-inputs.ts';
import { readSharedInputs, type SharedInputs } from './read-shared-inputs.ts';

type Values = InputValues<typeof signRows, 'sign'>;
type Shared = SharedInputs<Values>;
type Others = Shared['others'];

/** The instance, or that it is to be chosen by what the token states. */
export type InstanceWish = Omit<InstanceRequest, 'name'> & { readonly name: InstanceRequest['name'] | 'auto' };

/** The values of the inputs. Some inputs are combined into one value. */
export interface SignInputs
  extends Pick<Shared, 'subjects' | 'filesArtifact' | 'account'>,
    Omit<Others, 'instance' | 'pushToRegistry' | 'collected' | 'collectedCount'> {
  /** The digests that other jobs handed over, if they are what is signed. */
  readonly collected: Pick<CollectedRequest, 'collected' | 'count'> | undefined;
  readonly pushToRegistry: boolean;
  readonly bundleDirectory: string | undefined;
  readonly format: BundleFormat;
  readonly instance: InstanceWish;
  readonly retryBudgetMilliseconds: number;
  readonly allowPublicLog: boolean;
}

/**
 * Reads the inputs. Paths are relative to the workspace.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readSignInputs(workspace: string): SignInputs {
  const input = readInputs(signRows, 'sign', workspace);
  const shared = readSharedInputs(input, 'Sign', input.pushToRegistry === true);
  const { subjects, filesArtifact, account, attested, likeAttest, others } = shared;
  const images = [...input.images, ...attested];
  const { collected: lines, collectedCount: count, ...rest } = others;
  const collected = lines.length === 0 && count === undefined ? undefined : { collected: lines, count };
  demandMode(input, collected !== undefined, namesNothing({ ...subjects, files: [] }));
  demandRelease(input);
  // A statement names its subjects itself.
  const named =
    filesArtifact !== undefined || images.length > 0 || collected !== undefined || input.statement !== undefined;
  return {
    ...rest,
    collected,
    subjects: named ? subjects : orAnnounced(subjects),
    filesArtifact,
    images,
    account,
    pushToRegistry: input.pushToRegistry ?? true,
    bundleDirectory: input.bundleDir,
    format: bundleFormat(
      input.bundleFormat,
      likeAttest || namesClaims(input) || input.storeAttestations,
      collected !== undefined,
    ),
    instance: {
      name: input.instance,
      purpose: 'sign',
      trustedRoot: input.trustedRoot,
      signingConfig: input.signingConfig,
      tufUrl: input.tufUrl,
      tufRoot: input.tufRoot,
      logVersion: input.logVersion,
      insecureIgnoreSct: input.insecureIgnoreSct,
      insecureIgnoreTlog: input.insecureIgnoreTlog,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, 'countersign-tuf'),
    },
    retryBudgetMilliseconds: input.retryBudget,
    allowPublicLog: input.publicLog,
  };
}

function bundleFormat(format: Values['bundleFormat'], isAttestation: boolean, isCollected: boolean): BundleFormat {
  if (isCollected) return formatOfCollected(format, 'collected');
  return format === 'auto' ? (isAttestation ? 'attestation' : 'per-file') : format;
}

/** Demands inputs that the mode uses: one that is not used would be taken for one that has an effect. */
function demandMode(input: Values, isCollected: boolean, namesNoDigests: boolean): void {
  const { mode, leg, bundleDir, artifactName } = input;
  if (mode === 'sign') {
    if (leg !== undefined) refuse('leg', 'without `mode: collect`', 'Omit it, or set `mode: collect`.');
    if (isCollected && !namesNoDigests)
      refuse('collected', 'together with checksums or digests', 'Sign them in separate steps.');
    return;
  }
  const remedy = 'Set it in the step that signs.';
  if (isCollected) refuse('collected', 'with `mode: collect`', remedy);
  if (bundleDir !== undefined) refuse('bundle-dir', 'with `mode: collect`', remedy);
  if (artifactName !== undefined) refuse('artifact-name', 'with `mode: collect`', remedy);
  if (input.release !== undefined) refuse('release', 'with `mode: collect`', remedy);
  if (input.storeAttestations) refuse('store-attestations', 'with `mode: collect`', remedy);
  if (input.package !== undefined) refuse('package', 'with `mode: collect`', remedy);
  if (namesClaims(input)) refuse('attestations', 'with `mode: collect`', remedy);
  if (leg !== undefined && !isLegText(leg))
    refuse('leg', 'with line breaks, control characters or more than 256 characters', 'Use a short name for the leg.');
}

/** Demands a release, if it is to be published. */
function demandRelease({ release, publishRelease }: Values): void {
  if (publishRelease && release === undefined) refuse('publish-release', 'without `release`', 'Set `release`.');
}

function refuse(input: string, how: string, remedy: string): never {
  return fail('USAGE', `the input \`${input}\` cannot be used ${how}`, { remedy });
}

/** Adds the list of artifacts that earlier steps announced to the runner, if no input names a subject. */
function orAnnounced(subjects: SubjectRequest): SubjectRequest {
  const artifactsList = process.env.GITHUB_ARTIFACTS_LIST;
  return namesNothing(subjects) && artifactsList ? { ...subjects, artifactsList } : subjects;
}
