function pathExists(path, files) {
  return files.stat(path).then(
    () => true,
    () => false
  );
}

import { fail } from "./core-errors-codes.mjs";

function chooseInstance(serverUrl, visibility) {
  const host = hostOf(serverUrl);
  if (tenantOf(serverUrl) !== void 0) return { name: "github", reason: `${host} has a Sigstore of its own` };
  if (host !== "github.com")
    fail("USAGE", `\`instance: auto\` chooses for jobs of GitHub, and not for those of ${host}`, {
      remedy: "Set `instance: custom`, and `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`."
    });
  if (visibility === "public") return { name: "public-good", reason: "the repository is public" };
  if (visibility === "private" || visibility === "internal")
    return { name: "github", reason: `the repository is ${visibility}, and this instance has no public log` };
  return fail(
    "USAGE",
    `\`instance: auto\` requires a token that states the visibility of the repository, and not ${JSON.stringify(visibility ?? null)}`,
    { remedy: "Set `instance` to `public-good` or `github`." }
  );
}
function tenantOf(serverUrl) {
  const host = hostOf(serverUrl);
  return /^[a-z0-9-]+\.ghe\.com$/.test(host) ? host : void 0;
}
function hostOf(serverUrl) {
  return URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
}
export {
  chooseInstance,
  pathExists,
  tenantOf
};
