/** Creates storage records: an organization's notes of the registries in which its artifacts are ("linked artifacts"). */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type ApiOptions, GitHubApi } from './api.ts';
import type { KnownRefusal, Operation } from './operation.ts';
import { parseObject, readId } from './read-answers.ts';

/** An artifact in one registry. */
export interface StorageRecord {
  /** The name of the artifact, as its attestation has it: `ghcr.io/octo/app`. */
  readonly name: string;
  /** SHA-256. */
  readonly digest: Digest;
  readonly registryUrl: string;
  /** The page or address of the artifact in the registry. */
  readonly artifactUrl?: string;
  /** The repository in the registry: `octo/app`. */
  readonly repository?: string;
  readonly version?: string;
  /** The repository at GitHub, without its owner. */
  readonly gitHubRepository?: string;
}

export interface RecordCreated {
  readonly ids: readonly string[];
  /** What was left out of the record, as sentences without their full stops. */
  readonly warnings: readonly string[];
}

export interface StorageRecorder {
  /** The origin of the API. */
  readonly origin: string;
  /**
   * Creates a record, or updates that of the same artifact in the same registry. Optional members that GitHub does not take are left out.
   *
   * @throws CountersignError `USAGE` for a record that GitHub does not take; `PERMISSION_MISSING`; `RATE_LIMITED`; `SERVICE_REFUSED`;
   *   `SERVICE_UNAVAILABLE`
   */
  create(organization: string, record: StorageRecord): Promise<RecordCreated>;
}

/** The limits of the API, in characters. */
const limits = { name: 256, registryUrl: 256, artifactUrl: 152, repository: 128, version: 100, gitHubRepository: 100 };
const maxRecords = 100;

const refusals: readonly KnownRefusal[] = [
  {
    status: 404,
    // Of a token without the permission, GitHub says this and nothing of permissions.
    sign: /no artifacts found/i,
    code: 'PERMISSION_MISSING',
    reason: 'it finds no artifact of the organization that the token may describe',
    remedy:
      'Add `artifact-metadata: write` to the permissions of the job, and store the attestation of the image (`store-attestations`) in a repository of the organization.',
  },
  {
    status: 404,
    sign: /(?:)/,
    code: 'SERVICE_REFUSED',
    reason: 'the owner of the repository is not an organization, or the server has no storage records',
    remedy: 'Disable `storage-records`: GitHub keeps storage records of organizations only.',
  },
  {
    status: 422,
    sign: /(?:)/,
    code: 'SERVICE_REFUSED',
    reason: 'it found the record invalid',
    remedy: 'Check the name of the image and the address of its registry.',
  },
];

/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export function openStorageRecorder(options: ApiOptions): StorageRecorder {
  const api = new GitHubApi(options);
  return { origin: api.origin, create: (organization, record) => create(api, organization, record) };
}

async function create(api: GitHubApi, organization: string, record: StorageRecord): Promise<RecordCreated> {
  const { name, registryUrl } = record;
  const digest = digestOf(record.digest);
  if (!/^[\w.-]{1,100}$/.test(organization)) fail('USAGE', `${JSON.stringify(organization)} is not an organization`);
  demandLength('name of the artifact', name, limits.name);
  demandLength('address of the registry', registryUrl, limits.registryUrl);
  if (!isSecure(registryUrl))
    fail(
      'USAGE',
      `the address of the registry is ${JSON.stringify(registryUrl)}, and storage records take https only`,
      {
        remedy: 'Disable `storage-records` for images of this registry.',
      },
    );
  const { kept, warnings } = optionalMembers(record);
  const what = `the storage record of ${JSON.stringify(name)} for ${organization}`;
  // A repeated request updates the record that the first one created.
  const operation: Operation = { what, permission: 'artifact-metadata: write', refusals };
  const answer = await api.send(operation, ({ rest }, through) =>
    rest.orgs.createArtifactStorageRecord({
      org: organization,
      name,
      digest,
      registry_url: registryUrl,
      ...kept,
      ...through,
    }),
  );
  const records = parseObject(answer, operation, api.origin).field('storageRecords');
  return { ids: records.present ? records.list(maxRecords).map((one) => readId(one.field('id'))) : [], warnings };
}

function digestOf(digest: Digest): string {
  if (digest.algorithm !== 'sha256') fail('USAGE', `storage records take SHA-256 digests, and not ${digest.algorithm}`);
  return formatDigest(digest);
}

/** @throws CountersignError `USAGE` */
function demandLength(what: string, text: string, limit: number): void {
  if (text.length >= 1 && text.length <= limit) return;
  fail('USAGE', `the ${what} has ${text.length} characters; storage records take 1 to ${limit}`, {
    remedy: 'Disable `storage-records` for this image.',
  });
}

function optionalMembers({ artifactUrl, repository, version, gitHubRepository }: StorageRecord) {
  const warnings: string[] = [];
  const fits = (member: string, text: string | undefined, limit: number, isRight: boolean): text is string => {
    if (text === undefined) return false;
    if (text.length >= 1 && text.length <= limit && isRight) return true;
    warnings.push(
      `the storage record has no ${member}: ${JSON.stringify(text.slice(0, 200))} is not one that GitHub takes`,
    );
    return false;
  };
  const kept = {
    ...(fits('artifact_url', artifactUrl, limits.artifactUrl, isSecure(artifactUrl)) && { artifact_url: artifactUrl }),
    ...(fits('repository', repository, limits.repository, true) && { repository }),
    ...(fits('version', version, limits.version, true) && { version }),
    ...(fits(
      'github_repository',
      gitHubRepository,
      limits.gitHubRepository,
      /^[\w.-]+$/.test(gitHubRepository ?? ''),
    ) && { github_repository: gitHubRepository }),
  };
  return { kept, warnings };
}

function isSecure(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && url.startsWith('https://');
}
