/**
 * Serves GitHub's store of attestations, and the blob store that `bundle_url` leads to. Attestations belong to a repository. They are found by the
 * digests of their subjects: in the repository, or in all repositories of an owner that the token can see.
 */

import {
  asList,
  asObject,
  asText,
  encodeHex,
  type JsonObject,
  type JsonValue,
  parseJson,
  utf8,
} from '../../src/core/encoding/index.ts';
import { attempt } from '../../src/core/errors/index.ts';
import type { BlobStore } from '../artifacts/index.ts';
import { type HttpRequest, refuseGitHub } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { demandSource, readAttested } from './attested.ts';
import { cursorPageOf } from './pages.ts';
import type { SandboxRepository } from './repository.ts';
import { compressSnappy } from './snappy.ts';

export interface AttestationSettings {
  /** Whether responses contain bundles; by default those of the API version 2022-11-28 do, and those of 2026-03-10 do not. */
  readonly inlineBundles: boolean | undefined;
  /** False if no owner of private repositories has a plan with attestations for them. */
  readonly privateAttestations: boolean;
}

/** An attestation of a repository. */
export interface StoredAttestation {
  readonly id: number;
  readonly repositoryId: number;
  readonly digests: readonly string[];
  readonly predicateType: string;
  readonly bundle: JsonObject;
  /** The path of the bundle in the blob store. */
  readonly path: string;
}

export interface AttestationStoreOptions {
  readonly blobs: BlobStore;
  readonly sources: Sources;
  readonly nextId: () => number;
}

/** The part of a request that decides how attestations are listed. */
interface Listing {
  readonly request: HttpRequest;
  /** The attestations that the token can see, in the order of their creation. */
  readonly visible: readonly StoredAttestation[];
}

const maxDigests = 1024;
/** In bytes: a bundle that is too large is refused for that, and not by the sandbox's HTTP. */
export const maxAttestationRequest = 32 * 1024 * 1024;

export class AttestationStore {
  readonly #blobs: BlobStore;
  readonly #sources: Sources;
  readonly #nextId: () => number;
  #attestations: readonly StoredAttestation[] = [];
  #settings: AttestationSettings = { inlineBundles: undefined, privateAttestations: true };

  constructor({ blobs, sources, nextId }: AttestationStoreOptions) {
    this.#blobs = blobs;
    this.#sources = sources;
    this.#nextId = nextId;
  }

  /** All attestations, in the order of their creation. */
  get all(): readonly StoredAttestation[] {
    return this.#attestations;
  }

