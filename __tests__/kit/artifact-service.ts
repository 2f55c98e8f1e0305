/** GitHub's artifact service, as the sandbox plays it, for GitHub's client, which reads the environment of a job. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';

const variables = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL', 'GITHUB_RETENTION_DAYS'];

/** The sandbox of a test file, and an empty folder for each test. */
export interface ArtifactPlace {
  readonly sandbox: Sandbox;
  readonly folder: string;
}

/**
 * Declares that each test of the file has the environment of a job, which is put back afterwards.
 *
 * @param prefix of the name of the folder
 */
export function artifactPlace(prefix: string): ArtifactPlace {
  const environment = new Map(variables.map((name) => [name, process.env[name]]));
  let sandbox: Sandbox;
  let folder = '';
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    // GitHub's client tells the runner about each of its steps.
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    folder = await mkdtemp(join(tmpdir(), prefix));
    process.env.ACTIONS_RUNTIME_TOKEN = sandbox.artifactService.job.token;
    process.env.ACTIONS_RESULTS_URL = sandbox.artifactService.resultsUrl;
    process.env.GITHUB_SERVER_URL = 'https://github.com';
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const [name, value] of environment) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true, force: true });
  });
  return {
    get sandbox() {
      return sandbox;
    },
    get folder() {
      return folder;
    },
  };
}
