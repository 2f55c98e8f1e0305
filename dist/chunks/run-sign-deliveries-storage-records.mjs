import { deliveryTo } from "./deliver-upload-artifact.mjs";
import { gitHubOptions, recordStorage } from "./deliver-github-attestations.mjs";
import "./node-concurrency.mjs";
import { GitHubApi, parseObject, readId } from "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./core-encoding-der.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-json.mjs";
import { fail, inContext } from "./core-errors-codes.mjs";
var limits = { name: 256, registryUrl: 256, artifactUrl: 152, repository: 128, version: 100, gitHubRepository: 100 };
var maxRecords = 100;
var refusals = [
  {
    status: 404,
    // Of a token without the permission, GitHub says this and nothing of permissions.
    sign: /no artifacts found/i,
    code: "PERMISSION_MISSING",
    reason: "it finds no artifact of the organization that the token may describe",
    remedy: "Add `artifact-metadata: write` to the permissions of the job, and store the attestation of the image (`store-attestations`) in a repository of the organization."
  },
  {
    status: 404,
    sign: /(?:)/,
    code: "SERVICE_REFUSED",
    reason: "the owner of the repository is not an organization, or the server has no storage records",
    remedy: "Disable `storage-records`: GitHub keeps storage records of organizations only."
  },
  {
    status: 422,
    sign: /(?:)/,
    code: "SERVICE_REFUSED",
    reason: "it found the record invalid",
    remedy: "Check the name of the image and the address of its registry."
  }
];
function openStorageRecorder(options) {
  const api = new GitHubApi(options);
  return { origin: api.origin, create: (organization, record) => create(api, organization, record) };
}
async function create(api, organization, record) {
  const { name, registryUrl } = record;
  const digest = digestOf(record.digest);
  if (!/^[\w.-]{1,100}$/.test(organization)) fail("USAGE", `${JSON.stringify(organization)} is not an organization`);
  demandLength("name of the artifact", name, limits.name);
  demandLength("address of the registry", registryUrl, limits.registryUrl);
  if (!isSecure(registryUrl))
    fail(
      "USAGE",
      `the address of the registry is ${JSON.stringify(registryUrl)}, and storage records take https only`,
      {
        remedy: "Disable `storage-records` for images of this registry."
      }
    );
  const { kept, warnings } = optionalMembers(record);
  const what = `the storage record of ${JSON.stringify(name)} for ${organization}`;
  const operation = { what, permission: "artifact-metadata: write", refusals };
  const answer = await api.send(
    operation,
    ({ rest }, through) => rest.orgs.createArtifactStorageRecord({
      org: organization,
      name,
      digest,
      registry_url: registryUrl,
      ...kept,
      ...through
    })
  );
  const records = parseObject(answer, operation, api.origin).field("storageRecords");
  return { ids: records.present ? records.list(maxRecords).map((one) => readId(one.field("id"))) : [], warnings };
}
function digestOf(digest) {
  if (digest.algorithm !== "sha256") fail("USAGE", `storage records take SHA-256 digests, and not ${digest.algorithm}`);
  return formatDigest(digest);
}
function demandLength(what, text, limit) {
  if (text.length >= 1 && text.length <= limit) return;
  fail("USAGE", `the ${what} has ${text.length} characters; storage records take 1 to ${limit}`, {
    remedy: "Disable `storage-records` for this image."
  });
}
function optionalMembers({ artifactUrl, repository, version, gitHubRepository }) {
  const warnings = [];
  const fits = (member, text, limit, isRight) => {
    if (text === void 0) return false;
    if (text.length >= 1 && text.length <= limit && isRight) return true;
    warnings.push(
      `the storage record has no ${member}: ${JSON.stringify(text.slice(0, 200))} is not one that GitHub takes`
    );
    return false;
  };
  const kept = {
    ...fits("artifact_url", artifactUrl, limits.artifactUrl, isSecure(artifactUrl)) && { artifact_url: artifactUrl },
    ...fits("repository", repository, limits.repository, true) && { repository },
    ...fits("version", version, limits.version, true) && { version },
    ...fits(
      "github_repository",
      gitHubRepository,
      limits.gitHubRepository,
      /^[\w.-]+$/.test(gitHubRepository ?? "")
    ) && { github_repository: gitHubRepository }
  };
  return { kept, warnings };
}
function isSecure(url) {
  return url !== void 0 && URL.canParse(url) && url.startsWith("https://");
}
function storageRecords(access, attestations) {
  return deliveryTo("storage-records", async (batch, world) => {
    const images = batch.signed.flatMap(
      ({ subject }) => subject.kind === "image" && subject.stored !== void 0 && subject.attests === void 0 ? [subject] : []
    );
    if (images.length === 0) return { reason: "no signed image is in a registry" };
    await attestations?.deliver(batch, world);
    const { repository } = access;
    const recorder = openStorageRecorder(gitHubOptions(access, world));
    const { ids, warnings, failures } = await recordStorage(images, { recorder, repository });
    return {
      place: repository.split("/")[0] ?? "",
      ids,
      urls: [],
      delivered: ids.length,
      present: 0,
      value: void 0,
      warnings,
      failures: failures.map(({ name, error }) => inContext(error.code, `${name}: no storage record`, error))
    };
  });
}
export {
  storageRecords
};
