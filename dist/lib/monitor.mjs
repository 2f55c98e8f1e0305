import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
var __getOwnPropNames = Object.getOwnPropertyNames;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
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

// src/core/errors/codes.ts
var exitCodes, kinds;
var init_codes = __esm({
  "src/core/errors/codes.ts"() {
    "use strict";
    exitCodes = {
      usage: 2,
      absent: 3,
      mismatch: 4,
      invalid: 5,
      unavailable: 6,
      local: 9
    };
    kinds = {
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
  }
});

// src/core/errors/index.ts
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
function reading(code, what, read2) {
  try {
    return read2();
  } catch (cause) {
    if (cause instanceof CountersignError) throw inContext(code, what, cause);
    throw cause;
  }
}
function attempt(read2) {
  try {
    return read2();
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
function inContext(code, what, cause) {
  const outer = encodingCodes.has(cause.code) ? code : cause.code;
  return new CountersignError(outer, `${what}: ${cause.message}`, {
    cause,
    ...cause.remedy === void 0 ? {} : { remedy: cause.remedy }
  });
}
var CountersignError, encodingCodes;
var init_errors = __esm({
  "src/core/errors/index.ts"() {
    "use strict";
    init_codes();
    CountersignError = class extends Error {
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
    encodingCodes = /* @__PURE__ */ new Set([
      "BASE64_INVALID",
      "HEX_INVALID",
      "PEM_INVALID",
      "DER_INVALID",
      "JSON_INVALID",
      "KEY_INVALID",
      "DIGEST_INVALID"
    ]);
  }
});

// src/core/encoding/bytes.ts
function utf8(text) {
  return encoder.encode(text);
}
function isWellFormed(text) {
  return !/[\ud800-\udfff]/.test(text) || !new RegExp("\\p{Surrogate}", "u").test(text);
}
function decodeUtf8(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return void 0;
  }
}
function concatBytes(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
function equalBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
function uintBytes(value, width) {
  const bytes = new Uint8Array(width);
  let rest = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) throw new RangeError(`${value} does not fit in ${width} bytes`);
  return bytes;
}
function readUint(bytes) {
  let hex = "";
  for (let at = 0; at < bytes.length; at += 4096)
    hex += Array.from(bytes.subarray(at, at + 4096), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === "" ? 0n : BigInt(`0x${hex}`);
}
var encoder, decoder;
var init_bytes = __esm({
  "src/core/encoding/bytes.ts"() {
    "use strict";
    encoder = new TextEncoder();
    decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  }
});

// src/core/encoding/base64.ts
function encodeBase64(bytes) {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let i = 0, out = 0; i < bytes.length; i += 3, out += 4) {
    const left = bytes.length - i;
    const group = (bytes[i] ?? 0) << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
    text[out] = digit(group >> 18);
    text[out + 1] = digit(group >> 12);
    text[out + 2] = left > 1 ? digit(group >> 6) : padding;
    text[out + 3] = left > 2 ? digit(group) : padding;
  }
  return decoder2.decode(text);
}
function digit(bits) {
  return alphabet[bits & 63] ?? padding;
}
function decodeBase64(text) {
  const digits = text.length - paddingOf(text);
  const bytes = new Uint8Array(Math.floor(digits * 3 / 4));
  let [group, bits, at] = [0, 0, 0];
  for (let index = 0; index < digits; index++) {
    const value = values[text.charCodeAt(index)] ?? foreign;
    if (value === foreign) refuse(text);
    group = (group << 6 | value) & 65535;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = group >> bits;
  }
  if (text.length % 4 !== 0 || (group & (1 << bits) - 1) !== 0) refuse(text);
  return bytes;
}
function paddingOf(text) {
  return text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
}
function refuse(text) {
  if (text.length % 4 !== 0) fail("BASE64_INVALID", "the length of the base64 text is not a multiple of 4");
  const at = text.slice(0, text.length - paddingOf(text)).search(/[^A-Za-z0-9+/]/);
  if (at !== -1) fail("BASE64_INVALID", `invalid base64 character at position ${at}`);
  return fail("BASE64_INVALID", "the unused bits of the base64 text are not zero");
}
var alphabet, padding, foreign, values, decoder2;
var init_base64 = __esm({
  "src/core/encoding/base64.ts"() {
    "use strict";
    init_errors();
    init_bytes();
    alphabet = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    padding = 61;
    foreign = 255;
    values = new Uint8Array(256).fill(foreign);
    for (const [value, character] of alphabet.entries()) values[character] = value;
    decoder2 = new TextDecoder();
  }
});

// src/core/encoding/der.ts
function contextTag(number2, form) {
  return (form === "constructed" ? 160 : 128) | number2;
}
function nextArc(arc, bits) {
  return typeof arc === "number" && arc < 2 ** 40 ? arc * 128 + bits : BigInt(arc) * 128n + BigInt(bits);
}
function readDer(bytes, read2) {
  const reader = new DerReader(bytes);
  const value = read2(reader);
  reader.end();
  return value;
}
function readSequence(bytes, read2) {
  return readDer(
    readDer(bytes, (der2) => der2.element(tags.sequence).contents),
    read2
  );
}
function ascii(bytes) {
  return bytes.length > 64 ? "" : String.fromCharCode(...bytes);
}
var tags, maxObjectIdentifierLength, maxNumberLength, maxNamedBitsLength, DerReader;
var init_der = __esm({
  "src/core/encoding/der.ts"() {
    "use strict";
    init_errors();
    init_bytes();
    tags = {
      boolean: 1,
      integer: 2,
      bitString: 3,
      octetString: 4,
      null: 5,
      objectIdentifier: 6,
      utf8String: 12,
      sequence: 48,
      set: 49,
      printableString: 19,
      ia5String: 22,
      utcTime: 23,
      generalizedTime: 24
    };
    maxObjectIdentifierLength = 64;
    maxNumberLength = 4096;
    maxNamedBitsLength = 9;
    DerReader = class _DerReader {
      #bytes;
      #offset = 0;
      constructor(bytes) {
        this.#bytes = bytes;
      }
      get done() {
        return this.#offset === this.#bytes.length;
      }
      /** Returns the tag of the next element, or `undefined` at the end. */
      get nextTag() {
        return this.#bytes[this.#offset];
      }
      /** Reads the next element, whatever its tag. */
      any() {
        const start2 = this.#offset;
        const tag = this.#byte("tag");
        if ((tag & 31) === 31) this.#fail(start2, "multi-byte tags are not supported");
        const length = this.#length();
        const from = this.#offset;
        if (length > this.#bytes.length - from)
          this.#fail(start2, `the length ${length} exceeds the remaining ${this.#bytes.length - from} bytes`);
        this.#offset = from + length;
        return { tag, der: this.#bytes.subarray(start2, this.#offset), contents: this.#bytes.subarray(from, this.#offset) };
      }
      /** Reads the next element, which must have this tag. */
      element(tag) {
        const start2 = this.#offset;
        const found = this.nextTag;
        if (found !== tag) {
          this.#fail(
            start2,
            `expected tag 0x${tag.toString(16)}, found ${found === void 0 ? "nothing" : `0x${found.toString(16)}`}`
          );
        }
        return this.any();
      }
      /** Reads the next element if it has this tag. */
      optional(tag) {
        return this.nextTag === tag ? this.any() : void 0;
      }
      sequence() {
        return new _DerReader(this.element(tags.sequence).contents);
      }
      set() {
        return new _DerReader(this.element(tags.set).contents);
      }
      boolean() {
        const start2 = this.#offset;
        const { contents } = this.element(tags.boolean);
        if (contents.length !== 1 || contents[0] !== 0 && contents[0] !== 255)
          this.#fail(start2, "a BOOLEAN is neither 00 nor ff");
        return contents[0] === 255;
      }
      /** Reads the contents of an INTEGER: two's complement, minimal. */
      integerBytes() {
        const start2 = this.#offset;
        const { contents } = this.element(tags.integer);
        const [first, second] = contents;
        if (first === void 0) this.#fail(start2, "an INTEGER is empty");
        const padded = second !== void 0 && (first === 0 && second < 128 || first === 255 && second >= 128);
        if (padded) this.#fail(start2, "an INTEGER is not minimally encoded");
        return contents;
      }
      /** Reads a non-negative INTEGER. */
      unsigned() {
        const start2 = this.#offset;
        const contents = this.integerBytes();
        if ((contents[0] ?? 0) >= 128) this.#fail(start2, "an INTEGER is negative");
        if (contents.length > maxNumberLength)
          this.#fail(start2, `an INTEGER has ${contents.length} bytes; the limit is ${maxNumberLength}`);
        return readUint(contents);
      }
      /** Reads an OBJECT IDENTIFIER, in dotted form. */
      oid() {
        const start2 = this.#offset;
        const { contents } = this.element(tags.objectIdentifier);
        if (contents.length === 0 || contents.length > maxObjectIdentifierLength)
          this.#fail(start2, "an OBJECT IDENTIFIER is empty or too long");
        const arcs = [];
        let arc = 0;
        let fresh2 = true;
        for (const byte of contents) {
          if (fresh2 && byte === 128) this.#fail(start2, "an OBJECT IDENTIFIER is not minimally encoded");
          arc = nextArc(arc, byte & 127);
          fresh2 = byte < 128;
          if (fresh2) {
            arcs.push(arc);
            arc = 0;
          }
        }
        if (!fresh2) this.#fail(start2, "an OBJECT IDENTIFIER is truncated");
        const [head = 0, ...rest] = arcs;
        const first = head < 40 ? 0 : head < 80 ? 1 : 2;
        return [first, BigInt(head) - BigInt(first) * 40n, ...rest].join(".");
      }
      octetString() {
        return this.element(tags.octetString).contents;
      }
      /** Reads the bytes of a BIT STRING of whole bytes. */
      bitString() {
        const start2 = this.#offset;
        const { contents } = this.element(tags.bitString);
        if (contents[0] !== 0) this.#fail(start2, "a BIT STRING does not consist of whole bytes");
        return contents.subarray(1);
      }
      /** Reads the numbers of the bits that are set in a named-bit BIT STRING (X.690, 11.2.2: no trailing zero bits). */
      namedBits() {
        const start2 = this.#offset;
        const { contents } = this.element(tags.bitString);
        if (contents.length > maxNamedBitsLength)
          this.#fail(start2, `a named bit list has ${contents.length} bytes; the limit is ${maxNamedBitsLength}`);
        const [unused, ...bytes] = contents;
        const last = bytes.at(-1);
        if (unused === void 0 || unused > 7) this.#fail(start2, "a BIT STRING has an invalid number of unused bits");
        if (last === void 0 ? unused !== 0 : (last & (2 << unused) - 1) !== 1 << unused) {
          this.#fail(start2, "a named bit list is not minimally encoded");
        }
        const set = /* @__PURE__ */ new Set();
        for (const [index, byte] of bytes.entries()) {
          for (let bit = 0; bit < 8; bit++) if (byte & 128 >> bit) set.add(index * 8 + bit);
        }
        return set;
      }
      utf8String() {
        const start2 = this.#offset;
        return decodeUtf8(this.element(tags.utf8String).contents) ?? this.#fail(start2, "a UTF8String is not valid UTF-8");
      }
      null() {
        const start2 = this.#offset;
        if (this.element(tags.null).contents.length !== 0) this.#fail(start2, "a NULL is not empty");
      }
      /** Reads a `Time` of X.509 (RFC 5280, section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime, whole seconds, `Z`. */
      time() {
        const start2 = this.#offset;
        if (this.nextTag === tags.generalizedTime) {
          const digits2 = ascii(this.any().contents);
          if (!/^\d{14}Z$/.test(digits2)) this.#fail(start2, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
          if (/^(?:19[5-9]|20[0-4])/.test(digits2))
            this.#fail(start2, "a GeneralizedTime has a year for which UTCTime is required");
          return this.#date(start2, digits2);
        }
        const digits = ascii(this.element(tags.utcTime).contents);
        if (!/^\d{12}Z$/.test(digits)) this.#fail(start2, "a UTCTime does not have the form YYMMDDHHMMSSZ");
        return this.#date(start2, `${Number(digits.slice(0, 2)) < 50 ? "20" : "19"}${digits}`);
      }
      /** Reads a GeneralizedTime: `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros. */
      generalizedTime() {
        const start2 = this.#offset;
        const digits = ascii(this.element(tags.generalizedTime).contents);
        if (!/^\d{14}(?:\.\d*[1-9])?Z$/.test(digits))
          this.#fail(start2, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
        return this.#date(start2, digits);
      }
      /** Demands that nothing follows. */
      end() {
        if (!this.done) this.#fail(this.#offset, "unexpected data after the end");
      }
      #date(start2, text) {
        const [, year, month, day, hour, minute, second, fraction = ""] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text) ?? this.#fail(start2, "the time is malformed");
        const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
        const date2 = /* @__PURE__ */ new Date(`${iso}${fraction}Z`);
        if (Number.isNaN(date2.getTime()) || !date2.toISOString().startsWith(iso))
          this.#fail(start2, `the time ${text} does not exist`);
        return date2;
      }
      #byte(what) {
        const byte = this.#bytes[this.#offset];
        if (byte === void 0) this.#fail(this.#offset, `expected a ${what}, found the end`);
        this.#offset++;
        return byte;
      }
      #length() {
        const start2 = this.#offset;
        const first = this.#byte("length");
        if (first < 128) return first;
        const width = first & 127;
        if (width === 0) this.#fail(start2, "indefinite lengths are not allowed");
        if (width > 4) this.#fail(start2, "a length has more than 4 bytes");
        let length = 0;
        for (let i = 0; i < width; i++) length = length * 256 + this.#byte("length");
        if (length < 128 || length < 256 ** (width - 1)) this.#fail(start2, "a length is not minimally encoded");
        return length;
      }
      #fail(offset, problem) {
        fail("DER_INVALID", `${problem}, at byte ${offset}`);
      }
    };
  }
});

// src/core/encoding/hex.ts
function encodeHex(bytes) {
  let text = "";
  for (const byte of bytes) text += pairs[byte];
  return text;
}
function decodeHex(text) {
  if (text.length % 2 !== 0 || foreign2.test(text))
    fail("HEX_INVALID", "the text is not lower-case hexadecimal with an even number of digits");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
var foreign2, pairs;
var init_hex = __esm({
  "src/core/encoding/hex.ts"() {
    "use strict";
    init_errors();
    foreign2 = /[^0-9a-f]/;
    pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
  }
});

// src/core/encoding/json.ts
function parseJson(input, limits = {}) {
  return parserOf(input, limits).document();
}
function parseJsonObject(input, limits = {}) {
  return parserOf(input, limits).objectOfDocument();
}
function parserOf(input, limits) {
  const all = { ...defaults, ...limits };
  const { maxLength: maxLength3 } = all;
  if (input.length > maxLength3)
    fail("LIMIT_EXCEEDED", `the JSON document has ${input.length} bytes; the limit is ${maxLength3}`);
  const text = typeof input === "string" ? input : decodeUtf8(input) ?? fail("JSON_INVALID", "the JSON document is not valid UTF-8");
  return new Parser(text, all);
}
var defaults, maxNames, longText, number, control, escapeSequence, Parser, words;
var init_json = __esm({
  "src/core/encoding/json.ts"() {
    "use strict";
    init_errors();
    init_bytes();
    defaults = { maxLength: 16 * 1024 * 1024, maxDepth: 64, maxValues: 25e4 };
    maxNames = 5e5;
    longText = 64 * 1024;
    number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    control = /[\u0000-\u001f]/;
    escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    Parser = class {
      #text;
      #limits;
      #offset = 0;
      #values = 0;
      #names = 0;
      constructor(text, limits) {
        this.#text = text;
        this.#limits = limits;
      }
      document() {
        const value = this.#value(0);
        this.#end();
        return value;
      }
      objectOfDocument() {
        const isObject = this.#next(0) === "{";
        const object = isObject ? this.#object(0) : void 0;
        if (!isObject) this.#check(0);
        this.#end();
        return object;
      }
      membersOfDocument(names) {
        if (this.#next(0) !== "{") {
          this.#check(0);
          this.#end();
          return void 0;
        }
        const members2 = /* @__PURE__ */ Object.create(null);
        const others = /* @__PURE__ */ new Map();
        this.#members((name) => {
          if (names.has(name)) members2[name] = this.#value(1);
          else others.set(name, this.#check(1));
        });
        this.#end();
        return { members: members2, others };
      }
      #end() {
        this.#skip();
        if (this.#offset !== this.#text.length) this.#fail("unexpected text after the JSON value");
      }
      /** Returns the first character of the next value. */
      #next(depth) {
        this.#skip();
        const next = this.#text[this.#offset];
        const { maxDepth } = this.#limits;
        if (depth === maxDepth && (next === "{" || next === "["))
          fail(
            "LIMIT_EXCEEDED",
            `the JSON document is nested more than ${maxDepth} levels deep, at character ${this.#offset}`
          );
        return next;
      }
      #value(depth) {
        const next = this.#next(depth);
        const { maxValues } = this.#limits;
        if (++this.#values > maxValues)
          fail("LIMIT_EXCEEDED", `the JSON document has more than ${maxValues} values, at character ${this.#offset}`);
        if (next === "{") return this.#object(depth);
        if (next === "[") return this.#array(depth);
        if (next === '"') return this.#string();
        const word = this.#word(next);
        return word === void 0 ? Number(this.#digits()) : word;
      }
      /** Checks a value without building it. */
      #check(depth) {
        const next = this.#next(depth);
        if (next === "{") {
          this.#members(() => this.#check(depth + 1));
          return "object";
        }
        if (next === "[") {
          this.#items(() => this.#check(depth + 1));
          return "array";
        }
        if (next === '"') {
          this.#checkString();
          return "string";
        }
        const word = this.#word(next);
        if (word === void 0) this.#digits();
        return word === void 0 ? "number" : word === null ? "null" : "boolean";
      }
      #word(next) {
        const word = words.get(next);
        if (word === void 0 || !this.#text.startsWith(String(word), this.#offset)) return void 0;
        this.#offset += String(word).length;
        return word;
      }
      #digits() {
        number.lastIndex = this.#offset;
        if (!number.test(this.#text)) this.#fail("expected a JSON value");
        const digits = this.#text.slice(this.#offset, number.lastIndex);
        this.#offset = number.lastIndex;
        return digits;
      }
      #object(depth) {
        const members2 = /* @__PURE__ */ Object.create(null);
        this.#offset++;
        this.#skip();
        if (this.#take("}")) return members2;
        do {
          const name = this.#name();
          if (name in members2) this.#failTwice(name);
          this.#colon();
          members2[name] = this.#value(depth + 1);
          this.#skip();
        } while (this.#take(","));
        if (!this.#take("}")) this.#fail('expected "," or "}" in a JSON object');
        return members2;
      }
      /** Visits the members of an object. Only their names are kept, until its end. */
      #members(member) {
        this.#offset++;
        this.#skip();
        if (this.#take("}")) return;
        let first;
        let names;
        do {
          const name = this.#name();
          if (name === first || names?.has(name)) this.#failTwice(name);
          if (first === void 0) first = name;
          else {
            names ??= /* @__PURE__ */ new Set();
            names.add(name);
            if (++this.#names > maxNames)
              fail(
                "LIMIT_EXCEEDED",
                `the JSON document has objects with more than ${maxNames} members in total, at character ${this.#offset}`
              );
          }
          this.#colon();
          member(name);
          this.#skip();
        } while (this.#take(","));
        if (!this.#take("}")) this.#fail('expected "," or "}" in a JSON object');
        this.#names -= names?.size ?? 0;
      }
      #name() {
        this.#skip();
        if (this.#text[this.#offset] !== '"') this.#fail("expected a member name");
        return this.#string();
      }
      #colon() {
        this.#skip();
        if (!this.#take(":")) this.#fail('expected ":"');
      }
      #failTwice(name) {
        this.#fail(`the JSON member ${JSON.stringify(name.slice(0, 80))} occurs twice`);
      }
      #array(depth) {
        const items = [];
        this.#items(() => items.push(this.#value(depth + 1)));
        return items;
      }
      #items(item) {
        this.#offset++;
        this.#skip();
        if (this.#take("]")) return;
        do {
          item();
          this.#skip();
        } while (this.#take(","));
        if (!this.#take("]")) this.#fail('expected "," or "]" in a JSON array');
      }
      #string() {
        const start2 = this.#offset;
        const contents = this.#contents();
        if (!contents.includes("\\")) return this.#detached(contents);
        try {
          return JSON.parse(`"${contents}"`);
        } catch {
          return this.#failEscape(start2);
        }
      }
      /** Copies a short piece of a long text: engines keep the whole text as long as a piece of it. */
      #detached(piece) {
        const isSmall = this.#text.length > longText && piece.length > 12 && piece.length < this.#text.length / 4;
        return isSmall ? decodeUtf8(utf8(piece)) ?? piece : piece;
      }
      #checkString() {
        const start2 = this.#offset;
        const contents = this.#contents();
        for (let at = contents.indexOf("\\"); at !== -1; at = contents.indexOf("\\", at)) {
          escapeSequence.lastIndex = at;
          if (!escapeSequence.test(contents)) this.#failEscape(start2);
          at = escapeSequence.lastIndex;
        }
      }
      #failEscape(start2) {
        this.#offset = start2;
        this.#fail("invalid escape in a JSON string");
      }
      /** Returns the text between the quotes, as it is written. */
      #contents() {
        const start2 = this.#offset;
        let end = this.#text.indexOf('"', start2 + 1);
        while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
        if (end === -1) this.#fail("unterminated JSON string");
        const contents = this.#text.slice(start2 + 1, end);
        if (control.test(contents)) this.#fail("control character in a JSON string");
        this.#offset = end + 1;
        return contents;
      }
      /** Reports whether the quote at this offset has an odd number of backslashes before it. */
      #escaped(quote2) {
        let offset = quote2;
        while (this.#text[offset - 1] === "\\") offset--;
        return (quote2 - offset) % 2 === 1;
      }
      #skip() {
        for (; ; ) {
          const code = this.#text.charCodeAt(this.#offset);
          if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
          this.#offset++;
        }
      }
      #take(character) {
        if (this.#text[this.#offset] !== character) return false;
        this.#offset++;
        return true;
      }
      #fail(problem) {
        fail("JSON_INVALID", `${problem}, at character ${this.#offset}`);
      }
    };
    words = /* @__PURE__ */ new Map([
      ["t", true],
      ["f", false],
      ["n", null]
    ]);
  }
});

