/** Delivers bundles to GitHub's attestation store, and notes in storage records where the attested images are. */

import type { Bundle } from '../core/bundle/index.ts';
import { CountersignError, type ErrorCode, fail } from '../core/errors/index.ts';
import type { AttestationWriter, StorageRecord, StorageRecorder } from '../services/github/index.ts';
import { formatImage, type ImageSubject } from '../subject/index.ts';

/** A bundle on disk. */
export interface AttestationToStore {
  readonly bundlePath: string;
  /** Reads it from there. */
  readonly read: () => Promise<Uint8Array>;
  /** True if this run signed it. Otherwise an earlier run may have stored it already. */
  readonly isFresh: boolean;
}

export interface AttestationPlace {
  readonly writer: AttestationWriter;
  /** `owner/name`. */
  readonly repository: string;
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string;
}

/** A bundle that the store has. */
export interface StoredBundle {
  readonly bundlePath: string;
  /** The output `attestation-id`; `undefined` for a bundle that an earlier request stored, whose id the store does not tell. */
  readonly id: string | undefined;
  /** The output `attestation-url`. Without an id, it is the list of the attestations of the repository. */
  readonly url: string;
}

/** A bundle, or an image, whose delivery failed. */
export interface DeliveryFailure {
  readonly name: string;
  readonly error: CountersignError;
}

export interface StoredAttestations {
  readonly stored: readonly StoredBundle[];
  readonly failures: readonly DeliveryFailure[];
}

export interface RecordedStorage {
  /** The ids of the records. */
  readonly ids: readonly string[];
  readonly warnings: readonly string[];
  readonly failures: readonly DeliveryFailure[];
}

/** Failures of the token or of the service, which each further request would meet too. */
const lasting: ReadonlySet<ErrorCode> = new Set(['PERMISSION_MISSING', 'RATE_LIMITED', 'SERVICE_UNAVAILABLE']);

/**
 * Demands a format of bundles that the store takes, before anything is signed.
 *
 * @throws CountersignError `USAGE`
 */
export function demandAttestations(content: Bundle['content']['kind']): void {
  if (content === 'dsse-envelope') return;
  fail('USAGE', "GitHub's attestation store takes statements, and no signatures without one", {
    remedy: 'Set `bundle-format: attestation`, or disable `store-attestations`.',
  });
}

/**
 * Stores bundles, each once, one after the other, as GitHub asks of clients that write. One that cannot be stored harms no other.
 *
 * @param bundles those that were written to disk; several subjects can have the same one
 */
export async function storeAttestations(
  bundles: readonly AttestationToStore[],
  { writer, repository, serverUrl }: AttestationPlace,
): Promise<StoredAttestations> {
  const distinct = [...new Map(bundles.map((one) => [one.bundlePath, one])).values()];
  const page = `${serverUrl.replace(/\/+$/, '')}/${repository}/attestations`;
  const { done, failures } = await inTurn(
    distinct,
    ({ bundlePath }) => bundlePath,
    async ({ bundlePath, read, isFresh }): Promise<StoredBundle> => {
      const result = await writer.store(repository, await read(), isFresh);
      return result.kind === 'created'
        ? { bundlePath, id: result.id, url: `${page}/${result.id}` }
        : { bundlePath, id: undefined, url: page };
    },
  );
  return { stored: done, failures };
}

/**
 * Creates a storage record of each image in its registry.
 *
 * @param repository the repository at GitHub: `owner/name`
 */
export async function recordStorage(
  images: readonly ImageSubject[],
  { recorder, repository }: { readonly recorder: StorageRecorder; readonly repository: string },
): Promise<RecordedStorage> {
  const [organization = '', name = ''] = repository.split('/');
  const stored = images.flatMap((image) => (image.stored === undefined ? [] : [{ image, stored: image.stored }]));
  const distinct = [...new Map(stored.map((one) => [formatImage(one.image), one])).values()];
  const { done, failures } = await inTurn(
    distinct,
    ({ image }) => formatImage(image),
    ({ image, stored: { repository: place } }) => {
      const record: StorageRecord = {
        name: image.name,
        digest: image.digest,
        registryUrl: `https://${place.registry}`,
        artifactUrl: `https://${image.name}`,
        repository: place.name,
        gitHubRepository: name,
      };
      return recorder.create(organization, record);
    },
  );
  return {
    ids: done.flatMap(({ ids }) => ids),
    warnings: done.flatMap(({ warnings }) => warnings),
    failures,
  };
}

/** Does work for each item in turn. After a failure that all others would meet too, it is that of the others, and nothing more is sent. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  work: (item: Item) => Promise<Result>,
): Promise<{ readonly done: readonly Result[]; readonly failures: readonly DeliveryFailure[] }> {
  const done: Result[] = [];
  const failures: DeliveryFailure[] = [];
  let end: CountersignError | undefined;
  for (const item of items) {
    if (end !== undefined) {
      failures.push({ name: nameOf(item), error: end });
      continue;
    }
    try {
      done.push(await work(item));
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
      failures.push({ name: nameOf(item), error });
      if (lasting.has(error.code)) end = error;
    }
  }
  return { done, failures };
}
