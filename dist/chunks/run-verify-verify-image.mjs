import { layoutAttachments } from "./services-registry-manifests.mjs";
import { onlyImage, readDiskImage, resolveImage } from "./subject-image-image-layout.mjs";
import { examineUnderRoots, explained, candidates } from "./run-policy-signer.mjs";
import { notExamined, unreadBundle } from "./report-verification-report.mjs";
import { examineSimpleSigning } from "./core-statement-simple-signing.mjs";
import { fetchAttached } from "./fetch-attachments.mjs";
import { readImageName, formatRepository } from "./services-registry-image-reference.mjs";
import { artifactOfDigest, examine } from "./core-certificate-path.mjs";
import { formatImage } from "./node-concurrency.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
async function verifyImage(image, named, roots, { clock, cancellation }) {
  let known = {
    artifact: image.name,
    digest: void 0,
    bundle: void 0,
    image: { reference: void 0 }
  };
  try {
    if (cancellation.aborted) fail("CANCELLED", "cancelled before the artifact was verified");
    const { digest, reference, attached } = await image.resolve();
    known = { ...known, digest: formatDigest(digest), image: { reference } };
    const chosen = named === void 0 ? await everyOne(attached) : candidates(named.pool, [digest], /* @__PURE__ */ new Set());
    const results = [];
    for (const one of chosen) {
      const place = { ...known, bundle: one.path };
      if ("failure" in one) results.push({ ...place, ...unreadBundle(one.failure) });
      else results.push({ ...place, ...await examineOne(one, digest, roots, clock()) });
    }
    if (named === void 0 || results.some(({ verdict }) => verdict !== void 0)) return results;
    results.push(...named.unfound(chosen, [digest]).map((outcome) => ({ ...known, ...outcome })));
    return results;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ ...known, ...notExamined(failure) }];
  }
}
async function everyOne(attached) {
  const { bundles, unread } = await attached();
  return [...bundles, ...unread];
}
async function examineOne({ bundle, document }, digest, roots, now) {
  const examination = await examineUnderRoots(
    roots,
    ({ choice, policy }) => document === void 0 ? examine(bundle, artifactOfDigest(digest), choice.trust, policy, now) : examineSimpleSigning(bundle, document, digest, choice.trust, policy, now)
  );
  return explained(examination, bundle, roots);
}
function verifiableImage(name, registries, files) {
  const read = readImageName(name);
  if (read.kind === "path") return { kind: "image", name, resolve: () => imageOnDisk(read.path, files) };
  const { reference } = read;
  return {
    kind: "image",
    name,
    resolve: async () => imageInRegistry(reference, await imageDigest(reference, name, registries), registries)
  };
}
async function imageDigest(reference, name, registries) {
  return reference.digest ?? (await resolveImage(reference, name, registries)).subject.digest;
}
function imageInRegistry({ repository }, digest, registries) {
  const name = formatRepository(repository);
  const reference = formatImage({ name, digest });
  const demandImage = async () => {
    if (await registries(repository).headManifest(digest) !== void 0) return;
    fail("SUBJECT_MISSING", `the registry ${repository.registry} has no image ${reference}`, {
      remedy: "Check the name and the digest."
    });
  };
  return {
    digest,
    reference,
    attached: async () => {
      const attachments = registries.attachmentsOf(repository);
      const { bundles, unread } = await fetchAttached(attachments, { name: attachments.name, digest });
      if (bundles.length + unread.length === 0) await demandImage();
      const place = attachments.name === name ? "" : `, in ${attachments.name} (COSIGN_REPOSITORY)`;
      if (bundles.length + unread.length === 0) failUnsigned(`${reference}${place}`);
      return poolOf({ bundles, unread });
    }
  };
}
async function imageOnDisk(path, files) {
  const saved = await readDiskImage(path, files);
  const digest = onlyImage(saved, path);
  return {
    digest,
    // The name under which it was saved proves nothing.
    reference: void 0,
    attached: async () => {
      const found = await fetchAttached(await layoutAttachments(saved, path), { name: path, digest });
      if (found.bundles.length + found.unread.length === 0) failUnsigned(`${formatDigest(digest)} in ${path}`);
      return poolOf(found);
    }
  };
}
function failUnsigned(image) {
  fail("BUNDLE_MISSING", `no bundle or cosign signature is attached to ${image}`, {
    remedy: "Check that exactly this image was signed and that its bundle was pushed. `countersign tree` lists the attachments. If the bundle is elsewhere, specify it with `bundle`."
  });
}
function poolOf({ bundles, unread }) {
  return {
    bundles: bundles.map(({ place, ...found }) => ({
      ...found,
      path: place,
      content: found.bundle.content.kind,
      named: void 0,
      stem: void 0
    })),
    unread: unread.map(({ place, failure }) => ({ path: place, failure, stem: void 0 }))
  };
}

import "./report-verification-report.mjs";

import "./subject-digest-file.mjs";

import "./subject-file-system.mjs";

import "./services-registry-manifests.mjs";

import "./services-registry-manifests.mjs";

import "./services-http-answer.mjs";

import "./core-verify-needed-digests.mjs";

import "./core-encoding-go-url.mjs";

import "./core-bundle-read-bundle.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-go-url.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-go-url.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-certificate.mjs";

import "./core-bundle-read-bundle.mjs";

import "./core-bundle-read-bundle.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der.mjs";

import "./core-certificate-certificate.mjs";

import "./node-concurrency.mjs";

import "./node-concurrency.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-regular-file.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-json.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import "./core-errors-codes.mjs";
export {
  examineOne,
  examineOne as examineOne_2,
  verifiableImage,
  verifiableImage as verifiableImage_2,
  verifyImage
};
