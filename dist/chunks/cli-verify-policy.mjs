import { instanceRequest } from "./cli-instance-request.mjs";
import { loadPolicy } from "./run-policy-load-policy.mjs";
import { policyRows } from "./options-policy.mjs";
import { optionName } from "./options-row.mjs";
import { loadTrust } from "./run-policy-load-trust.mjs";
import { fail } from "./core-errors-codes.mjs";
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
async function loadVerifyPolicy(options, world) {
  const policy = await loadPolicy(await instancePolicy(options), world);
  const trust = await loadTrust(await instanceRequest(trusting(options), "verify"), world, policy);
  const { provenance } = options;
  if (provenance === void 0) return { policy, trust };
  return { policy: { ...policy, content: { ...policy.content, provenance } }, trust };
}
async function instancePolicy(options) {
  const request = policyRequest(options);
  if (options.instance !== "sandbox" || !process.env.OIDC_GHA) return request;
  const { withSandboxIssuer } = await import("./cli-sandbox-settings.mjs");
  return withSandboxIssuer(request, process.env);
}
function trusting({ customTrustedRoot, provenance: _, ...options }) {
  if (customTrustedRoot === void 0) return options;
  if (options.trustedRoot !== void 0)
    fail("USAGE", "`custom-trusted-root` and `trusted-root` are the same option", {
      remedy: "Give one of them."
    });
  return { ...options, trustedRoot: customTrustedRoot };
}
export {
  instancePolicy,
  loadVerifyPolicy,
  policyRequest
};
