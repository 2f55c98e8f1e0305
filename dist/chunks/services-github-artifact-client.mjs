import { fail } from "./core-errors-codes.mjs";
var forbiddenInPaths = /[":<>|*?\r\n]/;
var forbiddenInNames = /[":<>|*?\r\n\\/]/;
async function openArtifactClient() {
  const github = await import("./actions-artifact-lib-artifact.mjs");
  return new github.DefaultArtifactClient();
}
function demandArtifactService(serverUrl, input, remedy) {
  if (hasArtifactService(serverUrl)) return;
  const host = hostOf(serverUrl);
  fail("USAGE", `\`${input}\` requires the artifact service of github.com, which ${host} does not provide`, { remedy });
}
function hasArtifactService(serverUrl) {
  return /^github\.com$|\.ghe\.com$|\.localhost$/i.test(hostOf(serverUrl));
}
function hostOf(serverUrl) {
  return URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
}
function demandArtifactName(name, input = "artifact-name") {
  if (name.includes("##["))
    fail("USAGE", `the artifact name ${JSON.stringify(name)} contains "##[", which starts a workflow command`, {
      remedy: `Set \`${input}\` to a name without "##[".`
    });
  const [character] = forbiddenInNames.exec(name) ?? [];
  if (name !== "" && character === void 0) return;
  const problem = character === void 0 ? "is empty" : `contains the character ${JSON.stringify(character)}`;
  fail("USAGE", `the artifact name ${JSON.stringify(name)} ${problem}, which GitHub does not allow`, {
    remedy: `Set \`${input}\` to a name without line breaks and the characters " : < > | * ? \\ /, or omit it.`
  });
}
function describeClientError(message) {
  const [first = ""] = message.split("\n");
  return first.replace(/(Failed request: \(\d{3}\)).*/, "$1").replace(/\?[^\s'"]*/g, "?\u2026").slice(0, 500);
}
export {
  demandArtifactName,
  demandArtifactService,
  describeClientError,
  forbiddenInPaths,
  hasArtifactService,
  openArtifactClient
};
