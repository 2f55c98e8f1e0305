import { loadSignPolicy } from "./run-policy-policy-file.mjs";
import "./yaml-dist-parse-lexer.mjs";
import { demandVerifiable } from "./identity-providers-github-actions.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import { selectSecondLog } from "./core-trust-signing-config.mjs";
import "./node-make-folder.mjs";
import "./run-world-read-input.mjs";
import { shownUrl } from "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-log-cosignature.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
async function demandAllowedOnOutage(onOutage, policy, world) {
  if (policy === void 0)
    return fail(
      "POLICY_INVALID",
      `\`on-outage: ${onOutage}\` is allowed only by a policy file, and none is specified`,
      {
        remedy: `Set \`policy\` to the path of a policy file that contains sign: {on-outage: ${onOutage}}.`
      }
    );
  const { onOutage: allowed } = await loadSignPolicy(policy, world);
  if (onOutage === "fail" || allowed.includes(onOutage)) return;
  fail("POLICY_INVALID", `the policy file ${policy} does not allow \`on-outage: ${onOutage}\``, {
    remedy: `Omit \`on-outage\`, or add ${onOutage} to "on-outage" under "sign" in the policy file.`
  });
}
function selectFallback(kind, services, instance, now) {
  const { transparencyLogs: logs, timestampAuthorities } = services;
  if (timestampAuthorities.length === 0)
    fail("NO_SERVICE", `\`on-outage: ${kind}\` requires a timestamp authority, and the signing config has none`, {
      remedy: "Omit `on-outage`, or add a timestamp authority to the signing config (`tsaUrls`, `tsaConfig`)."
    });
  if (kind === "timestamp-only") return { kind };
  if (logs.length > 1)
    fail(
      "NO_SERVICE",
      `\`on-outage: second-log\` can replace one transparency log, and this signing config selects ${logs.length}`,
      {
        remedy: "Omit `on-outage`."
      }
    );
  const log = selectSecondLog(instance.signingConfig, now, logs);
  if (log === void 0)
    return fail("NO_SERVICE", "the signing config has no second transparency log that is valid now", {
      remedy: "Omit `on-outage`, or set `on-outage: timestamp-only`."
    });
  const { transparencyLogs: trusted } = instance.trust;
  const sameUrl = (url) => url.replace(/\/+$/, "") === log.url.replace(/\/+$/, "");
  if (!trusted.some(({ baseUrl }) => sameUrl(baseUrl)))
    fail("LOG_UNKNOWN", `the second transparency log ${shownUrl(log.url)} is not in the trusted root`, {
      remedy: "Omit `on-outage`, or use a trusted root that contains this log."
    });
  demandVerifiable({ ...services, transparencyLogs: [log] }, instance, now);
  return { kind, log };
}
export {
  demandAllowedOnOutage,
  selectFallback
};
