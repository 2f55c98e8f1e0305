/** The verdict of a whole run on a case: with policy and trust as the command and the action load them. */

import * as files from 'node:fs/promises';
import { dirname } from 'node:path';
import { CountersignError } from '../../../src/core/errors/index.ts';
import type { PolicyOptions } from '../../../src/core/verify/index.ts';
import { loadPolicy, loadTrust, type PolicyRequest } from '../../../src/run/policy/index.ts';
import { type Verifiable, verifyRun } from '../../../src/run/verify/index.ts';

const world = {
  files,
  clock: () => new Date(),
  cancellation: new AbortController().signal,
  random: (length: number) => new Uint8Array(length),
  http: () => Promise.reject(new Error('asked the network')),
};

/** Returns `accepted`, or the code of what is wrong with a bundle. */
export async function runVerdict(
  artifact: Verifiable,
  bundle: string,
  policy: PolicyRequest,
  trustedRoot: string,
  instance: 'public-good' | 'github' = 'public-good',
  options: PolicyOptions = {},
): Promise<string> {
  try {
    const loaded = await loadPolicy(policy, world);
    const { results } = await verifyRun(
      {
        artifacts: [artifact],
        bundles: { workspace: dirname(bundle), paths: [bundle], directory: undefined },
        policy: { ...loaded, content: { ...loaded.content, ...options.content } },
        trust: await loadTrust({ name: instance, purpose: 'verify', trustedRoot }, world),
        concurrency: 1,
      },
      world,
    );
    return results.map(({ failure }) => failure?.code ?? 'accepted').join();
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
