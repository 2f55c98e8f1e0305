import { differentPart, upgradeSignature } from "./core-bundle-upgrade-bundle.mjs";
import { bundleClaims, claimedDigest } from "./report-bundle-claims.mjs";
import { fetchAnswer } from "./run-search-query.mjs";
import "./monitor-entries-certificate-claims.mjs";
import "./core-statement-simple-signing.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import { deliverFile } from "./deliver-disk.mjs";
import "./services-rekor-answer-v1.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import { namedBundles, readArtifact } from "./run-verify-bundle-pool.mjs";
import "./subject-read-file.mjs";
import "./report-verification-report.mjs";
import { neededDigests } from "./core-verify-needed-digests.mjs";
import "./node-concurrency.mjs";
import "./node-links.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import { digestFile } from "./subject-digest-file.mjs";
import "./services-http-answer.mjs";
import { canonicalBody, hashedRekordV1, verifierPem, artifactOfDigest } from "./core-certificate-path.mjs";
import { decodePem } from "./core-encoding-der-writer.mjs";
import { leafHash } from "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import { decodeBase64, encodeHex } from "./core-encoding-der.mjs";
import { decodeUtf8, equalBytes } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading } from "./core-errors-codes.mjs";
import { dirname, parse } from "node:path";
function readDetached(signature, certificate) {
  const text = decodeUtf8(signature)?.trim();
  if (text?.startsWith("{"))
    fail("FORMAT_UNSUPPORTED", "the signature file contains a JSON document; expected the signature of an artifact", {
      remedy: "Attestations without a log entry cannot be upgraded. Attest the artifact again."
    });
  return {
    signature: (text === void 0 ? void 0 : attempt(() => decodeBase64(text))) ?? signature,
    certificate: leafOf(decodeUtf8(certificate) ?? "")
  };
}
function leafOf(text) {
  const [leaf] = reading(
    "CERTIFICATE_INVALID",
    "the certificate file",
    () => decodePem("CERTIFICATE", pemText(text) ?? "")
  );
  return leaf;
}
function pemText(text) {
  const trimmed = text.trim();
  return trimmed.startsWith("-----BEGIN ") ? text : attempt(() => decodeUtf8(decodeBase64(trimmed)));
}
async function withLogEntry({ signature, certificate }, digest, trusts, http) {
  const body = canonicalBody(hashedRekordV1({ digest, signature, verifier: verifierPem(certificate) }));
  const leaf = encodeHex(leafHash(body));
  let failure;
  for (const { transparencyLogs } of trusts) {
    for (const url of new Set(transparencyLogs.map(({ baseUrl }) => baseUrl))) {
      const logs = transparencyLogs.filter(({ baseUrl }) => baseUrl === url);
      try {
        const { entry } = await fetchAnswer(http, url, logs, leaf);
        return {
          mediaType: "application/vnd.dev.sigstore.bundle+json;version=0.1",
          version: "0.1",
          signer: { kind: "certificate", certificate },
          logEntries: [entry],
          timestamps: [],
          content: { kind: "message-signature", messageDigest: digest, signature }
        };
      } catch (error) {
        if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
        if (error.code !== "SERVICE_REFUSED") failure ??= error;
      }
    }
  }
  if (failure === void 0)
    fail("LOG_ENTRY_MISSING", "no log of the trusted root has an entry of this artifact, signature and certificate", {
      remedy: "Check that the signature and the certificate are those of this artifact. Otherwise, sign it again."
    });
  fail(failure.code, `the log entry of the detached signature cannot be fetched: ${failure.message}`, {
    cause: failure,
    remedy: failure.remedy ?? "Run again with a connection to the log."
  });
}
var bundleEndings = [".sigstore.json", ".sigstore", ".cosign.bundle", ".bundle"];
var certificateEndings = [".pem", ".crt", ".cert"];
var maxDetachedLength = 64 * 1024;
async function upgradeFile({ name, path, out, dryRun }, roots, world) {
  const found = await findSignature(path, roots, world);
  const { from, bundle, artifact, stem } = found;
  const to = out ?? `${stem}.sigstore.json`;
  const isOld = bundle.version !== "0.3";
  const kept = isOld && to === from ? `${from}.old` : void 0;
  const old = kept === void 0 ? void 0 : await contentToKeep(from, kept, world);
  if (isOld && kept === void 0 && await isDone(to, found, roots, world)) return { name, from, kind: "current" };
  const upgraded = await upgradeSignature(bundle, artifact, roots, world);
  if (upgraded.kind === "current") return { name, from, kind: "current" };
  if (!dryRun) {
    const places = { workspace: dirname(to), bundleDirectory: void 0, confinedTo: parse(to).root };
    if (kept !== void 0 && old !== void 0) await deliverFile(world.files, world.random, kept, old, places);
    await deliverFile(world.files, world.random, to, `${upgraded.text}
`, places);
  }
  return { name, from, kind: "upgraded", to, ...kept !== void 0 && { kept } };
}
async function contentToKeep(from, kept, { files }) {
  const bytes = await readRegularFile(files, from, maxBundleLength);
  if (!await pathExists(kept, files)) return bytes;
  const present = await readRegularFile(files, kept, maxBundleLength);
  if (equalBytes(bytes, present)) return void 0;
  return fail("USAGE", `the old bundle cannot be kept as ${kept}, which exists already and has other content`, {
    remedy: "Move that file away, or specify another path for the new bundle with `out`."
  });
}
async function isDone(to, found, roots, world) {
  if (!await pathExists(to, world.files)) return false;
  const present = await bundleIn(to, world);
  if (present === void 0 || present.version !== "0.3" || differentPart(found.bundle, present) !== void 0)
    fail("USAGE", `${to} exists already and does not contain the signature in ${found.from}`, {
      remedy: "Move that file away, or specify another path for the new bundle with `out`."
    });
  await upgradeSignature(present, found.artifact, roots, world);
  return true;
}
async function findSignature(path, roots, world) {
  if (!await pathExists(path, world.files))
    fail("SUBJECT_MISSING", `there is no file ${path}`, { remedy: "Check the path." });
  const ending = bundleEndings.find((one) => path.endsWith(one));
  const own = await bundleIn(path, world, ending !== void 0);
  const stem = ending === void 0 ? path : path.slice(0, -ending.length);
  if (own !== void 0)
    return { from: path, bundle: own, artifact: await artifactOf(own, stem, path, roots, world), stem };
  for (const one of bundleEndings) {
    const from = `${path}${one}`;
    const bundle = await pathExists(from, world.files) ? await bundleIn(from, world, true) : void 0;
    if (bundle !== void 0) return { from, bundle, artifact: await readFor(bundle, path, roots, world), stem: path };
  }
  return findDetached(path, roots, world);
}
async function findDetached(path, roots, world) {
  const from = `${path}.sig`;
  const candidates = await Promise.all(
    certificateEndings.map(
      async (ending) => await pathExists(`${path}${ending}`, world.files) ? `${path}${ending}` : []
    )
  );
  const [certificate] = candidates.flat();
  if (certificate === void 0 || !await pathExists(from, world.files))
    fail("BUNDLE_MISSING", `there is no signature beside ${path}`, {
      remedy: `Specify the file that contains the bundle, or put the bundle beside the artifact (${bundleEndings.join(", ")}), or its signature and certificate (.sig and .pem).`
    });
  const [signature, pem] = await Promise.all(
    [from, certificate].map((one) => readRegularFile(world.files, one, maxDetachedLength))
  );
  const detached = readDetached(signature ?? new Uint8Array(), pem ?? new Uint8Array());
  const digest = await digestFile(world.files, { path }, "sha256");
  const trusts = roots.map(({ choice }) => choice.trust);
  const bundle = await withLogEntry(detached, digest, trusts, world.http);
  return { from, bundle, artifact: artifactOfDigest(digest), stem: path };
}
async function bundleIn(path, { files }, isNamed = false) {
  const { size } = await files.stat(path);
  if (!isNamed && size > maxBundleLength) return void 0;
  const pool = await namedBundles({ workspace: dirname(path), paths: [path], directory: void 0 }, files);
  const { bundles: [found, ...others] = [], unread: [unread] = [] } = pool ?? {};
  if (unread !== void 0) {
    if (!isNamed && unread.failure.code === "FORMAT_UNSUPPORTED") return void 0;
    throw unread.failure;
  }
  if (others.length > 0)
    fail(
      "BUNDLE_UNSUPPORTED",
      `${path} contains ${others.length + 1} bundles; only files with one bundle are upgraded`,
      {
        remedy: "Write each of the bundles to a file of its own."
      }
    );
  return found?.bundle;
}
async function artifactOf(bundle, stem, path, roots, world) {
  if (stem !== path && await pathExists(stem, world.files)) return readFor(bundle, stem, roots, world);
  const digest = claimedDigest(bundleClaims(bundle, void 0));
  if (digest !== void 0) return artifactOfDigest(digest);
  return fail("DIGEST_UNAVAILABLE", `${path} names no digest, so it can only be verified with its artifact`, {
    remedy: "Put the artifact beside the bundle, under the name of the bundle without its ending, and specify the artifact."
  });
}
function readFor(bundle, path, roots, world) {
  const algorithms = new Set(roots.flatMap(({ policy }) => neededDigests(bundle, policy)));
  const whole = bundle.signer.kind === "public-key";
  return readArtifact({ kind: "file", name: path, path }, ["sha256", ...algorithms], whole, world);
}
export {
  upgradeFile
};
