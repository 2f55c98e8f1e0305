/** Completing: adds the log entries that bundles lack since an outage of the transparency log. */

export { type CompleteRequest, completeRun } from './complete-run.ts';
