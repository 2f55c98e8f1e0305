/** Runs a JavaScript action as GitHub's runner does. */

export type { Leak } from './leaks.ts';
export { type ActionRun, runAction } from './run-action.ts';
export type { StepResult } from './stage.ts';