// src/core/encoding/json-reader.ts
function asObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
function asList(value) {
  return Array.isArray(value) ? value : void 0;
}
function asText(value) {
  return typeof value === "string" ? value : void 0;
}
var init_json_reader = __esm({
  "src/core/encoding/json-reader.ts"() {
    "use strict";
  }
});

// src/core/encoding/proto-json.ts
function snakeCase(name) {
  const snake = snakeNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}
function namesOf(shape) {
  const names = shapeNames.get(shape) ?? new Map(Object.keys(shape).flatMap((name) => bothNames(name)));
  shapeNames.set(shape, names);
  return names;
}
function bothNames(name) {
  return [
    [name, name],
    [snakeCase(name), name]
  ];
}
var maxMessages, ProtoField, snakeNames, shapeNames;
var init_proto_json = __esm({
  "src/core/encoding/proto-json.ts"() {
    "use strict";
    init_errors();
    init_base64();
    init_bytes();
    init_json();
    init_json_reader();
    maxMessages = 1024;
    ProtoField = class _ProtoField {
      #value;
      #code;
      path;
      constructor(value, code, path) {
        this.#value = value === null ? void 0 : value;
        this.#code = code;
        this.path = path;
      }
      /** Reads a document. Every error in it, now or later, has this code. */
      static parse(input, code, what, limits) {
        const value = reading(code, what, () => parseJsonObject(input, limits));
        return value === void 0 ? new _ProtoField([], code, what).fail("is not an object") : new _ProtoField(value, code, what);
      }
      get present() {
        return this.#value !== void 0;
      }
      /** Returns a member of this message; an absent one if the message is absent. */
      field(name) {
        const path = `${this.path}.${name}`;
        if (this.#value === void 0) return new _ProtoField(void 0, this.#code, path);
        const members2 = this.#object();
        const snake = snakeCase(name);
        if (snake !== name && name in members2 && snake in members2)
          fail(this.#code, `${path} occurs twice, also as ${snake}`);
        return new _ProtoField(members2[name] ?? members2[snake], this.#code, path);
      }
      /** Returns the items of a repeated field; none if it is absent. */
      list(max) {
        if (this.#value === void 0) return [];
        const items = asList(this.#value) ?? this.fail("is not a list");
        if (items.length > max) fail("LIMIT_EXCEEDED", `${this.path} has ${items.length} items; the limit is ${max}`);
        return items.map((item, index) => {
          if (item === null) fail(this.#code, `${this.path}[${index}] is null`);
          return new _ProtoField(item, this.#code, `${this.path}[${index}]`);
        });
      }
      /** Demands that this message, and each message in it, has no members but those of the shape, by either of their names. */
      demandShape(shape) {
        const value = this.#value;
        if (value === void 0) return;
        if (Array.isArray(value)) {
          for (const item of this.list(maxMessages)) item.demandShape(shape);
          return;
        }
        const members2 = asObject(value);
        if (members2 === void 0) return;
        const names = namesOf(shape);
        for (const written of Object.keys(members2)) {
          const name = names.get(written) ?? this.fail(`has an unknown member ${JSON.stringify(written.slice(0, 80))}`);
          const inner = shape[name];
          if (inner !== void 0 && inner !== true) this.field(name).demandShape(inner);
        }
      }
      /** Returns a string; empty if absent. */
      string() {
        const value = asText(this.#value ?? "") ?? this.fail("is not a string");
        return isWellFormed(value) ? value : this.fail("contains a lone surrogate");
      }
      /** Returns a string that must be present and not empty. */
      text() {
        return this.string() || this.fail("is missing");
      }
      boolean() {
        const value = this.#value ?? false;
        return typeof value === "boolean" ? value : this.fail("is not a boolean");
      }
      /** Returns a non-negative 64-bit integer, written as a string of digits or a safe number; 0 if absent. */
      uint64() {
        const value = this.#value ?? 0;
        if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
        if (typeof value === "string" && /^(?:0|[1-9]\d{0,18})$/.test(value)) {
          const integer2 = BigInt(value);
          if (integer2 < 2n ** 63n) return integer2;
        }
        return this.fail("is not a non-negative 64-bit integer");
      }
      /** Returns a non-negative integer that a number can hold exactly; 0 if absent. */
      safeInteger() {
        const value = Number(this.uint64());
        return Number.isSafeInteger(value) ? value : this.fail("is too large");
      }
      /**
       * Returns bytes, written in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in
       * lines. No signature covers the text; signatures cover the bytes.
       */
      bytes() {
        const written = asText(this.#value ?? "") ?? this.fail("is not a string");
        if (written.length % 4 === 0 && !/[-_\n]/.test(written)) return this.#decoded(written);
        const text = written.replace(/\r?\n/g, "");
        if (/[-_]/.test(text) && /[+/]/.test(text)) this.fail("mixes the standard and the URL-safe base64 alphabet");
        const standard = text.replaceAll("-", "+").replaceAll("_", "/");
        const padding2 = standard.endsWith("=") ? 0 : (4 - standard.length % 4) % 4;
        return this.#decoded(standard + "=".repeat(padding2));
      }
      #decoded(text) {
        return reading(this.#code, this.path, () => decodeBase64(text));
      }
      /** Returns bytes that must be present and not empty. */
      data() {
        const bytes = this.bytes();
        return bytes.length > 0 ? bytes : this.fail("is missing");
      }
      /** Returns an enum value, written as its name or number; `undefined` for one that is not in the table. */
      enum(table) {
        const value = this.#value ?? 0;
        for (const name of Object.keys(table)) if (name === value || table[name] === value) return name;
        return typeof value === "string" || typeof value === "number" ? void 0 : this.fail("is not an enum value");
      }
      /** Returns a point in time (RFC 3339), or `undefined` if absent. */
      time() {
        if (this.#value === void 0) return void 0;
        const text = this.string();
        const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
        const [, local = ""] = shape.exec(text) ?? [];
        const date2 = new Date(text);
        const there = /* @__PURE__ */ new Date(`${local}Z`);
        const exists = !Number.isNaN(date2.getTime()) && !Number.isNaN(there.getTime()) && there.toISOString().startsWith(local);
        return local !== "" && exists ? date2 : this.fail("is not a valid time (RFC 3339)");
      }
      fail(problem) {
        fail(this.#code, `${this.path} ${problem}`);
      }
      #object() {
        return asObject(this.#value) ?? this.fail("is not an object");
      }
    };
    snakeNames = /* @__PURE__ */ new Map();
    shapeNames = /* @__PURE__ */ new WeakMap();
  }
});

// src/core/encoding/index.ts
var init_encoding = __esm({
  "src/core/encoding/index.ts"() {
    "use strict";
    init_base64();
    init_bytes();
    init_der();
    init_hex();
    init_json();
    init_json_reader();
    init_proto_json();
  }
});

// scripts/build/native-sha2.mjs
import { hash } from "node:crypto";
function digest(algorithm, bytes) {
  const { buffer, byteOffset, length } = hash(algorithm, bytes, "buffer");
  return new Uint8Array(buffer, byteOffset, length);
}
var sha256;
var init_native_sha2 = __esm({
  "scripts/build/native-sha2.mjs"() {
    sha256 = (bytes) => digest("sha256", bytes);
  }
});

// src/core/crypto/ecdsa-signature.ts
function readEcdsaSignature(signature, kind) {
  const scalarLength = scalarLengths[kind];
  try {
    return readSequence(signature, (der2) => {
      const scalars = [der2.integerBytes(), der2.integerBytes()].map((scalar) => {
        const digits = scalar[0] === 0 ? scalar.subarray(1) : scalar;
        if ((scalar[0] ?? 128) >= 128 || digits.length > scalarLength)
          fail("DER_INVALID", "a scalar of the signature is out of range");
        return concatBytes(new Uint8Array(scalarLength - digits.length), digits);
      });
      return concatBytes(...scalars);
    });
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
var scalarLengths;
var init_ecdsa_signature = __esm({
  "src/core/crypto/ecdsa-signature.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    scalarLengths = { "ecdsa-p256": 32, "ecdsa-p384": 48, "ecdsa-p521": 66 };
  }
});

// src/monitor/index.ts
init_errors();

// src/core/trust/safe-url.ts
function isSafeUrl({ protocol, hostname }) {
  return protocol === "https:" || protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

// src/core/trust/shown-url.ts
function shownUrl(url) {
  const text = String(url);
  if (!URL.canParse(text)) return text.replace(/^.*@/s, "").replace(/[?#].*$/s, "");
  if (!/[?#@]/.test(text)) return text;
  const { protocol, host, pathname } = new URL(text);
  return host === "" ? protocol : `${protocol}//${host}${pathname}`;
}

// src/core/trust/validity-window.ts
function readValidityWindow(field) {
  const start2 = field.field("start").time() ?? field.field("start").fail("is missing");
  const end = field.field("end").time();
  if (end !== void 0 && end < start2) field.fail("has an end before its start");
  return { start: start2, end };
}

// src/core/crypto/digest.ts
init_native_sha2();
var digestLengths = { sha256: 32, sha384: 48, sha512: 64 };
function isHashAlgorithm(name) {
  return Object.hasOwn(digestLengths, name);
}

// src/core/crypto/public-key.ts
init_encoding();
init_errors();
var ecPublicKey = "1.2.840.10045.2.1";
var ed25519Key = "1.3.101.112";
var rsaEncryption = "1.2.840.113549.1.1.1";
var curves = {
  "1.2.840.10045.3.1.7": { kind: "ecdsa-p256", pointLength: 65 },
  "1.3.132.0.34": { kind: "ecdsa-p384", pointLength: 97 },
  "1.3.132.0.35": { kind: "ecdsa-p521", pointLength: 133 }
};
var rsaBits = { least: 2048, most: 8192 };
function readPublicKey(spki) {
  return reading(
    "KEY_INVALID",
    "the public key",
    () => readSequence(spki, (key) => {
      const algorithm = key.sequence();
      const raw = key.bitString();
      const name = algorithm.oid();
      switch (name) {
        case ecPublicKey:
          return { spki, raw, kind: readCurve(algorithm, raw) };
        case ed25519Key:
          algorithm.end();
          checkEd25519(raw);
          return { spki, raw, kind: "ed25519" };
        case rsaEncryption:
          algorithm.null();
          algorithm.end();
          checkRsa(readRsaNumbers(raw));
          return { spki, raw, kind: "rsa" };
        default:
          return fail("KEY_UNSUPPORTED", `the key type ${name} is not supported`);
      }
    })
  );
}
function readRsaNumbers(raw) {
  return readDer(raw, (reader) => {
    const numbers = reader.sequence();
    const modulus = numbers.unsigned();
    const exponent = numbers.unsigned();
    numbers.end();
    return { modulus, exponent, bits: modulus.toString(2).length };
  });
}
function checkRsa({ exponent, bits }) {
  if (bits < rsaBits.least || bits > rsaBits.most || bits % 8 !== 0)
    fail("KEY_UNSUPPORTED", `RSA keys of ${bits} bits are not supported`);
  if (exponent !== 65537n) fail("KEY_UNSUPPORTED", "the RSA public exponent is not 65537");
}
function checkEd25519(raw) {
  if (raw.length !== 32) fail("KEY_INVALID", `an Ed25519 key must have 32 bytes, not ${raw.length}`);
  if (isSmallOrder(raw)) fail("KEY_INVALID", "the Ed25519 key has small order");
}
var prime = 2n ** 255n - 19n;
var yOfOrder8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
var smallOrders = /* @__PURE__ */ new Set([0n, 1n, prime - 1n, yOfOrder8, prime - yOfOrder8]);
function isSmallOrder(raw) {
  const y = readUint(raw.toReversed()) & 2n ** 255n - 1n;
  return smallOrders.has(y % prime);
}
function readCurve(algorithm, point) {
  const name = algorithm.oid();
  algorithm.end();
  const curve = Object.hasOwn(curves, name) ? curves[name] : void 0;
  if (curve === void 0) fail("KEY_UNSUPPORTED", `the elliptic curve ${name} is not supported`);
  if (point[0] !== 4 || point.length !== curve.pointLength)
    fail("KEY_INVALID", "the elliptic curve point is not in uncompressed form");
  return curve.kind;
}

// src/core/crypto/verify-signature.ts
init_encoding();
init_errors();
init_ecdsa_signature();
var curveNames = { "ecdsa-p256": "P-256", "ecdsa-p384": "P-384", "ecdsa-p521": "P-521" };
var hashNames = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };
var rsaNames = { pkcs1: "RSASSA-PKCS1-v1_5", pss: "RSA-PSS" };
var eitherPadding = ["pkcs1", "pss"];
async function verifySignature(key, signature, message, hash5, paddings = eitherPadding) {
  if (!latestValid.has(key) || message.length > maxRemembered)
    return verifyAnew(key, signature, message, hash5, paddings);
  const latest = latestValid.get(key);
  const use = [hash5, ...paddings].join(" ");
  if (latest?.use === use && equalBytes(latest.signature, signature) && equalBytes(latest.message, message))
    return true;
  const copy = { use, signature: new Uint8Array(signature), message: new Uint8Array(message) };
  const isValid = await verifyAnew(key, copy.signature, copy.message, hash5, paddings);
  if (isValid) latestValid.set(key, copy);
  return isValid;
}
var latestValid = /* @__PURE__ */ new WeakMap();
var maxRemembered = 16 * 1024;
async function verifyAnew(key, signature, message, hash5, paddings) {
  const { kind } = key;
  if (kind === "rsa") return verifyRsa(key, signature, message, hash5, paddings);
  if (kind === "ed25519") {
    const imported2 = await importKey(key, "Ed25519", "raw", "Ed25519");
    return crypto.subtle.verify("Ed25519", imported2, plain(signature), plain(message));
  }
  const name = curveNames[kind];
  const imported = await importKey(key, name, "raw", { name: "ECDSA", namedCurve: name });
  const scalars = readEcdsaSignature(signature, kind);
  if (scalars === void 0) return false;
  return crypto.subtle.verify({ name: "ECDSA", hash: hashNames[hash5] }, imported, scalars, plain(message));
}
async function verifyRsa(key, signature, message, hash5, paddings) {
  for (const padding2 of paddings) {
    const name = rsaNames[padding2];
    const imported = await importKey(key, `${name} ${hash5}`, "spki", { name, hash: hashNames[hash5] });
    const algorithm = { name, saltLength: digestLengths[hash5] };
    if (await crypto.subtle.verify(algorithm, imported, plain(signature), plain(message))) return true;
  }
  return false;
}
var importedKeys = /* @__PURE__ */ new WeakMap();
function importKey(key, use, form, algorithm) {
  const uses = importedKeys.get(key) ?? /* @__PURE__ */ new Map();
  importedKeys.set(key, uses);
  let imported = uses.get(use);
  if (imported === void 0) {
    imported = crypto.subtle.importKey(form, plain(key[form]), algorithm, false, ["verify"]).catch((cause) => {
      throw new CountersignError("KEY_INVALID", "the public key is not valid for its key type", { cause });
    });
    uses.set(use, imported);
  }
  return imported;
}
function plain(bytes) {
  return isPlain(bytes) ? bytes : new Uint8Array(bytes);
}
function isPlain(bytes) {
  return bytes.buffer instanceof ArrayBuffer;
}

// src/core/certificate/certificate.ts
init_encoding();
init_errors();

// src/core/certificate/oids.ts
var oids = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  anyExtendedKeyUsage: "2.5.29.37.0",
  /** RFC 6962, section 3.3 */
  signedCertificateTimestamps: "1.3.6.1.4.1.11129.2.4.2",
  precertificatePoison: "1.3.6.1.4.1.11129.2.4.3",
  /** Marks the CA certificates of Countersign's sandbox, so that they cannot pass for those of another authority. Below the arc for examples. */
  sandboxMarker: "2.999.305821105.408246119"
};

// src/core/certificate/signature-algorithm.ts
init_encoding();
var algorithms = /* @__PURE__ */ new Map([
  ["1.2.840.10045.4.3.2", { kind: "ecdsa", hash: "sha256" }],
  ["1.2.840.10045.4.3.3", { kind: "ecdsa", hash: "sha384" }],
  ["1.2.840.10045.4.3.4", { kind: "ecdsa", hash: "sha512" }],
  ["1.2.840.113549.1.1.1", { kind: "rsa", padding: "pkcs1", hash: void 0 }],
  ["1.2.840.113549.1.1.11", { kind: "rsa", padding: "pkcs1", hash: "sha256" }],
  ["1.2.840.113549.1.1.12", { kind: "rsa", padding: "pkcs1", hash: "sha384" }],
  ["1.2.840.113549.1.1.13", { kind: "rsa", padding: "pkcs1", hash: "sha512" }],
  ["1.3.101.112", { kind: "ed25519" }]
]);
var rsaPss = "1.2.840.113549.1.1.10";
var mgf1 = "1.2.840.113549.1.1.8";
var hashes = /* @__PURE__ */ new Map([
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"]
]);
function readSignatureAlgorithm(der2) {
  return readSequence(der2, (reader) => {
    const oid = reader.oid();
    if (oid === rsaPss) return readPss(reader) ?? unsupported(oid);
    const algorithm = algorithms.get(oid);
    if (algorithm?.kind === "rsa" && reader.nextTag === tags.null) reader.null();
    if (algorithm !== void 0) reader.end();
    while (!reader.done) reader.any();
    return algorithm ?? unsupported(oid);
  });
}
function unsupported(oid) {
  return { kind: "unsupported", oid };
}
function readPss(algorithm) {
  if (algorithm.done) return void 0;
  const parameters = algorithm.sequence();
  const explicit = (number2, read2) => {
    const element = parameters.optional(contextTag(number2, "constructed"));
    return element === void 0 ? void 0 : readDer(element.contents, read2);
  };
  const hash5 = explicit(0, readHash);
  const mask = explicit(1, (reader) => {
    const generator = reader.sequence();
    const oid = generator.oid();
    const ofHash = readHash(generator);
    generator.end();
    return oid === mgf1 ? ofHash : void 0;
  });
  const saltLength = explicit(2, (reader) => reader.unsigned());
  const trailer = explicit(3, (reader) => reader.unsigned());
  parameters.end();
  if (hash5 === void 0 || mask !== hash5 || saltLength !== BigInt(digestLengths[hash5])) return void 0;
  if (trailer !== void 0 && trailer !== 1n) return void 0;
  return { kind: "rsa", padding: "pss", hash: hash5 };
}
function readHash(reader) {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  return hashes.get(oid);
}

// src/core/certificate/subject-alternative-name.ts
init_encoding();
init_errors();
var usernameOid = "1.3.6.1.4.1.57264.1.7";
var maxNames2 = 16;
function readSubjectAlternativeNames(value) {
  return readSequence(value, (der2) => {
    const names = [];
    while (!der2.done) {
      if (names.length === maxNames2)
        fail("LIMIT_EXCEEDED", `the certificate has more than ${maxNames2} subject alternative names`);
      const { tag, contents } = der2.any();
      names.push(readName(tag, contents));
    }
    return names;
  });
}
function readName(tag, contents) {
  if (tag === contextTag(1, "primitive")) return { kind: "email", value: ia5(contents) };
  if (tag === contextTag(6, "primitive")) return { kind: "uri", value: ia5(contents) };
  if (tag === contextTag(0, "constructed")) {
    const other2 = new DerReader(contents);
    if (other2.oid() === usernameOid) {
      const wrapped = other2.element(contextTag(0, "constructed")).contents;
      other2.end();
      return { kind: "username", value: readDer(wrapped, (der2) => der2.utf8String()) };
    }
  }
  return { kind: "unknown", tag };
}
function ia5(contents) {
  if (contents.length === 0 || contents.some((byte) => byte < 32 || byte > 126)) {
    fail("DER_INVALID", `a name (tag ${tags.ia5String}) is not printable ASCII`);
  }
  return decodeUtf8(contents) ?? "";
}

// src/core/certificate/certificate.ts
var maxCertificateLength = 64 * 1024;
var maxExtensions = 64;
function readCertificate(der2, what = "the certificate") {
  if (der2.length > maxCertificateLength)
    fail("LIMIT_EXCEEDED", `${what} has ${der2.length} bytes; the limit is ${maxCertificateLength}`);
  return reading(
    "CERTIFICATE_INVALID",
    what,
    () => readSequence(der2, (certificate2) => {
      const tbs = certificate2.element(tags.sequence);
      const outerAlgorithm = certificate2.element(tags.sequence).der;
      const signature = certificate2.bitString();
      const body = readTbs(tbs);
      if (!equalBytes(body.algorithm, outerAlgorithm))
        fail("CERTIFICATE_INVALID", "the inner and outer signature algorithms differ");
      return {
        der: der2,
        tbs: tbs.der,
        signature,
        signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
        ...body.fields,
        ...readKnownExtensions(body.fields.extensions)
      };
    })
  );
}
function readTbs(tbs) {
  const reader = new DerReader(tbs.contents);
  const version = reader.optional(contextTag(0, "constructed"));
  if (version === void 0 || readDer(version.contents, (der2) => der2.unsigned()) !== 2n) {
    fail("CERTIFICATE_INVALID", "the X.509 version is not 3");
  }
  const serialNumber = reader.integerBytes();
  const algorithm = reader.element(tags.sequence).der;
  const issuer = reader.element(tags.sequence).der;
  const validity = reader.sequence();
  const notBefore = validity.time();
  const notAfter = validity.time();
  validity.end();
  const subject = reader.element(tags.sequence).der;
  const publicKey = readPublicKey(reader.element(tags.sequence).der);
  const extensions = reader.optional(contextTag(3, "constructed"));
  reader.end();
  return {
    algorithm,
    fields: {
      serialNumber,
      issuer,
      subject,
      notBefore,
      notAfter,
      publicKey,
      extensions: readExtensions(extensions?.contents)
    }
  };
}
function readExtensions(list) {
  const extensions = /* @__PURE__ */ new Map();
  if (list === void 0) return extensions;
  const items = new DerReader(readDer(list, (der2) => der2.element(tags.sequence).contents));
  while (!items.done) {
    const extension = items.sequence();
    const oid = extension.oid();
    const critical = extension.nextTag === tags.boolean && (extension.boolean() || fail("DER_INVALID", "a default FALSE is encoded"));
    const value = extension.octetString();
    extension.end();
    if (extensions.has(oid)) fail("CERTIFICATE_INVALID", `the extension ${oid} occurs twice`);
    if (extensions.size === maxExtensions) fail("LIMIT_EXCEEDED", `there are more than ${maxExtensions} extensions`);
    extensions.set(oid, { oid, critical, value });
  }
  return extensions;
}
function readKnownExtensions(extensions) {
  const read2 = (oid, reader) => {
    const extension = extensions.get(oid);
    return extension === void 0 ? void 0 : reading("CERTIFICATE_INVALID", `the extension ${oid}`, () => reader(extension.value));
  };
  return {
    basicConstraints: read2(oids.basicConstraints, readBasicConstraints),
    keyUsage: read2(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read2(oids.extendedKeyUsage, readExtendedKeyUsage),
    subjectAlternativeNames: read2(oids.subjectAlternativeName, readSubjectAlternativeNames) ?? [],
    subjectKeyIdentifier: read2(oids.subjectKeyIdentifier, (value) => readDer(value, (der2) => der2.octetString())),
    authorityKeyIdentifier: read2(oids.authorityKeyIdentifier, readAuthorityKeyIdentifier)
  };
}
function readBasicConstraints(value) {
  return readSequence(value, (der2) => {
    const isAuthority = der2.nextTag === tags.boolean && (der2.boolean() || fail("DER_INVALID", "a default FALSE is encoded"));
    const pathLength = der2.nextTag === tags.integer ? Number(der2.unsigned()) : void 0;
    return { isAuthority, pathLength };
  });
}
function readKeyUsage(value) {
  const bits = readDer(value, (der2) => der2.namedBits());
  const names = [
    [0, "digitalSignature"],
    [5, "keyCertSign"],
    [6, "cRLSign"]
  ];
  return new Set(names.filter(([bit]) => bits.has(bit)).map(([, name]) => name));
}
function readExtendedKeyUsage(value) {
  return readSequence(value, (der2) => {
    const purposes = [];
    while (!der2.done) purposes.push(der2.oid());
    return purposes;
  });
}
function readAuthorityKeyIdentifier(value) {
  return readSequence(value, (der2) => {
    const keyIdentifier = der2.optional(contextTag(0, "primitive"));
    while (!der2.done) der2.any();
    return keyIdentifier?.contents;
  });
}

// src/core/certificate/fulcio-extensions.ts
var fulcioExtensionArcs = {
  issuer: 8,
  buildSignerUri: 9,
  buildSignerDigest: 10,
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  sourceRepositoryIdentifier: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerIdentifier: 17,
  buildConfigUri: 18,
  buildConfigDigest: 19,
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
  deploymentEnvironment: 23,
  tokenSubject: 24
};
var olderFulcioExtensionArcs = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6
};

// src/core/trust/trusted-root.ts
init_encoding();
init_errors();
var mediaTypes = /* @__PURE__ */ new Set([
  "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  "application/vnd.dev.sigstore.trustedroot.v0.1+json",
  "application/vnd.dev.sigstore.trustedroot.v0.2+json"
]);
var keyDetails = {
  PKIX_RSA_PKCS1V5: 3,
  PKIX_RSA_PSS: 4,
  PKIX_ECDSA_P256_SHA_256: 5,
  PKIX_ED25519: 7,
  PKIX_RSA_PKCS1V15_2048_SHA256: 9,
  PKIX_RSA_PKCS1V15_3072_SHA256: 10,
  PKIX_RSA_PKCS1V15_4096_SHA256: 11,
  PKIX_ECDSA_P384_SHA_384: 12,
  PKIX_ECDSA_P521_SHA_512: 13,
  PKIX_RSA_PSS_2048_SHA256: 16,
  PKIX_RSA_PSS_3072_SHA256: 17,
  PKIX_RSA_PSS_4096_SHA256: 18
};
var keyKinds = {
  PKIX_ECDSA_P256_SHA_256: "ecdsa-p256",
  PKIX_ED25519: "ed25519",
  PKIX_ECDSA_P384_SHA_384: "ecdsa-p384",
  PKIX_ECDSA_P521_SHA_512: "ecdsa-p521"
};
var maxLength = 4 * 1024 * 1024;
var maxItems = 64;
function readTrustedRoot(json) {
  const root = ProtoField.parse(json, "TRUSTED_ROOT_INVALID", "trustedRoot", { maxLength });
  const mediaType = root.field("mediaType").text();
  if (!mediaTypes.has(mediaType))
    root.field("mediaType").fail(`is ${JSON.stringify(mediaType)}, which is not a supported trusted root type`);
  return {
    certificateAuthorities: supported(root.field("certificateAuthorities").list(maxItems), readAuthority),
    certificateTransparencyLogs: supported(root.field("ctlogs").list(maxItems), readLog),
    transparencyLogs: supported(root.field("tlogs").list(maxItems), readTransparencyLog),
    timestampAuthorities: supported(root.field("timestampAuthorities").list(maxItems), readAuthority)
  };
}
function readTrustedRoots(json) {
  return splitTrustedRoots(json).map((text) => readTrustedRoot(text));
}
function splitTrustedRoots(json) {
  const text = typeof json === "string" ? json : decodeUtf8(json) ?? fail("TRUSTED_ROOT_INVALID", "the trusted root is not valid UTF-8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const isOneEach = lines.every((line) => line.trim().startsWith("{"));
  if (lines.length <= 1 || !isOneEach) return [text];
  if (lines.length > maxItems)
    fail("LIMIT_EXCEEDED", `the file has ${lines.length} trusted roots; the limit is ${maxItems}`);
  return lines;
}
function supported(items, read2) {
  return items.flatMap((item) => {
    try {
      return [read2(item)];
    } catch (error) {
      if (error instanceof CountersignError && error.code === "KEY_UNSUPPORTED") return [];
      throw error;
    }
  });
}
function readAuthority(authority) {
  const certificates = authority.field("certChain").field("certificates").list(maxItems);
  const [first, ...others] = certificates.map((one) => readCertificate(one.field("rawBytes").data(), one.path));
  return {
    uri: shownUrl(authority.field("uri").string()),
    chain: [first ?? authority.field("certChain").fail("has no certificates"), ...others],
    validFor: readValidityWindow(authority.field("validFor"))
  };
}
function readLog(log) {
  const key = log.field("publicKey");
  return {
    baseUrl: shownUrl(log.field("baseUrl").text()),
    keyId: log.field("logId").field("keyId").data(),
    // Reads the window first: a log without a start is refused whatever its key.
    validFor: readValidityWindow(key.field("validFor")),
    publicKey: readLogKey(key)
  };
}
function readLogKey(field) {
  const details = field.field("keyDetails").enum(keyDetails) ?? fail("KEY_UNSUPPORTED", `${field.path} has an unsupported key type`);
  const key = reading("TRUSTED_ROOT_INVALID", field.path, () => readPublicKey(field.field("rawBytes").data()));
  if (key.kind !== (keyKinds[details] ?? "rsa")) field.fail(`is a key of type ${key.kind}, not ${details}`);
  return key;
}
function readTransparencyLog(field) {
  const log = readLog(field);
  if (!URL.canParse(log.baseUrl)) field.field("baseUrl").fail("is not a URL");
  const { hostname, host } = new URL(log.baseUrl);
  return { ...log, checkpointKey: { names: [hostname, host], keyId: log.keyId, publicKey: log.publicKey } };
}

// src/monitor/entries/claims.ts
function certificatesOf(claims) {
  switch (claims.type) {
    case "certificate":
      return [claims.certificate];
    case "signature":
      return claims.signers.flatMap((signer) => signer.kind === "certificate" ? signer.certificate : []);
    case "unknown":
      return [];
  }
}
var entryLimits = {
  /** Bytes of a certificate. */
  certificate: 64 * 1024,
  extensions: 64,
  names: 64,
  /** UTF-16 code units of a claim or name. */
  text: 4096,
  /** Signatures of an envelope. */
  signatures: 64,
  /** Bytes of the text of a key: a certificate in PEM takes a third more than in DER. */
  key: 96 * 1024,
  problems: 32
};

// src/monitor/entries/certificate-claims.ts
import { hash as hash2 } from "node:crypto";
init_encoding();

// src/monitor/entries/der-cursor.ts
var MalformedDer = class {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
};
var DerCursor = class _DerCursor {
  bytes;
  at;
  end;
  /** The bounds of the contents of the latest element. */
  from = 0;
  to = 0;
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }
  get done() {
    return this.at >= this.end;
  }
  /** Returns the tag of the next element; -1 at the end. */
  get tag() {
    return this.at < this.end ? this.bytes[this.at] ?? -1 : -1;
  }
  /** Reads the next element, which must have this tag. */
  read(tag) {
    if (this.tag !== tag) throw new MalformedDer(`no element with the tag 0x${tag.toString(16)}`);
    return this.any();
  }
  /** Reads the next element, with any tag. */
  any() {
    const { bytes, end } = this;
    let at = this.at + 1;
    if (at >= end) throw new MalformedDer("the data ends too early");
    let length = bytes[at++] ?? 0;
    if (length >= 128) {
      const width = length & 127;
      if (width === 0 || width > 4 || at + width > end) throw new MalformedDer("a length is invalid");
      length = bytes.readUIntBE(at, width);
      at += width;
    }
    if (length > end - at) throw new MalformedDer("a length exceeds the data");
    this.from = at;
    this.to = at + length;
    this.at = this.to;
    return this;
  }
  /** Reads the next element if it has this tag. */
  skip(tag) {
    if (this.tag !== tag) return false;
    this.any();
    return true;
  }
  /** Returns a cursor over the contents of the latest element. */
  inside() {
    return new _DerCursor(this.bytes, this.from, this.to);
  }
  /** Returns the contents of the latest element. */
  contents() {
    return this.bytes.subarray(this.from, this.to);
  }
};

// src/monitor/entries/certificate-claims.ts
var fulcioArc = Buffer.from("2b0601040183bf3001", "hex");
var subjectAlternativeName = Buffer.from("551d11", "hex");
var usernameOid2 = Buffer.from("2b0601040183bf300107", "hex");
var claimOfArc = new Map([
  ...byArc(fulcioExtensionArcs, true),
  ...byArc(olderFulcioExtensionArcs, false),
  ...byArc({ olderIssuer: 1 }, false)
]);
function byArc(arcs, isDer) {
  return Object.entries(arcs).map(([name, arc]) => [arc, { name, isDer }]);
}
var tagOf = {
  version: contextTag(0, "constructed"),
  issuerId: contextTag(1, "primitive"),
  subjectId: contextTag(2, "primitive"),
  extensions: contextTag(3, "constructed"),
  wrapped: contextTag(0, "constructed")
};
var nameKinds = /* @__PURE__ */ new Map([
  [contextTag(1, "primitive"), "email"],
  [contextTag(2, "primitive"), "dns"],
  [contextTag(6, "primitive"), "uri"]
]);
var addressTag = contextTag(7, "primitive");
function readCertificateClaims(der2, part, problems) {
  const reading2 = start(der2, hash2("sha256", der2));
  return read(reading2, part, problems, () => {
    const certificate2 = new DerCursor(der2);
    const body = certificate2.read(tags.sequence).inside();
    readBody(body.read(tags.sequence).inside(), reading2, part, problems);
    body.read(tags.sequence).read(tags.bitString);
    demandEnd(body);
    demandEnd(certificate2);
  });
}
function readTbsClaims(der2, part, problems) {
  const reading2 = start(der2, void 0);
  return read(reading2, part, problems, () => {
    const body = new DerCursor(der2);
    readBody(body.read(tags.sequence).inside(), reading2, part, problems);
    demandEnd(body);
  });
}
function start(der2, certificateHash) {
  return { der: der2, certificateHash, keyHash: void 0, names: [], claims: {}, notBefore: void 0, notAfter: void 0 };
}
function read(reading2, part, problems, work) {
  if (reading2.der.length > entryLimits.certificate) {
    problems.add("LIMIT", part, `${reading2.der.length} bytes; the limit is ${entryLimits.certificate}`);
    return reading2;
  }
  attempt2(problems, part, work);
  const { issuer, olderIssuer } = reading2.claims;
  if (issuer === void 0 && olderIssuer !== void 0) reading2.claims.issuer = olderIssuer;
  else if (issuer !== olderIssuer && olderIssuer !== void 0)
    problems.add("AMBIGUOUS", part, "two different OIDC issuers");
  if (reading2.claims.issuer === olderIssuer) delete reading2.claims.olderIssuer;
  return reading2;
}
function attempt2(problems, part, work) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof MalformedDer)) throw error;
    problems.add("MALFORMED", part, error.reason);
  }
}
function demandEnd(cursor) {
  if (!cursor.done) throw new MalformedDer("unexpected data after the end");
}
function readBody(body, reading2, part, problems) {
  body.skip(tagOf.version);
  body.read(tags.integer).read(tags.sequence).read(tags.sequence);
  const validity = body.read(tags.sequence).inside();
  reading2.notBefore = readTime(validity);
  reading2.notAfter = readTime(validity);
  if (reading2.notBefore === void 0 || reading2.notAfter === void 0)
    problems.add("MALFORMED", part, "a time is invalid");
  body.read(tags.sequence);
  const keyStart = body.at;
  body.read(tags.sequence);
  reading2.keyHash = hash2("sha256", body.bytes.subarray(keyStart, body.at));
  body.skip(tagOf.issuerId);
  body.skip(tagOf.subjectId);
  if (body.skip(tagOf.extensions)) {
    const wrapped = body.inside();
    readExtensions2(wrapped.read(tags.sequence).inside(), reading2, part, problems);
    demandEnd(wrapped);
  }
  demandEnd(body);
}
function readExtensions2(list, reading2, part, problems) {
  const { bytes } = list;
  let seen = 0;
  for (let count = 0; !list.done; count++) {
    if (count === entryLimits.extensions) {
      problems.add("LIMIT", part, `more than ${entryLimits.extensions} extensions`);
      return;
    }
    const extension = list.read(tags.sequence).inside();
    const { from: oid, to: oidEnd } = extension.read(tags.objectIdentifier);
    extension.skip(tags.boolean);
    const { from, to } = extension.read(tags.octetString);
    let number2;
    if (oidEnd - oid === fulcioArc.length + 1 && startsWith(bytes, oid, fulcioArc)) {
      number2 = bytes[oidEnd - 1] ?? 0;
      const claim = claimOfArc.get(number2);
      if (claim === void 0) continue;
      readClaim(new DerCursor(bytes, from, to), claim, reading2, part, problems);
    } else if (oidEnd - oid === subjectAlternativeName.length && startsWith(bytes, oid, subjectAlternativeName)) {
      number2 = 0;
      const where = `the subject alternative names of ${part}`;
      attempt2(problems, where, () => readNames(new DerCursor(bytes, from, to), reading2.names, where, problems));
    } else continue;
    const bit = 1 << number2;
    if ((seen & bit) !== 0) problems.add("AMBIGUOUS", part, "an extension occurs twice");
    seen |= bit;
  }
}
function startsWith(bytes, at, start2) {
  for (let i = 0; i < start2.length; i++) if (bytes[at + i] !== start2[i]) return false;
  return true;
}
function readClaim(value, { name, isDer }, reading2, part, problems) {
  let { at: from, end: to } = value;
  if (isDer) {
    const where = `the claim ${name} of ${part}`;
    let isRead = false;
    attempt2(problems, where, () => {
      ({ from, to } = value.read(tags.utf8String));
      demandEnd(value);
      isRead = true;
    });
    if (!isRead) return;
  }
  reading2.claims[name] ??= textOf(value.bytes, from, to, `the claim ${name} of ${part}`, problems);
}
function readNames(value, names, part, problems) {
  const list = value.read(tags.sequence).inside();
  while (!list.done) {
    if (names.length === entryLimits.names) {
      problems.add("LIMIT", part, `more than ${entryLimits.names} names`);
      return;
    }
    const { tag } = list;
    const start2 = list.at;
    const { bytes, from, to, at } = list.any();
    const kind = nameKinds.get(tag);
    if (kind !== void 0) {
      const text = textOf(bytes, from, to, part, problems);
      if (!/^[\x20-\x7e]+$/.test(text)) problems.add("MALFORMED", part, "a name is not printable ASCII");
      names.push({ kind, value: text });
    } else if (tag === addressTag) names.push({ kind: "ip", value: addressText(bytes.subarray(from, to)) });
    else names.push(usernameOf(list.inside(), tag, part, problems) ?? other(bytes.subarray(start2, at), part, problems));
  }
  demandEnd(value);
}
function usernameOf(name, tag, part, problems) {
  if (tag !== tagOf.wrapped || name.tag !== tags.objectIdentifier) return void 0;
  const oid = name.any().contents();
  if (!oid.equals(usernameOid2)) return void 0;
  const wrapped = name.read(tagOf.wrapped).inside();
  const { bytes, from, to } = wrapped.read(tags.utf8String);
  demandEnd(wrapped);
  demandEnd(name);
  return { kind: "username", value: textOf(bytes, from, to, part, problems) };
}
function other(der2, part, problems) {
  const kept = der2.subarray(0, entryLimits.text / 2);
  if (kept.length < der2.length) problems.add("LIMIT", part, `a name of ${der2.length} bytes`);
  return { kind: "other", value: kept.toString("hex") };
}
function addressText(bytes) {
  return bytes.length === 4 ? bytes.join(".") : bytes.subarray(0, 32).toString("hex");
}
function textOf(bytes, from, to, part, problems) {
  if (to - from > entryLimits.text) {
    problems.add("LIMIT", part, `a text of ${to - from} bytes; the limit is ${entryLimits.text}`);
    return `${bytes.toString("utf8", from, from + entryLimits.text - 4).slice(0, -1)}\u2026`;
  }
  const text = bytes.toString("utf8", from, to);
  if (text.includes("\uFFFD") && !Buffer.from(text).equals(bytes.subarray(from, to)))
    problems.add("MALFORMED", part, "a text is not valid UTF-8");
  return text;
}
function readTime(validity) {
  const { tag } = validity;
  if (tag !== tags.utcTime && tag !== tags.generalizedTime) throw new MalformedDer("a time is missing");
  const { bytes, from, to } = validity.any();
  const yearDigits = tag === tags.utcTime ? 2 : 4;
  if (to - from !== yearDigits + 11 || bytes[to - 1] !== 90) return void 0;
  const digits = (at, count) => {
    let value = 0;
    for (let i = at; i < at + count; i++) value = value * 10 + (bytes[i] ?? 0) - 48;
    return value;
  };
  for (let i = from; i < to - 1; i++) if ((bytes[i] ?? 0) < 48 || (bytes[i] ?? 0) > 57) return void 0;
  const written = digits(from, yearDigits);
  const year = yearDigits === 4 ? written : written < 50 ? 2e3 + written : 1900 + written;
  const rest = from + yearDigits;
  const [month, day, hour] = [digits(rest, 2) - 1, digits(rest + 2, 2), digits(rest + 4, 2)];
  const [minute, second] = [digits(rest + 6, 2), digits(rest + 8, 2)];
  const time = new Date(Date.UTC(year, month, day, hour, minute, second));
  const exists = time.getUTCFullYear() === year && time.getUTCDate() === day && time.getUTCMinutes() === minute;
  return exists ? time : void 0;
}

// src/monitor/entries/certificate-entry.ts
var timestampedEntry = 0;
var entryTypes = { certificate: 0, precertificate: 1 };
var issuerKeyHashLength = 32;
function readCertificateEntry(bytes, problems) {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== timestampedEntry) return malformed(problems);
  const time = new Date(bytes.readUInt32BE(2) * 2 ** 32 + bytes.readUInt32BE(6));
  const type = bytes.readUInt16BE(10);
  const isPrecertificate = type === entryTypes.precertificate;
  if (type !== entryTypes.certificate && !isPrecertificate) {
    problems.add("UNKNOWN_KIND", "the entry", `the type ${type}`);
    return void 0;
  }
  const keyHash = isPrecertificate ? bytes.subarray(12, 12 + issuerKeyHashLength) : void 0;
  const start2 = 12 + (isPrecertificate ? issuerKeyHashLength : 0);
  if (bytes.length < start2 + 3) return malformed(problems);
  const end = start2 + 3 + bytes.readUIntBE(start2, 3);
  if (end + 2 > bytes.length || end + 2 + bytes.readUInt16BE(end) !== bytes.length) return malformed(problems);
  const der2 = bytes.subarray(start2 + 3, end);
  const isTime = !Number.isNaN(time.getTime());
  if (!isTime) problems.add("MALFORMED", "the entry", "the time is invalid");
  return {
    type: "certificate",
    kind: isPrecertificate ? "precertificate" : "certificate",
    certificate: isPrecertificate ? readTbsClaims(der2, "the precertificate", problems) : readCertificateClaims(der2, "the certificate", problems),
    issuerKeyHash: keyHash?.toString("hex"),
    loggedAt: isTime ? time : void 0
  };
}
function malformed(problems) {
  problems.add("MALFORMED", "the entry", "not a leaf of RFC 6962");
  return void 0;
}

// src/monitor/entries/json.ts
function memberOf(value, name) {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? value[name] : void 0;
}
function memberAt2(value, ...path) {
  return path.reduce(memberOf, value);
}
function textIn(value, name) {
  const member = memberOf(value, name);
  return typeof member === "string" ? member : void 0;
}

// src/monitor/entries/problems.ts
init_encoding();

// src/core/log/checkpoint.ts
init_encoding();
init_errors();

// src/core/log/signed-note.ts
init_encoding();
init_errors();
var maxLength2 = 1024 * 1024;
var maxSignatures = 100;
var forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;
var signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;
function readSignedNote(note) {
  if (note.length > maxLength2)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${note.length} characters; the limit is ${maxLength2}`);
  if (forbidden.test(note) || !isWellFormed(note))
    fail("CHECKPOINT_INVALID", "the checkpoint contains control characters");
  const split = note.lastIndexOf("\n\n");
  if (split === -1 || !note.endsWith("\n") || note.length === split + 2)
    fail("CHECKPOINT_INVALID", "the checkpoint has no signatures");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${lines.length} signatures; the limit is ${maxSignatures}`);
  return { text: note.slice(0, split + 1), signatures: [...new Set(lines)].map(readSignatureLine) };
}
function readSignatureLine(line) {
  const [, name = "", encoded = ""] = signatureLine.exec(line) ?? fail("CHECKPOINT_INVALID", "the checkpoint has a malformed signature line");
  const bytes = reading("CHECKPOINT_INVALID", `the checkpoint's signature by ${name}`, () => decodeBase64(encoded));
  if (bytes.length < 5) fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is too short`);
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
function signedBytes(note) {
  return utf8(note.text);
}

// src/core/log/checkpoint.ts
function readCheckpoint(envelope) {
  const note = readSignedNote(envelope);
  const [origin = "", size = "", root = "", ...extensions] = note.text.slice(0, -1).split("\n");
  if (origin === "") fail("CHECKPOINT_INVALID", "the checkpoint has no origin");
  if (!/^(?:0|[1-9]\d{0,18})$/.test(size))
    fail("CHECKPOINT_INVALID", "the second line of the checkpoint is not a tree size");
  const rootHash = reading("CHECKPOINT_INVALID", "the root hash of the checkpoint", () => decodeBase64(root));
  if (rootHash.length !== 32)
    fail("CHECKPOINT_INVALID", `the root hash of the checkpoint has ${rootHash.length} bytes, not 32`);
  if (extensions.includes("")) fail("CHECKPOINT_INVALID", "the checkpoint has an empty line");
  return { origin, size: BigInt(size), rootHash, note };
}
async function verifyCheckpoint(checkpoint, key) {
  const [host = ""] = key.names;
  const name = key.names.find((candidate) => isOriginOf(checkpoint.origin, candidate));
  if (name === void 0) {
    fail(
      "CHECKPOINT_INVALID",
      `the checkpoint's origin is ${JSON.stringify(checkpoint.origin)}; expected ${JSON.stringify(host)}`
    );
  }
  const hint = key.keyId.subarray(0, 4);
  const lines = checkpoint.note.signatures.filter((line) => line.name === name && equalBytes(line.keyHint, hint));
  if (lines.length === 0) fail("CHECKPOINT_INVALID", `the checkpoint is not signed by ${name}`);
  const bytes = signedBytes(checkpoint.note);
  for (const line of lines) {
    if (!await verifySignature(key.publicKey, line.signature, bytes, "sha256", ["pkcs1"])) {
      fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is invalid`);
    }
  }
}
function isOriginOf(origin, name) {
  return origin === name || origin.startsWith(`${name} - `) && /^\d+$/.test(origin.slice(name.length + 3));
}

// src/core/log/compact-range.ts
init_errors();

// src/core/log/merkle.ts
init_native_sha2();
init_encoding();
init_errors();
var leafPrefix = new Uint8Array([0]);
var nodePrefix = new Uint8Array([1]);
function leafHash(entry) {
  return sha256(concatBytes(leafPrefix, entry));
}
function nodeHash(left, right) {
  return sha256(concatBytes(nodePrefix, left, right));
}
function verifyInclusion(leaf, proof, root) {
  const { index, size, hashes: hashes2 } = proof;
  if (index < 0n || index >= size)
    fail("INCLUSION_PROOF_INVALID", `the index ${index} is outside of the tree of size ${size}`);
  const inner = bitLength(index ^ size - 1n);
  const border = onesOf(index >> BigInt(inner));
  if (hashes2.length !== inner + border) {
    fail(
      "INCLUSION_PROOF_INVALID",
      `the proof has ${hashes2.length} hashes; index ${index} in a tree of size ${size} needs ${inner + border}`
    );
  }
  let hash5 = leaf;
  for (const [level, sibling] of hashes2.entries()) {
    if (sibling.length !== 32)
      fail("INCLUSION_PROOF_INVALID", `a hash of the proof has ${sibling.length} bytes, not 32`);
    const isRight = level >= inner || (index >> BigInt(level) & 1n) === 1n;
    hash5 = isRight ? nodeHash(sibling, hash5) : nodeHash(hash5, sibling);
  }
  if (!equalBytes(hash5, root)) fail("INCLUSION_PROOF_INVALID", "the computed root hash does not match the checkpoint");
}
function bitLength(value) {
  return value === 0n ? 0 : value.toString(2).length;
}
function onesOf(value) {
  let ones = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones;
}

// src/core/log/compact-range.ts
var CompactRange = class _CompactRange {
  /** The number of entries. */
  size;
  /** The roots of the perfect subtrees, the largest (and first) one first, 32 bytes each. */
  hashes;
  static empty = new _CompactRange(0, []);
  constructor(size, hashes2) {
    this.size = size;
    this.hashes = hashes2;
  }
  /**
   * Returns the range of these hashes.
   *
   * @throws CountersignError `CHECKPOINT_INVALID` for a size that is not a safe integer, or another number of hashes than it has bits
   */
  static of(size, hashes2) {
    if (!Number.isSafeInteger(size) || size < 0) fail("CHECKPOINT_INVALID", `the tree size ${size} is not supported`);
    if (hashes2.length !== onesOf2(size) || hashes2.some((hash5) => hash5.length !== 32))
      fail("CHECKPOINT_INVALID", `a compact range of ${size} entries has ${onesOf2(size)} hashes of 32 bytes`);
    return new _CompactRange(size, hashes2);
  }
  /** Returns the range with further entries after it. */
  with(leafHashes) {
    const hashes2 = [...this.hashes];
    let size = this.size;
    for (const leaf of leafHashes) {
      let hash5 = leaf;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) hash5 = nodeHash(hashes2.pop() ?? hash5, hash5);
      hashes2.push(hash5);
      size += 1;
    }
    return new _CompactRange(size, hashes2);
  }
  /** Returns the range with a perfect subtree of 2^height further entries after it. The size must be a multiple of 2^height. */
  withSubtree(height, root) {
    const width = 2 ** height;
    if (this.size % width !== 0)
      throw new RangeError(`a subtree of ${width} entries cannot begin at entry ${this.size}`);
    const hashes2 = [...this.hashes];
    let hash5 = root;
    for (let rest = this.size / width; rest % 2 === 1; rest = (rest - 1) / 2)
      hash5 = nodeHash(hashes2.pop() ?? hash5, hash5);
    return new _CompactRange(this.size + width, [...hashes2, hash5]);
  }
  /** Returns the root of the tree; `undefined` if there are no entries, whose root is a hash of nothing (RFC 6962, section 2.1). */
  root() {
    return this.hashes.length === 0 ? void 0 : this.hashes.reduceRight((right, left) => nodeHash(left, right));
  }
};
function onesOf2(size) {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

// src/core/log/consistency.ts
init_native_sha2();
init_encoding();
init_errors();

// src/core/log/leaf-range.ts
function inclusionRanges(index, size) {
  return siblingsOf({ from: index, to: index + 1 }, size).siblings;
}
function consistencyRanges(first, second) {
  if (first === 0 || first === second) return [];
  const { reached, siblings } = siblingsOf({ from: first - 1, to: first }, second, (range) => range.to === first);
  return reached.from === 0 ? siblings : [reached, ...siblings];
}
function siblingsOf(leaf, size, stops = (range) => range.to - range.from === 1) {
  const siblings = [];
  let range = { from: 0, to: size };
  while (!stops(range)) {
    const middle = range.from + largestPowerBelow(range.to - range.from);
    const [left, right] = [
      { from: range.from, to: middle },
      { from: middle, to: range.to }
    ];
    const isLeft = leaf.from < middle;
    siblings.push(isLeft ? right : left);
    range = isLeft ? left : right;
  }
  return { reached: range, siblings: siblings.reverse() };
}
function largestPowerBelow(count) {
  let power = 1;
  while (2 * power < count) power *= 2;
  return power;
}
function subtreesOf({ from, to }) {
  const subtrees = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (at % (2 * width) === 0 && at + 2 * width <= to) {
      level += 1;
      width *= 2;
    }
    subtrees.push({ level, position: at / width });
    at += width;
  }
  return subtrees;
}

// src/core/log/consistency.ts
var emptyRoot = sha256(new Uint8Array());
function rootOfRange(range) {
  return range.root() ?? emptyRoot;
}
function verifyConsistency(earlier, later, proof) {
  const { from, to } = rootsOf(earlier.size, later, proof, earlier.root);
  if (!equalBytes(to, later.root))
    fail("CONSISTENCY_UNPROVEN", `the consistency proof does not lead to the root at size ${later.size}`);
  if (!equalBytes(from, earlier.root))
    fail("CONSISTENCY_UNPROVEN", `the consistency proof does not start from the root at size ${earlier.size}`);
}
function earlierRoot(size, later, proof) {
  if (size > 0 && size < later.size && isPowerOfTwo(size)) return void 0;
  const { from, to } = rootsOf(size, later, proof, size === 0 ? emptyRoot : later.root);
  if (!equalBytes(to, later.root))
    fail("CONSISTENCY_UNPROVEN", `the consistency proof does not lead to the root at size ${later.size}`);
  return from;
}
function rootsOf(first, { size: second, root }, proof, known) {
  if (first > second)
    fail("CONSISTENCY_UNPROVEN", `a tree of size ${second} cannot begin with a tree of size ${first}`);
  const ranges = consistencyRanges(first, second);
  if (proof.length !== ranges.length || proof.some((hash5) => hash5.length !== 32)) {
    fail(
      "CONSISTENCY_UNPROVEN",
      `the consistency proof from size ${first} to ${second} has ${proof.length} hashes; it must have ${ranges.length} hashes of 32 bytes`
    );
  }
  if (first === 0) return { from: emptyRoot, to: root };
  if (first === second) return { from: known, to: known };
  const [start2] = ranges;
  let [from, to] = [known, known];
  for (const [at, range] of ranges.entries()) {
    const hash5 = proof[at] ?? known;
    if (range === start2 && range.to === first) [from, to] = [hash5, hash5];
    else if (range.from < first) [from, to] = [nodeHash(hash5, from), nodeHash(hash5, to)];
    else to = nodeHash(to, hash5);
  }
  return { from, to };
}
function isPowerOfTwo(size) {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

// src/core/log/data-tile.ts
init_encoding();
init_errors();
var leafHeader = new Uint8Array([0, 0]);
var certificate = 0;
var precertificate = 1;
var leafIndex = 0;
function splitDataTile(tile, first, count) {
  const reader = new VectorReader(tile);
  const leaves = Array.from({ length: count }, (_, at) => readLeaf(reader, first + at));
  if (reader.offset !== tile.length)
    fail("SERVICE_RESPONSE_INVALID", `the data tile has ${tile.length - reader.offset} bytes after entry ${count}`);
  return leaves;
}
function readLeaf(reader, index) {
  const start2 = reader.offset;
  reader.skip(8);
  const type = reader.number(2);
  if (type !== certificate && type !== precertificate)
    fail("SERVICE_RESPONSE_INVALID", `entry ${index} of the data tile has the unknown type ${type}`);
  if (type === precertificate) reader.skip(32);
  reader.skip(reader.number(3));
  const extensions = reader.take(reader.number(2));
  const entry = reader.since(start2);
  if (type === precertificate) reader.skip(reader.number(3));
  const fingerprints = reader.number(2);
  if (fingerprints % 32 !== 0)
    fail("SERVICE_RESPONSE_INVALID", `entry ${index} of the data tile has a malformed list of issuers`);
  reader.skip(fingerprints);
  const said = indexIn(extensions);
  if (said !== index)
    fail("ENTRY_ALTERED", `entry ${index} of the log has ${said === void 0 ? "no index" : `the index ${said}`}`);
  return concatBytes(leafHeader, entry);
}
function indexIn(extensions) {
  const reader = new VectorReader(extensions);
  let index;
  while (reader.offset < extensions.length) {
    const type = reader.number(1);
    const data = reader.take(reader.number(2));
    if (type !== leafIndex) continue;
    if (data.length !== 5 || index !== void 0) return void 0;
    index = new VectorReader(data).number(5);
  }
  return index;
}
var VectorReader = class {
  #bytes;
  offset = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  number(width) {
    return this.take(width).reduce((value, byte) => 256 * value + byte, 0);
  }
  take(length) {
    const start2 = this.offset;
    this.skip(length);
    return this.since(start2);
  }
  skip(length) {
    if (this.offset + length > this.#bytes.length)
      fail("SERVICE_RESPONSE_INVALID", "the data tile ends within an entry");
    this.offset += length;
  }
  since(start2) {
    return this.#bytes.subarray(start2, this.offset);
  }
};

// src/core/log/rekor-v2.ts
var hashAlgorithmNames = {
  sha256: "SHA2_256",
  sha384: "SHA2_384",
  sha512: "SHA2_512"
};

// src/core/log/signed-tree-head.ts
init_native_sha2();
init_encoding();
init_errors();
var signatureType = 5;
var latestTime = 8640000000000000n;
function treeHeadNote(name, logId, head) {
  const signature = concatBytes(keyHintOf(name, logId), uintBytes(head.milliseconds, 8), head.signature);
  return `${name}
${head.size}
${encodeBase64(head.root)}

\u2014 ${name} ${encodeBase64(signature)}
`;
}
async function verifyTreeHead(checkpoint, { logId, publicKey }) {
  const { origin, size, rootHash, note } = checkpoint;
  if (note.text.split("\n").length !== 4)
    fail("CHECKPOINT_INVALID", `the checkpoint of ${origin} has extension lines, which its signature does not cover`);
  const hint = keyHintOf(origin, logId);
  const lines = note.signatures.filter((line) => line.name === origin && equalBytes(line.keyHint, hint));
  let time = -1n;
  for (const { signature } of lines) {
    const milliseconds = readUint(signature.subarray(0, 8));
    const signed = concatBytes(
      new Uint8Array([0, 1]),
      // version 1, tree_hash
      uintBytes(milliseconds, 8),
      uintBytes(size, 8),
      rootHash
    );
    const bytes = signatureIn(signature.subarray(8), publicKey);
    if (bytes === void 0 || !await verifySignature(publicKey, bytes, signed, "sha256", ["pkcs1"]))
      fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${origin} is invalid`);
    if (milliseconds > latestTime)
      fail("CHECKPOINT_INVALID", `the time of the checkpoint of ${origin} is out of range`);
    if (milliseconds > time) time = milliseconds;
  }
  if (time === -1n) fail("CHECKPOINT_INVALID", `the checkpoint is not signed by ${origin}`);
  return new Date(Number(time));
}
function keyHintOf(name, logId) {
  return sha256(concatBytes(utf8(`${name}
`), new Uint8Array([signatureType]), logId)).subarray(0, 4);
}
function signatureIn(signed, { kind }) {
  const [hash5, algorithm, high = 0, low = 0] = signed;
  const signature = signed.subarray(4);
  const expected = kind === "rsa" ? 1 : 3;
  return hash5 === 4 && algorithm === expected && signature.length === 256 * high + low ? signature : void 0;
}

// src/core/log/tile.ts
init_errors();
var tileWidth = 256;
var tileHeight = 8;
var hashLength = 32;
function tilePath(level, index, width) {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const name = groups.map((group, at) => at === groups.length - 1 ? group : `x${group}`).join("/");
  return `tile/${level}/${name}${width === tileWidth ? "" : `.p/${width}`}`;
}
function hashesAt(level, size) {
  return Math.floor(size / tileWidth ** level);
}
function edgeTiles(size) {
  const tiles = [];
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const width = hashesAt(level, size) % tileWidth;
    if (width > 0) tiles.unshift({ level, index: Math.floor(hashesAt(level, size) / tileWidth), width });
  }
  return tiles;
}
function rangeOfEdge(size, tiles) {
  const hashes2 = edgeTiles(size).flatMap(({ width }, at) => {
    const tile = tiles[at] ?? new Uint8Array();
    return subtreesOf({ from: 0, to: width }).map(
      ({ level, position }) => subtreeRoot(tile, position * 2 ** level, 2 ** level)
    );
  });
  return CompactRange.of(size, hashes2);
}
function hashIn(tile, at) {
  return tile.subarray(at * hashLength, (at + 1) * hashLength);
}
function subtreeRoot(tile, first = 0, count = tile.length / hashLength) {
  return rootOf(Array.from({ length: count }, (_, at) => hashIn(tile, first + at)));
}
function rootOf(hashes2) {
  let level = hashes2;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      above.push(nodeHash(level[at], level[at + 1]));
    level = above;
  }
  return level[0] ?? fail("TILES_INCONSISTENT", "a tile has no hashes");
}
function splitBundle(bundle, count) {
  const entries = [];
  let at = 0;
  while (entries.length < count) {
    const start2 = at + 2;
    const end = start2 + 256 * (bundle[at] ?? 0) + (bundle[at + 1] ?? 0);
    if (end > bundle.length)
      fail("SERVICE_RESPONSE_INVALID", `the entry bundle ends within entry ${entries.length} of ${count}`);
    entries.push(bundle.subarray(start2, end));
    at = end;
  }
  if (at !== bundle.length)
    fail("SERVICE_RESPONSE_INVALID", `the entry bundle has ${bundle.length - at} bytes after entry ${count}`);
  return entries;
}

// src/monitor/entries/problems.ts
var none = [];
var Problems = class {
  #list;
  add(code, part, reason) {
    this.#list ??= [];
    if (this.#list.length < entryLimits.problems) this.#list.push({ code, part, reason });
  }
  /** Returns the problems. Only an entry that has any is hashed. */
  of(entry) {
    if (this.#list === void 0) return none;
    const hash5 = encodeHex(leafHash(entry));
    return this.#list.map((problem) => ({ ...problem, leafHash: hash5 }));
  }
};

// src/monitor/entries/rekor-entry.ts
init_encoding();

// src/monitor/entries/entry-signer.ts
init_encoding();
import { hash as hash3 } from "node:crypto";
function certificateSigner(der2, part, problems) {
  return {
    kind: "certificate",
    certificate: readCertificateClaims(der2, `the certificate of ${part}`, problems)
  };
}
function keySigner(spki, part, problems) {
  attempt2(problems, `the key of ${part}`, () => {
    if (!new DerCursor(spki).read(tags.sequence).done) throw new MalformedDer("unexpected data after the end");
  });
  return { kind: "public-key", keyHash: hash3("sha256", spki) };
}
function readVerifier(verifier, part, problems) {
  const certificate2 = base64In(memberOf(verifier, "x509Certificate"), "rawBytes", part, problems);
  const key = base64In(memberOf(verifier, "publicKey"), "rawBytes", part, problems);
  if (certificate2 !== void 0 && key !== void 0)
    problems.add("AMBIGUOUS", part, "both a certificate and a public key");
  if (certificate2 !== void 0) return certificateSigner(certificate2, part, problems);
  if (key !== void 0) return keySigner(key, part, problems);
  problems.add("MALFORMED", part, "neither a certificate nor a public key");
  return void 0;
}
function readKeyText(content, part, problems) {
  if (typeof content !== "string" || content === "") {
    problems.add("MALFORMED", part, "no key");
    return void 0;
  }
  if (content.length > entryLimits.key * (4 / 3)) {
    problems.add("LIMIT", part, `a key of ${content.length} characters`);
    return { kind: "other", format: "unknown", keyHash: hash3("sha256", content) };
  }
  const bytes = decoded(content, part, problems);
  const text = bytes.toString("latin1");
  const pem = firstBlock(text);
  if (pem?.label === "CERTIFICATE") return certificateSigner(decodedPem(pem.base64), part, problems);
  if (pem?.label === "PUBLIC KEY") return keySigner(decodedPem(pem.base64), part, problems);
  const format = formatOf(text, pem?.label);
  if (format === "unknown") problems.add("MALFORMED", part, "a key of an unknown format");
  return { kind: "other", format, keyHash: hash3("sha256", bytes) };
}
var begin = "-----BEGIN ";
var dashes = "-----";
function firstBlock(text) {
  const start2 = text.indexOf(begin);
  if (start2 === -1) return void 0;
  const labelEnd = text.indexOf(dashes, start2 + begin.length);
  if (labelEnd === -1) return void 0;
  const label = text.slice(start2 + begin.length, labelEnd);
  const end = text.indexOf(`${dashes}END ${label}${dashes}`, labelEnd);
  return end === -1 ? void 0 : { label, base64: text.slice(labelEnd + dashes.length, end) };
}
function decodedPem(base64) {
  return Buffer.from(base64, "base64");
}
function formatOf(text, label) {
  if (label?.startsWith("PGP ")) return "pgp";
  if (/^(?:ssh-|ecdsa-sha2-|sk-)/.test(text)) return "ssh";
  if (text.startsWith("untrusted comment:") || /^(?:Ed[\s\S]{40}|RW[A-Za-z0-9+/]{54})\s*$/.test(text))
    return "minisign";
  return "unknown";
}
function base64In(object, name, part, problems) {
  const text = textIn(object, name);
  return text === void 0 ? void 0 : decoded(text, part, problems);
}
function decoded(text, part, problems) {
  const bytes = Buffer.from(text, "base64");
  const padding2 = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  if (text.length % 4 !== 0 || text.length / 4 * 3 - padding2 !== bytes.length)
    problems.add("AMBIGUOUS", part, "the base64 is not canonical");
  return bytes;
}

// src/monitor/entries/rekor-entry.ts
var readersV1 = {
  "hashedrekord 0.0.1": (spec, problems) => ({
    signers: keyOf(memberAt2(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt2(spec, "data", "hash"), "signed"])
  }),
  "dsse 0.0.1": (spec, problems) => ({
    signers: signersOf(
      memberOf(spec, "signatures"),
      problems,
      (one, part) => readKeyText(memberOf(one, "verifier"), part, problems)
    ),
    digests: digestsOf(
      problems,
      [memberOf(spec, "payloadHash"), "payload"],
      [memberOf(spec, "envelopeHash"), "envelope"]
    )
  }),
  "intoto 0.0.1": (spec, problems) => ({
    signers: keyOf(memberOf(spec, "publicKey"), problems),
    digests: intotoDigests(spec, problems)
  }),
  "intoto 0.0.2": (spec, problems) => ({
    signers: signersOf(
      memberAt2(spec, "content", "envelope", "signatures"),
      problems,
      (one, part) => readKeyText(memberOf(one, "publicKey"), part, problems)
    ),
    digests: intotoDigests(spec, problems)
  }),
  "rekord 0.0.1": (spec, problems) => ({
    signers: keyOf(memberAt2(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt2(spec, "data", "hash"), "signed"])
  }),
  "alpine 0.0.1": packageReader("package"),
  "rpm 0.0.1": packageReader("package"),
  "helm 0.0.1": packageReader("chart"),
  "jar 0.0.1": (spec, problems) => ({
    signers: keyOf(memberAt2(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt2(spec, "archive", "hash"), "signed"])
  }),
  "cose 0.0.1": (spec, problems) => ({
    signers: keyOf(memberOf(spec, "publicKey"), problems),
    digests: digestsOf(
      problems,
      [memberAt2(spec, "data", "payloadHash"), "payload"],
      [memberAt2(spec, "data", "envelopeHash"), "envelope"]
    )
  }),
  "rfc3161 0.0.1": (spec, problems) => ({ signers: [], digests: timestampDigests(memberOf(spec, "tsr"), problems) }),
  "tuf 0.0.1": (spec) => ({ signers: tufSigners(memberAt2(spec, "metadata", "content", "signatures")), digests: [] })
};
var readersV2 = {
  "hashedrekord 0.0.2": (whole, problems) => {
    const spec = memberOf(whole, "hashedRekordV002");
    return {
      signers: listOf(readVerifier(memberAt2(spec, "signature", "verifier"), "the signature", problems)),
      digests: digestsV2(memberOf(spec, "data"), "signed", problems)
    };
  },
  "dsse 0.0.2": (whole, problems) => {
    const spec = memberOf(whole, "dsseV002");
    return {
      signers: signersOf(
        memberOf(spec, "signatures"),
        problems,
        (one, part) => readVerifier(memberOf(one, "verifier"), part, problems)
      ),
      digests: digestsV2(memberOf(spec, "payloadHash"), "payload", problems)
    };
  }
};
var readers = { "rekor-v1": readersV1, "rekor-v2": readersV2 };
function rekorReader(protocol, kind, version) {
  const table = readers[protocol];
  const name = `${kind} ${version}`;
  return Object.hasOwn(table, name) ? { kind, read: table[name] } : void 0;
}
function packageReader(member) {
  return (spec, problems) => ({
    signers: keyOf(memberAt2(spec, "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt2(spec, member, "hash"), "signed"])
  });
}
function listOf(item) {
  return item === void 0 ? [] : [item];
}
function keyOf(content, problems) {
  return listOf(readKeyText(content, "the signature", problems));
}
function signersOf(list, problems, read2) {
  if (!Array.isArray(list) || list.length === 0) {
    problems.add("MALFORMED", "the entry", "no signatures");
    return [];
  }
  if (list.length > entryLimits.signatures)
    problems.add("LIMIT", "the entry", `${list.length} signatures; the limit is ${entryLimits.signatures}`);
  const signers = [];
  for (let i = 0; i < Math.min(list.length, entryLimits.signatures); i++) {
    const signer = read2(list[i], list.length === 1 ? "the signature" : `signature ${i + 1}`);
    if (signer !== void 0) signers.push(signer);
  }
  return signers;
}
function digestsOf(problems, ...hashes2) {
  const digests = [];
  for (const [hash5, of] of hashes2) {
    const [algorithm, value] = [textIn(hash5, "algorithm"), textIn(hash5, "value")];
    if (algorithm !== void 0 && value !== void 0 && /^[a-z0-9-]{1,32}$/.test(algorithm) && isHex(value)) {
      checkLength(algorithm, value.length / 2, of, problems);
      digests.push({ algorithm, value: value.toLowerCase(), of });
    } else if (hash5 !== void 0)
      problems.add("MALFORMED", `the ${of} digest`, "not an algorithm with hexadecimal digits");
  }
  if (digests.length === 0) problems.add("MALFORMED", "the entry", "no digest");
  return digests;
}
function isHex(text) {
  return text.length <= 256 && /^(?:[0-9a-fA-F]{2})+$/.test(text);
}
function intotoDigests(spec, problems) {
  return digestsOf(
    problems,
    [memberAt2(spec, "content", "payloadHash"), "payload"],
    [memberAt2(spec, "content", "hash"), "envelope"],
    // Rekor named the hash of the payload so in its first versions.
    [memberAt2(spec, "content", "attestationHash"), "payload"]
  );
}
var algorithmsV2 = new Map(
  Object.entries(hashAlgorithmNames).map(([algorithm, name]) => [name, algorithm])
);
function digestsV2(hash5, of, problems) {
  const part = `the ${of} digest`;
  const algorithm = algorithmsV2.get(textIn(hash5, "algorithm") ?? "");
  const bytes = base64In(hash5, "digest", part, problems);
  if (algorithm === void 0 || bytes === void 0 || bytes.length > 128) {
    problems.add("MALFORMED", part, "not a known algorithm with a digest");
    return [];
  }
  checkLength(algorithm, bytes.length, of, problems);
  return [{ algorithm, value: bytes.toString("hex"), of }];
}
function checkLength(algorithm, length, of, problems) {
  if (isHashAlgorithm(algorithm) && digestLengths[algorithm] !== length)
    problems.add("MALFORMED", `the ${of} digest`, `${length} bytes, which is not the length of ${algorithm}`);
}
var imprintAlgorithms = /* @__PURE__ */ new Map([
  ["608648016503040201", "sha256"],
  ["608648016503040202", "sha384"],
  ["608648016503040203", "sha512"]
]);
function timestampDigests(response, problems) {
  const digests = [];
  const part = "the timestamp";
  const der2 = base64In(response, "content", part, problems) ?? Buffer.alloc(0);
  attempt2(problems, part, () => {
    const token = new DerCursor(der2).read(tags.sequence).inside().read(tags.sequence).read(tags.sequence).inside();
    const signedData = token.read(tags.objectIdentifier).read(160).inside().read(tags.sequence).inside();
    const content = signedData.read(tags.integer).read(tags.set).read(tags.sequence).inside();
    const octets = content.read(tags.objectIdentifier).read(160).inside().read(tags.octetString).inside();
    const info = octets.read(tags.sequence).inside();
    const imprint = info.read(tags.integer).read(tags.objectIdentifier).read(tags.sequence).inside();
    const oid = imprint.read(tags.sequence).inside().read(tags.objectIdentifier).contents().toString("hex");
    const value = imprint.read(tags.octetString).contents().toString("hex");
    const algorithm = imprintAlgorithms.get(oid);
    if (algorithm === void 0 || !isHashAlgorithm(algorithm) || !isHex(value))
      problems.add("MALFORMED", part, "an unknown hash algorithm");
    else digests.push({ algorithm, value, of: "signed" });
  });
  return digests;
}
function tufSigners(signatures) {
  if (!Array.isArray(signatures)) return [];
  return signatures.slice(0, entryLimits.signatures).flatMap((one) => {
    const keyHash = textIn(one, "keyid");
    return keyHash !== void 0 && isHex(keyHash) ? [{ kind: "other", format: "tuf", keyHash: keyHash.toLowerCase() }] : [];
  });
}

// src/monitor/entries/read-entry.ts
function readEntry(protocol, bytes) {
  const entry = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problems = new Problems();
  if (protocol === "rekor-v1" || protocol === "rekor-v2") return readRekorEntry(protocol, entry, problems);
  const read2 = readCertificateEntry(entry, problems);
  return read2 === void 0 ? unknown(void 0, void 0, entry, problems) : { ...read2, problems: problems.of(entry) };
}
function readRekorEntry(protocol, entry, problems) {
  const text = entry.toString("utf8");
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    problems.add("MALFORMED", "the entry", "not JSON");
    return unknown(void 0, void 0, entry, problems);
  }
  const [kind, version] = [textIn(body, "kind"), textIn(body, "apiVersion")];
  const reader = kind === void 0 || version === void 0 ? void 0 : rekorReader(protocol, kind, version);
  if (reader === void 0 || version === void 0) {
    problems.add("UNKNOWN_KIND", "the entry", "a kind or version that is not supported");
    return unknown(kind, version, entry, problems);
  }
  if (!isCanonical(body, text)) problems.add("AMBIGUOUS", "the entry", "not canonical JSON");
  const { signers, digests } = reader.read(memberOf(body, "spec"), problems);
  return { type: "signature", kind: reader.kind, version, signers, digests, problems: problems.of(entry) };
}
function isCanonical(body, text) {
  if (text.includes("\uFFFD")) return false;
  try {
    return JSON.stringify(body).length === text.length;
  } catch {
    return false;
  }
}
function unknown(kind, version, entry, problems) {
  const cut = (text) => text?.slice(0, entryLimits.text);
  return { type: "unknown", kind: cut(kind), version: cut(version), problems: problems.of(entry) };
}

// src/monitor/log/altered-entry.ts
var AlteredEntry = class {
  /** The first entry that differs; `undefined` if the bundle cannot be split into entries. */
  entry;
  /** `undefined` for a log that serves entries one by one. */
  bundle;
  constructor(served) {
    this.entry = served.entry;
    this.bundle = served.bundle;
  }
};

// src/monitor/log/monitored-log.ts
function logUrl(url) {
  return url.replace(/\/$/, "");
}
function isCertificateLog(protocol) {
  return protocol === "rfc6962" || protocol === "static-ct";
}

// src/monitor/log-entries.ts
init_encoding();
init_errors();

// src/monitor/position.ts
init_encoding();
init_errors();
function positionOf(range, { origin, note }, { keyId }) {
  return {
    version: 1,
    origin,
    keyId: encodeHex(keyId),
    size: range.size,
    hashes: range.hashes.map(encodeBase64),
    note: new TextDecoder().decode(note)
  };
}
function rangeOf(position) {
  const { version, size, hashes: hashes2 } = position;
  const range = version === 1 && Array.isArray(hashes2) && hashes2.every((hash5) => typeof hash5 === "string") ? attempt(() => CompactRange.of(size, hashes2.map(decodeBase64))) : void 0;
  return range ?? fail("USAGE", "the position in the log is invalid", { remedy: "Use a position that `entries` returned." });
}

// src/monitor/log-entries.ts
var LogEntries = class {
  #reader;
  #start;
  #progress;
  constructor(reader, start2) {
    this.#reader = reader;
    this.#start = start2;
  }
  get log() {
    return this.#reader.log;
  }
  /** The position after the latest entry that the loop has received. `undefined` until an iteration has read a head. */
  get position() {
    if (this.#progress === void 0) return typeof this.#start === "object" ? this.#start : void 0;
    const { before, batch, received, head } = this.#progress;
    const isWhole = batch === void 0 || received === batch.entries.length;
    const range = isWhole ? batch?.range ?? before : before.with(batch.entries.slice(0, received).map(leafHash));
    return positionOf(range, head, this.log);
  }
  /**
   * @throws CountersignError `CONSISTENCY_UNPROVEN` if the log does not begin with the entries before the position; if that is proven, the
   *   `cause` is a {@link Fork}. `USAGE` for a position of another log, and those of the reader
   */
  async *[Symbol.asyncIterator]() {
    const { log } = this.#reader;
    const head = await this.#reader.head();
    let before = await this.#rangeBefore(head);
    this.#progress = { before, batch: void 0, received: 0, head };
    for await (const batch of this.#reader.entries(before, head)) {
      for (const [at, bytes] of batch.entries.entries()) {
        this.#progress = { before, batch, received: at + 1, head };
        yield { index: batch.first + at, bytes, claims: readEntry(log.protocol, bytes) };
      }
      before = batch.range;
    }
  }
  /** Returns the range of the entries before the first one to read, which is proven to be in the tree of the head. */
  async #rangeBefore(head) {
    const { position } = this;
    if (position === void 0) return this.#start === "end" ? this.#reader.rangeOf(head) : CompactRange.empty;
    const range = rangeOf(position);
    const { baseUrl, keyId } = this.log;
    if (position.origin !== head.origin || position.keyId !== encodeHex(keyId))
      fail("USAGE", `the position is one in another log than ${baseUrl} (${head.origin})`);
    if (range.size > head.size)
      fail("CONSISTENCY_UNPROVEN", `the log ${baseUrl} has ${head.size} entries, but ${range.size} were read before`);
    const root = range.root();
    if (root === void 0) return range;
    const comparison = await this.#reader.compare({ size: range.size, root }, head);
    if (comparison.kind === "consistent") return range;
    const message = `the log ${baseUrl} does not begin with the ${range.size} entries that were read before`;
    if (comparison.kind === "unproven") fail("CONSISTENCY_UNPROVEN", `${message}: ${comparison.reason}`);
    const { rootInstead, proof } = comparison;
    const note = new TextDecoder().decode(head.note);
    const cause = { earlier: position, note, rootInstead, proof };
    return fail("CONSISTENCY_UNPROVEN", message, { cause });
  }
};

// src/monitor/monitor.ts
import { randomBytes } from "node:crypto";

// src/services/http/answer.ts
init_encoding();
init_errors();
var maxQuotedLength = 300;
function expectStatus(request, response, ...statuses) {
  if (statuses.includes(response.status)) return response;
  const answer = describeAnswer(request, response);
  if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
    fail("SERVICE_UNAVAILABLE", answer, { remedy: "The service is down or overloaded. Try again later." });
  }
  return fail("SERVICE_REFUSED", answer);
}
function describeAnswer(request, response) {
  const said = quote(request, response);
  return `${request.service} (${request.url.origin}) responded with ${response.status}${said === "" ? "" : `: ${said}`}`;
}
function quote({ quotes }, { body, followsSecret = false }) {
  if (quotes === void 0) return "";
  const mayQuote = quotes === "message" && !followsSecret;
  try {
    const json = parseJson(body, { maxLength: 64 * 1024, maxDepth: 8 });
    return mayQuote ? quotable(messageOf(json)) : knownCode(json);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return mayQuote ? quotable(plainText(body).slice(0, 4096)) : "";
  }
}
var grpcCodes = [
  void 0,
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED"
];
var registryCodes = [
  "BLOB_UNKNOWN",
  "BLOB_UPLOAD_INVALID",
  "BLOB_UPLOAD_UNKNOWN",
  "DENIED",
  "DIGEST_INVALID",
  "MANIFEST_BLOB_UNKNOWN",
  "MANIFEST_INVALID",
  "MANIFEST_UNKNOWN",
  "MANIFEST_UNVERIFIED",
  "NAME_INVALID",
  "NAME_UNKNOWN",
  "RANGE_INVALID",
  "SIZE_INVALID",
  "TAG_INVALID",
  "TOOMANYREQUESTS",
  "UNAUTHORIZED",
  "UNAVAILABLE",
  "UNSUPPORTED"
];
function knownCode(json) {
  const { code, errors } = members(json);
  if (typeof code === "number") return grpcCodes[code] ?? "";
  const first = members(asList(errors)?.[0]);
  return registryCodes.find((known) => known === first.code) ?? "";
}
function messageOf(json) {
  const { message, errors } = members(json);
  const first = members(asList(errors)?.[0]);
  return asText(message) ?? [first.code, first.message].flatMap((text) => asText(text) ?? []).join(": ");
}
function members(json) {
  return asObject(json) ?? {};
}
function plainText(body) {
  const text = (decodeUtf8(body) ?? "").trim();
  return text.startsWith("<") ? "" : text;
}
function quotable(text) {
  return redactSecrets(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").slice(0, maxQuotedLength);
}
function redactSecrets(text) {
  return text.replace(/eyJ[\w-]*(?:\.[\w-]*)*/g, "[token]").replace(/(bearer\s+)\S+/gi, "$1[token]");
}

// src/services/http/back-off.ts
init_encoding();
var base = 1e3;
var cap = 6e4;
var longestAsked = 3e5;
function backOff(attempts, random) {
  const longest = Math.min(cap, base * 2 ** (attempts - 1));
  return Math.floor(Number(readUint(random(4))) / 2 ** 32 * longest);
}
var seconds = /^\d{1,9}$/;
var date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
function retryAfter({ headers }, now) {
  const header = headers["retry-after"];
  if (typeof header !== "string") return 0;
  if (seconds.test(header)) return Math.min(longestAsked, Number(header) * 1e3);
  const wait = date.test(header) ? Date.parse(header) - now.getTime() : 0;
  return Math.min(longestAsked, Math.max(0, wait || 0));
}

// src/services/http/compressed.ts
init_errors();
import { promisify } from "node:util";
var overhead = 1024;
function acceptGzip(maxLength3) {
  return { headers: { "accept-encoding": "gzip, identity" }, maxBodyLength: maxLength3 + overhead };
}
async function uncompressed({ service: service3, url, maxBodyLength }, { headers, body }) {
  const { "content-encoding": encoding = "identity" } = headers;
  if (encoding === "identity") return body;
  const where = `${service3} (${url.origin})`;
  if (encoding !== "gzip") fail("SERVICE_RESPONSE_INVALID", `${where} sent content in an encoding other than gzip`);
  const { gunzip } = await import("node:zlib");
  try {
    return await promisify(gunzip)(body, { maxOutputLength: maxBodyLength });
  } catch (cause) {
    if (systemCode(cause) === "ERR_BUFFER_TOO_LARGE")
      fail("SERVICE_RESPONSE_INVALID", `${where} sent more than ${maxBodyLength} bytes`, { cause });
    return fail("SERVICE_RESPONSE_INVALID", `${where} sent invalid gzip`, { cause });
  }
}

// src/services/http/http.ts
init_errors();
import {
  Agent as PlainAgent,
  request as requestPlain2
} from "node:http";
import { request as requestSecure2, Agent as SecureAgent } from "node:https";

// src/services/http/explain-failure.ts
init_errors();
import { STATUS_CODES } from "node:http";
import { networkInterfaces } from "node:os";

// src/services/http/tunnel.ts
init_errors();
import { request as requestPlain } from "node:http";
import { Agent, request as requestSecure } from "node:https";
var ProxyFailure = class extends Error {
  proxy;
  /** The status that it answered, if it did. */
  status;
  constructor(proxy, status, cause) {
    super(`the proxy ${proxy.url.origin} failed`, { cause });
    this.proxy = proxy;
    this.status = status;
  }
  /** The code of the system's error, if the proxy was not reached. */
  get code() {
    return systemCode(this.cause);
  }
};
var TunnelAgent = class extends Agent {
  #proxy;
  /** The tunnels that are being opened. A proxy may leave any of them without an answer. */
  #opening = /* @__PURE__ */ new Set();
  constructor(proxy, options) {
    super(options);
    this.#proxy = proxy;
  }
  createConnection(options, callback) {
    const done = callback;
    const secure = (socket) => super.createConnection({ ...options, socket });
    this.#open(options).then(
      (socket) => done?.(null, secure(socket)),
      (error) => done?.(error)
    );
  }
  #open({ host, port }) {
    const proxy = this.#proxy;
    const { protocol, hostname, port: proxyPort } = proxy.url;
    const target = `${host?.includes(":") ? `[${host}]` : host}:${port}`;
    const request = (protocol === "https:" ? requestSecure : requestPlain)({
      method: "CONNECT",
      host: hostname.replace(/^\[(.*)\]$/, "$1"),
      port: proxyPort || (protocol === "https:" ? 443 : 80),
      path: target,
      headers: {
        host: target,
        ...proxy.authorization !== void 0 && { "proxy-authorization": proxy.authorization }
      },
      agent: false
    });
    this.#opening.add(request);
    return new Promise((resolve, reject) => {
      request.once("connect", ({ statusCode = 0 }, socket, head) => {
        if (statusCode >= 200 && statusCode < 300) {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new ProxyFailure(proxy, statusCode));
      });
      request.once("error", (cause) => reject(new ProxyFailure(proxy, void 0, cause)));
      request.end();
    }).finally(() => this.#opening.delete(request));
  }
  destroy() {
    for (const request of this.#opening) request.destroy();
    super.destroy();
  }
};

// src/services/http/unknown-name.ts
init_errors();
function checkName(cause) {
  return systemCode(cause) === "ENOTFOUND" ? "The host name could not be resolved. Check its spelling. If this network requires a proxy, set HTTPS_PROXY." : void 0;
}

// src/services/http/explain-failure.ts
var outage = "This is an outage or a network problem, not a problem of your build. Try again later.";
function explainFailure(request, cause, surroundings) {
  if (cause instanceof ProxyFailure) return explainProxy(request, cause, surroundings);
  const code = systemCode(cause);
  if (code === void 0) return void 0;
  const { service: service3, url } = request;
  const message = `${service3} (${url.origin}) cannot be reached${through(surroundings.proxy)}: ${code}`;
  const remedy = tlsRemedy(code, url.hostname, surroundings);
  if (remedy !== void 0) return new CountersignError("SERVICE_UNAVAILABLE", message, { cause, remedy });
  if (isOffline(code))
    return new CountersignError("NETWORK_UNAVAILABLE", message, {
      cause,
      remedy: "Check the network connection of this machine."
    });
  return new CountersignError("SERVICE_UNAVAILABLE", message, {
    cause,
    remedy: checkName(cause) ?? (surroundings.proxy === void 0 ? outage : behindProxy(surroundings.proxy))
  });
}
function through(proxy) {
  return proxy === void 0 ? "" : ` through the proxy ${proxy.url.origin}`;
}
function behindProxy({ variable }) {
  return `Check that the proxy (${variable}) allows connections to this host, or add the host to NO_PROXY. If the proxy allows them, try again later.`;
}
var passing = /* @__PURE__ */ new Set([408, 425, 429, 500, 502, 503, 504]);
function explainProxy({ service: service3, url }, failure, { environment, now }) {
  const { proxy, status, code } = failure;
  const { origin, hostname } = proxy.url;
  const target = `${url.hostname}:${url.port || 443}`;
  const named = `${service3} (${url.origin}) cannot be reached: the proxy ${origin} (${proxy.variable})`;
  if (status !== void 0) {
    const reason = STATUS_CODES[status] === void 0 ? "" : ` (${STATUS_CODES[status]})`;
    const remedy = status === 407 ? authenticate(proxy) : passing.has(status) ? `The proxy cannot connect to ${target}. Try again later. If the problem persists, ask the operator of the proxy.` : `Ask the operator of the proxy to allow connections to ${target}. If the host can be reached directly, add it to NO_PROXY.`;
    return new CountersignError(
      passing.has(status) ? "SERVICE_UNAVAILABLE" : "SERVICE_REFUSED",
      `${named} responded with ${status}${reason}`,
      { cause: failure, remedy }
    );
  }
  const message = `${named} cannot be reached: ${code ?? "unknown error"}`;
  const tls = code === void 0 ? void 0 : tlsRemedy(code, hostname, { environment, now });
  if (tls !== void 0) return new CountersignError("SERVICE_UNAVAILABLE", message, { cause: failure, remedy: tls });
  if (code === "ENOTFOUND")
    return new CountersignError("SERVICE_REFUSED", message, {
      cause: failure,
      remedy: `The host name of the proxy could not be resolved. Check the value of ${proxy.variable}.`
    });
  if (code !== void 0 && isOffline(code))
    return new CountersignError("NETWORK_UNAVAILABLE", message, {
      cause: failure,
      remedy: "Check the network connection of this machine."
    });
  return new CountersignError("SERVICE_UNAVAILABLE", message, {
    cause: failure,
    remedy: `Check the host and port in ${proxy.variable}, and that the proxy is running.`
  });
}
function authenticate({ variable, authorization }) {
  const how = "http://USER:PASSWORD@HOST:PORT, read from a secret";
  return authorization === void 0 ? `The proxy requires a user name and a password. Set ${variable} to ${how}.` : `The proxy rejected the user name and password in ${variable}. Check them; the form is ${how}. Only basic authentication is supported.`;
}
var unknownAuthority = /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/;
var foreignVariables = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO"];
function tlsRemedy(code, host, { environment, now }) {
  if (code === "CERT_NOT_YET_VALID" || code === "CERT_HAS_EXPIRED")
    return `Check the clock of this machine; it shows ${now.toISOString()}. If the clock is right, the certificate of ${host} must be renewed.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `The server's certificate is not for ${host}. Another server may be answering, such as a proxy or the login page of the network.`;
  if (!unknownAuthority.test(code)) return void 0;
  const { NODE_EXTRA_CA_CERTS: given } = environment;
  const foreign3 = foreignVariables.filter((name) => environment[name]);
  return [
    `Node.js does not trust the CA that issued the certificate of ${host}. If a proxy inspects TLS in this network, this is probably the CA of the company.`,
    given ? `NODE_EXTRA_CA_CERTS is set to ${given}. Check that this file exists and contains the certificate of the CA (PEM).` : "Set NODE_EXTRA_CA_CERTS to the path of a PEM file with the certificate of the CA, in the environment of the process.",
    ...foreign3.length === 0 ? [] : [`Node.js does not read ${foreign3.join(" and ")}.`]
  ].join(" ");
}
function isOffline(code) {
  if (/^(?:ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EAI_AGAIN)$/.test(code)) return true;
  const hasNetwork = Object.values(networkInterfaces()).some(
    (addresses) => addresses?.some(({ internal }) => !internal)
  );
  return /^(?:ENOTFOUND|EHOSTUNREACH)$/.test(code) && !hasNetwork;
}

// src/services/http/proxy.ts
init_errors();
import { BlockList as BlockList2, isIP as isIP2 } from "node:net";

// src/services/http/public-address.ts
init_errors();
import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP } from "node:net";
var special = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20]
];
var specialNetworks = listOf2(special);
var globalUnicast = listOf2([["2000::", 3]]);
var embedding = listOf2([
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96]
]);
var loopback = listOf2([
  ["127.0.0.0", 8],
  ["::1", 128]
]);
function listOf2(networks) {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, isIP(network) === 6 ? "ipv6" : "ipv4");
  return list;
}
function isPublicAddress(address) {
  if (isIP(address) === 4) return !specialNetworks.check(address);
  if (isIP(address) !== 6 || address.includes("%")) return false;
  if (embedding.check(address, "ipv6")) return isPublicAddress(embeddedAddress(address));
  return globalUnicast.check(address, "ipv6") && !specialNetworks.check(address, "ipv6");
}
function embeddedAddress(address) {
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(":");
  return groups.slice(-2).map((group) => Number.parseInt(group === "" ? "0" : group, 16)).flatMap((group) => [group >> 8, group & 255]).join(".");
}
function isLoopbackHost({ hostname }) {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) === 0) return host === "localhost";
  return loopback.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}
function demandPublicHost(url, service3) {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(service3, url.host, host);
}
function notPublic(service3, name, address) {
  const remedy = "Use a host with a public address.";
  return new CountersignError("USAGE", `${service3} (${name}) is at ${address}, which is not a public address`, {
    remedy
  });
}
function publicLookup(service3, resolve = systemLookup) {
  return (name, options, callback) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [], 0);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (refused !== void 0) return callback(notPublic(service3, name, refused.address), [], 0);
      if (options.all === true) return callback(null, addresses);
      return first === void 0 ? callback(new Error(`no address of ${name}`), [], 0) : callback(null, first.address, first.family);
    });
  };
}

