import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  demandVerified,
  localWorld
} from "./chunk-WTSYLZO5.mjs";
import {
  verificationJson,
  verificationText
} from "./chunk-MKMEFOLB.mjs";
import {
  loadPolicy,
  loadTrust,
  verifyRun
} from "./chunk-F7AKDO5X.mjs";
import "./chunk-STMR72KD.mjs";
import "./chunk-RK3LZVZH.mjs";
import "./chunk-OJXCKHX7.mjs";
import "./chunk-4NIE3LUV.mjs";
import "./chunk-22HLDQSG.mjs";
import {
  instanceRequest
} from "./chunk-E67BCN2J.mjs";
import {
  policyOptions
} from "./chunk-7CUJHYSP.mjs";
import {
  plainJson
} from "./chunk-N3LXJ7GI.mjs";
import {
  parseDigest
} from "./chunk-UYWXTOMP.mjs";
import "./chunk-3B3H6NZJ.mjs";
import "./chunk-RCED7V4C.mjs";
import "./chunk-HQS2C6LB.mjs";
import "./chunk-Y54HXCFX.mjs";
import "./chunk-4Z2FOAEY.mjs";
import "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __using
} from "./chunk-ON453OIK.mjs";

// src/cli/verify-command.ts
import { resolve } from "node:path";

// src/cli/policy-options.ts
function policyRequest(options) {
  if (options.useSignedTimestamps)
    fail("USAGE", "`use-signed-timestamps` is not needed: timestamps are verified wherever there are any", {
      remedy: "Leave it out; `timestamps` says how many parties must agree when."
    });
  const own = Object.keys(policyOptions).filter((option) => option in options);
  const request = Object.fromEntries(own.map((option) => [option, options[option]]));
  const { certificateGithubWorkflowRepository: repository } = options;
  return {
    ...request,
    ...alias(request, "certificateIdentity", "cert-identity", options.certIdentity),
    ...alias(request, "certificateOidcIssuer", "cert-oidc-issuer", options.certOidcIssuer),
    ...alias(request, "certificateIdentityRegexp", "cert-identity-regex", options.certIdentityRegex),
    ...more("sourceRef", request.sourceRef, options.certificateGithubWorkflowRef),
    ...more("sourceDigest", request.sourceDigest, options.certificateGithubWorkflowSha),
    ...more("trigger", request.trigger, options.certificateGithubWorkflowTrigger),
    ...more("claim", request.claim, repository && `source-repository-uri=https://github.com/${repository}`)
  };
}
function alias(request, option, name, value) {
  if (value === void 0) return {};
  if (request[option] !== void 0) fail("USAGE", `\`${name}\` says again what another option says`);
  return { [option]: value };
}
function more(option, own, value) {
  if (value === void 0) return {};
  if (option !== "claim" && own !== void 0)
    fail("USAGE", `cosign's option for it says again what \`${option}\` says`, { remedy: "Leave one of them out." });
  return { [option]: [...own ?? [], value] };
}

// src/cli/verify-command.ts
async function verifyCommand(artifacts, options) {
  var _stack = [];
  try {
    const cancellation = new AbortController();
    const cancel = () => cancellation.abort();
    process.once("SIGINT", cancel).once("SIGTERM", cancel);
    const world = __using(_stack, localWorld({ cancellation: cancellation.signal }));
    try {
      const policy = await loadPolicy(policyRequest(options), world);
      const trust = await loadTrust(instanceRequest(trusting(options), "verify"), world);
      const report = await verifyRun(
        {
          artifacts: await Promise.all(artifacts.map((artifact) => verifiable(artifact, world))),
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
      const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
      process.stdout.write(
        options.json ? `${plainJson(JSON.stringify(verificationJson(report)))}
` : verificationText(report, { colour })
      );
      demandVerified(report);
    } finally {
      process.off("SIGINT", cancel).off("SIGTERM", cancel);
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
function trusting({ customTrustedRoot, ...options }) {
  if (customTrustedRoot === void 0) return options;
  if (options.trustedRoot !== void 0) fail("USAGE", "`custom-trusted-root` says again what `trusted-root` says");
  return { ...options, trustedRoot: customTrustedRoot };
}
async function verifiable(artifact, { files }) {
  if (artifact === "-") return { kind: "stream", name: "-", content: process.stdin };
  const isFile = await files.stat(artifact).then(
    () => true,
    () => false
  );
  return /^sha(?:256|384|512):/.test(artifact) && !isFile ? { kind: "digest", name: artifact, digest: parseDigest(artifact) } : { kind: "file", name: artifact, path: artifact };
}
export {
  verifyCommand
};
