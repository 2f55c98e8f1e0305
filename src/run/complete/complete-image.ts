/** Completes the bundles that are attached to an image. What is attached stays, and each completed bundle is attached too. */

import { writeBundle } from '../../core/bundle/index.ts';
import { encodeHex, utf8 } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { attachBundle, type LogReference } from '../../deliver/index.ts';
import { type AttachedBundle, fetchAttached } from '../../fetch/index.ts';
import type { CompletedFile, IncompleteFile } from '../../report/index.ts';
import type { Registries, RepositoryClient } from '../../services/registry/index.ts';
import { collectImages, formatImage, type ImageSubject, type StoredImage } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type Completer, logsOf } from './complete-bundle.ts';

interface Target {
  readonly image: ImageSubject;
  readonly stored: StoredImage;
  readonly client: RepositoryClient;
  readonly completer: Completer;
  /** The entries of the signatures that have a complete bundle on the image. */
  readonly complete: Map<string, readonly LogReference[]>;
}

/**
 * Completes each bundle that is attached to an image or to one of its platforms, independently of the others. Signatures under cosign's
 * older tag `.sig` are no bundles and are left out.
 *
 * @param name in a registry
 * @throws CountersignError `BUNDLE_MISSING` if no bundle is attached; those of the registry's client, also if bundles could not be pushed
 */
export async function completeImage(
  name: string,
  { registries, completer }: { readonly registries: Registries; readonly completer: Completer },
  { files }: Pick<World, 'files'>,
): Promise<readonly (CompletedFile | IncompleteFile)[]> {
  const results: (CompletedFile | IncompleteFile)[] = [];
  for (const image of await collectImages([name], { recursive: true }, '.', registries, files)) {
    const { stored, digest } = image;
    if (stored === undefined)
      fail('USAGE', `${name} is not in a registry`, { remedy: 'Specify an image in a registry.' });
    const client = registries.attachmentsOf(stored.repository);
    const { bundles, unread } = await fetchAttached(client, { name: client.name, digest });
    for (const { place, failure: error } of unread) results.push({ path: `oci://${place}`, error });
    const attached = bundles.filter(({ document }) => document === undefined);
    // Entries are permanent: there must be none whose bundle cannot be pushed.
    if (attached.length > 0) await client.demandPush();
    const target = { image, stored, client, completer, complete: new Map() };
    const hasEntry = ({ bundle }: AttachedBundle): boolean => bundle.logEntries.length > 0;
    // First those with an entry: an earlier run may have completed the others.
    for (const one of [...attached.filter(hasEntry), ...attached.filter((other) => !hasEntry(other))])
      results.push(await completeAttached(one, target));
  }
  if (results.length > 0) return results;
  return fail('BUNDLE_MISSING', `no bundle is attached to ${name}`, {
    remedy: 'Check the name. `countersign tree --recursive` lists the attachments.',
  });
}

async function completeAttached(
  { place, bundle }: AttachedBundle,
  { image, stored, client, completer, complete }: Target,
): Promise<CompletedFile | IncompleteFile> {
  const path = `oci://${place}`;
  const signature = encodeHex(bundle.content.signature);
  const earlier = complete.get(signature);
  if (earlier !== undefined) return { path, outcome: 'already-complete', logs: earlier };
  try {
    const { text, verdict, isNew } = await completer.complete(writeBundle(bundle), image.digest);
    const logs = logsOf(verdict);
    if (!isNew) {
      complete.set(signature, logs);
      return { path, outcome: 'already-complete', logs };
    }
    const { content } = verdict;
    const predicateType = content.kind === 'dsse-envelope' ? content.statement.predicateType : undefined;
    const { manifest } = await attachBundle(client, { image, stored, bundle: utf8(text), predicateType });
    complete.set(signature, logs);
    return { path, outcome: 'completed', logs, attached: formatImage({ name: client.name, digest: manifest }) };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    return { path, error };
  }
}
