/** Runs a JavaScript action as GitHub's runner does. */
export { type ActionRun, runAction } from './run-action.ts';
export type { Leak, LeakWatch, StageTraces, StepResult } from './stage.ts';
