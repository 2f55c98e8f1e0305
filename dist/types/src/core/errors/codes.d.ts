/** The codes of errors, and the exit code of each kind. */
/** The kind of failure that a code stands for. */
export type FailureKind = 'usage' | 'absent' | 'mismatch' | 'invalid' | 'unavailable' | 'local';
/** The exit code of a process that ends with a failure of this kind. 1 is reserved for bugs in Countersign. */
export declare const exitCodes: {
    readonly usage: 2;
    readonly absent: 3;
    readonly mismatch: 4;
    readonly invalid: 5;
    readonly unavailable: 6;
    readonly local: 9;
};
/** The kind of each code. */
export declare const kinds: {
    readonly USAGE: 'usage';
    readonly LIMIT_EXCEEDED: 'invalid';
    readonly CANCELLED: 'unavailable';
    readonly BASE64_INVALID: 'invalid';
    readonly HEX_INVALID: 'invalid';
    readonly PEM_INVALID: 'invalid';
    readonly DER_INVALID: 'invalid';
    readonly JSON_INVALID: 'invalid';
    readonly KEY_INVALID: 'invalid';
    readonly KEY_UNSUPPORTED: 'invalid';
    readonly KEY_DISPOSED: 'usage';
    readonly DIGEST_INVALID: 'invalid';
    readonly DIGEST_UNAVAILABLE: 'usage';
    readonly CERTIFICATE_INVALID: 'invalid';
    readonly CERTIFICATE_UNTRUSTED: 'invalid';
    readonly CERTIFICATE_OUTSIDE_VALIDITY: 'invalid';
    readonly CERTIFICATE_PURPOSE: 'invalid';
    readonly CERTIFICATE_SANDBOX: 'mismatch';
    readonly SCT_MISSING: 'absent';
    readonly SCT_INVALID: 'invalid';
    readonly CHECKPOINT_INVALID: 'invalid';
    readonly CHECKPOINT_ORIGIN: 'invalid';
    readonly CONSISTENCY_UNPROVEN: 'invalid';
    readonly TILES_INCONSISTENT: 'invalid';
    readonly ENTRY_ALTERED: 'invalid';
    readonly ENTRIES_WITHHELD: 'unavailable';
    readonly INCLUSION_PROOF_INVALID: 'invalid';
    readonly LOG_UNKNOWN: 'invalid';
    readonly LOG_ENTRY_MISSING: 'absent';
    readonly LOG_ENTRY_INVALID: 'invalid';
    readonly LOG_ENTRY_MISMATCH: 'mismatch';
    readonly WITNESS_MISSING: 'absent';
    /** A search that may have missed entries. */
    readonly SEARCH_INCOMPLETE: 'unavailable';
    /** A file of an audit's state that is malformed, or does not match the log. */
    readonly STATE_INVALID: 'invalid';
    readonly EVIDENCE_INVALID: 'invalid';
    readonly TIMESTAMP_MISSING: 'absent';
    readonly TIMESTAMP_INVALID: 'invalid';
    readonly TIMESTAMP_UNTRUSTED: 'invalid';
    readonly TIMESTAMP_MISMATCH: 'mismatch';
    readonly BUNDLE_MISSING: 'absent';
    readonly BUNDLE_INVALID: 'invalid';
    readonly BUNDLE_UNSUPPORTED: 'invalid';
    /** A file that is there and cannot be opened or read. */
    readonly BUNDLE_UNREADABLE: 'usage';
    /** A file that is not a bundle, and of a format that is not read. */
    readonly FORMAT_UNSUPPORTED: 'usage';
    readonly SIGNATURE_INVALID: 'invalid';
    readonly ARTIFACT_MISMATCH: 'mismatch';
    readonly STATEMENT_INVALID: 'invalid';
    readonly TRUSTED_ROOT_INVALID: 'invalid';
    readonly TRUSTED_ROOT_EXPIRED: 'invalid';
    readonly TRUSTED_ROOT_MISSING: 'absent';
    readonly SIGNING_CONFIG_INVALID: 'invalid';
    readonly NO_SERVICE: 'unavailable';
    readonly POLICY_INVALID: 'usage';
    readonly IDENTITY_MISMATCH: 'mismatch';
    readonly ISSUER_MISMATCH: 'mismatch';
    readonly CLAIM_MISMATCH: 'mismatch';
    readonly KEY_MISMATCH: 'mismatch';
    readonly PREDICATE_TYPE_MISMATCH: 'mismatch';
    readonly SUBJECT_NAME_MISMATCH: 'mismatch';
    readonly PREDICATE_MISMATCH: 'mismatch';
    readonly PROVENANCE_MISMATCH: 'mismatch';
    readonly RELEASE_MISMATCH: 'mismatch';
    readonly SIGNATURE_TOO_OLD: 'mismatch';
    /** A further attestation that the policy requires. */
    readonly ATTESTATION_MISSING: 'absent';
    readonly SERVICE_UNAVAILABLE: 'unavailable';
    /** No service can be reached from this machine. */
    readonly NETWORK_UNAVAILABLE: 'local';
    readonly SERVICE_REFUSED: 'unavailable';
    readonly SERVICE_RESPONSE_INVALID: 'unavailable';
    /** A service that takes no more requests for some time, such as GitHub's API. */
    readonly RATE_LIMITED: 'unavailable';
    /** A token that may not do what is needed. */
    readonly PERMISSION_MISSING: 'usage';
    /** A tag or list of a registry that may hold signatures and cannot be read. */
    readonly ATTACHMENT_UNREADABLE: 'unavailable';
    readonly LOG_ENTRY_DUPLICATE: 'unavailable';
    readonly TOKEN_PERMISSION_MISSING: 'usage';
    readonly TOKEN_INVALID: 'invalid';
    readonly TOKEN_EXPIRED: 'unavailable';
    /** A login cannot be started here. */
    readonly LOGIN_UNAVAILABLE: 'usage';
    readonly LOGIN_REFUSED: 'unavailable';
    readonly LOGIN_TIMEOUT: 'unavailable';
    /** An answer to a login that does not belong to it, or cannot be checked. */
    readonly LOGIN_INVALID: 'invalid';
    readonly TRIGGER_REFUSED: 'usage';
    readonly PUBLIC_LOG_REFUSED: 'usage';
    /** A document to sign that contains something like a secret. */
    readonly SECRET_REFUSED: 'usage';
    /** A file of credentials, or a program that keeps them, that cannot be used as it is. */
    readonly CREDENTIALS_INVALID: 'usage';
    readonly SUBJECT_MISSING: 'absent';
    readonly SUBJECT_UNREADABLE: 'absent';
    readonly SUBJECT_CHANGED: 'mismatch';
    /** A file whose plain signature would pass for a signature over something else. */
    readonly SUBJECT_AMBIGUOUS: 'invalid';
    /** Something in a folder that is to hold nothing but what is verified. */
    readonly SUBJECT_LEFT_OUT: 'absent';
    /** A container image, on disk or in a registry, that is not what it says. */
    readonly IMAGE_INVALID: 'invalid';
    /** A package for a package registry that is not what it says, or that the registry would refuse. */
    readonly PACKAGE_INVALID: 'invalid';
    readonly DELIVERY_FAILED: 'unavailable';
    /** A release that cannot take more assets. */
    readonly RELEASE_IMMUTABLE: 'usage';
    /** A tag that belonged to an immutable release, and can never be that of another. */
    readonly RELEASE_TAG_USED: 'usage';
    /** A tag at another commit than the one that was built. */
    readonly RELEASE_TAG_MOVED: 'mismatch';
    readonly RELEASE_MISSING: 'absent';
    /** Several drafts with one tag. */
    readonly RELEASE_AMBIGUOUS: 'usage';
    /** An asset with the name of a file and other content. */
    readonly RELEASE_ASSET_DIFFERS: 'mismatch';
    /** A file that cannot be an asset of a release, because of its name or its size. */
    readonly RELEASE_ASSET_UNFIT: 'usage';
    /** A file that cannot be written on this machine: no permission, no space, no such folder. */
    readonly WRITE_FAILED: 'local';
    /** A workflow artifact that is not what it says, or holds what must not be unpacked. */
    readonly ARCHIVE_INVALID: 'invalid';
};
/** The union of all codes. */
export type ErrorCode = keyof typeof kinds;
