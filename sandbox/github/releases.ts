/**
 * Releases and their assets, as GitHub serves them: drafts are hidden from readers, names of assets are changed, and a published release of a
 * repository with immutable releases does not change any more.
 */

import { createHash } from 'node:crypto';
import { asText, encodeHex, type JsonObject, type JsonValue } from '../../src/core/encoding/index.ts';
import type { BlobStore } from '../artifacts/index.ts';
import { type HttpRequest, type HttpResponse, type Route, refuseGitHub } from '../http/index.ts';
import type { SandboxRelease } from '../releases/index.ts';
import { type Sources, wholeSecond } from '../sources.ts';
import { bodyOf, type Call, type Endpoint, invalid, json, notFound, textOf } from './endpoint.ts';
import { assetDocument, refDocument, releaseDocument, tagDocument } from './release-documents.ts';
import type { SandboxRepository } from './repository.ts';
import type { ReleaseOrigins, StoredAsset, StoredRelease } from './stored-release.ts';
import { mayAccess } from './tokens.ts';

export interface ReleaseStoreOptions {
  readonly origins: ReleaseOrigins;
  readonly blobs: BlobStore;
  readonly sources: Sources;
  readonly nextId: () => number;
  readonly idOf: (login: string) => number;
  readonly find: (name: string) => SandboxRepository | undefined;
  readonly page: <Item>(
    call: Call,
    items: readonly Item[],
    document: (items: readonly Item[]) => JsonValue,
  ) => HttpResponse;
  /** Attests a release that has become immutable. */
  readonly attest: (repository: SandboxRepository, release: SandboxRelease) => void;
}

/** In bytes; GitHub takes 2 GiB. */
const maxAsset = 512 * 1024 * 1024;
const maxAssets = 1000;
/** In characters. */
const maxBody = 125_000;

export class ReleaseStore {
  readonly #options: ReleaseStoreOptions;
  readonly #releases = new Map<number, StoredRelease[]>();
  /** The tags of immutable releases, with the names of their repositories: they outlive both. */
  readonly #usedTags = new Set<string>();

  constructor(options: ReleaseStoreOptions) {
    this.#options = options;
  }

  /** The releases and drafts of a repository, in the order of their creation. */
  of(repository: SandboxRepository): readonly StoredRelease[] {
    return this.#of(repository);
  }

  /** Returns the content of an asset; empty for an upload that was interrupted. */
  contentOf({ path }: StoredAsset): Uint8Array {
    return this.#options.blobs.bytes(path) ?? new Uint8Array();
  }

  /** Replaces what an asset is downloaded as, and leaves what GitHub lists of it. */
  replaceContent({ path }: StoredAsset, content: Uint8Array): void {
    this.#options.blobs.keep(path, content);
  }

