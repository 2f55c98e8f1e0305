/**
 * npm's registry (packuments, attestations, search) and PyPI (the JSON form of the simple index, PEP 691, 700 and 740, and the integrity
 * API), as far as clients read them. Tests publish the packages.
 */

import { encodeBase64, encodeHex, type JsonObject, type JsonValue } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly time: Date;
}

/** The digest and the attestations of a file. */
export interface PublishedFile {
  /** SHA-512 for npm, SHA-256 for PyPI. */
  readonly digest: Uint8Array;
  /** Bundles (npm) or attestations of PEP 740 (PyPI), as JSON. Undefined if the file has none. */
  readonly provenance?: readonly JsonObject[] | undefined;
  /** Of PyPI: the name of the file. */
  readonly filename?: string;
}

interface Stored extends PublishedPackage, PublishedFile {}

const slsa = 'https://slsa.dev/provenance/v1';

export class PackageService {
  readonly #origin: string;
  readonly #npm: Stored[] = [];
  readonly #pypi: Stored[] = [];
  readonly routes: readonly Route[] = [
    { method: 'GET', path: '/npm/*', handle: (request) => this.#answerNpm(request) },
    { method: 'GET', path: '/pypi/*', handle: (request) => this.#answerPyPi(request) },
  ];

  /** @param origin the origin at which the routes are served */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The base URL of npm's registry. */
  get npmUrl(): string {
    return `${this.#origin}/npm`;
  }

  /** The base URL of PyPI. */
  get pypiUrl(): string {
    return `${this.#origin}/pypi`;
  }

  /** Publishes a version on npm. The same version again replaces it. */
  publishNpm(published: PublishedPackage, file: PublishedFile): void {
    replace(this.#npm, { ...published, ...file }, (one) => `${one.name}@${one.version}`);
  }

  /** Publishes a file on PyPI. */
  publishPyPi(published: PublishedPackage, file: PublishedFile & { readonly filename: string }): void {
    replace(this.#pypi, { ...published, ...file }, (one) => one.filename ?? '');
  }

  #answerNpm({ url }: HttpRequest): HttpResponse {
    const path = url.pathname.slice('/npm/'.length);
    if (path === '-/v1/search') return this.#search(url.searchParams.get('text') ?? '');
    const attestations = '-/npm/v1/attestations/';
    if (path.startsWith(attestations)) {
      const wanted = decodeURIComponent(path.slice(attestations.length));
      const found = this.#npm.find(({ name, version }) => `${name}@${version}` === wanted);
      if (found?.provenance === undefined) return jsonResponse(404, { message: 'No attestations found' });
      const list = found.provenance.map((bundle): JsonObject => ({ predicateType: slsa, bundle }));
      return jsonResponse(200, { attestations: list });
    }
    const name = decodeURIComponent(path);
    const versions = this.#npm.filter((one) => one.name === name);
    if (versions.length === 0) return jsonResponse(404, { error: 'Not found' });
    return jsonResponse(200, this.#packument(name, versions));
  }

  #packument(name: string, versions: readonly Stored[]): JsonObject {
    const manifests = versions.map(({ version, digest, provenance }): [string, JsonObject] => {
      const file = `${name.split('/').at(-1)}-${version}.tgz`;
      const attestations: JsonObject = {
        url: `${this.npmUrl}/-/npm/v1/attestations/${encodeURIComponent(`${name}@${version}`)}`,
        provenance: { predicateType: slsa },
      };
      const dist: JsonObject = {
        integrity: `sha512-${encodeBase64(digest)}`,
        tarball: `${this.npmUrl}/${name}/-/${file}`,
        ...(provenance !== undefined && { attestations }),
      };
      return [version, { name, version, dist }];
    });
    const times = versions.map(({ version, time }): [string, JsonValue] => [version, time.toISOString()]);
    return {
      _id: name,
      name,
      'dist-tags': { latest: versions.at(-1)?.version ?? '' },
      versions: Object.fromEntries(manifests),
      time: Object.fromEntries(times),
    };
  }

  /** Finds names that have a part of the text, as a full-text search does. */
  #search(text: string): HttpResponse {
    const part = text.replace(/^@[^/]*\//, '').slice(0, 4);
    const names = [...new Set(this.#npm.map(({ name }) => name))].filter((name) => name.includes(part));
    const objects = names.map((name): JsonObject => ({ package: { name }, score: { final: 1 } }));
    return jsonResponse(200, { objects, total: names.length, time: '' });
  }

  #answerPyPi({ url, headers }: HttpRequest): HttpResponse {
    const path = url.pathname.slice('/pypi/'.length).split('/').map(decodeURIComponent);
    const [api, project = '', version = '', filename = '', last] = path;
    const files = this.#pypi.filter(({ name }) => normalized(name) === project);
    if (api === 'simple') {
      const type = 'application/vnd.pypi.simple.v1+json';
      if (headers.accept !== type) return jsonResponse(406, {});
      return files.length === 0
        ? jsonResponse(404, {})
        : jsonResponse(200, this.#index(project, files), { 'content-type': type });
    }
    const type = 'application/vnd.pypi.integrity.v1+json';
    if (api !== 'integrity' || last !== 'provenance') return jsonResponse(404, {});
    if (headers.accept !== type) return jsonResponse(406, { message: 'Request not acceptable' });
    const found = files.find((one) => one.filename === filename && one.version === version);
    if (found?.provenance === undefined)
      return jsonResponse(404, { message: `No provenance available for ${filename}` });
    const bundles: JsonObject = { publisher: { kind: 'GitHub' }, attestations: found.provenance };
    return jsonResponse(200, { version: 1, attestation_bundles: [bundles] }, { 'content-type': type });
  }

  #index(project: string, files: readonly Stored[]): JsonObject {
    const listed = files.map(
      ({ filename = '', digest, time, provenance, version }): JsonObject => ({
        filename,
        url: `${this.#origin}/files/${filename}`,
        hashes: { sha256: encodeHex(digest) },
        size: 1,
        'upload-time': time.toISOString(),
        yanked: false,
        provenance:
          provenance === undefined ? null : `${this.pypiUrl}/integrity/${project}/${version}/${filename}/provenance`,
      }),
    );
    const versions = [...new Set(files.map(({ version }) => version))];
    return { meta: { 'api-version': '1.3' }, name: project, files: listed, versions };
  }
}

function replace(list: Stored[], stored: Stored, key: (one: Stored) => string): void {
  const at = list.findIndex((one) => key(one) === key(stored));
  if (at === -1) list.push(stored);
  else list[at] = stored;
}

/** Returns the name of a project as the index writes it (PEP 503). */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
