import { createRequire } from "node:module";
var require2 = createRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x) => typeof require2 !== "undefined" ? require2 : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require2 !== "undefined" ? require2 : a)[b]
}) : x)(function(x) {
  if (typeof require2 !== "undefined") return require2.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail2 = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail2(e), next()));
      } catch (e) {
        fail2(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};

var require_node_fs = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:fs");
  }
});

var exitCodes = {
  usage: 2,
  absent: 3,
  mismatch: 4,
  invalid: 5,
  unavailable: 6,
  local: 9
};
var kinds = {
  // The request of the caller cannot be met.
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
  CHECKPOINT_ORIGIN: "invalid",
  CONSISTENCY_UNPROVEN: "invalid",
  TILES_INCONSISTENT: "invalid",
  ENTRY_ALTERED: "invalid",
  ENTRIES_WITHHELD: "unavailable",
  INCLUSION_PROOF_INVALID: "invalid",
  LOG_UNKNOWN: "invalid",
  LOG_ENTRY_MISSING: "absent",
  LOG_ENTRY_INVALID: "invalid",
  LOG_ENTRY_MISMATCH: "mismatch",
  WITNESS_MISSING: "absent",
  /** A search that may have missed entries. */
  SEARCH_INCOMPLETE: "unavailable",
  // Monitoring
  /** A file of an audit's state that is malformed, or does not match the log. */
  STATE_INVALID: "invalid",
  EVIDENCE_INVALID: "invalid",
  // Timestamps
  TIMESTAMP_MISSING: "absent",
  TIMESTAMP_INVALID: "invalid",
  TIMESTAMP_UNTRUSTED: "invalid",
  TIMESTAMP_MISMATCH: "mismatch",
  // Bundles and what is signed
  BUNDLE_MISSING: "absent",
  BUNDLE_INVALID: "invalid",
  BUNDLE_UNSUPPORTED: "invalid",
  /** A file that is there and cannot be opened or read. */
  BUNDLE_UNREADABLE: "usage",
  /** A file that is not a bundle, and of a format that is not read. */
  FORMAT_UNSUPPORTED: "usage",
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
  PREDICATE_MISMATCH: "mismatch",
  PROVENANCE_MISMATCH: "mismatch",
  RELEASE_MISMATCH: "mismatch",
  SIGNATURE_TOO_OLD: "mismatch",
  /** A further attestation that the policy requires. */
  ATTESTATION_MISSING: "absent",
  // Services
  SERVICE_UNAVAILABLE: "unavailable",
  /** No service can be reached from this machine. */
  NETWORK_UNAVAILABLE: "local",
  SERVICE_REFUSED: "unavailable",
  SERVICE_RESPONSE_INVALID: "unavailable",
  /** A service that takes no more requests for some time, such as GitHub's API. */
  RATE_LIMITED: "unavailable",
  /** A token that may not do what is needed. */
  PERMISSION_MISSING: "usage",
  /** A tag or list of a registry that may hold signatures and cannot be read. */
  ATTACHMENT_UNREADABLE: "unavailable",
  LOG_ENTRY_DUPLICATE: "unavailable",
  // Identity
  TOKEN_PERMISSION_MISSING: "usage",
  TOKEN_INVALID: "invalid",
  TOKEN_EXPIRED: "unavailable",
  /** A login cannot be started here. */
  LOGIN_UNAVAILABLE: "usage",
  LOGIN_REFUSED: "unavailable",
  LOGIN_TIMEOUT: "unavailable",
  /** An answer to a login that does not belong to it, or cannot be checked. */
  LOGIN_INVALID: "invalid",
  TRIGGER_REFUSED: "usage",
  PUBLIC_LOG_REFUSED: "usage",
  /** A document to sign that contains something like a secret. */
  SECRET_REFUSED: "usage",
  // Registries
  /** A file of credentials, or a program that keeps them, that cannot be used as it is. */
  CREDENTIALS_INVALID: "usage",
  // Subjects and deliveries
  SUBJECT_MISSING: "absent",
  SUBJECT_UNREADABLE: "absent",
  SUBJECT_CHANGED: "mismatch",
  /** A file whose plain signature would pass for a signature over something else. */
  SUBJECT_AMBIGUOUS: "invalid",
  /** Something in a folder that is to hold nothing but what is verified. */
  SUBJECT_LEFT_OUT: "absent",
  /** A container image, on disk or in a registry, that is not what it says. */
  IMAGE_INVALID: "invalid",
  /** A package for a package registry that is not what it says, or that the registry would refuse. */
  PACKAGE_INVALID: "invalid",
  DELIVERY_FAILED: "unavailable",
  /** A release that cannot take more assets. */
  RELEASE_IMMUTABLE: "usage",
  /** A tag that belonged to an immutable release, and can never be that of another. */
  RELEASE_TAG_USED: "usage",
  /** A tag at another commit than the one that was built. */
  RELEASE_TAG_MOVED: "mismatch",
  RELEASE_MISSING: "absent",
  /** Several drafts with one tag. */
  RELEASE_AMBIGUOUS: "usage",
  /** An asset with the name of a file and other content. */
  RELEASE_ASSET_DIFFERS: "mismatch",
  /** A file that cannot be an asset of a release, because of its name or its size. */
  RELEASE_ASSET_UNFIT: "usage",
  /** A file that cannot be written on this machine: no permission, no space, no such folder. */
  WRITE_FAILED: "local",
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
function isCountersignError(error) {
  if (!(error instanceof Error) || error.name !== "CountersignError") return false;
  return "code" in error && typeof error.code === "string" && Object.hasOwn(kinds, error.code);
}
function systemCode(cause) {
  if (cause instanceof CountersignError) return void 0;
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : void 0;
}
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
async function loadErrorReference() {
  const { errorReference, errorTopics } = await import("./core-errors-reference.mjs");
  return { errorReference, errorTopics };
}
function attempt(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
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
  CountersignError,
  __callDispose,
  __commonJS,
  __esm,
  __export,
  __require,
  __toCommonJS,
  __toESM,
  __using,
  attempt,
  exitCodes,
  fail,
  inContext,
  isCountersignError,
  loadErrorReference,
  reading,
  require_node_fs,
  systemCode
};
