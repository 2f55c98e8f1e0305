/** The endpoints of organizations and users: attestations of all of their repositories, and storage records. */

import { type HttpRequest, type HttpResponse, refuseGitHub } from '../http/index.ts';
import type { AttestationStore, StoredAttestation } from './attestations.ts';
import { json, notFound } from './endpoint.ts';
import type { SandboxRepository } from './repository.ts';
import type { StorageRecords } from './storage-records.ts';
import { type Caller, mayAccess, type Permissions } from './tokens.ts';

/** A request to an endpoint of an owner. */
export interface OwnerCall {
  readonly request: HttpRequest;
  readonly caller: Caller | undefined;
  readonly kind: 'orgs' | 'users';
  readonly owner: string;
  /** The parts of the path after the owner, decoded. */
  readonly path: readonly string[];
  /** All repositories. */
  readonly repositories: readonly SandboxRepository[];
}

export interface OwnerServices {
  readonly attestations: AttestationStore;
  readonly storageRecords: StorageRecords;
}

/** Answers a request about an owner. Those that are not of this kind do not exist. */
export function answerOwner(call: OwnerCall, services: OwnerServices): HttpResponse {
  const { kind, path } = call;
  const type = kind === 'orgs' ? 'Organization' : 'User';
  const owned = call.repositories.filter(({ name, ownerType }) => isOwner(call.owner, name) && ownerType === type);
  if (owned.length === 0) notFound();
  const [first, ...rest] = path;
  if (first === 'attestations') return answerAttestations(call, owned, services.attestations, rest);
  if (first === 'artifacts' && kind === 'orgs') return answerRecords(call, owned, services.storageRecords, rest);
  return notFound();
}

function answerAttestations(
  call: OwnerCall,
  owned: readonly SandboxRepository[],
  store: AttestationStore,
  path: readonly string[],
): HttpResponse {
  const { request, caller } = call;
  const seen = new Set(owned.filter((one) => mayAccess(caller, one, 'attestations', 'read')).map(({ id }) => id));
  const visible = store.all.filter(({ repositoryId }) => seen.has(repositoryId));
  const [first] = path;
  if (request.method === 'POST' && first === 'bulk-list' && path.length === 1)
    return json(200, store.bulkList({ request, visible }));
  if (request.method === 'GET' && first !== undefined && path.length === 1) {
    const { body, link } = store.list({ request, visible }, first);
    return json(200, body, link === undefined ? {} : { link });
  }
  const deletes = request.method === 'DELETE' || (request.method === 'POST' && first === 'delete-request');
  if (!deletes) notFound();
  const chosen = store.chosen({ request, visible }, path);
  demandOwner(caller, owned, chosen);
  store.delete(chosen);
  return { status: request.method === 'POST' ? 200 : 204, headers: {}, body: new Uint8Array() };
}

/** Demands a token that may delete: that of a job never may. */
function demandOwner(
  caller: Caller | undefined,
  owned: readonly SandboxRepository[],
  attestations: readonly StoredAttestation[],
): void {
  if (caller === undefined) refuseGitHub(401, 'Requires authentication');
  const may = attestations.every(({ repositoryId }) => {
    const repository = owned.find(({ id }) => id === repositoryId);
    return repository !== undefined && mayAccess(caller, repository, 'attestations', 'write');
  });
  if (caller.isIntegration || !may) refuseGitHub(403, 'Resource not accessible by integration');
}

function answerRecords(
  { request, caller, owner }: OwnerCall,
  owned: readonly SandboxRepository[],
  records: StorageRecords,
  path: readonly string[],
): HttpResponse {
  const may = (scope: keyof Permissions, level: 'read' | 'write'): boolean =>
    owned.some((one) => caller?.repositories.includes(one.id) === true && mayAccess(caller, one, scope, level));
  if (caller === undefined) refuseGitHub(401, 'Requires authentication');
  if (request.method === 'POST' && path.join('/') === 'metadata/storage-record') {
    // As GitHub says it, whichever of the two is missing.
    if (!may('artifact-metadata', 'write')) refuseGitHub(404, 'no artifacts found');
    return json(200, records.create(owner.toLowerCase(), request));
  }
  const [digest = '', ...rest] = path;
  if (request.method !== 'GET' || rest.join('/') !== 'metadata/storage-records') notFound();
  if (!may('artifact-metadata', 'read')) notFound();
  return json(200, records.list(owner.toLowerCase(), digest));
}

function isOwner(owner: string, repository: string): boolean {
  return repository.split('/')[0]?.toLowerCase() === owner.toLowerCase();
}
