/** What the clients of GitHub's REST API share: names of repositories, and pages of lists. */

import { fail } from '../../core/errors/index.ts';
import type { GitHubApi, Octokit, Through } from './api.ts';
import type { Operation } from './operation.ts';
import { hasNextPage, parseList, parseObject } from './read-answers.ts';
import { GitHubRefusal } from './refusal.ts';

/** The number of items on a page, and of pages that are read. More is an error. */
export const pageSize = 100;
const usualPages = 10;

/** A page of a list: the parameters that select it. */
export interface Page {
  readonly per_page: number;
  readonly page: number;
}

/** A repository, as parameters name it. */
export interface RepositoryPlace {
  readonly owner: string;
  readonly repo: string;
}

/** @throws CountersignError `USAGE` */
export function placeOf(repository: string): RepositoryPlace {
  const [, owner, repo] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(repository) ?? [];
  if (owner !== undefined && repo !== undefined && !/^\.+$/.test(owner) && !/^\.+$/.test(repo)) return { owner, repo };
  return fail('USAGE', `${JSON.stringify(repository)} is not the name of a repository`, {
    remedy: 'Write it as owner/name.',
  });
}

/**
 * Reads all pages of a list.
 *
 * @param member the member of a page that has the items, next to `total_count`; `undefined` if a page is a list
 * @param maxPages the number of pages after which a list is too long
 * @throws CountersignError `LIMIT_EXCEEDED`; those of {@link GitHubApi.send}
 */
export async function readPages<Item>(
  api: GitHubApi,
  operation: Operation,
  member: string | undefined,
  read: (field: ReturnType<typeof parseObject>) => Item,
  method: (octokit: Octokit, page: Page, through: Through) => Promise<unknown>,
  maxPages: number = usualPages,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; page <= maxPages; page++) {
    const answer = await api.send(operation, (octokit, through) =>
      method(octokit, { per_page: pageSize, page }, through),
    );
    const total = member === undefined ? undefined : parseObject(answer, operation, api.origin);
    const list = total === undefined ? parseList(answer, operation, api.origin) : total.field(member ?? '');
    items.push(...list.list(pageSize).map(read));
    if (hasNextPage(answer)) continue;
    // A list that ends early could hide a job.
    if (total !== undefined && total.field('totalCount').safeInteger() > items.length)
      total.fail(`lists ${items.length} items, but counts more`);
    return items;
  }
  return fail('LIMIT_EXCEEDED', `GitHub lists more than ${pageSize * maxPages} items for ${operation.what}`);
}

/** Returns what a request finds; `undefined` for a response that it does not exist. */
export async function unlessMissing<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitHubRefusal && error.status === 404) return undefined;
    throw error;
  }
}
