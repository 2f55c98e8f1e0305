import { nameAssets } from "./run-sign-deliveries-released-earlier.mjs";
import { digestFile } from "./subject-digest-file.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { openRegularFile, formatDigest } from "./node-regular-file.mjs";
import { CountersignError, fail, systemCode, __callDispose, __using } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
var draftMark = "<!-- draft created by countersign -->";
var maxAttempts = 3;
async function findRelease(releases, request) {
  const { repository, target } = request;
  if (target.kind === "id") {
    const release = await releases.findById(repository, target.id) ?? fail("RELEASE_MISSING", `${repository} has no release with the ID ${target.id} that the token can see`);
    await demandCommit(releases, request, release.tag, release);
    return { release, isNew: false };
  }
  const { tag } = target;
  const published = await releases.findByTag(repository, tag);
  const found = published ?? await chooseDraft(releases, await releases.draftsOf(repository, tag));
  const tagExists = await demandCommit(releases, request, tag, found);
  if (found !== void 0) return { release: found, isNew: false };
  return createDraft(releases, request, tag, tagExists);
}
async function demandOnlyDraft(releases, { id, repository, tag }) {
  const others = (await releases.draftsOf(repository, tag)).filter((draft) => draft.id !== id);
  if (others.length > 0) ambiguous(repository, tag, [id, ...others.map((draft) => draft.id)]);
}
async function demandCommit(releases, { repository, commit }, tag, release) {
  const found = await releases.commitOfTag(repository, tag);
  if (commit === void 0) return found !== void 0;
  if (found !== void 0 && found !== commit)
    fail(
      "RELEASE_TAG_MOVED",
      `the tag ${JSON.stringify(tag)} of ${repository} is at the commit ${found}, but ${commit} was built`
    );
  const target = release?.target ?? "";
  if (found === void 0 && /^[0-9a-f]{40}$/.test(target) && target !== commit)
    fail(
      "RELEASE_TAG_MOVED",
      `the draft for ${JSON.stringify(tag)} of ${repository} would create the tag at the commit ${target}, but ${commit} was built`,
      { remedy: "Delete the draft if it is outdated, and run again, or release under another tag." }
    );
  return found !== void 0;
}
async function createDraft(releases, { repository, commit, draft = {} }, tag, tagExists) {
  const body = draft.body === void 0 || draft.body === "" ? draftMark : `${draft.body}

${draftMark}`;
  const target = tagExists || commit === void 0 ? {} : { target: commit };
  for (let attempt = 1; ; attempt++) {
    const created = await unlessOutage(
      attempt === maxAttempts,
      () => releases.createDraft(repository, { ...draft, tag, ...target, body })
    );
    const listed = await releases.draftsOf(repository, tag);
    const isLate = created !== void 0 && !listed.some(({ id }) => id === created.id);
    const drafts = isLate ? [...listed, created].sort((a, b) => a.id - b.id) : listed;
    const release = await chooseDraft(releases, drafts);
    if (release !== void 0) return { release, isNew: release.id === created?.id };
  }
}
async function unlessOutage(isLast, work) {
  try {
    return await work();
  } catch (error) {
    if (!isOutage(error) || isLast) throw error;
    return void 0;
  }
}
function isOutage(error) {
  return error instanceof CountersignError && (error.code === "SERVICE_UNAVAILABLE" || error.code === "NETWORK_UNAVAILABLE");
}
async function chooseDraft(releases, [oldest, ...others]) {
  if (oldest === void 0) return void 0;
  for (const draft of others)
    if (!draft.body.includes(draftMark) || draft.hasAssets)
      ambiguous(oldest.repository, oldest.tag, [oldest.id, ...others.map(({ id }) => id)]);
  for (const draft of others) await releases.deleteDraft(draft);
  return oldest;
}
function ambiguous(repository, tag, ids) {
  return fail(
    "RELEASE_AMBIGUOUS",
    `several drafts of ${repository} have the tag ${JSON.stringify(tag)}: ${ids.join(", ")}`,
    {
      remedy: "Delete the drafts that you do not need, or specify the ID of the draft in place of the tag."
    }
  );
}
var maxAttempts2 = 3;
var readLength = 256 * 1024;
var shortestPatience = 15e3;
var usualRate = 1e3;
var firstWait = 1e3;
async function uploadAsset(world, release, file, found, overwrite) {
  let existing = found;
  for (let attempt = 1; ; attempt++) {
    const asset = await settled(world, release, file, existing);
    if (asset !== void 0) {
      if (await isSame(world, release, file, asset)) return { kind: "already-there", asset };
      if (!overwrite) differs(release, file, asset);
      await world.releases.deleteAsset(release, asset);
    }
    try {
      const uploaded = await upload(world, release, file);
      if (uploaded !== void 0) return { kind: "uploaded", asset: uploaded };
      if (attempt === maxAttempts2) busy(release, file);
    } catch (error) {
      if (!isOutage(error) || attempt === maxAttempts2) throw error;
    }
    existing = await find(world, release, file);
  }
}
async function isSame({ releases }, release, { digest, size }, asset) {
  if (asset.state !== "uploaded" || asset.size !== size) return false;
  return digest === (asset.digest ?? (await releases.download(release, asset)).digest);
}
async function settled(world, release, file, found) {
  const { releases, sleep, cancellation } = world;
  let asset = found;
  const patience = shortestPatience + file.size / usualRate;
  for (let waited = 0, wait = firstWait; asset?.state === "starter" && waited < patience; wait *= 2) {
    try {
      await sleep(wait, cancellation);
    } catch (cause) {
      fail("CANCELLED", `cancelled while waiting for the upload of ${file.name} by another job`, { cause });
    }
    waited += wait;
    asset = await find(world, release, file);
  }
  if (asset?.state !== "starter") return asset;
  await releases.deleteAsset(release, asset);
  return void 0;
}
async function find({ releases }, release, { name }) {
  return (await releases.assetsOf(release)).find((asset) => asset.name === name);
}
async function upload({ releases, files }, release, { file, name, label, digest, size }) {
  const content = new HashedContent(files, file.path, size);
  const result = await releases.upload(release, {
    name,
    content,
    ...label !== void 0 && { label },
    ...file.contentType !== void 0 && { contentType: file.contentType }
  });
  if (result.kind === "name-taken") return void 0;
  const { asset } = result;
  const sent = content.digest();
  const isComplete = asset.state === "uploaded" && asset.size === size && (asset.digest ?? digest) === digest;
  if (sent === digest && isComplete) return asset;
  await releases.deleteAsset(release, asset);
  if (sent !== digest) changed(file.path);
  return fail(
    "SERVICE_RESPONSE_INVALID",
    `GitHub stored the asset ${name} of the release ${JSON.stringify(release.tag)} with ${asset.size} bytes and the digest ${asset.digest}, instead of ${size} bytes and ${digest}`,
    { remedy: "The asset was deleted. Run again." }
  );
}
var HashedContent = class {
  length;
  #files;
  #path;
  #hash = createHash("sha256");
  constructor(files, path, length) {
    this.#files = files;
    this.#path = path;
    this.length = length;
  }
  open = async function* () {
    this.#hash = createHash("sha256");
    try {
      var _stack = [];
      try {
        const file = __using(_stack, await openRegularFile(this.#files, this.#path), true);
        for (let sent = 0; ; ) {
          const { bytesRead, buffer } = await file.handle.read(Buffer.allocUnsafe(readLength), 0, readLength, null);
          sent += bytesRead;
          if (sent > this.length || bytesRead === 0 && sent < this.length) changed(this.#path);
          if (bytesRead === 0) return;
          const bytes = buffer.subarray(0, bytesRead);
          this.#hash.update(bytes);
          yield bytes;
        }
      } catch (_) {
        var _error = _, _hasError = true;
      } finally {
        var _promise = __callDispose(_stack, _error, _hasError);
        _promise && await _promise;
      }
    } catch (cause) {
      if (systemCode(cause) === void 0) throw cause;
      fail("SUBJECT_CHANGED", `${this.#path} can no longer be read: ${systemCode(cause)}`, { cause });
    }
  }.bind(this);
  /** Returns the digest of what was sent. */
  digest() {
    return `sha256:${this.#hash.copy().digest("hex")}`;
  }
};
function changed(path) {
  return fail("SUBJECT_CHANGED", `${path} was modified before or while it was uploaded, and is not attached`, {
    remedy: "Upload after the last step that writes to the file."
  });
}
function differs({ tag, repository }, { file, name, digest }, asset) {
  const has = asset.digest ?? `${asset.size} bytes and another digest`;
  return fail(
    "RELEASE_ASSET_DIFFERS",
    `the release ${JSON.stringify(tag)} of ${repository} has an asset ${name} with ${has}, but ${JSON.stringify(file.path)} has ${digest}`
  );
}
function busy({ tag, repository }, { name }) {
  return fail(
    "DELIVERY_FAILED",
    `another job keeps uploading the asset ${name} of the release ${JSON.stringify(tag)} of ${repository}`,
    { remedy: "Let only one job attach the file, and run again." }
  );
}
var usualConcurrency = 4;
var maxAsset = 2 * 1024 * 1024 * 1024;
var maxAssets = 1e3;
async function attachToRelease(files, request, world) {
  const { concurrency = usualConcurrency, overwrite = false } = request;
  const named = nameAssets(files);
  const prepared = await mapConcurrently(named, (file) => prepare(world, file), concurrency);
  const { release, isNew } = await findRelease(world.releases, request);
  const assets = isNew ? [] : await world.releases.assetsOf(release);
  const present = new Map(assets.map((asset) => [asset.name, asset]));
  await demandChangeable(world, request, release, prepared, present);
  demandRoom(release, named, assets);
  const outcomes = await mapConcurrently(
    prepared,
    async (file) => {
      const outcome = "kind" in file ? file : await attach(world, release, file, present.get(file.name), overwrite);
      world.onAsset?.(outcome);
      return outcome;
    },
    concurrency
  );
  return { isNew, outcomes, ...await publish(world, request, release, outcomes) };
}
async function prepare({ files }, named) {
  const { file } = named;
  try {
    let size = 0;
    const digest = await digestFile(files, { path: file.path }, "sha256", ({ length }, whole) => {
      if (whole > maxAsset) tooLarge(file.path, whole);
      size += length;
    });
    return { ...named, digest: formatDigest(digest), size };
  } catch (error) {
    return failed(file, error);
  }
}
function tooLarge(path, size) {
  return fail("RELEASE_ASSET_UNFIT", `${path} has ${size} bytes; GitHub takes at most ${maxAsset} as a release asset`, {
    remedy: "Split the file, or compress it."
  });
}
async function attach(world, release, file, found, overwrite) {
  try {
    const { kind, asset } = await uploadAsset(world, release, file, found, overwrite);
    return { kind, file: file.file, asset, digest: file.digest };
  } catch (error) {
    return failed(file.file, error);
  }
}
function failed(file, error) {
  if (error instanceof CountersignError) return { kind: "failed", file, error };
  throw error;
}
async function demandChangeable(world, { repository, target }, release, prepared, present) {
  if (release.isDraft) return;
  const missing = [];
  for (const file of prepared) {
    if ("kind" in file) continue;
    const asset = present.get(file.name);
    if (asset === void 0 || !await isSame(world, release, file, asset)) missing.push(file.name);
  }
  const [first] = missing;
  if (first === void 0) return;
  const lacks = `${first}${missing.length === 1 ? "" : ` and ${missing.length - 1} other files`} cannot be attached`;
  const name = `the release ${JSON.stringify(release.tag)} of ${repository}`;
  if (release.isImmutable) fail("RELEASE_IMMUTABLE", `${name} is published and immutable: ${lacks}`);
  if (target.kind === "draft")
    fail("USAGE", `${name} is published, but a draft is expected: ${lacks}`, {
      remedy: "To change the published release, specify its tag. Otherwise, release under a new tag."
    });
  if (await world.releases.immutableReleases(repository) === "on")
    fail("RELEASE_IMMUTABLE", `${name} is published, and the repository makes published releases immutable: ${lacks}`);
}
function demandRoom({ tag, repository }, named, assets) {
  const { size } = new Set([...assets, ...named].map(({ name }) => name));
  if (size <= maxAssets) return;
  fail(
    "RELEASE_ASSET_UNFIT",
    `the release ${JSON.stringify(tag)} of ${repository} would have ${size} assets; GitHub takes at most ${maxAssets}`,
    { remedy: "Put files into archives, or attach one file that covers several, such as bundles.sigstore.jsonl." }
  );
}
async function publish(world, { publish: isRequested = false }, release, outcomes) {
  const hasFailed = outcomes.some(({ kind }) => kind === "failed");
  if (!release.isDraft) {
    const isChecked = isRequested && !hasFailed;
    return { release, publication: isChecked ? await publicationOf(world, release, outcomes) : { kind: "published" } };
  }
  if (!isRequested || hasFailed)
    return { release, publication: { kind: "draft", isWithheld: isRequested && hasFailed } };
  try {
    await demandOnlyDraft(world.releases, release);
    await world.check?.(release, digestsOf(outcomes));
    await demandUnchanged(world, release, outcomes);
    const published = await world.releases.publish(release);
    return { release: published, publication: await publicationOf(world, published, outcomes) };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { release, publication: { kind: "failed", error } };
  }
}
async function publicationOf(world, release, outcomes) {
  try {
    await world.check?.(release, digestsOf(outcomes));
    return { kind: "published" };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: "check-failed", error };
  }
}
function digestsOf(outcomes) {
  return new Map(outcomes.flatMap((one) => one.kind === "failed" ? [] : [[one.asset.name, one.digest]]));
}
async function demandUnchanged({ releases }, release, outcomes) {
  const present = new Map((await releases.assetsOf(release)).map((asset) => [asset.id, asset]));
  for (const outcome of outcomes) {
    if (outcome.kind === "failed") continue;
    const { asset, file } = outcome;
    const now = present.get(asset.id);
    if (now?.state === "uploaded" && now.digest === asset.digest && now.name === asset.name) continue;
    fail(
      "RELEASE_ASSET_DIFFERS",
      `the asset ${asset.name} of the release ${JSON.stringify(release.tag)} was replaced or deleted after ${JSON.stringify(file.path)} was attached`,
      { remedy: "Find out which job or person changed it, before you run again. The release is not published." }
    );
  }
}
export {
  attachToRelease
};
