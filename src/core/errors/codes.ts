/** The codes of errors, and the exit code of each kind. */

/** The kind of failure that a code stands for. */
export type FailureKind = 'usage' | 'absent' | 'mismatch' | 'invalid' | 'unavailable' | 'local';

/** The exit code of a process that ends with a failure of this kind. 1 is reserved for bugs in Countersign. */
export const exitCodes = {
  usage: 2,
  absent: 3,
  mismatch: 4,
  invalid: 5,
  unavailable: 6,
  local: 9,
} as const satisfies Record<FailureKind, number>;

/** The kind of each code. */
export const kinds = {
  // The request of the caller cannot be met.
  USAGE: 'usage',
  LIMIT_EXCEEDED: 'invalid',
  CANCELLED: 'unavailable',

  // Encodings
  BASE64_INVALID: 'invalid',
  HEX_INVALID: 'invalid',
  PEM_INVALID: 'invalid',
  DER_INVALID: 'invalid',
  JSON_INVALID: 'invalid',

  // Keys
  KEY_INVALID: 'invalid',
  KEY_UNSUPPORTED: 'invalid',
  KEY_DISPOSED: 'usage',
  DIGEST_INVALID: 'invalid',
  DIGEST_UNAVAILABLE: 'usage',

  // Certificates
  CERTIFICATE_INVALID: 'invalid',
  CERTIFICATE_UNTRUSTED: 'invalid',
  CERTIFICATE_OUTSIDE_VALIDITY: 'invalid',
  CERTIFICATE_PURPOSE: 'invalid',
  CERTIFICATE_SANDBOX: 'mismatch',
  SCT_MISSING: 'absent',
  SCT_INVALID: 'invalid',

  // The transparency log
  CHECKPOINT_INVALID: 'invalid',
  CHECKPOINT_ORIGIN: 'invalid',
  CONSISTENCY_UNPROVEN: 'invalid',
  TILES_INCONSISTENT: 'invalid',
  ENTRY_ALTERED: 'invalid',
  ENTRIES_WITHHELD: 'unavailable',
  INCLUSION_PROOF_INVALID: 'invalid',
  LOG_UNKNOWN: 'invalid',
  LOG_ENTRY_MISSING: 'absent',
  LOG_ENTRY_INVALID: 'invalid',
  LOG_ENTRY_MISMATCH: 'mismatch',
  WITNESS_MISSING: 'absent',
  /** A search that may have missed entries. */
  SEARCH_INCOMPLETE: 'unavailable',

  // Monitoring
  /** A file of an audit's state that is malformed, or does not match the log. */
  STATE_INVALID: 'invalid',
  EVIDENCE_INVALID: 'invalid',

  // Timestamps
  TIMESTAMP_MISSING: 'absent',
  TIMESTAMP_INVALID: 'invalid',
  TIMESTAMP_UNTRUSTED: 'invalid',
  TIMESTAMP_MISMATCH: 'mismatch',

  // Bundles and what is signed
  BUNDLE_MISSING: 'absent',
  BUNDLE_INVALID: 'invalid',
  BUNDLE_UNSUPPORTED: 'invalid',
  /** A file that is there and cannot be opened or read. */
  BUNDLE_UNREADABLE: 'usage',
  /** A file that is not a bundle, and of a format that is not read. */
  FORMAT_UNSUPPORTED: 'usage',
  SIGNATURE_INVALID: 'invalid',
  ARTIFACT_MISMATCH: 'mismatch',
  STATEMENT_INVALID: 'invalid',

  // Trust and policy
  TRUSTED_ROOT_INVALID: 'invalid',
  TRUSTED_ROOT_EXPIRED: 'invalid',
  TRUSTED_ROOT_MISSING: 'absent',
  SIGNING_CONFIG_INVALID: 'invalid',
  NO_SERVICE: 'unavailable',
  POLICY_INVALID: 'usage',
  IDENTITY_MISMATCH: 'mismatch',
  ISSUER_MISMATCH: 'mismatch',
  CLAIM_MISMATCH: 'mismatch',
  KEY_MISMATCH: 'mismatch',
  PREDICATE_TYPE_MISMATCH: 'mismatch',
  SUBJECT_NAME_MISMATCH: 'mismatch',
  PREDICATE_MISMATCH: 'mismatch',
  PROVENANCE_MISMATCH: 'mismatch',
  RELEASE_MISMATCH: 'mismatch',
  SIGNATURE_TOO_OLD: 'mismatch',
  /** A further attestation that the policy requires. */
  ATTESTATION_MISSING: 'absent',

  // Services
  SERVICE_UNAVAILABLE: 'unavailable',
  /** No service can be reached from this machine. */
  NETWORK_UNAVAILABLE: 'local',
  SERVICE_REFUSED: 'unavailable',
  SERVICE_RESPONSE_INVALID: 'unavailable',
  /** A service that takes no more requests for some time, such as GitHub's API. */
  RATE_LIMITED: 'unavailable',
  /** A token that may not do what is needed. */
  PERMISSION_MISSING: 'usage',
  /** A tag or list of a registry that may hold signatures and cannot be read. */
  ATTACHMENT_UNREADABLE: 'unavailable',
  LOG_ENTRY_DUPLICATE: 'unavailable',

  // Identity
  TOKEN_PERMISSION_MISSING: 'usage',
  TOKEN_INVALID: 'invalid',
  TOKEN_EXPIRED: 'unavailable',
  /** A login cannot be started here. */
  LOGIN_UNAVAILABLE: 'usage',
  LOGIN_REFUSED: 'unavailable',
  LOGIN_TIMEOUT: 'unavailable',
  /** An answer to a login that does not belong to it, or cannot be checked. */
  LOGIN_INVALID: 'invalid',
  TRIGGER_REFUSED: 'usage',
  PUBLIC_LOG_REFUSED: 'usage',
  /** A document to sign that contains something like a secret. */
  SECRET_REFUSED: 'usage',

  // Registries
  /** A file of credentials, or a program that keeps them, that cannot be used as it is. */
  CREDENTIALS_INVALID: 'usage',

  // Subjects and deliveries
  SUBJECT_MISSING: 'absent',
  SUBJECT_UNREADABLE: 'absent',
  SUBJECT_CHANGED: 'mismatch',
  /** A file whose plain signature would pass for a signature over something else. */
  SUBJECT_AMBIGUOUS: 'invalid',
  /** Something in a folder that is to hold nothing but what is verified. */
  SUBJECT_LEFT_OUT: 'absent',
  /** A container image, on disk or in a registry, that is not what it says. */
  IMAGE_INVALID: 'invalid',
  /** A package for a package registry that is not what it says, or that the registry would refuse. */
  PACKAGE_INVALID: 'invalid',
  DELIVERY_FAILED: 'unavailable',
  /** A release that cannot take more assets. */
  RELEASE_IMMUTABLE: 'usage',
  /** A tag that belonged to an immutable release, and can never be that of another. */
  RELEASE_TAG_USED: 'usage',
  /** A tag at another commit than the one that was built. */
  RELEASE_TAG_MOVED: 'mismatch',
  RELEASE_MISSING: 'absent',
  /** Several drafts with one tag. */
  RELEASE_AMBIGUOUS: 'usage',
  /** An asset with the name of a file and other content. */
  RELEASE_ASSET_DIFFERS: 'mismatch',
  /** A file that cannot be an asset of a release, because of its name or its size. */
  RELEASE_ASSET_UNFIT: 'usage',
  /** A file that cannot be written on this machine: no permission, no space, no such folder. */
  WRITE_FAILED: 'local',
  /** A workflow artifact that is not what it says, or holds what must not be unpacked. */
  ARCHIVE_INVALID: 'invalid',
} as const satisfies Record<string, FailureKind>;

/** The union of all codes. */
export type ErrorCode = keyof typeof kinds;
