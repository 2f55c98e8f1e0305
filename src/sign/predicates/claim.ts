import type { JsonObject } from '../../core/encoding/index.ts';

/** A claim about artifacts: what a statement says of its subjects (in-toto attestation framework, Predicate). */
export interface Claim {
  /** The URI of the claim's type. */
  readonly predicateType: string;
  readonly predicate: JsonObject;
}
