import type { GitHubService } from './github-service.ts';
/** Adds the repository, the commit and the successful run that job tokens name by default. */
export declare function addExampleRun(github: GitHubService): void;
