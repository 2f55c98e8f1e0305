/** Compares entries with a policy. */

import type { CertificateClaims, EntryClaims, EntrySigner } from '../entries/index.ts';
import type { LookAlikeFinder, NameKind } from '../look-alikes/index.ts';
import { IdentityIndex } from './identity-index.ts';
import { Needles } from './needles.ts';
import { spelledRepository, type WatchedRepository, type WatchPolicy } from './watch-policy.ts';

/** A part of a policy that an entry concerns. */
export interface WatchMatch {
  readonly what: 'repository' | 'owner' | 'identity' | 'issuer' | 'key' | 'digest' | 'look-alike' | 'needle';
  /** The value in the policy. */
  readonly value: string;
  /** The line in the policy file. */
  readonly line: number;
}

export interface WatchListOptions {
  /** The finder of the names that look like those of the policy. Without it, look-alikes are not matched. */
  readonly lookAlikes?: Pick<LookAlikeFinder, 'find'> | undefined;
}

const none: readonly WatchMatch[] = [];

/**
 * The values of a policy, in maps: an entry takes about the same time with ten thousand values as with one. Most entries match none.
 *
 * @example
 * const list = WatchList.of(policy, { lookAlikes: lookAlikeFinder(policy) });
 * list.match(readEntry('rekor-v2', bytes), bytes); // → [{ what: 'repository', value: 'octo/app', line: 3 }]
 */
export class WatchList {
  /** The start of the URLs of the policy's repositories, in lower case. */
  readonly #server: string;
  readonly #host: string;
  readonly #repositoryIds = new Map<string, WatchMatch>();
  readonly #repositoryNames = new Map<string, WatchMatch>();
  readonly #ownerIds = new Map<string, WatchMatch>();
  readonly #ownerNames = new Map<string, WatchMatch>();
  readonly #issuers = new Map<string, WatchMatch>();
  readonly #keys = new Map<string, WatchMatch>();
  readonly #digests = new Map<string, WatchMatch>();
  readonly #identities: IdentityIndex;
  readonly #watchesIdentities: boolean;
  readonly #lookAlikes: Pick<LookAlikeFinder, 'find'> | undefined;
  /** The lines of the names that others may imitate. */
  readonly #lines = new Map<string, number>();
  readonly #needles: Needles<WatchMatch>;

