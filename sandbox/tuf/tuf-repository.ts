/** A TUF repository with consistent snapshots (TUF specification, section 6), with the roles and keys of Sigstore's own. */

import { decodeUtf8, encodeHex, type JsonObject } from '../../src/core/encoding/index.ts';
import { type HttpResponse, type Route, refuse } from '../http/index.ts';
import { hashOf, type KeyKind, keptSigningKey } from '../pki/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';
import { encodeMetadata, fileInfo, type MetadataChanges, type RoleName, rootContent } from './metadata.ts';
import { type TufKey, tufKey } from './tuf-key.ts';

export interface TufRepositoryOptions {
  readonly sources: Sources;
  /** The targets by their names. */
  readonly targets?: Readonly<Record<string, Uint8Array>>;
  /** By default P-256, as Sigstore's; Ed25519 is the other kind that clients know. */
  readonly kind?: KeyKind;
  /** A week by default. A negative lifetime makes timestamps that have expired. */
  readonly timestampLifetimeSeconds?: number;
  /** The storage of metadata, targets and keys, which the repository continues; by default in memory. */
  readonly storage?: Storage;
}

/** Changes to the files of one publication. */
export type PublishChanges = Partial<Record<Exclude<RoleName, 'root'>, MetadataChanges>>;

const oneWeek = 7 * 24 * 3600;
const oneYear = 365 * 24 * 3600;

/** The keys of a version of the root: those of root and targets, and the one of snapshot and timestamp. */
const keyNames = { offline: ['offline-1', 'offline-2', 'offline-3'], online: ['online'] } as const;

/**
 * @example
 * const repository = new TufRepository({ sources, targets: { 'trusted_root.json': bytes } });
 * repository.rotateRoot();
 * repository.publish({ timestamp: { expires: new Date(0) } }); // expired
 * repository.publish({ snapshot: { signers: [tufKey(generateSigningKey('P-256'))] } }); // by another key
 * repository.files.set('timestamp.json', older); // rolled back
 */
export class TufRepository {
  /** The served files by their paths. Any file can be put here. */
  readonly files: Map<string, Uint8Array>;
  readonly #sources: Sources;
  readonly #storage: Storage;
  readonly #kind: KeyKind;
  readonly #timestampLifetime: number;
  readonly #targets: Map<string, Uint8Array>;
  readonly #versions: Record<RoleName, number>;
  #keys: Readonly<Record<keyof typeof keyNames, readonly TufKey[]>>;
  #current: { readonly timestamp: Uint8Array; readonly until: Date } | undefined;

  constructor(options: TufRepositoryOptions) {
    const { sources, targets = {}, storage = new MemoryStorage() } = options;
    this.#sources = sources;
    this.#storage = storage;
    this.#kind = options.kind ?? 'P-256';
    this.#timestampLifetime = options.timestampLifetimeSeconds ?? oneWeek;
    this.#targets = new Map(Object.entries(targets));
    this.files = readFiles(storage);
    this.#versions = readVersions(this.files);
    if (this.rootVersion === 0) {
      this.#keys = { offline: this.#keysOfRoot(1, 'offline'), online: this.#keysOfRoot(1, 'online') };
      this.#publishRoot();
    } else {
      const names = storage.folder('keys').names();
      const known = names.filter((name) => name.endsWith('.key')).map((name) => this.#key(name.slice(0, -4)));
      const { roles, expires } = JSON.parse(this.root(this.rootVersion)).signed;
      this.#keys = {
        offline: known.filter(({ id }) => roles.root.keyids.includes(id)),
        online: known.filter(({ id }) => roles.timestamp.keyids.includes(id)),
      };
      if (new Date(expires) < secondsAfter(sources.clock(), oneYear / 2)) this.#publishRoot();
    }
    this.publish();
  }

  /** The first root, from which clients start. */
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

  /** Returns the current keys of a role. */
  keysOf(role: RoleName): readonly TufKey[] {
    return this.#keys[role === 'root' || role === 'targets' ? 'offline' : 'online'];
  }

  /** Replaces all keys, or all but the online one, by a root that the old and the new keys sign. */
  rotateRoot(changes: MetadataChanges = {}, { online = true } = {}): void {
    const old = this.#keys;
    const next = this.rootVersion + 1;
    const offline = this.#keysOfRoot(next, 'offline');
    this.#keys = { offline, online: online ? this.#keysOfRoot(next, 'online') : old.online };
    this.#publishRoot({ signers: [...old.offline, ...offline], ...changes });
    this.publish();
  }

  /** Adds or replaces a target, and publishes it. */
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

  routes(path: string): readonly Route[] {
    const handle: Route['handle'] = ({ url }) => this.#serve(url.pathname.slice(path.length + 1));
    return [{ method: 'GET', path: `${path}/*`, handle }];
  }

  #serve(path: string): HttpResponse {
    if (path === 'timestamp.json') this.#renew();
    const body = this.files.get(path) ?? refuse('notFound', 'Not Found');
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }

  #publishRoot(changes?: MetadataChanges): void {
    this.#publish(
      'root',
      oneYear,
      rootContent((role) => this.keysOf(role)),
      changes,
    );
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
    const lifetime = this.#timestampLifetime;
    const timestamp = this.#publish('timestamp', lifetime, content, changes);
    // One with a negative lifetime must stay expired.
    this.#current = lifetime < 0 ? undefined : { timestamp, until: secondsAfter(this.#sources.clock(), lifetime / 2) };
  }

  /** Signs the timestamp again if half of its lifetime is over, unless the file was replaced. */
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

  /** Returns the keys of a version of the root, which are generated if they are not in the storage. */
  #keysOfRoot(version: number, role: keyof typeof keyNames): readonly TufKey[] {
    return keyNames[role].map((name) => this.#key(`root-${version}-${name}`));
  }

  #key(name: string): TufKey {
    return tufKey(keptSigningKey(this.#storage.folder('keys'), name, this.#kind));
  }
}

function readFiles(storage: Storage): Map<string, Uint8Array> {
  const filesIn = (folder: Storage, path: string) =>
    folder.names().map((name) => [path + name, folder.read(name) ?? new Uint8Array()] as const);
  return new Map([...filesIn(storage, ''), ...filesIn(storage.folder('targets'), 'targets/')]);
}

/** Returns the latest version of each role, 0 for none. */
function readVersions(files: ReadonlyMap<string, Uint8Array>): Record<RoleName, number> {
  const names = [...files.keys()].map((path) => path.split('.'));
  const latest = (role: RoleName): number =>
    Math.max(0, ...names.map(([version, name, type]) => (name === role && type === 'json' ? Number(version) : 0)));
  const file = files.get('timestamp.json');
  const timestamp = file === undefined ? 0 : JSON.parse(decodeUtf8(file) ?? '').signed.version;
  return { root: latest('root'), targets: latest('targets'), snapshot: latest('snapshot'), timestamp };
}

/** Returns the path of a target, with its hash before the last part of its name. */
function hashedPath(name: string, bytes: Uint8Array): string {
  return `targets/${name}`.replace(/[^/]*$/, (last) => `${encodeHex(hashOf('sha256', bytes))}.${last}`);
}
