import { demandOtherPaths, readSummaryOptions, withoutSummaryOptions, writeSummaries } from "./run-summary-read-options.mjs";
import { maskToken } from "./action-read-shared-inputs.mjs";
import { info } from "./actions-http-client-lib-index.mjs";
import "./tunnel-lib-tunnel.mjs";
import { plainLine } from "./options-row.mjs";
import { jobTokens } from "./identity-find-tokens.mjs";
import { cachedTokens, checkServer } from "./identity-providers-github-actions.mjs";
import "./services-rekor-rekor-v1.mjs";
import "./services-http-retry.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import "./deliver-disk.mjs";
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
import { tenantOf } from "./run-world-choose-instance.mjs";
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
import { relative } from "node:path";
function summariesOf(inputs, version, workspace, world) {
  const plan = readSummaryOptions(inputs, version);
  if (plan === void 0) return void 0;
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  if (inputs.signVsa) checkServer(serverUrl, inputs.instance.name);
  maskToken(process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
  const places = { workspace, bundleDirectory: void 0 };
  const { signingConfig } = inputs;
  const instance = { ...inputs.instance, purpose: "sign", signingConfig, tenant: tenantOf(serverUrl) };
  const signing = async () => ({
    instance: () => loadInstance(instance, world),
    logVersion: void 0,
    tokens: cachedTokens(async () => {
      const found = jobTokens(process.env, { ...world, run: programsOf(process.env, world.cancellation) });
      const token = await found.request();
      maskToken(token.reveal());
      return found.read(token, world.clock(), serverUrl);
    }, world.clock),
    allowDangerousTriggers: false,
    allowPublicLog: inputs.publicLog
  });
  return {
    policyRequest: withoutSummaryOptions(inputs.policy),
    demandOtherPaths: (artifacts) => demandOtherPaths(plan, artifacts),
    write: async (verification) => {
      const delivery = { places, signing: inputs.signVsa ? signing : void 0 };
      for (const { path, kind, result, isSigned } of await writeSummaries(verification, plan, delivery, world))
        info(plainLine(`${kind} (${result}, ${isSigned ? "signed" : "not signed"}): ${relative(workspace, path)}`));
    }
  };
}
export {
  summariesOf
};
