/** Uploads bundles as a workflow artifact, with GitHub's own client. */

import { access, constants } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Digest } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import type { DownloadClient } from '../fetch/index.ts';
import { pathBelow, safeFileName } from '../node/index.ts';
import {
  demandArtifactName,
  describeClientError,
  forbiddenInPaths,
  openArtifactClient,
} from '../services/github/index.ts';
import type { NamedDigest, Unpacking } from './earlier-artifact.ts';

export interface ArtifactRequest {
  readonly name: string;
  readonly files: readonly string[];
  /** In the artifact, each file has its path below this folder. */
  readonly rootDirectory: string;
  /** What it is about, and where an artifact that has the name already can be unpacked. Without it, such an artifact is an error. */
  readonly earlier?: Unpacking & { readonly subjects: readonly NamedDigest[] };
  /** True if nobody chose the name, so that another will do. */
  readonly isNameFree?: boolean;
}

/** The run that the artifact belongs to. */
export interface WorkflowRun {
  readonly serverUrl: string;
  readonly repository: string;
  readonly runId: string;
}

export interface UploadedArtifact {
  readonly id: number;
  readonly name: string;
  /** The digest of the uploaded archive: `sha256:<hex>`. */
  readonly digest: string;
  readonly url: string;
  /** False if an earlier step or attempt had uploaded an artifact with the same files. */
  readonly isNew: boolean;
  /** The files that GitHub refuses because of a character in their path. Their bundles are in `bundles.sigstore.jsonl`. */
  readonly leftOut: readonly string[];
}

/** The methods of GitHub's client that are used here. */
export interface ArtifactClient extends DownloadClient {
  deleteArtifact(name: string): Promise<unknown>;
  uploadArtifact(
    name: string,
    files: string[],
    rootDirectory: string,
  ): Promise<{ readonly id?: number; readonly digest?: string }>;
}

const maxJobLength = 100;

/**
 * Returns a name that is different for each job of a matrix, as each has its own manifest.
 *
 * @param contents the digest of the manifest
 */
export function artifactName(job: string, contents: Digest<'sha256'>): string {
  return `${namePrefix(job)}${encodeHex(contents.bytes).slice(0, 12)}`;
}

/** Returns a check for the names of {@link artifactName} for a job, also with the numbers that are added to names that are taken. */
export function artifactNames(job: string): (name: string) => boolean {
  const prefix = namePrefix(job);
  return (name) => name.startsWith(prefix) && /^[0-9a-f]{12}(?:-\d)?$/.test(name.slice(prefix.length));
}

function namePrefix(job: string): string {
  return job === '' ? 'countersign-' : `countersign-${safeFileName(job, maxJobLength)}-`;
}

/**
 * Uploads files as one artifact. The files are kept, even if it fails. An artifact of the name that holds the same files is
 * returned instead, and one about the same subjects, of an earlier attempt, is replaced.
 *
 * @param open the client; it is large, and loaded only now
 * @throws CountersignError `USAGE` for a name that GitHub forbids or a file outside of the folder; `DELIVERY_FAILED`, which
 * says where the bundles are
 */
export async function uploadArtifact(
  request: ArtifactRequest,
  { serverUrl, repository, runId }: WorkflowRun,
  open: () => Promise<ArtifactClient> = openArtifactClient,
): Promise<UploadedArtifact> {
  const { files, rootDirectory } = request;
  demandArtifactName(request.name);
  const root = resolve(rootDirectory);
  const paths = [...new Set(files.map((file) => resolve(file)))];
  for (const path of paths) demandInside(path, root);
  const sent = paths.filter((path) => !forbiddenInPaths.test(relative(root, path)));
  for (const path of sent) await demandReadable(path, root);
  if (sent.length === 0) failed(request.name, root, 'GitHub accepts none of the file names', undefined);
  const { name, id, digest, isNew = true } = await upload(await open(), request, sent, root);
  if (id === undefined || digest === undefined)
    failed(name, root, 'the artifact service returned no artifact ID', undefined);
  return {
    id,
    name,
    digest: `sha256:${digest}`,
    url: `${serverUrl}/${repository}/actions/runs/${runId}/artifacts/${id}`,
    isNew,
    leftOut: paths.filter((path) => !sent.includes(path)),
  };
}

type Upload = Awaited<ReturnType<ArtifactClient['uploadArtifact']>> & {
  readonly name: string;
  readonly isNew?: boolean;
};

/** The client's message for a name that an artifact of the run has already. */
const nameTaken = /\(409\)|already exists/;

