import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);

// src/cli/options.ts
import { homedir } from "node:os";
import { join, resolve } from "node:path";
var instanceNames = ["public-good", "github", "staging", "custom", "sandbox"];
function instanceRequest({ instance: name, ...options }, purpose) {
  const path = (given) => given === void 0 ? void 0 : resolve(given);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return {
    name,
    purpose,
    trustedRoot: path(options.trustedRoot),
    signingConfig: path(options.signingConfig),
    tufUrl: options.tufUrl,
    tufRoot: path(options.tufRoot),
    logVersion: options.logVersion === void 0 ? void 0 : Number(options.logVersion),
    cacheDirectory: join(cache, "countersign", "tuf"),
    mode: options.offlineStale ? "offline-stale" : options.offline ? "offline" : "online"
  };
}

export {
  instanceNames,
  instanceRequest
};