  configure(settings: Partial<AttestationSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** Stores a bundle without the checks of the API, as GitHub stores its own release attestations. */
  keep(repository: SandboxRepository, bundle: JsonObject): StoredAttestation {
    const id = this.#nextId();
    const path = `/attestations/${repository.id}/${encodeHex(this.#sources.random(16))}.json.sn`;
    this.#blobs.keep(path, compressSnappy(utf8(JSON.stringify(bundle))));
    const stored = { id, repositoryId: repository.id, ...readAttested(bundle), bundle, path };
    this.#attestations = [...this.#attestations, stored];
    return stored;
  }

  /** Deletes attestations, as their owner can. */
  delete(attestations: readonly StoredAttestation[]): void {
    this.#attestations = this.#attestations.filter((one) => !attestations.includes(one));
    for (const { path } of attestations) this.#blobs.delete(path);
  }

  /** Stores the bundle in a request, and returns its id. The same bundle again is another attestation. */
  create({ body }: HttpRequest, repository: SandboxRepository): JsonObject {
    if (!repository.isPublic) this.#demandAvailable(repository);
    const bundle =
      asObject(asObject(attempt(() => parseJson(body, { maxLength: maxAttestationRequest })))?.bundle) ??
      refuseGitHub(422, 'Invalid request.\n\n"bundle" wasn\'t supplied.');
    readAttested(bundle);
    demandSource(bundle, `https://github.com/${repository.name}`);
    return { id: this.keep(repository, bundle).id };
  }

  #demandAvailable({ ownerType, name }: SandboxRepository): void {
    const [owner] = name.split('/');
    if (ownerType === 'User')
      refuseGitHub(
        403,
        'Feature not available for user-owned private repositories. To enable this feature, please make this repository public.',
      );
    if (!this.#settings.privateAttestations)
      refuseGitHub(
        403,
        `Feature not available for the ${owner} organization. To enable this feature, please upgrade the billing plan, or make this repository public.`,
      );
  }

  /** Lists the attestations of a digest. Without any, there is nothing at that address. */
  list(
    { request, visible }: Listing,
    digest: string,
  ): { readonly body: JsonObject; readonly link: string | undefined } {
    const found = newestFirst(
      visible.filter(({ digests }) => digests.includes(digest)),
      request.url.searchParams.get('predicate_type'),
    );
    if (found.length === 0) refuseGitHub(404, 'Not Found');
    const { shown, links } = cursorPageOf(found, request.url);
    return {
      body: { attestations: shown.map((one) => ({ ...this.#document(one, request), initiator: 'user' })) },
      link: links,
    };
  }

  /** Lists the attestations of up to 1024 digests. A page has those of all digests together: `null` means none on this page. */
  bulkList({ request, visible }: Listing): JsonObject {
    const body = asObject(attempt(() => parseJson(request.body)));
    const digests = asList(body?.subject_digests)?.map((one) => asText(one) ?? invalidDigests());
    if (digests === undefined || digests.length === 0 || digests.length > maxDigests) invalidDigests();
    const found = newestFirst(
      visible.filter((one) => one.digests.some((digest) => digests.includes(digest))),
      asText(body?.predicate_type) ?? null,
    );
    const { shown, next, previous } = cursorPageOf(found, request.url);
    const of = (digest: string): JsonValue => {
      const these = shown.filter((one) => one.digests.includes(digest));
      return these.length === 0 ? null : these.map((one) => this.#document(one, request));
    };
    return {
      attestations_subject_digests: Object.fromEntries(digests.map((digest) => [digest, of(digest)])),
      page_info: {
        has_next: next !== undefined,
        has_previous: previous !== undefined,
        ...(next !== undefined && { next }),
        ...(previous !== undefined && { previous }),
      },
    };
  }

  /** Returns the attestations that a request to delete names: by `digest/<digest>`, by id, or by the lists in its body. */
  chosen({ request, visible }: Listing, path: readonly string[]): readonly StoredAttestation[] {
    const [first, second] = path;
    const body = first === 'delete-request' ? asObject(attempt(() => parseJson(request.body))) : undefined;
    const digests = first === 'digest' ? [second ?? ''] : (asList(body?.subject_digests) ?? []);
    const ids = first === undefined || second !== undefined ? [] : (asList(body?.attestation_ids) ?? [Number(first)]);
    const found = visible.filter(
      (one) => ids.includes(one.id) || one.digests.some((digest) => digests.includes(digest)),
    );
    return found.length > 0 ? found : refuseGitHub(404, 'Not Found');
  }

  #document({ repositoryId, bundle, path }: StoredAttestation, { headers }: HttpRequest): JsonObject {
    const isInline = this.#settings.inlineBundles ?? headers['x-github-api-version'] !== '2026-03-10';
    return {
      ...(isInline && { bundle }),
      repository_id: repositoryId,
      bundle_url: this.#blobs.downloadUrl(path, { contentType: 'application/x-snappy' }),
    };
  }
}

/** The types that a word stands for, by the beginnings of their URIs. */
const words: Readonly<Record<string, readonly string[]>> = {
  provenance: ['https://slsa.dev/provenance/'],
  sbom: ['https://spdx.dev/Document', 'https://cyclonedx.org/bom'],
  release: ['https://in-toto.io/attestation/release/'],
};

function newestFirst(attestations: readonly StoredAttestation[], type: string | null): readonly StoredAttestation[] {
  const starts = type === null ? [''] : words[type];
  return attestations
    .filter(({ predicateType }) => starts?.some((start) => predicateType.startsWith(start)) ?? predicateType === type)
    .reverse();
}

function invalidDigests(): never {
  return refuseGitHub(422, `Invalid request.\n\nNo subset of \`subject_digests\` with 1 to ${maxDigests} items.`);
}
