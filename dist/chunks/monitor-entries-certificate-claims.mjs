import { namesIn } from "./node-make-folder.mjs";
import { leafHash, hashAlgorithmNames } from "./core-certificate-signed-certificate-timestamp.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { fulcioExtensionArcs, olderFulcioExtensionArcs } from "./core-log-cosignature.mjs";
import { NotRegularFile, openRegularFile, readExactly, digestLengths, isHashAlgorithm } from "./node-regular-file.mjs";
import { encodeHex, contextTag, tags } from "./core-encoding-der.mjs";
import { __callDispose, __using } from "./core-errors-codes.mjs";
import { hash } from "node:crypto";
import { join } from "node:path";
import { hash as hash2 } from "node:crypto";
import { hash as hash3 } from "node:crypto";
import { hash as hash4 } from "node:crypto";
import { join as join2 } from "node:path";
function logName({ origin, keyId }) {
  return `${encodeHex(keyId)} ${origin}`;
}
function logFolder(folder, log) {
  return join(folder, hash("sha256", logName(log)));
}
function indexFolder(state) {
  return join(state, "index");
}
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
var fulcioArc = Buffer.from("2b0601040183bf3001", "hex");
var subjectAlternativeName = Buffer.from("551d11", "hex");
var usernameOid = Buffer.from("2b0601040183bf300107", "hex");
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
function readCertificateClaims(der, part, problems) {
  const reading = start(der, hash2("sha256", der));
  return read(reading, part, problems, () => {
    const certificate = new DerCursor(der);
    const body = certificate.read(tags.sequence).inside();
    readBody(body.read(tags.sequence).inside(), reading, part, problems);
    body.read(tags.sequence).read(tags.bitString);
    demandEnd(body);
    demandEnd(certificate);
  });
}
function readTbsClaims(der, part, problems) {
  const reading = start(der, void 0);
  return read(reading, part, problems, () => {
    const body = new DerCursor(der);
    readBody(body.read(tags.sequence).inside(), reading, part, problems);
    demandEnd(body);
  });
}
function start(der, certificateHash) {
  return { der, certificateHash, keyHash: void 0, names: [], claims: {}, notBefore: void 0, notAfter: void 0 };
}
function read(reading, part, problems, work) {
  if (reading.der.length > entryLimits.certificate) {
    problems.add("LIMIT", part, `${reading.der.length} bytes; the limit is ${entryLimits.certificate}`);
    return reading;
  }
  attempt(problems, part, work);
  const { issuer, olderIssuer } = reading.claims;
  if (issuer === void 0 && olderIssuer !== void 0) reading.claims.issuer = olderIssuer;
  else if (issuer !== olderIssuer && olderIssuer !== void 0)
    problems.add("AMBIGUOUS", part, "two different OIDC issuers");
  if (reading.claims.issuer === olderIssuer) delete reading.claims.olderIssuer;
  return reading;
}
function attempt(problems, part, work) {
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
function readBody(body, reading, part, problems) {
  body.skip(tagOf.version);
  body.read(tags.integer).read(tags.sequence).read(tags.sequence);
  const validity = body.read(tags.sequence).inside();
  reading.notBefore = readTime(validity);
  reading.notAfter = readTime(validity);
  if (reading.notBefore === void 0 || reading.notAfter === void 0)
    problems.add("MALFORMED", part, "a time is invalid");
  body.read(tags.sequence);
  const keyStart = body.at;
  body.read(tags.sequence);
  reading.keyHash = hash2("sha256", body.bytes.subarray(keyStart, body.at));
  body.skip(tagOf.issuerId);
  body.skip(tagOf.subjectId);
  if (body.skip(tagOf.extensions)) {
    const wrapped = body.inside();
    readExtensions(wrapped.read(tags.sequence).inside(), reading, part, problems);
    demandEnd(wrapped);
  }
  demandEnd(body);
}
function readExtensions(list, reading, part, problems) {
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
    let number;
    if (oidEnd - oid === fulcioArc.length + 1 && startsWith(bytes, oid, fulcioArc)) {
      number = bytes[oidEnd - 1] ?? 0;
      const claim = claimOfArc.get(number);
      if (claim === void 0) continue;
      readClaim(new DerCursor(bytes, from, to), claim, reading, part, problems);
    } else if (oidEnd - oid === subjectAlternativeName.length && startsWith(bytes, oid, subjectAlternativeName)) {
      number = 0;
      const where = `the subject alternative names of ${part}`;
      attempt(problems, where, () => readNames(new DerCursor(bytes, from, to), reading.names, where, problems));
    } else continue;
    const bit = 1 << number;
    if ((seen & bit) !== 0) problems.add("AMBIGUOUS", part, "an extension occurs twice");
    seen |= bit;
  }
}
function startsWith(bytes, at, start2) {
  for (let i = 0; i < start2.length; i++) if (bytes[at + i] !== start2[i]) return false;
  return true;
}
function readClaim(value, { name, isDer }, reading, part, problems) {
  let { at: from, end: to } = value;
  if (isDer) {
    const where = `the claim ${name} of ${part}`;
    let isRead = false;
    attempt(problems, where, () => {
      ({ from, to } = value.read(tags.utf8String));
      demandEnd(value);
      isRead = true;
    });
    if (!isRead) return;
  }
  reading.claims[name] ??= textOf(value.bytes, from, to, `the claim ${name} of ${part}`, problems);
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
  if (!oid.equals(usernameOid)) return void 0;
  const wrapped = name.read(tagOf.wrapped).inside();
  const { bytes, from, to } = wrapped.read(tags.utf8String);
  demandEnd(wrapped);
  demandEnd(name);
  return { kind: "username", value: textOf(bytes, from, to, part, problems) };
}
function other(der, part, problems) {
  const kept = der.subarray(0, entryLimits.text / 2);
  if (kept.length < der.length) problems.add("LIMIT", part, `a name of ${der.length} bytes`);
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
  const keyHash2 = isPrecertificate ? bytes.subarray(12, 12 + issuerKeyHashLength) : void 0;
  const start2 = 12 + (isPrecertificate ? issuerKeyHashLength : 0);
  if (bytes.length < start2 + 3) return malformed(problems);
  const end = start2 + 3 + bytes.readUIntBE(start2, 3);
  if (end + 2 > bytes.length || end + 2 + bytes.readUInt16BE(end) !== bytes.length) return malformed(problems);
  const der = bytes.subarray(start2 + 3, end);
  const isTime = !Number.isNaN(time.getTime());
  if (!isTime) problems.add("MALFORMED", "the entry", "the time is invalid");
  return {
    type: "certificate",
    kind: isPrecertificate ? "precertificate" : "certificate",
    certificate: isPrecertificate ? readTbsClaims(der, "the precertificate", problems) : readCertificateClaims(der, "the certificate", problems),
    issuerKeyHash: keyHash2?.toString("hex"),
    loggedAt: isTime ? time : void 0
  };
}
function malformed(problems) {
  problems.add("MALFORMED", "the entry", "not a leaf of RFC 6962");
  return void 0;
}
function memberOf(value, name) {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? value[name] : void 0;
}
function memberAt(value, ...path) {
  return path.reduce(memberOf, value);
}
function textIn(value, name) {
  const member = memberOf(value, name);
  return typeof member === "string" ? member : void 0;
}
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
function certificateSigner(der, part, problems) {
  return {
    kind: "certificate",
    certificate: readCertificateClaims(der, `the certificate of ${part}`, problems)
  };
}
function keySigner(spki, part, problems) {
  attempt(problems, `the key of ${part}`, () => {
    if (!new DerCursor(spki).read(tags.sequence).done) throw new MalformedDer("unexpected data after the end");
  });
  return { kind: "public-key", keyHash: hash3("sha256", spki) };
}
function readVerifier(verifier, part, problems) {
  const certificate = base64In(memberOf(verifier, "x509Certificate"), "rawBytes", part, problems);
  const key = base64In(memberOf(verifier, "publicKey"), "rawBytes", part, problems);
  if (certificate !== void 0 && key !== void 0)
    problems.add("AMBIGUOUS", part, "both a certificate and a public key");
  if (certificate !== void 0) return certificateSigner(certificate, part, problems);
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
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  if (text.length % 4 !== 0 || text.length / 4 * 3 - padding !== bytes.length)
    problems.add("AMBIGUOUS", part, "the base64 is not canonical");
  return bytes;
}
var readersV1 = {
  "hashedrekord 0.0.1": (spec, problems) => ({
    signers: keyOf(memberAt(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, "data", "hash"), "signed"])
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
      memberAt(spec, "content", "envelope", "signatures"),
      problems,
      (one, part) => readKeyText(memberOf(one, "publicKey"), part, problems)
    ),
    digests: intotoDigests(spec, problems)
  }),
  "rekord 0.0.1": (spec, problems) => ({
    signers: keyOf(memberAt(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, "data", "hash"), "signed"])
  }),
  "alpine 0.0.1": packageReader("package"),
  "rpm 0.0.1": packageReader("package"),
  "helm 0.0.1": packageReader("chart"),
  "jar 0.0.1": (spec, problems) => ({
    signers: keyOf(memberAt(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, "archive", "hash"), "signed"])
  }),
  "cose 0.0.1": (spec, problems) => ({
    signers: keyOf(memberOf(spec, "publicKey"), problems),
    digests: digestsOf(
      problems,
      [memberAt(spec, "data", "payloadHash"), "payload"],
      [memberAt(spec, "data", "envelopeHash"), "envelope"]
    )
  }),
  "rfc3161 0.0.1": (spec, problems) => ({ signers: [], digests: timestampDigests(memberOf(spec, "tsr"), problems) }),
  "tuf 0.0.1": (spec) => ({ signers: tufSigners(memberAt(spec, "metadata", "content", "signatures")), digests: [] })
};
var readersV2 = {
  "hashedrekord 0.0.2": (whole, problems) => {
    const spec = memberOf(whole, "hashedRekordV002");
    return {
      signers: listOf(readVerifier(memberAt(spec, "signature", "verifier"), "the signature", problems)),
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
    signers: keyOf(memberAt(spec, "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, member, "hash"), "signed"])
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
function digestsOf(problems, ...hashes) {
  const digests = [];
  for (const [hash5, of] of hashes) {
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
    [memberAt(spec, "content", "payloadHash"), "payload"],
    [memberAt(spec, "content", "hash"), "envelope"],
    // Rekor named the hash of the payload so in its first versions.
    [memberAt(spec, "content", "attestationHash"), "payload"]
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
  const der = base64In(response, "content", part, problems) ?? Buffer.alloc(0);
  attempt(problems, part, () => {
    const token = new DerCursor(der).read(tags.sequence).inside().read(tags.sequence).read(tags.sequence).inside();
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
    const keyHash2 = textIn(one, "keyid");
    return keyHash2 !== void 0 && isHex(keyHash2) ? [{ kind: "other", format: "tuf", keyHash: keyHash2.toLowerCase() }] : [];
  });
}
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
var keyKinds = {
  /** `sha256:<hex>` */
  digest: 1,
  /** A subject alternative name. */
  name: 2,
  /** The OIDC issuer. */
  issuer: 3,
  /** SHA-256 of the SubjectPublicKeyInfo or other key, in hexadecimal. */
  key: 4,
  /** The URI of the source repository. */
  repository: 5,
  repositoryId: 6,
  ownerId: 7,
  /** SHA-256 of the certificate, in hexadecimal. */
  certificate: 8
};
var keyLength = 8;
function keyHash(kind, value) {
  return Buffer.from(keyHashHex(kind, value), "hex").subarray(0, keyLength);
}
function keyHashHex(kind, value) {
  return hash4("sha256", `${keyKinds[kind]} ${value.toLowerCase()}`);
}
function forEachKey(claims, add) {
  if (claims.type === "unknown") return;
  if (claims.type === "certificate") {
    addCertificate(claims.certificate, add);
    return;
  }
  for (const { algorithm, value } of claims.digests) add("digest", `${algorithm}:${value}`);
  for (const signer of claims.signers) {
    if (signer.kind === "certificate") addCertificate(signer.certificate, add);
    else add("key", signer.keyHash);
  }
}
function addCertificate(certificate, add) {
  const { claims, keyHash: keyHash2, certificateHash } = certificate;
  for (const { value } of certificate.names) add("name", value);
  if (certificateHash !== void 0) add("certificate", certificateHash);
  if (keyHash2 !== void 0) add("key", keyHash2);
  if (claims.issuer !== void 0) add("issuer", claims.issuer);
  if (claims.olderIssuer !== void 0) add("issuer", claims.olderIssuer);
  const repository = repositoryOf(certificate);
  if (repository !== void 0) add("repository", repository);
  if (claims.sourceRepositoryIdentifier !== void 0) add("repositoryId", claims.sourceRepositoryIdentifier);
  if (claims.sourceRepositoryOwnerIdentifier !== void 0) add("ownerId", claims.sourceRepositoryOwnerIdentifier);
}
function repositoryOf({ claims }) {
  if (claims.sourceRepositoryUri !== void 0) return claims.sourceRepositoryUri;
  return claims.githubWorkflowRepository === void 0 ? void 0 : `https://github.com/${claims.githubWorkflowRepository}`;
}
var magic = Buffer.from("CSINDEX1", "latin1");
var recordLength = keyLength + 4;
var maxEntries = 65536;
var maxRecords = 1048576;
var maxRecordsInFile = 2 * maxRecords;
var maxOriginLength = 1024;
var fixedLength = 62;
var maxHeaderLength = fixedLength + maxOriginLength;
function segmentName(first) {
  return `${String(first).padStart(16, "0")}.idx`;
}
function firstOf(name) {
  const digits = /^(\d{16})\.idx$/.exec(name)?.[1];
  const first = Number(digits);
  return digits !== void 0 && Number.isSafeInteger(first) ? first : void 0;
}
function writeHeader({ origin, first, count, records, withProblems, root }) {
  const name = Buffer.from(origin);
  if (name.length > maxOriginLength) throw new RangeError(`the origin has ${name.length} bytes`);
  const header = Buffer.alloc(fixedLength + name.length);
  magic.copy(header, 0);
  header.writeBigUInt64BE(BigInt(first), 8);
  header.writeUInt32BE(count, 16);
  header.writeUInt32BE(records, 20);
  header.writeUInt32BE(withProblems, 24);
  header.set(root, 28);
  header.writeUInt16BE(name.length, 60);
  name.copy(header, fixedLength);
  return header;
}
function readHeader(bytes, fileLength) {
  if (bytes.length < fixedLength || !bytes.subarray(0, magic.length).equals(magic)) return "it is not a segment";
  const first = Number(bytes.readBigUInt64BE(8));
  const [count, records, withProblems] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes.readUInt32BE(24)];
  const nameLength = bytes.readUInt16BE(60);
  const recordsAt = fixedLength + nameLength;
  if (!Number.isSafeInteger(first + maxEntries)) return "the first index is too large";
  if (count === 0 || count > maxEntries || withProblems > count) return "the number of entries is invalid";
  if (records > maxRecordsInFile || nameLength > maxOriginLength) return "a length exceeds its limit";
  if (fileLength !== recordsAt + records * recordLength)
    return `it has ${fileLength} bytes, which is not the stated length`;
  return {
    header: {
      origin: bytes.toString("utf8", fixedLength, recordsAt),
      first,
      count,
      records,
      withProblems,
      root: Uint8Array.from(bytes.subarray(28, 60))
    },
    recordsAt
  };
}
var Damaged = class extends Error {
  name = "Damaged";
};
var recordsAtOnce = 2048;
async function listSegments(files, folder, origin) {
  const segments = [];
  const damaged = [];
  for (const name of (await namesIn(folder, files)).sort()) {
    const first = firstOf(name);
    if (first === void 0) continue;
    const path = join2(folder, name);
    try {
      segments.push(await openSegment(files, path, first, origin));
    } catch (error) {
      damaged.push({ path, reason: damageOf(error) });
    }
  }
  return { segments, damaged };
}
function damageOf(error) {
  if (error instanceof Damaged || error instanceof NotRegularFile) return error.message;
  throw error;
}
async function openSegment(files, path, first, origin) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, path), true);
    const length = Number(file.size);
    const bytes = await readExactly(file.handle, 0, Math.min(length, maxHeaderLength), ended);
    const read2 = readHeader(bytes, length);
    if (typeof read2 === "string") throw new Damaged(read2);
    if (read2.header.origin !== origin) throw new Damaged("it is about another log");
    if (read2.header.first !== first) throw new Damaged("it has the name of another segment");
    return { ...read2.header, recordsAt: read2.recordsAt, path };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function ended() {
  throw new Damaged("it ends too early");
}
async function readRecords(files, segment) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, segment.path), true);
    const records = await readExactly(file.handle, segment.recordsAt, segment.records * recordLength, ended);
    for (let at = 0; at < records.length; at += recordLength) {
      checkRecord(records, at, segment);
      if (at > 0 && compareKeys(records, at - recordLength, records, at) > 0)
        throw new Damaged("its records are not in order");
    }
    return records;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function findInSegment(files, segment, alternatives) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, segment.path), true);
    if (Number(file.size) !== segment.recordsAt + segment.records * recordLength)
      throw new Damaged("its length has changed");
    let found;
    for (const keys of alternatives) {
      const numbers = /* @__PURE__ */ new Set();
      for (const key of keys) {
        for (const number of await findKey(file.handle, segment, key))
          if (found?.has(number) ?? true) numbers.add(number);
      }
      found = numbers;
      if (found.size === 0) break;
    }
    return [...found ?? []];
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function findKey(handle, segment, key) {
  let [low, high] = [0, segment.records];
  const read2 = (at, count) => readExactly(handle, segment.recordsAt + at * recordLength, count * recordLength, ended);
  while (high - low > recordsAtOnce) {
    const middle = low + Math.floor((high - low) / 2);
    if (compareKeys(await read2(middle, 1), 0, key, 0) < 0) low = middle + 1;
    else high = middle;
  }
  const numbers = [];
  let previous;
  for (let at = low; at < segment.records; at += recordsAtOnce) {
    const records = await read2(at, Math.min(recordsAtOnce, segment.records - at));
    for (let offset = 0; offset < records.length; offset += recordLength) {
      if (previous !== void 0 && compareKeys(previous, 0, records, offset) > 0)
        throw new Damaged("its records are not in order");
      previous = records.subarray(offset, offset + recordLength);
      const order = compareKeys(records, offset, key, 0);
      if (order > 0) return numbers;
      if (order === 0) numbers.push(checkRecord(records, offset, segment));
    }
  }
  return numbers;
}
function checkRecord(records, at, { count }) {
  const number = records.readUInt16BE(at + keyLength);
  if (number >= count) throw new Damaged("a record is about an entry beyond its end");
  return number;
}
function compareKeys(a, aAt, b, bAt) {
  return a.compare(b, bAt, bAt + keyLength, aAt, aAt + keyLength);
}
var segmentsAtOnce = 8;
var SearchIndex = class _SearchIndex {
  #files;
  /** In ascending order. */
  #segments;
  #damaged;
  constructor(files, segments, damaged) {
    this.#files = files;
    this.#segments = segments;
    this.#damaged = damaged;
  }
  /**
   * Opens the index of a log. Without files, it is empty.
   *
   * @param folder the folder of all indexes
   */
  static async open(files, folder, log) {
    const { segments, damaged } = await listSegments(files, logFolder(folder, log), log.origin);
    return new _SearchIndex(files, segments, damaged);
  }
  /** The entries that can be found, in ascending order. A search that finds a damaged file shortens it. */
  get ranges() {
    return merge(this.#segments.map(rangeOf));
  }
  /** The files that are not used. */
  get damaged() {
    return this.#damaged;
  }
  /** The number of entries of which a part could not be read when they were indexed, so that some of their keys may be missing. */
  get withProblems() {
    return this.#segments.reduce((sum, segment) => sum + segment.withProblems, 0);
  }
  /** The log's tree after the latest entry of the index, by which a later head can be compared with it. */
  get state() {
    const latest = this.#segments.toSorted((a, b) => a.first + a.count - (b.first + b.count)).at(-1);
    return latest && { size: latest.first + latest.count, root: latest.root };
  }
  /** Returns the indices of the entries that may meet a query, the newest first. A file that is damaged is left out. */
  async *candidates(query) {
    const alternatives = query.map((keys) => keys.map(({ kind, value }) => keyHash(kind, value)));
    let searched = [];
    const segments = this.#segments.toReversed();
    for (let at = 0; at < segments.length; at += segmentsAtOnce) {
      const find = async (segment) => ({ segment, numbers: await this.#find(segment, alternatives) });
      for (const { segment, numbers } of await mapConcurrently(segments.slice(at, at + segmentsAtOnce), find)) {
        if (numbers === void 0) continue;
        const indices = numbers.map((number) => segment.first + number).sort((a, b) => b - a);
        for (const index of indices) if (!searched.some(({ from, to }) => from <= index && index < to)) yield index;
        searched = merge([...searched, rangeOf(segment)]);
      }
    }
  }
  async #find(segment, alternatives) {
    try {
      return await findInSegment(this.#files, segment, alternatives);
    } catch (error) {
      const reason = damageOf(error);
      this.#segments = this.#segments.filter((one) => one !== segment);
      this.#damaged = [...this.#damaged, { path: segment.path, reason }];
      return void 0;
    }
  }
};
function rangeOf({ first, count }) {
  return { from: first, to: first + count };
}
function merge(ranges) {
  const merged = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== void 0 && from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}
export {
  SearchIndex,
  certificatesOf,
  damageOf,
  forEachKey,
  indexFolder,
  keyHashHex,
  keyKinds,
  keyLength,
  listSegments,
  logFolder,
  logName,
  maxEntries,
  maxRecords,
  merge,
  rangeOf,
  readEntry,
  readRecords,
  recordLength,
  repositoryOf,
  segmentName,
  writeHeader
};
