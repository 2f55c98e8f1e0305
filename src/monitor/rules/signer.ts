/** The claims of certificates as the rules compare them. */

import { plainUrl } from '../../core/encoding/index.ts';
import type { WatchedRepository, WatchPolicy } from '../watch-policy/index.ts';
import type { RuleContext } from './rule.ts';
import type { CertifiedSigner, WatchedEntry, WatchedSigner } from './watched-entry.ts';

/** The clocks of the services may differ by this much, in milliseconds. */
export const clockSkew = 10_000;
export const hour = 3_600_000;
export const day = 24 * hour;

/** Returns the signers with a certificate that an authority issued. Other certificates state any name. */
export function issuedSigners({ signers }: WatchedEntry): readonly CertifiedSigner[] {
  return signers.filter((signer) => signer.kind === 'certificate' && signer.isIssued !== false) as CertifiedSigner[];
}

/** Returns the time of a signature: the one that the log states, or the start of the certificate, which is seconds before. */
export function signedAt({ loggedAt, seenAt }: WatchedEntry, signer?: WatchedSigner): Date {
  return loggedAt ?? (signer?.kind === 'certificate' ? signer.notBefore : undefined) ?? seenAt;
}

export interface RepositoryAddress {
  /** `github.com`. */
  readonly host: string;
  /** `octo/app`, as the certificate spells it. */
  readonly name: string;
}

/** Returns the source repository of a certificate. */
export function repositoryOf({ claims }: CertifiedSigner): RepositoryAddress | undefined {
  const [, host, name] = /^https:\/\/([^/]+)\/(.+)$/.exec(claims.sourceRepositoryUri ?? '') ?? [];
  return host === undefined || name === undefined ? undefined : { host: host.toLowerCase(), name };
}

/** Returns the name of the source repository, for texts. */
export function repositoryName(signer: CertifiedSigner): string {
  return repositoryOf(signer)?.name ?? 'the repository';
}

/** Returns the owner of the source repository: `octo`. */
export function ownerOf(signer: CertifiedSigner): string | undefined {
  return lastSegment(signer.claims.sourceRepositoryOwnerUri) ?? repositoryOf(signer)?.name.split('/')[0];
}

function lastSegment(url: string | undefined): string | undefined {
  return url?.split('/').at(-1);
}

export function sameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

export interface WorkflowAddress {
  readonly host: string;
  /** `octo/app`. */
  readonly repository: string;
  /** `.github/workflows/release.yml`. */
  readonly path: string;
  readonly ref: string;
}

/** Parses the URL of a workflow with its ref. A file name may contain `@` too; a ref begins with `refs/`, or is a commit. */
export function workflowAt(url: string | undefined): WorkflowAddress | undefined {
  if (url === undefined) return undefined;
  const [, host, repository, path, ref] =
    /^https:\/\/([^/]+)\/([^/]+\/[^/]+)\/(.+?)@(refs\/.+|[0-9a-f]{40}|[0-9a-f]{64})$/s.exec(plainUrl(url) ?? url) ?? [];
  return host === undefined || repository === undefined || path === undefined || ref === undefined
    ? undefined
    : { host, repository, path, ref };
}

/** Returns the workflow that the run belongs to. That of a reusable workflow is in the claim `buildSignerUri`. */
export function workflowOf({ claims }: CertifiedSigner): WorkflowAddress | undefined {
  return workflowAt(claims.buildConfigUri);
}

export interface RunAddress {
  /** `octo/app`. */
  readonly repository: string;
  readonly id: string;
  readonly attempt: number;
}

/** Returns the attempt of a run of GitHub Actions in which a certificate was issued. `undefined` for other CI systems. */
export function runOf({ claims }: CertifiedSigner): RunAddress | undefined {
  const [, repository, id, attempt] =
    /^https:\/\/[^/]+\/([^/]+\/[^/]+)\/actions\/runs\/(\d{1,20})\/attempts\/(\d{1,6})$/.exec(
      claims.runInvocationUri ?? '',
    ) ?? [];
  return repository === undefined || id === undefined ? undefined : { repository, id, attempt: Number(attempt) };
}

