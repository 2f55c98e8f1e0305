/** Reads the inputs of the sign action. */

import { resolve } from 'node:path';
import { signRows } from '../options/index.ts';
import { type BundleFormat, namesClaims } from '../run/sign/index.ts';
import type { InstanceRequest } from '../run/world/index.ts';
import type { SubjectRequest } from '../subject/index.ts';
import { namesNothing } from '../subject/index.ts';
import { type InputValues, readInputs } from './read-inputs.ts';
import { readSharedInputs, type SharedInputs } from './read-shared-inputs.ts';

type Values = InputValues<typeof signRows, 'sign'>;
type Shared = SharedInputs<Values>;
type Others = Shared['others'];

/** The values of the inputs. Some inputs are combined into one value. */
export interface SignInputs
  extends Pick<Shared, 'subjects' | 'filesArtifact' | 'account'>,
    Omit<Others, 'instance' | 'pushToRegistry'> {
  readonly pushToRegistry: boolean;
  readonly bundleDirectory: string | undefined;
  readonly format: BundleFormat;
  readonly instance: InstanceRequest;
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
  return {
    ...others,
    // A statement names its subjects itself.
    subjects:
      filesArtifact === undefined && images.length === 0 && input.statement === undefined
        ? orAnnounced(subjects)
        : subjects,
    filesArtifact,
    images,
    account,
    pushToRegistry: input.pushToRegistry ?? true,
    bundleDirectory: input.bundleDir,
    format:
      input.bundleFormat === 'auto'
        ? likeAttest || namesClaims(input)
          ? 'attestation'
          : 'per-file'
        : input.bundleFormat,
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

/** Adds the list of artifacts that earlier steps announced to the runner, if no input names a subject. */
function orAnnounced(subjects: SubjectRequest): SubjectRequest {
  const artifactsList = process.env.GITHUB_ARTIFACTS_LIST;
  return namesNothing(subjects) && artifactsList ? { ...subjects, artifactsList } : subjects;
}