// src/services/http/proxy.ts
function proxyFor(url, environment) {
  if (url.protocol !== "https:") return void 0;
  const variable = ["https_proxy", "HTTPS_PROXY"].find((name) => environment[name]?.trim());
  if (variable === void 0 || goesDirect(url, environment)) return void 0;
  return readProxy(variable, environment[variable]?.trim() ?? "");
}
var proxyForm = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:(.*)@)?([^@/?#\s]+)\/*$/is;
function readProxy(variable, text) {
  const [, scheme = "http", account, host = ""] = proxyForm.exec(text) ?? [];
  const kind = scheme.toLowerCase();
  if (kind !== "http" && kind !== "https")
    fail("USAGE", `${variable} specifies a ${kind} proxy, which is not supported`, {
      remedy: "Only http and https proxies are supported. Set it to http://HOST:PORT."
    });
  const address = `${kind}://${host}`;
  if (host === "" || !URL.canParse(address))
    fail("USAGE", `${variable} is not a valid proxy URL`, { remedy: "Set it to http://HOST:PORT, or unset it." });
  const credentials = account === void 0 ? void 0 : decodeAccount(account);
  return {
    variable,
    url: new URL(address),
    authorization: credentials && `Basic ${Buffer.from(credentials).toString("base64")}`
  };
}
function decodeAccount(account) {
  const [user = "", ...password] = account.split(":");
  return [user, password.join(":")].map(decodeLeniently).join(":");
}
function decodeLeniently(text) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
function goesDirect(url, environment) {
  const host = bare(url.hostname);
  if (host.endsWith(".localhost") || isLoopbackHost({ hostname: host })) return true;
  const listed = (environment.no_proxy || environment.NO_PROXY || "").split(/[\s,]+/).filter((entry) => entry !== "");
  return listed.some((entry) => entry === "*" || matchesEntry(entry.toLowerCase(), host, url.port || "443"));
}
function bare(host) {
  return host.toLowerCase().replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
function matchesEntry(entry, host, port) {
  if (entry.includes("/")) return isIn(host, entry);
  const [, name = entry, entryPort] = isIP2(entry) === 6 ? [] : /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== void 0 && entryPort !== port) return false;
  const listed = bare(name);
  if (isIP2(listed) !== 0) return isIn(host, `${listed}/${isIP2(listed) === 6 ? 128 : 32}`);
  if (isIP2(host) !== 0) return false;
  if (/^\*?\./.test(listed)) return host.endsWith(listed.replace(/^\*/, ""));
  return listed !== "" && (host === listed || host.endsWith(`.${listed}`));
}
function isIn(host, network) {
  const [, address = "", bits = ""] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(network) ?? [];
  const family = isIP2(address);
  if (isIP2(host) === 0 || family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList2();
  list.addSubnet(address, Number(bits), family === 6 ? "ipv6" : "ipv4");
  return list.check(host, isIP2(host) === 6 ? "ipv6" : "ipv4");
}

// src/services/http/http.ts
function openHttp(userAgent, cancellation, system = {}) {
  const { environment = process.env, clock = () => /* @__PURE__ */ new Date(), addresses = "any", resolve } = system;
  const clients = /* @__PURE__ */ new Map();
  const pending = /* @__PURE__ */ new Set();
  const cancel = () => {
    for (const controller of pending) controller.abort(cancellation?.reason);
  };
  cancellation?.addEventListener("abort", cancel, { once: true });
  return {
    send: async (request) => {
      var _stack = [];
      try {
        const { origin } = request.url;
        const options = addresses === "public" ? publicOptions(request, resolve) : {};
        const client = clients.get(origin) ?? openOrigin(request.url, userAgent, environment, options);
        clients.set(origin, client);
        const deadline = __using(_stack, abortAfter(request.timeoutMilliseconds, pending));
        return await send(client, request, deadline, cancellation, { environment, clock });
      } catch (_) {
        var _error = _, _hasError = true;
      } finally {
        __callDispose(_stack, _error, _hasError);
      }
    },
    [Symbol.dispose]: () => {
      cancellation?.removeEventListener("abort", cancel);
      for (const client of clients.values()) client.dispose();
    }
  };
}
async function send(client, request, deadline, cancellation, { environment, clock }) {
  const { signal } = deadline;
  try {
    cancellation?.throwIfAborted();
    const message = await client.send(request, deadline);
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      body: await readBody2(message, request, signal),
      followsSecret: client.wasSentSecret
    };
  } catch (cause) {
    if (cancellation?.aborted) fail("CANCELLED", `cancelled while waiting for ${request.service}`, { cause });
    const { proxy } = client;
    if (signal.aborted) {
      const { timeoutMilliseconds: timeoutMilliseconds4, stallMilliseconds = 0 } = request;
      const problem = signal.reason === stalled ? `neither took nor sent anything for ${stallMilliseconds / 1e3} s` : `did not respond within ${timeoutMilliseconds4 / 1e3} s`;
      const through2 = proxy === void 0 ? "" : ` through the proxy ${proxy.url.origin}`;
      fail("SERVICE_UNAVAILABLE", `${request.service} (${request.url.origin})${through2} ${problem}`, {
        cause,
        remedy: outage
      });
    }
    throw explainFailure(request, cause, { proxy, environment, now: clock() }) ?? cause;
  }
}
var stalled = new DOMException("The operation was aborted because nothing was sent or received", "TimeoutError");
function abortAfter(milliseconds, pending) {
  const controller = new AbortController();
  const timeout = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  const timer = setTimeout(timeout, milliseconds).unref();
  pending.add(controller);
  return {
    signal: controller.signal,
    stall: () => controller.abort(stalled),
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      pending.delete(controller);
    }
  };
}
async function sendStream(request, { length, open }) {
  let sent = 0;
  for await (const bytes of open()) {
    if (request.destroyed) return;
    sent += bytes.length;
    if (sent > length) break;
    await new Promise((resolve, reject) => {
      const closed = () => reject(new Error("the connection was closed"));
      request.once("close", closed);
      request.write(bytes, (error) => {
        request.off("close", closed);
        if (error) reject(error);
        else resolve();
      });
    });
  }
  if (sent !== length) fail("SUBJECT_CHANGED", `the content to send has another length than ${length} bytes`);
  request.end();
}
var maxErrorLength = 64 * 1024;
async function readBody2(message, { service: service3, url, maxBodyLength, sink }, signal) {
  const limit = (message.statusCode ?? 0) < 400 ? maxBodyLength : Math.max(maxBodyLength, maxErrorLength);
  const taken = message.statusCode === 200 ? sink : void 0;
  const body = new Body(taken === void 0 ? Math.min(statedLength(message), limit) : 0);
  taken?.begin();
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > limit) {
      message.destroy();
      fail("SERVICE_RESPONSE_INVALID", `${service3} (${url.origin}) sent more than ${limit} bytes`);
    }
    if (taken === void 0) body.add(chunk);
    else await taken.take(chunk);
  }
  signal.throwIfAborted();
  return body.bytes();
}
var maxAllocated = 4 * 1024 * 1024;
function statedLength({ headers }) {
  const stated = headers["content-length"] ?? "";
  return /^\d{1,12}$/.test(stated) ? Math.min(Number(stated), maxAllocated) : 0;
}
var Body = class {
  #buffer;
  length = 0;
  constructor(expected) {
    this.#buffer = new Uint8Array(expected);
  }
  add(chunk) {
    const end = this.length + chunk.length;
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.length));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.length);
    this.length = end;
  }
  /** Returns the body, in a buffer of its own length. */
  bytes() {
    return this.length === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.length);
  }
};
function publicOptions({ url, service: service3 }, resolve) {
  if (isLoopbackHost(url)) return {};
  demandPublicHost(url, service3);
  return { lookup: publicLookup(service3, resolve) };
}
var maxHeaderSize = 33 * 1024;
var staleCodes = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE"]);
function openOrigin(url, userAgent, environment, shared) {
  const proxy = proxyFor(url, environment);
  const openAgent = (keepAlive) => {
    const options = { ...shared, keepAlive };
    if (url.protocol !== "https:") return new PlainAgent(options);
    return proxy === void 0 ? new SecureAgent(options) : new TunnelAgent(proxy, options);
  };
  return new OriginClient(userAgent, openAgent, proxy);
}
var OriginClient = class {
  #userAgent;
  #openAgent;
  #agent;
  /** The agents of requests that are sent once. */
  #others = /* @__PURE__ */ new Set();
  #answered = false;
  proxy;
  /** True if a request was sent whose response must not be quoted. */
  wasSentSecret = false;
  constructor(userAgent, openAgent, proxy) {
    this.#userAgent = userAgent;
    this.#openAgent = openAgent;
    this.#agent = openAgent(true);
    this.proxy = proxy;
  }
  /**
   * Sends a request. A server may close a connection that it kept alive just as the next request is written to it (RFC 9112,
   * section 9.3.1): that is no outage, and the request is sent once more, on a new connection, unless it must be sent once.
   */
  async send(request, deadline) {
    if (request.quotes !== "message") this.wasSentSecret = true;
    if (request.once === true) {
      const agent = this.#openAgent(false);
      this.#others.add(agent);
      return this.#attempt(request, deadline, agent);
    }
    try {
      return await this.#attempt(request, deadline);
    } catch (error) {
      const mayBeStale = this.#answered && !deadline.signal.aborted && staleCodes.has(systemCode(error));
      if (!mayBeStale) throw error;
      return this.#attempt(request, deadline);
    }
  }
  #attempt({ method, url, headers, body, stallMilliseconds }, { signal, stall }, agent = this.#agent) {
    const streamed = typeof body === "object" && !(body instanceof Uint8Array) ? body : void 0;
    return new Promise((resolve, reject) => {
      const request = (url.protocol === "https:" ? requestSecure2 : requestPlain2)(
        {
          method,
          // URL keeps the brackets of an IPv6 address, node:http wants it without.
          host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
          port: url.port || (url.protocol === "https:" ? 443 : 80),
          path: `${url.pathname}${url.search}`,
          headers: {
            ...headers,
            ...streamed && { "content-length": String(streamed.length) },
            "user-agent": this.#userAgent
          },
          agent,
          signal,
          maxHeaderSize
        },
        (message) => {
          this.#answered = true;
          resolve(message);
        }
      );
      request.on("error", reject);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      if (stallMilliseconds !== void 0) request.setTimeout(stallMilliseconds, stall);
      if (streamed === void 0) request.end(body);
      else sendStream(request, streamed).catch((error) => request.destroy(error));
    });
  }
  dispose() {
    for (const agent of [this.#agent, ...this.#others]) agent.destroy();
  }
};

// src/services/http/outage-clock.ts
var OutageClock = class {
  #clock;
  /** For each service that is out, the requests that wait for it. */
  #waiting = /* @__PURE__ */ new Map();
  #since = 0;
  #spent = 0;
  constructor(clock) {
    this.#clock = clock;
  }
  /** Milliseconds spent so far. */
  get spent() {
    return this.#spent + (this.#waiting.size > 0 ? this.#now() - this.#since : 0);
  }
  /** A request failed and may be sent again: its service is out. */
  failed(service3, request) {
    if (this.#waiting.size === 0) this.#since = this.#now();
    const requests2 = this.#waiting.get(service3) ?? /* @__PURE__ */ new Set();
    this.#waiting.set(service3, requests2.add(request));
  }
  /** A service answered: its outage is over for all who wait. */
  recovered(service3) {
    if (!this.#waiting.has(service3)) return;
    const spent = this.spent;
    this.#waiting.delete(service3);
    this.#settle(spent);
  }
  /** Records that a request is not sent again. If no other request waits for the service, its time stops counting. */
  gaveUp(service3, request) {
    const requests2 = this.#waiting.get(service3);
    requests2?.delete(request);
    if (requests2?.size === 0) this.recovered(service3);
  }
  #settle(spent) {
    if (this.#waiting.size === 0) this.#spent = spent;
  }
  #now() {
    return this.#clock().getTime();
  }
};

// src/services/http/rate.ts
function atMost(perSecond, http, clock, sleep2) {
  let next = 0;
  const now = () => clock().getTime();
  return async (request) => {
    for (let wait = next - now(); wait > 0; wait = next - now()) await sleep2(wait);
    next = now() + 1e3 / perSecond;
    return http({
      ...request,
      onOutage: (askedToWait) => {
        next = Math.max(next, now() + askedToWait);
        request.onOutage?.(askedToWait);
      }
    });
  };
}

// src/services/http/retry.ts
init_errors();

// src/services/http/service-outage.ts
init_errors();
var ServiceOutage = class extends CountersignError {
};

// src/services/http/retry.ts
var transientStatuses = /* @__PURE__ */ new Set([408, 425, 429, 500, 502, 503, 504]);
var maxPassing = 5;
var permanentCode = /^(?:HPE_|ERR_(?!STREAM_)|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_)/;
function withRetries(http, options) {
  const { outages = new OutageClock(options.clock) } = options;
  return async (request) => {
    const self = Symbol(request.service);
    try {
      return await sendUntilAnswered(http, request, options, outages, self);
    } finally {
      outages.gaveUp(request.url.origin, self);
    }
  };
}
async function sendUntilAnswered(http, request, options, outages, self) {
  const { clock } = options;
  const { service: service3, url } = request;
  let firstFailure;
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt3(http, request);
    if ("response" in outcome) {
      outages.recovered(url.origin);
      return outcome.response;
    }
    const { answer } = outcome;
    if (outcome.isOutage) request.onOutage?.(outcome.askedToWait(clock()));
    if (answer !== void 0 && attempts >= maxPassing) return answer;
    outages.failed(url.origin, self);
    const now = clock();
    firstFailure ??= now;
    const pause = backOff(attempts, options.random) / (answer === void 0 ? 1 : 4);
    const wait = Math.max(outcome.askedToWait(now), Math.floor(pause));
    const stop = request.once ? sentOnce : isTooLate(request, new Date(now.getTime() + wait)) ? tooLate(request) : overBudget(options.budget, outages.spent, wait);
    if (stop !== void 0 && answer !== void 0) return answer;
    if (stop !== void 0) giveUp(request, outcome, attempts, now.getTime() - firstFailure.getTime(), stop);
    options.onRetry?.({ service: service3, origin: url.origin, attempt: attempts, wait, reason: outcome.reason });
    await waitFor(wait, request, options);
    if (isTooLate(request, clock())) {
      giveUp(request, outcome, attempts, clock().getTime() - firstFailure.getTime(), tooLate(request));
    }
  }
}
async function attempt3(http, request) {
  try {
    const response = await http(request);
    const isOutage = transientStatuses.has(response.status) && !request.final?.includes(response.status);
    const mayPass = request.mayPass?.includes(response.status) === true;
    if (!isOutage && !mayPass && !request.notYet?.includes(response.status)) return { response };
    return {
      reason: describeAnswer(request, response),
      cause: void 0,
      isOutage,
      isDown: isOutage && response.status >= 500,
      ...mayPass && { answer: response },
      askedToWait: (now) => retryAfter(response, now)
    };
  } catch (error) {
    if (!isTransient(error)) throw error;
    const name = checkName(error.cause);
    const isOutage = error.code === "SERVICE_UNAVAILABLE" && !(error.cause instanceof ProxyFailure) && name === void 0;
    return {
      reason: error.message,
      cause: error,
      isOutage,
      isDown: isOutage,
      remedy: name ?? (error.remedy === outage ? void 0 : error.remedy),
      askedToWait: () => 0
    };
  }
}
function isTransient(error) {
  if (!(error instanceof CountersignError)) return false;
  if (error.code !== "SERVICE_UNAVAILABLE" && error.code !== "NETWORK_UNAVAILABLE") return false;
  const code = systemCode(error.cause);
  return !(code !== void 0 && permanentCode.test(code));
}
var sentOnce = { why: "this request is not repeated", remedy: "Run again later." };
function overBudget(budget, spent, wait) {
  const left = budget - spent;
  if (left > 0 && wait <= left) return void 0;
  return {
    why: budget === 0 ? "retries are disabled" : `the retry budget of ${inSeconds(budget)} allows no further attempt`,
    remedy: "To wait longer, increase `retry-budget`.",
    isBudget: true
  };
}
function isTooLate({ usefulUntil: end }, time) {
  return end !== void 0 && time > end;
}
function tooLate({ usefulUntil: end }) {
  return {
    why: `a response would only be usable until ${end?.toISOString()}`,
    remedy: "Try again later."
  };
}
async function waitFor(wait, { service: service3 }, { sleep: sleep2, cancellation }) {
  const cancelled = (cause) => fail("CANCELLED", `cancelled while waiting to retry ${service3}`, { cause });
  if (cancellation?.aborted) cancelled(cancellation.reason);
  try {
    await sleep2(wait, cancellation);
  } catch (cause) {
    if (cancellation?.aborted) cancelled(cause);
    throw cause;
  }
}
function giveUp({ url }, last, attempts, elapsed, stop) {
  const tried = attempts === 1 ? "once" : `${attempts} times in ${inSeconds(elapsed)}`;
  const status = last.isOutage && isPublicGood(url) ? "https://status.sigstore.dev shows the state of the public-good instance." : void 0;
  const remedy = [last.remedy, last.remedy?.includes(stop.remedy) ? void 0 : stop.remedy, status].filter((sentence) => sentence !== void 0).join(" ");
  const code = last.cause instanceof CountersignError ? last.cause.code : "SERVICE_UNAVAILABLE";
  const message = `${last.reason}${last.isOutage ? ". This is an outage" : ""} (tried ${tried}; ${stop.why})`;
  const details = { remedy, ...last.cause !== void 0 && { cause: last.cause } };
  if (last.isDown && stop.isBudget) throw new ServiceOutage(code, message, details);
  fail(code, message, details);
}
function isPublicGood({ hostname }) {
  return hostname.endsWith(".sigstore.dev");
}
function inSeconds(milliseconds) {
  return `${Math.round(milliseconds / 100) / 10} s`;
}

// src/services/http/sleep.ts
import { setTimeout as setTimeout2 } from "node:timers/promises";
var sleep = (milliseconds, cancellation) => setTimeout2(milliseconds, void 0, cancellation === void 0 ? {} : { signal: cancellation });

// src/monitor/readers/head.ts
init_encoding();
init_errors();
async function verifyHead(log, note, cosignedAt) {
  const checkpoint = readCheckpoint(note);
  const { origin, rootHash: root } = checkpoint;
  if (!log.names.includes(origin)) {
    const expected = log.names.map((name) => JSON.stringify(name)).join(" or ");
    fail("CHECKPOINT_ORIGIN", `the origin of the checkpoint is ${JSON.stringify(origin)}; expected ${expected}`);
  }
  const size = Number(checkpoint.size);
  if (!Number.isSafeInteger(size)) fail("CHECKPOINT_INVALID", `the tree size ${checkpoint.size} is not supported`);
  const { publicKey, keyId } = log;
  const signsTreeHeads = isCertificateLog(log.protocol);
  if (!signsTreeHeads)
    await verifyCheckpoint(checkpoint, { names: log.names.map((name) => splitOrigin(name).host), keyId, publicKey });
  const time = signsTreeHeads ? await verifyTreeHead(checkpoint, { logId: keyId, publicKey }) : await cosignedAt?.(checkpoint);
  return { origin, size, root, note: utf8(note), time, frozen: log.protocol === "rekor-v2" && isFrozen(checkpoint) };
}
function splitOrigin(origin) {
  const [, host, treeId] = /^(.*) - (\d+)$/.exec(origin) ?? [];
  return { host: host ?? origin, treeId };
}
function isFrozen({ note }) {
  return note.text.split("\n").slice(3).some((line) => line.startsWith("Log frozen \u2014 "));
}

// src/monitor/readers/logs-of.ts
init_encoding();
init_errors();

// src/services/certificate-log/certificate-log.ts
init_encoding();
var service = "the certificate transparency log";
var maxProofHashes = 64;
var maxEntriesLength = 64 * 1024 * 1024;
var maxEntries = 1e4;
var maxOtherLength = 1024 * 1024;
var timeoutMilliseconds = 6e4;
function certificateLogClient(http, baseUrl) {
  const ask = async (name, query, maxLength3) => {
    const { headers, ...accepted } = acceptGzip(maxLength3);
    const url = new URL(`${baseUrl}/ct/v1/${name}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const request = {
      ...accepted,
      method: "GET",
      url,
      headers: { ...headers, accept: "application/json" },
      service,
      quotes: "message",
      timeoutMilliseconds
    };
    return { request, response: await http(request) };
  };
  const parse = async ({ request, response }, maxLength3 = maxOtherLength) => {
    const json = await uncompressed(request, expectStatus(request, response, 200));
    const what = `the response of ${service} (${request.url.origin})`;
    return ProtoField.parse(json, "SERVICE_RESPONSE_INVALID", what, { maxLength: maxLength3 });
  };
  return {
    treeHead: async () => {
      const head = await parse(await ask("get-sth", {}, maxOtherLength));
      return {
        size: integer(head.field("tree_size")),
        milliseconds: integer(head.field("timestamp")),
        root: hash4(head.field("sha256_root_hash")),
        signature: head.field("tree_head_signature").data()
      };
    },
    consistencyProof: async (first, second) => {
      const proof = await parse(await ask("get-sth-consistency", { first, second }, maxOtherLength));
      return proof.field("consistency").list(maxProofHashes).map(hash4);
    },
    inclusionProof: async (leafHash2, treeSize) => {
      const query = { hash: encodeBase64(leafHash2), tree_size: treeSize };
      const answered = await ask("get-proof-by-hash", query, maxOtherLength);
      if (answered.response.status === 404) return void 0;
      const proof = await parse(answered);
      const hashes2 = proof.field("audit_path").list(maxProofHashes).map(hash4);
      return { index: integer(proof.field("leaf_index")), hashes: hashes2 };
    },
    entries: async (start2, end) => {
      const answer = await parse(await ask("get-entries", { start: start2, end }, maxEntriesLength), maxEntriesLength);
      return answer.field("entries").list(maxEntries).map((entry) => entry.field("leaf_input").data());
    }
  };
}
function integer(field) {
  const value = Number(field.uint64());
  return Number.isSafeInteger(value) ? value : field.fail("is not a safe integer");
}
function hash4(field) {
  const bytes = field.data();
  return bytes.length === 32 ? bytes : field.fail(`has ${bytes.length} bytes, not 32`);
}

// src/services/rekor/log-v1.ts
init_encoding();
init_errors();
var maxRetrieved = 10;
var service2 = "the transparency log";
var maxShards = 100;
var maxProofHashes2 = 64;
var maxEntriesLength2 = 64 * 1024 * 1024;
var maxStateLength = 1024 * 1024;
var timeoutMilliseconds2 = 6e4;
function logClientV1(http, baseUrl) {
  const ask = async (path, maxLength3, body) => {
    const { headers, ...accepted } = acceptGzip(maxLength3);
    const request = {
      ...accepted,
      method: body === void 0 ? "GET" : "POST",
      url: new URL(`${baseUrl}/api/v1/log${path}`),
      headers: {
        ...headers,
        accept: "application/json",
        ...body !== void 0 && { "content-type": "application/json" }
      },
      service: service2,
      quotes: "message",
      timeoutMilliseconds: timeoutMilliseconds2,
      ...body !== void 0 && { body }
    };
    return { request, response: await http(request) };
  };
  const read2 = async (path, maxLength3, body) => {
    const { request, response } = await ask(path, maxLength3, body);
    return uncompressed(request, expectStatus(request, response, 200));
  };
  const what = `the response of ${service2} (${new URL(baseUrl).origin})`;
  const invalid = (problem) => fail("SERVICE_RESPONSE_INVALID", `${what} ${problem}`);
  const parse = (json) => reading("SERVICE_RESPONSE_INVALID", what, () => parseJson(json, { maxLength: maxEntriesLength2 }));
  const entryIn = (answer) => {
    const entries = Object.values(asObject(answer) ?? {});
    const entry = entries.length === 1 ? asObject(entries[0]) : void 0;
    return entry ?? invalid("does not contain one entry under its UUID");
  };
  const bodyOf = ({ body }) => reading(
    "SERVICE_RESPONSE_INVALID",
    `${what}: the body of an entry`,
    () => decodeBase64(asText(body) ?? invalid("contains an entry without body"))
  );
  const integer2 = (value, name) => Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : invalid(`has an invalid ${name}`);
  const hashesIn = (value) => {
    const hashes2 = asList(value) ?? invalid("has no list of hashes");
    if (hashes2.length > maxProofHashes2) invalid(`has a proof of ${hashes2.length} hashes`);
    return hashes2.map((hash5) => hashIn2(asText(hash5) ?? "", what));
  };
  return {
    shards: async () => {
      const state = ProtoField.parse(await read2("", maxStateLength), "SERVICE_RESPONSE_INVALID", what);
      let offset = 0;
      return [...state.field("inactiveShards").list(maxShards), state].map((field) => {
        const shard = { ...readShard(field), offset, isActive: field === state };
        offset += shard.size;
        return shard;
      });
    },
    consistencyProof: async (treeId, first, last) => {
      const path = `/proof?firstSize=${first}&lastSize=${last}&treeID=${treeId}`;
      return hashesIn(asObject(parse(await read2(path, maxStateLength)))?.hashes);
    },
    bodies: async (indices) => {
      const query = JSON.stringify({ logIndexes: indices });
      const answers2 = asList(parse(await read2("/entries/retrieve", maxEntriesLength2, query))) ?? invalid("is not a list");
      return new Map(answers2.map(entryIn).map((entry) => [integer2(entry.logIndex, "logIndex"), bodyOf(entry)]));
    },
    entry: async (index) => {
      const { request, response } = await ask(`/entries?logIndex=${index}`, maxEntriesLength2);
      if (response.status === 404) return void 0;
      const entry = entryIn(parse(await uncompressed(request, expectStatus(request, response, 200))));
      const proof = asObject(asObject(entry.verification)?.inclusionProof) ?? invalid("has no inclusion proof");
      return {
        body: bodyOf(entry),
        treeSize: integer2(proof.treeSize, "treeSize"),
        hashes: hashesIn(proof.hashes)
      };
    }
  };
}
function readShard(field) {
  const treeId = field.field("treeID").text();
  if (!/^[1-9]\d{0,18}$/.test(treeId)) field.field("treeID").fail("is not the id of a tree");
  const size = Number(field.field("treeSize").uint64());
  if (!Number.isSafeInteger(size)) field.field("treeSize").fail("is not a supported size");
  const root = hashIn2(field.field("rootHash").text(), field.path);
  return { treeId, size, root, checkpoint: field.field("signedTreeHead").text() };
}
function hashIn2(hex, what) {
  const hash5 = reading("SERVICE_RESPONSE_INVALID", what, () => decodeHex(hex));
  return hash5.length === 32 ? hash5 : fail("SERVICE_RESPONSE_INVALID", `${what} has a hash of ${hash5.length} bytes, not 32`);
}

// src/monitor/readers/open-reader.ts
init_errors();

// src/services/tiles/tile-client.ts
init_encoding();
init_errors();
var maxCheckpointLength = 1024 * 1024;
var maxBundleLengths = { entries: tileWidth * (2 + 65535), data: 64 * 1024 * 1024 };
var timeoutMilliseconds3 = 6e4;
function tileClient(http, { prefix, bundles, service: service3 }) {
  const read2 = async (path, maxLength3, headers = {}) => {
    const accepted = acceptGzip(maxLength3);
    const request = {
      ...accepted,
      method: "GET",
      url: new URL(`${prefix}/${path}`),
      headers: { ...accepted.headers, ...headers },
      service: service3,
      quotes: "message",
      timeoutMilliseconds: timeoutMilliseconds3
    };
    const response = await http(request);
    if (response.status === 404 && path !== "checkpoint") return void 0;
    return uncompressed(request, expectStatus(request, response, 200));
  };
  const wrong = (path, problem) => fail("SERVICE_RESPONSE_INVALID", `${service3} (${new URL(prefix).origin}) sent a ${path} ${problem}`);
  return {
    checkpoint: async () => {
      const bytes = await read2("checkpoint", maxCheckpointLength, fresh);
      return decodeUtf8(bytes ?? new Uint8Array()) ?? wrong("checkpoint", "that is not UTF-8");
    },
    tile: async ({ level, index, width }, { refresh = false } = {}) => {
      const path = tilePath(level, index, width);
      const hashes2 = await read2(path, width * 32, refresh ? fresh : {});
      if (hashes2 !== void 0 && hashes2.length !== width * 32)
        wrong(path, `of ${hashes2.length} bytes, not ${width * 32}`);
      return hashes2;
    },
    bundle: (index, width, { refresh = false } = {}) => read2(tilePath(bundles, index, width), maxBundleLengths[bundles], refresh ? fresh : {})
  };
}
var fresh = { "cache-control": "no-cache" };

// src/monitor/readers/certificate-log-source.ts
init_errors();
function certificateLogSource(client, name, logId) {
  const entries = async (from, to) => {
    try {
      return await client.entries(from, to - 1);
    } catch (error) {
      const isSingle = to - from === 1;
      if (isSingle || !(error instanceof CountersignError) || error.code !== "SERVICE_RESPONSE_INVALID") throw error;
      return entries(from, from + Math.floor((to - from) / 2));
    }
  };
  return {
    // Logs of trillian end an answer at a multiple of 1,000.
    requestLength: 1e3,
    requestsAtOnce: 4,
    batchLength: 1e3,
    head: async () => treeHeadNote(name, logId, await client.treeHead()),
    consistencyProof: (first, second) => client.consistencyProof(first, second),
    entry: async (index, treeSize) => {
      const [bytes] = await entries(index, index + 1);
      if (bytes === void 0) return void 0;
      const proof = await client.inclusionProof(leafHash(bytes), treeSize);
      if (proof?.index !== index)
        fail("ENTRY_ALTERED", `the log served an entry ${index} other than the one in its tree`, {
          cause: new AlteredEntry({ entry: { index, bytes, expected: void 0 } })
        });
      return { bytes, treeSize, hashes: proof.hashes };
    },
    find: (hash5, treeSize) => client.inclusionProof(hash5, treeSize),
    entries
  };
}

// src/monitor/readers/proof-reader.ts
init_encoding();
init_errors();

// src/node/concurrency.ts
async function* inOrder(items, limit, work) {
  const underWay = [];
  for (const item of items) {
    const result = work(item);
    result.catch(() => void 0);
    underWay.push(result);
    const [first] = underWay;
    if (first === void 0 || underWay.length < limit) continue;
    yield await first;
    underWay.shift();
  }
  for (const result of underWay) yield await result;
}

// src/monitor/readers/covered.ts
function demandEntry(index, head) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= head.size)
    throw new RangeError(`a tree of size ${head.size} has no entry ${index}`);
}
function demandCovered(size, head) {
  if (!Number.isSafeInteger(size) || size < 0 || size > head.size)
    throw new RangeError(`a tree of size ${head.size} has no part of size ${size}`);
}

// src/monitor/readers/proof-reader.ts
var ProofReader = class {
  log;
  #source;
  #cosignedAt;
  find;
  constructor(log, source, cosignedAt) {
    this.log = log;
    this.find = source.find && ((leaf, head) => this.#find(leaf, head));
    this.#source = source;
    this.#cosignedAt = cosignedAt;
  }
  async head() {
    return verifyHead(this.log, await this.#source.head(), this.#cosignedAt);
  }
  async rangeOf({ size, root }) {
    const range = size === 0 ? CompactRange.empty : await this.#rangeTo(size);
    if (!equalBytes(rootOfRange(range), root))
      fail("TILES_INCONSISTENT", `the proofs of the log do not lead to the root of its tree of size ${size}`);
    return range;
  }
  async compare(earlier, head) {
    demandCovered(earlier.size, head);
    try {
      const proof = await this.#consistencyProof(earlier.size, head);
      if (isConsistent(earlier, head, proof)) return { kind: "consistent" };
      return { kind: "forked", rootInstead: await this.#earlierRoot(earlier.size, head, proof), proof };
    } catch (error) {
      if (!(error instanceof CountersignError) || !unproven.has(error.code)) throw error;
      return { kind: "unproven", reason: error.message };
    }
  }
  async consistencyProof(size, head) {
    demandCovered(size, head);
    const proof = await this.#consistencyProof(size, head);
    return { root: await this.#earlierRoot(size, head, proof), proof };
  }
  async *entries(from, head) {
    demandCovered(from.size, head);
    const { requestLength, requestsAtOnce, batchLength } = this.#source;
    let range = from;
    let waiting = [];
    for await (const entries of inOrder(
      requests(from.size, head.size, requestLength),
      requestsAtOnce,
      (request) => this.#read(request)
    )) {
      waiting = [...waiting, ...entries];
      if (waiting.length < batchLength && range.size + waiting.length < head.size) continue;
      const batch = await this.#proven(range, waiting, head);
      range = batch.range;
      waiting = [];
      yield batch;
    }
  }
  async entry(index, head) {
    demandEntry(index, head);
    const { bytes, hashes: hashes2 } = await this.#path(index, head.size);
    const ranges = inclusionRanges(index, head.size);
    const edge = ranges.every((range) => hashes2.has(keyOf2(range))) ? void 0 : await this.rangeOf(head);
    const proof = ranges.map((range) => hashes2.get(keyOf2(range)) ?? hashOfEnd(range.from, edge));
    try {
      verifyInclusion(leafHash(bytes), { index: BigInt(index), size: BigInt(head.size), hashes: proof }, head.root);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      fail("ENTRY_ALTERED", `the log does not prove that the entry ${index} that it served is in its tree`, {
        cause: new AlteredEntry({ entry: { index, bytes, expected: void 0 } })
      });
    }
    return { bytes, proof };
  }
  async #find(leaf, { size, root }) {
    const found = await this.#source.find?.(leaf, size);
    if (found === void 0) return void 0;
    const { index, hashes: hashes2 } = found;
    try {
      verifyInclusion(leaf, { index: BigInt(index), size: BigInt(size), hashes: hashes2 }, root);
    } catch (cause) {
      fail("TILES_INCONSISTENT", `the log does not prove that its tree contains the leaf at index ${index}`, { cause });
    }
    return index;
  }
  /** Returns the entries as a batch, if the log proves that its tree contains them. */
  async #proven(range, entries, head) {
    const after = range.with(entries.map(leafHash));
    const comparison = await this.compare(stateOf(after), head);
    if (comparison.kind === "consistent") return { first: range.size, entries, range: after };
    await this.#demandConsistent(range, head);
    if (comparison.kind === "unproven") fail("CONSISTENCY_UNPROVEN", comparison.reason);
    return this.#failAltered(range, entries, head);
  }
  async #demandConsistent(range, head) {
    const comparison = await this.compare(stateOf(range), head);
    if (comparison.kind !== "consistent")
      fail("CONSISTENCY_UNPROVEN", `the log does not begin with the ${range.size} entries that were read before`);
  }
  /** Finds the first entry that is not in the tree, of which one of these is not. */
  async #failAltered(range, entries, head) {
    let [right, wrong] = [0, entries.length];
    while (wrong - right > 1) {
      const middle = Math.floor((right + wrong) / 2);
      const state = stateOf(range.with(entries.slice(0, middle).map(leafHash)));
      if (isConsistent(state, head, await this.#consistencyProof(state.size, head))) right = middle;
      else wrong = middle;
    }
    const index = range.size + right;
    return fail("ENTRY_ALTERED", `the log served an entry ${index} other than the one in its tree`, {
      cause: new AlteredEntry({ entry: { index, bytes: entries[right] ?? new Uint8Array(), expected: void 0 } })
    });
  }
  async #read({ from, to }) {
    const entries = [];
    while (entries.length < to - from) {
      const next = from + entries.length;
      const more = await this.#again(
        () => this.#source.entries(next, to),
        next,
        ({ length }) => length > 0
      );
      entries.push(...more.slice(0, to - next));
    }
    return entries;
  }
  /** Reads an entry, and once more after the head, by which a front end of the log that is behind has caught up. */
  async #again(read2, index, isFound = () => true) {
    for (const isSecond of [false, true]) {
      if (isSecond) await this.head();
      const result = await read2();
      if (result !== void 0 && result !== null && isFound(result)) return result;
    }
    return fail(
      "ENTRIES_WITHHELD",
      `the log ${this.log.baseUrl} does not serve entry ${index}, which its tree contains`
    );
  }
  #consistencyProof(size, head) {
    return size === 0 || size === head.size ? Promise.resolve([]) : this.#source.consistencyProof(size, head.size);
  }
  /** Returns the root at an earlier size, which is verified against the head. */
  async #earlierRoot(size, head, proof) {
    const root = earlierRoot(size, head, proof);
    if (root !== void 0) return root;
    const candidate = rootOfRange((await this.#path(size, head.size)).before);
    verifyConsistency({ size, root: candidate }, head, proof);
    return candidate;
  }
  /** Returns the range of the first entries, as the proof of the last of them has it. */
  async #rangeTo(size) {
    const { bytes, before } = await this.#path(size - 1, size);
    return before.with([leafHash(bytes)]);
  }
  async #path(index, size) {
    const { bytes, treeSize, hashes: hashes2 } = await this.#again(() => this.#source.entry(index, size), index);
    if (treeSize < size)
      fail(
        "CONSISTENCY_UNPROVEN",
        `the log served a proof for a tree of size ${treeSize}, smaller than its tree of size ${size}`
      );
    const ranges = inclusionRanges(index, treeSize);
    if (hashes2.length !== ranges.length) {
      fail(
        "CONSISTENCY_UNPROVEN",
        `the inclusion proof of entry ${index} in a tree of size ${treeSize} has ${hashes2.length} hashes, not ${ranges.length}`
      );
    }
    const byRange = new Map(ranges.map((range, at) => [keyOf2(range), hashes2[at] ?? emptyRoot]));
    const left = ranges.filter(({ to }) => to <= index).reverse();
    const before = CompactRange.of(
      index,
      left.map((range) => byRange.get(keyOf2(range)) ?? emptyRoot)
    );
    return { bytes, hashes: byRange, before };
  }
};
var unproven = /* @__PURE__ */ new Set(["CONSISTENCY_UNPROVEN", "ENTRY_ALTERED"]);
function isConsistent(earlier, head, proof) {
  try {
    verifyConsistency(earlier, head, proof);
    return true;
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}
function stateOf(range) {
  return { size: range.size, root: rootOfRange(range) };
}
function hashOfEnd(from, edge = CompactRange.empty) {
  const subtrees = subtreesOf({ from: 0, to: edge.size });
  const hashes2 = edge.hashes.filter((_, at) => {
    const { level, position } = subtrees[at] ?? { level: 0, position: 0 };
    return position * 2 ** level >= from;
  });
  return hashes2.length === 0 ? emptyRoot : hashes2.reduceRight((right, left) => nodeHash(left, right));
}
function keyOf2({ from, to }) {
  return `${from}-${to}`;
}
function* requests(from, to, length) {
  for (let at = from; at < to; ) {
    const end = Math.min(to, at - at % length + length);
    yield { from: at, to: end };
    at = end;
  }
}

// src/monitor/readers/rekor-v1-source.ts
init_errors();
function rekorV1Source(client, treeId) {
  const shard = async () => (await client.shards()).find((one) => one.treeId === treeId) ?? fail("CHECKPOINT_ORIGIN", `the log does not have the shard ${treeId} any more`);
  let known;
  const offset = async () => {
    known ??= shard();
    known.catch(() => {
      known = void 0;
    });
    return (await known).offset;
  };
  return {
    requestLength: maxRetrieved,
    requestsAtOnce: 4,
    batchLength: 500,
    head: async () => (await shard()).checkpoint,
    consistencyProof: (first, second) => client.consistencyProof(treeId, first, second),
    entry: async (index) => {
      const entry = await client.entry(await offset() + index);
      return entry && { bytes: entry.body, treeSize: entry.treeSize, hashes: entry.hashes };
    },
    entries: async (from, to) => {
      const first = await offset() + from;
      const bodies = await client.bodies(Array.from({ length: to - from }, (_, at) => first + at));
      const entries = [];
      for (let body = bodies.get(first); body !== void 0; body = bodies.get(first + entries.length))
        entries.push(body);
      return entries;
    }
  };
}

// src/monitor/readers/tile-reader.ts
init_encoding();
init_errors();

// src/monitor/readers/proven-tree.ts
init_encoding();
init_errors();

// src/monitor/readers/refresh.ts
init_errors();
var spoiled = /* @__PURE__ */ new Set(["TILES_INCONSISTENT", "ENTRY_ALTERED", "SERVICE_RESPONSE_INVALID"]);
async function withRefresh(read2) {
  try {
    return await read2(false);
  } catch (error) {
    if (!(error instanceof CountersignError) || !spoiled.has(error.code)) throw error;
    return read2(true);
  }
}

// src/monitor/readers/proven-tree.ts
var maxKept = 64;
var TileCache = class {
  #tiles = /* @__PURE__ */ new Map();
  /** Returns the tile with this root, and reads it if it is not kept. What cannot be read is not kept. */
  get(root, read2) {
    const key = encodeHex(root);
    const kept = this.#tiles.get(key);
    this.#tiles.delete(key);
    const tile = kept ?? read2();
    this.#tiles.set(key, tile);
    if (kept === void 0)
      tile.catch(() => {
        if (this.#tiles.get(key) === tile) this.#tiles.delete(key);
      });
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > maxKept && oldest !== void 0) this.#tiles.delete(oldest);
    return tile;
  }
};
var ProvenTree = class _ProvenTree {
  #size;
  /** The partial tiles, by their levels. */
  #edge;
  #fetch;
  #cache;
  /** All entries of the tree. */
  range;
  constructor(range, edge, fetch, cache) {
    this.#size = range.size;
    this.range = range;
    this.#edge = edge;
    this.#fetch = fetch;
    this.#cache = cache;
  }
  /**
   * Reads the right edge of a tree: at most one tile for each level of tiles.
   *
   * @throws CountersignError `TILES_INCONSISTENT` if it does not lead to the root
   */
  static async open(head, fetch, cache) {
    const { size, root } = head;
    const tiles = edgeTiles(size);
    return withRefresh(async (refresh) => {
      const edge = await Promise.all(tiles.map((tile) => fetch(tile, refresh)));
      const range = rangeOfEdge(size, edge);
      if (!equalBytes(rootOfRange(range), root))
        fail("TILES_INCONSISTENT", `the tiles of the log do not lead to the root of its checkpoint of size ${size}`);
      return new _ProvenTree(range, new Map(tiles.map(({ level }, at) => [level, edge[at] ?? root])), fetch, cache);
    });
  }
  /**
   * Returns the hash at a position of a level of tiles: the root of 256^level entries.
   *
   * @throws CountersignError `TILES_INCONSISTENT` if the tile that contains it does not match the tree
   */
  async hash(level, position) {
    return hashIn(await this.#tile(level, Math.floor(position / tileWidth)), position % tileWidth);
  }
  /** Returns the hash of a range of entries whose subtree is a part of the tree. */
  async rangeHash(range) {
    const hashes2 = await Promise.all(subtreesOf(range).map(({ level, position }) => this.#node(level, position)));
    return hashes2.reduceRight((right, left) => nodeHash(left, right));
  }
  /** Returns the range of the first entries. */
  async rangeAt(size) {
    const subtrees = subtreesOf({ from: 0, to: size });
    return CompactRange.of(size, await Promise.all(subtrees.map(({ level, position }) => this.#node(level, position))));
  }
  async #node(level, position) {
    const tileLevel = Math.floor(level / tileHeight);
    const count = 2 ** (level % tileHeight);
    const first = position * count;
    const tile = await this.#tile(tileLevel, Math.floor(first / tileWidth));
    return subtreeRoot(tile, first % tileWidth, count);
  }
  async #tile(level, index) {
    const edge = this.#edge.get(level);
    if (edge !== void 0 && index === Math.floor(hashesAt(level, this.#size) / tileWidth)) return edge;
    const root = await this.hash(level + 1, index);
    return this.#cache.get(
      root,
      () => withRefresh(async (refresh) => {
        const tile = await this.#fetch({ level, index, width: tileWidth }, refresh);
        if (!equalBytes(subtreeRoot(tile), root))
          fail("TILES_INCONSISTENT", `tile ${index} of level ${level} is not the tile in the tree of the log`);
        return tile;
      })
    );
  }
};

// src/monitor/readers/tile-reader.ts
var bundlesAtOnce = 8;
var maxTrees = 4;
var TileReader = class {
  log;
  #client;
  #cosignedAt;
  #cache = new TileCache();
  /** The trees of the latest heads, by size and root. */
  #trees = /* @__PURE__ */ new Map();
  constructor(log, client, cosignedAt) {
    this.log = log;
    this.#client = client;
    this.#cosignedAt = cosignedAt;
  }
  async head() {
    return verifyHead(this.log, await this.#client.checkpoint(), this.#cosignedAt);
  }
  async rangeOf(head) {
    return (await this.#tree(head)).range;
  }
  async compare(earlier, head) {
    const { root, proof } = await this.consistencyProof(earlier.size, head);
    return equalBytes(root, earlier.root) ? { kind: "consistent" } : { kind: "forked", rootInstead: root, proof };
  }
  async consistencyProof(size, head) {
    demandCovered(size, head);
    const tree = await this.#tree(head);
    const [range, proof] = await Promise.all([
      tree.rangeAt(size),
      Promise.all(consistencyRanges(size, head.size).map((one) => tree.rangeHash(one)))
    ]);
    return { root: rootOfRange(range), proof };
  }
  async *entries(from, head) {
    demandCovered(from.size, head);
    const tree = await this.#tree(head);
    const begin2 = await tree.rangeAt(from.size);
    if (!equalBytes(rootOfRange(begin2), rootOfRange(from)))
      fail("CONSISTENCY_UNPROVEN", `the log does not begin with the ${from.size} entries that were read before`);
    let range = from;
    for await (const bundle of inOrder(
      bundleIndices(from.size, head.size),
      bundlesAtOnce,
      (index) => this.#bundle(index, head.size, tree)
    )) {
      const first = range.size;
      const skipped = first % tileWidth;
      const isWhole = skipped === 0 && bundle.root !== void 0;
      range = isWhole ? range.withSubtree(tileHeight, bundle.root) : range.with(bundle.leafHashes.slice(skipped));
      yield { first, entries: bundle.entries.slice(skipped), range };
    }
  }
  async entry(index, head) {
    demandEntry(index, head);
    const tree = await this.#tree(head);
    const [{ entries }, proof] = await Promise.all([
      this.#bundle(Math.floor(index / tileWidth), head.size, tree),
      Promise.all(inclusionRanges(index, head.size).map((range) => tree.rangeHash(range)))
    ]);
    return { bytes: entries[index % tileWidth], proof };
  }
  #tree(head) {
    const key = `${head.size} ${encodeHex(head.root)}`;
    const kept = this.#trees.get(key);
    if (kept !== void 0) return kept;
    const tree = ProvenTree.open(head, (tile, refresh) => this.#tile(tile, refresh), this.#cache);
    this.#trees.set(key, tree);
    tree.catch(() => this.#trees.delete(key));
    const [oldest] = this.#trees.keys();
    if (this.#trees.size > maxTrees && oldest !== void 0) this.#trees.delete(oldest);
    return tree;
  }
  async #tile(tile, refresh) {
    const { bytes } = await this.#fetch(
      tilePath(tile.level, tile.index, tile.width),
      tile.width,
      refresh,
      (width, how) => this.#client.tile({ ...tile, width }, how)
    );
    return bytes.subarray(0, tile.width * 32);
  }
  async #bundle(index, size, tree) {
    const first = index * tileWidth;
    const width = Math.min(tileWidth, size - first);
    const expected = width === tileWidth ? await tree.hash(1, index) : void 0;
    return withRefresh(async (refresh) => {
      const sent = await this.#fetch(
        `entry bundle ${index}`,
        width,
        refresh,
        (count, how) => this.#client.bundle(index, count, how)
      );
      const served = async () => {
        const hashes2 = await Promise.all(Array.from({ length: width }, (_, at) => tree.hash(0, first + at)));
        return { first, bytes: sent.bytes, hashes: hashes2 };
      };
      const entries = (await this.#split(sent, first, served)).slice(0, width);
      const leafHashes = entries.map(leafHash);
      const root = expected === void 0 ? void 0 : rootOf(leafHashes);
      if (root === void 0 || expected === void 0 || !equalBytes(root, expected))
        demandLeaves(entries, leafHashes, await served());
      return { entries, leafHashes, root };
    });
  }
  /** Splits a bundle. An entry of the Static CT API states its index, so that one in another place is noticed here. */
  async #split({ bytes, width }, first, served) {
    if (this.log.protocol !== "static-ct") return splitBundle(bytes, width);
    try {
      return splitDataTile(bytes, first, width);
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code !== "ENTRY_ALTERED") throw error;
      return fail("ENTRY_ALTERED", error.message, { cause: new AlteredEntry({ bundle: await served() }) });
    }
  }
  /**
   * Fetches a file of `width` hashes or entries. Logs remove partial files once the full one exists, which begins with the same.
   *
   * @throws CountersignError `ENTRIES_WITHHELD` if the log has neither, also after its current checkpoint was read
   */
  async #fetch(what, width, refresh, get) {
    for (const isSecond of [false, true]) {
      if (isSecond) await this.head();
      for (const each of /* @__PURE__ */ new Set([width, tileWidth])) {
        const bytes = await get(each, { refresh: refresh || isSecond });
        if (bytes !== void 0) return { bytes, width: each };
      }
    }
    return fail("ENTRIES_WITHHELD", `the log ${this.log.baseUrl} does not serve ${what}, which its checkpoint covers`);
  }
};
function demandLeaves(entries, leafHashes, bundle) {
  for (const [at, leaf] of leafHashes.entries()) {
    const expected = bundle.hashes[at];
    if (expected !== void 0 && equalBytes(leaf, expected)) continue;
    const index = bundle.first + at;
    const cause = new AlteredEntry({ entry: { index, bytes: entries[at] ?? new Uint8Array(), expected }, bundle });
    fail("ENTRY_ALTERED", `the log served an entry ${index} other than the one in its tree`, { cause });
  }
}
function* bundleIndices(from, to) {
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) yield index;
}

// src/monitor/readers/open-reader.ts
var publicRate = 5;
function openReader(log, options) {
  const { http, cosignedAt } = options;
  const { baseUrl, names, keyId } = log;
  switch (log.protocol) {
    case "rekor-v2":
      return new TileReader(log, tilesOfRekor(http, baseUrl), cosignedAt);
    case "static-ct":
      return new TileReader(log, tilesOfCertificateLog(http, baseUrl));
    case "rfc6962":
      return new ProofReader(log, certificateLogSource(certificateLogClient(http, baseUrl), names[0] ?? "", keyId));
    case "rekor-v1": {
      const { treeId } = splitOrigin(names[0] ?? "");
      if (treeId === void 0) fail("USAGE", `the log ${baseUrl} of Rekor v1 has no id of a shard in its name`);
      return new ProofReader(
        log,
        rekorV1Source(logClientV1(withinRate(baseUrl, options), baseUrl), treeId),
        cosignedAt
      );
    }
  }
}
function tilesOfRekor(http, baseUrl) {
  return tileClient(http, { prefix: `${baseUrl}/api/v2`, bundles: "entries", service: "the transparency log" });
}
function tilesOfCertificateLog(http, baseUrl) {
  return tileClient(http, { prefix: baseUrl, bundles: "data", service: "the certificate transparency log" });
}
var limitedClients = /* @__PURE__ */ new WeakMap();
function withinRate(baseUrl, options) {
  const { http, requestsPerSecond, clock = () => /* @__PURE__ */ new Date(), sleep: sleep2 = sleep } = options;
  const url = new URL(baseUrl);
  const isLocal = url.protocol === "http:" && isSafeUrl(url);
  const rate = requestsPerSecond ?? (isLocal ? void 0 : publicRate);
  if (rate === void 0) return http;
  const clients = limitedClients.get(http) ?? /* @__PURE__ */ new Map();
  limitedClients.set(http, clients);
  const client = clients.get(url.origin) ?? atMost(rate, http, clock, sleep2);
  clients.set(url.origin, client);
  return client;
}

// src/monitor/readers/logs-of.ts
async function logsOf(trust, options) {
  const { transparencyLogs, certificateTransparencyLogs } = trust;
  const found = await Promise.all([
    ...transparencyLogs.map((log) => attempt4(log, () => rekorLogs(log, transparencyLogs, options))),
    ...certificateTransparencyLogs.map((log) => attempt4(log, () => certificateLogs(log, options)))
  ]);
  return {
    logs: found.flatMap(({ logs }) => logs),
    unreadable: found.flatMap(({ unreadable }) => unreadable)
  };
}
async function attempt4(log, find) {
  try {
    demandHttpUrl(log);
    return { logs: await find(), unreadable: [] };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    const { keyId, validFor } = log;
    return { logs: [], unreadable: [{ baseUrl: logUrl(log.baseUrl), keyId, validFor, error }] };
  }
}
function demandHttpUrl({ baseUrl }) {
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl))
    fail("TRUSTED_ROOT_INVALID", `${JSON.stringify(baseUrl)} in the trusted root is not the HTTP URL of a log`);
}
async function rekorLogs(log, all, { http, signingConfig }) {
  const baseUrl = logUrl(log.baseUrl);
  const stated = signingConfig?.transparencyLogs.find(({ url }) => logUrl(url) === baseUrl)?.majorApiVersion;
  const { names } = log.checkpointKey;
  const isV2 = stated === void 0 ? await answers(() => tilesOfRekor(http, baseUrl).checkpoint()) : stated === 2;
  if (isV2) return [monitored(log, "rekor-v2", names)];
  const keys = all.filter((one) => logUrl(one.baseUrl) === baseUrl);
  const shards = await logClientV1(http, baseUrl).shards();
  return shards.filter((shard) => signerOf(shard, keys) === log).map(({ treeId, isActive }) => {
    const origins = names.map((name) => `${name} - ${treeId}`);
    return { ...monitored(log, "rekor-v1", origins), ...!isActive && { isEnded: true } };
  });
}
function signerOf({ checkpoint }, logs) {
  if (logs.length < 2) return logs[0];
  const { signatures } = readSignedNote(checkpoint);
  const signer = logs.find(({ keyId }) => signatures.some(({ keyHint }) => equalBytes(keyHint, keyId.subarray(0, 4))));
  return signer ?? logs[0];
}
async function certificateLogs(log, { http }) {
  const baseUrl = logUrl(log.baseUrl);
  const names = [baseUrl.replace(/^https?:\/\//, "")];
  if (await answers(() => certificateLogClient(http, baseUrl).treeHead())) return [monitored(log, "rfc6962", names)];
  await tilesOfCertificateLog(http, baseUrl).checkpoint();
  return [monitored(log, "static-ct", names)];
}
async function answers(request) {
  try {
    await request();
    return true;
  } catch (error) {
    if (error instanceof CountersignError && error.code === "SERVICE_REFUSED") return false;
    throw error;
  }
}
function monitored({ baseUrl, publicKey, keyId, validFor }, protocol, names) {
  return { protocol, baseUrl: logUrl(baseUrl), publicKey, keyId, names: [...new Set(names)], validFor };
}

// src/monitor/monitor.ts
function openMonitor(trust, options = {}) {
  const { userAgent = "countersign-monitor", signal = new AbortController().signal, retryBudget = 6e4 } = options;
  const connections = openHttp(userAgent, signal);
  const clock = () => /* @__PURE__ */ new Date();
  const waiting = { budget: retryBudget, clock, random: randomBytes, sleep, cancellation: signal };
  const http = withRetries(connections.send, waiting);
  const close = () => connections[Symbol.dispose]();
  return {
    logs: () => logsOf(trust, { http }),
    entries: (log, { from = "end" } = {}) => new LogEntries(openReader(log, { http }), from),
    close,
    [Symbol.dispose]: close
  };
}
export {
  AlteredEntry,
  CountersignError,
  LogEntries,
  certificatesOf,
  entryLimits,
  isCountersignError,
  openMonitor,
  readEntry,
  readTrustedRoot,
  readTrustedRoots
};
//# sourceMappingURL=monitor.mjs.map
