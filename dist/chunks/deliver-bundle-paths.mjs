import { foldName, safeFileName, truncate } from "./node-safe-file-name.mjs";
import { pathBelow } from "./core-bundle-read-bundle.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { fail } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
var suffix = ".sigstore.json";
var maxNameLength = 255;
var distinctionLength = 13;
function bundlePaths(subjects, places) {
  const reserved = subjectPaths(subjects);
  const taken = new Set(reserved);
  const beside = places.bundleDirectory === void 0;
  return new Map([
    ...assign(subjects.filter(isFile), (file) => filePath(file, places), beside ? reserved : taken, taken),
    ...assign(subjects.filter(isKnownByDigest), (subject) => digestPath(subject, places), taken, taken)
  ]);
}
function* attestationPaths(subjects, places, name) {
  const taken = subjectPaths(subjects);
  const stem = name === void 0 ? "attestation" : `attestation-${name}`;
  for (let number = 1; ; number++) {
    const path = join(directory(places), `${stem}${numbered(number)}${suffix}`);
    if (!taken.has(foldName(path))) yield path;
  }
}
function* collectionPaths(subjects, places) {
  const taken = subjectPaths(subjects);
  const stem = places.bundleDirectory === void 0 ? "countersign-manifest" : "manifest";
  for (let number = 1; ; number++) {
    const bundles = join(directory(places), `bundles${numbered(number)}.sigstore.jsonl`);
    const manifest2 = join(directory(places), `${stem}${numbered(number)}.json`);
    if (!taken.has(foldName(bundles)) && !taken.has(foldName(manifest2))) yield { bundles, manifest: manifest2 };
  }
}
function numbered(number) {
  return number === 1 ? "" : `-${number}`;
}
var covering = /^(?:attestation(?:-[a-z]+)*(?:-\d+)?\.sigstore\.json|bundles(?:-\d+)?\.sigstore\.jsonl)$/;
var manifest = /^(?:countersign-)?manifest(?:-\d+)?\.json$/;
function coversSeveral(path) {
  return covering.test(basename(path));
}
function placesOfBundles(subjects, places) {
  const paths = new Set(subjects.filter(isFile).map((subject) => filePath(subject, places)));
  return (path) => paths.has(resolve(path)) || dirname(resolve(path)) === directory(places) && (coversSeveral(path) || manifest.test(basename(path)));
}
function directory({ workspace, bundleDirectory }) {
  return resolve(workspace, bundleDirectory ?? ".");
}
function subjectPaths(subjects) {
  return new Set(subjects.flatMap((subject) => subject.kind === "file" ? [foldName(resolve(subject.path))] : []));
}
function filePath(subject, places) {
  const { bundleDirectory } = places;
  const path = resolve(bundleDirectory === void 0 ? subject.path : join(directory(places), subject.name));
  if (bundleDirectory !== void 0 && !pathBelow(directory(places), path))
    fail("USAGE", `the path ${JSON.stringify(subject.name)} is outside of the bundle folder`);
  const room = maxNameLength - suffix.length;
  if (Buffer.byteLength(basename(path)) <= room) return `${path}${suffix}`;
  return distinctPath(`${path}${suffix}`, subject);
}
function digestPath(subject, places) {
  const name = safeFileName(subject.name, maxNameLength - suffix.length - distinctionLength);
  const path = join(directory(places), `${name}${suffix}`);
  return subject.kind === "image" ? distinctPath(path, subject) : path;
}
function assign(subjects, wantedPath, avoided, taken) {
  const wanted = subjects.map((subject) => [subject, wantedPath(subject)]);
  const counts = /* @__PURE__ */ new Map();
  for (const [, path] of wanted) counts.set(foldName(path), (counts.get(foldName(path)) ?? 0) + 1);
  return wanted.map(([subject, path]) => {
    const contested = avoided === taken && (counts.get(foldName(path)) ?? 0) > 1;
    const own = contested || avoided.has(foldName(path)) ? distinctPath(path, subject) : path;
    let free = own;
    for (let number = 2; avoided.has(foldName(free)); number++) free = lengthen(own, `-${number}`);
    taken.add(foldName(free));
    return [subject, free];
  });
}
function distinctPath(path, subject) {
  const hex = subject.kind === "file" ? createHash("sha256").update(subject.name).digest("hex") : encodeHex(subject.digest.bytes);
  return lengthen(path, `-${hex.slice(0, distinctionLength - 1)}`);
}
function lengthen(path, more) {
  const stem = path.slice(0, -suffix.length);
  const room = maxNameLength - suffix.length - Buffer.byteLength(more);
  return `${join(dirname(stem), truncate(basename(stem), room))}${more}${suffix}`;
}
function isFile(subject) {
  return subject.kind === "file";
}
function isKnownByDigest(subject) {
  return subject.kind !== "file";
}
export {
  attestationPaths,
  bundlePaths,
  collectionPaths,
  coversSeveral,
  distinctPath,
  placesOfBundles
};
