/** Derives the queries for the index of Rekor v1 from a policy, and states the entries that they miss. */

import { createHash } from 'node:crypto';
import { canonicalJson, encodeBase64 } from '../../core/encoding/index.ts';
import type { SearchMemory } from '../../monitor/watch/index.ts';
import type { WatchedRepository, WatchPolicy } from '../../monitor/watch-policy/index.ts';
import { type IndexQueryV1, maxNameLength } from '../../services/rekor/index.ts';
import { eachWithEach, usualRefs } from '../search/index.ts';

/** A value of the policy, with the queries that find its entries. */
export interface SearchedValue {
  /** Identifies the value in the memory of the watch. */
  readonly key: string;
  /** None if the index cannot be asked for it yet: it is watched from now on all the same. */
  readonly queries: readonly ValueQuery[];
}

export interface ValueQuery {
  /** A hash of the query. */
  readonly id: string;
  readonly query: IndexQueryV1;
  /** The number of requests that it takes. */
  readonly requests: number;
}

export interface RekorV1Queries {
  readonly values: readonly SearchedValue[];
  /** The entries that cannot be found, as sentences without full stops. */
  readonly missed: readonly string[];
}

/** The number of names in a sentence. */
const maxNamed = 5;

/**
 * Returns the queries of a policy.
 *
 * @param memory the workflows and refs that were seen
 * @param defaultBranches the default branches that GitHub states, by the names of repositories
 */
export function rekorV1Queries(
  policy: WatchPolicy,
  memory: Pick<SearchMemory, 'workflows'>,
  defaultBranches: ReadonlyMap<string, string>,
): RekorV1Queries {
  const repositories = policy.repositories.map((repository) => ({
    repository,
    names: namesOf(repository, policy.host, memory, defaultBranches.get(repository.name)),
  }));
  const exact = policy.identities.filter(({ match }) => match === 'exact');
  const values: readonly SearchedValue[] = [
    ...repositories.map(({ repository, names }) => ({
      key: `repository ${repository.name.toLowerCase()}`,
      queries: nameQueries(names),
    })),
    ...exact.map(({ value, issuer = '' }) => ({
      key: `identity ${value.toLowerCase()} ${issuer.toLowerCase()}`,
      queries: nameQueries([value]),
    })),
    ...policy.keys.map(({ value, spki }) => ({
      key: `key ${value}`,
      queries: spki === undefined ? [] : [queryOf({ kind: 'key', spki }, 2)],
    })),
    ...policy.digests.map(({ value }) => ({
      key: `digest ${value}`,
      queries: isIndexed(value) ? [queryOf({ kind: 'digest', digest: value }, 1)] : [],
    })),
  ];
  return {
    values,
    missed: [
      ...repositories.flatMap(({ repository, names }) => missedOf(repository, policy.host, names)),
      ...missedValues(policy, exact),
    ],
  };
}

/** Returns the names that certificates of a repository's own workflows may have. */
function namesOf(
  { name, expected }: WatchedRepository,
  host: string,
  memory: Pick<SearchMemory, 'workflows'>,
  defaultBranch: string | undefined,
): readonly string[] {
  const seen = memory.workflows(name);
  const workflows = [...expected.workflows.flatMap((workflow) => ownWorkflow(workflow, name, host)), ...seen.workflows];
  const refs = [
    ...expected.refs.filter((ref) => !isPattern(ref)),
    ...(defaultBranch === undefined ? [] : [`refs/heads/${defaultBranch}`]),
    ...usualRefs,
    ...seen.refs,
  ];
  // The index has names in lower case.
  const names = eachWithEach(workflows, refs).map((text) => text.toLowerCase());
  return [...new Set(names)].filter(({ length }) => length <= maxNameLength);
}

/** Returns the URI of a workflow, or none for one of another repository: those who use it are not of this repository. */
function ownWorkflow(workflow: string, repository: string, host: string): readonly string[] {
  const [, other, file] = /^(?:(?:([^/]+\/[^/]+)\/)?\.github\/workflows\/)?([^/]+)$/.exec(workflow) ?? [];
  const isOwn = file !== undefined && (other === undefined || other.toLowerCase() === repository.toLowerCase());
  return isOwn ? [`https://${host}/${repository}/.github/workflows/${file}`] : [];
}

function isPattern(ref: string): boolean {
  return /[*?]/.test(ref);
}

function missedOf({ name, expected }: WatchedRepository, host: string, names: readonly string[]): readonly string[] {
  const foreign = expected.workflows.filter((workflow) => ownWorkflow(workflow, name, host).length === 0);
  const patterns = expected.refs.filter(isPattern);
  return [
    names.length === 0
      ? `signatures of ${name} are not found, since the policy states no workflows of it and none was seen`
      : `signatures of ${name} are found only under ${names.length} names of workflows with a branch or tag; other workflows, branches and tags are missed`,
    ...(foreign.length === 0
      ? []
      : [`signatures of ${name} by workflows of other repositories are not found: ${some(foreign)}`]),
    ...(patterns.length === 0
      ? []
      : [`branches and tags of ${name} that match ${some(patterns)} are found only if they were seen before`]),
  ];
}

function missedValues(policy: WatchPolicy, exact: WatchPolicy['identities']): readonly string[] {
  const { owners, issuers, identities, keys, digests, protectedNames } = policy;
  const hashes = keys.filter(({ spki }) => spki === undefined).map(({ value }) => value);
  const long = exact.filter(({ value }) => value.length > maxNameLength);
  const patterns = identities.filter(({ match }) => match !== 'exact');
  const others = digests.filter(({ value }) => !isIndexed(value));
  const missed = (what: string, values: readonly string[], reason: string): readonly string[] =>
    values.length === 0 ? [] : [`${what} not found (${reason}): ${some(values)}`];
  return [
    ...missed(
      'entries of owners are',
      owners.map(({ name }) => name),
      'the index has no owners',
    ),
    ...missed(
      'entries of issuers are',
      issuers.map(({ value }) => value),
      'the index has no issuers',
    ),
    ...missed(
      'identities that match segments and globs are',
      patterns.map(({ value }) => value),
      'the index has only whole names',
    ),
    ...missed(
      'these identities are',
      long.map(({ value }) => value),
      `the index takes at most ${maxNameLength} characters`,
    ),
    ...missed('entries of keys are', hashes, 'the policy has only the hashes of these keys'),
    ...missed(
      'entries about digests are',
      others.map(({ value }) => value),
      'the index has only SHA-256 and SHA-512',
    ),
    ...(digests.length === 0
      ? []
      : ['attestations about a watched digest are not found, since the log holds only the hash of a statement']),
    ...(policy.repositories.length + owners.length + identities.length + protectedNames.length === 0
      ? []
      : ['names that look like those of the policy are not found']),
  ];
}

function isIndexed(digest: string): boolean {
  return /^sha(?:256|512):/.test(digest);
}

function nameQueries(names: readonly string[]): readonly ValueQuery[] {
  return names
    .filter(({ length }) => length <= maxNameLength)
    .map((name) => queryOf({ kind: 'name', name: name.toLowerCase() }, 1));
}

function queryOf(query: IndexQueryV1, requests: number): ValueQuery {
  const text = canonicalJson(query.kind === 'key' ? { ...query, spki: encodeBase64(query.spki) } : { ...query });
  return { id: createHash('sha256').update(text).digest('hex').slice(0, 16), query, requests };
}

function some(values: readonly string[]): string {
  const more = values.length - maxNamed;
  return `${values.slice(0, maxNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
