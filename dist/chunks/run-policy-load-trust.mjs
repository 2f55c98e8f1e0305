import { readTrustedRoots } from "./core-trust-trusted-root.mjs";
import { parseInput } from "./run-world-read-input.mjs";
import { loadInstance } from "./run-world-world.mjs";
import { defaultThresholds } from "./core-certificate-certificate.mjs";
async function loadTrust(asked, world, policy) {
  const isRelease = policy?.content.release !== void 0;
  const request = isRelease ? (await import("./run-policy-release.mjs")).releaseInstance(asked, policy) : asked;
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
  trustSource
};
