/** Completes bundles in files: each file is replaced once its new bundles verify as those of any other signature do, and not before. */

import { dirname, join, resolve } from 'node:path';
import { bundleStem, maxBundleLength } from '../../core/bundle/index.ts';
import { decodeUtf8, encodeHex } from '../../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { deliverFile, demandDeliverable } from '../../deliver/index.ts';
import { concurrently, NotRegularFile, readRegularFile } from '../../node/index.ts';
import type { CompletedFile, CompletionReport, IncompleteFile } from '../../report/index.ts';
import type { World } from '../world/index.ts';
import { type CompletedBundle, Completer, type CompletionRules } from './complete-bundle.ts';

export interface CompleteRequest extends CompletionRules {
  /** Bundle files, and folders in which all bundle files are completed. */
  readonly paths: readonly string[];
  /** The number of files that are completed at once. */
  readonly concurrency: number;
  /** Called with the number of files, and the number of those that are done. */
  readonly onProgress?: (total: number, done: number) => void;
}

/**
 * Completes bundles. A failure does not affect the other files. Bundles that are complete are left as they are, so that a run that was
 * interrupted can be repeated.
 *
 * @throws CountersignError `NO_SERVICE` if the instance has no log of Rekor v2; `BUNDLE_MISSING` if there is no bundle file. What fails for
 *   a single file is in the report
 */
export async function completeRun(request: CompleteRequest, world: World): Promise<CompletionReport> {
  const { paths, instance, concurrency, onProgress } = request;
  const completer = new Completer(request, world);
  const files = await bundleFiles(paths, world);
  const results = new Map<string, CompletedFile | IncompleteFile>();
  for await (const result of concurrently(files, concurrency, (path) => completeFile(path, completer, world))) {
    results.set(result.path, result);
    onProgress?.(files.length, results.size);
  }
  return { files: files.flatMap((path) => results.get(path) ?? []), warnings: instance.warnings };
}

/** Returns the paths of all bundle files, each once. Of a folder, those are the files with the names of bundles. */
async function bundleFiles(paths: readonly string[], { files }: Pick<World, 'files'>): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths.map((one) => resolve(one))) {
    const isFolder = await files.stat(path).then(
      (stat) => stat.isDirectory(),
      () => false,
    );
    const inside = isFolder ? await files.readdir(path, { recursive: true, withFileTypes: true }) : undefined;
    const bundles = inside?.filter((entry) => entry.isFile() && bundleStem(entry.name) !== undefined);
    if (bundles?.length === 0)
      fail('BUNDLE_MISSING', `the folder ${path} contains no bundle file`, {
        remedy: 'Specify the bundle files. Their names end with .sigstore.json, .sigstore or .jsonl.',
      });
    for (const one of bundles?.map(({ parentPath, name }) => join(parentPath, name)).sort() ?? [path]) found.add(one);
  }
  return [...found];
}

async function completeFile(path: string, completer: Completer, world: World): Promise<CompletedFile | IncompleteFile> {
  try {
    const text = await readText(path, world);
    // Several bundles in one file are one on each line.
    const isList = path.endsWith('.jsonl');
    const documents = isList ? text.split('\n').filter((line) => line.trim() !== '') : [text];
    const places = { workspace: dirname(path), bundleDirectory: undefined };
    // Entries are permanent: there must be none whose bundle cannot be written.
    await demandDeliverable(world.files, places.workspace, places);
    const bundles: CompletedBundle[] = [];
    for (const document of documents) bundles.push(await completer.complete(document));
    const logs = bundles.flatMap(({ verdict }) =>
      verdict.logEntries.map(({ log, logIndex }) => ({
        url: log.baseUrl,
        id: encodeHex(log.keyId),
        index: logIndex,
      })),
    );
    if (bundles.every(({ isNew }) => !isNew)) return { path, outcome: 'already-complete', logs };
    const completed = bundles.map((bundle) => `${bundle.text}\n`).join('');
    await deliverFile(world.files, world.random, path, completed, places);
    return { path, outcome: 'completed', logs };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { path, error };
  }
}

async function readText(path: string, { files }: Pick<World, 'files'>): Promise<string> {
  const bytes = await readRegularFile(files, path, maxBundleLength).catch((cause: unknown) => {
    if (cause instanceof CountersignError) throw cause;
    if (systemCode(cause) === 'ENOENT')
      fail('BUNDLE_MISSING', 'there is no such file', { cause, remedy: 'Check the path.' });
    const reason = cause instanceof NotRegularFile ? 'it is not a regular file' : systemCode(cause);
    return fail('BUNDLE_UNREADABLE', `it cannot be read: ${reason}`, { cause, remedy: 'Check the path.' });
  });
  return decodeUtf8(bytes) ?? fail('BUNDLE_INVALID', 'the bundle is not valid UTF-8');
}
