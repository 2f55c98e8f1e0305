/** What every report of a signing run is made of: plain values, of which the run knows each. */

import type { ErrorCode } from '../core/errors/index.ts';
import type { VerifiedIdentity } from '../core/verify/index.ts';
import type { DeliveredSubject, UploadedArtifact } from '../deliver/index.ts';

export interface SigningReport {
  /** Who signed. `undefined`: nobody, since nothing could be signed. */
  readonly identity: VerifiedIdentity | undefined;
  /** Which Sigstore it was: `public-good`, `github`, `staging`, `custom`, `sandbox`. */
  readonly instance: string;
  readonly format: 'per-file' | 'attestation';
  /** Whether a certificate transparency log has seen the certificate. */
  readonly certificateLogged: boolean;
  /** What an attestation says. */
  readonly predicateType: string | undefined;
  readonly signed: readonly ReportedSubject[];
  readonly unsigned: readonly ReportedFailure[];
  readonly artifact: Omit<UploadedArtifact, 'leftOut'> | undefined;
  /** The path of the trusted root, where it is not the instance's own. */
  readonly trustedRoot: string | undefined;
  readonly manifestPath: string | undefined;
  readonly warnings: readonly string[];
  /** What paths are shown relative to. */
  readonly workspace: string;
}

/** A subject that was signed. */
export interface ReportedSubject extends DeliveredSubject {
  readonly kind: 'file' | 'digest' | 'image';
  /** Of an image that an index lists: `linux/arm64/v8`. */
  readonly platform?: string | undefined;
  readonly certificateValidity: Validity;
  /** What the bundle is beside an image, in its registry: the manifest, `registry/name@sha256:…`. */
  readonly attachedAs: string | undefined;
  /** Whether it is an image of which a registry was asked. */
  readonly inRegistry?: boolean;
  /** Whether an earlier run had signed it, and its bundle still verified. */
  readonly resumed: boolean;
}

/** A subject that was not signed, and why. */
export interface ReportedFailure {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string | undefined;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}
