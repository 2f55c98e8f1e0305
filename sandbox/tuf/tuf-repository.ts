/** A TUF repository with consistent snapshots (TUF specification, section 6), kept as Sigstore keeps its own. */

import { decodeUtf8, encodeHex, type JsonObject } from '../../src/core/encoding/index.ts';
import { type HttpResponse, type Route, refuse } from '../http/index.ts';
import { hashOf, type KeyKind, keptSigningKey } from '../pki/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';
import { encodeMetadata, fileInfo, type MetadataChanges, type Role, type RoleName, rootContent } from './metadata.ts';
import { type TufKey, tufKey } from './tuf-key.ts';

export interface TufRepositoryOptions {
  readonly sources: Sources;
  /** By their names. */
  readonly targets?: Readonly<Record<string, Uint8Array>>;
  /** P-256 by default, as Sigstore's are; Ed25519 is the other that clients know. */
  readonly kind?: KeyKind;
  /** A week by default; negative for one that has ended. */
  readonly timestampLifetimeSeconds?: number;
  /** Where it is kept, keys and all; by default in memory. What is there is gone on with. */
  readonly storage?: Storage;
}

/** What of each file is to be otherwise, this once. */
export type PublishChanges = Partial<Record<Exclude<RoleName, 'root'>, MetadataChanges>>;

const oneWeek = 7 * 24 * 3600;
const oneYear = 365 * 24 * 3600;

/**
 * Root and targets need two of three keys; snapshot and timestamp share one that is online.
 *
 * @example
 * const repository = new TufRepository({ sources, targets: { 'trusted_root.json': bytes } });
 * repository.rotateRoot();
 * repository.publish({ timestamp: { expires: new Date(0) } }); // expired
 * repository.publish({ snapshot: { signers: [tufKey(generateSigningKey('P-256'))] } }); // by nobody
 * repository.files.set('timestamp.json', older); // rolled back
 */
export class TufRepository {
  /** What is served, by its path. Anything can be put here. */
  readonly files: Map<string, Uint8Array>;
  readonly #sources: Sources;
  readonly #storage: Storage;
  readonly #keys: Storage;
  readonly #kind: KeyKind;
  readonly #timestampLifetime: number;
  readonly #targets: Map<string, Uint8Array>;
  readonly #versions: Record<RoleName, number>;
  #offline: Role;
  #online: Role;
  #current: { readonly timestamp: Uint8Array; readonly until: Date } | undefined;

