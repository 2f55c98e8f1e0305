/** Keeps one issue up to date: opens it, comments on changes, closes it when no alert is open, and opens it again. */

import { CountersignError, fail } from '../core/errors/index.ts';
import type { FindingChange, WatchReport } from '../monitor/watch/index.ts';
import {
  changeHash,
  isAlert,
  isWatchComplete,
  toldChanges,
  type WatchAnchor,
  watchComment,
  watchIssue,
  watchMarker,
  watchTestIssue,
} from '../report/index.ts';
import type { GitHubClient, GitHubIssue } from '../services/github/index.ts';
import type { Delivery } from './delivery.ts';

/** The part of GitHub's client that the issue needs. */
export type IssueClient = Pick<
  GitHubClient,
  'login' | 'listIssues' | 'createIssue' | 'updateIssue' | 'listComments' | 'comment'
>;

export interface IssueDeliveryOptions {
  /** `owner/name`. */
  readonly repository: string;
  readonly client: IssueClient;
}

/** The label of the issue. Issues about outages of the workflow have others. */
export const watchLabel = 'countersign-watch';
const testLabel = 'countersign-watch-test';

const day = 24 * 60 * 60 * 1000;

/** Returns the delivery to an issue of a repository. */
export function issueDelivery({ repository, client }: IssueDeliveryOptions): Delivery {
  const issues = new Issues(client, repository);
  return {
    name: `issue ${repository}`,
    deliver: (report) => (report.isTest ? deliverTest(report, issues) : deliverReport(report, issues)),
  };
}

/**
 * Returns the trees that the issue of the watch states; none without an issue.
 *
 * @throws CountersignError those of the API
 */
export async function issueAnchors({ repository, client }: IssueDeliveryOptions): Promise<readonly WatchAnchor[]> {
  const [issue] = await new Issues(client, repository).find(watchLabel);
  return issue?.marker.anchors ?? [];
}

/** An issue of the watch, with the content of its marker. */
type MarkedIssue = GitHubIssue & { readonly marker: NonNullable<ReturnType<typeof watchMarker>> };

async function deliverReport(report: WatchReport, issues: Issues): Promise<void> {
  const [issue, ...duplicates] = await issues.find(watchLabel);
  const isNeeded = report.open.some(isAlert);
  // Two runs at the same moment may both have opened one.
  for (const { number, state } of duplicates) {
    if (state === 'closed') continue;
    await issues.comment(number, `Duplicate of #${issue?.number}.`);
    await issues.update(number, { state: 'closed', stateReason: 'not_planned' });
  }
  if (issue === undefined) {
    if (isNeeded) await issues.open({ ...watchIssue(report), labels: [watchLabel] });
    return;
  }
  const changes = toldChanges(report);
  await issues.tell(issue, changes, report);
  const text = watchIssue(report, issue.marker.anchors);
  if (isNeeded) {
    await issues.update(issue.number, {
      ...text,
      ...(issue.state === 'closed' && { state: 'open', stateReason: 'reopened' }),
    });
  } else if (issue.state === 'open') {
    // A run that missed something cannot say that nothing is open.
    const isDone = isWatchComplete(report);
    await issues.update(issue.number, { ...text, ...(isDone && { state: 'closed', stateReason: 'completed' }) });
  } else if (report.at.getTime() - issue.marker.at.getTime() >= day) {
    // Renews the anchors.
    await issues.update(issue.number, text);
  }
}

async function deliverTest(report: WatchReport, issues: Issues): Promise<void> {
  const [found] = await issues.find(testLabel);
  const issue = found ?? (await issues.open({ ...watchTestIssue(report), labels: [testLabel] }));
  if (found !== undefined) await issues.tell(found, report.changes, report);
  if (issue.state === 'open') await issues.update(issue.number, { state: 'closed', stateReason: 'completed' });
}

/** The issues of a repository. */
class Issues {
  readonly #client: IssueClient;
  readonly #repository: string;

  constructor(client: IssueClient, repository: string) {
    this.#client = client;
    this.#repository = repository;
  }

  /**
   * Returns the issues with a label that this account opened and that have a valid marker, oldest first. They are taken from the list of issues,
   * of which the client returns only those of the account: the search would find a new issue only later, and a second one would be opened.
   */
  async find(label: string): Promise<readonly MarkedIssue[]> {
    const creator = await this.#client.login();
    const listed = await this.#explain(() =>
      this.#client.listIssues(this.#repository, { label, creator, state: 'all' }),
    );
    return listed
      .flatMap((issue) => {
        const marker = watchMarker(issue.body);
        return marker === undefined ? [] : [{ ...issue, marker }];
      })
      .sort((a, b) => a.number - b.number);
  }

  open(issue: Parameters<IssueClient['createIssue']>[1]): Promise<GitHubIssue> {
    return this.#explain(() => this.#client.createIssue(this.#repository, issue));
  }

  async update(number: number, change: Parameters<IssueClient['updateIssue']>[2]): Promise<void> {
    await this.#explain(() => this.#client.updateIssue(this.#repository, number, change));
  }

  comment(number: number, body: string): Promise<void> {
    return this.#explain(() => this.#client.comment(this.#repository, number, body));
  }

  /** Comments on the changes that neither the issue nor an earlier comment of this account tells of. */
  async tell(issue: MarkedIssue, changes: readonly FindingChange[], report: WatchReport): Promise<void> {
    const news = changes.filter((change) => !issue.marker.told.has(changeHash(change)));
    if (news.length === 0) return;
    // An earlier run may have been killed after its comment.
    const told = await this.#told(issue, news);
    const untold = news.filter((change) => !told.has(changeHash(change)));
    if (untold.length > 0) await this.comment(issue.number, watchComment(untold, report));
  }

  async #told({ number, author }: GitHubIssue, changes: readonly FindingChange[]): Promise<ReadonlySet<string>> {
    const first = changes.reduce((earliest, { at }) => Math.min(earliest, at.getTime()), Number.POSITIVE_INFINITY);
    // A day for the difference between the clocks of this machine and GitHub.
    const since = new Date(first - day);
    const comments = await this.#explain(() => this.#client.listComments(this.#repository, number, since));
    const markers = comments.filter((comment) => comment.author === author).map(({ body }) => watchMarker(body));
    return new Set(markers.flatMap((marker) => [...(marker?.told ?? [])]));
  }

  /** GitHub responds with 410 to everything about issues if they are disabled. */
  async #explain<Result>(send: () => Promise<Result>): Promise<Result> {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof CountersignError && 'status' in error && error.status === 410)) throw error;
      return fail('SERVICE_REFUSED', `issues are disabled in ${this.#repository}`, {
        cause: error,
        remedy: 'Enable issues in the settings of the repository, or deliver to another one.',
      });
    }
  }
}
