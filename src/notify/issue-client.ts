/** The part of GitHub's REST API that the issue of a watch needs. `GitHubClient` implements it. */

/** An issue, as the API returns it. Texts are untrusted. */
export interface Issue {
  readonly number: number;
  readonly state: 'open' | 'closed';
  /** The login of the account that opened it: `github-actions[bot]`. */
  readonly author: string;
  readonly title: string;
  /** Empty if the API states `null`. */
  readonly body: string;
  /** The names of its labels. */
  readonly labels: readonly string[];
  readonly url: string;
}

export interface IssueComment {
  readonly author: string;
  readonly body: string;
}

/** The issues of repositories. `repository` is `owner/name`. */
export interface IssueClient {
  /**
   * Returns the login of the account that the token belongs to: `github-actions[bot]` for the token of a job, for which `GET /user` responds with
   * 403.
   */
  login(): Promise<string>;
  /**
   * Returns all issues, open and closed, with a label that an account opened. Pull requests, which the API lists too, are left out. All pages are
   * read.
   *
   * @throws CountersignError if issues are disabled (410), the token may not read them, or there are more than can be read
   */
  listIssues(
    repository: string,
    filter: { readonly label: string; readonly creator: string },
  ): Promise<readonly Issue[]>;
  /** @throws CountersignError if issues are disabled (410), or the token may not write them (403, 404) */
  createIssue(
    repository: string,
    issue: { readonly title: string; readonly body: string; readonly labels: readonly string[] },
  ): Promise<Issue>;
  updateIssue(
    repository: string,
    number: number,
    changes: {
      readonly title?: string;
      readonly body?: string;
      readonly state?: 'open' | 'closed';
      readonly stateReason?: 'completed' | 'not_planned' | 'reopened';
    },
  ): Promise<Issue>;
  /** Returns the comments that were updated at or after a time, oldest first. All pages are read. */
  listComments(repository: string, number: number, since: Date): Promise<readonly IssueComment[]>;
  comment(repository: string, number: number, body: string): Promise<void>;
}
