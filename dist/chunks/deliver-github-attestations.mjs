import { formatImage } from "./node-concurrency.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
var lasting = /* @__PURE__ */ new Set(["PERMISSION_MISSING", "RATE_LIMITED", "SERVICE_UNAVAILABLE"]);
function demandAttestations(content) {
  if (content === "dsse-envelope") return;
  fail("USAGE", "GitHub's attestation store takes statements, and no signatures without one", {
    remedy: "Set `bundle-format: attestation`, or disable `store-attestations`."
  });
}
async function storeAttestations(bundles, { writer, repository, serverUrl }) {
  const distinct = [...new Map(bundles.map((one) => [one.bundlePath, one])).values()];
  const page = `${serverUrl.replace(/\/+$/, "")}/${repository}/attestations`;
  const { done, failures } = await inTurn(
    distinct,
    ({ bundlePath }) => bundlePath,
    async ({ bundlePath, read, isFresh }) => {
      const result = await writer.store(repository, await read(), isFresh);
      return result.kind === "created" ? { bundlePath, id: result.id, url: `${page}/${result.id}` } : { bundlePath, id: void 0, url: page };
    }
  );
  return { stored: done, failures };
}
async function recordStorage(images, { recorder, repository }) {
  const [organization = "", name = ""] = repository.split("/");
  const stored = images.flatMap((image) => image.stored === void 0 ? [] : [{ image, stored: image.stored }]);
  const distinct = [...new Map(stored.map((one) => [formatImage(one.image), one])).values()];
  const { done, failures } = await inTurn(
    distinct,
    ({ image }) => formatImage(image),
    ({ image, stored: { repository: place } }) => {
      const record = {
        name: image.name,
        digest: image.digest,
        registryUrl: `https://${place.registry}`,
        artifactUrl: `https://${image.name}`,
        repository: place.name,
        gitHubRepository: name
      };
      return recorder.create(organization, record);
    }
  );
  return {
    ids: done.flatMap(({ ids }) => ids),
    warnings: done.flatMap(({ warnings }) => warnings),
    failures
  };
}
async function inTurn(items, nameOf, work) {
  const done = [];
  const failures = [];
  let end;
  for (const item of items) {
    if (end !== void 0) {
      failures.push({ name: nameOf(item), error: end });
      continue;
    }
    try {
      done.push(await work(item));
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
      failures.push({ name: nameOf(item), error });
      if (lasting.has(error.code)) end = error;
    }
  }
  return { done, failures };
}

function gitHubOptions({ token, apiUrl }, { http, clock }) {
  return { http, token, apiUrl, clock };
}
function demandStatements(subjects, format) {
  const without = format === "per-file" && subjects.some(({ kind }) => kind !== "image");
  if (without) demandAttestations("message-signature");
}
export {
  demandAttestations,
  demandStatements,
  gitHubOptions,
  recordStorage,
  storeAttestations
};
