import { signingWorld, tokenSource } from "./cli-login.mjs";
import { systemProgress } from "./cli-progress.mjs";
import { gitHubDestinations, deliverRun, deliveriesTo, earlierAt, signingReport } from "./deliver-upload-artifact.mjs";
import { readAccount } from "./cli-read-account.mjs";
import { instanceRequest } from "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { formatOfCollected, leftOutText, signingJson, signingText, unsignedText } from "./run-sign-collected-subjects.mjs";
import { namesClaims, signRun } from "./run-sign-sign-run.mjs";
import "./run-sign-sign-each.mjs";
import { loadRegistries } from "./report-shown-path.mjs";
import { incompleteness } from "./run-sign-signing-result.mjs";
import { demandStatements } from "./deliver-github-attestations.mjs";
import "./deliver-manifest.mjs";
import "./subject-leg-digests.mjs";
import "./fetch-download-artifact.mjs";
import "./subject-glob.mjs";
import "./node-safe-file-name.mjs";
import { untilInterrupted } from "./node-interruption.mjs";
import "./report-shell.mjs";
import { keepYoungGenerationSmall } from "./node-young-generation.mjs";
import "./report-retry-text.mjs";
import "./report-markdown.mjs";
import "./report-shorten.mjs";
import "./options-shared.mjs";
import "./subject-checksums.mjs";
import "./fetch-archive-directory.mjs";
import "./services-github-artifact-client.mjs";
import { reportError, errorInFlags, reportInFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import { inCi } from "./identity-find-tokens.mjs";
import { cachedTokens } from "./identity-providers-github-actions.mjs";
import "./services-rekor-rekor-v1.mjs";
import "./services-http-retry.mjs";
import "./identity-verify-token.mjs";
import "./run-sign-attest.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./deliver-bundle-paths.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import "./deliver-disk.mjs";
import "./services-http-sleep.mjs";
import "./services-rekor-answer-v1.mjs";
import "./services-http-explain-failure.mjs";
import "./node-run-program.mjs";
import "./services-http-back-off.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./options-policy.mjs";
import "./run-world-choose-instance.mjs";
import "./core-trust-signing-config.mjs";
import "./node-links.mjs";
import { isWithin, pathBelow } from "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import { loadInstance } from "./run-world-world.mjs";
import "./node-secret.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail, __callDispose, __using } from "./core-errors-codes.mjs";
import { resolve as resolve2 } from "node:path";
import { dirname, resolve, sep } from "node:path";
function signingFolder({ files, checksums }, current) {
  const folders = files.filter((file) => !isExclusion(file)).map((file) => folderOf(file, current));
  const isBelow = folders.every((folder2) => isWithin(current, folder2));
  const folder = isBelow ? current : folders.reduce(common);
  if (!isBelow && dirname(folder) === folder)
    fail("USAGE", `the files have no folder in common other than ${folder}`, {
      remedy: "Run the command once for each folder."
    });
  const absolute = (file) => isExclusion(file) ? `!${resolve(current, file.slice(1))}` : resolve(current, file);
  return {
    folder,
    files: isBelow ? files : files.map(absolute),
    checksums: checksums.map((path) => pathBelow(folder, resolve(current, path)) ?? resolve(current, path))
  };
}
function isExclusion(file) {
  return file.startsWith("!");
}
function folderOf(file, current) {
  const parts = resolve(current, file).split(sep);
  const wild = parts.findIndex((part) => /[*?[\](){}\\]/.test(part));
  return parts.slice(0, wild === -1 ? -1 : wild).join(sep) || sep;
}
function common(one, other) {
  return isWithin(one, other) ? one : common(dirname(one), other);
}
function signCommand(files, options) {
  keepYoungGenerationSmall();
  return untilInterrupted(async (interruption) => {
    var _stack = [];
    try {
      const progress = systemProgress({ json: options.json });
      const world = __using(_stack, signingWorld(interruption, progress, options.retryBudget));
      try {
        await signAndReport(files, options, { world, progress, interruption });
      } catch (error) {
        progress.end();
        if (!interruption.cancellation.aborted) throw error;
        reportError(error);
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  });
}
async function signAndReport(files, options, surroundings) {
  const { json } = options;
  const nothing = { signed: false, subjects: [], unsigned: [], warnings: [], notices: [] };
  const { report, failure, listed } = await orFailureJson(json, nothing, () => sign(files, options, surroundings));
  if (json) printJson(signingJson(report, failure && errorInFlags(failure)));
  else process.stdout.write(signingText(report));
  if (listed) process.stderr.write(unsignedText(report));
  if (failure !== void 0) throw failure;
}
async function sign(files, options, { world, progress, interruption }) {
  const current = process.cwd();
  const { folder: workspace, ...subjects } = signingFolder({ files, checksums: options.checksums }, current);
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false } = options;
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === void 0 ? void 0 : resolve2(options.bundleDir)
  };
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: options.images, account, environment: process.env }, world);
  const { recursive = false, signAttestations: attestations = false, pushToRegistry: push } = options;
  const images = registries && { named: options.images, recursive, attestations, workspace: current, registries, push };
  const github = gitHubDestinations(options, process.env);
  const destinations = { places, images, github };
  const destined = await deliveriesTo(destinations);
  const earlier = github && await earlierAt(destinations, world);
  let loaded;
  const instance = () => {
    loaded ??= instanceRequest(options, "sign").then(
      (request) => loadInstance({ ...request, insecureIgnoreSct, insecureIgnoreTlog }, world)
    );
    return loaded;
  };
  const tokens = await tokenSource(options, { world, progress, interruption }, serverUrl, instance);
  let [total, done, failed] = [0, 0, 0];
  const result = await signRun(
    {
      ...options,
      subjects: { ...subjects, digests: options.digests, digestsFrom: options.digestsFrom },
      images,
      places,
      earlier,
      ...options.bundle !== void 0 && { bundlePath: resolve2(options.bundle) },
      documentFolder: current,
      format: bundleFormat(options),
      overwrite: options.overwrite ?? false,
      instance,
      logVersion: options.logVersion,
      tokens: cachedTokens(tokens, world.clock),
      serverUrl,
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: options.allowDangerousTriggers || !inCi(process.env),
      allowPublicLog: options.publicLog ?? false,
      onPublication: (claims) => {
        progress.line(
          "The token does not state whether the repository is public. The public log will permanently show:"
        );
        for (const { name, value } of claims) progress.line(`  ${name}: ${value}`);
      },
      beforeSigning: async (subjects2, results) => {
        if (options.storeAttestations) demandStatements(subjects2, bundleFormat(options));
        total = results;
        progress.work("signed", total, done, failed);
      },
      onSubject: (subject) => {
        done++;
        if ("error" in subject) failed++;
        progress.work("signed", total, done, failed);
      }
    },
    world
  );
  progress.end();
  if (result.leftOut.length > 0) progress.line(leftOutText(result.leftOut));
  const collect = result.signed.length > 1 && options.package === void 0;
  const deliveries = await deliverRun(result, { places, collect, deliveries: destined }, world);
  const report = reportInFlags(signingReport(result, deliveries, current));
  const listed = result.unsigned.length > 1;
  return { report, failure: incompleteness(result, { listed }) ?? deliveries.failures[0], listed };
}
function bundleFormat(options) {
  const { bundleFormat: format, digestsFrom } = options;
  if (digestsFrom.length > 0) return formatOfCollected(format, "digests-from");
  return format === "auto" ? namesClaims(options) || options.storeAttestations ? "attestation" : "per-file" : format;
}
export {
  signCommand
};
