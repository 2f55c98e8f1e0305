import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);

// src/core/errors/index.ts
var exitCodes = {
  usage: 2,
  absent: 3,
  mismatch: 4,
  invalid: 5,
  unavailable: 6
};
var kinds = {
  // What the caller asked for cannot be done as asked.
  USAGE: "usage",
  LIMIT_EXCEEDED: "invalid",
  CANCELLED: "unavailable",
  // Encodings
  BASE64_INVALID: "invalid",
  HEX_INVALID: "invalid",
  PEM_INVALID: "invalid",
  DER_INVALID: "invalid",
  JSON_INVALID: "invalid",
  // Keys
  KEY_INVALID: "invalid",
  KEY_UNSUPPORTED: "invalid",
  KEY_DISPOSED: "usage",
  DIGEST_INVALID: "invalid",
  DIGEST_UNAVAILABLE: "usage",
  // Certificates
  CERTIFICATE_INVALID: "invalid",
  CERTIFICATE_UNTRUSTED: "invalid",
  CERTIFICATE_OUTSIDE_VALIDITY: "invalid",
  CERTIFICATE_PURPOSE: "invalid",
  CERTIFICATE_SANDBOX: "mismatch",
  SCT_MISSING: "absent",
  SCT_INVALID: "invalid",
  // The transparency log
  CHECKPOINT_INVALID: "invalid",
  INCLUSION_PROOF_INVALID: "invalid",
  LOG_UNKNOWN: "invalid",
  LOG_ENTRY_MISSING: "absent",
  LOG_ENTRY_INVALID: "invalid",
  LOG_ENTRY_MISMATCH: "mismatch",
  WITNESS_MISSING: "absent",
  // Timestamps
  TIMESTAMP_MISSING: "absent",
  TIMESTAMP_INVALID: "invalid",
  TIMESTAMP_UNTRUSTED: "invalid",
  TIMESTAMP_MISMATCH: "mismatch",
  // Bundles and what is signed
  BUNDLE_MISSING: "absent",
  BUNDLE_INVALID: "invalid",
  BUNDLE_UNSUPPORTED: "invalid",
  SIGNATURE_INVALID: "invalid",
  ARTIFACT_MISMATCH: "mismatch",
  STATEMENT_INVALID: "invalid",
  // Trust and policy
  TRUSTED_ROOT_INVALID: "invalid",
  TRUSTED_ROOT_EXPIRED: "invalid",
  TRUSTED_ROOT_MISSING: "absent",
  SIGNING_CONFIG_INVALID: "invalid",
  NO_SERVICE: "unavailable",
  POLICY_INVALID: "usage",
  IDENTITY_MISMATCH: "mismatch",
  ISSUER_MISMATCH: "mismatch",
  CLAIM_MISMATCH: "mismatch",
  KEY_MISMATCH: "mismatch",
  PREDICATE_TYPE_MISMATCH: "mismatch",
  SUBJECT_NAME_MISMATCH: "mismatch",
  // Services
  SERVICE_UNAVAILABLE: "unavailable",
  SERVICE_REFUSED: "unavailable",
  SERVICE_RESPONSE_INVALID: "unavailable",
  LOG_ENTRY_DUPLICATE: "unavailable",
  // Identity
  TOKEN_PERMISSION_MISSING: "usage",
  TOKEN_INVALID: "invalid",
  TOKEN_EXPIRED: "unavailable",
  TRIGGER_REFUSED: "usage",
  PUBLIC_LOG_REFUSED: "usage",
  // Subjects and deliveries
  SUBJECT_MISSING: "absent",
  SUBJECT_UNREADABLE: "absent",
  SUBJECT_CHANGED: "mismatch",
  DELIVERY_FAILED: "unavailable",
  /** A workflow artifact that is not what it says, or holds what must not be unpacked. */
  ARCHIVE_INVALID: "invalid"
};
var CountersignError = class extends Error {
  name = "CountersignError";
  code;
  remedy;
  constructor(code, message, details = {}) {
    super(message, details.cause === void 0 ? void 0 : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
  }
  get kind() {
    return kinds[this.code];
  }
  get exitCode() {
    return exitCodes[this.kind];
  }
};
function fail(code, message, details) {
  throw new CountersignError(code, message, details);
}
function reading(code, what, read) {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw inContext(code, what, cause);
    throw cause;
  }
}
var encodingCodes = /* @__PURE__ */ new Set([
  "BASE64_INVALID",
  "HEX_INVALID",
  "PEM_INVALID",
  "DER_INVALID",
  "JSON_INVALID",
  "KEY_INVALID",
  "DIGEST_INVALID"
]);
function inContext(code, what, cause) {
  const outer = encodingCodes.has(cause.code) ? code : cause.code;
  return new CountersignError(outer, `${what}: ${cause.message}`, {
    cause,
    ...cause.remedy === void 0 ? {} : { remedy: cause.remedy }
  });
}

export {
  exitCodes,
  CountersignError,
  fail,
  reading
};
