import { tenantOf } from "./run-world-choose-instance.mjs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
async function instanceRequest({
  instance: name,
  ...options
}, purpose) {
  const path = (given) => given === void 0 ? void 0 : resolve(given);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const request = {
    name,
    purpose,
    tenant: purpose === "sign" ? tenantOf(process.env.GITHUB_SERVER_URL ?? "") : void 0,
    trustedRoot: path(options.trustedRoot),
    signingConfig: path(options.signingConfig),
    tufUrl: options.tufUrl,
    tufRoot: path(options.tufRoot),
    logVersion: options.logVersion,
    cacheDirectory: join(cache, "countersign", "tuf"),
    mode: options.offlineStale ? "offline-stale" : options.offline ? "offline" : "online"
  };
  const isComplete = purpose === "verify" && request.trustedRoot !== void 0;
  if (name !== "sandbox" || isComplete) return request;
  const { sandboxFiles } = await import("./cli-sandbox-settings.mjs");
  return { ...request, ...sandboxFiles(request, options.logVersion, process.env) };
}
export {
  instanceRequest
};
