/** The client of GitHub's REST API. Responses are read strictly: a member that is missing or of another type is an error. */
import { type ApiOptions } from './api.ts';
import type { GitHubClient } from './github-client.ts';
/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export declare function openGitHub(options: ApiOptions): GitHubClient;
