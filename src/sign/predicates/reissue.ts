/** The record of signatures that were issued again: which old bundle each new one replaces. A type of Countersign's own. */

import type { JsonObject } from '../../core/encoding/index.ts';
import type { Claim } from './claim.ts';

export const reissueType = 'urn:countersign:reissue:v1';

/** A bundle that was verified. */
export interface RecordedBundle {
  /** The digest of the bundle: `sha256:<hex>`. */
  readonly digest: string;
  /** The name in the certificate; absent for a long-lived key. */
  readonly identity?: string;
  readonly issuer?: string;
  /** The digest of a long-lived public key: `sha256:<hex>`. */
  readonly key?: string;
  /** The time at which the signature is first proven to have existed. */
  readonly signedAt?: string;
  readonly logEntries: readonly { readonly log: string; readonly index: string }[];
}

/** A subject with the old bundle about it and the new one. */
export interface ReissuedSubject {
  readonly name: string;
  /** The digest of the subject: `sha256:<hex>`. */
  readonly digest: string;
  readonly old: RecordedBundle;
  readonly new: RecordedBundle;
}

/** The reasons and the requirements of a run. */
export interface ReissueTerms {
  readonly reason: string;
  /** The time before which the old signatures were proven to exist. */
  readonly signedBefore?: Date | undefined;
  /** The names of the keys, logs and authorities whose evidence did not count. */
  readonly without: readonly string[];
}

/** Returns the claim that links old and new bundles. */
export function reissueRecord(
  { reason, signedBefore, without }: ReissueTerms,
  signatures: readonly ReissuedSubject[],
  createdAt: Date,
): Claim {
  return {
    predicateType: reissueType,
    predicate: {
      reason,
      createdAt: createdAt.toISOString(),
      ...(signedBefore !== undefined && { signedBefore: signedBefore.toISOString() }),
      without: [...without],
      signatures: signatures.map((one) => ({
        name: one.name,
        digest: one.digest,
        old: bundleObject(one.old),
        new: bundleObject(one.new),
      })),
    },
  };
}

function bundleObject({ logEntries, ...bundle }: RecordedBundle): JsonObject {
  return { ...bundle, logEntries: logEntries.map((entry) => ({ ...entry })) };
}
