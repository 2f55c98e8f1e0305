/** A verification as its reports see it: one result an artifact and bundle, whatever came of it. */

import type { CountersignError } from '../core/errors/index.ts';
import type { Report } from '../core/verify/index.ts';

export interface VerificationReport {
  readonly results: readonly VerificationResult[];
  readonly warnings: readonly string[];
}

export interface VerificationResult {
  /** The artifact as the caller named it: a path, or a digest. */
  readonly artifact: string;
  /** `sha256:…`, once it is known. */
  readonly digest: string | undefined;
  /** Where the bundle was, if there was one. */
  readonly bundle: string | undefined;
  readonly outcome: /** The verifier ran: every criterion, and the verdict or the failure. */
    | { readonly kind: 'examined'; readonly report: Report }
    /** It could not: no bundle, or one that cannot be read; an artifact that cannot be. */
    | { readonly kind: 'not-examined'; readonly failure: CountersignError };
}

/** Why a result is not a pass; `undefined` for one that is. */
export function failureOf({ outcome }: VerificationResult): CountersignError | undefined {
  if (outcome.kind === 'not-examined') return outcome.failure;
  const { result } = outcome.report;
  return 'failure' in result ? result.failure : undefined;
}
