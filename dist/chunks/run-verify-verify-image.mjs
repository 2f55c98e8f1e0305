import { fetchAttached } from "./fetch-attachments.mjs";
import { layoutAttachments } from "./services-registry-referrers.mjs";
import { onlyImage, readDiskImage, resolveImage } from "./subject-image-image-layout.mjs";
import { readImageName, formatRepository } from "./services-registry-image-reference.mjs";
import { examineUnderRoots, explained, candidates } from "./run-policy-signer.mjs";
import { neededDigests, notExamined, unreadBundle } from "./core-verify-needed-digests.mjs";
import { formatImage } from "./subject-file-system.mjs";
import { artifactOfDigest, check, conclude, criterionNames, examine, matchSubjectName } from "./core-certificate-path.mjs";
import { describeExpectation } from "./core-certificate-certificate.mjs";
import { digest, equalDigests, formatDigest, parseDigest } from "./node-regular-file.mjs";
import { asObject, parseJson } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading } from "./core-errors-reference.mjs";
var maxLength = 1024 * 1024;
var types = ["cosign container image signature", "atomic container signature"];
function readSimpleSigning(document) {
  return reading("STATEMENT_INVALID", "the simple signing document", () => {
    const { critical: stated } = object(parseJson(document, { maxLength }), "it");
    const critical = object(stated, "critical", ["identity", "image", "type"]);
    if (!types.includes(critical.type))
      fail("STATEMENT_INVALID", "critical.type is not the type of an image signature");
    const identity = object(critical.identity, "critical.identity", ["docker-reference"]);
    const image = object(critical.image, "critical.image", ["docker-manifest-digest"]);
    const digest2 = image["docker-manifest-digest"];
    const reference = identity["docker-reference"];
    if (typeof digest2 !== "string" || !/^[a-z0-9]+:[0-9a-f]+$/.test(digest2))
      fail("STATEMENT_INVALID", "critical.image.docker-manifest-digest is not a digest");
    if (typeof reference !== "string") fail("STATEMENT_INVALID", "critical.identity.docker-reference is not a string");
    return { dockerReference: reference, manifestDigest: parseDigest(digest2) };
  });
}
function object(value, place, known) {
  const members = asObject(value) ?? fail("STATEMENT_INVALID", `${place} is not an object`);
  const unknown = known && Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== void 0)
    fail("STATEMENT_INVALID", `${place} has an unknown member ${JSON.stringify(unknown.slice(0, 100))}`);
  return members;
}
async function examineSimpleSigning(bundle, document, image, trust, policy, now) {
  const { subjectName, ...content } = policy.content;
  const digests = neededDigests(bundle, policy).map((algorithm) => digest(algorithm, document));
  const signed = await examine(bundle, { digests, bytes: document }, trust, { ...policy, content }, now);
  const signature = signed.criteria.find(({ name, outcome }) => name === "signature" && outcome === "pass");
  const named = await check(
    { name: "image", expected: formatDigest(image) },
    { signature },
    () => namedImage(bundle, document, image),
    (found) => formatDigest(found.digest)
  );
  const criteria = [...signed.criteria, ...named.criteria];
  if (subjectName !== void 0) {
    const name = await check(
      { name: "subject-name", expected: describeExpectation(subjectName) },
      { image: named.proven },
      (basis) => matchSubjectName(basis.image, subjectName),
      () => named.proven?.dockerReference ?? ""
    );
    criteria.push(...name.criteria);
  }
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed.verdict, content: named.proven });
}
var noVerdict = {
  signer: void 0,
  times: void 0,
  signedCertificateTimestamps: void 0,
  logEntries: void 0
};
function namedImage({ content }, document, image) {
  if (content.kind !== "message-signature")
    fail("BUNDLE_INVALID", "the bundle contains a statement; expected the signature of a simple signing document");
  const { manifestDigest, dockerReference } = readSimpleSigning(document);
  if (!equalDigests(manifestDigest, image)) {
    fail(
      "ARTIFACT_MISMATCH",
      `the signature is for the image ${formatDigest(manifestDigest)}, not ${formatDigest(image)}`
    );
  }
  return { kind: "simple-signing", digest: image, dockerReference };
}
async function verifyImage(image, named, roots, { clock, cancellation }) {
  let known = {
    artifact: image.name,
    digest: void 0,
    bundle: void 0,
    image: { reference: void 0 }
  };
  try {
    if (cancellation.aborted) fail("CANCELLED", "cancelled before the artifact was verified");
    const { digest: digest2, reference, attached } = await image.resolve();
    known = { ...known, digest: formatDigest(digest2), image: { reference } };
    const chosen = named === void 0 ? await everyOne(attached) : candidates(named.pool, [digest2], /* @__PURE__ */ new Set());
    const results = [];
    for (const one of chosen) {
      const place = { ...known, bundle: one.path };
      if ("failure" in one) results.push({ ...place, ...unreadBundle(one.failure) });
      else results.push({ ...place, ...await examineOne(one, digest2, roots, clock()) });
    }
    if (named === void 0 || results.some(({ verdict }) => verdict !== void 0)) return results;
    results.push(...named.unfound(chosen, [digest2]).map((outcome) => ({ ...known, ...outcome })));
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
async function examineOne({ bundle, document }, digest2, roots, now) {
  const examination = await examineUnderRoots(
    roots,
    ({ choice, policy }) => document === void 0 ? examine(bundle, artifactOfDigest(digest2), choice.trust, policy, now) : examineSimpleSigning(bundle, document, digest2, choice.trust, policy, now)
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
function imageInRegistry({ repository }, digest2, registries) {
  const name = formatRepository(repository);
  const reference = formatImage({ name, digest: digest2 });
  const demandImage = async () => {
    if (await registries(repository).headManifest(digest2) !== void 0) return;
    fail("SUBJECT_MISSING", `the registry ${repository.registry} has no image ${reference}`, {
      remedy: "Check the name and the digest."
    });
  };
  return {
    digest: digest2,
    reference,
    attached: async () => {
      const attachments = registries.attachmentsOf(repository);
      const { bundles, unread } = await fetchAttached(attachments, { name: attachments.name, digest: digest2 });
      if (bundles.length + unread.length === 0) await demandImage();
      const place = attachments.name === name ? "" : `, in ${attachments.name} (COSIGN_REPOSITORY)`;
      if (bundles.length + unread.length === 0) failUnsigned(`${reference}${place}`);
      return poolOf({ bundles, unread });
    }
  };
}
async function imageOnDisk(path, files) {
  const saved = await readDiskImage(path, files);
  const digest2 = onlyImage(saved, path);
  return {
    digest: digest2,
    // The name under which it was saved proves nothing.
    reference: void 0,
    attached: async () => {
      const found = await fetchAttached(await layoutAttachments(saved, path), { name: path, digest: digest2 });
      if (found.bundles.length + found.unread.length === 0) failUnsigned(`${formatDigest(digest2)} in ${path}`);
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

import "./services-registry-referrers.mjs";

import "./node-links.mjs";

import "./fetch-older-signatures.mjs";

import "./services-http-answer.mjs";

import "./core-encoding-der.mjs";

import "./core-bundle-read-bundle.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der.mjs";

import "./core-bundle-read-bundle.mjs";

import "./core-certificate-path.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-concurrency.mjs";

import "./node-concurrency.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der.mjs";

import "./core-certificate-certificate.mjs";

import "./subject-digest-file.mjs";

import "./subject-file-system.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-regular-file.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-json.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-reference.mjs";

import "./core-errors-reference.mjs";
export {
  examineOne,
  examineOne as examineOne_2,
  readSimpleSigning,
  verifiableImage,
  verifiableImage as verifiableImage_2,
  verifyImage
};
