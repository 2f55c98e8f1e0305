/** The keys under which the index finds an entry. */

import { hash } from 'node:crypto';
import type { CertificateClaims, EntryClaims } from '../entries/index.ts';

/** The kinds of keys, with their numbers in the files. */
export const keyKinds = {
  /** `sha256:<hex>` */
  digest: 1,
  /** A subject alternative name. */
  name: 2,
  /** The OIDC issuer. */
  issuer: 3,
  /** SHA-256 of the SubjectPublicKeyInfo or other key, in hexadecimal. */
  key: 4,
  /** The URI of the source repository. */
  repository: 5,
  repositoryId: 6,
  ownerId: 7,
  /** SHA-256 of the certificate, in hexadecimal. */
  certificate: 8,
} as const;

export type KeyKind = keyof typeof keyKinds;

/** A key of the index. Letter case does not matter: the index compares all values in lower case. */
export interface IndexKey {
  readonly kind: KeyKind;
  readonly value: string;
}

/** The length of a key's hash in the files: 8 bytes. A hit is a candidate, whose full value is compared. */
export const keyLength = 8;

/** Returns the hash of a key: the first bytes of SHA-256 over the number of its kind and its value. */
export function keyHash(kind: KeyKind, value: string): Buffer {
  return Buffer.from(keyHashHex(kind, value), 'hex').subarray(0, keyLength);
}

/** Returns the whole SHA-256 of a key in hexadecimal, which Node computes in a third of the time that a buffer takes. */
export function keyHashHex(kind: KeyKind, value: string): string {
  return hash('sha256', `${keyKinds[kind]} ${value.toLowerCase()}`);
}

/** Passes each key of an entry to a function. It is called for millions of entries, and creates no list. */
export function forEachKey(claims: EntryClaims, add: (kind: KeyKind, value: string) => void): void {
  if (claims.type === 'unknown') return;
  if (claims.type === 'certificate') {
    addCertificate(claims.certificate, add);
    return;
  }
  for (const { algorithm, value } of claims.digests) add('digest', `${algorithm}:${value}`);
  for (const signer of claims.signers) {
    if (signer.kind === 'certificate') addCertificate(signer.certificate, add);
    else add('key', signer.keyHash);
  }
}

function addCertificate(certificate: CertificateClaims, add: (kind: KeyKind, value: string) => void): void {
  const { claims, keyHash, certificateHash } = certificate;
  for (const { value } of certificate.names) add('name', value);
  if (certificateHash !== undefined) add('certificate', certificateHash);
  if (keyHash !== undefined) add('key', keyHash);
  if (claims.issuer !== undefined) add('issuer', claims.issuer);
  if (claims.olderIssuer !== undefined) add('issuer', claims.olderIssuer);
  const repository = repositoryOf(certificate);
  if (repository !== undefined) add('repository', repository);
  if (claims.sourceRepositoryIdentifier !== undefined) add('repositoryId', claims.sourceRepositoryIdentifier);
  if (claims.sourceRepositoryOwnerIdentifier !== undefined) add('ownerId', claims.sourceRepositoryOwnerIdentifier);
}

/** Returns the URI of the source repository. Until 2023, certificates of GitHub's jobs had only its name. */
export function repositoryOf({ claims }: CertificateClaims): string | undefined {
  if (claims.sourceRepositoryUri !== undefined) return claims.sourceRepositoryUri;
  return claims.githubWorkflowRepository === undefined
    ? undefined
    : `https://github.com/${claims.githubWorkflowRepository}`;
}
