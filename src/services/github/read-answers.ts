/** Reads the responses of GitHub's REST API. */

import { concatBytes, ProtoField, utf8 } from '../../core/encoding/index.ts';
import { attempt } from '../../core/errors/index.ts';
import type { Answer } from './api.ts';
import type {
  CommitRelation,
  GitHubArtifact,
  GitHubIssue,
  GitHubJob,
  GitHubRepository,
  GitHubRun,
  IssueComment,
  ListedRun,
} from './github-client.ts';
import { type Operation, service } from './operation.ts';
import type { GitHubRelease, ReleaseAsset } from './release-client.ts';

/** In UTF-16 code units. */
const maxText = 4096;
/** GitHub stores bodies of up to 65,536 characters. */
const maxIssueBody = 300_000;
const maxReferenced = 100;
const maxLabels = 100;
const maxAssets = 1000;

/** @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`; also later, from the field */
export function parseObject({ body }: Answer, { what, maxLength }: Operation, origin: string): ProtoField {
  return ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', `the response of ${service} (${origin}) for ${what}`, {
    ...(maxLength !== undefined && { maxLength }),
    maxValues: 2_000_000,
  });
}

/** Reads a response that is a list. */
export function parseList({ body, headers }: Answer, operation: Operation, origin: string): ProtoField {
  // ProtoField reads objects.
  const wrapped = concatBytes(utf8('{"items":'), body, utf8('}'));
  return parseObject({ body: wrapped, headers }, operation, origin).field('items');
}

/** Reports whether a list continues on another page (RFC 8288). */
export function hasNextPage({ headers }: Answer): boolean {
  const { link } = headers;
  return typeof link === 'string' && /;\s*rel="?next"?/.test(link);
}

/** Reads a run. The ids of the request are repeated in the response. */
export function readRun(
  field: ProtoField,
  expected: { readonly id: string; readonly attempt: number },
  jobs: readonly GitHubJob[],
): GitHubRun {
  const run = readListedRun(field);
  if (run.id !== expected.id || run.attempt !== expected.attempt) field.fail('is about another run');
  return {
    id: run.id,
    attempt: run.attempt,
    path: run.path,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    headBranch: run.headBranch,
    headSha: text(field.field('headSha')),
    createdAt: run.createdAt,
    updatedAt: time(field.field('updatedAt')),
    url: text(field.field('htmlUrl')),
    referencedWorkflows: field
      .field('referencedWorkflows')
      .list(maxReferenced)
      .map((workflow) => ({
        path: withoutRef(text(workflow.field('path'))),
        sha: text(workflow.field('sha')),
        ref: optionalText(workflow.field('ref')),
      })),
    jobs,
  };
}

export function readListedRun(field: ProtoField): ListedRun {
  return {
    id: id(field.field('id')),
    attempt: field.field('runAttempt').safeInteger() || 1,
    path: withoutRef(text(field.field('path'))),
    event: text(field.field('event')),
    status: text(field.field('status')),
    conclusion: optionalText(field.field('conclusion')),
    headBranch: optionalText(field.field('headBranch')),
    headRepositoryId: optionalId(field.field('headRepository').field('id')),
    createdAt: time(field.field('createdAt')),
  };
}

export function readJob(field: ProtoField): GitHubJob {
  return {
    name: text(field.field('name')),
    status: text(field.field('status')),
    conclusion: optionalText(field.field('conclusion')),
    startedAt: field.field('startedAt').time(),
    completedAt: field.field('completedAt').time(),
    workflowName: optionalText(field.field('workflowName')),
  };
}

export function readRepository(field: ProtoField): GitHubRepository {
  const visibility = field.field('visibility');
  return {
    id: id(field.field('id')),
    ownerId: id(field.field('owner').field('id')),
    name: text(field.field('fullName')),
    defaultBranch: text(field.field('defaultBranch')),
    // GitHub Enterprise Server of some versions states only whether it is private.
    visibility: visibility.present ? text(visibility) : field.field('private').boolean() ? 'private' : 'public',
  };
}

const relations: readonly CommitRelation[] = ['ahead', 'behind', 'identical', 'diverged'];

export function readRelation(field: ProtoField): CommitRelation {
  const status = field.field('status');
  const found = text(status);
  return relations.find((relation) => relation === found) ?? status.fail('is not a known relation of commits');
}

export function readLogin(field: ProtoField): string {
  return text(field.field('login'));
}

