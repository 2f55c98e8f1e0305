import { inWorld, readAccount, instanceRequest } from "./cli-read-account.mjs";
import { orFailureJson_2, printJson_2, usesColour, reportInFlags } from "./cli-json-output.mjs";
import { demandVerified, loadImages, loadPolicy, loadTrust, verificationJson, verificationText, verifyRun } from "./run-policy-signer.mjs";
import "./core-trust-trusted-root.mjs";
import { beginsLikeImage, looksLikeImage } from "./node-concurrency.mjs";
import { parseDigest } from "./node-regular-file.mjs";
import "./core-bundle-read-bundle.mjs";
import "./core-encoding-der.mjs";
import { optionName } from "./options-shared.mjs";
import "./report-verification-report.mjs";
import "./options-sign.mjs";
import { policyRows } from "./options-policy.mjs";
import { CountersignError, fail, reading } from "./core-errors-reference.mjs";
import "./core-encoding-json.mjs";
import { join, resolve } from "node:path";
async function withFilesBeside(report, artifacts, bundlePaths, world) {
  const { leftBeside, withLeftOut } = await import("./run-verify-select-verifiables.mjs");
  return withLeftOut(report, await leftBeside(artifacts, bundlePaths, world), true);
}
function policyRequest(options) {
  const rows = Object.entries(policyRows);
  const given = rows.flatMap(([option, row]) => {
    const value = (row.aliases ?? []).reduce((own, { flags, as = (text) => text }) => {
      const name = flags.replace(/^--| .*/g, "");
      const alias = options.aliases?.[name];
      if (alias === void 0) return own;
      if (row.form.type === "list") return more(option, own, as(alias));
      return own === void 0 ? as(alias) : fail("USAGE", `--${name} and --${optionName(option)} are the same option`, {
        remedy: "Give one of them."
      });
    }, options[option]);
    return value === void 0 ? [] : [[option, value]];
  });
  return Object.fromEntries(given);
}
function more(option, own, value) {
  if (option !== "claim" && own !== void 0)
    fail("USAGE", `\`${optionName(option)}\` was given together with cosign's option for it`, {
      remedy: "Give one of them."
    });
  return [...own ?? [], value];
}
function verifyCommand(artifacts, options) {
  const { retryBudget, json, quiet, verbose } = options;
  return inWorld({ retryBudget, quiet }, async (world) => {
    if (quiet && !json && !verbose) return setExitCode(verify(artifacts, options, world));
    const nothing = { verified: false, warnings: [], artifacts: [] };
    const report = await orFailureJson_2(json, nothing, () => verify(artifacts, options, world));
    if (json) {
      printJson_2(verificationJson(report));
      demandVerified(report);
      return;
    }
    const colour = usesColour(process.stdout);
    process.stdout.write(verificationText(report, { colour, verbose, errorFollows: true }));
    demandVerified(report, { listed: true });
  });
}
async function setExitCode(verification) {
  try {
    demandVerified(await verification);
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.kind === "usage") throw failure;
    process.exitCode = failure.exitCode;
  }
}
async function verify(artifacts, options, world) {
  if ([options.json, options.quiet, options.verbose].filter(Boolean).length > 1)
    fail("USAGE", "`json`, `quiet` and `verbose` cannot be combined", { remedy: "Use only one of them." });
  if (options.useSignedTimestamps)
    fail("USAGE", "`use-signed-timestamps` is not supported: signed timestamps are always verified", {
      remedy: "Remove it. To require a number of timestamps, use `timestamps`."
    });
  const policy = await loadPolicy(await instancePolicy(options), world);
  const trust = await loadTrust(await instanceRequest(trusting(options), "verify"), world);
  const named = await verifiables(artifacts, options, world);
  const report = await verifyRun(
    {
      artifacts: named,
      bundles: {
        workspace: process.cwd(),
        paths: options.bundle.map((path) => resolve(path)),
        directory: options.bundleDir === void 0 ? void 0 : resolve(options.bundleDir)
      },
      policy,
      trust,
      concurrency: options.concurrency
    },
    world
  );
  return reportInFlags(options.strictFolder ? await withFilesBeside(report, named, options.bundle, world) : report);
}
async function instancePolicy(options) {
  const request = policyRequest(options);
  if (options.instance !== "sandbox") return request;
  const { withSandboxIssuer } = await import("./cli-sandbox-settings.mjs");
  return withSandboxIssuer(request, process.env);
}
function trusting({ customTrustedRoot, ...options }) {
  if (customTrustedRoot === void 0) return options;
  if (options.trustedRoot !== void 0)
    fail("USAGE", "`custom-trusted-root` and `trusted-root` are the same option", {
      remedy: "Give one of them."
    });
  return { ...options, trustedRoot: customTrustedRoot };
}
async function verifiables(artifacts, options, world) {
  const found = await Promise.all(artifacts.map((artifact) => findVerifiable(artifact, world)));
  const names = found.filter((one) => typeof one === "string");
  const account = await readAccount(options);
  const images = await loadImages({ images: names, account, environment: process.env }, world);
  const byName = new Map(images.map((image) => [image.name, image]));
  return found.flatMap((one) => typeof one === "string" ? byName.get(one) ?? [] : one);
}
async function findVerifiable(artifact, { files }) {
  if (artifact === "-") return { kind: "stream", name: "-", content: process.stdin };
  if (/^(?:oci|oci-archive|docker-archive):/.test(artifact)) return artifact;
  const isThere = await exists(artifact, files);
  if (/^sha(?:256|384|512):/.test(artifact)) {
    if (isThere) failAmbiguous(artifact, "a digest", "For the digest, rename the file.");
    const digest = reading("DIGEST_INVALID", JSON.stringify(artifact), () => parseDigest(artifact));
    return { kind: "digest", name: artifact, digest };
  }
  if (looksLikeImage(artifact)) {
    if (isThere) failAmbiguous(artifact, "an image", `For the image, write oci://${artifact}.`);
    return artifact;
  }
  if (!isThere && beginsLikeImage(artifact)) return artifact;
  if (isThere && await exists(join(artifact, "oci-layout"), files))
    return /^[./]/.test(artifact) ? artifact : `oci:${artifact}`;
  return { kind: "file", name: artifact, path: artifact };
}
function exists(path, files) {
  return files.stat(path).then(
    () => true,
    () => false
  );
}
function failAmbiguous(artifact, what, otherwise) {
  fail("USAGE", `${JSON.stringify(artifact)} is ambiguous: it is ${what}, and a file with this name exists`, {
    remedy: `For the file, write ./${artifact}. ${otherwise}`
  });
}
export {
  verifyCommand
};