  constructor({
    sources,
    targets = {},
    kind = 'P-256',
    storage = new MemoryStorage(),
    ...options
  }: TufRepositoryOptions) {
    this.#sources = sources;
    this.#storage = storage;
    this.#keys = storage.folder('keys');
    this.#kind = kind;
    this.#timestampLifetime = options.timestampLifetimeSeconds ?? oneWeek;
    this.#targets = new Map(Object.entries(targets));
    this.files = readFiles(storage);
    this.#versions = readVersions(this.files);
    const { root } = this.#versions;
    if (root === 0) {
      this.#offline = { keys: this.#keysOfRoot(1, 'offline'), threshold: 2 };
      this.#online = { keys: this.#keysOfRoot(1, 'online'), threshold: 1 };
      this.#publishRoot(this.#offline.keys, {});
    } else {
      const names = this.#keys.names().filter((name) => name.endsWith('.key'));
      const known = names.map((name) => this.#key(name.slice(0, -'.key'.length)));
      const listed = readRoot(this.root(root));
      this.#offline = { keys: known.filter(({ id }) => listed.root.includes(id)), threshold: 2 };
      this.#online = { keys: known.filter(({ id }) => listed.timestamp.includes(id)), threshold: 1 };
      if (listed.expires < secondsAfter(sources.clock(), oneYear / 2)) this.#publishRoot(this.#offline.keys, {});
    }
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
    const next = this.rootVersion + 1;
    this.#offline = { ...this.#offline, keys: this.#keysOfRoot(next, 'offline') };
    if (online) this.#online = { ...this.#online, keys: this.#keysOfRoot(next, 'online') };
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
    for (const [name, bytes] of this.#targets) this.#put(hashedPath(name, bytes), bytes);
    const targets = { targets: Object.fromEntries([...this.#targets].map(([name, bytes]) => [name, fileInfo(bytes)])) };
    const targetsFile = this.#publish('targets', oneYear, targets, changes.targets);
    const snapshot = { meta: { 'targets.json': { version: this.#versions.targets, ...fileInfo(targetsFile) } } };
    const snapshotFile = this.#publish('snapshot', oneYear, snapshot, changes.snapshot);
    this.#publishTimestamp(snapshotFile, changes.timestamp);
  }

  /** The repository, under this path. */
  routes(path: string): readonly Route[] {
    const handle = ({ url }: { readonly url: URL }) => this.#serve(url.pathname.slice(path.length + 1));
    return [{ method: 'GET', path: `${path}/*`, handle }];
  }

  #serve(path: string): HttpResponse {
    if (path === 'timestamp.json') this.#renew();
    const body = this.files.get(path) ?? refuse('notFound', 'Not Found');
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }

  #publishRoot(signers: readonly TufKey[], changes: MetadataChanges): void {
    this.#publish('root', oneYear, rootContent(this.#roles()), { signers, ...changes });
  }

  #publish(role: RoleName, lifetime: number, content: JsonObject, changes: MetadataChanges = {}): Uint8Array {
    this.#versions[role] += 1;
    const version = this.#versions[role];
    const expires = secondsAfter(this.#sources.clock(), lifetime);
    const file = encodeMetadata({ role, version, expires, content, signers: this.keysOf(role) }, changes);
    this.#put(role === 'timestamp' ? 'timestamp.json' : `${version}.${role}.json`, file);
    return file;
  }

  #publishTimestamp(snapshotFile: Uint8Array, changes?: MetadataChanges): void {
    const content = { meta: { 'snapshot.json': { version: this.#versions.snapshot, ...fileInfo(snapshotFile) } } };
    const timestamp = this.#publish('timestamp', this.#timestampLifetime, content, changes);
    const lifetime = this.#timestampLifetime;
    // One that was to be expired from the start stays as it is.
    this.#current = lifetime < 0 ? undefined : { timestamp, until: secondsAfter(this.#sources.clock(), lifetime / 2) };
  }

  /** A sandbox that runs for weeks signs its timestamp anew, unless something else was put in its place. */
  #renew(): void {
    const current = this.#current;
    if (current === undefined || this.files.get('timestamp.json') !== current.timestamp) return;
    const snapshot = this.files.get(`${this.#versions.snapshot}.snapshot.json`);
    if (snapshot !== undefined && this.#sources.clock() > current.until) this.#publishTimestamp(snapshot);
  }

  #put(path: string, bytes: Uint8Array): void {
    this.files.set(path, bytes);
    const [, folder, name = path] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
    (folder === undefined ? this.#storage : this.#storage.folder(folder)).write(name, bytes);
  }

  #roles(): Readonly<Record<RoleName, Role>> {
    return { root: this.#offline, targets: this.#offline, snapshot: this.#online, timestamp: this.#online };
  }

  /** The keys that came with a version of the root: three that are offline, or the one online. Made if they are not there. */
  #keysOfRoot(version: number, role: 'offline' | 'online'): readonly TufKey[] {
    const names = role === 'online' ? ['online'] : ['offline-1', 'offline-2', 'offline-3'];
    return names.map((name) => this.#key(`root-${version}-${name}`));
  }

  #key(name: string): TufKey {
    return tufKey(keptSigningKey(this.#keys, name, this.#kind));
  }
}

function readFiles(storage: Storage): Map<string, Uint8Array> {
  const targets = storage.folder('targets');
  const file = (folder: Storage, name: string) => folder.read(name) ?? new Uint8Array();
  return new Map([
    ...storage.names().map((name) => [name, file(storage, name)] as const),
    ...targets.names().map((name) => [`targets/${name}`, file(targets, name)] as const),
  ]);
}

/** The highest version of each role, 0 for none. */
function readVersions(files: ReadonlyMap<string, Uint8Array>): Record<RoleName, number> {
  const names = [...files.keys()].map((path) => path.split('.'));
  const latest = (role: RoleName): number =>
    Math.max(0, ...names.map(([version, name, type]) => (name === role && type === 'json' ? Number(version) : 0)));
  const timestamp = files.get('timestamp.json');
  return {
    root: latest('root'),
    targets: latest('targets'),
    snapshot: latest('snapshot'),
    timestamp: timestamp === undefined ? 0 : JSON.parse(decodeUtf8(timestamp) ?? '').signed.version,
  };
}

function readRoot(root: string): {
  readonly root: readonly string[];
  readonly timestamp: readonly string[];
  readonly expires: Date;
} {
  const { roles, expires } = JSON.parse(root).signed;
  return { root: roles.root.keyids, timestamp: roles.timestamp.keyids, expires: new Date(expires) };
}

/** The path of a target: its hash before the last part of its name. */
function hashedPath(name: string, bytes: Uint8Array): string {
  return `targets/${name}`.replace(/[^/]*$/, (last) => `${encodeHex(hashOf('sha256', bytes))}.${last}`);
}
