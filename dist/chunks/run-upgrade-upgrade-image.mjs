import { differentPart, upgradeSignature } from "./core-bundle-upgrade-bundle.mjs";
import { collectImages } from "./subject-collect-images.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./run-search-query.mjs";
import "./monitor-entries-certificate-claims.mjs";
import { fetchAttached } from "./fetch-attached-bundles.mjs";
import { examineSimpleSigning } from "./core-statement-simple-signing.mjs";
import { placeOfTag } from "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import "./run-world-choose-instance.mjs";
import "./fetch-older-signatures.mjs";
import { attachBundle, attachOlderSignature } from "./deliver-attach-bundle.mjs";
import { signedAt } from "./run-sign-signing-result.mjs";
import "./services-registry-manifest.mjs";
import "./services-rekor-answer-v1.mjs";
import "./core-bundle-write-bundle.mjs";
import { formatImage } from "./node-concurrency.mjs";
import "./node-make-folder.mjs";
import { examineUnderRoots } from "./run-policy-load-policy.mjs";
import "./subject-read-file.mjs";
import "./core-verify-needed-digests.mjs";
import "./subject-image-name.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-links.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import { artifactOfDigest } from "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import { equalBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
async function upgradeImage({ name, registries, recursive, dryRun }, roots, world) {
  const images = await collectImages([name], { recursive }, ".", registries, world.files);
  const outcomes = [];
  for (const { stored, ...image } of images) {
    if (stored === void 0)
      fail("USAGE", `${name} is an image on disk; only signatures in registries are upgraded`, {
        remedy: "Push the image and its signatures to a registry (`cosign load`), and specify it there."
      });
    const client = registries.attachmentsOf(stored.repository);
    const found = await fetchAttached(client, { name: client.name, digest: image.digest });
    const target = { name, image: { ...image, stored }, client, attached: found.bundles, dryRun };
    for (const { place, failure } of found.unread) outcomes.push({ name, from: place, kind: "failed", failure });
    for (const one of found.bundles) outcomes.push(await upgradeAttached(one, target, roots, world));
  }
  if (outcomes.length === 0)
    fail("BUNDLE_MISSING", `no bundle or cosign signature is attached to ${name}`, {
      remedy: "Check the name. `countersign tree --recursive` lists the attachments."
    });
  return outcomes;
}
async function upgradeAttached(one, target, roots, world) {
  const { name } = target;
  const from = one.place;
  try {
    const to = one.document === void 0 ? await upgradeBundleOf(one, target, roots, world) : await attachSignature(one, one.document, target, roots, world);
    return to === void 0 ? { name, from, kind: "current" } : { name, from, kind: "upgraded", to };
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.code === "CANCELLED") throw failure;
    return { name, from, kind: "failed", failure };
  }
}
async function upgradeBundleOf({ bundle }, { image, client, attached, dryRun }, roots, world) {
  const artifact = artifactOfDigest(image.digest);
  const newer = bundle.version === "0.3" ? [] : attached.filter((other) => isUpgradeOf(bundle, other));
  for (const other of newer) if (await isAccepted(other.bundle, artifact, roots, world)) return void 0;
  const upgraded = await upgradeSignature(bundle, artifact, roots, world);
  if (upgraded.kind === "current") return void 0;
  if (dryRun) return referrerOf(client, image);
  const { content } = upgraded.verdict;
  const { manifest } = await attachBundle(client, {
    image,
    stored: image.stored,
    bundle: utf8(upgraded.text),
    predicateType: content.kind === "dsse-envelope" ? content.statement.predicateType : void 0,
    signedAt: signedAt(upgraded.verdict)
  });
  return formatImage({ name: client.name, digest: manifest });
}
function isUpgradeOf(older, { bundle, document }) {
  return document === void 0 && bundle.version === "0.3" && differentPart(older, bundle) === void 0;
}
async function isAccepted(bundle, artifact, roots, world) {
  try {
    return (await upgradeSignature(bundle, artifact, roots, world)).kind === "current";
  } catch (failure) {
    if (failure instanceof CountersignError) return false;
    throw failure;
  }
}
async function attachSignature(one, document, { image, client, attached, dryRun }, roots, { clock }) {
  const { failure } = await examineUnderRoots(
    roots,
    ({ choice, policy }) => examineSimpleSigning(one.bundle, document, image.digest, choice.trust, policy, clock())
  );
  if (failure !== void 0) throw failure;
  const tag = placeOfTag({ name: client.name, digest: image.digest }, "sig");
  const isTagged = ({ place }) => place.startsWith(`${tag},`);
  if (!isTagged(one) || attached.some((other) => !isTagged(other) && isSameSignature(one, other))) return void 0;
  if (dryRun) return referrerOf(client, image);
  const { annotations = {} } = one;
  const manifest = await attachOlderSignature(client, { image, stored: image.stored, document, annotations });
  return formatImage({ name: client.name, digest: manifest });
}
function isSameSignature(one, other) {
  if (one.document === void 0 || other.document === void 0) return false;
  return equalBytes(one.document, other.document) && differentPart(one.bundle, other.bundle) === void 0;
}
function referrerOf({ name }, { digest }) {
  return `a referrer of ${formatImage({ name, digest })}`;
}
export {
  upgradeImage
};
