/** The JSON of releases, their assets and tags, as GitHub's OpenAPI description has it. */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import { nodeId, time, userDocument } from './documents.ts';
import type { SandboxRepository } from './repository.ts';
import type { ReleaseOrigins, StoredAsset, StoredRelease } from './stored-release.ts';

type IdOf = (login: string) => number;

export function releaseDocument(
  origins: ReleaseOrigins,
  repository: SandboxRepository,
  release: StoredRelease,
  idOf: IdOf,
): JsonObject {
  const { api, uploads, web } = origins;
  const path = `/repos/${repository.name}/releases/${release.id}`;
  const ball = (kind: string): string | null =>
    release.isDraft ? null : `${api}/repos/${repository.name}/${kind}/${release.tag}`;
  return {
    url: `${api}${path}`,
    assets_url: `${api}${path}/assets`,
    upload_url: `${uploads}${path}/assets{?name,label}`,
    html_url: `${web}/${repository.name}/releases/tag/${placeOf(release)}`,
    id: release.id,
    author: userDocument(api, release.author, idOf(release.author)),
    node_id: nodeId('Release', release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.isDraft,
    immutable: release.isImmutable,
    prerelease: release.isPrerelease,
    created_at: time(release.createdAt),
    updated_at: time(release.updatedAt),
    published_at: release.publishedAt === undefined ? null : time(release.publishedAt),
    assets: release.assets.map((asset) => assetDocument(origins, repository, release, asset, idOf)),
    tarball_url: ball('tarball'),
    zipball_url: ball('zipball'),
    body: release.body,
  };
}

export function assetDocument(
  { api, web }: ReleaseOrigins,
  repository: SandboxRepository,
  release: StoredRelease,
  { id, name, label, contentType, uploader, content, createdAt }: StoredAsset,
  idOf: IdOf,
): JsonObject {
  return {
    url: `${api}/repos/${repository.name}/releases/assets/${id}`,
    id,
    node_id: nodeId('ReleaseAsset', id),
    name,
    label,
    uploader: userDocument(api, uploader, idOf(uploader)),
    content_type: contentType,
    state: content === undefined ? 'starter' : 'uploaded',
    size: content?.size ?? 0,
    digest: content?.digest ?? null,
    download_count: 0,
    created_at: time(createdAt),
    updated_at: time(createdAt),
    browser_download_url: `${web}/${repository.name}/releases/download/${placeOf(release)}/${encodeURIComponent(name)}`,
  };
}

/** Returns the JSON of the reference of a tag. */
export function refDocument(
  api: string,
  repository: SandboxRepository,
  tag: string,
  sha: string,
  isAnnotated: boolean,
): JsonObject {
  const git = `${api}/repos/${repository.name}/git`;
  const kind = isAnnotated ? 'tag' : 'commit';
  return {
    ref: `refs/tags/${tag}`,
    node_id: nodeId('Ref', tag),
    url: `${git}/refs/tags/${tag}`,
    object: { sha, type: kind, url: `${git}/${kind}s/${sha}` },
  };
}

/** Returns the JSON of an annotated tag. */
export function tagDocument(
  api: string,
  repository: SandboxRepository,
  tag: string,
  sha: string,
  commit: string,
): JsonObject {
  const git = `${api}/repos/${repository.name}/git`;
  return {
    node_id: nodeId('Tag', sha),
    tag,
    sha,
    url: `${git}/tags/${sha}`,
    message: 'A tag of the sandbox\n',
    tagger: { name: 'octo', email: 'octo@users.noreply.github.com', date: time(repository.createdAt) },
    object: { sha: commit, type: 'commit', url: `${git}/commits/${commit}` },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

/** Returns the part of addresses that stands for the tag. */
function placeOf({ isDraft, draftTag, tag }: StoredRelease): string {
  return isDraft ? draftTag : encodeURIComponent(tag);
}
