import "./core-errors-codes.mjs";
var errorTopics = [
  "General",
  "Encodings",
  "Keys and digests",
  "Certificates",
  "Transparency log",
  "Timestamps",
  "Bundles and statements",
  "Trust and policy",
  "Services and registries",
  "Identity tokens",
  "Artifacts and delivery"
];
var errorReference = {
  USAGE: {
    topic: "General",
    meaning: "The options, inputs or arguments are missing, contradictory or invalid.",
    remedy: "Correct the option or input that the message names."
  },
  LIMIT_EXCEEDED: {
    topic: "General",
    meaning: "The input is larger, longer or more deeply nested than Countersign accepts.",
    remedy: "Check that the input is what you expect. If it is, split it."
  },
  CANCELLED: {
    topic: "General",
    meaning: "The run was interrupted, by Ctrl-C, a signal or the cancellation of the job.",
    remedy: "Run again. Files that are already signed are not signed again."
  },
  BASE64_INVALID: {
    topic: "Encodings",
    meaning: "A value is not canonical base64.",
    remedy: "Download or create the file again."
  },
  HEX_INVALID: {
    topic: "Encodings",
    meaning: "A value is not lower-case hexadecimal.",
    remedy: "Correct the value, or create the file again."
  },
  PEM_INVALID: {
    topic: "Encodings",
    meaning: "A file or value is not the expected PEM.",
    remedy: "Check that the file is complete and of the right type."
  },
  DER_INVALID: {
    topic: "Encodings",
    meaning: "A certificate, key or timestamp is not valid DER.",
    remedy: "Download or create the file again."
  },
  JSON_INVALID: {
    topic: "Encodings",
    meaning: "A file is not valid JSON, or has a member twice.",
    remedy: "Download or create the file again."
  },
  KEY_INVALID: {
    topic: "Keys and digests",
    meaning: "A public key is malformed.",
    remedy: "Specify a public key in PEM format (`-----BEGIN PUBLIC KEY-----`)."
  },
  KEY_UNSUPPORTED: {
    topic: "Keys and digests",
    meaning: "The type, curve or size of a key, or a signature algorithm, is not supported.",
    remedy: "Sign with a supported key: ECDSA (P-256, P-384, P-521), Ed25519 or RSA."
  },
  KEY_DISPOSED: {
    topic: "Keys and digests",
    meaning: "A signing session was used after it was closed.",
    remedy: "Open a new session to sign."
  },
  DIGEST_INVALID: {
    topic: "Keys and digests",
    meaning: "A digest, or a line of a checksums file, is malformed.",
    remedy: "Write digests as `sha256:<64 hexadecimal digits>`, and create checksums files with `sha256sum`."
  },
  DIGEST_UNAVAILABLE: {
    topic: "Keys and digests",
    meaning: "The signature is over a digest that is not known, because only another digest of the artifact was given.",
    remedy: "Verify the artifact itself, or its digest of the algorithm that the message names."
  },
  CERTIFICATE_INVALID: {
    topic: "Certificates",
    meaning: "A certificate is malformed, or lacks an identity or an OIDC issuer.",
    remedy: "Ask the publisher for a valid bundle."
  },
  CERTIFICATE_UNTRUSTED: {
    topic: "Certificates",
    meaning: "A certificate was not issued by a certificate authority of the trusted root.",
    remedy: "Check that the trusted root is up to date and belongs to the Sigstore instance of the signature."
  },
  CERTIFICATE_OUTSIDE_VALIDITY: {
    topic: "Certificates",
    meaning: "A certificate was not valid at the time of the signature.",
    remedy: "Do not trust the signature. If you have just signed, check the clock of this machine."
  },
  CERTIFICATE_PURPOSE: {
    topic: "Certificates",
    meaning: "A certificate is not allowed for this use, such as code signing or timestamping.",
    remedy: "Do not trust the signature. Ask the publisher for a bundle with a code signing certificate."
  },
  CERTIFICATE_SANDBOX: {
    topic: "Certificates",
    meaning: "The certificate was issued by a sandbox, which is for testing only.",
    remedy: "Sign with a production instance. To test with the sandbox, set `instance: sandbox`."
  },
  SCT_MISSING: {
    topic: "Certificates",
    meaning: "The certificate has too few signed certificate timestamps of trusted certificate transparency logs.",
    remedy: "Update the trusted root. For a private Sigstore instance without such a log, see `insecure-ignore-sct`."
  },
  SCT_INVALID: {
    topic: "Certificates",
    meaning: "A signed certificate timestamp is malformed or invalid.",
    remedy: "Do not trust the signature. If the message says that the time is in the future, check the clock of this machine."
  },
  CHECKPOINT_INVALID: {
    topic: "Transparency log",
    meaning: "A checkpoint is malformed, or its signature is invalid.",
    remedy: "If it is in a bundle, do not trust the signature, and ask the publisher for the original bundle. If a log published it, try again later."
  },
  CHECKPOINT_ORIGIN: {
    topic: "Transparency log",
    meaning: "The checkpoint that a log published is for another log.",
    remedy: "Check the URL of the log in the trusted root. If it is right, ask the operator of the log."
  },
  CONSISTENCY_UNPROVEN: {
    topic: "Transparency log",
    meaning: "The proof that a log served does not show that its tree contains an earlier tree.",
    remedy: "Try again later. If the error remains, keep both checkpoints and ask the operator of the log."
  },
  TILES_INCONSISTENT: {
    topic: "Transparency log",
    meaning: "The tiles or proofs that a log served do not match the root hash that it signed.",
    remedy: "Try again later. If the error remains, ask the operator of the log."
  },
  ENTRY_ALTERED: {
    topic: "Transparency log",
    meaning: "An entry that a log served is not the entry in its tree.",
    remedy: "Do not use the entry. Try again later; if the error remains, ask the operator of the log."
  },
  ENTRIES_WITHHELD: {
    topic: "Transparency log",
    meaning: "A log does not serve entries or tiles that its checkpoint covers.",
    remedy: "Try again later. If the error remains, ask the operator of the log."
  },
  INCLUSION_PROOF_INVALID: {
    topic: "Transparency log",
    meaning: "The inclusion proof does not show that the log contains the entry.",
    remedy: "Do not trust the signature. Ask the publisher for the original bundle."
  },
  LOG_UNKNOWN: {
    topic: "Transparency log",
    meaning: "The transparency log is not in the trusted root, or was not trusted at that time.",
    remedy: "Use a current trusted root of the Sigstore instance of the signature."
  },
  LOG_ENTRY_MISSING: {
    topic: "Transparency log",
    meaning: "The bundle has entries of too few trusted transparency logs.",
    remedy: "Ask the publisher for a bundle with a log entry. If the bundle has a timestamp and no entry, `countersign complete` adds one, and `accept-timestamp-only` accepts it as it is. For a private Sigstore instance without a log, see `insecure-ignore-tlog`."
  },
  LOG_ENTRY_INVALID: {
    topic: "Transparency log",
    meaning: "A log entry is malformed, unsupported, repeated or lacks its proof.",
    remedy: "Do not trust the signature. Ask the publisher for the original bundle."
  },
  LOG_ENTRY_MISMATCH: {
    topic: "Transparency log",
    meaning: "A log entry is for a different artifact, signature or signer.",
    remedy: "Do not trust the signature. Ask the publisher for the original bundle."
  },
  LOG_ENTRY_DUPLICATE: {
    topic: "Transparency log",
    meaning: "The transparency log already has this entry and did not return it.",
    remedy: "Sign again. A new signature creates a new entry."
  },
  SEARCH_INCOMPLETE: {
    topic: "Transparency log",
    meaning: "A log could not be searched, or not completely, so that entries may be missing from the result.",
    remedy: "Read the coverage in the output. Audit the log with `countersign audit` to index it, then search again."
  },
  WITNESS_MISSING: {
    topic: "Transparency log",
    meaning: "Too few of the required witnesses cosigned the checkpoint.",
    remedy: "Check the `witness` keys and `witness-threshold` of the policy, and that the log is witnessed."
  },
  STATE_INVALID: {
    topic: "Transparency log",
    meaning: "The state of an audit is malformed, or was not made from checkpoints that the log signed.",
    remedy: "Restore the state folder from a backup. To begin again with a new baseline, use a new folder."
  },
  EVIDENCE_INVALID: {
    topic: "Transparency log",
    meaning: "An evidence file is malformed.",
    remedy: "Obtain the file again. An evidence file is JSON, with the schema `countersign-evidence/1`."
  },
  TIMESTAMP_MISSING: {
    topic: "Timestamps",
    meaning: "The bundle has too few trusted times for the signature.",
    remedy: "Update the trusted root, or ask the publisher for a bundle with a timestamp."
  },
  TIMESTAMP_INVALID: {
    topic: "Timestamps",
    meaning: "A timestamp is malformed, repeated or in the future, or its signature is invalid.",
    remedy: "Ask the publisher for the original bundle. If the message says that the time is in the future, check the clock of this machine."
  },
  TIMESTAMP_UNTRUSTED: {
    topic: "Timestamps",
    meaning: "A timestamp was not signed by a timestamp authority of the trusted root.",
    remedy: "Use a current trusted root of the Sigstore instance of the signature."
  },
  TIMESTAMP_MISMATCH: {
    topic: "Timestamps",
    meaning: "A timestamp is for a different signature or request.",
    remedy: "Do not trust the signature. If you were signing, try again."
  },
  BUNDLE_MISSING: {
    topic: "Bundles and statements",
    meaning: "No bundle was found for the artifact.",
    remedy: "Specify the bundle with `bundle` or its folder with `bundle-dir`, or check that the artifact was signed."
  },
  BUNDLE_INVALID: {
    topic: "Bundles and statements",
    meaning: "A bundle is malformed.",
    remedy: "Download the bundle again, or ask the publisher for the original."
  },
  BUNDLE_UNSUPPORTED: {
    topic: "Bundles and statements",
    meaning: "The version or content type of a bundle is not supported.",
    remedy: "Update Countersign, or ask the publisher for a Sigstore bundle of version 0.1 to 0.3."
  },
  BUNDLE_UNREADABLE: {
    topic: "Bundles and statements",
    meaning: "A bundle file exists but cannot be opened or read.",
    remedy: "Check that the path is a regular file, and that this user has read access."
  },
  FORMAT_UNSUPPORTED: {
    topic: "Bundles and statements",
    meaning: "A file is not a Sigstore bundle or public key but has a different format, which the message names.",
    remedy: "Specify the bundle (`.sigstore.json`), or verify with the tool that created the file."
  },
  SIGNATURE_INVALID: {
    topic: "Bundles and statements",
    meaning: "The signature does not verify for this artifact with the key of the signer.",
    remedy: "Do not use the artifact. Download the artifact and the bundle again from the publisher."
  },
  ARTIFACT_MISMATCH: {
    topic: "Bundles and statements",
    meaning: "The bundle is for a different artifact, or the artifact was changed.",
    remedy: "Do not use the artifact. Download the artifact and the bundle again from the publisher."
  },
  STATEMENT_INVALID: {
    topic: "Bundles and statements",
    meaning: "The signed statement or document is malformed.",
    remedy: "Ask the publisher for a valid attestation."
  },
  TRUSTED_ROOT_INVALID: {
    topic: "Trust and policy",
    meaning: "The trusted root, or the metadata of the TUF repository, is malformed or has an invalid signature.",
    remedy: "Obtain the trusted root again from a source that you trust."
  },
  TRUSTED_ROOT_EXPIRED: {
    topic: "Trust and policy",
    meaning: "The metadata of the TUF repository or the cached trust root has expired.",
    remedy: "Run with network access. Also check the clock of this machine."
  },
  TRUSTED_ROOT_MISSING: {
    topic: "Trust and policy",
    meaning: "There is no trusted root, neither in the cache nor in the TUF repository.",
    remedy: "Run once with network access, or set `trusted-root`."
  },
  SIGNING_CONFIG_INVALID: {
    topic: "Trust and policy",
    meaning: "The signing config is malformed, or lacks a service that signing requires.",
    remedy: "Correct the signing config, or obtain it again."
  },
  NO_SERVICE: {
    topic: "Trust and policy",
    meaning: "The signing config has too few services that are valid now and have a supported API version.",
    remedy: "Update the signing config or Countersign. Also check the clock of this machine."
  },
  POLICY_INVALID: {
    topic: "Trust and policy",
    meaning: "The policy is incomplete, contradictory or too broad, or its file is malformed or not accepted in this job.",
    remedy: "Correct the option or the line of the policy file that the message names."
  },
  IDENTITY_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The artifact was signed by a different identity than the policy requires.",
    remedy: "Do not use the artifact, unless the policy is wrong."
  },
  ISSUER_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The identity was issued by a different OIDC issuer than the policy requires.",
    remedy: "Do not use the artifact, unless the policy is wrong."
  },
  CLAIM_MISMATCH: {
    topic: "Trust and policy",
    meaning: "A claim of the certificate, such as the repository or the ref, does not meet the policy.",
    remedy: "Do not use the artifact, unless the policy is wrong."
  },
  KEY_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The policy requires a signature of a public key, but the bundle was signed with a certificate.",
    remedy: "Specify the identity of the signer instead of `key`."
  },
  PREDICATE_TYPE_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The statement has a different predicate type than the policy requires.",
    remedy: "Check `predicate-type`, and that the right attestation is among the bundles."
  },
  SUBJECT_NAME_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The statement has a different subject name than the policy requires.",
    remedy: "Check `statement-subject-name`, and that the artifact is the expected one."
  },
  PREDICATE_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The predicate of the statement lacks a value that the policy requires, or has a different one.",
    remedy: "Do not use the artifact, unless the policy is wrong."
  },
  PROVENANCE_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The SLSA provenance states another source, builder or run than the certificate that signed it.",
    remedy: "Do not use the artifact. Ask the publisher how the statement was made."
  },
  RELEASE_MISMATCH: {
    topic: "Trust and policy",
    meaning: "The attestation is of a different GitHub release than `release` names, or of a different commit.",
    remedy: "Check `release`, and that the attestation of this release is among the bundles. If both are right, do not use the artifact."
  },
  SIGNATURE_TOO_OLD: {
    topic: "Trust and policy",
    meaning: "The signature is older than `max-age` allows.",
    remedy: "Check whether there is a newer release, or increase `max-age`. Also check the clock of this machine."
  },
  ATTESTATION_MISSING: {
    topic: "Trust and policy",
    meaning: "The artifact has no attestation of a type that `require-attestation` names, or only one by another signer.",
    remedy: "Check that the attestation is next to the artifact, attached to the image, or among the specified bundles."
  },
  SERVICE_UNAVAILABLE: {
    topic: "Services and registries",
    meaning: "A service or a proxy is down, overloaded or unreachable.",
    remedy: "Try again later, or increase `retry-budget`."
  },
  NETWORK_UNAVAILABLE: {
    topic: "Services and registries",
    meaning: "This machine cannot reach any service.",
    remedy: "Check the network connection of this machine."
  },
  SERVICE_REFUSED: {
    topic: "Services and registries",
    meaning: "A service or a proxy rejected the request.",
    remedy: "Check the credentials, the permissions and the URL that the message names."
  },
  SERVICE_RESPONSE_INVALID: {
    topic: "Services and registries",
    meaning: "The response of a service is malformed or does not match the request.",
    remedy: "Check the URL of the service. A proxy or login page may be answering instead."
  },
  RATE_LIMITED: {
    topic: "Services and registries",
    meaning: "The service accepts no more requests for now, because its rate limit is used up.",
    remedy: "Run again after the time that the message states. For the API of GitHub, provide a token."
  },
  PERMISSION_MISSING: {
    topic: "Services and registries",
    meaning: "The token lacks a permission that the request requires.",
    remedy: "Add the permission that the message names to the job or the token."
  },
  ATTACHMENT_UNREADABLE: {
    topic: "Services and registries",
    meaning: "A tag or list of a registry that may contain signatures cannot be read.",
    remedy: "Log in with an account that has read access, or try again later."
  },
  CREDENTIALS_INVALID: {
    topic: "Services and registries",
    meaning: "A file with registry credentials is malformed, or a credential helper failed.",
    remedy: 'Run "docker login" again.'
  },
  TOKEN_PERMISSION_MISSING: {
    topic: "Identity tokens",
    meaning: "The job is not allowed to request an identity token.",
    remedy: "On GitHub, add `id-token: write` to the permissions of the job. On another CI system, see the page of the provider."
  },
  TOKEN_INVALID: {
    topic: "Identity tokens",
    meaning: "There is no identity token, or it is malformed, not valid yet, lacks a claim, or is of another audience, issuer or provider.",
    remedy: 'Request a token with the audience "sigstore".'
  },
  TOKEN_EXPIRED: {
    topic: "Identity tokens",
    meaning: "The identity token has expired or expires within seconds.",
    remedy: "Request a new token right before signing. Also check the clock of this machine."
  },
  LOGIN_UNAVAILABLE: {
    topic: "Identity tokens",
    meaning: "A person cannot log in here: in a CI job, without a terminal, with a port that is in use, or in a way that the identity provider does not offer.",
    remedy: "In a CI job, provide an identity token. On a machine without a browser, use `--no-browser` or `--device`."
  },
  LOGIN_REFUSED: {
    topic: "Identity tokens",
    meaning: "The person did not agree, or the identity provider refused the login.",
    remedy: "Log in again and accept, or check `oidc-issuer` and `oidc-client-id`."
  },
  LOGIN_TIMEOUT: {
    topic: "Identity tokens",
    meaning: "The login was not finished in time.",
    remedy: "Run the command again, and finish the login within 5 minutes."
  },
  LOGIN_INVALID: {
    topic: "Identity tokens",
    meaning: "The answer to a login has a wrong state, nonce or issuer, arrived twice with different content, or is malformed.",
    remedy: "Log in again. If it happens again, another program on this machine or a web page interferes with the login."
  },
  TRIGGER_REFUSED: {
    topic: "Identity tokens",
    meaning: "Outsiders could have triggered or changed the job.",
    remedy: "Sign in a workflow that is triggered by a push, a tag or a release."
  },
  PUBLIC_LOG_REFUSED: {
    topic: "Identity tokens",
    meaning: "The repository is not public, and signing would publish its name and other claims in a public log.",
    remedy: "Use an instance without a public log, or allow the publication with `public-log: allow`."
  },
  SUBJECT_MISSING: {
    topic: "Artifacts and delivery",
    meaning: "There is nothing to sign or verify, or a pattern, image or workflow artifact does not exist.",
    remedy: "Correct the pattern or name, or create the file first."
  },
  SUBJECT_UNREADABLE: {
    topic: "Artifacts and delivery",
    meaning: "A file to sign or verify cannot be opened or read.",
    remedy: "Check the path, and that this user has read access."
  },
  SUBJECT_CHANGED: {
    topic: "Artifacts and delivery",
    meaning: "A file, image or workflow artifact was changed during the run, or does not match its checksum.",
    remedy: "Find out what changed it, and sign after the last write."
  },
  SECRET_REFUSED: {
    topic: "Artifacts and delivery",
    meaning: "A document that was to be signed contains something like a token or a private key, which would be published.",
    remedy: "Remove it from the document, and revoke it if others have seen it. If it is not a secret, set `allow-secrets`."
  },
  SUBJECT_AMBIGUOUS: {
    topic: "Artifacts and delivery",
    meaning: "A file has content whose signature could be misused as an attestation or image signature.",
    remedy: "Put the file into an archive, or set `bundle-format: attestation`."
  },
  SUBJECT_LEFT_OUT: {
    topic: "Artifacts and delivery",
    meaning: "With `strict-folder`, a folder contains something that is not verified.",
    remedy: "Remove it, specify it, or exclude it with a pattern that starts with `!`."
  },
  IMAGE_INVALID: {
    topic: "Artifacts and delivery",
    meaning: "A container image is malformed, or does not match its digests.",
    remedy: "Save or push the image again."
  },
  PACKAGE_INVALID: {
    topic: "Artifacts and delivery",
    meaning: "A file is not a package of the registry that `package` names, or the registry would refuse it.",
    remedy: "Build the package again with the tool of its registry, such as `npm pack` or `python -m build`."
  },
  DELIVERY_FAILED: {
    topic: "Artifacts and delivery",
    meaning: "Bundles were created but could not be collected or uploaded.",
    remedy: "Run again. Files that are already signed are not signed again."
  },
  RELEASE_IMMUTABLE: {
    topic: "Artifacts and delivery",
    meaning: "The GitHub release is published, and its assets can no longer change.",
    remedy: "Attach files to the draft, and publish it afterwards. For this version, create a release with a new tag."
  },
  RELEASE_TAG_USED: {
    topic: "Artifacts and delivery",
    meaning: "The tag belonged to an immutable release on GitHub, and cannot be the tag of another release.",
    remedy: "Release under a new tag. GitHub does not free the tag, even after the release or the repository is deleted."
  },
  RELEASE_TAG_MOVED: {
    topic: "Artifacts and delivery",
    meaning: "The tag of the GitHub release is at another commit than the one that was built.",
    remedy: "Build the commit of the tag, or use another tag. If somebody moved the tag, find out why."
  },
  RELEASE_MISSING: {
    topic: "Artifacts and delivery",
    meaning: "The GitHub release does not exist, or is a draft that the token cannot see.",
    remedy: "Check the tag or ID, and that the job has `contents: write`, without which drafts are hidden."
  },
  RELEASE_AMBIGUOUS: {
    topic: "Artifacts and delivery",
    meaning: "Several drafts on GitHub have the tag of the release.",
    remedy: "Delete the drafts that you do not need, or specify the draft by its ID."
  },
  RELEASE_ASSET_DIFFERS: {
    topic: "Artifacts and delivery",
    meaning: "The GitHub release has an asset with the name of the file, but with different content.",
    remedy: "Find out which of them is correct. Delete the asset if it is outdated, and run again."
  },
  RELEASE_ASSET_UNFIT: {
    topic: "Artifacts and delivery",
    meaning: "A file cannot become an asset of a GitHub release, because of its name, its size or the number of assets.",
    remedy: "Rename the file, or put several files into one archive."
  },
  WRITE_FAILED: {
    topic: "Artifacts and delivery",
    meaning: "A file cannot be written on this machine.",
    remedy: "Check the permissions and the free disk space, or specify a different folder with `bundle-dir`."
  },
  ARCHIVE_INVALID: {
    topic: "Artifacts and delivery",
    meaning: "A workflow artifact is malformed, does not match its digest, or has entries that are unsafe to unpack.",
    remedy: "Upload the artifact again with actions/upload-artifact. If that does not help, find out what changed it."
  }
};
export {
  errorReference,
  errorTopics
};
