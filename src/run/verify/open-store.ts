import type { BundleStore, StoreRequest, StoreWorld } from './github-bundles.ts';

/**
 * Opens the store that the option `from` names; returns `undefined` without the option. Its code is loaded only now. Nothing is requested
 * yet.
 *
 * @throws CountersignError `USAGE` for an invalid place, or if neither the option nor the policy names one
 */
export async function openStore(
  request: Omit<StoreRequest, 'from'> & { readonly from: string | undefined },
  world: StoreWorld,
): Promise<BundleStore | undefined> {
  const { from } = request;
  if (from === undefined) return undefined;
  const { openGitHubStore } = await import('./github-bundles.ts');
  return openGitHubStore({ ...request, from }, world);
}
