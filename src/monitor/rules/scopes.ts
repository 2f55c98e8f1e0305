/** The scopes of the history. They are JSON, so that no two lists of parts have the same text. */

import { repositoryOf, runOf, type SignerName, signerName, workflowOf } from './signer.ts';
import type { CertifiedSigner, WatchedSigner } from './watched-entry.ts';

/** The scope of everything that is watched. */
export const everything = '*';

/** Returns the scope of a source repository: by its id, which it keeps when it is renamed or transferred. */
export function repositoryScope(signer: CertifiedSigner): string | undefined {
  const address = repositoryOf(signer);
  if (address === undefined) return undefined;
  const { sourceRepositoryIdentifier: id } = signer.claims;
  return id === undefined
    ? JSON.stringify([address.host, 'name', address.name.toLowerCase()])
    : JSON.stringify([address.host, 'id', id]);
}

/** Returns the scope of the name of a source repository, whose ids may change. */
export function nameScope(signer: CertifiedSigner): string | undefined {
  const address = repositoryOf(signer);
  return address && JSON.stringify([address.host, address.name.toLowerCase()]);
}

/** Returns the scope of a tag; `undefined` for a signature that is not of a tag. */
export function tagScope(signer: CertifiedSigner): string | undefined {
  const { sourceRepositoryRef: ref } = signer.claims;
  const repository = repositoryScope(signer);
  return repository !== undefined && ref?.startsWith('refs/tags/') ? JSON.stringify([repository, ref]) : undefined;
}

/** Returns the scope of a tag and a workflow. */
export function releaseScope(signer: CertifiedSigner): string | undefined {
  const tag = tagScope(signer);
  const path = workflowOf(signer)?.path;
  return tag === undefined || path === undefined ? undefined : JSON.stringify([tag, path]);
}

/** Returns the value that stands for a run, without its attempt: ids of runs are unique at a host. */
export function runValue(signer: CertifiedSigner): string | undefined {
  return runOf(signer)?.id;
}

/** Returns the value that stands for an attempt of a run. */
export function attemptValue(signer: CertifiedSigner): string | undefined {
  const run = runOf(signer);
  return run && `${run.id}/${run.attempt}`;
}

/** Returns the value that stands for a signer: its name without the ref, the issuer, and the owner. */
export function signerValue(signer: WatchedSigner): string {
  const { kind, issuer, name, owner } = signerName(signer);
  return JSON.stringify([kind, issuer, name, owner]);
}

/** Parses a value of {@link signerValue}; `undefined` for another text. The file of the history is untrusted. */
export function parseSignerValue(value: string): SignerName | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part) => typeof part === 'string')) return undefined;
  const [kind, issuer, name, owner] = parts as [SignerName['kind'], string, string, string];
  return { kind, issuer, name, owner };
}

/** Returns the ref as the history keeps it: all tags are one value. */
export function refValue(ref: string): string {
  return ref.startsWith('refs/heads/') ? ref : ref.replace(/^(refs\/[^/]+\/).*$/s, '$1*');
}
