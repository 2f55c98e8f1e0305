/** The client of GitHub's releases. Its assets are streamed: their sizes do not matter. */

import { createHash } from 'node:crypto';
import type { ProtoField } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { ByteSink } from '../http/index.ts';
import { type ApiOptions, GitHubApi } from './api.ts';
import { type Operation, service } from './operation.ts';
import { parseObject, readAsset, readReferenced, readRelease, readRepository } from './read-answers.ts';
import { GitHubRefusal } from './refusal.ts';
import type {
  AssetUpload,
  DownloadedAsset,
  GitHubRelease,
  ImmutableReleases,
  NewDraft,
  ReleaseAsset,
  ReleaseClient,
  UploadResult,
} from './release-client.ts';
import { placeOf, readPages, unlessMissing } from './rest.ts';

const reading = 'contents: read';
const writing = 'contents: write';
/** In bytes. Release notes have up to 125,000 characters, and a page has 100 releases with their assets. */
const maxPage = 128 * 1024 * 1024;
/** In bytes. What GitHub takes as an asset. */
const maxAsset = 2 * 1024 * 1024 * 1024;
const maxRedirects = 5;
/** GitHub lists at most 10,000 releases. */
const maxReleasePages = 100;
const storage = "GitHub's storage of release assets";

/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export function openReleases(options: ApiOptions): ReleaseClient {
  return new RestReleases(new GitHubApi(options));
}

class RestReleases implements ReleaseClient {
  readonly #api: GitHubApi;

  constructor(api: GitHubApi) {
    this.#api = api;
  }

  get origin(): string {
    return this.#api.origin;
  }

