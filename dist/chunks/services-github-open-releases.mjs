import { placeOf, readPages, unlessMissing, GitHubApi, GitHubRefusal, parseObject, readAsset, readReferenced, readRelease, readRepository, service } from "./services-github-api.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
var reading = "contents: read";
var writing = "contents: write";
var maxPage = 128 * 1024 * 1024;
var maxAsset = 2 * 1024 * 1024 * 1024;
var maxRedirects = 5;
var maxReleasePages = 100;
var storage = "GitHub's storage of release assets";
function openReleases(options) {
  return new RestReleases(new GitHubApi(options));
}
var RestReleases = class {
  #api;
  constructor(api) {
    this.#api = api;
  }
  get origin() {
    return this.#api.origin;
  }
  findByTag(repository, tag) {
    const operation = { what: `the release ${JSON.stringify(tag)} of ${repository}`, permission: reading };
    return this.#unlessHidden(repository, async () => {
      const answer = await this.#api.send(
        operation,
        ({ rest }, through) => rest.repos.getReleaseByTag({ ...placeOf(repository), tag, ...through })
      );
      const field = parseObject(answer, operation, this.origin);
      const release = readRelease(field, repository);
      return release.tag === tag ? release : field.field("tagName").fail("is another tag");
    });
  }
  findById(repository, id) {
    const operation = { what: `the release ${id} of ${repository}`, permission: writing };
    return this.#unlessHidden(repository, async () => {
      const answer = await this.#api.send(
        operation,
        ({ rest }, through) => rest.repos.getRelease({ ...placeOf(repository), release_id: id, ...through })
      );
      return this.#expect(readRelease(parseObject(answer, operation, this.origin), repository), id);
    });
  }
  list(repository) {
    const operation = { what: `the releases of ${repository}`, permission: writing, maxLength: maxPage };
    return readPages(
      this.#api,
      operation,
      void 0,
      (field) => readRelease(field, repository),
      ({ rest }, page, through) => rest.repos.listReleases({ ...placeOf(repository), ...page, ...through }),
      maxReleasePages
    );
  }
  async draftsOf(repository, tag) {
    const releases = await this.list(repository);
    return releases.filter((release) => release.isDraft && release.tag === tag).sort((a, b) => a.id - b.id);
  }
  commitOfTag(repository, tag) {
    const what = `the tag ${JSON.stringify(tag)} of ${repository}`;
    const operation = { what, permission: reading };
    return this.#unlessHidden(repository, async () => {
      const answer = await this.#api.send(
        operation,
        ({ rest }, through) => rest.git.getRef({ ...placeOf(repository), ref: `tags/${tag}`, ...through })
      );
      let object = readReferenced(parseObject(answer, operation, this.origin));
      for (let depth = 0; object.isTag; depth++) {
        if (depth === maxRedirects) fail("SERVICE_RESPONSE_INVALID", `${what} leads to too many other tags`);
        const { sha } = object;
        const next = await this.#api.send(
          operation,
          ({ rest }, through) => rest.git.getTag({ ...placeOf(repository), tag_sha: sha, ...through })
        );
        object = readReferenced(parseObject(next, operation, this.origin));
      }
      return object.sha;
    });
  }
  async createDraft(repository, { tag, target, name, body, isPrerelease }) {
    const what = `a draft for ${JSON.stringify(tag)} in ${repository}`;
    const operation = { what, permission: writing, once: true };
    const answer = await explaining(
      tag,
      operation,
      () => this.#api.send(
        operation,
        ({ rest }, through) => rest.repos.createRelease({
          ...placeOf(repository),
          tag_name: tag,
          draft: true,
          ...target !== void 0 && { target_commitish: target },
          ...name !== void 0 && { name },
          ...body !== void 0 && { body },
          ...isPrerelease !== void 0 && { prerelease: isPrerelease },
          ...through
        })
      )
    );
    return readRelease(parseObject(answer, operation, this.origin), repository);
  }
  async publish({ id, repository, tag }) {
    const operation = { what: `the publication of ${JSON.stringify(tag)} in ${repository}`, permission: writing };
    const answer = await explaining(
      tag,
      operation,
      () => this.#api.send(
        operation,
        ({ rest }, through) => rest.repos.updateRelease({ ...placeOf(repository), release_id: id, draft: false, ...through })
      )
    );
    const field = parseObject(answer, operation, this.origin);
    const release = this.#expect(readRelease(field, repository), id);
    return release.isDraft ? field.field("draft").fail("is still true") : release;
  }
  async deleteDraft({ id, repository, isDraft }) {
    if (!isDraft) fail("USAGE", `the release ${id} of ${repository} is published, and is not deleted`);
    const operation = { what: `the draft ${id} of ${repository}`, permission: writing };
    await unlessMissing(
      () => this.#api.send(
        operation,
        ({ rest }, through) => rest.repos.deleteRelease({ ...placeOf(repository), release_id: id, ...through })
      )
    );
  }
  assetsOf(release) {
    const { id, repository } = release;
    const operation = { what: `the assets of ${nameOf(release)}`, permission: reading };
    return readPages(
      this.#api,
      operation,
      void 0,
      readAsset,
      ({ rest }, page, through) => rest.repos.listReleaseAssets({ ...placeOf(repository), release_id: id, ...page, ...through })
    );
  }
  async upload(release, { name, label, contentType = "application/octet-stream", content }) {
    const { base, owner, repo } = uploadPlaceOf(release);
    const operation = {
      what: `the asset ${JSON.stringify(name)} of ${nameOf(release)}`,
      permission: writing,
      once: true
    };
    try {
      const answer = await explaining(
        release.tag,
        operation,
        () => this.#api.upload(
          operation,
          base,
          content,
          ({ rest }, through) => rest.repos.uploadReleaseAsset({
            baseUrl: base.href.replace(/\/$/, ""),
            owner,
            repo,
            release_id: release.id,
            name,
            ...label !== void 0 && { label },
            headers: { "content-type": contentType },
            // The content takes its place.
            data: "",
            ...through
          })
        )
      );
      return { kind: "uploaded", asset: readAsset(parseObject(answer, operation, this.origin)) };
    } catch (error) {
      if (error instanceof GitHubRefusal && error.problem === "already-exists") return { kind: "name-taken" };
      throw error;
    }
  }
  async deleteAsset(release, { id, name }) {
    const what = `the asset ${JSON.stringify(name)} of ${nameOf(release)}`;
    const operation = { what, permission: writing };
    await unlessMissing(
      () => explaining(
        release.tag,
        operation,
        () => this.#api.send(
          operation,
          ({ rest }, through) => rest.repos.deleteReleaseAsset({ ...placeOf(release.repository), asset_id: id, ...through })
        )
      )
    );
  }
  async download(release, asset, sink) {
    const operation = downloadOf(asset, `the asset ${JSON.stringify(asset.name)} of ${nameOf(release)}`);
    const hashing = new HashingSink(sink);
    await this.#api.download(
      operation,
      hashing,
      ({ rest }, through) => rest.repos.getReleaseAsset({ ...placeOf(release.repository), asset_id: asset.id, ...through })
    );
    return hashing.result();
  }
  async downloadPublished(asset, sink) {
    const { name, downloadUrl } = asset;
    const operation = downloadOf(asset, `the published asset ${JSON.stringify(name)}`);
    const hashing = new HashingSink(sink);
    const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : void 0;
    await this.#api.fetchWithoutToken(operation, { url, sink: hashing, redirects: maxRedirects });
    return hashing.result();
  }
  async immutableReleases(repository) {
    const operation = {
      what: `the setting for immutable releases of ${repository}`,
      permission: "administration: read"
    };
    try {
      const answer = await unlessMissing(
        () => this.#api.send(
          operation,
          ({ rest }, through) => rest.repos.checkImmutableReleases({ ...placeOf(repository), ...through })
        )
      );
      if (answer === void 0) return "off";
      return parseObject(answer, operation, this.origin).field("enabled").boolean() ? "on" : "off";
    } catch (error) {
      if (error instanceof GitHubRefusal && error.code === "PERMISSION_MISSING" && error.status === 403)
        return "unknown";
      throw error;
    }
  }
  async isPublic(repository) {
    return readRepository(await this.#repository(repository)).visibility === "public";
  }
  /** GitHub also answers 404 for everything in a repository that the token may not see: then the error stays. */
  async #unlessHidden(repository, work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitHubRefusal) || error.status !== 404) throw error;
      await this.#repository(repository);
      return void 0;
    }
  }
  async #repository(name) {
    const operation = { what: `the repository ${name}`, permission: "metadata: read" };
    const answer = await this.#api.send(
      operation,
      ({ rest }, through) => rest.repos.get({ ...placeOf(name), ...through })
    );
    return parseObject(answer, operation, this.origin);
  }
  #expect(release, id) {
    if (release.id === id) return release;
    return fail("SERVICE_RESPONSE_INVALID", `${service} (${this.origin}) returned the release ${release.id} for ${id}`);
  }
};
var HashingSink = class {
  #next;
  #hash = createHash("sha256");
  #size = 0;
  constructor(next) {
    this.#next = next;
  }
  begin() {
    this.#hash = createHash("sha256");
    this.#size = 0;
    this.#next?.begin();
  }
  take(bytes) {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    return this.#next?.take(bytes);
  }
  result() {
    return { digest: `sha256:${this.#hash.digest("hex")}`, size: this.#size };
  }
};
function downloadOf({ size }, what) {
  return { what, permission: reading, accept: "application/octet-stream", storage, size, maxLength: maxAsset };
}
function nameOf({ tag, repository }) {
  return `the release ${JSON.stringify(tag)} of ${repository}`;
}
function uploadPlaceOf({ id, uploadUrl, tag, repository }) {
  const [, start = "", owner = "", repo = "", release] = /^(https?:\/\/[^?#]*)\/repos\/([\w.-]+)\/([\w.-]+)\/releases\/(\d+)\/assets$/.exec(uploadUrl) ?? [];
  if (release !== String(id) || !URL.canParse(start))
    fail(
      "SERVICE_RESPONSE_INVALID",
      `${service} names ${JSON.stringify(uploadUrl)} for uploads to ${nameOf({ tag, repository })}, which is not such an address`
    );
  return { base: new URL(start), owner, repo };
}
async function explaining(tag, { what }, work) {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof GitHubRefusal)) throw cause;
    if (cause.problem === "tag-used")
      throw new CountersignError(
        "RELEASE_TAG_USED",
        `GitHub refuses ${what}: the tag ${JSON.stringify(tag)} was that of an immutable release`,
        {
          cause,
          remedy: "Release under a new tag. GitHub does not free the tag, even after the release or the repository is deleted."
        }
      );
    if (cause.problem === "immutable")
      throw new CountersignError(
        "RELEASE_IMMUTABLE",
        `GitHub refuses to change ${what}: the release is published, and immutable`,
        { cause, remedy: "Attach all files to the draft before it is published. For this version, use a new tag." }
      );
    throw cause;
  }
}
export {
  openReleases
};
