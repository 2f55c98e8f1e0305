/** Reading the inputs of the sign action. */

import { resolve } from 'node:path';
import type { LogVersion } from '../core/trust/index.ts';
import type { ArtifactReference } from '../fetch/index.ts';
import type { BundleFormat } from '../run/sign/index.ts';
import type { InstanceRequest, RegistryAccount } from '../run/world/index.ts';
import type { SubjectRequest } from '../subject/index.ts';
import { namesNothing } from '../subject/index.ts';
import { InputReader, instanceNames, truths } from './input-reader.ts';
import { readAccount } from './registry-inputs.ts';
import type { SignInputName } from './sign-inputs.ts';

export interface SignInputs {
  readonly subjects: SubjectRequest;
  /** The workflow artifact whose files are signed in place of {@link subjects}. */
  readonly filesArtifact: ArtifactReference | undefined;
  /** As they are written. */
  readonly images: readonly string[];
  readonly recursive: boolean;
  readonly account: RegistryAccount | undefined;
  readonly pushToRegistry: boolean;
  readonly bundleDirectory: string | undefined;
  readonly format: BundleFormat;
  readonly uploadArtifact: boolean;
  readonly artifactName: string | undefined;
  readonly instance: InstanceRequest;
  readonly logVersion: LogVersion | undefined;
  readonly retryBudgetMilliseconds: number;
  readonly allowPublicLog: boolean;
  readonly concurrency: number;
  readonly allowDangerousTriggers: boolean;
}

const formats = { auto: 'auto', 'per-file': 'per-file', attestation: 'attestation' } as const satisfies Record<
  string,
  BundleFormat
>;
const logVersions = { '': undefined, '1': 1, '2': 2 } as const;
const permissions = { allow: true, refuse: false } as const;

const maxConcurrency = 256;

/**
 * Reads the inputs. Paths are relative to the workspace.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readSignInputs(workspace: string): SignInputs {
  const input = new InputReader<SignInputName>(workspace);
  const pushToRegistry = input.choice('push-to-registry', { '': undefined, ...truths });
  const { likeAttest, attested, ...subjects } = input.subjects(pushToRegistry === true);
  const images = [...input.lines('images'), ...attested];
  const logVersion = input.choice('log-version', logVersions);
  const format = input.choice('bundle-format', formats);
  const filesArtifact = input.filesArtifact(subjects, 'Sign');
  return {
    subjects: filesArtifact === undefined && images.length === 0 ? orAnnounced(subjects) : subjects,
    filesArtifact,
    images,
    recursive: input.choice('recursive', truths),
    account: readAccount(input),
    pushToRegistry: pushToRegistry ?? true,
    bundleDirectory: input.path('bundle-dir'),
    format: format === 'auto' && likeAttest ? 'attestation' : format,
    uploadArtifact: input.choice('upload-artifact', truths),
    artifactName: input.optional('artifact-name'),
    instance: {
      name: input.choice('instance', instanceNames),
      purpose: 'sign',
      trustedRoot: input.path('trusted-root'),
      signingConfig: input.path('signing-config'),
      tufUrl: input.optional('tuf-url'),
      tufRoot: input.path('tuf-root'),
      logVersion,
      insecureIgnoreSct: input.choice('insecure-ignore-sct', truths),
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, 'countersign-tuf'),
    },
    logVersion,
    retryBudgetMilliseconds: input.duration('retry-budget'),
    allowPublicLog: input.choice('public-log', permissions),
    concurrency: input.count('concurrency', maxConcurrency),
    allowDangerousTriggers: input.choice('allow-dangerous-triggers', truths),
  };
}

/** Where no input names anything, what earlier steps of the job have announced to the runner, if it keeps such a list. */
function orAnnounced(subjects: SubjectRequest): SubjectRequest {
  const artifactsList = process.env.GITHUB_ARTIFACTS_LIST;
  return namesNothing(subjects) && artifactsList ? { ...subjects, artifactsList } : subjects;
}
