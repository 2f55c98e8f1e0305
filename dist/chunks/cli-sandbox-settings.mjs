import { CountersignError, fail } from "./core-errors-codes.mjs";
import { join } from "node:path";
function sandboxFiles({ purpose, trustedRoot, signingConfig, tufUrl }, logVersion, { TRUST: folder = "", TUF_URL }) {
  const isComplete = trustedRoot !== void 0 && (purpose === "verify" || signingConfig !== void 0);
  if (isComplete || tufUrl !== void 0) return { trustedRoot, signingConfig };
  if (folder === "")
    fail("USAGE", "the address of the sandbox is unknown: the environment variable TRUST is not set", {
      remedy: "Start a sandbox with `countersign sandbox --state FOLDER`, and run `. FOLDER/stack.env` in this shell. Or run the command with `countersign sandbox -- COMMAND`."
    });
  if (purpose === "trusted-root")
    return { tufUrl: TUF_URL, tufRoot: join(folder, "tuf_root.json"), cacheDirectory: void 0 };
  const config = logVersion === 1 ? "signing_config.rekor1tsa.json" : "signing_config.json";
  return {
    trustedRoot: trustedRoot ?? join(folder, "trusted_root.json"),
    signingConfig: purpose === "verify" ? signingConfig : signingConfig ?? join(folder, config)
  };
}
function withSandboxIssuer(policy, { OIDC_GHA: issuer = "" }) {
  const { repo, owner, signerRepo, signerWorkflow, certificateOidcIssuer, anyIssuer, hostname, policy: file } = policy;
  const namesJob = [repo, owner, signerRepo, signerWorkflow].some((option) => option !== void 0);
  const isDefault = [certificateOidcIssuer, anyIssuer, hostname, file].every((option) => option === void 0);
  return issuer !== "" && namesJob && isDefault ? { ...policy, certificateOidcIssuer: issuer } : policy;
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
  namedKeyFile,
  sandboxFiles,
  withSandboxIssuer
};