  findByTag(repository: string, tag: string): Promise<GitHubRelease | undefined> {
    const operation = { what: `the release ${JSON.stringify(tag)} of ${repository}`, permission: reading };
    return this.#unlessHidden(repository, async () => {
      const answer = await this.#api.send(operation, ({ rest }, through) =>
        rest.repos.getReleaseByTag({ ...placeOf(repository), tag, ...through }),
      );
      const field = parseObject(answer, operation, this.origin);
      const release = readRelease(field, repository);
      return release.tag === tag ? release : field.field('tagName').fail('is another tag');
    });
  }

  findById(repository: string, id: number): Promise<GitHubRelease | undefined> {
    const operation = { what: `the release ${id} of ${repository}`, permission: writing };
    return this.#unlessHidden(repository, async () => {
      const answer = await this.#api.send(operation, ({ rest }, through) =>
        rest.repos.getRelease({ ...placeOf(repository), release_id: id, ...through }),
      );
      return this.#expect(readRelease(parseObject(answer, operation, this.origin), repository), id);
    });
  }

  list(repository: string): Promise<readonly GitHubRelease[]> {
    const operation = { what: `the releases of ${repository}`, permission: writing, maxLength: maxPage };
    return readPages(
      this.#api,
      operation,
      undefined,
      (field) => readRelease(field, repository),
      ({ rest }, page, through) => rest.repos.listReleases({ ...placeOf(repository), ...page, ...through }),
      maxReleasePages,
    );
  }

  async draftsOf(repository: string, tag: string): Promise<readonly GitHubRelease[]> {
    const releases = await this.list(repository);
    return releases.filter((release) => release.isDraft && release.tag === tag).sort((a, b) => a.id - b.id);
  }

  commitOfTag(repository: string, tag: string): Promise<string | undefined> {
    const what = `the tag ${JSON.stringify(tag)} of ${repository}`;
    const operation = { what, permission: reading };
    return this.#unlessHidden(repository, async () => {
      const answer = await this.#api.send(operation, ({ rest }, through) =>
        rest.git.getRef({ ...placeOf(repository), ref: `tags/${tag}`, ...through }),
      );
      let object = readReferenced(parseObject(answer, operation, this.origin));
      // An annotated tag leads to the commit, rarely through another tag.
      for (let depth = 0; object.isTag; depth++) {
        if (depth === maxRedirects) fail('SERVICE_RESPONSE_INVALID', `${what} leads to too many other tags`);
        const { sha } = object;
        const next = await this.#api.send(operation, ({ rest }, through) =>
          rest.git.getTag({ ...placeOf(repository), tag_sha: sha, ...through }),
        );
        object = readReferenced(parseObject(next, operation, this.origin));
      }
      return object.sha;
    });
  }

  async createDraft(repository: string, { tag, target, name, body, isPrerelease }: NewDraft): Promise<GitHubRelease> {
    const what = `a draft for ${JSON.stringify(tag)} in ${repository}`;
    const operation = { what, permission: writing, once: true };
    const answer = await explaining(tag, operation, () =>
      this.#api.send(operation, ({ rest }, through) =>
        rest.repos.createRelease({
          ...placeOf(repository),
          tag_name: tag,
          draft: true,
          ...(target !== undefined && { target_commitish: target }),
          ...(name !== undefined && { name }),
          ...(body !== undefined && { body }),
          ...(isPrerelease !== undefined && { prerelease: isPrerelease }),
          ...through,
        }),
      ),
    );
    return readRelease(parseObject(answer, operation, this.origin), repository);
  }

  async publish({ id, repository, tag }: GitHubRelease): Promise<GitHubRelease> {
    const operation = { what: `the publication of ${JSON.stringify(tag)} in ${repository}`, permission: writing };
    const answer = await explaining(tag, operation, () =>
      this.#api.send(operation, ({ rest }, through) =>
        rest.repos.updateRelease({ ...placeOf(repository), release_id: id, draft: false, ...through }),
      ),
    );
    const field = parseObject(answer, operation, this.origin);
    const release = this.#expect(readRelease(field, repository), id);
    return release.isDraft ? field.field('draft').fail('is still true') : release;
  }

  async deleteDraft({ id, repository, isDraft }: GitHubRelease): Promise<void> {
    if (!isDraft) fail('USAGE', `the release ${id} of ${repository} is published, and is not deleted`);
    const operation = { what: `the draft ${id} of ${repository}`, permission: writing };
    await unlessMissing(() =>
      this.#api.send(operation, ({ rest }, through) =>
        rest.repos.deleteRelease({ ...placeOf(repository), release_id: id, ...through }),
      ),
    );
  }

  assetsOf(release: GitHubRelease): Promise<readonly ReleaseAsset[]> {
    const { id, repository } = release;
    const operation = { what: `the assets of ${nameOf(release)}`, permission: reading };
    return readPages(this.#api, operation, undefined, readAsset, ({ rest }, page, through) =>
      rest.repos.listReleaseAssets({ ...placeOf(repository), release_id: id, ...page, ...through }),
    );
  }

  async upload(
    release: GitHubRelease,
    { name, label, contentType = 'application/octet-stream', content }: AssetUpload,
  ): Promise<UploadResult> {
    const { base, owner, repo } = uploadPlaceOf(release);
    const operation = {
      what: `the asset ${JSON.stringify(name)} of ${nameOf(release)}`,
      permission: writing,
      once: true,
    };
    try {
      const answer = await explaining(release.tag, operation, () =>
        this.#api.upload(operation, base, content, ({ rest }, through) =>
          rest.repos.uploadReleaseAsset({
            baseUrl: base.href.replace(/\/$/, ''),
            owner,
            repo,
            release_id: release.id,
            name,
            ...(label !== undefined && { label }),
            headers: { 'content-type': contentType },
            // The content takes its place.
            data: '',
            ...through,
          }),
        ),
      );
      return { kind: 'uploaded', asset: readAsset(parseObject(answer, operation, this.origin)) };
    } catch (error) {
      if (error instanceof GitHubRefusal && error.problem === 'already-exists') return { kind: 'name-taken' };
      throw error;
    }
  }

  async deleteAsset(release: GitHubRelease, { id, name }: ReleaseAsset): Promise<void> {
    const what = `the asset ${JSON.stringify(name)} of ${nameOf(release)}`;
    const operation = { what, permission: writing };
    await unlessMissing(() =>
      explaining(release.tag, operation, () =>
        this.#api.send(operation, ({ rest }, through) =>
          rest.repos.deleteReleaseAsset({ ...placeOf(release.repository), asset_id: id, ...through }),
        ),
      ),
    );
  }

  async download(release: GitHubRelease, asset: ReleaseAsset, sink?: ByteSink): Promise<DownloadedAsset> {
    const operation = downloadOf(asset, `the asset ${JSON.stringify(asset.name)} of ${nameOf(release)}`);
    const hashing = new HashingSink(sink);
    await this.#api.download(operation, hashing, ({ rest }, through) =>
      rest.repos.getReleaseAsset({ ...placeOf(release.repository), asset_id: asset.id, ...through }),
    );
    return hashing.result();
  }

  async downloadPublished(asset: ReleaseAsset, sink?: ByteSink): Promise<DownloadedAsset> {
    const { name, downloadUrl } = asset;
    const operation = downloadOf(asset, `the published asset ${JSON.stringify(name)}`);
    const hashing = new HashingSink(sink);
    const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
    await this.#api.fetchWithoutToken(operation, { url, sink: hashing, redirects: maxRedirects });
    return hashing.result();
  }

  async immutableReleases(repository: string): Promise<ImmutableReleases> {
    const operation = {
      what: `the setting for immutable releases of ${repository}`,
      permission: 'administration: read',
    };
    try {
      const answer = await unlessMissing(() =>
        this.#api.send(operation, ({ rest }, through) =>
          rest.repos.checkImmutableReleases({ ...placeOf(repository), ...through }),
        ),
      );
      if (answer === undefined) return 'off';
      return parseObject(answer, operation, this.origin).field('enabled').boolean() ? 'on' : 'off';
    } catch (error) {
      if (error instanceof GitHubRefusal && error.code === 'PERMISSION_MISSING' && error.status === 403)
        return 'unknown';
      throw error;
    }
  }

  async isPublic(repository: string): Promise<boolean> {
    return readRepository(await this.#repository(repository)).visibility === 'public';
  }

  /** GitHub also answers 404 for everything in a repository that the token may not see: then the error stays. */
  async #unlessHidden<Value>(repository: string, work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitHubRefusal) || error.status !== 404) throw error;
      await this.#repository(repository);
      return undefined;
    }
  }

  async #repository(name: string): Promise<ProtoField> {
    const operation = { what: `the repository ${name}`, permission: 'metadata: read' };
    const answer = await this.#api.send(operation, ({ rest }, through) =>
      rest.repos.get({ ...placeOf(name), ...through }),
    );
    return parseObject(answer, operation, this.origin);
  }

  #expect(release: GitHubRelease, id: number): GitHubRelease {
    if (release.id === id) return release;
    return fail('SERVICE_RESPONSE_INVALID', `${service} (${this.origin}) returned the release ${release.id} for ${id}`);
  }
}

