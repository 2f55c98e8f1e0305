/** The job that the check runs in, from the runner's environment variables. */
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

/** Events whose jobs check out only commits that people with write access pushed. */
const acceptingEvents: ReadonlySet<string> = new Set(['push', 'schedule', 'release']);

/** Reports whether a job can check out a proposed change. Unknown events are assumed to. */
export function canCheckOutProposal({ eventName = '', ref = '' }: Pick<Job, 'eventName' | 'ref'>): boolean {
  // A merge queue pushes branches as well: their commits are proposals until they are merged.
  return !acceptingEvents.has(eventName) || isQueued(ref);
}

/** Reports whether a ref is a branch that a merge queue made. */
export function isQueued(ref: string): boolean {
  return ref.startsWith('refs/heads/gh-readonly-queue/');
}
