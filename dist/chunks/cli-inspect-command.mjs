import { loadVerifyPolicy, policyRequest } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { readAccount } from "./cli-read-account.mjs";
import "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { inspect } from "./run-verify-inspect.mjs";
import "./report-bundle-claims.mjs";
import "./run-verify-verify-image.mjs";
import "./subject-image-platform.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import { beginsLikeImage, looksLikeImage } from "./node-safe-file-name.mjs";
import { systemRegistries_2 } from "./run-world-system-registries.mjs";
import "./fetch-attached-bundles.mjs";
import "./core-statement-simple-signing.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import "./fetch-older-signatures.mjs";
import { count, shownText } from "./report-shorten.mjs";
import { failureJson } from "./options-shared.mjs";
import { usesColour, reportInFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./services-http-sleep.mjs";
import "./services-registry-manifest.mjs";
import "./node-run-program.mjs";
import "./services-http-back-off.mjs";
import "./node-concurrency.mjs";
import "./run-policy-load-policy.mjs";
import "./run-verify-bundle-pool.mjs";
import "./run-verify-pool-examination.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import { worstOf } from "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./subject-image-name.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./node-secret.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import { claimName } from "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
import { join, resolve } from "node:path";
function inspectionFailure({ bundles, hasPolicy }) {
  if (!hasPolicy && bundles.some(({ claims }) => claims !== void 0)) return void 0;
  return worstOf(bundles.map(({ failure }) => failure));
}
function inspectionJson(inspection) {
  const { place, digest, hasPolicy, bundles, warnings } = inspection;
  const failure = inspectionFailure(inspection);
  return {
    version: 1,
    // For readers who see only the JSON: no artifact was read.
    verified: false,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    place,
    digest: digest ?? null,
    policy: hasPolicy,
    warnings,
    bundles: bundles.map(bundleJson)
  };
}
function bundleJson({ place, claims, verifiedDigest, failure }) {
  return {
    bundle: place,
    verifiedDigest: verifiedDigest === void 0 ? null : formatDigest(verifiedDigest),
    failure: failure === void 0 ? null : failureJson(failure),
    claims: claims === void 0 ? null : claimsJson(claims)
  };
}
function claimsJson({ mediaType, signer, content, logEntries, timestamps }) {
  return {
    mediaType,
    signer: signerJson(signer),
    content: contentJson(content),
    logEntries: logEntries.map(({ kind, index, origin, integratedTime }) => ({
      kind,
      index: index.toString(),
      origin: origin ?? null,
      integratedTime: integratedTime?.toISOString() ?? null
    })),
    timestamps: timestamps.map((time) => time?.toISOString() ?? null)
  };
}
function signerJson(signer) {
  if (signer.kind !== "certificate") return signer;
  const { kind, names, claims, notBefore, notAfter } = signer;
  const named = Object.entries(claims).map(([claim, value]) => [claimName(claim), value]);
  return {
    kind,
    names,
    claims: Object.fromEntries(named),
    certificate: { notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() }
  };
}
function contentJson(content) {
  switch (content.kind) {
    case "artifact":
      return { kind: content.kind, digest: content.digest === void 0 ? null : formatDigest(content.digest) };
    case "simple-signing":
      return { ...content, digest: formatDigest(content.digest) };
    case "payload":
      return content;
    case "statement":
      return {
        ...content,
        subjects: content.subjects.map((subject) => ({ ...subject, digests: subject.digests.map(formatDigest) }))
      };
  }
}
var colours = { verified: 32, failed: 31, warning: 33 };
var titleWidth = 35;
var maxSubjects = 20;
function inspectionText(inspection, { colour = false } = {}) {
  const paint = (text, as) => colour ? `\x1B[${colours[as]}m${text}\x1B[0m` : text;
  const { digest, place, bundles, warnings } = inspection;
  const left = bundles.filter(({ failure }) => failure !== void 0).length === 1 && inspectionFailure(inspection);
  const lines = [
    ...headLines(inspection, paint),
    ...digest === void 0 ? [] : ["", `${shownText(place, 300)} (${digest})`],
    ...bundles.flatMap((bundle) => ["", ...bundleLines(bundle, { hasPolicy: inspection.hasPolicy, left, paint })]),
    ...warnings.map((warning) => `Warning: ${shownText(warning, 600)}`)
  ];
  return lines.map((line) => `${line}
`).join("");
}
function headLines({ hasPolicy, bundles, digest }, paint) {
  if (!hasPolicy)
    return [
      `${paint("Not verified", "warning")}. Anyone can write a bundle with these claims. To verify an artifact, run countersign verify.`
    ];
  const satisfied = bundles.filter(({ verifiedDigest }) => verifiedDigest !== void 0).length;
  const all = satisfied === bundles.length;
  return [
    `${paint(all ? "Signatures verified" : "Not verified", all ? "verified" : "failed")}: the policy is satisfied by ${satisfied} of ${count(bundles.length, "bundle")}.`,
    digest === void 0 ? "No artifact was read. Each signature was checked for the digest that its bundle names. Compare it with the digest of your artifact." : "Each signature was checked for the digest of the image."
  ];
}
function bundleLines(bundle, { hasPolicy, left, paint }) {
  const { place, claims, verifiedDigest, failure } = bundle;
  const outcome = verifiedDigest !== void 0 ? [`  ${paint("signature verified", "verified")} for ${formatDigest(verifiedDigest)}`] : hasPolicy && claims !== void 0 ? [`  ${paint("NOT VERIFIED", "failed")}`] : [];
  const reason = failure === void 0 || failure === left ? [] : [`  ${failure.code}: ${shownText(failure.message, 500)}`];
  if (claims === void 0) return [`${paint("unreadable", "warning")} ${shownText(place, 300)}`, ...reason];
  return [
    shownText(place, 300),
    ...outcome,
    ...reason,
    ...claimsOf(claims).map(([name, value]) => `  ${shownText(name, 60).padEnd(titleWidth)} ${shownText(value, 400)}`)
  ];
}
function claimsOf({ mediaType, signer, content, logEntries, timestamps }) {
  return [
    ["media-type", mediaType],
    ...signerClaims(signer),
    ...contentClaims(content),
    ...logEntries.map(
      ({ kind, index, origin, integratedTime }) => [
        "log-entry",
        `${index}${origin === void 0 ? "" : ` of ${origin}`} (${kind})${integratedTime === void 0 ? "" : `, at ${integratedTime.toISOString()}`}`
      ]
    ),
    ...logEntries.length === 0 ? [["log-entry", "none"]] : [],
    ...timestamps.map((time) => ["timestamp", time === void 0 ? "unreadable" : time.toISOString()]),
    ...timestamps.length === 0 ? [["timestamp", "none"]] : []
  ];
}
function signerClaims(signer) {
  if (signer.kind === "key")
    return [["signer", `a long-lived key${signer.hint === "" ? "" : `, hint ${signer.hint}`}`]];
  if (signer.kind === "unreadable") return [["signer", "a certificate that cannot be read"]];
  const { names, claims, notBefore, notAfter } = signer;
  return [
    ["identity", names.length === 0 ? "none" : names.join(", ")],
    ...Object.entries(claims).flatMap(
      ([claim, value]) => value === void 0 ? [] : [[claimName(claim), value]]
    ),
    ["certificate", `valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}`]
  ];
}
function subjectText({ name, uri, digests, commit }) {
  const parts = [name, uri, ...digests.map(formatDigest), commit && `commit ${commit}`];
  return parts.filter((part) => part !== void 0 && part !== "").join(" ");
}
function contentClaims(content) {
  switch (content.kind) {
    case "artifact":
      return [
        ["signature", "over the artifact"],
        ["digest", content.digest === void 0 ? "not named" : formatDigest(content.digest)]
      ];
    case "simple-signing":
      return [
        ["signature", "over a simple signing document"],
        ["docker-reference", content.dockerReference],
        ["digest", formatDigest(content.digest)]
      ];
    case "payload":
      return [["signature", `over a payload that cannot be read, of the type ${content.payloadType}`]];
    case "statement":
      return [
        ["signature", "over a statement (in-toto)"],
        ["predicate-type", content.predicateType],
        ...content.subjects.slice(0, maxSubjects).map((subject) => ["subject", subjectText(subject)]),
        ...content.subjects.length > maxSubjects ? [["subject", `and ${content.subjects.length - maxSubjects} more`]] : []
      ];
  }
}
function inspectCommand(place, options) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const nothing = { verified: false, place, bundles: [] };
    const inspection = await orFailureJson(json, nothing, () => inspectPlace(place, options, world));
    const [first, ...others] = inspection.bundles;
    const isUnreadable = first?.claims === void 0 && others.length === 0;
    if (json) printJson(inspectionJson(inspection));
    else if (!isUnreadable) process.stdout.write(inspectionText(inspection, { colour: usesColour(process.stdout) }));
    const failure = inspectionFailure(inspection);
    if (failure !== void 0) throw failure;
  });
}
async function inspectPlace(place, options, world) {
  const policy = Object.keys(policyRequest(options)).length === 0 ? void 0 : await loadVerifyPolicy(options, world);
  const { bundles, ...inspection } = await inspect({ place: await findPlace(place, options, world), policy }, world);
  const { results, ...rest } = reportInFlags({ ...inspection, results: bundles });
  return { ...rest, bundles: results };
}
async function findPlace(name, options, { files, ...world }) {
  const isThere = await pathExists(name, files);
  const isLayout = isThere && await pathExists(join(name, "oci-layout"), files);
  const isImage = /^(?:oci|oci-archive|docker-archive):/.test(name) || looksLikeImage(name) || beginsLikeImage(name);
  if (!isLayout && (isThere || !isImage)) return { kind: "file", name, path: resolve(name), workspace: process.cwd() };
  const image = isLayout && !/^[./]/.test(name) ? `oci:${name}` : name;
  const account = await readAccount(options);
  const registries = systemRegistries_2({ images: [image], account, environment: process.env }, { files, ...world });
  return { kind: "image", name: image, registries };
}
export {
  inspectCommand
};