/** Hashes what it passes on. */
class HashingSink implements ByteSink {
  readonly #next: ByteSink | undefined;
  #hash = createHash('sha256');
  #size = 0;

  constructor(next: ByteSink | undefined) {
    this.#next = next;
  }

  begin(): void {
    this.#hash = createHash('sha256');
    this.#size = 0;
    this.#next?.begin();
  }

  take(bytes: Uint8Array): void | Promise<void> {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    return this.#next?.take(bytes);
  }

  result(): DownloadedAsset {
    return { digest: `sha256:${this.#hash.digest('hex')}`, size: this.#size };
  }
}

function downloadOf({ size }: ReleaseAsset, what: string): Operation {
  return { what, permission: reading, accept: 'application/octet-stream', storage, size, maxLength: maxAsset };
}

function nameOf({ tag, repository }: Pick<GitHubRelease, 'tag' | 'repository'>): string {
  return `the release ${JSON.stringify(tag)} of ${repository}`;
}

/** Returns where the path of an upload begins, and the repository by its present name. */
function uploadPlaceOf({ id, uploadUrl, tag, repository }: GitHubRelease): {
  readonly base: URL;
  readonly owner: string;
  readonly repo: string;
} {
  const [, start = '', owner = '', repo = '', release] =
    /^(https?:\/\/[^?#]*)\/repos\/([\w.-]+)\/([\w.-]+)\/releases\/(\d+)\/assets$/.exec(uploadUrl) ?? [];
  if (release !== String(id) || !URL.canParse(start))
    fail(
      'SERVICE_RESPONSE_INVALID',
      `${service} names ${JSON.stringify(uploadUrl)} for uploads to ${nameOf({ tag, repository })}, which is not such an address`,
    );
  return { base: new URL(start), owner, repo };
}

/** Sends a request, and explains the refusals that are specific to releases. */
async function explaining<Value>(tag: string, { what }: Operation, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof GitHubRefusal)) throw cause;
    if (cause.problem === 'tag-used')
      throw new CountersignError(
        'RELEASE_TAG_USED',
        `GitHub refuses ${what}: the tag ${JSON.stringify(tag)} was that of an immutable release`,
        {
          cause,
          remedy:
            'Release under a new tag. GitHub does not free the tag, even after the release or the repository is deleted.',
        },
      );
    if (cause.problem === 'immutable')
      throw new CountersignError(
        'RELEASE_IMMUTABLE',
        `GitHub refuses to change ${what}: the release is published, and immutable`,
        { cause, remedy: 'Attach all files to the draft before it is published. For this version, use a new tag.' },
      );
    throw cause;
  }
}
