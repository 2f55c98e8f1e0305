import { CountersignError, errorReference, errorTopics, fail } from "./core-errors-reference.mjs";
var codes = Object.keys(errorReference);
function errorsCommand(name) {
  process.stdout.write(name === void 0 ? list() : description(name));
}
function list() {
  const width = Math.max(...codes.map((code) => code.length));
  const sections = errorTopics.map((topic) => {
    const listed = codes.filter((code) => errorReference[code].topic === topic);
    const lines = listed.map((code) => `  ${code.padEnd(width)}  ${errorReference[code].meaning}`);
    return [topic, ...lines].join("\n");
  });
  return `${sections.join("\n\n")}
`;
}
function description(name) {
  const code = codes.find((one) => one === name.toUpperCase()) ?? unknown(name);
  const { meaning, remedy } = errorReference[code];
  return `${code} (exit code ${new CountersignError(code, "").exitCode})

${meaning}

What to do: ${remedy}
`;
}
function unknown(name) {
  const wanted = name.toUpperCase().slice(0, 100);
  const [nearest] = codes.map((code) => ({ code, distance: editDistance(wanted, code) })).sort(byDistance);
  return fail("USAGE", `${JSON.stringify(name.slice(0, 100))} is not an error code`, {
    remedy: `Did you mean ${nearest?.code}? \`countersign errors\` lists all codes.`
  });
}
function byDistance(a, b) {
  return a.distance - b.distance;
}
function editDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const [left = 0, above = 0, diagonal = 0] = [next[at - 1], row[at], row[at - 1]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === to[at - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

var others = [
  [
    /^-----BEGIN (?:TRUSTED )?CERTIFICATE-----/,
    "a certificate",
    "A certificate belongs to an identity. Use `certificate-identity` and `certificate-oidc-issuer` (or `repo`) instead of `key`. If the signature was created with a long-lived key, use its public key; `openssl x509 -in FILE -noout -pubkey` prints the public key of a certificate."
  ],
  [
    /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    "a private key",
    "Use the public key, which `cosign public-key --key FILE` or `openssl pkey -in FILE -pubout` prints, and keep the private key secret."
  ],
  [
    /^-----BEGIN RSA PUBLIC KEY-----/,
    "a public key in PKCS #1 format",
    "Convert it with `openssl rsa -RSAPublicKey_in -in FILE -pubout`."
  ],
  [/^-----BEGIN PGP /, "a PGP key", "PGP signatures are not supported. Use `gpg --verify`."],
  [
    /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) |^-----BEGIN (?:OPENSSH|SSH2) /,
    "an SSH key",
    "Convert it with `ssh-keygen -e -m PKCS8 -f FILE`."
  ],
  [/^untrusted comment:/i, "a minisign or signify key", "minisign signatures are not supported. Use minisign."],
  [/^\s*\{/, "a JSON document", "Specify the public key in PEM format (`-----BEGIN PUBLIC KEY-----`)."]
];
function namedKeyFile(text, path) {
  const trimmed = text.trim();
  const [, what, remedy] = others.find(([shape]) => shape.test(trimmed)) ?? [];
  if (what === void 0 || remedy === void 0) return void 0;
  return new CountersignError("FORMAT_UNSUPPORTED", `the public key ${path} is ${what}, which is not supported`, {
    remedy
  });
}
export {
  errorsCommand,
  namedKeyFile
};
