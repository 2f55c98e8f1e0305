/** Checks of pull requests. */

export { type PullRequestJob, proposedFiles } from './proposed-files.ts';
