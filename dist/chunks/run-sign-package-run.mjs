import { readNpmTarball } from "./run-verify-package-names.mjs";
import "./subject-image-tar-archive.mjs";
import { pathsForEach, signEach } from "./run-sign-sign-each.mjs";
import { writeStatement } from "./core-certificate-path.mjs";
function statementAboutPackage({ name, digest }, { predicateType, predicate }) {
  return { digest, statement: writeStatement({ subjects: [{ name, digests: [digest] }], predicateType, predicate }) };
}
function packagePaths(packages, request) {
  return pathsForEach(packages, request, { noun: "packages", remedy: "Specify a folder with `bundle-dir`." });
}

import { provenanceClaim } from "./identity-verify-token.mjs";

import { hashedAtOnce } from "./run-sign-attest.mjs";

import "./report-retry-text.mjs";

import "./identity-providers-github-actions.mjs";

import "./jose-dist-webapi-lib-asn1.mjs";

import "./deliver-bundle-paths.mjs";

import "./identity-verify-token.mjs";

import "./identity-providers-github-actions.mjs";

import "./deliver-disk.mjs";

import "./services-http-back-off.mjs";

import "./core-bundle-write-bundle.mjs";

import "./node-atomic-write.mjs";

import "./node-make-folder.mjs";

import "./node-make-folder.mjs";

import "./node-safe-file-name.mjs";

import "./node-links.mjs";

import "./core-bundle-read-bundle.mjs";

import { digestFile, hashObserver } from "./subject-digest-file.mjs";

import "./node-links.mjs";

import "./node-make-folder.mjs";

import "./services-http-answer.mjs";

import "./node-secret.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-log-cosignature.mjs";

import "./core-log-cosignature.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-path.mjs";

import { mapConcurrently } from "./node-concurrency.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-log-cosignature.mjs";

import "./core-certificate-certificate.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-regular-file.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der-writer.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import "./run-world-world.mjs";

import { fail } from "./core-errors-codes.mjs";

import "./core-errors-codes.mjs";

