import type { Digest } from '../../core/crypto/index.ts';
import type { JsonObject } from '../../core/encoding/index.ts';
import type { Claim } from './claim.ts';

/** A document that is to become a predicate. */
export interface PredicateDocument {
  readonly text: string;
  /**
   * The document as JSON.
   *
   * @throws CountersignError for a text that is not a JSON object
   */
  readonly members: JsonObject;
  /** The time at which it was read. */
  readonly readAt: Date;
}

/** A type of predicate. */
export interface PredicateType {
  /** Its name, also in the names of bundles: lower-case words with hyphens. */
  readonly name: string;
  /** The URIs of its versions. */
  readonly uris: readonly string[];
  /** The words that people use for it, each with the URI that is written. Those of cosign have cosign's meaning. */
  readonly words: Readonly<Record<string, string>>;
  /**
   * Returns the URI for a document that is recognised by its content; `undefined` for another document. Absent for a type whose documents
   * do not say what they are.
   */
  readonly recognise?: (document: JsonObject) => string | undefined;
  /**
   * Returns the claim that a document makes.
   *
   * @param uri one of the URIs of the type
   * @throws CountersignError `STATEMENT_INVALID` for a document that readers of the type cannot use; `PREDICATE_TYPE_MISMATCH` for one of another version
   */
  readonly read: (document: PredicateDocument, uri: string) => Claim;
  /** Returns the digests of each artifact that a predicate says it describes, of those artifacts that it has digests of. */
  readonly describes?: (predicate: JsonObject) => readonly Described[];
}

/** The digests of one artifact, of different algorithms. */
export type Described = readonly Digest[];
