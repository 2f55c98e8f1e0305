/** The job that a check runs in, as the runner describes it. */
export interface Job {
  /** `GITHUB_WORKSPACE` */
  readonly workspace: string;
  /** `GITHUB_EVENT_NAME` */
  readonly eventName: string | undefined;
  /** `GITHUB_EVENT_PATH` */
  readonly eventPath: string | undefined;
  /** `GITHUB_REF` */
  readonly ref: string | undefined;
  /** `GITHUB_SHA` */
  readonly sha: string | undefined;
  /** `GITHUB_REPOSITORY` */
  readonly repository: string | undefined;
  /** `GITHUB_SERVER_URL` */
  readonly serverUrl: string | undefined;
}

/** Events whose jobs check out what people with write access have put into the repository, and nothing that others propose. */
const acceptingEvents: ReadonlySet<string> = new Set(['push', 'schedule', 'release']);

/** Reports whether a job can check out what somebody proposes. Unknown events can. */
export function canCheckOutProposal({ eventName = '', ref = '' }: Pick<Job, 'eventName' | 'ref'>): boolean {
  // A merge queue pushes branches as well: their commits are proposals until they are merged.
  return !acceptingEvents.has(eventName) || isQueued(ref);
}

/** Reports whether a ref is a branch that a merge queue made. */
export function isQueued(ref: string): boolean {
  return ref.startsWith('refs/heads/gh-readonly-queue/');
}
