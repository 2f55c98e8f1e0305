import { inWorld } from "./cli-in-world.mjs";
import { readAccount } from "./cli-read-account.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { imageTree } from "./run-images-image-tree.mjs";
import "./fetch-attestation-manifests.mjs";
import "./subject-image-platform.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import { systemRegistries_2 } from "./run-world-system-registries.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import { count, shownText } from "./report-shorten.mjs";
import "./options-shared.mjs";
import { usesColour } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./services-http-sleep.mjs";
import { formatPlatform } from "./services-registry-manifest.mjs";
import "./node-run-program.mjs";
import "./services-http-back-off.mjs";
import "./node-concurrency.mjs";
import "./subject-read-file.mjs";
import "./options-policy.mjs";
import "./subject-image-name.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-links.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./run-world-world.mjs";
import "./node-secret.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
function imageTreeJson(tree) {
  return {
    version: 1,
    // For readers who see only the JSON.
    verified: false,
    image: tree.image,
    ...manifestJson(tree),
    manifests: tree.manifests.map(({ platform, ...manifest }) => ({
      platform: platform ?? null,
      ...manifestJson(manifest)
    })),
    attestations: tree.attestations.map(({ about, predicateTypes, ...manifest }) => ({
      about: about ?? null,
      predicateTypes,
      ...manifestJson(manifest)
    }))
  };
}
var sources = { api: "referrers-api", tag: "referrers-tag", layout: "image-layout" };
function manifestJson({ digest, mediaType, size, source, referrers, tags, unread }) {
  return {
    digest: formatDigest(digest),
    mediaType,
    size,
    listedBy: sources[source],
    referrers: referrers.map(referrerJson),
    tags: tags.map(({ digest: named, ...tag }) => ({ ...tag, digest: formatDigest(named) })),
    unread
  };
}
function referrerJson({ digest, mediaType, size, ...rest }) {
  return {
    digest: formatDigest(digest),
    mediaType,
    size,
    artifactType: rest.artifactType ?? null,
    created: rest.created ?? null,
    predicateType: rest.predicateType ?? null,
    // Only for attestation manifests.
    ...rest.predicateTypes !== void 0 && { predicateTypes: rest.predicateTypes },
    problem: rest.problem ?? null,
    referrers: rest.referrers.map(referrerJson)
  };
}
var colours = { line: 2, type: 36, problem: 31, warning: 33 };
function imageTreeText(tree, { colour = false } = {}) {
  const paint = (text, as) => colour ? `\x1B[${colours[as]}m${text}\x1B[0m` : text;
  const lines = [
    shownText(tree.image, 400),
    ...manifestLines(tree, paint),
    ...tree.manifests.flatMap(({ platform, ...manifest }) => [
      "",
      shownText(platformText(platform), 100),
      ...manifestLines(manifest, paint)
    ]),
    ...tree.attestations.flatMap((attestation) => attestationLines(attestation, tree, paint)),
    "",
    `${paint("Not verified", "warning")}: anyone with push access can attach anything. To verify, run countersign verify.`
  ];
  return lines.map((line) => `${line}
`).join("");
}
function attestationLines({ about, predicateTypes, ...manifest }, { manifests }, paint) {
  const of = manifests.find(({ digest }) => formatDigest(digest) === about);
  const name = of?.platform === void 0 ? about ?? "nothing" : platformText(of.platform);
  return [
    "",
    `attestation manifest of ${shownText(name, 100)}`,
    ...typeLines(predicateTypes).map((type) => `   ${paint(type, "type")}`),
    ...manifestLines(manifest, paint)
  ];
}
function typeLines(types) {
  const shown = types.slice(0, 20).map((type) => shownText(type, 300));
  return types.length > shown.length ? [...shown, `\u2026 and ${types.length - shown.length} more`] : shown;
}
function platformText(platform) {
  return platform === void 0 ? "unknown platform" : formatPlatform(platform);
}
function manifestLines(tree, paint) {
  const { digest, mediaType, size, source, fallbackTag } = tree;
  const by = { api: "the registry (referrers API)", tag: `the tag ${fallbackTag}`, layout: "the image layout" }[source];
  const branches = [...referrerBranches(tree.referrers), ...tree.tags.map(tagBranch)];
  return [
    `${formatDigest(digest)}  ${mediaType}  ${count(size, "byte")}`,
    branches.length > 0 ? `attached, listed by ${by}:` : `nothing ${tree.unread.length > 0 ? "found" : "attached"}, listed by ${by}`,
    ...branchLines(branches, "", paint),
    ...tree.unread.flatMap(({ place, problem }) => [
      `${paint("unreadable", "warning")} ${shownText(place, 300)}`,
      `   ${shownText(problem, 400)}`
    ])
  ];
}
function referrerBranches(referrers) {
  const sizes = referrers.map(({ size }) => count(size, "byte"));
  const width = Math.max(0, ...sizes.map((text) => text.length));
  return referrers.map((referrer, at) => {
    const { digest, artifactType, predicateType, predicateTypes = [], created, problem } = referrer;
    const when = created === void 0 ? "" : `  ${shownText(created, 60)}`;
    const type = shownText(artifactType ?? "no artifact type", 200);
    return {
      title: `${formatDigest(digest)}  ${(sizes[at] ?? "").padStart(width)}${when}`,
      details: [
        [predicateType === void 0 ? type : `${type}  ${shownText(predicateType, 300)}`, "type"],
        ...typeLines(predicateTypes).map((each) => [`   ${each}`, "type"]),
        ...problem === void 0 ? [] : [[`It ${shownText(problem, 300)}`, "problem"]]
      ],
      below: referrerBranches(referrer.referrers)
    };
  });
}
function tagBranch({ tag, digest, mediaType, size, layers }) {
  return {
    title: `${tag}  ${count(layers, "layer")}`,
    details: [[`${formatDigest(digest)}  ${mediaType}  ${count(size, "byte")}`, "type"]],
    below: []
  };
}
function branchLines(branches, indent, paint) {
  return branches.flatMap(({ title, details, below }, at) => {
    const isLast = at === branches.length - 1;
    const inner = `${indent}${isLast ? "   " : "\u2502  "}`;
    return [
      `${paint(`${indent}${isLast ? "\u2514\u2500 " : "\u251C\u2500 "}`, "line")}${title}`,
      ...details.map(([text, as]) => `${paint(inner, "line")}${paint(text, as)}`),
      ...branchLines(below, inner, paint)
    ];
  });
}
function treeCommand(image, options) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const tree = await orFailureJson(json, { verified: false, image }, () => readTree(image, options, world));
    const colour = usesColour(process.stdout);
    if (json) printJson(imageTreeJson(tree));
    else process.stdout.write(imageTreeText(tree, { colour }));
  });
}
async function readTree(image, { recursive = false, ...options }, world) {
  const account = await readAccount(options);
  const registries = systemRegistries_2({ images: [image], account, environment: process.env }, world);
  return imageTree({ image, recursive }, registries, world.files);
}
export {
  treeCommand
};
