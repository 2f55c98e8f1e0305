import { bundleStem } from '../../core/bundle/index.ts';
import type { World } from '../world/index.ts';
import type { BundlePlaces } from './find-bundles.ts';
import type { NamedFiles } from './named-files.ts';
import type { Verifiable } from './verifiable.ts';

/** Adds the files that patterns match, and skips bundles: see `readNamedFiles`, which is loaded only if there is one of either. */
export async function loadNamedFiles(
  named: readonly Verifiable[],
  patterns: readonly string[],
  places: BundlePlaces,
  world: Pick<World, 'files'>,
): Promise<NamedFiles> {
  const mayHaveBundles = named.some(({ kind, name }) => kind === 'file' && bundleStem(name) !== undefined);
  if (patterns.length === 0 && !mayHaveBundles) return { artifacts: named, skipped: [] };
  const { readNamedFiles } = await import('./named-files.ts');
  return readNamedFiles(named, patterns, places, world);
}
