/** The results of a run, one for each old signature. */

import type { CountersignError } from '../../core/errors/index.ts';
import type { OldBundle, OldSignature } from './old-signature.ts';

/** The result of converting an old signature without signing. */
export type Converted =
  | { readonly kind: 'upgraded'; readonly text: string }
  /** @property reason the end of a sentence: `is a bundle of version 0.3 already` */
  | { readonly kind: 'skipped'; readonly reason: string };

/** Converts an old signature, which has been verified, without signing. */
export type Upgrade = (old: OldBundle, signature: OldSignature) => Promise<Converted>;

/** The result for one old signature, or for an entry that names none. */
export type Outcome = { readonly name: string; readonly location: string } & (
  | {
      /** Signed anew, or converted without signing; the new bundle has been verified and delivered. */
      readonly kind: 'reissued' | 'upgraded';
      /** The digests of both bundles: `sha256:<hex>`. */
      readonly oldBundle: string;
      readonly newBundle: string;
    }
  /** Done by an earlier run with the same state. */
  | { readonly kind: 'done' }
  | { readonly kind: 'skipped'; readonly reason: string }
  /** Of a dry run: what would be done. */
  | { readonly kind: 'would-reissue' | 'would-upgrade' }
  | { readonly kind: 'failed'; readonly error: CountersignError }
);

export type OutcomeKind = Outcome['kind'];
