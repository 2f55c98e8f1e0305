/** Reads the inputs of the verify action. */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { type PolicyRequest, policyRows, verifyRows } from '../options/index.ts';
import type { InstanceRequest } from '../run/world/index.ts';
import { namesNothing, type SubjectRequest } from '../subject/index.ts';
import { type InputValues, readInputs } from './read-inputs.ts';
import { readSharedInputs, type SharedInputs } from './read-shared-inputs.ts';

type Shared = SharedInputs<InputValues<typeof verifyRows, 'verify'>>;
type Combined =
  | 'allowNoFiles'
  | 'bundle'
  | 'bundleDir'
  | 'instance'
  | 'trustedRoot'
  | 'tufUrl'
  | 'tufRoot'
  | 'policyFromPullRequest'
  | 'retryBudget';

/** The values of the inputs. Some inputs are combined into one value. */
export interface VerifyInputs extends Pick<Shared, 'filesArtifact' | 'account'>, Omit<Shared['others'], Combined> {
  readonly subjects: SubjectRequest;
  readonly bundlePaths: readonly string[];
  readonly bundleDirectory: string | undefined;
  readonly instance: InstanceRequest;
  readonly policy: PolicyRequest;
  /** True if a policy that the pull request can change is refused. */
  readonly refuseProposedPolicy: boolean;
  readonly retryBudgetMilliseconds: number;
}

/**
 * Reads the inputs. Paths are relative to the workspace.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readVerifyInputs(workspace: string): VerifyInputs {
  const { subjects, filesArtifact, account, others } = readSharedInputs(
    readInputs(verifyRows, 'verify', workspace),
    'Verify',
  );
  const { allowNoFiles, bundle, bundleDir, policyFromPullRequest, retryBudget, ...rest } = others;
  const { instance: name, trustedRoot, tufUrl, tufRoot, ...values } = rest;
  const inputs: VerifyInputs = {
    ...values,
    subjects: { ...subjects, unmatched: allowNoFiles ? 'allowed' : 'refused' },
    filesArtifact,
    account,
    bundlePaths: bundle,
    bundleDirectory: bundleDir,
    instance: {
      name,
      purpose: 'verify',
      trustedRoot,
      tufUrl,
      tufRoot,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, 'countersign-tuf'),
    },
    policy: readPolicy(workspace),
    refuseProposedPolicy: policyFromPullRequest === 'refuse',
    retryBudgetMilliseconds: retryBudget,
  };
  refuseTwoPlaces(inputs);
  refuseBesideRelease(inputs);
  return inputs;
}

/** Reads the options of the policy. An empty input counts as not given. */
function readPolicy(workspace: string): PolicyRequest {
  const given = Object.entries(readInputs(policyRows, 'verify', workspace)).filter(
    ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(given);
}

/** Refuses what would not be used beside the assets of a release. */
function refuseBesideRelease(inputs: VerifyInputs): void {
  const { releaseAssets, releaseFiles, subjects, filesArtifact, images, strictFolder } = inputs;
  if (releaseAssets === undefined) {
    if (releaseFiles.length === 0) return;
    fail('USAGE', '`release-files` cannot be used without `release-assets`', { remedy: 'Set `release-assets`.' });
  }
  const { bundlePaths, bundleDirectory, bundleArtifact, from } = inputs;
  const { vsaOut, svrOut, policyUri, vsaLevel, vsaFailed, signVsa } = inputs;
  const isBeside =
    filesArtifact !== undefined ||
    images.length > 0 ||
    !namesNothing(subjects) ||
    strictFolder ||
    bundlePaths.length > 0;
  const texts = [bundleDirectory, bundleArtifact, from, vsaOut, svrOut, policyUri, ...vsaLevel];
  if (isBeside || vsaFailed || signVsa || texts.some((text) => text !== undefined))
    fail(
      'USAGE',
      '`release-assets` cannot be combined with files, images, bundles, `from`, `strict-folder` or summaries',
      {
        remedy: 'Verify the assets of the release in a step of their own.',
      },
    );
}

function refuseTwoPlaces({ bundleDirectory, bundleArtifact }: VerifyInputs): void {
  if (bundleArtifact !== undefined && bundleDirectory !== undefined)
    fail('USAGE', '`bundle-artifact` and `bundle-dir` cannot be combined', {
      remedy: 'Set one of them.',
    });
}
