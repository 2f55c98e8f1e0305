/** A runner that runs the JavaScript actions of a job as GitHub's does: for the demo, and for tests. */

export type { Annotation, AnnotationLevel } from './annotations.ts';
export type { ArtifactSubject } from './artifacts-file.ts';
export type { IdTokenPermission, RepositoryContext, RunnerValue } from './environment.ts';
export {
  type CalledWorkflow,
  type EventContext,
  type EventOptions,
  eventContext,
} from './event-context.ts';
export { type EventKind, eventKinds } from './event-payload.ts';
export { runJob } from './job.ts';
export type { JobResult, JobRun, JobStep, StageResult, StepConclusion } from './job-run.ts';
export type { JobServices } from './job-tokens.ts';
export type { JobSecret, Leak, LeakPlace } from './leaks.ts';
export type { RawLine } from './lines.ts';
export { encodedForms, SecretMasker } from './masks.ts';
export {
  type PermissionLevel,
  type PermissionName,
  type Permissions,
  type PermissionsDeclaration,
  type PermissionsRequest,
  resolvePermissions,
} from './permissions.ts';
export { type ActionRun, runAction } from './run-action.ts';
export type { LeakWatch, NodeBinaries, StageName, StepResult } from './stage.ts';
export { type ActionStaging, stageAction } from './stage-action.ts';
export { type CancellationSchedule, cancellationSchedule } from './step-process.ts';
