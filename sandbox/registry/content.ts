/** What a registry holds: blobs, manifests and tags by repository, in memory, and no more than so much. */

import { refuseRegistry } from '../http/index.ts';
import type { Manifest } from './manifest.ts';

/** Each thing counts for so much at least: many small ones are much too. */
const overhead = 1024;

export class Repository {
  readonly blobs = new Map<string, Uint8Array>();
  readonly manifests = new Map<string, Manifest>();
  /** The digests of the manifests that are tagged. */
  readonly tags = new Map<string, string>();

  /** By a tag or a digest. */
  manifest(reference: string): Manifest | undefined {
    return this.manifests.get(this.tags.get(reference) ?? reference);
  }

  /** Whose subject this is, oldest first. */
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

  /** One that must have been pushed to. */
  demand(name: string): Repository {
    return this.repository(name) ?? refuseRegistry('NAME_UNKNOWN', 'repository name not known to registry');
  }

  keepBlob(name: string, digest: string, bytes: Uint8Array): void {
    if (this.repository(name)?.blobs.has(digest)) return;
    this.#take(bytes.length);
    this.#opened(name).blobs.set(digest, bytes);
  }

  keepManifest(name: string, manifest: Manifest): void {
    if (!this.repository(name)?.manifests.has(manifest.digest)) this.#take(manifest.bytes.length);
    this.#opened(name).manifests.set(manifest.digest, manifest);
  }

  tag(name: string, tag: string, digest: string): void {
    const { tags } = this.#opened(name);
    if (!tags.has(tag)) this.#take(0);
    tags.set(tag, digest);
  }

  #opened(name: string): Repository {
    const repository = this.repository(name) ?? new Repository();
    this.#repositories.set(name, repository);
    return repository;
  }

  #take(length: number): void {
    if (this.#length + length + overhead > this.#maxLength) {
      refuseRegistry('DENIED', 'the registry of the sandbox is full, until it is started again');
    }
    this.#length += length + overhead;
  }
}
