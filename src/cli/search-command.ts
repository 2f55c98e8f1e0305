/** `countersign search` */

import { resolve } from 'node:path';
import { CountersignError, fail } from '../core/errors/index.ts';
import { pathExists } from '../node/index.ts';
import type { searchRows } from '../options/index.ts';
import { isComplete, isSearched, type SearchReport, searchJson, searchText } from '../report/index.ts';
import { readSearchQuery, type SearchWishes, searchTrusted } from '../run/search/index.ts';
import type { World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { loadRoots } from './load-roots.ts';
import { usesColour } from './uses-colour.ts';

export type SearchOptions = CommandValues<typeof searchRows, 'search'>;

/**
 * Searches in logs, and prints the entries with the coverage of the search.
 *
 * @throws CountersignError `SEARCH_INCOMPLETE`, after the result, if entries may be missing from it
 */
export function searchCommand(file: string | undefined, options: SearchOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const nothing = { complete: false, limited: false, conditions: [], entries: [], logs: [] };
    const report = await orFailureJson(json, nothing, () => search(file, options, world));
    const failure = incompleteness(report);
    if (json) printJson(searchJson(report, failure));
    else process.stdout.write(searchText(report, { colour: usesColour(process.stdout) }));
    if (failure !== undefined) throw failure;
  });
}

async function search(file: string | undefined, options: SearchOptions, world: World): Promise<SearchReport> {
  const query = await readSearchQuery(await wishesOf(file, options, world), world);
  const { bundleOut, state, log: logs, limit } = options;
  if (bundleOut !== undefined && query.digests.length === 0)
    fail('USAGE', '--bundle-out needs a file or --digest', {
      remedy: 'Specify the artifact that the bundles are about.',
    });
  const roots = await loadRoots(options, world);
  const absolute = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));
  const request = { query, state: absolute(state), logs, limit, bundleOut: absolute(bundleOut) };
  return searchTrusted(request, roots, world);
}

/** Returns the conditions. The argument is a file, or a digest if no file has such a name. */
async function wishesOf(file: string | undefined, options: SearchOptions, { files }: World): Promise<SearchWishes> {
  const { digest, identity, issuer, repo, key } = options;
  const wishes = { digest, identity, issuer, repo, key };
  const isDigest = file !== undefined && /^sha(?:256|384|512):/.test(file) && !(await pathExists(file, files));
  if (!isDigest) return { ...wishes, file };
  if (digest !== undefined) fail('USAGE', 'two digests were given', { remedy: 'Specify one of them.' });
  return { ...wishes, digest: file };
}

/** Returns the error of a search that may have missed entries. */
function incompleteness(report: SearchReport): CountersignError | undefined {
  if (isComplete(report)) return undefined;
  const required = report.logs.filter(({ isOptional }) => !isOptional);
  const missing = required.filter((log) => !isSearched(log));
  const urls = [...new Set(missing.map(({ url }) => url))].join(', ');
  return new CountersignError('SEARCH_INCOMPLETE', `entries may be missing: the search in ${urls} is not complete`, {
    remedy:
      'Index the log with countersign audit and specify its folder with --state, or choose other logs with --log.',
  });
}
