/** The client of GitHub's releases. Its assets are streamed: their sizes do not matter. */
import { type ApiOptions } from './api.ts';
import type { ReleaseClient } from './release-client.ts';
/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export declare function openReleases(options: ApiOptions): ReleaseClient;
