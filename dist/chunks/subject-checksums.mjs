import { digestLengths, isHashAlgorithm, toDigest } from "./node-regular-file.mjs";
import { decodeHex } from "./core-encoding-der.mjs";
import { fail } from "./core-errors-codes.mjs";
var checksumsLimits = { bytes: 16 * 1024 * 1024, lines: 1e5 };
function parseChecksums(text, file) {
  if (text.includes("-----BEGIN PGP SIGNED MESSAGE-----"))
    malformed(file, "is a PGP-signed message", clearsignedRemedy);
  const lines = text.split("\n");
  if (lines.length - 1 > checksumsLimits.lines) {
    fail("LIMIT_EXCEEDED", `the checksums file ${file} has more than ${checksumsLimits.lines} lines`, {
      remedy: "Split it into several files."
    });
  }
  const subjects = lines.flatMap((line, index) => {
    const origin = `${file}, line ${index + 1}`;
    const checksum = parseLine(line.replace(/\r$/, ""), origin);
    return checksum === void 0 ? [] : [{ kind: "digest", ...checksum, origin }];
  });
  if (subjects.length === 0) {
    fail("SUBJECT_MISSING", `the checksums file ${file} has no entries`, {
      remedy: "Check the command that writes it, for example `sha256sum *.tgz > SHA256SUMS`."
    });
  }
  return subjects;
}
var tagged = /^([A-Za-z0-9/-]+) ?\((.*)\) ?= ?([0-9a-zA-Z]+)$/;
var untagged = /^([0-9a-zA-Z]+)(?: [ *]| )(.*)$/;
function parseLine(line, origin) {
  if (line.startsWith("#") || line.trim() === "") return void 0;
  if (line.includes("\0"))
    malformed(origin, "contains a NUL character", "Write the file as UTF-8 and without `--zero`.");
  const content = line.replace(/^[ \t]+/, "");
  const escaped = content.startsWith("\\");
  const unescaped = escaped ? content.slice(1) : content;
  const [, tag, taggedName = "", taggedHex = ""] = tagged.exec(unescaped) ?? [];
  if (tag !== void 0) {
    const algorithm2 = algorithmOfTag(tag) ?? malformed(origin, `has a digest of the unsupported type ${tag}`, kindsRemedy);
    return { ...nameOf(taggedName, escaped, origin), digest: digestOf(taggedHex, algorithm2, origin) };
  }
  if (/^[0-9a-f]{64,}$/i.test(unescaped)) malformed(origin, "has a digest but no name", namelessRemedy);
  const [, hex, name = ""] = untagged.exec(unescaped) ?? malformed(origin, "does not consist of a digest and a name", formRemedy);
  const digits = hex ?? "";
  if (/^[0-9a-zA-Z]+ \^/.test(unescaped))
    malformed(origin, "was written in bits mode", "Create the file without `--01`.");
  if (!/^[0-9a-f]+$/i.test(digits)) malformed(origin, "does not start with a digest", formRemedy);
  const algorithm = algorithmOfLength(digits.length) ?? malformed(origin, wrongLength(digits), kindsRemedy);
  return { ...nameOf(name, escaped, origin), digest: digestOf(digits, algorithm, origin) };
}
function algorithmOfTag(tag) {
  const name = tag.toLowerCase().replace(/^sha2?-/, "sha");
  return isHashAlgorithm(name) ? name : void 0;
}
function algorithmOfLength(digits) {
  return Object.keys(digestLengths).filter(isHashAlgorithm).find((algorithm) => digestLengths[algorithm] * 2 === digits);
}
function digestOf(hex, algorithm, origin) {
  if (!/^[0-9a-f]+$/i.test(hex)) malformed(origin, "has a digest that is not hexadecimal", formRemedy);
  if (hex.length !== digestLengths[algorithm] * 2) {
    malformed(origin, `is for ${algorithm}, but ${wrongLength(hex)}`, kindsRemedy);
  }
  return toDigest(algorithm, decodeHex(hex.toLowerCase()));
}
function nameOf(text, escaped, origin) {
  const written = escaped ? unescapeName(text, origin) : text;
  if (written === "") malformed(origin, "has no name", formRemedy);
  if (written === "-")
    malformed(
      origin,
      "is for standard input, which has no file name",
      "Pass the file name to the program that creates the checksums."
    );
  return { name: written.replace(/^[ \t]+|[ \t]+$/g, "") || written, written };
}
var escapes = /* @__PURE__ */ new Map([
  ["\\\\", "\\"],
  ["\\n", "\n"],
  ["\\r", "\r"]
]);
function unescapeName(text, origin) {
  return text.replace(
    /\\.?/g,
    (pair) => escapes.get(pair) ?? malformed(origin, "contains an escape other than \\\\, \\n and \\r", "Create the file again with `sha256sum`.")
  );
}
function wrongLength(hex) {
  const lengths = Object.entries(digestLengths).map(([name, bytes]) => `${bytes * 2} (${name})`);
  return `has a digest of ${hex.length} digits; supported lengths are ${lengths.join(", ")}`;
}
var kindsRemedy = "Create the file with sha256sum, sha384sum or sha512sum.";
var clearsignedRemedy = "Extract the text from the message with `gpg --output SHA256SUMS --decrypt SHA256SUMS.asc`, and specify that file.";
var namelessRemedy = "Add the file name after the digest, as sha256sum does, or specify both with `digests` as `app.tgz@sha256:\u2026`.";
var formRemedy = "Each line must have the form `<hex>  <name>`, `<hex> *<name>` or `SHA256 (<name>) = <hex>`.";
function malformed(origin, problem, remedy) {
  fail("DIGEST_INVALID", `${origin} ${problem}`, { remedy });
}
export {
  checksumsLimits,
  parseChecksums
};