import { basename as basename2 } from "node:path";
import { basename } from "node:path";
var version = new RegExp(
  [
    "^(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)*",
    "(?:[._]?(?:a|b|c|rc|alpha|beta|pre|preview)[._]?[0-9]*)?",
    "(?:[._]?(?:post|rev|r)[._]?[0-9]*)?",
    "(?:[._]?dev[._]?[0-9]*)?",
    "(?:\\+[a-z0-9]+(?:[._][a-z0-9]+)*)?$"
  ].join(""),
  "i"
);
var sdistName = /^[a-z0-9]+(?:_[a-z0-9]+)*$/;
var wheelName = /^[A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?$/;
var build = /^[0-9][A-Za-z0-9_.]*$/;
var pythonTag = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
var tag = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
function isDistributionName(name) {
  if (name.endsWith(".tar.gz")) return isSdist(name.slice(0, -".tar.gz".length));
  return name.endsWith(".whl") && isWheel(name.slice(0, -".whl".length).split("-"));
}
function isSdist(stem) {
  const dash = stem.lastIndexOf("-");
  return sdistName.test(stem.slice(0, Math.max(dash, 0))) && version.test(stem.slice(dash + 1));
}
function isWheel(parts) {
  if (parts.length < 5 || parts.length > 6) return false;
  const [name = "", release = ""] = parts;
  const [python = "", ...others] = parts.slice(-3);
  return wheelName.test(name) && !name.includes("__") && version.test(release) && (parts.length === 5 || build.test(parts[2] ?? "")) && pythonTag.test(python) && others.every((other) => tag.test(other));
}
var rules = {
  npm: { isPackage: (name) => name.endsWith(".tgz"), expected: "a tarball of `npm pack` (`.tgz`)" },
  pypi: {
    isPackage: isDistributionName,
    companion: /(?:\.[A-Za-z0-9_-]+\.attestation|\.asc)$/,
    expected: "a wheel or source distribution with a name that PyPI accepts (PEP 427, PEP 625)"
  },
  gem: { isPackage: (name) => name.endsWith(".gem"), expected: "a gem (`.gem`)" },
  maven: {
    isPackage: (name) => /^[A-Za-z0-9][A-Za-z0-9._+-]*\.[A-Za-z0-9]+$/.test(name),
    companion: /\.(?:asc|md5|sha1|sha256|sha512)$/,
    expected: "a file of a Maven artifact"
  }
};
function selectPackages(files, format) {
  const { isPackage, companion, expected } = rules[format];
  const leftOut = files.filter(({ name }) => companion?.test(name));
  const packages = files.filter((file) => !leftOut.includes(file));
  const other = packages.find(({ name }) => !isPackage(basename(name)));
  if (other !== void 0)
    fail("PACKAGE_INVALID", `${JSON.stringify(other.name)} is not ${expected}`, {
      remedy: "Specify only the packages in `files`, for example `dist/*.whl`, or exclude the file with `!`."
    });
  if (packages.length === 0)
    fail("SUBJECT_MISSING", `none of the specified files is ${expected}`, {
      remedy: "Specify the packages in `files`, after the step that builds them."
    });
  return { packages, leftOut };
}
var registries = {
  npm: "the npm registry",
  pypi: "PyPI",
  gem: "RubyGems.org",
  maven: "Maven Central"
};
var logVersions = { pypi: 1, gem: 1, maven: 1 };
var logReasons = {
  npm: "",
  pypi: "PEP 740 attestations contain no timestamps",
  gem: "RubyGems reads no other log entries",
  maven: "Maven Central is not known to read other log entries"
};
var nextSteps = {
  npm: "publish each tarball with `npm publish <tarball> --provenance-file <bundle>`",
  pypi: "upload the distributions together with the `.attestation` files: `twine upload --attestations`, or `uv publish`",
  gem: "push each gem with `gem push <gem> --attestation <bundle>`",
  maven: "upload each `.sigstore.json` file next to its file"
};
async function openPackageRun(request, format, find, world) {
  demandNoContradiction(request, format);
  const found = await find();
  const files = found.subjects.map((subject) => subject.kind === "file" ? subject : notFile(subject));
  const { packages, leftOut } = selectPackages(files, format);
  const logVersion = logVersions[format];
  const common = {
    leftOut: [...found.leftOut, ...leftOut.map(({ name }) => name)],
    signing: {
      instance: async (token) => forRegistry(await request.instance(token), format, logVersion),
      logVersion: logVersion ?? request.logVersion
    },
    result: {
      format: format === "npm" || format === "pypi" ? "attestation" : "per-file",
      packageNotices: [
        ...logVersion === void 0 ? [] : [`Rekor v${logVersion} was used, because ${logReasons[format]}`],
        nextSteps[format]
      ]
    }
  };
  if (format === "gem" || format === "maven") {
    const paths = packagePaths(packages, request);
    return { ...common, subjects: packages, sign: async (plan) => signEach({ ...plan, ...paths }, world) };
  }
  const named = await mapConcurrently(packages, (file) => namePackage(file, format, world), hashedAtOnce);
  if (format === "npm") return { ...common, ...npmRun(named, request, world) };
  const { pypiRun } = await import("./run-sign-pypi-run.mjs");
  return { ...common, ...pypiRun(named, request, world) };
}
function demandNoContradiction({ images, format, logVersion, attestations }, registry) {
  const contradict = (what, remedy) => fail("USAGE", `${what} cannot be used together with \`package: ${registry}\``, { remedy });
  if (images !== void 0) contradict("`images`", "Sign images in a different step.");
  const isSignature = registry === "gem" || registry === "maven";
  if (format === "attestation" && isSignature) contradict("`bundle-format: attestation`", "Omit `bundle-format`.");
  const demanded = logVersions[registry];
  if (logVersion !== void 0 && demanded !== void 0 && logVersion !== demanded)
    contradict(`\`log-version: ${logVersion}\``, `Omit \`log-version\`: ${logReasons[registry]}.`);
  if (attestations?.some(({ kind }) => kind !== "provenance") || attestations !== void 0 && isSignature)
    contradict("a predicate", `Sign it in a different step: ${registries[registry]} does not accept it.`);
}
function notFile({ name }) {
  return fail("USAGE", `${JSON.stringify(name)} is only known by its digest, and \`package\` requires the file`, {
    remedy: "Specify the package in `files`."
  });
}
function forRegistry(instance, format, logVersion) {
  const registry = registries[format];
  const { name, signingConfig, warnings } = instance;
  const hasLog = signingConfig.transparencyLogs.some(({ majorApiVersion }) => majorApiVersion === logVersion);
  if (logVersion !== void 0 && !hasLog)
    fail("USAGE", `${registry} requires a Rekor v${logVersion} log, and the instance ${name} has none`, {
      remedy: "Use `instance: public-good`, or set `signing-config` to a signing config with such a log."
    });
  if (name === "public-good") return instance;
  return {
    ...instance,
    warnings: [...warnings, `${registry} only accepts signatures of the instance public-good, not of ${name}`]
  };
}
async function namePackage(file, format, { files, onHash }) {
  if (format === "npm") {
    const { purl, digest: digest2 } = await readNpmTarball(files, file);
    return { file, name: purl, digest: digest2 };
  }
  const digest = await digestFile(files, file, "sha256", hashObserver(file.name, onHash));
  return { file, name: basename2(file.name), digest };
}
function npmRun(packages, request, world) {
  const subjects = packages.map(({ file }) => file);
  const paths = packagePaths(subjects, request);
  return {
    subjects,
    sign: async (plan) => {
      const { claim } = await provenanceClaim(plan.signing, request.serverUrl, world);
      const statements = new Map(packages.map((one) => [one.file, statementAboutPackage(one, claim)]));
      return signEach({ ...plan, ...paths, statements }, world);
    }
  };
}
export {
  openPackageRun,
  packagePaths,
  statementAboutPackage
};
