/** A runner that runs a JavaScript action as GitHub's does: for the demo, and for tests. */

export type { Annotation, AnnotationLevel } from './annotations.ts';
export type { IdTokenPermission, RepositoryContext, RunnerValue } from './environment.ts';
export { encodedForms, SecretMasker } from './masks.ts';
export { type ActionRun, runAction, type StepResult } from './run-action.ts';
export { type CancellationSchedule, cancellationSchedule } from './step-process.ts';
export type { OutputStream, RawLine } from './step-recorder.ts';
