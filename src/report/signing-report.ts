/** The values from which the reports of a signing run are built. */

import type { Digest } from '../core/crypto/index.ts';
import type { CountersignError, ErrorCode } from '../core/errors/index.ts';
import type { VerifiedIdentity } from '../core/verify/index.ts';
import type { DeliveredSubject, UploadedArtifact } from '../deliver/index.ts';
import type { LogOutage } from '../sign/index.ts';
import type { PinnedSource } from './countersign-command.ts';

/** The identity of a signer, which a token of this issuer stated. */
export type SignerIdentity = VerifiedIdentity & { readonly issuer: string };

export interface SigningReport {
  /** The signer's identity; `undefined` if nothing was signed. */
  readonly identity: SignerIdentity | undefined;
  /** The Sigstore instance: `public-good`, `github`, `staging`, `custom`, `sandbox`. */
  readonly instance: string;
  readonly format: 'per-file' | 'attestation';
  /** True if the certificate is in a certificate transparency log. */
  readonly certificateLogged: boolean;
  /** The signed subjects, each once for each of its attestations. */
  readonly signed: readonly ReportedSubject[];
  readonly unsigned: readonly ReportedFailure[];
  readonly artifact: Omit<UploadedArtifact, 'leftOut' | 'isNew'> | undefined;
  /** The deliveries besides the bundles on disk, each to one kind of destination. */
  readonly deliveries: readonly ReportedDelivery[];
  /** The path of the trusted root, if it is not that of the instance. */
  readonly trustedRoot: string | undefined;
  readonly manifestPath: string | undefined;
  /** The repository and commit that the action runs from, if they are known. */
  readonly source?: PinnedSource | undefined;
  readonly warnings: readonly string[];
  /** Advice that does not concern a problem. */
  readonly notices: readonly string[];
  /** The folder that paths are shown relative to. */
  readonly workspace: string;
}

/** A subject that was signed. */
export interface ReportedSubject extends DeliveredSubject {
  readonly kind: 'file' | 'digest' | 'image';
  /** The type of the predicate in its bundle; `undefined` for a signature without a statement. */
  readonly predicateType?: string | undefined;
  /** Of an image that an index lists: `linux/arm64/v8`. */
  readonly platform?: string | undefined;
  /** The image that it is about, if it is an attestation manifest. */
  readonly attests?: Digest | undefined;
  readonly certificateValidity: Validity;
  /** The manifest by which the bundle is attached to an image: `registry/name@sha256:…`. */
  readonly attachedAs: string | undefined;
  /** True for an image in a registry. */
  readonly inRegistry?: boolean;
  /** The outages because of which its bundle lacks log entries, or has entries of another log. */
  readonly outages?: readonly LogOutage[];
  /** True if an earlier run had signed it, and its bundle still verified. */
  readonly resumed: boolean;
}

/** A subject that was not signed, and the reason. */
export interface ReportedFailure {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string | undefined;
}

/** The kinds of destinations, by the names in reports. */
export type ReportedDestination =
  | 'workflow-artifact'
  | 'registry'
  | 'release'
  | 'github-attestations'
  | 'storage-records';

/** The result of a delivery. */
export type ReportedDelivery = { readonly name: ReportedDestination } & (
  | ({ readonly outcome: 'delivered' | 'present' } & DeliveryCounts)
  | ({
      readonly outcome: 'failed';
      readonly failures: readonly CountersignError[];
    } & DeliveryCounts)
  | { readonly outcome: 'not-attempted'; readonly reason: string }
);

export interface DeliveryCounts {
  /** The name of the artifact or release, or the repositories; `undefined` if nothing is there. */
  readonly place: string | undefined;
  /** The IDs of the items there, as far as the destination tells them. */
  readonly ids: readonly string[];
  /** The pages of the items. */
  readonly urls: readonly string[];
  /** The number of items that this run delivered. */
  readonly delivered: number;
  /** The number of items that were there already. */
  readonly present: number;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}