/** The number of names that are tried where nobody chose one. */
const maxNames = 9;

async function upload(
  client: ArtifactClient,
  request: ArtifactRequest,
  files: readonly string[],
  root: string,
): Promise<Upload> {
  const names = Array.from({ length: request.isNameFree === true ? maxNames : 1 }, (_, index) =>
    index === 0 ? request.name : `${request.name}-${index + 1}`,
  );
  let taken: unknown;
  for (const name of names) {
    try {
      return { name, ...(await client.uploadArtifact(name, [...files], root)) };
    } catch (cause) {
      if (!nameTaken.test(messageOf(cause))) failed(name, root, messageOf(cause), cause);
      taken = cause;
    }
    const again = await uploadAgain(client, { ...request, name }, files, root);
    if (again !== undefined) return again;
  }
  return failed(request.name, root, messageOf(taken), taken);
}

/** Uploads over an artifact of this name that may be replaced; returns `undefined` if there is none. */
async function uploadAgain(
  client: ArtifactClient,
  { name, earlier }: ArtifactRequest,
  files: readonly string[],
  root: string,
): Promise<Upload | undefined> {
  if (earlier === undefined) return undefined;
  // Loaded only where a name is taken.
  const { findEarlier, holdsFiles, holdsSubjects } = await import('./earlier-artifact.ts');
  try {
    const found = await findEarlier(name, client, earlier);
    if (found === undefined) return undefined;
    // Its id may be the output of an earlier step.
    if (found.digest !== undefined && (await holdsFiles(found, files, root, earlier.files)))
      return { name, id: found.id, digest: found.digest.replace(/^sha256:/, ''), isNew: false };
    if (!holdsSubjects(found, earlier.subjects)) return undefined;
    await client.deleteArtifact(name);
    return { name, ...(await client.uploadArtifact(name, [...files], root)) };
  } catch (cause) {
    return failed(name, root, messageOf(cause), cause);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function demandInside(path: string, root: string): void {
  if (pathBelow(root, path)) return;
  fail('USAGE', `${path} is outside of ${root} and cannot be part of the artifact`, {
    remedy: 'Set `bundle-dir` to a folder in the workspace.',
  });
}

/** Demands that all files exist: GitHub's client ends the process for a missing file, which cannot be caught. */
async function demandReadable(path: string, root: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    fail('DELIVERY_FAILED', `${path} cannot be read for the upload; the other bundles are still in ${root}`, {
      cause,
      remedy: 'Make sure that nothing else changes the bundle folder during signing, and run again.',
    });
  }
}

interface Refusal {
  readonly sign: RegExp;
  readonly reason: string;
  readonly remedy: string;
}

/** The client's error messages, with what each means. */
const refusals: readonly Refusal[] = [
  {
    sign: /storage quota has been hit|insufficient usage/,
    reason: 'the artifact storage quota of the account is used up',
    remedy:
      'Delete old artifacts, or increase the storage limit of the account. GitHub recalculates the usage within 12 hours.',
  },
  {
    sign: nameTaken,
    reason: 'this run already has an artifact with this name',
    remedy: 'Leave `artifact-name` out, or make it different in each job, step and leg of the matrix.',
  },
  {
    sign: /not currently supported on GHES/,
    reason: 'GitHub Enterprise Server does not provide this artifact service',
    remedy: 'Set `upload-artifact: false`, and use the bundles in the folder in a later step.',
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|self[- ]signed certificate|unable to (?:get (?:local )?issuer|verify)/i,
    reason: 'Node.js does not trust the CA that issued the certificate of the artifact service',
    remedy:
      'Set NODE_EXTRA_CA_CERTS to the path of a PEM file with the certificate of the CA, such as the CA of the company.',
  },
  {
    sign: /ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/,
    reason: 'the runner does not provide the artifact service to this step',
    remedy:
      'Use the action, since `run` steps have no token for the artifact service. On other runners, set `upload-artifact: false`.',
  },
];

function failed(name: string, root: string, message: string, cause: unknown): never {
  const known = refusals.find(({ sign }) => sign.test(message));
  const reason = known?.reason ?? describeClientError(message);
  fail('DELIVERY_FAILED', `the artifact ${name} was not uploaded: ${reason}. The bundles are still in ${root}`, {
    ...(cause !== undefined && { cause }),
    remedy:
      known?.remedy ??
      'Check githubstatus.com, and run the job again. Files that are already signed are not signed again.',
  });
}
