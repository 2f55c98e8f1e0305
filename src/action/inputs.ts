/** Reading the inputs of the sign action. */

import { resolve } from 'node:path';
import { getInput } from '@actions/core';
import { fail } from '../core/errors/index.ts';
import type { LogVersion } from '../core/trust/index.ts';
import type { BundleFormat, InstanceName, InstanceRequest, SubjectRequest } from '../run/index.ts';
import type { SignInputName } from './sign-inputs.ts';

export interface SignInputs {
  readonly subjects: SubjectRequest;
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
const instances = {
  'public-good': 'public-good',
  github: 'github',
  staging: 'staging',
  custom: 'custom',
  sandbox: 'sandbox',
} as const satisfies Record<string, InstanceName>;
const logVersions = { '': undefined, '1': 1, '2': 2 } as const;
const truths = { true: true, false: false } as const;
const permissions = { allow: true, refuse: false } as const;

const unitMilliseconds = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 } as const;
const maxConcurrency = 256;

/**
 * Reads the inputs. Paths are relative to the workspace.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readSignInputs(workspace: string): SignInputs {
  const path = (name: SignInputName): string | undefined => {
    const given = text(name);
    return given === '' ? undefined : resolve(workspace, given);
  };
  const attestDigest = readAttestDigest();
  const attestPaths = lines('subject-path', /[\n,]/);
  const likeAttest = attestPaths.length > 0 || attestDigest.length > 0 || text('subject-checksums') !== '';
  const logVersion = choice('log-version', logVersions);
  const format = choice('bundle-format', formats);
  return {
    subjects: orAnnounced({
      files: [...lines('files'), ...attestPaths],
      checksums: [...lines('checksums'), ...lines('subject-checksums')],
      digests: [...lines('digests'), ...attestDigest],
    }),
    bundleDirectory: path('bundle-dir'),
    format: format === 'auto' && likeAttest ? 'attestation' : format,
    uploadArtifact: choice('upload-artifact', truths),
    artifactName: text('artifact-name') || undefined,
    instance: {
      name: choice('instance', instances),
      purpose: 'sign',
      trustedRoot: path('trusted-root'),
      signingConfig: path('signing-config'),
      tufUrl: text('tuf-url') || undefined,
      tufRoot: path('tuf-root'),
      logVersion,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, 'countersign-tuf'),
    },
    logVersion,
    retryBudgetMilliseconds: readDuration('retry-budget'),
    allowPublicLog: choice('public-log', permissions),
    concurrency: readConcurrency(),
    allowDangerousTriggers: choice('allow-dangerous-triggers', truths),
  };
}

/** Where no input names anything, what earlier steps of the job have announced to the runner, if it keeps such a list. */
function orAnnounced(subjects: SubjectRequest): SubjectRequest {
  const { files, checksums, digests } = subjects;
  const artifactsList = process.env.GITHUB_ARTIFACTS_LIST;
  return files.length + checksums.length + digests.length === 0 && artifactsList
    ? { ...subjects, artifactsList }
    : subjects;
}

function text(name: SignInputName): string {
  return getInput(name);
}

function lines(name: SignInputName, separator: RegExp = /\n/): readonly string[] {
  return text(name)
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function choice<Values extends Readonly<Record<string, unknown>>>(
  name: SignInputName,
  values: Values,
): Values[keyof Values] {
  const given = text(name);
  if (Object.hasOwn(values, given)) return values[given as keyof Values];
  const allowed = Object.keys(values).filter((value) => value !== '');
  return fail('USAGE', `the input \`${name}\` is ${JSON.stringify(given)}`, {
    remedy: `Set it to ${allowed.join(', or ')}.`,
  });
}

function readDuration(name: SignInputName): number {
  const [, count, unit = ''] =
    /^(\d{1,6})\s*([smh]?)$/.exec(text(name)) ??
    fail('USAGE', `the input \`${name}\` is ${JSON.stringify(text(name))}`, {
      remedy: 'Write a duration as 90s, 5m or 1h.',
    });
  return Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
}

function readConcurrency(): number {
  const given = text('concurrency');
  const count = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (count >= 1 && count <= maxConcurrency) return count;
  return fail('USAGE', `the input \`concurrency\` is ${JSON.stringify(given)}`, {
    remedy: `Set it to a number from 1 to ${maxConcurrency}.`,
  });
}

/** actions/attest splits what `digests` has in one line into two inputs. */
function readAttestDigest(): readonly string[] {
  const [name, digest] = [text('subject-name'), text('subject-digest')];
  // A digest that an earlier step left empty must not leave its subject out in silence.
  if (digest === '' && name !== '')
    fail('USAGE', 'the input `subject-name` needs a digest', { remedy: 'Set `subject-digest`.' });
  if (digest === '') return [];
  if (name === '') fail('USAGE', 'the input `subject-digest` needs a name', { remedy: 'Set `subject-name`.' });
  return [`${name}@${digest}`];
}
