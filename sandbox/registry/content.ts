/** The content of a registry: blobs, manifests and tags by repository, in memory, up to a limit. */

import { refuseRegistry } from '../http/index.ts';
import type { Manifest } from './manifest.ts';

/** The bytes that each item counts besides its own, so that there cannot be too many small ones. */
const overhead = 1024;

export class Repository {
  readonly blobs = new Map<string, Uint8Array>();
  readonly manifests = new Map<string, Manifest>();
  /** The digests of the tagged manifests. */
  readonly tags = new Map<string, string>();

  /** Returns a manifest by its tag or digest. */
  manifest(reference: string): Manifest | undefined {
    return this.manifests.get(this.tags.get(reference) ?? reference);
  }

  /** Returns the manifests with this subject, oldest first. */
  referrers(subject: string): readonly Manifest[] {
    return [...this.manifests.values()].filter(({ outline }) => outline.subject === subject);
  }
}

export class Content {
  readonly #repositories = new Map<string, Repository>();
  readonly #maxLength: number;
  #length = 0;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  repository(name: string): Repository | undefined {
    return this.#repositories.get(name);
  }

  /** Returns a repository, and refuses one that nothing was pushed to. */
  demand(name: string): Repository {
    return this.repository(name) ?? refuseRegistry('NAME_UNKNOWN', 'repository name not known to registry');
  }

  keepBlob(name: string, digest: string, bytes: Uint8Array): void {
    if (!this.repository(name)?.blobs.has(digest)) this.#take(name, bytes.length).blobs.set(digest, bytes);
  }

  keepManifest(name: string, manifest: Manifest): void {
    const { digest, bytes } = manifest;
    const known = this.repository(name);
    const repository = known?.manifests.has(digest) ? known : this.#take(name, bytes.length);
    repository.manifests.set(digest, manifest);
  }

  tag(name: string, tag: string, digest: string): void {
    const known = this.repository(name);
    const repository = known?.tags.has(tag) ? known : this.#take(name, 0);
    repository.tags.set(tag, digest);
  }

  /** Makes room for an item in a repository, which is created if necessary. */
  #take(name: string, length: number): Repository {
    if (this.#length + length + overhead > this.#maxLength) {
      refuseRegistry('DENIED', 'the registry of the sandbox is full, until it is started again');
    }
    this.#length += length + overhead;
    const repository = this.repository(name) ?? new Repository();
    this.#repositories.set(name, repository);
    return repository;
  }
}
