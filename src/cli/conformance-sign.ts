import { basename, dirname, resolve } from 'node:path';
import { cachedTokens, readIdentityToken } from '../identity/index.ts';
import { demandComplete, signRun, signStatement } from '../run/sign/index.ts';
import { loadInstance, systemWorld } from '../run/world/index.ts';
import type { InstanceValues } from './command-values.ts';
import { instanceRequest } from './instance-request.ts';

export interface SignBundleOptions extends InstanceValues {
  /** A JWT. */
  readonly token: string;
  readonly bundlePath: string;
  /** True if the target is an in-toto statement, which is signed unchanged. */
  readonly isStatement: boolean;
}

/** Runs `sign-bundle` of the public conformance suite's client protocol. */
export async function signBundle(target: string, options: SignBundleOptions): Promise<void> {
  const { token, bundlePath, isStatement } = options;
  using world = systemWorld({ retryBudgetMilliseconds: 60_000 });
  const serverUrl = 'https://github.com';
  const tokens = cachedTokens(async () => readIdentityToken(token, world.clock(), serverUrl), world.clock);
  // The suite's driver chooses the inputs: the checks on triggers and private repositories do not apply.
  const signing = {
    instance: async () => loadInstance(await instanceRequest(options, 'sign'), world),
    logVersion: undefined,
    tokens,
    allowDangerousTriggers: true,
    allowPublicLog: true,
    places: { workspace: dirname(resolve(target)), bundleDirectory: undefined },
  };
  if (isStatement) {
    const statement = await world.files.readFile(target);
    await signStatement({ ...signing, statement, bundlePath }, world);
    return;
  }
  const result = await signRun(
    {
      ...signing,
      subjects: { files: [basename(target)], checksums: [], digests: [] },
      bundlePath,
      format: 'per-file',
      concurrency: 1,
      overwrite: true,
      serverUrl,
    },
    world,
  );
  demandComplete(result);
}
