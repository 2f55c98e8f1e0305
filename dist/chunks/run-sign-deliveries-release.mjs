import { deliveryTo } from "./deliver-upload-artifact.mjs";
import { gitHubOptions } from "./deliver-github-attestations.mjs";
import { attachToRelease } from "./deliver-release-attach-to-release.mjs";
import "./run-sign-deliveries-released-earlier.mjs";
import { openReleases } from "./services-github-open-releases.mjs";
import { sleep } from "./services-http-sleep.mjs";
import "./node-concurrency.mjs";
import "./subject-digest-file.mjs";
import "./node-links.mjs";
import "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { inContext } from "./core-errors-codes.mjs";
import { basename } from "node:path";
var concurrency = 4;
function release(access, wanted) {
  return deliveryTo("release", async (batch, world) => {
    const { repository } = access;
    const { target, commit, temporaryDirectory } = wanted;
    const publish = wanted.publish && batch.isComplete;
    const { files, cancellation } = world;
    const releases = openReleases(gitHubOptions(access, world));
    const check = (found, attachedFiles) => demandVerifiable(found, attachedFiles, { batch, releases, temporaryDirectory }, world);
    const attached = await attachToRelease(
      filesOf(batch),
      { repository, target, publish, ...commit !== void 0 && { commit } },
      { releases, files, sleep, cancellation, check }
    );
    const { outcomes, publication } = attached;
    const count = (wantedKind) => outcomes.filter(({ kind }) => kind === wantedKind).length;
    const failures = outcomes.flatMap(
      (one) => one.kind === "failed" ? [inContext(one.error.code, `${one.file.name} was not attached`, one.error)] : []
    );
    const unpublished = publication.kind === "failed" ? [inContext(publication.error.code, "the release was not published", publication.error)] : publication.kind === "check-failed" ? [inContext(publication.error.code, "the release is published, and its check failed", publication.error)] : [];
    return {
      place: attached.release.tag,
      ids: [attached.release.id.toString()],
      urls: [attached.release.url],
      delivered: count("uploaded"),
      present: count("already-there"),
      value: void 0,
      failures: [...failures, ...unpublished]
    };
  });
}
async function demandVerifiable({ repository, id }, expected, { batch, releases, temporaryDirectory }, world) {
  const { checkRelease } = await import("./run-release-check-index.mjs");
  const { demandVerified } = await import("./run-verify-index.mjs");
  const request = { repository, target: { kind: "id", id }, expected, only: false, concurrency };
  const { report } = await checkRelease(
    { ...request, ...await batch.verification() },
    releases,
    temporaryDirectory,
    world
  );
  demandVerified(report);
}
function filesOf({ signed }) {
  const files = signed.flatMap(({ subject }) => subject.kind === "file" ? [subject.path] : []);
  const bundles = signed.map(({ bundlePath }) => bundlePath);
  return [.../* @__PURE__ */ new Set([...files, ...bundles])].map((path) => ({
    path,
    name: basename(path),
    ...bundles.includes(path) && { contentType: "application/json" }
  }));
}
export {
  release
};