  private constructor(policy: WatchPolicy, { lookAlikes }: WatchListOptions) {
    this.#host = policy.host;
    this.#server = `https://${policy.host}/`;
    this.#lookAlikes = lookAlikes;
    this.#identities = new IdentityIndex(policy.identities);
    this.#watchesIdentities = policy.identities.length > 0;
    for (const each of policy.repositories) this.#addRepository(each);
    for (const { place, name, id } of policy.owners) {
      const match: WatchMatch = { what: 'owner', value: name, line: place.line };
      this.#ownerNames.set(name.toLowerCase(), match);
      if (id !== undefined) this.#ownerIds.set(id, match);
    }
    const values = [
      ['issuer', policy.issuers, this.#issuers],
      ['key', policy.keys, this.#keys],
      ['digest', policy.digests, this.#digests],
    ] as const;
    for (const [what, list, map] of values)
      for (const { place, value } of list) map.set(value.toLowerCase(), { what, value, line: place.line });
    this.#addProtectedLines(policy);
    this.#needles = new Needles(needlesOf(policy));
  }

  static of(policy: WatchPolicy, options: WatchListOptions = {}): WatchList {
    return new WatchList(policy, options);
  }

  #addRepository({ place, name, id }: WatchedRepository): void {
    const match: WatchMatch = { what: 'repository', value: name, line: place.line };
    this.#repositoryNames.set(name.toLowerCase(), match);
    if (id !== undefined) this.#repositoryIds.set(id, match);
  }

  #addProtectedLines({ host, repositories, owners, identities, protectedNames }: WatchPolicy): void {
    const add = (name: string | undefined, line: number): void => {
      const key = name?.toLowerCase();
      if (key !== undefined && !this.#lines.has(key)) this.#lines.set(key, line);
    };
    for (const { place, name } of [...owners, ...protectedNames]) add(name, place.line);
    for (const { place, name } of repositories) {
      add(spelledRepository(host, name), place.line);
      add(name.split('/', 1)[0], place.line);
    }
    for (const { place, value } of identities) {
      add(value, place.line);
      const [owner, repository] = value.replace(/^https:\/\/[^/]+\//, '').split('/');
      add(owner, place.line);
      add(spelledRepository(host, `${owner}/${repository}`), place.line);
    }
  }

  /**
   * Returns the parts of the policy that an entry concerns: none for most entries.
   *
   * @param bytes the entry, which is searched if parts of it cannot be read
   */
  match(claims: EntryClaims, bytes: Uint8Array): readonly WatchMatch[] {
    const found: WatchMatch[] = [];
    if (claims.type === 'certificate') this.#matchCertificate(claims.certificate, found);
    else if (claims.type === 'signature') {
      if (this.#digests.size > 0)
        for (const { algorithm, value } of claims.digests) push(found, this.#digests.get(`${algorithm}:${value}`));
      for (const signer of claims.signers) this.#matchSigner(signer, found);
    }
    if (claims.problems.length > 0 && found.length === 0)
      for (const match of this.#needles.search(bytes)) push(found, match);
    return found.length === 0 ? none : found;
  }

  #matchSigner(signer: EntrySigner, found: WatchMatch[]): void {
    if (signer.kind === 'certificate') this.#matchCertificate(signer.certificate, found);
    else push(found, this.#keys.get(signer.keyHash));
  }

  #matchCertificate(certificate: CertificateClaims, found: WatchMatch[]): void {
    const { claims, keyHash, names } = certificate;
    const path = this.#pathOf(certificate);
    const isOwn = path !== undefined && this.#matchSource(certificate, path, found);
    for (const issuer of [claims.issuer, claims.olderIssuer])
      if (issuer !== undefined && this.#issuers.size > 0) push(found, this.#issuers.get(issuer.toLowerCase()));
    if (keyHash !== undefined) push(found, this.#keys.get(keyHash));
    if (this.#watchesIdentities) for (const { value } of names) this.#matchName(value, certificate, found);
    if (!isOwn && this.#lookAlikes !== undefined) this.#matchLookAlikes(certificate, path, found);
  }

  /**
   * Returns the path of the source repository on the server of the policy, in lower case: `owner/name`. Without that claim, which old and
   * forged certificates lack, the workflow of a subject alternative name counts. Returns `''` if the certificate names neither, and undefined
   * for another server.
   */
  #pathOf({ claims, names }: CertificateClaims): string | undefined {
    const { sourceRepositoryUri: uri, githubWorkflowRepository: older } = claims;
    if (uri !== undefined) {
      const lower = uri.toLowerCase();
      return lower.startsWith(this.#server) ? lower.slice(this.#server.length) : undefined;
    }
    // Certificates of that time had no other host.
    if (older !== undefined && this.#host === 'github.com') return older.toLowerCase();
    for (const { value } of names) {
      const lower = value.toLowerCase();
      if (!lower.startsWith(this.#server)) continue;
      const [owner = '', name = ''] = lower.slice(this.#server.length).split('/', 2);
      return `${owner}/${name}`;
    }
    return '';
  }

  /** Matches the source repository and its owner: each by its ID first. Returns true if either is of the policy. */
  #matchSource({ claims }: CertificateClaims, path: string, found: WatchMatch[]): boolean {
    const { sourceRepositoryIdentifier: id, sourceRepositoryOwnerIdentifier: ownerId } = claims;
    const repository = (id && this.#repositoryIds.get(id)) || this.#repositoryNames.get(path);
    const slash = path.indexOf('/');
    const ownerName = slash === -1 ? path : path.slice(0, slash);
    const owner = (ownerId && this.#ownerIds.get(ownerId)) || this.#ownerNames.get(ownerName);
    push(found, repository);
    push(found, owner);
    return repository !== undefined || owner !== undefined;
  }

  #matchName(name: string, { claims }: CertificateClaims, found: WatchMatch[]): void {
    for (const { value, place, issuer } of this.#identities.find(name) ?? []) {
      const expected = issuer?.toLowerCase();
      const isIssuer =
        expected === undefined ||
        expected === claims.issuer?.toLowerCase() ||
        expected === claims.olderIssuer?.toLowerCase();
      if (isIssuer) push(found, { what: 'identity', value, line: place.line });
    }
  }

  #matchLookAlikes(certificate: CertificateClaims, path: string | undefined, found: WatchMatch[]): void {
    const { sourceRepositoryUri: uri, sourceRepositoryOwnerIdentifier } = certificate.claims;
    // IDs of other servers mean other owners.
    const ownerId = path === undefined ? undefined : sourceRepositoryOwnerIdentifier;
    const name = path === undefined ? uri?.replace(/^https?:\/\//, '') : spelledRepository(this.#host, path);
    if (name?.includes('/')) {
      this.#matchLookAlike('repo', name, ownerId, found);
      if (path !== undefined) this.#matchLookAlike('owner', path.slice(0, path.indexOf('/')), ownerId, found);
    }
    for (const { kind, value } of certificate.names) {
      if (kind === 'uri') this.#matchLookAlike('workflow', value, ownerId, found);
      else if (kind === 'dns') this.#matchLookAlike('domain', value, undefined, found);
      else if (kind === 'email') {
        this.#matchLookAlike('email', value, undefined, found);
        this.#matchLookAlike('domain', value.slice(value.lastIndexOf('@') + 1), undefined, found);
      }
    }
  }

  #matchLookAlike(kind: NameKind, name: string, ownerId: string | undefined, found: WatchMatch[]): void {
    const { alert, target } = this.#lookAlikes?.find({ kind, name, ownerId }) ?? {};
    // A name that misleads but imitates no name of the policy does not concern it.
    if (alert !== true || target === undefined) return;
    push(found, { what: 'look-alike', value: target, line: this.#lines.get(target.toLowerCase()) ?? 1 });
  }
}

function push(found: WatchMatch[], match: WatchMatch | undefined): void {
  if (match === undefined) return;
  if (!found.some(({ what, value }) => what === match.what && value === match.value)) found.push(match);
}

/** Returns the texts and bytes that an entry about a value of the policy contains. */
function* needlesOf(policy: WatchPolicy): Generator<readonly [Uint8Array, WatchMatch]> {
  const needle = (text: string, value: string, line: number): readonly [Uint8Array, WatchMatch] => [
    Buffer.from(text),
    { what: 'needle', value, line },
  ];
  for (const { name, place } of policy.repositories) yield needle(name, name, place.line);
  for (const { name, place } of policy.owners) yield needle(`${policy.host}/${name}/`, name, place.line);
  for (const { match, value, place } of policy.identities)
    yield needle(match === 'glob' ? longestFixed(value) : value, value, place.line);
  for (const { value, place } of policy.issuers) yield needle(value, value, place.line);
  for (const { value, place } of [...policy.keys, ...policy.digests]) {
    const hex = value.slice(value.indexOf(':') + 1);
    yield needle(hex, value, place.line);
    yield [Buffer.from(hex, 'hex'), { what: 'needle', value, line: place.line }];
  }
}

/** Returns the longest part of a pattern without a star. */
function longestFixed(pattern: string): string {
  return pattern.split(/[*?]+/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
