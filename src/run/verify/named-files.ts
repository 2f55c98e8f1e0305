/** Reads file arguments that are patterns or bundles. Loaded only if there are such arguments. */

import { dirname, resolve } from 'node:path';
import { bundleStem } from '../../core/bundle/index.ts';
import { fail } from '../../core/errors/index.ts';
import { coversSeveral } from '../../deliver/index.ts';
import { isWithin, pathExists } from '../../node/index.ts';
import { unlikePath } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type BundlePlaces, pathsBeside } from './find-bundles.ts';
import { isReadableBundle, selectVerifiables } from './select-verifiables.ts';
import type { Verifiable } from './verifiable.ts';

export interface NamedFiles {
  readonly artifacts: readonly Verifiable[];
  /** The names of the bundles that are not verified themselves. */
  readonly skipped: readonly string[];
}

type FileVerifiable = Extract<Verifiable, { readonly kind: 'file' }>;

/**
 * Adds the files that patterns match, and skips the bundles among all files: `dist/*` names those too. A bundle that was named by its own
 * name is skipped only if it belongs to an artifact that was named as well, and has no bundle of its own: it could be an artifact.
 *
 * @param patterns globs relative to the workspace; those that begin with `!` exclude files that other patterns match
 * @throws CountersignError `USAGE` for a URL or a path of Windows; `SUBJECT_MISSING` if a pattern matches nothing, or everything that was
 *   named is a bundle; those of patterns
 */
export async function readNamedFiles(
  named: readonly Verifiable[],
  patterns: readonly string[],
  places: BundlePlaces,
  world: Pick<World, 'files'>,
): Promise<NamedFiles> {
  for (const pattern of patterns) demandPattern(pattern);
  const request = { files: patterns, checksums: [], digests: [] };
  const none = { artifacts: [], skipped: [] };
  const matched = patterns.length === 0 ? none : await selectVerifiables(request, places.workspace, world);
  const files = await bundlesOf(named.filter(isFile), places, world.files);
  const bundles: ReadonlySet<Verifiable> = new Set(files);
  const others = [...named.filter((one) => !bundles.has(one)), ...matched.artifacts];
  const belongs = belongingTo(others.filter(isFile));
  const skipped: ReadonlySet<Verifiable> = new Set(files.filter(belongs));
  if (others.length === 0 && places.paths.length === 0 && places.directory === undefined) failForBundles(files);
  return {
    artifacts: [...named.filter((one) => !skipped.has(one)), ...matched.artifacts],
    skipped: [...[...skipped].map(({ name }) => name), ...matched.skipped],
  };
}

function demandPattern(text: string): void {
  const unlike = /[*?[{]/.test(text) ? undefined : unlikePath(text);
  if (unlike !== undefined)
    fail('USAGE', `${JSON.stringify(text)} is ${unlike.what}, not the path of a file`, { remedy: unlike.remedy });
}

function isFile(one: Verifiable): one is FileVerifiable {
  return one.kind === 'file';
}

/** Returns the files that are bundles and have none of their own. */
async function bundlesOf(
  named: readonly FileVerifiable[],
  places: BundlePlaces,
  files: World['files'],
): Promise<readonly FileVerifiable[]> {
  const found: FileVerifiable[] = [];
  for (const one of named) {
    if (bundleStem(one.name) === undefined || (await hasOne(pathsBeside(one, places), files))) continue;
    if (await isReadableBundle(one, files)) found.push(one);
  }
  return found;
}

async function hasOne(paths: readonly string[], files: World['files']): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => pathExists(path, files)));
  return found.includes(true);
}

/** Returns a function that reports whether a bundle is named after one of these files, or covers files in or below its folder. */
function belongingTo(files: readonly FileVerifiable[]): (bundle: FileVerifiable) => boolean {
  const paths = new Set(files.map(({ path }) => resolve(path)));
  const folders = [...new Set([...paths].map((path) => dirname(path)))];
  return ({ path }) => {
    const absolute = resolve(path);
    if (paths.has(bundleStem(absolute) ?? '')) return true;
    const folder = dirname(absolute);
    return coversSeveral(absolute) && folders.some((one) => isWithin(folder, one));
  };
}

function failForBundles(bundles: readonly FileVerifiable[]): never {
  const [name = ''] = bundles.map((bundle) => bundle.name);
  const example = coversSeveral(name) ? undefined : bundleStem(name);
  const elsewhere = 'If a bundle is at a different path than its file, specify it with `bundle`.';
  if (bundles.length > 1)
    fail('SUBJECT_MISSING', 'all specified files are bundles', {
      remedy: `Specify the files that they belong to${example === undefined ? '' : `, such as ${example}`}. ${elsewhere}`,
    });
  return fail('SUBJECT_MISSING', `${JSON.stringify(name)} is a bundle`, {
    remedy: `Specify the file that it belongs to${example === undefined ? '' : `: ${example}`}. ${elsewhere}`,
  });
}
