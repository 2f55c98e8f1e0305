/** A TUF repository made with node:crypto alone, in which any one thing can be wrong. */

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Answer, type Answering, answering, type Received } from '../loopback.ts';

export type Role = 'root' | 'timestamp' | 'snapshot' | 'targets';
const roles: readonly Role[] = ['root', 'timestamp', 'snapshot', 'targets'];

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Members = { [name: string]: Json };

/** OLPC canonical JSON, in which TUF metadata is signed. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (value === null || typeof value !== 'object') return String(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${canonical(name)}:${canonical(value[name] ?? null)}`).join(',')}}`;
}

export class TestKey {
  readonly id: string;
  readonly #private: KeyObject;
  readonly json: Members;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#private = privateKey;
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.json = { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256', keyval: { public: pem } };
    this.id = createHash('sha256').update(canonical(this.json)).digest('hex');
  }

  signature(signed: Members): Members {
    return { keyid: this.id, sig: sign('sha256', Buffer.from(canonical(signed)), this.#private).toString('hex') };
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export class TestRepository {
  /** The files that are served, by path. */
  readonly files = new Map<string, Buffer>();
  readonly versions: Record<Role, number> = { root: 0, timestamp: 0, snapshot: 0, targets: 0 };
  readonly keys: Record<Role, readonly TestKey[]>;
  readonly thresholds: Record<Role, number> = { root: 2, timestamp: 1, snapshot: 1, targets: 1 };
  readonly expires: Record<Role, Json> = {
    root: '2030-01-01T00:00:00Z',
    timestamp: '2030-01-01T00:00:00Z',
    snapshot: '2030-01-01T00:00:00Z',
    targets: '2030-01-01T00:00:00Z',
  };
  /** Changes what is about to be signed. */
  readonly edit: Partial<Record<Role, (signed: Members) => void>> = {};
  /** Changes the signatures. */
  readonly editSignatures: Partial<Record<Role, (signatures: Members[], signed: Members) => Members[]>> = {};
  consistentSnapshot = true;
  readonly targets: Record<string, Buffer> = {
    'trusted_root.json': Buffer.from('{"trusted":"root"}'),
    'signing_config.v0.2.json': Buffer.from('{"signing":"config"}'),
  };

  constructor() {
    const online = new TestKey();
    this.keys = {
      root: [new TestKey(), new TestKey(), new TestKey()],
      targets: [new TestKey()],
      snapshot: [online],
      timestamp: [online],
    };
    this.publishRoot();
    this.publish();
  }

  /** The first root, which clients have. */
  get rootJson(): string {
    return String(this.files.get('1.root.json'));
  }

  /** Publishes a root with the present keys, signed by these and by those before. */
  publishRoot(signers: readonly TestKey[] = this.keys.root): void {
    const version = ++this.versions.root;
    const keys: Members = {};
    for (const role of roles) for (const key of this.keys[role]) keys[key.id] = key.json;
    const signed = this.#signed('root', {
      consistent_snapshot: this.consistentSnapshot,
      keys,
      roles: Object.fromEntries(
        roles.map((role) => [
          role,
          {
            keyids: this.keys[role].map(({ id }) => id),
            threshold: this.thresholds[role],
            'x-tuf-on-ci-signing-period': 6,
          },
        ]),
      ),
    });
    this.files.set(`${version}.root.json`, this.#envelope('root', signed, signers));
  }

  /** Publishes targets, snapshot and timestamp, each in a new version. */
  publish(): void {
    this.versions.targets++;
    const targets: Members = {};
    for (const [name, bytes] of Object.entries(this.targets)) {
      targets[name] = { length: bytes.length, hashes: { sha256: sha256(bytes) } };
      this.files.set(`targets/${this.consistentSnapshot ? `${sha256(bytes)}.` : ''}${name}`, bytes);
    }
    const { targets: version } = this.versions;
    this.#publishRole('targets', { targets }, `${version}.`);
    this.versions.snapshot++;
    this.#publishRole('snapshot', { meta: { 'targets.json': { version } } }, `${this.versions.snapshot}.`);
    this.publishTimestamp();
  }

  publishTimestamp(): void {
    this.versions.timestamp++;
    this.#publishRole('timestamp', { meta: { 'snapshot.json': { version: this.versions.snapshot } } }, '');
  }

  #publishRole(role: Role, members: Members, prefix: string): void {
    const signed = this.#signed(role, members);
    this.files.set(
      `${this.consistentSnapshot ? prefix : ''}${role}.json`,
      this.#envelope(role, signed, this.keys[role]),
    );
  }

  #signed(role: Role, members: Members): Members {
    const signed: Members = {
      _type: role,
      spec_version: '1.0.31',
      version: this.versions[role],
      expires: this.expires[role],
      ...members,
    };
    this.edit[role]?.(signed);
    return signed;
  }

  #envelope(role: Role, signed: Members, signers: readonly TestKey[]): Buffer {
    const signatures = signers.map((key) => key.signature(signed));
    const edited = this.editSignatures[role]?.(signatures, signed) ?? signatures;
    return Buffer.from(JSON.stringify({ signatures: edited, signed }, undefined, 1));
  }

  /** Serves the repository as it is at the time of each request. */
  async serve(answer?: (path: string, request: Received) => Answer | undefined): Promise<Answering> {
    return answering((request) => {
      const path = request.url.slice(1);
      const file = this.files.get(path);
      return answer?.(path, request) ?? (file === undefined ? { status: 404 } : { body: file });
    });
  }
}
