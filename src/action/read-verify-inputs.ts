/** Reading the inputs of the verify action. */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { ArtifactReference } from '../fetch/index.ts';
import type { PolicyOption, PolicyRequest } from '../run/policy/index.ts';
import { optionName, policyOptions } from '../run/policy/index.ts';
import type { InstanceRequest, RegistryAccount } from '../run/world/index.ts';
import type { SubjectRequest } from '../subject/index.ts';
import { InputReader, instanceNames, truths } from './input-reader.ts';
import { readAccount } from './registry-inputs.ts';
import { type VerifyInputName, verifyInputs } from './verify-inputs.ts';

export interface VerifyInputs {
  readonly subjects: SubjectRequest;
  /** Whether what the patterns leave out fails. */
  readonly strictFolder: boolean;
  readonly filesArtifact: ArtifactReference | undefined;
  /** As they are named. */
  readonly images: readonly string[];
  readonly account: RegistryAccount | undefined;
  readonly bundlePaths: readonly string[];
  readonly bundleDirectory: string | undefined;
  readonly bundleArtifact: string | undefined;
  readonly instance: InstanceRequest;
  readonly policy: PolicyRequest;
  /** Whether a policy that the pull request can change is refused. */
  readonly refuseProposedPolicy: boolean;
  readonly reportPath: string | undefined;
  readonly retryBudgetMilliseconds: number;
}

const proposals = { refuse: true, warn: false } as const;

/**
 * Reads the inputs. Paths are relative to the workspace.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readVerifyInputs(workspace: string): VerifyInputs {
  const input = new InputReader<VerifyInputName>(workspace);
  const { likeAttest: _, attested: __, ...subjects } = input.subjects();
  const inputs: VerifyInputs = {
    subjects: { ...subjects, unmatched: input.choice('allow-no-files', truths) ? 'allowed' : 'refused' },
    strictFolder: input.choice('strict-folder', truths),
    filesArtifact: input.filesArtifact(subjects, 'Verify'),
    images: input.lines('images'),
    account: readAccount(input),
    bundlePaths: input.lines('bundle').map((path) => resolve(workspace, path)),
    bundleDirectory: input.path('bundle-dir'),
    bundleArtifact: input.optional('bundle-artifact'),
    instance: {
      name: input.choice('instance', instanceNames),
      purpose: 'verify',
      trustedRoot: input.path('trusted-root'),
      tufUrl: input.optional('tuf-url'),
      tufRoot: input.path('tuf-root'),
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, 'countersign-tuf'),
    },
    policy: readPolicy(input),
    refuseProposedPolicy: input.choice('policy-from-pull-request', proposals),
    reportPath: input.path('report-path'),
    retryBudgetMilliseconds: input.duration('retry-budget'),
  };
  refuseTwoPlaces(inputs);
  return inputs;
}

/** The inputs of the policy, as the command has its options. One that is empty is one that is not given. */
function readPolicy(input: InputReader<VerifyInputName>): PolicyRequest {
  const options = Object.keys(policyOptions) as readonly PolicyOption[];
  const given = options.flatMap((option) => {
    const value = readOption(input, option);
    return value === undefined ? [] : [[option, value] as const];
  });
  // Each value has the form that the table of options says, and the table is held to the type.
  return Object.fromEntries(given) as PolicyRequest;
}

function readOption(input: InputReader<VerifyInputName>, option: PolicyOption): PolicyRequest[PolicyOption] {
  const name = inputOf(option);
  if (name === undefined) return undefined;
  if (option === 'policy' || option === 'key') return input.path(name);
  switch (policyOptions[option]) {
    case 'switch':
      return input.choice(name, truths) || undefined;
    case 'list': {
      const lines = input.lines(name);
      return lines.length === 0 ? undefined : lines;
    }
    case 'text':
      return input.optional(name);
  }
}

/** Its input, if the action has one. */
function inputOf(option: PolicyOption): VerifyInputName | undefined {
  // `subject-name` is what actions/attest calls something else.
  const name = option === 'subjectName' ? 'statement-subject-name' : optionName(option);
  return isInput(name) ? name : undefined;
}

function isInput(name: string): name is VerifyInputName {
  return Object.hasOwn(verifyInputs, name);
}

function refuseTwoPlaces({ bundleDirectory, bundleArtifact }: VerifyInputs): void {
  if (bundleArtifact !== undefined && bundleDirectory !== undefined)
    fail('USAGE', '`bundle-artifact` and `bundle-dir` each say where the bundles are', {
      remedy: 'Leave one of them out.',
    });
}
