import { readReleaseTarget } from "./deliver-upload-artifact.mjs";
import { Secret } from "./node-secret.mjs";
import { fail } from "./core-errors-codes.mjs";
function gitHubDestinations({ repo, release, publishRelease: publish = false, storeAttestations = false, storageRecords = false }, environment) {
  if (publish && release === void 0)
    fail("USAGE", "`publish-release` cannot be used without `release`", { remedy: "Specify the release." });
  if (release === void 0 && !storeAttestations && !storageRecords) return void 0;
  const { GITHUB_TOKEN: token, GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: server } = environment;
  const repository = repo || environment.GITHUB_REPOSITORY;
  if (!repository)
    fail("USAGE", "the repository at GitHub is not specified", { remedy: "Specify it with `repo`: owner/name." });
  if (!token) fail("USAGE", "there is no token for the API of GitHub", { remedy: "Set $GITHUB_TOKEN." });
  const access = { repository, token: new Secret(token), apiUrl, serverUrl: server || "https://github.com" };
  const { GITHUB_REF: ref, GITHUB_SHA: commit } = environment;
  const wanted = release === void 0 ? void 0 : { target: readReleaseTarget(release, ref), publish, commit };
  return { access, release: wanted, storeAttestations, storageRecords };
}
export {
  gitHubDestinations
};
