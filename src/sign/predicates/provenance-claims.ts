import { requiredClaim, scalarClaim, type TokenClaims } from '../../identity/index.ts';

/** Reads the claims that provenance states. */
export interface ProvenanceClaims {
  /** @throws CountersignError `TOKEN_INVALID` for a claim that the token does not have */
  readonly claim: (name: string) => string;
  /** Returns those of the claims that the token has. */
  readonly present: (...names: readonly string[]) => Readonly<Record<string, string>>;
}

export function provenanceClaims(claims: TokenClaims): ProvenanceClaims {
  return {
    claim: (name) => requiredClaim(claims, name, 'which provenance requires'),
    present: (...names) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const value = scalarClaim(claims, name);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
  };
}