/** Reports whether a certificate is of a job on the host of the policy. Other hosts have repositories with the same names and ids. */
export function isGitHubJob(signer: CertifiedSigner, { host }: Pick<WatchPolicy, 'host'>): boolean {
  return repositoryOf(signer)?.host === host;
}

/** The name of a signer without its ref, with the OIDC issuer. */
export interface SignerName {
  readonly kind: 'uri' | 'email' | 'key' | 'other';
  /** Empty for a key. */
  readonly issuer: string;
  readonly name: string;
  /** The owner of the source repository, the e-mail address, or the name itself: two owners are unrelated. */
  readonly owner: string;
}

/** Returns the name of a signer: its first subject alternative name without its ref, or its key. */
export function signerName(signer: WatchedSigner): SignerName {
  if (signer.kind === 'key') return { kind: 'key', issuer: '', name: signer.keyHash, owner: signer.keyHash };
  const { value = '', kind } = signer.names[0] ?? {};
  const issuer = signer.claims.issuer ?? '';
  if (kind !== 'uri')
    return { kind: kind === 'email' ? 'email' : 'other', issuer, name: value, owner: value.toLowerCase() };
  const at = workflowAt(value);
  const name = at === undefined ? value : `https://${at.host}/${at.repository}/${at.path}`;
  const host = repositoryOf(signer)?.host ?? at?.host;
  const owner = ownerOf(signer) ?? at?.repository.split('/')[0];
  return {
    kind: 'uri',
    issuer,
    name,
    owner: (host === undefined || owner === undefined ? name : `${host}/${owner}`).toLowerCase(),
  };
}

/** A repository that the policy watches, with what is expected of it. */
export interface OwnRepository {
  readonly signer: CertifiedSigner;
  /** Undefined if the policy watches the repository only by its owner or by the identity of a workflow. */
  readonly watched: WatchedRepository | undefined;
}

/**
 * Returns the signers whose source repository is one of the policy: by itself, by its owner, or by an identity. A reusable workflow of the
 * policy that signs for another repository is not among them.
 */
export function ownSigners(
  entry: WatchedEntry,
  context: Pick<RuleContext, 'policy' | 'repository'>,
): readonly OwnRepository[] {
  const issued = issuedSigners(entry);
  return issued.flatMap((signer) => {
    const { policy, repository } = context;
    // The signers of an entry can be of several repositories of the policy.
    const others = issued.length > 1 ? policy.repositories : [];
    const watched = [repository, ...others].find((one) => isOf(signer, policy, one));
    return watched !== undefined || isOwn(signer, context) ? [{ signer, watched }] : [];
  });
}

function isOf(signer: CertifiedSigner, policy: WatchPolicy, repository: WatchedRepository | undefined): boolean {
  if (repository === undefined || !isGitHubJob(signer, policy)) return false;
  const { id, name } = repository;
  return (
    (id !== undefined && id === signer.claims.sourceRepositoryIdentifier) || sameName(repositoryOf(signer)?.name, name)
  );
}

function isOwn(signer: CertifiedSigner, { policy }: Pick<RuleContext, 'policy'>): boolean {
  const { sourceRepositoryOwnerIdentifier: ownerId, sourceRepositoryUri: uri } = signer.claims;
  if (uri === undefined) return false;
  const isOfGitHub = isGitHubJob(signer, policy);
  const owner = ownerOf(signer);
  return (
    (isOfGitHub && policy.owners.some(({ id, name }) => (id === undefined ? sameName(owner, name) : id === ownerId))) ||
    policy.identities.some(({ value }) => sameName(repositoryUrlOf(value), uri))
  );
}

/** Returns the URL of the repository in the name of a workflow. */
function repositoryUrlOf(identity: string): string | undefined {
  return /^https:\/\/[^/]+\/[^/*]+\/[^/*]+/.exec(identity)?.[0];
}

/** Returns a digest as facts and policies write it. */
export function digestText({ algorithm, value }: { readonly algorithm: string; readonly value: string }): string {
  return `${algorithm}:${value}`;
}
