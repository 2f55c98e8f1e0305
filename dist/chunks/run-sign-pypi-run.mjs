import { pypiPublish } from "./run-verify-package-names.mjs";
import { packagePaths, statementAboutPackage } from "./run-sign-package-run.mjs";
import { signEach } from "./run-sign-sign-each.mjs";
import { readPep740 } from "./fetch-formats-pep-740.mjs";
import { provenanceClaim } from "./identity-verify-token.mjs";
import { demandNoObstacles, examineExisting } from "./run-sign-attest.mjs";
import "./report-retry-text.mjs";
import { holdsStatement } from "./identity-providers-github-actions.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./deliver-bundle-paths.mjs";
import { deliverFile, demandDeliverable } from "./deliver-disk.mjs";
import "./services-http-back-off.mjs";
import { writeBundle } from "./core-bundle-write-bundle.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./node-safe-file-name.mjs";
import "./node-links.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-http-answer.mjs";
import "./node-secret.mjs";
import { verify, artifactOfDigest } from "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import { parseJson, parseJsonObject, asList, asObject, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import "./run-world-world.mjs";
import { dirname, join, resolve } from "node:path";
function pep740Attestation(bundle) {
  const { verificationMaterial, dsseEnvelope } = asObject(parseJson(writeBundle(bundle))) ?? {};
  const { certificate, tlogEntries } = asObject(verificationMaterial) ?? {};
  const { payload, signatures } = asObject(dsseEnvelope) ?? {};
  const [entry, ...others] = asList(tlogEntries) ?? [];
  const [signature] = asList(signatures) ?? [];
  const { rawBytes } = asObject(certificate) ?? {};
  const { sig } = asObject(signature) ?? {};
  if (payload === void 0 || sig === void 0) return unsupported("contains no statement");
  if (rawBytes === void 0) return unsupported("contains no certificate");
  if (entry === void 0 || others.length > 0) return unsupported("does not contain exactly one log entry");
  if (asObject(entry)?.inclusionPromise === void 0)
    return unsupported("has no log entry of Rekor v1, and so no time");
  return JSON.stringify({
    version: 1,
    verification_material: { certificate: rawBytes, transparency_entries: [entry] },
    envelope: { statement: payload, signature: sig }
  });
}
function unsupported(problem) {
  return fail("BUNDLE_UNSUPPORTED", `the bundle cannot be written as an attestation of PEP 740: it ${problem}`);
}
var bundleFolder = "sigstore-bundles";
var bundleSuffix = ".sigstore.json";
function pypiRun(distributions, request, world) {
  const attested = attestedOf(distributions, request);
  return {
    subjects: attested.map(({ subject }) => subject),
    sign: async (plan) => {
      const statements = await statementsOf(attested, plan.signing, request.serverUrl, world);
      const beforeSigning = async (results2) => {
        await demandFree(attested, plan, world);
        await plan.beforeSigning(results2);
      };
      const paths = new Map(attested.map(({ subject, bundlePath }) => [subject, bundlePath]));
      const isPathGiven = request.bundlePath !== void 0;
      const results = signEach({ ...plan, beforeSigning, bundlePaths: paths, isPathGiven, statements }, world);
      return withAttestations(results, attested, statements, plan.signing, world);
    }
  };
}
function attestedOf(distributions, request) {
  const { places, attestations, bundlePath } = request;
  if (bundlePath !== void 0 && attestations !== void 0)
    fail("USAGE", "`bundle` specifies one file, but each distribution has two bundles", {
      remedy: "Specify a folder for the bundles with `bundle-dir`."
    });
  const folder = places.bundleDirectory ?? join(places.workspace, bundleFolder);
  const files = distributions.map(({ file }) => file);
  const { bundlePaths } = packagePaths(files, { ...request, places: { ...places, bundleDirectory: folder } });
  return distributions.flatMap((distribution) => {
    const { file } = distribution;
    const bundle = bundlePaths.get(file) ?? fail("DELIVERY_FAILED", `there is no path for the bundle of ${file.name}`);
    const beside = attestationStem(file, places);
    const publish = { subject: file, distribution, kind: "publish", bundlePath: bundle };
    const provenance = {
      subject: { ...file },
      distribution,
      kind: "provenance",
      bundlePath: `${bundle.slice(0, -bundleSuffix.length)}.provenance${bundleSuffix}`
    };
    const all = attestations === void 0 ? [publish] : [publish, provenance];
    return all.map((one) => ({ ...one, path: `${beside}.${one.kind}.attestation` }));
  });
}
function attestationStem({ path, name }, { bundleDirectory }) {
  return resolve(bundleDirectory === void 0 ? path : join(bundleDirectory, name));
}
async function statementsOf(attested, signing, serverUrl, world) {
  const needsProvenance = attested.some(({ kind }) => kind === "provenance");
  const provenance = needsProvenance ? (await provenanceClaim({ token: signing.token }, serverUrl, world)).claim : void 0;
  const claimOf = ({ kind }) => kind === "provenance" ? provenance ?? pypiPublish : pypiPublish;
  return new Map(attested.map((one) => [one.subject, statementAboutPackage(one.distribution, claimOf(one))]));
}
async function demandFree(attested, { signing, overwrite }, world) {
  const obstacles = await mapConcurrently(attested, async ({ path }) => {
    const existing = await examineExisting(path, signing, world, readAttestation);
    if (existing.kind === "foreign") return [{ ...existing, path }];
    await demandDeliverable(world.files, dirname(path), signing.places);
    return [];
  });
  demandNoObstacles(obstacles.flat(), overwrite);
}
function readAttestation(json) {
  const [attestation] = readPep740(parseJsonObject(json) ?? {}, "") ?? [];
  return attestation?.read() ?? fail("FORMAT_UNSUPPORTED", "the file is not an attestation of PEP 740");
}
async function* withAttestations(results, attested, statements, signing, world) {
  const paths = new Map(attested.map(({ subject, path }) => [subject, path]));
  for await (const result of results) {
    const [path, own] = [paths.get(result.subject), statements.get(result.subject)];
    if ("error" in result || path === void 0 || own === void 0) {
      yield result;
      continue;
    }
    try {
      await deliverAttestation(path, result.bundlePath, own, signing, world);
      yield result;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      yield { subject: result.subject, error };
    }
  }
}
async function deliverAttestation(path, bundlePath, { digest, statement }, { trust, policy, places }, { files, random, clock }) {
  const text = pep740Attestation(readBundle(await readRegularFile(files, bundlePath, maxBundleLength)));
  const read = readAttestation(utf8(text));
  await verify(read, artifactOfDigest(digest), trust, policy, clock());
  if (!holdsStatement(statement)(read.content))
    fail("ARTIFACT_MISMATCH", "the new attestation is for a different subject");
  await deliverFile(files, random, path, `${text}
`, places);
}
export {
  pypiRun
};
