/** Keeps the storage records of an organization: in which registries artifacts are. */

import { asText, type JsonObject } from '../../src/core/encoding/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { type Sources, wholeSecond } from '../sources.ts';
import { bodyOf, invalid } from './endpoint.ts';

export interface StorageRecord {
  readonly id: number;
  readonly organization: string;
  readonly name: string;
  readonly digest: string;
  readonly registryUrl: string;
  readonly artifactUrl: string | undefined;
  readonly repository: string | undefined;
  readonly status: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** The other members, which responses do not repeat: `version`, `path`, `github_repository`. */
  readonly others: Readonly<Record<string, string>>;
}

const resource = 'ArtifactMetadata';

/** The check of each member. */
const members: Readonly<Record<string, { readonly pattern: RegExp; readonly required?: true }>> = {
  name: { pattern: /^.{1,256}$/s, required: true },
  digest: { pattern: /^sha256:[a-f0-9]{64}$/, required: true },
  registry_url: { pattern: /^https:\/\/.{1,248}$/s, required: true },
  version: { pattern: /^.{1,100}$/s },
  artifact_url: { pattern: /^https:\/\/.{0,144}$/s },
  path: { pattern: /^.{0,512}$/s },
  repository: { pattern: /^.{0,128}$/s },
  status: { pattern: /^(?:active|eol|deleted)$/ },
  github_repository: { pattern: /^[A-Za-z0-9.\-_]{1,100}$/ },
};

export class StorageRecords {
  readonly #sources: Sources;
  readonly #nextId: () => number;
  #records: readonly StorageRecord[] = [];

  constructor(sources: Sources, nextId: () => number) {
    this.#sources = sources;
    this.#nextId = nextId;
  }

  get all(): readonly StorageRecord[] {
    return this.#records;
  }

  /** Creates a record, or updates that of the same digest in the same registry and repository. */
  create(organization: string, request: HttpRequest): JsonObject {
    const body = bodyOf(request);
    const given = readMembers(body);
    const { name = '', digest = '', registry_url = '', artifact_url, repository, status = 'active', ...others } = given;
    const now = wholeSecond(this.#sources.clock());
    const earlier = this.#records.find(
      (one) =>
        one.organization === organization &&
        one.digest === digest &&
        one.registryUrl === registry_url &&
        one.repository === repository,
    );
    const record: StorageRecord = {
      id: earlier?.id ?? this.#nextId(),
      organization,
      name,
      digest,
      registryUrl: registry_url,
      artifactUrl: artifact_url,
      repository,
      status,
      createdAt: earlier?.createdAt ?? now,
      updatedAt: now,
      others,
    };
    this.#records = [...this.#records.filter((one) => one !== earlier), record];
    return body.return_records === false
      ? { total_count: 1 }
      : { total_count: 1, storage_records: [recordDocument(record)] };
  }

  list(organization: string, digest: string): JsonObject {
    const records = this.#records.filter((one) => one.organization === organization && one.digest === digest);
    return { total_count: records.length, storage_records: records.map(recordDocument) };
  }
}

function readMembers(body: JsonObject): Readonly<Record<string, string>> {
  const given = Object.entries(members).flatMap(([field, { pattern, required }]) => {
    const value = body[field] ?? undefined;
    if (value === undefined) return required ? invalid(resource, field, 'missing_field') : [];
    const text = asText(value) ?? invalid(resource, field, 'invalid');
    return pattern.test(text) ? [[field, text] as const] : invalid(resource, field, 'invalid');
  });
  return Object.fromEntries(given);
}

function recordDocument(record: StorageRecord): JsonObject {
  return {
    id: record.id,
    name: record.name,
    digest: record.digest,
    artifact_url: record.artifactUrl ?? null,
    registry_url: record.registryUrl,
    repository: record.repository ?? null,
    status: record.status,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  };
}
