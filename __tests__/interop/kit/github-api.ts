/**
 * The part of GitHub's API that `gh release` and `gh api` use, on loopback, for one repository: releases and their assets, as the REST API
 * describes them, and the two GraphQL queries with which `gh` looks for a tag and for a draft. Published releases are immutable.
 */

import { writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type Loopback, readAll, serve } from '../../services/loopback.ts';
import { judgePath } from './program.ts';

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly bytes: Buffer;
}

interface Release {
  readonly id: number;
  readonly tag: string;
  name: string;
  draft: boolean;
  readonly assets: Asset[];
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** gh speaks HTTP with this host alone. No name server knows it; the requests come through `HTTP_PROXY`. */
const host = 'github.localhost';
const token = 'ghs_example';

export class GitHubApi implements AsyncDisposable {
  readonly #repository: string;
  readonly #tags: readonly string[];
  #server: Loopback | undefined;
  #ids = 0;
  readonly releases: Release[] = [];
  /** The requests to create a ruleset. */
  readonly rulesets: { readonly path: string; readonly body: unknown }[] = [];

  private constructor(repository: string, tags: readonly string[]) {
    this.#repository = repository;
    this.#tags = tags;
  }

  static async start(repository: string, tags: readonly string[]): Promise<GitHubApi> {
    const api = new GitHubApi(repository, tags);
    api.#server = await serve(async (request, response) => {
      const { status, body } = await api.#answer(request);
      const isBinary = Buffer.isBuffer(body);
      response.writeHead(status, { 'content-type': isBinary ? 'application/octet-stream' : 'application/json' });
      response.end(isBinary ? body : JSON.stringify(body));
    });
    return api;
  }

  /** The token that requests must have. */
  get token(): string {
    return token;
  }

  /** Writes a program `gh` that sends its requests here. */
  async writeProgram(path: string): Promise<void> {
    const script = `#!/bin/sh
export GH_HOST=${host} GH_REPO="${host}/\${GH_REPO:-${this.#repository}}" HTTP_PROXY=${this.#server?.origin}
exec '${judgePath('COUNTERSIGN_INTEROP_GH')}' "$@"
`;
    await writeFile(path, script, { mode: 0o755 });
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const body = await readAll(request);
    const { pathname, searchParams } = new URL(request.url ?? '', `http://api.${host}`);
    if (request.headers.authorization !== `token ${token}`)
      return { status: 401, body: { message: 'Bad credentials' } };
    if (pathname === '/graphql')
      return { status: 200, body: { data: { repository: this.#query(JSON.parse(String(body))) } } };
    if (request.method === 'POST' && pathname.endsWith('/rulesets')) {
      this.rulesets.push({ path: pathname, body: JSON.parse(String(body)) });
      return { status: 201, body: { id: ++this.#ids } };
    }
    const below = `/repos/${this.#repository}/releases`;
    if (!pathname.startsWith(below)) return notFound;
    return this.#release(request.method ?? '', pathname.slice(below.length), searchParams, body);
  }

  /** Answers the queries `RepositoryFindRef` and `RepositoryReleaseByTag`. */
  #query({ query, variables }: { readonly query: string; readonly variables: { readonly tagName: string } }): unknown {
    if (query.includes('ref(qualifiedName:'))
      return { ref: this.#tags.some((tag) => `refs/tags/${tag}` === variables.tagName) ? { id: 'REF' } : null };
    const release = this.releases.find(({ tag }) => tag === variables.tagName);
    return { release: release ? { databaseId: release.id, isDraft: release.draft } : null };
  }

  #release(method: string, path: string, query: URLSearchParams, body: Buffer): Answer {
    if (method === 'POST' && path === '') {
      const { tag_name: tag, name, draft } = JSON.parse(String(body));
      const release: Release = { id: ++this.#ids, tag, name, draft, assets: [] };
      this.releases.push(release);
      return { status: 201, body: this.#shape(release) };
    }
    const [, byTag] = /^\/tags\/(.+)$/.exec(path) ?? [];
    const [, byId, assets] = /^\/(\d+)(\/assets)?$/.exec(path) ?? [];
    const [, asset] = /^\/assets\/(\d+)$/.exec(path) ?? [];
    if (asset !== undefined) {
      const found = this.releases.flatMap((one) => one.assets).find(({ id }) => id === Number(asset));
      return found === undefined ? notFound : { status: 200, body: found.bytes };
    }
    // A draft is not found by its tag.
    const release = this.releases.find(({ id, tag, draft }) =>
      byTag === undefined ? id === Number(byId) : tag === byTag && !draft,
    );
    if (release === undefined) return notFound;
    if (assets !== undefined) return this.#upload(release, query.get('name') ?? '', body);
    if (method === 'PATCH') release.draft = JSON.parse(String(body)).draft;
    return { status: 200, body: this.#shape(release) };
  }

  #upload(release: Release, name: string, bytes: Buffer): Answer {
    if (!release.draft || release.assets.some((asset) => asset.name === name))
      return { status: 422, body: { message: release.draft ? 'already_exists' : 'the release is immutable' } };
    const asset = { id: ++this.#ids, name, bytes };
    release.assets.push(asset);
    return { status: 201, body: this.#assetShape(asset) };
  }

  #shape({ id, tag, name, draft, assets }: Release): object {
    const below = `repos/${this.#repository}/releases`;
    return {
      ...{ id, tag_name: tag, name, draft, prerelease: false, body: '', author: { login: 'github-actions[bot]' } },
      url: `http://api.${host}/${below}/${id}`,
      html_url: `http://${host}/${this.#repository}/releases/tag/${tag}`,
      upload_url: `http://uploads.${host}/${below}/${id}/assets{?name,label}`,
      created_at: '2026-01-01T00:00:00Z',
      published_at: draft ? null : '2026-01-01T00:00:00Z',
      assets: assets.map((asset) => this.#assetShape(asset)),
    };
  }

  #assetShape({ id, name, bytes }: Asset): object {
    const url = `http://api.${host}/repos/${this.#repository}/releases/assets/${id}`;
    return { id, name, state: 'uploaded', size: bytes.length, url };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }
}

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };
