import { collectImages } from "./subject-collect-images.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./run-world-choose-instance.mjs";
import { attachBundle } from "./deliver-attach-bundle.mjs";
import { signedAt } from "./run-sign-signing-result.mjs";
import "./services-registry-manifest.mjs";
import "./core-bundle-write-bundle.mjs";
import { byName, formatImage, mapConcurrently } from "./node-concurrency.mjs";
import "./subject-read-file.mjs";
import "./subject-image-name.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import "./node-links.mjs";
import { formatRepository } from "./services-registry-image-reference.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import { readRegularFile, equalDigests, formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail, inContext } from "./core-errors-codes.mjs";
async function withImages(local, { named, recursive, attestations, workspace, registries, push }, { files }) {
  const collected = await collectImages(named, { recursive }, workspace, registries, files);
  const attested = attestations ? await withAttestations(collected, workspace, registries, files) : [];
  const images = [...collected, ...attested];
  if (push) await demandPush(images, registries);
  const known = new Set(images.map(formatImage));
  const others = local.filter((subject) => subject.kind === "file" || !known.has(formatImage(subject)));
  return [...others, ...images].sort(byName);
}
async function withAttestations(images, workspace, registries, files) {
  const { attestationSubjects } = await import("./run-images-index.mjs");
  const found = /* @__PURE__ */ new Map();
  for (const image of images) {
    for (const each of await attestationSubjects(image, workspace, registries, files))
      found.set(formatImage(each), each);
  }
  const attested = new Set([...found.values()].map(({ origin }) => origin));
  const bare = images.find(({ origin }) => !attested.has(origin));
  if (bare !== void 0)
    fail("SUBJECT_MISSING", `the image ${bare.origin} has no attestation manifest`, {
      remedy: "Build it with BuildKit and `--provenance` or `--sbom`, and push or save all of the index. Otherwise, do not use `sign-attestations`."
    });
  return [...found.values()];
}
async function demandPush(images, registries) {
  const clients = images.flatMap(
    ({ stored }) => stored === void 0 ? [] : registries.attachmentsOf(stored.repository)
  );
  await mapConcurrently([...new Set(clients)], (client) => client.demandPush());
}
async function attachImages(all, { registries, push }, world) {
  const down = /* @__PURE__ */ new Map();
  const work = async ({ signed, image, stored }) => {
    const { registry } = stored.repository;
    let [reference, wasThere] = [void 0, false];
    try {
      const outage = down.get(registry);
      if (outage !== void 0) throw outage;
      if (push) ({ reference, wasThere } = await attach(signed, image, stored, registries, world));
      await demandTags(image, stored, registries);
      return { signed, reference, wasThere, failure: void 0 };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (error.code === "SERVICE_UNAVAILABLE") down.set(registry, error);
      const left = push && reference === void 0 ? ": the bundle was not attached" : "";
      return { signed, reference, wasThere, failure: inContext(error.code, `${formatImage(image)}${left}`, error) };
    }
  };
  const outcomes = await mapConcurrently(storedImages(all), work);
  return {
    attached: new Map(
      outcomes.flatMap(({ signed, reference }) => reference === void 0 ? [] : [[signed, reference]])
    ),
    present: outcomes.filter(({ wasThere }) => wasThere).length,
    failures: outcomes.flatMap(({ failure }) => failure ?? [])
  };
}
function storedImages(all) {
  return all.flatMap((signed) => {
    const { subject: image } = signed;
    return image.kind === "image" && image.stored !== void 0 ? [{ signed, image, stored: image.stored }] : [];
  });
}
async function attach({ bundlePath, verdict, resumed }, image, stored, registries, { files }) {
  const { content } = verdict;
  if (content.kind !== "dsse-envelope") return fail("DELIVERY_FAILED", "the bundle of an image contains no statement");
  const bundle = await readRegularFile(files, bundlePath, maxBundleLength).catch(
    (cause) => fail("DELIVERY_FAILED", `the bundle ${bundlePath} cannot be read back`, { cause })
  );
  const { predicateType } = content.statement;
  const client = registries.attachmentsOf(stored.repository);
  const { manifest, wasThere } = await attachBundle(client, {
    image,
    stored,
    bundle,
    predicateType,
    signedAt: signedAt(verdict),
    asksFirst: resumed
  });
  return { reference: formatImage({ name: client.name, digest: manifest }), wasThere };
}
async function demandTags(image, stored, registries) {
  const where = registries(stored.repository);
  const moved = async (tag) => {
    const now = await where.headManifest(tag);
    if (now !== void 0 && equalDigests(now.digest, image.digest)) return;
    const name = `${formatRepository(stored.repository)}:${tag}`;
    const found = now === void 0 ? "no longer exists" : `now refers to ${formatDigest(now.digest)}`;
    fail("SUBJECT_CHANGED", `the tag ${name} ${found}, which is not the signed image`, {
      remedy: `The signed image is ${formatImage(image)}. Deploy this digest, or sign again while nothing else pushes this tag.`
    });
  };
  await Promise.all(stored.tags.map(moved));
}
export {
  attachImages,
  withImages
};