/** Reads an issue; `undefined` for a pull request, which GitHub lists as an issue. */
export function readIssue(field: ProtoField): GitHubIssue | undefined {
  if (field.field('pullRequest').present) return undefined;
  const state = field.field('state');
  const found = text(state);
  return {
    number: field.field('number').safeInteger() || field.field('number').fail('is not the number of an issue'),
    title: text(field.field('title')),
    body: optionalText(field.field('body'), maxIssueBody) ?? '',
    state: found === 'open' || found === 'closed' ? found : state.fail('is neither open nor closed'),
    // Issues of deleted accounts have no author.
    author: optionalText(field.field('user').field('login')) ?? '',
    labels: field
      .field('labels')
      .list(maxLabels)
      // GitHub's description also allows names alone.
      .map((label) => attempt(() => text(label)) ?? text(label.field('name'))),
    url: text(field.field('htmlUrl')),
  };
}

export function readComment(field: ProtoField): IssueComment {
  return {
    author: optionalText(field.field('user').field('login')) ?? '',
    body: optionalText(field.field('body'), maxIssueBody) ?? '',
  };
}

export function readArtifact(field: ProtoField): GitHubArtifact {
  const run = field.field('workflowRun');
  return {
    id: Number(id(field.field('id'))),
    name: text(field.field('name')),
    size: field.field('sizeInBytes').safeInteger(),
    digest: readDigest(field.field('digest')),
    isExpired: field.field('expired').boolean(),
    run: run.present
      ? {
          id: id(run.field('id')),
          repositoryId: id(run.field('repositoryId')),
          headRepositoryId: id(run.field('headRepositoryId')),
          headBranch: optionalText(run.field('headBranch')),
        }
      : undefined,
  };
}

export function readRelease(field: ProtoField, repository: string): GitHubRelease {
  return {
    id: Number(id(field.field('id'))),
    repository,
    tag: text(field.field('tagName')),
    target: optionalText(field.field('targetCommitish')) ?? '',
    isDraft: field.field('draft').boolean(),
    isImmutable: field.field('immutable').boolean(),
    body: optionalText(field.field('body'), maxIssueBody) ?? '',
    hasAssets: field.field('assets').list(maxAssets).length > 0,
    // Without the parameters of the template, which follow in braces.
    uploadUrl: text(field.field('uploadUrl')).replace(/\{.*$/s, ''),
    url: text(field.field('htmlUrl')),
  };
}

export function readAsset(field: ProtoField): ReleaseAsset {
  const state = field.field('state');
  const found = text(state);
  return {
    id: Number(id(field.field('id'))),
    name: text(field.field('name')),
    label: optionalText(field.field('label')),
    // GitHub's description has `open` for what its API calls `starter`.
    state:
      found === 'uploaded'
        ? 'uploaded'
        : found === 'starter' || found === 'open'
          ? 'starter'
          : state.fail('is not a known state of an asset'),
    size: field.field('size').safeInteger(),
    digest: readDigest(field.field('digest')),
    downloadUrl: text(field.field('browserDownloadUrl')),
  };
}

/** Reads the object that a reference leads to. */
export function readReferenced(field: ProtoField): { readonly sha: string; readonly isTag: boolean } {
  const object = field.field('object');
  const sha = text(object.field('sha'));
  if (!/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(sha)) object.field('sha').fail('is not the name of an object');
  return { sha, isTag: text(object.field('type')) === 'tag' };
}

function readDigest(field: ProtoField): string | undefined {
  const digest = optionalText(field);
  return digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : field.fail('is not a SHA-256 digest');
}

/**
 * Returns the path of a workflow without the ref that follows it in some responses: `.github/workflows/release.yml@main`. A name can contain `@`
 * itself, so a part that ends like the name of a workflow file stays.
 */
function withoutRef(path: string): string {
  const [, file, ref = ''] = /^(.*\.ya?ml)@(.*)$/s.exec(path) ?? [];
  return file === undefined || /\.ya?ml$/.test(ref) ? path : file;
}

/** Returns a text that must be present. */
function text(field: ProtoField, max = maxText): string {
  return optionalText(field, max) ?? field.fail('is missing');
}

function optionalText(field: ProtoField, max = maxText): string | undefined {
  const value = field.string();
  if (value.length > max) field.fail(`has ${value.length} characters; the limit is ${max}`);
  return value === '' ? undefined : value;
}

/** Reads an id, which is a number in responses. */
export function readId(field: ProtoField): string {
  return id(field);
}

function id(field: ProtoField): string {
  return String(field.safeInteger() || field.fail('is missing'));
}

function optionalId(field: ProtoField): string | undefined {
  return field.present ? id(field) : undefined;
}

function time(field: ProtoField): Date {
  return field.time() ?? field.fail('is missing');
}
