import { readTrustedRoots, splitTrustedRoots } from "./core-trust-trusted-root.mjs";
import { parseInput } from "./run-world-read-input.mjs";
import { loadInstance, publishedTrustedRoot } from "./run-world-world.mjs";
import { defaultThresholds } from "./core-certificate-certificate.mjs";
import { parseJson } from "./core-encoding-json.mjs";
async function loadTrust(asked, world, policy) {
  const isRelease = policy?.content.release !== void 0;
  const request = await requestUnder(asked, policy);
  const { name, trustedRoot: path } = request;
  const sandbox = name === "sandbox" ? "accept" : "refuse";
  if (path === void 0) {
    const { trust, thresholds, warnings } = await loadInstance(request, world);
    return { roots: [{ instance: name, trust, thresholds, sandbox }], warnings };
  }
  const roots = await parseInput(path, "trusted root", world, readTrustedRoots);
  const mayHaveNoLog = name === "github" || isRelease || roots.length > 1;
  return {
    roots: roots.map((trust) => ({
      instance: name,
      trust,
      thresholds: thresholdsUnder(trust, mayHaveNoLog),
      sandbox
    })),
    warnings: []
  };
}
async function trustedRootTexts(asked, world, policy) {
  const request = await requestUnder(asked, policy);
  const { trustedRoot: path, cacheDirectory, mode = "online" } = request;
  const onOneLine = (text) => JSON.stringify(parseJson(text));
  if (path !== void 0)
    return parseInput(path, "trusted root", world, (bytes) => splitTrustedRoots(bytes).map(onOneLine));
  const isFetched = cacheDirectory !== void 0 && mode === "online";
  return [(await publishedTrustedRoot({ ...request, mode: isFetched ? "offline" : mode }, world)).json];
}
async function requestUnder(asked, policy) {
  if (policy?.content.release === void 0) return asked;
  const { releaseInstance } = await import("./run-policy-release.mjs");
  return releaseInstance(asked, policy);
}
function trustSource(instance, path) {
  return path === void 0 ? `the trusted root of the instance ${instance}` : `the trusted root ${path}`;
}
function thresholdsUnder(trust, mayHaveNoLog) {
  const hasNoLog = trust.transparencyLogs.length === 0 && trust.certificateTransparencyLogs.length === 0;
  return mayHaveNoLog && hasNoLog ? { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 } : defaultThresholds;
}
export {
  loadTrust,
  thresholdsUnder,
  trustSource,
  trustedRootTexts
};
