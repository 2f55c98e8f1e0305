import { deliveredKind } from "./deliver-manifest.mjs";
import { readFileWithin } from "./subject-read-file.mjs";
import { bundleStem } from "./node-concurrency.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
import { basename, dirname, join } from "node:path";
var others = [
  [
    [".sig", ".pem", ".crt", ".cert", "-keyless.sig", "-keyless.pem"],
    "a signature without a log entry, written by an older cosign",
    "Ask the publisher for a bundle (`cosign sign-blob --bundle`), or verify with `cosign verify-blob --signature \u2026 --certificate \u2026`, which looks up the entry."
  ],
  [
    [".intoto.jsonl"],
    "a signed statement without a log entry, written by an older SLSA generator",
    "Ask the publisher for a bundle, or verify with `slsa-verifier verify-artifact --provenance-path \u2026`, which looks up the entry."
  ],
  [[".asc", ".gpg"], "a PGP signature", "Verify it with `gpg --verify`, or ask the publisher for a bundle."],
  [[".minisig"], "a minisign signature", "Verify it with minisign, or ask the publisher for a bundle."],
  [[".sshsig"], "an SSH signature", "Verify it with `ssh-keygen -Y verify`, or ask the publisher for a bundle."]
];
var readable = [".publish.attestation", ".bundle", ".cosign.bundle", ".sigstore.bundle", ".provenance", ".att"];
async function failWithoutBundle(artifact, first, { files }) {
  if (artifact.kind === "stream")
    fail("USAGE", "there is no bundle for standard input", { remedy: "Specify the path of the bundle with `bundle`." });
  if (artifact.kind === "release")
    fail("BUNDLE_MISSING", `no attestation of the release ${artifact.name} specified`, {
      remedy: "Set `from: github`, which gets it from GitHub, or specify the attestation with `bundle`, or its folder with `bundle-dir`."
    });
  if (artifact.kind === "file") await readFileWithin(files, artifact, -1);
  const missing = `no bundle found for ${artifact.name}: ${first} does not exist`;
  if (artifact.kind === "file") await demandArtifact(artifact, missing, files);
  const beside = artifact.kind === "file" ? await filesBeside(artifact.path, files) : [];
  if (beside.length === 0)
    fail("BUNDLE_MISSING", missing, {
      remedy: "If the bundle is at a different path, specify it with `bundle`, or its folder with `bundle-dir`."
    });
  return fail("BUNDLE_MISSING", `${missing}. Found in the same folder: ${beside.map(({ what }) => what).join("; ")}`, {
    remedy: beside.map(({ remedy }) => remedy).join("\n")
  });
}
async function demandArtifact(file, missing, files) {
  const kind = await deliveredKind(file, files).catch(() => void 0);
  const stem = bundleStem(file.name);
  if (stem !== void 0 && kind === "bundle")
    fail("BUNDLE_MISSING", `${missing}. The file is a bundle itself`, {
      remedy: `Specify the file that it belongs to, such as ${stem}, or remove the bundle.`
    });
  if (kind === "manifest")
    fail("BUNDLE_MISSING", `${missing}. The file is a manifest of bundles, which signing wrote and did not sign`, {
      remedy: "Do not specify the manifest."
    });
}
async function filesBeside(path, files) {
  const names = new Set(await files.readdir(dirname(path)).catch(() => []));
  const present = (suffixes) => suffixes.map((suffix) => `${basename(path)}${suffix}`).filter((name) => names.has(name));
  const bundles = present(readable).map((name) => ({
    what: `${name}, which is not used by default`,
    remedy: `To use it, set \`bundle\` to ${join(dirname(path), name)}`
  }));
  const named = others.flatMap(([suffixes, what, remedy]) => {
    const found = present(suffixes);
    return found.length === 0 ? [] : [{ what: `${found.join(" and ")}, ${what}`, remedy }];
  });
  return [...bundles, ...named];
}
export {
  failWithoutBundle
};
