/** Delivers bundles to GitHub's attestation store. */

import { maxBundleLength } from '../../../core/bundle/index.ts';
import { fail, inContext } from '../../../core/errors/index.ts';
import { storeAttestations } from '../../../deliver/index.ts';
import { readRegularFile } from '../../../node/index.ts';
import { openAttestationWriter } from '../../../services/github/index.ts';
import { type DeliveryTo, deliveryTo } from './delivery.ts';
import { type GitHubAccess, gitHubOptions } from './github-access.ts';

export function gitHubAttestations(access: GitHubAccess): DeliveryTo<'github-attestations'> {
  return deliveryTo('github-attestations', async ({ signed }, world) => {
    const { repository, serverUrl } = access;
    const bundles = signed.map(({ bundlePath, resumed }) => ({
      bundlePath,
      read: () => readBack(bundlePath, world.files),
      isFresh: !resumed,
    }));
    const writer = openAttestationWriter(gitHubOptions(access, world));
    const { stored, failures } = await storeAttestations(bundles, { writer, repository, serverUrl });
    const delivered = stored.filter(({ id }) => id !== undefined);
    return {
      place: repository,
      ids: stored.flatMap(({ id }) => id ?? []),
      urls: [...new Set(stored.map(({ url }) => url))],
      delivered: delivered.length,
      present: stored.length - delivered.length,
      value: undefined,
      failures: failures.map(({ name, error }) => inContext(error.code, `${name} was not stored at GitHub`, error)),
    };
  });
}

/** Reads a bundle that the run wrote. */
export async function readBack(path: string, files: Parameters<typeof readRegularFile>[0]): Promise<Uint8Array> {
  return readRegularFile(files, path, maxBundleLength).catch((cause: unknown) =>
    fail('DELIVERY_FAILED', `the bundle ${path} cannot be read back`, { cause }),
  );
}
