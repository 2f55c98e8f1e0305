/** What is attached to which release, and what became of it. */

import type { CountersignError } from '../../core/errors/index.ts';
import type { FileReading } from '../../node/index.ts';
import type { GitHubRelease, ReleaseAsset, ReleaseClient } from '../../services/github/index.ts';
import type { Sleep } from '../../services/http/index.ts';

/** A file to attach. */
export interface ReleaseFile {
  readonly path: string;
  /** The wanted name, without folders. It becomes the label of the asset if GitHub would change it. */
  readonly name: string;
  /** `application/octet-stream` by default. */
  readonly contentType?: string;
}

export type ReleaseTarget =
  /** The release of a tag, or its draft, which is created if there is neither. */
  | { readonly kind: 'tag'; readonly tag: string }
  /** The draft of a tag, which is created if there is none. */
  | { readonly kind: 'draft'; readonly tag: string }
  | { readonly kind: 'id'; readonly id: number };

export interface ReleaseRequest {
  /** `owner/name` */
  readonly repository: string;
  readonly target: ReleaseTarget;
  /** The commit that was built, in hexadecimal. The tag must not be at another one. */
  readonly commit?: string;
  /** The texts of a draft that is created. */
  readonly draft?: { readonly name?: string; readonly body?: string; readonly isPrerelease?: boolean };
  /** True to replace assets that have other content. By default they are an error. */
  readonly overwrite?: boolean;
  /** True to publish the draft once all files are attached. */
  readonly publish?: boolean;
  /** The number of files that are hashed or uploaded at once; 4 by default. */
  readonly concurrency?: number;
}

export interface ReleaseWorld {
  readonly releases: ReleaseClient;
  readonly files: FileReading;
  readonly sleep: Sleep;
  readonly cancellation?: AbortSignal;
  /**
   * Checks all assets of the draft before it is published, and of the published release. It rejects with a CountersignError if an asset is not
   * as it should be.
   *
   * @param attached the digests of the attached files (`sha256:<hex>`), by the names of their assets
   */
  readonly check?: (release: GitHubRelease, attached: ReadonlyMap<string, string>) => Promise<void>;
  /** Told of each asset as soon as it is known what became of it. */
  readonly onAsset?: (outcome: AssetOutcome) => void;
}

/** What became of a file. */
export type AssetOutcome =
  | {
      /** `already-there` for an asset with the same content, which was not touched. */
      readonly kind: 'uploaded' | 'already-there';
      readonly file: ReleaseFile;
      readonly asset: ReleaseAsset;
      /** `sha256:<hex>` of the file, which is that of the asset. */
      readonly digest: string;
    }
  | { readonly kind: 'failed'; readonly file: ReleaseFile; readonly error: CountersignError };

export type Publication =
  | { readonly kind: 'published' }
  /** Not requested, or withheld because an asset failed. */
  | { readonly kind: 'draft'; readonly isWithheld: boolean }
  | { readonly kind: 'failed'; readonly error: CountersignError }
  /** Published, but what users get is not as it should be. */
  | { readonly kind: 'check-failed'; readonly error: CountersignError };

export interface AttachedRelease {
  readonly release: GitHubRelease;
  /** True if the draft was created by this run. */
  readonly isNew: boolean;
  /** One outcome for each file, in the order of the files. */
  readonly outcomes: readonly AssetOutcome[];
  readonly publication: Publication;
}
