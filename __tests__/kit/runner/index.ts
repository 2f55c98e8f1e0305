/** Whole jobs on the sandbox's runner: their steps and stages, events, permissions and tokens, and the leaks of their secrets. */

export type { ArtifactSubject } from './artifacts-file.ts';
export { type CalledWorkflow, type EventContext, type EventOptions, eventContext } from './event-context.ts';
export { type EventKind, eventKinds } from './event-payload.ts';
export { runJob } from './job.ts';
export type { JobResult, JobRun, JobStep, StageResult } from './job-run.ts';
export { runWatchedAction } from './leak-watch.ts';
export { resolvePermissions } from './permissions.ts';
export { type ActionStaging, stageAction } from './stage-action.ts';
export { zipEntries } from './zip-entries.ts';
