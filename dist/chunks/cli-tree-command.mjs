import { readAccount } from "./cli-read-account.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { layoutAttachments, olderTag, placeOfList, placeOfTag, taggedManifests, answerOrFailure, fallbackTag } from "./services-registry-manifests.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { manifestsOf, onlyImage, readDiskImage, resolveImage } from "./subject-image-image-layout.mjs";
import "./report-verification-report.mjs";
import "./subject-file-system.mjs";
import { systemRegistries_2 } from "./run-world-system-registries.mjs";
import "./services-http-sleep.mjs";
import { readImageName, formatPlatform, isManifestMediaType } from "./services-registry-image-reference.mjs";
import "./node-run-program.mjs";
import "./services-http-answer.mjs";
import { count, shownText, mapConcurrently } from "./node-concurrency.mjs";
import "./run-world-world.mjs";
import "./options-shared.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { asList, asObject, parseJson } from "./core-encoding-json.mjs";
import { usesColour } from "./cli-option-names.mjs";
import "./options-sign.mjs";
import "./options-policy.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
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
    "",
    `${paint("Not verified", "warning")}: anyone with push access can attach anything. To verify, run countersign verify.`
  ];
  return lines.map((line) => `${line}
`).join("");
}
function platformText(platform) {
  return platform === void 0 ? "unknown platform" : formatPlatform(platform);
}
function manifestLines(tree, paint) {
  const { digest, mediaType, size, source, fallbackTag: fallbackTag2 } = tree;
  const by = { api: "the registry (referrers API)", tag: `the tag ${fallbackTag2}`, layout: "the image layout" }[source];
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
    const { digest, artifactType, predicateType, created, problem } = referrer;
    const when = created === void 0 ? "" : `  ${shownText(created, 60)}`;
    const type = shownText(artifactType ?? "no artifact type", 200);
    return {
      title: `${formatDigest(digest)}  ${(sizes[at] ?? "").padStart(width)}${when}`,
      details: [
        [predicateType === void 0 ? type : `${type}  ${shownText(predicateType, 300)}`, "type"],
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
var maxDepth = 4;
var maxReferrers = 1e3;
async function imageTree({ image, recursive }, registries, files) {
  const { manifest, getManifest, attachments, place } = await findImage(image, registries, files);
  const search = new Search(attachments, place);
  const tree = await search.manifestTree(manifest);
  const below = recursive ? await manifestsOf(manifest, getManifest, image) : [];
  const manifests = [];
  for (const { manifest: each, platform } of below) {
    manifests.push({ ...await search.manifestTree(each), platform });
  }
  return { image, ...tree, manifests };
}
async function findImage(image, registries, files) {
  const name = readImageName(image);
  if (name.kind === "path") return findOnDisk(name.path, files);
  const { repository } = name.reference;
  const { manifest } = await resolveImage(name.reference, image, registries);
  const client = registries(repository);
  const attachments = registries.attachmentsOf(repository);
  return {
    manifest,
    getManifest: (digest) => client.getManifest(digest),
    attachments,
    place: attachments.name
  };
}
async function findOnDisk(path, files) {
  const saved = await readDiskImage(path, files);
  const digest = onlyImage(saved, path);
  const manifest = await saved.getManifest(digest) ?? fail("USAGE", `${path} contains no manifest, as in archives of \`docker save\` before Docker 25`, {
    remedy: "Such an archive has no attachments. Specify an image layout, for example one written by `cosign save`."
  });
  const attachments = await layoutAttachments(saved, path);
  return { manifest, getManifest: saved.getManifest, attachments, place: path };
}
var Search = class {
  #source;
  #name;
  #found = 0;
  constructor(source, name) {
    this.#source = source;
    this.#name = name;
  }
  async manifestTree({ digest, mediaType, bytes }) {
    const { source, descriptors, unread, isAnswered } = await this.#source.findReferrers(digest);
    const image = { name: this.#name, digest };
    const tags = await this.#tags(image);
    const [first] = unread;
    if (first !== void 0 && !isAnswered && tags.answered === 0) throw first.failure;
    const lists = unread.map(({ tag, failure }) => problemAt(placeOfList(image, tag), failure));
    return {
      digest,
      mediaType,
      size: bytes.length,
      source,
      fallbackTag: fallbackTag(digest),
      referrers: await this.#referrers(descriptors, digest, 1),
      tags: tags.found,
      unread: [...lists, ...tags.unread]
    };
  }
  async #referrers(descriptors, subject, depth) {
    this.#found += descriptors.length;
    if (this.#found > maxReferrers) {
      fail("LIMIT_EXCEEDED", `${this.#name} has more than ${maxReferrers} attachments`);
    }
    const found = [];
    for (const referrer of await mapConcurrently(descriptors, (each) => this.#referrer(each, subject))) {
      found.push(referrer.problem === void 0 ? await this.#withBelow(referrer, depth) : referrer);
    }
    return found;
  }
  async #withBelow(referrer, depth) {
    const { descriptors, unread } = await this.#source.findReferrers(referrer.digest);
    const problem = unread.length === 0 ? void 0 : "may have more attachments, but their list cannot be read";
    if (depth < maxDepth) {
      const referrers = await this.#referrers(descriptors, referrer.digest, depth + 1);
      return { ...referrer, problem, referrers };
    }
    return descriptors.length === 0 ? { ...referrer, problem } : { ...referrer, problem: "has more attachments, which are not shown" };
  }
  /** Fetches the manifest, which has more than the list: registries leave out the type there, and clients the annotations. */
  async #referrer(descriptor, subject) {
    const { mediaType, digest, size, artifactType } = descriptor;
    const listed = { digest, mediaType, size, artifactType, ...annotationsOf(descriptor.annotations), referrers: [] };
    if (!isManifestMediaType(mediaType)) return { ...listed, problem: "has an unsupported media type" };
    const { manifest, problem } = await this.#fetch(digest);
    if (manifest === void 0) return { ...listed, problem: problem ?? "is listed but missing" };
    const { artifactType: own, config, annotations, subject: named } = members(parseJson(manifest.bytes));
    const isAttached = textOf(members(named).digest) === formatDigest(subject);
    return {
      ...listed,
      size: manifest.bytes.length,
      artifactType: textOf(own) ?? textOf(members(config).mediaType),
      ...annotationsOf(members(annotations)),
      problem: isAttached ? void 0 : "is listed, but its subject field does not refer to this image"
    };
  }
  /** Returns what is under cosign's older tags, which tags cannot be read, and how many requests were answered. */
  async #tags(image) {
    const found = [];
    const unread = [];
    const suffixes = ["sig", "att", "sbom"];
    const answers = await mapConcurrently(
      suffixes,
      (suffix) => answerOrFailure(() => taggedManifests(this.#source, image, suffix))
    );
    for (const [at, answer] of answers.entries()) {
      const suffix = suffixes[at] ?? "sig";
      if (answer instanceof CountersignError) {
        unread.push(problemAt(placeOfTag(image, suffix), answer));
        continue;
      }
      const tag = olderTag(image.digest, suffix);
      if (tag === void 0) continue;
      for (const { manifest } of answer) {
        const { layers } = members(parseJson(manifest.bytes));
        const { mediaType, bytes } = manifest;
        const layerCount = asList(layers)?.length ?? 0;
        found.push({ tag, digest: manifest.digest, mediaType, size: bytes.length, layers: layerCount });
      }
    }
    return { found, unread, answered: suffixes.length - unread.length };
  }
  /** Fetches a manifest. An invalid response is a problem of this manifest, and the rest is shown. */
  async #fetch(name) {
    try {
      const manifest = await this.#source.getManifest(name);
      return manifest === void 0 ? {} : { manifest };
    } catch (cause) {
      if (!(cause instanceof CountersignError) || cause.code !== "SERVICE_RESPONSE_INVALID") throw cause;
      return { problem: `cannot be read: ${cause.message}` };
    }
  }
};
function problemAt(place, { message }) {
  return { place, problem: message };
}
function annotationsOf(annotations = {}) {
  return {
    created: textOf(annotations["org.opencontainers.image.created"]),
    predicateType: textOf(annotations["dev.sigstore.bundle.predicateType"])
  };
}
function members(value) {
  return asObject(value) ?? {};
}
function textOf(value) {
  return typeof value === "string" ? Buffer.from(value).toString() : void 0;
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
