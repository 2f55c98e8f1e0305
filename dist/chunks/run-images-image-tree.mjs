import { attestationManifestType, listedAttestations } from "./fetch-attestation-manifests.mjs";
import { layoutAttachments } from "./subject-image-platform.mjs";
import { onlyImage, readDiskImage, manifestsOf } from "./subject-image-image-index.mjs";
import { olderTag, placeOfList, placeOfTag, taggedManifests } from "./fetch-attachments.mjs";
import { answerOrFailure, fallbackTag } from "./services-registry-manifests.mjs";
import { isManifestMediaType } from "./services-registry-manifest.mjs";
import { formatImage, mapConcurrently } from "./node-concurrency.mjs";
import { resolveImage, readImageName } from "./subject-image-name.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { parseJson, asList, asObject } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
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
  const indexes = [manifest, ...below.map((each) => each.manifest)];
  const listed = recursive ? indexes.flatMap((each) => listedAttestations(each, image)) : [];
  const attestations = [];
  const unread = [...tree.unread];
  for (const each of listed) {
    const found = await getManifest(each.digest);
    if (found === void 0)
      unread.push({ place: formatImage({ name: place, ...each }), problem: "is listed but missing" });
    else attestations.push({ ...await search.manifestTree(found), ...attestationOf(each, found) });
  }
  return { image, ...tree, unread, manifests, attestations };
}
function attestationOf({ annotations }, { bytes }) {
  const about = annotations?.["vnd.docker.reference.digest"];
  return { about, predicateTypes: predicateTypesIn(members(parseJson(bytes))) };
}
function predicateTypesIn({ layers }) {
  return (asList(layers) ?? []).flatMap(
    (layer) => textOf(members(members(layer).annotations)["in-toto.io/predicate-type"]) ?? []
  );
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
    const document = members(parseJson(manifest.bytes));
    const { artifactType: own, config, annotations, subject: named } = document;
    const isAttached = textOf(members(named).digest) === formatDigest(subject);
    return {
      ...listed,
      size: manifest.bytes.length,
      artifactType: textOf(own) ?? textOf(members(config).mediaType),
      ...annotationsOf(members(annotations)),
      ...own === attestationManifestType && { predicateTypes: predicateTypesIn(document) },
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
export {
  imageTree
};
