import { pathExists } from "./run-world-choose-instance.mjs";
async function dividedFiles(artifacts, { files: system }) {
  const files = [];
  const patterns = [];
  for (const path of artifacts) {
    const isPattern = /^!|[*?[{]/.test(path) && !await pathExists(path, system);
    if (isPattern) patterns.push(path);
    else files.push({ kind: "file", name: path, path });
  }
  return { files, patterns };
}

import { writeBundle } from "./core-bundle-write-bundle.mjs";

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import { readRegularFile } from "./node-regular-file.mjs";

import { digest, equalDigests } from "./node-regular-file.mjs";

import { attempt, fail } from "./core-errors-codes.mjs";

import { basename, join, resolve } from "node:path";
async function bundleFiles(verified, folder, { files }) {
  const placed = await bundleTexts(verified, { files });
  const paths = new Map(placed.flatMap(({ text, path }) => path === void 0 ? [] : [[text, path]]));
  const found = /* @__PURE__ */ new Map();
  for (const { one, text } of placed) {
    const path = paths.get(text) ?? join(folder, nameOf(one, text));
    if (!paths.has(text)) await files.writeFile(path, text, { flag: "wx" });
    paths.set(text, path);
    found.set(one, path);
  }
  return found;
}
async function bundleTexts(verified, { files }) {
  const whole = /* @__PURE__ */ new Map();
  const read = (path) => {
    const bytes = whole.get(path) ?? readRegularFile(files, path, maxBundleLength);
    whole.set(path, bytes);
    return bytes;
  };
  const placed = [];
  for (const one of verified) {
    const [, file = one.bundle, number] = /^(.*\.jsonl):([1-9]\d*)$/.exec(one.bundle) ?? [];
    const bytes = await read(resolve(file)).catch((cause) => failForFormat(one, cause));
    const json = number === void 0 ? bytes : lineOf(bytes, Number(number));
    if (one.bundleDigest === void 0 || !equalDigests(digest("sha256", json), one.bundleDigest))
      fail("SUBJECT_CHANGED", `the bundle ${one.bundle} was changed after it was verified`, {
        remedy: "Make sure that nothing else changes the bundles, and run again."
      });
    const bundle = attempt(() => readBundle(json)) ?? failForFormat(one, void 0);
    placed.push({
      one,
      text: `${writeBundle(bundle)}
`,
      json,
      path: number === void 0 ? resolve(file) : void 0
    });
  }
  return placed;
}
function lineOf(bytes, number) {
  const line = Buffer.from(bytes).toString("utf8").split("\n")[number - 1] ?? "";
  return Buffer.from(line.trim());
}
function nameOf({ artifact, verdict }, text) {
  if (verdict.content.kind !== "dsse-envelope") return `${basename(artifact)}.sigstore.json`;
  const number = Buffer.from(digest("sha256", Buffer.from(text)).bytes).readUInt32BE();
  return `attestation-${number}.sigstore.json`;
}
function failForFormat({ bundle }, cause) {
  return fail("USAGE", `${JSON.stringify(bundle)} is not a file with a Sigstore bundle, and cannot be delivered`, {
    ...cause !== void 0 && { cause },
    remedy: "Convert it with `countersign upgrade`, and deliver the bundle."
  });
}
export {
  bundleFiles,
  bundleTexts,
  dividedFiles
};
