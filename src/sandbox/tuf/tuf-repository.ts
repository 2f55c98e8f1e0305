/** A TUF repository with consistent snapshots (TUF specification, section 6), kept as Sigstore keeps its own. */

import { decodeUtf8, encodeHex, type JsonObject } from '../../core/encoding/index.ts';
import { type HttpResponse, type Route, refuse } from '../http/index.ts';
import { generateSigningKey, hashOf, type KeyKind } from '../pki/index.ts';
import { secondsAfter, type World } from '../world.ts';
import { encodeMetadata, fileInfo, type MetadataChanges, type Role, type RoleName, rootContent } from './metadata.ts';
import { type TufKey, tufKey } from './tuf-key.ts';

export interface TufRepositoryOptions {
  readonly world: World;
  /** By their names. */
  readonly targets?: Readonly<Record<string, Uint8Array>>;
  /** P-256 by default, as Sigstore's are; Ed25519 is the other that clients know. */
  readonly kind?: KeyKind;
  /** A week by default; negative for one that has ended. */
  readonly timestampLifetimeSeconds?: number;
}

/** What of each file is to be otherwise, this once. */
export type PublishChanges = Partial<Record<Exclude<RoleName, 'root'>, MetadataChanges>>;

const oneWeek = 7 * 24 * 3600;
const oneYear = 365 * 24 * 3600;

/**
 * Root and targets need two of three keys; snapshot and timestamp share one that is online.
 *
 * @example
 * const repository = new TufRepository({ world, targets: { 'trusted_root.json': bytes } });
 * repository.rotateRoot();
 * repository.publish({ timestamp: { expires: new Date(0) } }); // expired
 * repository.publish({ snapshot: { signers: [tufKey(generateSigningKey('P-256'))] } }); // by nobody
 * repository.files.set('timestamp.json', older); // rolled back
 */
export class TufRepository {
  /** What is served, by its path. Anything can be put here. */
  readonly files = new Map<string, Uint8Array>();
  readonly #world: World;
  readonly #kind: KeyKind;
  readonly #timestampLifetime: number;
  readonly #targets: Map<string, Uint8Array>;
  readonly #versions = { root: 0, targets: 0, snapshot: 0, timestamp: 0 };
  #offline: Role;
  #online: Role;

  constructor({ world, targets = {}, kind = 'P-256', timestampLifetimeSeconds = oneWeek }: TufRepositoryOptions) {
    this.#world = world;
    this.#kind = kind;
    this.#timestampLifetime = timestampLifetimeSeconds;
    this.#targets = new Map(Object.entries(targets));
    this.#offline = { keys: this.#freshKeys(3), threshold: 2 };
    this.#online = { keys: this.#freshKeys(1), threshold: 1 };
    this.#publishRoot(this.#offline.keys, {});
    this.publish();
  }

  /** The first root, which a client is given to start from. */
  get rootJson(): string {
    return this.root(1);
  }

  get rootVersion(): number {
    return this.#versions.root;
  }

  /** @throws RangeError if there is no such version */
  root(version: number): string {
    const text = decodeUtf8(this.files.get(`${version}.root.json`) ?? new Uint8Array());
    if (!text) throw new RangeError(`no root ${version}`);
    return text;
  }

  /** The keys of a role, as they are now. */
  keysOf(role: RoleName): readonly TufKey[] {
    return this.#roles()[role].keys;
  }

  /** Replaces every key, the online one too unless told otherwise, by a root that the old keys and the new have signed. */
  rotateRoot(changes: MetadataChanges = {}, { online = true } = {}): void {
    const old = this.#offline.keys;
    this.#offline = { ...this.#offline, keys: this.#freshKeys(3) };
    if (online) this.#online = { ...this.#online, keys: this.#freshKeys(1) };
    this.#publishRoot([...old, ...this.#offline.keys], changes);
    this.publish();
  }

  /** Puts a target in place of the one of this name, or beside the others, and publishes it. */
  setTarget(name: string, bytes: Uint8Array): void {
    this.#targets.set(name, bytes);
    this.publish();
  }

  /** Publishes the next versions of targets, snapshot and timestamp. */
  publish(changes: PublishChanges = {}): void {
    for (const [name, bytes] of this.#targets) this.files.set(hashedPath(name, bytes), bytes);
    const targets = { targets: Object.fromEntries([...this.#targets].map(([name, bytes]) => [name, fileInfo(bytes)])) };
    const targetsFile = this.#publish('targets', oneYear, targets, changes.targets);
    const snapshot = { meta: { 'targets.json': { version: this.#versions.targets, ...fileInfo(targetsFile) } } };
    const snapshotFile = this.#publish('snapshot', oneYear, snapshot, changes.snapshot);
    const timestamp = { meta: { 'snapshot.json': { version: this.#versions.snapshot, ...fileInfo(snapshotFile) } } };
    this.#publish('timestamp', this.#timestampLifetime, timestamp, changes.timestamp);
  }

  /** The repository, under this path. */
  routes(path: string): readonly Route[] {
    const handle = ({ url }: { readonly url: URL }) => this.#serve(url.pathname.slice(path.length + 1));
    return [{ method: 'GET', path: `${path}/*`, handle }];
  }

  #serve(path: string): HttpResponse {
    const body = this.files.get(path) ?? refuse('notFound', 'Not Found');
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }

  #publishRoot(signers: readonly TufKey[], changes: MetadataChanges): void {
    this.#publish('root', oneYear, rootContent(this.#roles()), { signers, ...changes });
  }

  #publish(role: RoleName, lifetime: number, content: JsonObject, changes: MetadataChanges = {}): Uint8Array {
    this.#versions[role] += 1;
    const version = this.#versions[role];
    const expires = secondsAfter(this.#world.clock(), lifetime);
    const file = encodeMetadata({ role, version, expires, content, signers: this.keysOf(role) }, changes);
    this.files.set(role === 'timestamp' ? 'timestamp.json' : `${version}.${role}.json`, file);
    return file;
  }

  #roles(): Readonly<Record<RoleName, Role>> {
    return { root: this.#offline, targets: this.#offline, snapshot: this.#online, timestamp: this.#online };
  }

  #freshKeys(count: number): readonly TufKey[] {
    return Array.from({ length: count }, () => tufKey(generateSigningKey(this.#kind)));
  }
}

/** The path of a target: its hash before the last part of its name. */
function hashedPath(name: string, bytes: Uint8Array): string {
  return `targets/${name}`.replace(/[^/]*$/, (last) => `${encodeHex(hashOf('sha256', bytes))}.${last}`);
}
