import { Pace, pathsForEach, signEach } from "./run-sign-sign-each.mjs";
import { deliveredKind } from "./deliver-manifest.mjs";
import { collectSubjects, namesNothing } from "./subject-glob.mjs";
import { openSigning } from "./identity-providers-github-actions.mjs";
import { provenanceClaim } from "./identity-verify-token.mjs";
import { attestAll } from "./run-sign-attest.mjs";
import { placesOfBundles } from "./deliver-bundle-paths.mjs";
import { bundleStem, mapConcurrently } from "./node-concurrency.mjs";
import { CountersignError, fail, __callDispose, __using } from "./core-errors-codes.mjs";
function namesClaims({
  sbomPath,
  predicateType,
  predicate,
  predicatePath,
  statement,
  attest = []
}) {
  return (sbomPath ?? predicateType ?? predicate ?? predicatePath ?? statement) !== void 0 || attest.length > 0;
}
async function selectSubjects(request, places, { files }, signBundles = false) {
  const found = await collectSubjects(request, places.workspace, files);
  const kinds = await mapConcurrently(found, (one) => kindOf(one, files));
  const plain = found.filter((_, index) => kinds[index] === "other");
  const isPlace = placesOfBundles(plain, places);
  const paths = new Set(plain.flatMap((one) => one.kind === "file" ? [one.path] : []));
  const subjects = [];
  const leftOut = [];
  const refused = [];
  for (const [index, one] of found.entries()) {
    const kind = kinds[index];
    if (one.kind !== "file" || kind === "other") subjects.push(one);
    else if (one.isLiteral !== true) leftOut.push(one.name);
    else if (signBundles) {
      if (isPlace(one.path)) failAtPlace(one);
      subjects.push(one);
    } else if (isPlace(one.path) || paths.has(bundleStem(one.path) ?? "")) leftOut.push(one.name);
    else if (kind === "bundle") refused.push(one);
    else subjects.push(one);
  }
  if (refused.length > 0) failForBundles(refused);
  if (subjects.length === 0) {
    fail("SUBJECT_MISSING", "all specified files are bundles", {
      remedy: "Specify the files to sign. The files that these bundles belong to no longer exist."
    });
  }
  return { subjects, leftOut };
}
async function kindOf(subject, files) {
  if (subject.kind !== "file") return "other";
  try {
    return await deliveredKind(subject, files) ?? "other";
  } catch (failure) {
    if (failure instanceof CountersignError) return "other";
    throw failure;
  }
}
function failAtPlace({ name }) {
  fail("USAGE", `${JSON.stringify(name)} is a bundle at a path where this run writes its own bundle`, {
    remedy: "Do not specify the bundle, or copy it to a different folder and sign the copy."
  });
}
function failForBundles([first, ...others]) {
  const more = others.length === 0 ? "" : ` (and ${others.length} more of the specified files)`;
  fail("USAGE", `${JSON.stringify(first?.name)} is a bundle${more}, and bundles are not signed`, {
    remedy: "Specify the file that it belongs to. To skip all bundles, use a pattern, which a shell needs in quotes. To sign the bundle itself, set `sign-bundles`."
  });
}
async function signRun(given, world) {
  var _stack = [];
  try {
    const request = await withClaims(given, world);
    if (request.package !== void 0 && (request.onOutage ?? "fail") !== "fail")
      fail(
        "USAGE",
        "`on-outage` and `package` cannot be combined: a package registry requires an entry of a certain log",
        {
          remedy: "Omit `on-outage`."
        }
      );
    const packages = await openPackages(request, world);
    const { subjects, leftOut } = packages ?? await findSubjects(request, world);
    const pace = new Pace(request.concurrency);
    const watched = { ...world, http: pace.watch(world.http) };
    const signing = __using(_stack, await openSigning({ ...request, ...packages?.signing }, watched));
    const { format, concurrency, overwrite, earlier, beforeSigning = async () => void 0 } = request;
    const plan = {
      subjects,
      signing,
      concurrency,
      overwrite,
      ...earlier !== void 0 && { earlier },
      beforeSigning: (results2) => beforeSigning(subjects, results2)
    };
    const results = packages !== void 0 ? await packages.sign({ ...plan, pace }) : format === "per-file" ? signEach({ ...plan, ...pathsOf(plan, request), pace }, world) : await attestSubjects(plan, request, world);
    const collected = await collectResults(results, subjects, request.onSubject);
    return { instance: signing.instance, format, leftOut, ...packages?.result, ...collected };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function openPackages(request, world) {
  if (request.package === void 0) return void 0;
  const { openPackageRun } = await import("./run-sign-package-run.mjs");
  return openPackageRun(request, request.package, () => findSubjects(request, world), world);
}
async function withClaims(request, world) {
  if (!namesClaims(request)) return request;
  if (request.format === "per-file")
    fail("USAGE", "`bundle-format: per-file` signs without statements, and documents can only be attested", {
      remedy: "Omit `bundle-format`, or set `bundle-format: attestation`."
    });
  const { loadClaims } = await import("./run-sign-load-claims.mjs");
  const { subjects, images, places } = request;
  const isAlone = images === void 0 && !("found" in subjects) && namesNothing(subjects);
  const { attestations, stated } = await loadClaims(request, { folder: places.workspace, isAlone }, world);
  return { ...request, attestations, ...stated && { subjects: { found: stated } } };
}
async function findSubjects(request, world) {
  const { images, format } = request;
  if (images?.attestations && format === "attestation")
    fail("USAGE", "`sign-attestations` and `bundle-format: attestation` cannot be combined", {
      remedy: "Sign the attestation manifests in a step of its own. They need a bundle each, and contain provenance already."
    });
  const local = await findLocal(request, images !== void 0, world);
  if (images === void 0) return local;
  const { withImages } = await import("./run-sign-images.mjs");
  return { ...local, subjects: await withImages(local.subjects, images, world) };
}
async function findLocal({ subjects, places, signBundles }, hasImages, world) {
  if ("found" in subjects) return { subjects: subjects.found, leftOut: [] };
  if (hasImages && namesNothing(subjects)) return { subjects: [], leftOut: [] };
  return selectSubjects(subjects, places, world, signBundles);
}
function pathsOf({ subjects }, request) {
  return pathsForEach(subjects, request, {
    noun: "subjects",
    remedy: "Specify a folder with `bundle-dir`, or set `bundle-format: attestation` to create one bundle for all subjects."
  });
}
async function attestSubjects(plan, { attestations: sources = [{ kind: "provenance" }], serverUrl, places, bundlePath }, world) {
  const attestations = await Promise.all(
    sources.map((source) => source.kind === "claim" ? source : provenanceClaim(plan.signing, serverUrl, world))
  );
  return attestAll(plan, { attestations, places, bundlePath }, world);
}
async function collectResults(results, subjects, onSubject) {
  const signed = [];
  const unsigned = [];
  for await (const result of results) {
    if ("error" in result) unsigned.push(result);
    else signed.push(result);
    onSubject?.(result);
  }
  const order = new Map(subjects.map((subject, index) => [subject, index]));
  const byOrder = (a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0);
  return { signed: signed.sort(byOrder), unsigned: unsigned.sort(byOrder) };
}
export {
  findLocal,
  namesClaims,
  signRun
};
