/**
 * Completes bundles in files and on images. A file is replaced, and a bundle is attached, once the new bundles verify as those of any other
 * signature do, and not before.
 */

import { dirname, join, resolve } from 'node:path';
import { bundleStem, maxBundleLength } from '../../core/bundle/index.ts';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { deliverFile, demandDeliverable } from '../../deliver/index.ts';
import { concurrently, NotRegularFile, readRegularFile } from '../../node/index.ts';
import type { CompletedFile, CompletionReport, IncompleteFile } from '../../report/index.ts';
import type { Registries } from '../../services/registry/index.ts';
import type { World } from '../world/index.ts';
import { type CompletedBundle, Completer, type CompletionRules, logsOf } from './complete-bundle.ts';

export interface CompleteRequest extends CompletionRules {
  /** Bundle files, and folders in which all bundle files are completed. */
  readonly paths: readonly string[];
  /** Images in registries, all of whose attached bundles are completed. */
  readonly images?: ImageCompletion | undefined;
  /** The number of files and images that are completed at once. */
  readonly concurrency: number;
  /** Called with the number of files and images, and the number of those that are done. */
  readonly onProgress?: (total: number, done: number) => void;
}

export interface ImageCompletion {
  readonly names: readonly string[];
  readonly registries: Registries;
}

type Results = readonly (CompletedFile | IncompleteFile)[];

/**
 * Completes bundles. A failure does not affect the others. Bundles that are complete are left as they are, so that a run that was
 * interrupted can be repeated.
 *
 * @throws CountersignError `NO_SERVICE` if the instance has no log of Rekor v2; `BUNDLE_MISSING` if there is no bundle file. What fails for
 *   a single file or image is in the report
 */
export async function completeRun(request: CompleteRequest, world: World): Promise<CompletionReport> {
  const { paths, images, instance, concurrency, onProgress } = request;
  const completer = new Completer(request, world);
  const files = await bundleFiles(paths, world);
  const work = [
    ...files.map((path) => ({ path, run: async (): Promise<Results> => [await completeFile(path, completer, world)] })),
    ...(images?.names.map((path) => ({ path, run: () => onImage(path, images.registries, completer, world) })) ?? []),
  ];
  const results = new Map<string, Results>();
  const each = async ({ path, run }: (typeof work)[number]) => ({ path, found: await orFailure(path, run) });
  for await (const { path, found } of concurrently(work, concurrency, each)) {
    results.set(path, found);
    onProgress?.(work.length, results.size);
  }
  return { files: work.flatMap(({ path }) => results.get(path) ?? []), warnings: instance.warnings };
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

/** Completes the bundles of an image. The code for it is loaded only now. */
async function onImage(name: string, registries: Registries, completer: Completer, world: World): Promise<Results> {
  const { completeImage } = await import('./complete-image.ts');
  return completeImage(name, { registries, completer }, world);
}

async function orFailure(path: string, work: () => Promise<Results>): Promise<Results> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return [{ path, error }];
  }
}

async function completeFile(path: string, completer: Completer, world: World): Promise<CompletedFile> {
  const text = await readText(path, world);
  // Several bundles in one file are one on each line.
  const isList = path.endsWith('.jsonl');
  const documents = isList ? text.split('\n').filter((line) => line.trim() !== '') : [text];
  const places = { workspace: dirname(path), bundleDirectory: undefined };
  // Entries are permanent: there must be none whose bundle cannot be written.
  await demandDeliverable(world.files, places.workspace, places);
  const bundles: CompletedBundle[] = [];
  for (const document of documents) bundles.push(await completer.complete(document));
  const logs = bundles.flatMap(({ verdict }) => logsOf(verdict));
  if (bundles.every(({ isNew }) => !isNew)) return { path, outcome: 'already-complete', logs };
  const completed = bundles.map((bundle) => `${bundle.text}\n`).join('');
  await deliverFile(world.files, world.random, path, completed, places);
  return { path, outcome: 'completed', logs };
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
