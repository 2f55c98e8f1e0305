import { demandOtherPaths, readSummaryOptions, withoutSummaryOptions, writeSummaries } from "./run-summary-read-options.mjs";
import { loginOf } from "./cli-login.mjs";
import { instanceRequest } from "./cli-instance-request.mjs";
import { plainLine } from "./options-row.mjs";
import { findTokens, inCi } from "./identity-find-tokens.mjs";
import { cachedTokens } from "./identity-providers-github-actions.mjs";
import "./services-rekor-rekor-v1.mjs";
import "./services-http-retry.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import "./deliver-disk.mjs";
import "./services-http-sleep.mjs";
import "./services-rekor-answer-v1.mjs";
import "./services-http-explain-failure.mjs";
import { programsOf } from "./node-run-program.mjs";
import "./services-http-back-off.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./report-retry-text.mjs";
import "./core-statement-slsa-result.mjs";
import "./report-verification-report.mjs";
import "./run-world-choose-instance.mjs";
import "./core-trust-signing-config.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
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
import "./core-errors-codes.mjs";
import { relative, resolve } from "node:path";
function summariesOf(options, version, world) {
  const path = (given) => given === void 0 ? void 0 : resolve(given);
  const paths = { vsaOut: path(options.vsaOut), svrOut: path(options.svrOut) };
  const plan = readSummaryOptions({ ...options, ...paths, policy: options }, version);
  if (plan === void 0) return void 0;
  const places = { workspace: process.cwd(), bundleDirectory: void 0 };
  const signing = options.signVsa ? () => signingRequest(options, world) : void 0;
  return {
    policyOptions: withoutSummaryOptions,
    demandOtherPaths: (artifacts) => demandOtherPaths(plan, artifacts),
    write: (verification) => writeSummaries(verification, plan, { places, signing }, world)
  };
}
function summaryLine({ path, kind, result, isSigned }) {
  const state = isSigned ? "signed" : "not signed";
  return plainLine(`${kind} (${result}, ${state}): ${relative(process.cwd(), path)}`);
}
async function signingRequest(options, world) {
  let loaded;
  const instance = () => {
    loaded ??= instanceRequest(options, "sign").then((request) => loadInstance(request, world));
    return loaded;
  };
  const tokens = await tokenRequest(options, instance, world);
  return {
    instance,
    logVersion: void 0,
    tokens: cachedTokens(tokens, world.clock),
    allowDangerousTriggers: !inCi(process.env),
    allowPublicLog: options.publicLog ?? false
  };
}
async function tokenRequest(options, instance, world) {
  const environment = process.env;
  const { identityToken: file, identityProvider: provider } = options;
  const login = loginOf(
    { device: false, browser: true, instance: options.instance, oidcClientId: "sigstore", yes: false },
    instance,
    world
  );
  const run = programsOf(environment, world.cancellation);
  const found = await findTokens({ file, provider, environment, login }, { ...world, run });
  const serverUrl = environment.GITHUB_SERVER_URL ?? "https://github.com";
  return async () => found.read(await found.request(), world.clock(), serverUrl);
}
export {
  summariesOf,
  summaryLine
};