  /** Leaves what an interrupted upload leaves: an asset without content, in the state `starter`. */
  interruptUpload(url: URL): void {
    const [, name = '', id = ''] = /^\/repos\/([^/]+\/[^/]+)\/releases\/(\d+)\/assets$/.exec(url.pathname) ?? [];
    const repository = this.#options.find(name) ?? notFound();
    const release = this.#release(repository, id);
    const asset = nameGivenBy(url.searchParams.get('name') ?? '');
    if (!release.assets.some((one) => one.name === asset))
      release.assets.push(this.#asset(repository, asset, '', 'application/octet-stream', 'github-actions[bot]'));
  }

  readonly endpoints: readonly Endpoint[] = [
    endpoint('GET', 'releases', 'read', (call) => this.#list(call)),
    endpoint('POST', 'releases', 'write', (call) => this.#create(call)),
    endpoint('GET', 'releases/tags/*', 'read', (call) => this.#byTag(call)),
    endpoint('GET', 'releases/assets/*', 'read', (call) => this.#download(call)),
    endpoint('DELETE', 'releases/assets/*', 'write', (call) => this.#deleteAsset(call)),
    endpoint('GET', 'releases/*', 'read', (call) => this.#get(call)),
    endpoint('PATCH', 'releases/*', 'write', (call) => this.#update(call)),
    endpoint('DELETE', 'releases/*', 'write', (call) => this.#delete(call)),
    endpoint('GET', 'releases/*/assets', 'read', (call) => this.#assets(call)),
    { ...endpoint('POST', 'releases/*/assets', 'write', (call) => this.#upload(call)), host: 'uploads' },
    { ...endpoint('GET', 'immutable-releases', 'read', (call) => this.#setting(call)), scope: 'metadata' },
    endpoint('GET', 'git/ref/*', 'read', (call) => this.#ref(call)),
    endpoint('GET', 'git/tags/*', 'read', (call) => this.#tag(call)),
  ];

  /** Serves the downloads of published releases, as everybody gets them. */
  webRoutes(): readonly Route[] {
    return [{ method: 'GET', path: '/*', handle: (request) => this.#serveWeb(request) }];
  }

  #serveWeb({ url, headers }: HttpRequest): HttpResponse {
    // A token in the headers is for another host, and was sent here by mistake.
    if (headers.authorization !== undefined) refuseGitHub(400, 'A token was sent to a page.');
    const [name = '', tag, file] =
      /^\/([^/]+\/[^/]+)\/releases\/download\/([^/]+)\/([^/]+)$/.exec(url.pathname)?.slice(1).map(decodeURIComponent) ??
      notFound();
    const repository = this.#options.find(name);
    if (!repository?.isPublic) notFound();
    const release = this.#of(repository).find((one) => !one.isDraft && one.tag === tag) ?? notFound();
    return this.#content(release.assets.find((one) => one.name === file && one.content !== undefined) ?? notFound());
  }

  #list(call: Call): HttpResponse {
    const shown = this.#of(call.repository).filter((release) => isVisible(call, release));
    return this.#options.page(call, shown.reverse(), (releases) =>
      releases.map((release) => this.#document(call.repository, release)),
    );
  }

  #byTag({ repository, path }: Call): HttpResponse {
    const release = this.#of(repository).find((one) => !one.isDraft && one.tag === path[2]) ?? notFound();
    return json(200, this.#document(repository, release));
  }

  #get(call: Call): HttpResponse {
    return json(200, this.#document(call.repository, this.#visible(call)));
  }

  #create({ repository, request, caller }: Call): HttpResponse {
    const body = bodyOf(request);
    const tag = asText(body.tag_name) ?? invalid('Release', 'tag_name', 'missing_field');
    if (!isTagName(tag)) invalid('Release', 'tag_name', 'invalid');
    this.#demandUnused(repository, tag);
    const now = this.#now();
    const release: StoredRelease = {
      id: this.#options.nextId(),
      author: caller?.login ?? '',
      createdAt: now,
      draftTag: `untagged-${encodeHex(this.#options.sources.random(10))}`,
      assets: [],
      tag,
      target: asText(body.target_commitish) ?? repository.defaultBranch,
      name: textOf(body, 'name', 'Release') ?? null,
      body: textOf(body, 'body', 'Release', maxBody) ?? null,
      isDraft: true,
      isPrerelease: body.prerelease === true,
      isImmutable: false,
      publishedAt: undefined,
      updatedAt: now,
    };
    if (body.draft !== true) this.#publish(repository, release);
    this.#of(repository).push(release);
    const document = this.#document(repository, release);
    return json(201, document, { location: String(document.url) });
  }

  #update({ repository, request, path }: Call): HttpResponse {
    const release = this.#release(repository, path[1] ?? '');
    const body = bodyOf(request);
    for (const member of ['target_commitish', 'tag_name'] as const)
      if (release.isImmutable && body[member] !== undefined)
        refuseCustom('Release', member, `${member} cannot be changed when release is immutable`);
    if (release.isImmutable && body.draft === true)
      refuseCustom('Release', 'draft', 'draft cannot be changed when release is immutable');
    const tag = asText(body.tag_name);
    if (tag !== undefined && !isTagName(tag)) invalid('Release', 'tag_name', 'invalid');
    if (tag !== undefined) this.#demandUnused(repository, tag);
    Object.assign(release, {
      ...(tag !== undefined && { tag }),
      ...(body.target_commitish !== undefined && { target: asText(body.target_commitish) ?? '' }),
      ...(body.name !== undefined && { name: textOf(body, 'name', 'Release') ?? null }),
      ...(body.body !== undefined && { body: textOf(body, 'body', 'Release', maxBody) ?? null }),
      ...(body.prerelease !== undefined && { isPrerelease: body.prerelease === true }),
      updatedAt: this.#now(),
    });
    if (body.draft === false && release.isDraft) this.#publish(repository, release);
    if (body.draft === true) Object.assign(release, { isDraft: true, publishedAt: undefined });
    return json(200, this.#document(repository, release));
  }

  #publish(repository: SandboxRepository, release: StoredRelease): void {
    const { tag, target } = release;
    if (this.#of(repository).some((one) => one !== release && !one.isDraft && one.tag === tag))
      invalid('Release', 'tag_name', 'already_exists');
    this.#demandUnused(repository, tag);
    if (repository.commitOfTag(tag) === undefined)
      repository.addTag(tag, /^[0-9a-f]{40}$/.test(target) ? target : repository.headSha);
    const isImmutable = repository.immutableReleases;
    Object.assign(release, { isDraft: false, isImmutable, publishedAt: this.#now() });
    if (!isImmutable) return;
    this.#usedTags.add(keyOf(repository, tag));
    const uploaded = release.assets.filter(({ content }) => content !== undefined);
    this.#options.attest(repository, {
      repository: repository.name,
      tag,
      commit: repository.commitOfTag(tag) ?? '',
      ownerId: String(repository.ownerId),
      repositoryId: String(repository.id),
      assets: Object.fromEntries(uploaded.map((asset) => [asset.name, this.contentOf(asset)])),
    });
  }

  #demandUnused(repository: SandboxRepository, tag: string): void {
    if (this.#usedTags.has(keyOf(repository, tag)))
      refuseCustom('Release', 'tag_name', 'tag_name was used by an immutable release');
  }

  #delete({ repository, path }: Call): HttpResponse {
    const release = this.#release(repository, path[1] ?? '');
    for (const asset of release.assets) this.#options.blobs.delete(asset.path);
    this.#releases.set(
      repository.id,
      this.#of(repository).filter((one) => one !== release),
    );
    return noContent;
  }

  #assets(call: Call): HttpResponse {
    const { repository } = call;
    const release = this.#visible(call);
    return this.#options.page(call, release.assets, (assets) =>
      assets.map((asset) => this.#assetDocument(repository, release, asset)),
    );
  }

  #upload(call: Call): HttpResponse {
    const { repository, request, caller } = call;
    const { headers, url, body } = request;
    // A body without a stated length is refused; the listener has read it in any case.
    if (headers['content-length'] === undefined || body.length === 0) refuseGitHub(400, 'Bad Content-Length');
    if (headers['content-type'] === undefined) refuseGitHub(400, 'Bad Content-Type');
    const release = this.#release(repository, call.path[1] ?? '');
    if (release.isImmutable) refuseGitHub(422, 'Cannot upload assets to an immutable release.');
    const name = nameGivenBy(url.searchParams.get('name') ?? invalid('ReleaseAsset', 'name', 'missing_field'));
    if (release.assets.some((one) => one.name === name)) invalid('ReleaseAsset', 'name', 'already_exists');
    if (release.assets.length >= maxAssets)
      refuseCustom('ReleaseAsset', 'release', `a release can have at most ${maxAssets} assets`);
    const label = url.searchParams.get('label') ?? '';
    const started = this.#asset(repository, name, label, String(headers['content-type']), caller?.login ?? '');
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    const asset = { ...started, content: { size: body.length, digest } };
    this.#options.blobs.keep(asset.path, body);
    release.assets.push(asset);
    return json(201, this.#assetDocument(repository, release, asset));
  }

  #asset(
    repository: SandboxRepository,
    name: string,
    label: string,
    contentType: string,
    uploader: string,
  ): StoredAsset {
    const id = this.#options.nextId();
    const path = `/release-assets/${repository.id}/${id}`;
    return { id, name, label, contentType, uploader, content: undefined, path, createdAt: this.#now() };
  }

  #download(call: Call): HttpResponse {
    const { repository, request } = call;
    const { release, asset } = this.#assetAt(call);
    if (request.headers.accept !== 'application/octet-stream')
      return json(200, this.#assetDocument(repository, release, asset));
    return this.#content(asset);
  }

  #content({ content, path, name, contentType }: StoredAsset): HttpResponse {
    if (content === undefined) notFound();
    const location = this.#options.blobs.downloadUrl(path, { fileName: name, contentType });
    return { status: 302, headers: { location }, body: new Uint8Array() };
  }

  #deleteAsset(call: Call): HttpResponse {
    const { release, asset } = this.#assetAt(call);
    if (release.isImmutable) refuseGitHub(422, 'Cannot delete assets from an immutable release.');
    release.assets.splice(release.assets.indexOf(asset), 1);
    this.#options.blobs.delete(asset.path);
    return noContent;
  }

  #assetAt(call: Call): { readonly release: StoredRelease; readonly asset: StoredAsset } {
    for (const release of this.#of(call.repository)) {
      const asset = release.assets.find(({ id }) => String(id) === call.path[2]);
      if (asset !== undefined && isVisible(call, release)) return { release, asset };
    }
    return notFound();
  }

  #setting({ repository, caller }: Call): HttpResponse {
    if (caller === undefined) refuseGitHub(401, 'Requires authentication');
    // The token of a job cannot have the permission.
    if (caller.isIntegration)
      refuseGitHub(403, 'Resource not accessible by integration', {
        'x-accepted-github-permissions': 'administration=read',
      });
    return repository.immutableReleases ? json(200, { enabled: true, enforced_by_owner: false }) : notFound();
  }

  #ref({ repository, path }: Call): HttpResponse {
    const [, tag = ''] = /^tags\/(.+)$/.exec(path[2] ?? '') ?? [];
    const sha = repository.objectOfTag(tag) ?? notFound();
    const isAnnotated = sha !== repository.commitOfTag(tag);
    return json(200, refDocument(this.#options.origins.api, repository, tag, sha, isAnnotated));
  }

  #tag({ repository, path }: Call): HttpResponse {
    const [tag, { commit }] = repository.tags.find(([, { object }]) => object === path[2]) ?? notFound();
    if (commit === path[2]) notFound();
    return json(200, tagDocument(this.#options.origins.api, repository, tag, path[2] ?? '', commit));
  }

  #of(repository: SandboxRepository): StoredRelease[] {
    const releases = this.#releases.get(repository.id) ?? [];
    this.#releases.set(repository.id, releases);
    return releases;
  }

  #release(repository: SandboxRepository, id: string): StoredRelease {
    return this.#of(repository).find((release) => String(release.id) === id) ?? notFound();
  }

  #visible(call: Call): StoredRelease {
    const release = this.#release(call.repository, call.path[1] ?? '');
    return isVisible(call, release) ? release : notFound();
  }

  #document(repository: SandboxRepository, release: StoredRelease): JsonObject {
    const { origins, idOf } = this.#options;
    return releaseDocument(origins, repository, release, idOf);
  }

  #assetDocument(repository: SandboxRepository, release: StoredRelease, asset: StoredAsset): JsonObject {
    const { origins, idOf } = this.#options;
    return assetDocument(origins, repository, release, asset, idOf);
  }

  #now(): Date {
    return wholeSecond(this.#options.sources.clock());
  }
}

/** The limit of the bodies of uploads. */
export const maxUpload = maxAsset;

const noContent: HttpResponse = { status: 204, headers: {}, body: new Uint8Array() };

function endpoint(
  method: Endpoint['method'],
  path: string,
  level: Endpoint['level'],
  answer: Endpoint['answer'],
): Endpoint {
  return { method, path, scope: 'contents', level, answer };
}

/** Drafts exist only for those who may write. */
function isVisible({ caller, repository }: Call, { isDraft }: StoredRelease): boolean {
  return !isDraft || mayAccess(caller, repository, 'contents', 'write');
}

/** Returns the name that GitHub gives an asset: special characters become dots, and dots at the ends are removed or preceded by a word. */
function nameGivenBy(name: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9._+@-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/\.+$/, '');
  return safe.startsWith('.') || safe === '' ? `default${safe}` : safe;
}

function isTagName(tag: string): boolean {
  return tag !== '' && !/[\s~^:?*[\\]|\.\.|^[/.]|[/.]$|@\{/.test(tag);
}

function keyOf({ name }: SandboxRepository, tag: string): string {
  return `${name.toLowerCase()} ${tag}`;
}

function refuseCustom(resource: string, field: string, message: string): never {
  refuseGitHub(422, 'Validation Failed', {}, [{ resource, code: 'custom', field, message }]);
}
