import { plainLines } from "./chunks/options-row.mjs";
import { require_node_util } from "./chunks/run-world-world.mjs";
import { CountersignError, exitCodes, fail, __toESM } from "./chunks/core-errors-codes.mjs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
var import_node_util = __toESM(require_node_util(), 1);
var options = {
  staging: { type: "boolean" },
  bundle: { type: "string" },
  "trusted-root": { type: "string" },
  "signing-config": { type: "string" },
  "certificate-identity": { type: "string" },
  "certificate-oidc-issuer": { type: "string" },
  key: { type: "string" },
  "identity-token": { type: "string" },
  "in-toto": { type: "boolean" }
};
try {
  const [command, ...args] = process.argv.slice(2);
  const { values, positionals } = (0, import_node_util.parseArgs)({ args, options, allowPositionals: true });
  const [target, ...others] = positionals;
  if (target === void 0 || others.length > 0) fail("USAGE", "exactly one file or digest is required");
  if (command === "verify-bundle") await verifyBundle(target, values);
  else if (command === "sign-bundle") await sign(target, values);
  else fail("USAGE", "unknown command; the commands are sign-bundle and verify-bundle");
} catch (error) {
  process.exitCode = report(error);
}
async function verifyBundle(target, values) {
  const { verifyCommand } = await import("./chunks/cli-verify-command.mjs");
  const { "certificate-identity": certificateIdentity, "certificate-oidc-issuer": certificateOidcIssuer, key } = values;
  await verifyCommand([await digestOrPath(target)], {
    ...instanceOptions(values),
    bundle: [required(values.bundle, "bundle")],
    vsaLevel: [],
    releaseFiles: [],
    retryBudget: 0,
    concurrency: 1,
    // The suite has a valid bundle whose provenance is about the build of another repository than the one that signed it.
    provenance: "ignore",
    ...certificateIdentity !== void 0 && { certificateIdentity },
    ...certificateOidcIssuer !== void 0 && { certificateOidcIssuer },
    ...key !== void 0 && { key }
  });
}
async function digestOrPath(target) {
  const name = basename(target);
  const isDigest = /^sha(?:256|384|512):[0-9a-f]+$/.test(name);
  return isDigest && await stat(target).catch(() => void 0) === void 0 ? name : target;
}
async function sign(target, values) {
  const { signBundle } = await import("./chunks/cli-conformance-sign.mjs");
  const token = required(values["identity-token"], "identity-token").trim();
  const bundlePath = resolve(required(values.bundle, "bundle"));
  await signBundle(target, { token, bundlePath, isStatement: values["in-toto"] ?? false, ...instanceOptions(values) });
}
function instanceOptions(values) {
  const { "trusted-root": trustedRoot, "signing-config": signingConfig } = values;
  return {
    // The suite has two instances; the environment variable selects others, such as a sandbox.
    instance: process.env.COUNTERSIGN_INSTANCE ?? (values.staging ? "staging" : "public-good"),
    ...trustedRoot !== void 0 && { trustedRoot },
    ...signingConfig !== void 0 && { signingConfig }
  };
}
function required(value, name) {
  return value ?? fail("USAGE", `--${name} is missing`);
}
function report(error) {
  if (error instanceof CountersignError) {
    process.stderr.write(plainLines(`${error.code}: ${error.message}
`));
    return error.exitCode;
  }
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    process.stderr.write(plainLines(`${error.message}
`));
    return exitCodes.usage;
  }
  throw error;
}
