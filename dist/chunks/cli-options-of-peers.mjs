import { inFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-shared.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import "./core-errors-codes.mjs";
var registry = {
  "--allow-http-registry": "HTTP is used only for registries on this machine.",
  "--allow-insecure-registry": "HTTP is used only for registries on this machine.",
  "--k8s-keychain": "Log in with `docker login` or a credential helper.",
  "--registry-cacert": "Set the variable NODE_EXTRA_CA_CERTS to the path of the certificate.",
  "--registry-client-cert": "Client certificates are not supported. Use cosign for this registry.",
  "--registry-client-key": "Client certificates are not supported. Use cosign for this registry.",
  "--registry-server-name": "It is not supported. Use cosign for this registry.",
  "--registry-password": "Use `registry-password`, or log in with `docker login`.",
  "--registry-token": "Use `registry-password`, or log in with `docker login`.",
  "--attachment-tag-prefix": "The tags of attachments are fixed. For another repository, set the variable COSIGN_REPOSITORY."
};
var program = {
  "--output-file": "Redirect standard output to the file.",
  "--timeout": "Use `retry-budget` to limit the time to wait for services.",
  "--new-bundle-format": "Remove it. Bundles always have this format.",
  "--sk": "Hardware tokens are not supported.",
  "--slot": "Hardware tokens are not supported."
};
var ca = "Use `trusted-root`, with a trusted root that contains these certificates.";
var inBundle = "The bundle contains it. Specify the bundle with `bundle`.";
var verify = {
  ...registry,
  ...program,
  "--rekor-url": "The log is part of the Sigstore instance. Use `instance` or `trusted-root`.",
  // gh attestation verify
  "--bundle-from-oci": "Remove it. The bundles that are attached to an image are used by default.",
  "--digest-alg": "Remove it. The bundle determines the algorithm.",
  "--format": "Use `json`. Filter the JSON with jq.",
  "--jq": "Use `json`, and filter the JSON with jq.",
  "--template": "Use `json`, and filter the JSON with jq.",
  "--limit": "Remove it. All bundles of an artifact are examined.",
  "--no-public-good": "Use `instance: github`.",
  // cosign verify, verify-blob, verify-attestation and verify-blob-attestation
  "--allow-certificate-chain": `${ca} Intermediate certificates in the bundle are then used if the policy requires an exact identity and accepts any issuer.`,
  "--annotations": "Annotations are not supported. Use cosign verify.",
  "--attachment": "Specify the digest of the attached image as the artifact.",
  "--base-image-only": "Specify the base image as the artifact.",
  "--ca-intermediates": ca,
  "--ca-roots": ca,
  "--certificate": inBundle,
  "--certificate-chain": ca,
  "--certificate-github-workflow-name": "Use `signer-workflow` with the path of the workflow. Several workflows can have one name.",
  "--check-claims": "Remove it. The digest of the artifact is always compared.",
  "--digest": "Specify the digest as the artifact: sha256:\u2026.",
  "--digestAlg": "Specify the digest with its algorithm as the artifact: sha256:\u2026.",
  "--experimental-oci11": "Remove it. Attachments are always found by the referrers API too.",
  "--local-image": "Specify the path of the folder as the artifact: ./image.",
  "--max-workers": "Use `concurrency`.",
  "--output": "Use `json`.",
  "--payload": "The payload is read from the registry. Specify the image as the artifact.",
  "--private-infrastructure": "Use `insecure-ignore-tlog`.",
  "--rfc3161-timestamp": inBundle,
  "--rfc3161-timestamp-bundle": inBundle,
  "--sct": inBundle,
  "--signature": "A signature without a bundle is not supported. Ask the publisher for a bundle, or use cosign.",
  "--signature-digest-algorithm": "Remove it. The bundle determines the algorithm.",
  "--sk": "Hardware tokens are not supported. Export the public key, and use `key`.",
  "--slot": "Hardware tokens are not supported. Export the public key, and use `key`.",
  "--timestamp-certificate-chain": "Use `trusted-root`, with a trusted root that contains the timestamp authority.",
  "--type": "Use `predicate-type` with the URI, such as https://slsa.dev/provenance/v1.",
  // Short names.
  "-L": "It is --limit of gh. Remove it: all bundles of an artifact are examined.",
  "-a": "It is --annotations of cosign. Annotations are not supported.",
  "-d": "It is --digest-alg of gh and --verbose of cosign. Use --verbose for details.",
  "-i": "It is --cert-identity-regex of gh. Use `certificate-identity-glob` or `certificate-identity-within`.",
  "-t": "It is --template of gh and --timeout of cosign. Use `json` or `retry-budget`."
};
var keyless = "Signing with a long-lived key is not supported. Use cosign.";
var service = "Use `signing-config` with the services to use.";
var output = "Use `bundle` or `bundle-dir`. The bundle contains it.";
var client = "Client certificates are not supported. Use cosign with this timestamp authority.";
var sign = {
  ...registry,
  ...program,
  "--rekor-url": "The log is part of the Sigstore instance. Use `instance`, or `trusted-root` and `signing-config`.",
  // cosign sign, sign-blob, attest and attest-blob
  "--annotations": "Annotations are not supported. Use cosign sign.",
  "--attachment": "Specify the digest of the attached image with `images`.",
  "--b64": output,
  "--certificate": "Remove it. The certificate is requested from the certificate authority.",
  "--certificate-chain": "Remove it. The certificate is requested from the certificate authority.",
  "--fulcio-auth-flow": "Use --device or --no-browser. By default, a login opens the browser.",
  "--fulcio-url": service,
  "--hash": "Use `digests`.",
  "--insecure-skip-verify": "Use `insecure-ignore-sct`.",
  "--issue-certificate": keyless,
  "--key": keyless,
  "--no-upload": "Use --no-push-to-registry.",
  "--oidc-client-secret-file": "Remove it. The client of a login has no secret.",
  "--oidc-disable-ambient-providers": "Use --identity-provider login.",
  "--oidc-provider": "Use --identity-provider.",
  "--output": output,
  "--output-attestation": output,
  "--output-certificate": output,
  "--output-payload": "It is not supported. Use cosign sign.",
  "--output-signature": output,
  "--payload": "It is not supported. Use cosign sign.",
  "--record-creation-timestamp": "Remove it. Bundles have the signing time.",
  "--registry-referrers-mode": "Remove it. The referrers API is used if the registry has it.",
  "--rekor-entry-type": "Remove it. The log determines the type.",
  "--replace": "Remove it. Bundles are added to those that are attached already.",
  "--rfc3161-timestamp": output,
  "--rfc3161-timestamp-bundle": output,
  "--sign-container-identity": "It is not supported. Use cosign sign.",
  "--signing-algorithm": "Remove it. Signatures are always ECDSA P-256 with SHA-256.",
  "--timestamp-client-cacert": client,
  "--timestamp-client-cert": client,
  "--timestamp-client-key": client,
  "--timestamp-server-name": client,
  "--timestamp-server-url": service,
  "--tlog-upload": "Use `insecure-ignore-tlog`, with a private Sigstore that has no transparency log.",
  "--upload": "Use --no-push-to-registry to keep bundles out of the registry.",
  "--use-signing-config": "Remove it. A signing config is always used.",
  "--verbose": "Remove it. Each signed file is listed.",
  // Short names.
  "-a": "It is --annotations of cosign. Annotations are not supported.",
  "-d": "It is --verbose of cosign. Remove it.",
  "-t": "It is --timeout of cosign. Use `retry-budget`."
};
var search = {
  // rekor-cli search and get
  "--artifact": "Specify the file as an argument.",
  "--sha": "Use --digest with the algorithm: sha256:\u2026.",
  "--email": "Use --identity.",
  "--public-key": "Use --key.",
  "--pki-format": "Remove it. A key is a public key in PEM.",
  "--operator": "Remove it. An entry must meet all conditions.",
  "--rekor_server": "Use --log, for a log of the trusted root.",
  "--format": "Use `json`.",
  // The options of verify.
  "--certificate-identity": "Use --identity.",
  "--certificate-oidc-issuer": "Use --issuer.",
  "--cert-identity": "Use --identity.",
  "--cert-oidc-issuer": "Use --issuer."
};
var commands = { sign, verify, search };
var peerOptions = {
  sign: Object.keys(sign),
  verify: Object.keys(verify)
};
function hintForOption(command, message) {
  const hints = command !== void 0 && Object.hasOwn(commands, command) && commands[command] || {};
  const [, name = ""] = /unknown option '(-[^'=]*)/.exec(message) ?? [];
  const hint = Object.hasOwn(hints, name) ? hints[name] : void 0;
  return hint === void 0 ? void 0 : inFlags(hint);
}
export {
  hintForOption,
  peerOptions
};
