/** The conditions of a search, and the entries that meet them. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import type { CertificateClaims, EntryClaims } from '../../monitor/entries/index.ts';
import { type IndexKey, type IndexQuery, repositoryOf } from '../../monitor/search-index/index.ts';

/** The conditions. An entry must meet all of them. Letter case does not matter. */
export interface SearchQuery {
  /** Any of these digests, such as those of a file in several algorithms. */
  readonly digests: readonly Digest[];
  /** A subject alternative name. */
  readonly identity: string | undefined;
  /** The OIDC issuer. */
  readonly issuer: string | undefined;
  /** The URI of the source repository. */
  readonly repository: string | undefined;
  readonly key: SearchedKey | undefined;
}

export interface SearchedKey {
  /** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal. */
  readonly keyHash: string;
  /** SubjectPublicKeyInfo, DER; `undefined` if only the hash is known. */
  readonly spki: Uint8Array | undefined;
}

/** Returns the query of the local index. The rarest keys come first. */
export function indexQuery({ digests, identity, issuer, repository, key }: SearchQuery): IndexQuery {
  const one = (kind: IndexKey['kind'], value: string | undefined): IndexQuery =>
    value === undefined ? [] : [[{ kind, value }]];
  return [
    ...(digests.length === 0
      ? []
      : [digests.map((digest) => ({ kind: 'digest', value: formatDigest(digest) }) as const)]),
    ...one('key', key?.keyHash),
    ...one('name', identity),
    ...one('repository', repository),
    ...one('issuer', issuer),
  ];
}

/** Returns the conditions for people. */
export function conditionsOf({ digests, identity, issuer, repository, key }: SearchQuery): readonly string[] {
  const [digest] = digests;
  return [
    ...(digest === undefined ? [] : [`digest ${formatDigest(digest)}`]),
    ...(key === undefined ? [] : [`key sha256:${key.keyHash}`]),
    ...(identity === undefined ? [] : [`identity ${identity}`]),
    ...(repository === undefined ? [] : [`repository ${repository}`]),
    ...(issuer === undefined ? [] : [`issuer ${issuer}`]),
  ];
}

/** The claims of an entry that could be read. */
export type ReadableClaims = Exclude<EntryClaims, { readonly type: 'unknown' }>;

/** Reports whether an entry meets the conditions. One signer must meet all that are about the signer. */
export function meets(claims: EntryClaims, query: SearchQuery): claims is ReadableClaims {
  if (claims.type === 'unknown') return false;
  if (claims.type === 'certificate') return query.digests.length === 0 && isCertificate(claims.certificate, query);
  const wanted = query.digests.map(formatDigest);
  const isDigest = claims.digests.some(({ algorithm, value }) => wanted.includes(`${algorithm}:${value}`));
  if (wanted.length > 0 && !isDigest) return false;
  if (!asksForSigner(query)) return true;
  return claims.signers.some((signer) =>
    signer.kind === 'certificate'
      ? isCertificate(signer.certificate, query)
      : !asksForCertificate(query) && signer.keyHash === query.key?.keyHash,
  );
}

/** Reports whether the conditions can be met by the entries of a certificate log, which have no digests. */
export function concernsCertificates(query: SearchQuery): boolean {
  return query.digests.length === 0;
}

function asksForCertificate({ identity, issuer, repository }: SearchQuery): boolean {
  return [identity, issuer, repository].some((one) => one !== undefined);
}

function asksForSigner(query: SearchQuery): boolean {
  return query.key !== undefined || asksForCertificate(query);
}

function isCertificate(certificate: CertificateClaims, { identity, issuer, repository, key }: SearchQuery): boolean {
  const { names, claims, keyHash } = certificate;
  const equals = (wanted: string, ...found: readonly (string | undefined)[]): boolean =>
    found.some((one) => one?.toLowerCase() === wanted.toLowerCase());
  return (
    (key === undefined || keyHash === key.keyHash) &&
    (identity === undefined || equals(identity, ...names.map(({ value }) => value))) &&
    (issuer === undefined || equals(issuer, claims.issuer, claims.olderIssuer)) &&
    (repository === undefined || equals(repository, repositoryOf(certificate)))
  );
}
