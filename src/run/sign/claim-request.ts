/** The documents that are to be attested, as the options name them. */

export interface ClaimRequest {
  /** The path of an SBOM, which is recognised by its content. */
  readonly sbomPath?: string | undefined;
  /** The type of the predicate: a URI, or a word of cosign. */
  readonly predicateType?: string | undefined;
  /** The predicate itself. */
  readonly predicate?: string | undefined;
  readonly predicatePath?: string | undefined;
  /** The path of a whole statement. */
  readonly statement?: string | undefined;
  /** Several: `provenance`, or `TYPE=PATH`. */
  readonly attest?: readonly string[];
  /** Signs predicates that contain something like a secret. */
  readonly allowSecrets?: boolean | undefined;
  /** The folder that paths are relative to (default: the workspace). */
  readonly documentFolder?: string;
}

/** Reports whether a request names anything to attest, other than by default. */
export function namesClaims({
  sbomPath,
  predicateType,
  predicate,
  predicatePath,
  statement,
  attest = [],
}: ClaimRequest): boolean {
  return (sbomPath ?? predicateType ?? predicate ?? predicatePath ?? statement) !== undefined || attest.length > 0;
}
