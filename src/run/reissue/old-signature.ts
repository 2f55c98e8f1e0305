/** What is to be issued again: old signatures, where each is, and how its replacement gets there. */

import type { SubjectDigest } from '../../core/crypto/index.ts';
import type { CountersignError } from '../../core/errors/index.ts';
import type { Bundle } from '../../core/verify/index.ts';

/** An old signature as it was read. */
export interface OldBundle {
  readonly bundle: Bundle;
  /** The bytes that it was read from, which are kept. */
  readonly bytes: Uint8Array;
  /** The document that was signed in place of an image, in cosign's older layout. */
  readonly document?: Uint8Array;
  /** The digests of the subject that reading has found out, such as those of the file next to the bundle. */
  readonly digests?: readonly SubjectDigest[];
}

/** The place of an old signature: a file, an asset of a release, an attachment of an image. */
export interface BundlePlace {
  /** The same text in every run, and a different one for every place: an absolute path, or a URL. */
  readonly location: string;
  /**
   * Reads the old signature.
   *
   * @throws CountersignError if there is none, or if it cannot be read
   */
  read(): Promise<OldBundle>;
  /**
   * Puts a new bundle there. The old one has been kept before. After an interruption it is called again with the same text, and then
   * leaves the place as one call does.
   *
   * @throws CountersignError if nothing was changed
   */
  deliver(text: string): Promise<void>;
}

export interface OldSignature {
  /** The name of the subject, for people and for statements. */
  readonly name: string;
  /** The digests of the subject; none if reading finds them, or if the one that the bundle names is to be used. */
  readonly digests: readonly SubjectDigest[];
  readonly place: BundlePlace;
}

/** An entry of a source that names no signature. */
export interface BadEntry {
  /** The place of the entry: `old.txt:17`. */
  readonly origin: string;
  readonly error: CountersignError;
}

/** Finds old signatures. */
export interface Source {
  /** The source for people: `the list old.txt`. */
  readonly title: string;
  /**
   * Yields the signatures one by one, so that their number does not matter. It is called twice in a run, to count and to work, and may yield
   * signatures that were issued again already.
   *
   * @throws CountersignError if the source itself cannot be read
   */
  signatures(): AsyncIterable<OldSignature | BadEntry>;
}
