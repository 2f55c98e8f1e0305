import { decodePem, der } from "./core-encoding-der-writer.mjs";
import { decodeHex, encodeHex, DerReader, contextTag, readDer, readSequence, tags } from "./core-encoding-der.mjs";
import { concatBytes, decodeUtf8, equalBytes, readUint, uintBytes } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading } from "./core-errors-codes.mjs";
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
function readPublicKeyPem(pem) {
  const [spki, ...others] = reading("KEY_INVALID", "the public key", () => decodePem("PUBLIC KEY", pem));
  if (others.length > 0) fail("KEY_INVALID", "the public key file has more than one PUBLIC KEY block");
  return readPublicKey(spki);
}
function countKeys(keys) {
  return new Set(keys.map(keyText)).size;
}
function keyText({ kind, raw }) {
  return `${kind} ${encodeHex(raw)}`;
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
function encodeP256PublicKey(point) {
  return der.sequence(der.sequence(der.oid(ecPublicKey), der.oid("1.2.840.10045.3.1.7")), der.bitString(point));
}

import { digestLengths } from "./node-regular-file.mjs";

var scalarLengths = { "ecdsa-p256": 32, "ecdsa-p384": 48, "ecdsa-p521": 66 };
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

import { sha256, sha384, sha512 } from "./node-regular-file.mjs";

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
var hashes = { sha256, sha384, sha512 };
var digestInfos = {
  sha256: decodeHex("3031300d060960864801650304020105000420"),
  sha384: decodeHex("3041300d060960864801650304020205000430"),
  sha512: decodeHex("3051300d060960864801650304020305000440")
};
function verifyRsaDigest(key, signature, digest, padding) {
  const { modulus, bits } = readRsaNumbers(key.raw);
  const length = bits / 8;
  if (signature.length !== length) return false;
  const value = BigInt(`0x${encodeHex(signature)}`);
  if (value >= modulus) return false;
  const encoded = decodeHex(
    power65537(value, modulus).toString(16).padStart(2 * length, "0")
  );
  return padding === "pkcs1" ? isPkcs1(encoded, digest) : isPss(encoded, digest);
}
function power65537(base, modulus) {
  let power = base;
  for (let i = 0; i < 16; i++) power = power * power % modulus;
  return power * base % modulus;
}
function isPkcs1(encoded, { algorithm, bytes }) {
  const info = concatBytes(digestInfos[algorithm], bytes);
  const padding = new Uint8Array(encoded.length - info.length - 3).fill(255);
  return equalBytes(encoded, concatBytes(new Uint8Array([0, 1]), padding, new Uint8Array([0]), info));
}
function isPss(encoded, { algorithm, bytes }) {
  const hash = hashes[algorithm];
  const hashLength = bytes.length;
  const maskedLength = encoded.length - hashLength - 1;
  const masked = encoded.subarray(0, maskedLength);
  const stated = encoded.subarray(maskedLength, maskedLength + hashLength);
  if (encoded.at(-1) !== 188 || ((masked[0] ?? 128) & 128) !== 0) return false;
  const mask = mgf1(stated, maskedLength, hash);
  const block = masked.map((byte, at) => byte ^ (mask[at] ?? 0));
  block[0] = (block[0] ?? 0) & 127;
  const paddingLength = maskedLength - hashLength - 1;
  if (block.subarray(0, paddingLength).some((byte) => byte !== 0) || block[paddingLength] !== 1) return false;
  const salt = block.subarray(paddingLength + 1);
  return equalBytes(stated, hash(concatBytes(new Uint8Array(8), bytes, salt)));
}
function mgf1(seed, length, hash) {
  const blocks = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const block = hash(concatBytes(seed, uintBytes(counter, 4)));
    blocks.push(block);
    made += block.length;
  }
  return concatBytes(...blocks).subarray(0, length);
}
var curveNames = { "ecdsa-p256": "P-256", "ecdsa-p384": "P-384", "ecdsa-p521": "P-521" };
var hashNames = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };
var rsaNames = { pkcs1: "RSASSA-PKCS1-v1_5", pss: "RSA-PSS" };
var eitherPadding = ["pkcs1", "pss"];
function signingHashes({ kind }) {
  switch (kind) {
    case "ecdsa-p384":
      return ["sha384", "sha256"];
    case "ecdsa-p521":
      return ["sha512", "sha256"];
    case "ed25519":
      return ["sha512"];
    default:
      return ["sha256"];
  }
}
async function verifySignature(key, signature, message, hash, paddings = eitherPadding) {
  if (!latestValid.has(key) || message.length > maxRemembered)
    return verifyAnew(key, signature, message, hash, paddings);
  const latest = latestValid.get(key);
  const use = [hash, ...paddings].join(" ");
  if (latest?.use === use && equalBytes(latest.signature, signature) && equalBytes(latest.message, message))
    return true;
  const copy = { use, signature: new Uint8Array(signature), message: new Uint8Array(message) };
  const isValid = await verifyAnew(key, copy.signature, copy.message, hash, paddings);
  if (isValid) latestValid.set(key, copy);
  return isValid;
}
var latestValid = /* @__PURE__ */ new WeakMap();
var maxRemembered = 16 * 1024;
function rememberSignaturesOf(key) {
  if (!latestValid.has(key)) latestValid.set(key, void 0);
}
async function verifyAnew(key, signature, message, hash, paddings) {
  const { kind } = key;
  if (kind === "rsa") return verifyRsa(key, signature, message, hash, paddings);
  if (kind === "ed25519") {
    const imported2 = await importKey(key, "Ed25519", "raw", "Ed25519");
    return crypto.subtle.verify("Ed25519", imported2, plain(signature), plain(message));
  }
  const name = curveNames[kind];
  const imported = await importKey(key, name, "raw", { name: "ECDSA", namedCurve: name });
  const scalars = readEcdsaSignature(signature, kind);
  if (scalars === void 0) return false;
  return crypto.subtle.verify({ name: "ECDSA", hash: hashNames[hash] }, imported, scalars, plain(message));
}
async function verifyRsa(key, signature, message, hash, paddings) {
  for (const padding of paddings) {
    const name = rsaNames[padding];
    const imported = await importKey(key, `${name} ${hash}`, "spki", { name, hash: hashNames[hash] });
    const algorithm = { name, saltLength: digestLengths[hash] };
    if (await crypto.subtle.verify(algorithm, imported, plain(signature), plain(message))) return true;
  }
  return false;
}
async function verifyDigestSignature(key, signature, digest) {
  if (key.kind === "rsa") return eitherPadding.some((padding) => verifyRsaDigest(key, signature, digest, padding));
  const curves2 = await import("./core-crypto-verify-on-curve.mjs");
  return key.kind === "ed25519" ? curves2.verifyEd25519ph(key, signature, digest) : curves2.verifyEcdsa(key.kind, key.raw, signature, digest);
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
var mgf12 = "1.2.840.113549.1.1.8";
var hashes2 = /* @__PURE__ */ new Map([
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
  const explicit = (number, read) => {
    const element = parameters.optional(contextTag(number, "constructed"));
    return element === void 0 ? void 0 : readDer(element.contents, read);
  };
  const hash = explicit(0, readHash);
  const mask = explicit(1, (reader) => {
    const generator = reader.sequence();
    const oid = generator.oid();
    const ofHash = readHash(generator);
    generator.end();
    return oid === mgf12 ? ofHash : void 0;
  });
  const saltLength = explicit(2, (reader) => reader.unsigned());
  const trailer = explicit(3, (reader) => reader.unsigned());
  parameters.end();
  if (hash === void 0 || mask !== hash || saltLength !== BigInt(digestLengths[hash])) return void 0;
  if (trailer !== void 0 && trailer !== 1n) return void 0;
  return { kind: "rsa", padding: "pss", hash };
}
function readHash(reader) {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  return hashes2.get(oid);
}
async function verifyWithAlgorithm(algorithm, key, signature, message, hash) {
  if (algorithm.kind === "unsupported")
    fail("KEY_UNSUPPORTED", `the signature algorithm ${algorithm.oid} is not supported`);
  if (algorithm.kind !== keyFamily(key.kind)) return false;
  if (algorithm.kind === "ed25519") return verifySignature(key, signature, message, "sha512");
  const used = algorithm.hash ?? hash ?? fail("KEY_UNSUPPORTED", "the signature algorithm does not specify a hash");
  const paddings = algorithm.kind === "rsa" ? [algorithm.padding] : void 0;
  return verifySignature(key, signature, message, used, paddings);
}
function keyFamily(kind) {
  return kind === "ed25519" || kind === "rsa" ? kind : "ecdsa";
}
var usernameOid = "1.3.6.1.4.1.57264.1.7";
var maxNames = 16;
function readSubjectAlternativeNames(value) {
  return readSequence(value, (der2) => {
    const names = [];
    while (!der2.done) {
      if (names.length === maxNames)
        fail("LIMIT_EXCEEDED", `the certificate has more than ${maxNames} subject alternative names`);
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
    const other = new DerReader(contents);
    if (other.oid() === usernameOid) {
      const wrapped = other.element(contextTag(0, "constructed")).contents;
      other.end();
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
var maxCertificateLength = 64 * 1024;
var maxExtensions = 64;
function readCertificate(der2, what = "the certificate") {
  if (der2.length > maxCertificateLength)
    fail("LIMIT_EXCEEDED", `${what} has ${der2.length} bytes; the limit is ${maxCertificateLength}`);
  return reading(
    "CERTIFICATE_INVALID",
    what,
    () => readSequence(der2, (certificate) => {
      const tbs = certificate.element(tags.sequence);
      const outerAlgorithm = certificate.element(tags.sequence).der;
      const signature = certificate.bitString();
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
  const read = (oid, reader) => {
    const extension = extensions.get(oid);
    return extension === void 0 ? void 0 : reading("CERTIFICATE_INVALID", `the extension ${oid}`, () => reader(extension.value));
  };
  return {
    basicConstraints: read(oids.basicConstraints, readBasicConstraints),
    keyUsage: read(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oids.extendedKeyUsage, readExtendedKeyUsage),
    subjectAlternativeNames: read(oids.subjectAlternativeName, readSubjectAlternativeNames) ?? [],
    subjectKeyIdentifier: read(oids.subjectKeyIdentifier, (value) => readDer(value, (der2) => der2.octetString())),
    authorityKeyIdentifier: read(oids.authorityKeyIdentifier, readAuthorityKeyIdentifier)
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

function exactly(value) {
  return { kind: "exact", value: demand(value) };
}
function pathWithin(value) {
  const path = value.replace(/\/+$/, "");
  if (/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(path)) fail("POLICY_INVALID", `the URL ${JSON.stringify(value)} has no host`);
  return { kind: "path", value: demand(path) };
}
function matching(value) {
  return demand(value).includes("*") ? { kind: "glob", value } : { kind: "exact", value };
}
function meets({ kind, value }, text) {
  switch (kind) {
    case "exact":
      return text === value;
    case "path":
      return text === value || text.startsWith(`${value}/`);
    case "glob":
      return matchesGlob(value, text);
  }
}
function describeExpectation({ kind, value }) {
  return kind === "exact" ? value : kind === "path" ? `${value} or a path below it` : `${value} (a pattern)`;
}
function demand(value) {
  return value === "" ? fail("POLICY_INVALID", "an expected value is empty") : value;
}
function matchesGlob(pattern, text) {
  let ends = new Uint8Array(text.length + 1);
  ends[0] = 1;
  for (const piece of pattern.split(/(\*+)/)) {
    if (piece.startsWith("*")) spread(text, ends, piece.length > 1);
    else if (piece !== "") ends = afterText(text, ends, piece);
  }
  return ends[text.length] === 1;
}
function afterText(text, ends, piece) {
  const after = new Uint8Array(ends.length);
  for (let at = piece.length; at < ends.length; at++) {
    const start = at - piece.length;
    if (ends[start] === 1 && text.startsWith(piece, start)) after[at] = 1;
  }
  return after;
}
function spread(text, ends, overSlashes) {
  for (let at = 1; at < ends.length; at++) {
    if (ends[at - 1] === 1 && (overSlashes || text[at - 1] !== "/")) ends[at] = 1;
  }
}

function acceptsNoIssuer({ identity, issuer }) {
  return issuer === "any" && identity !== "any" && identity.kind === "exact";
}
var defaultThresholds = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };
function policyFor(signer, options = {}) {
  return {
    signer,
    content: {},
    thresholds: defaultThresholds,
    witnesses: { keys: [], threshold: 0 },
    sandbox: "refuse",
    ...options
  };
}
function exactIdentity(certificateIdentity, certificateOidcIssuer, options = {}) {
  if (certificateIdentity === "") fail("POLICY_INVALID", "the expected certificate identity is empty");
  if (certificateOidcIssuer === "") fail("POLICY_INVALID", "the expected issuer is empty");
  const [identity, issuer] = [exactly(certificateIdentity), exactly(certificateOidcIssuer)];
  return policyFor({ kind: "identity", identity, issuer, claims: [] }, options);
}
function managedKey(publicKey, options = {}) {
  const thresholds = { ...defaultThresholds, signedCertificateTimestamps: 0, timestamps: 0 };
  return policyFor({ kind: "key", publicKey }, { thresholds, ...options });
}

function shownUrl(url) {
  const text = String(url);
  if (!URL.canParse(text)) return text.replace(/^.*@/s, "").replace(/[?#].*$/s, "");
  if (!/[?#@]/.test(text)) return text;
  const { protocol, host, pathname } = new URL(text);
  return host === "" ? protocol : `${protocol}//${host}${pathname}`;
}

function readValidityWindow(field) {
  const start = field.field("start").time() ?? field.field("start").fail("is missing");
  const end = field.field("end").time();
  if (end !== void 0 && end < start) field.fail("has an end before its start");
  return { start, end };
}
function covers(window, time) {
  return window.start <= time && (window.end === void 0 || time <= window.end);
}
export {
  acceptsNoIssuer,
  countKeys,
  covers,
  defaultThresholds,
  describeExpectation,
  encodeP256PublicKey,
  exactIdentity,
  exactly,
  keyText,
  managedKey,
  matching,
  meets,
  oids,
  pathWithin,
  policyFor,
  readCertificate,
  readEcdsaSignature,
  readPublicKey,
  readPublicKeyPem,
  readRsaNumbers,
  readSignatureAlgorithm,
  readValidityWindow,
  rememberSignaturesOf,
  shownUrl,
  signingHashes,
  verifyDigestSignature,
  verifySignature,
  verifyWithAlgorithm
};
