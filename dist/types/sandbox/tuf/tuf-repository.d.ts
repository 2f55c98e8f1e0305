/** A TUF repository with consistent snapshots (TUF specification, section 6), with the roles and keys of Sigstore's own. */
import { type Route } from '../http/route.ts';
import { type KeyKind } from '../pki/signing-key.ts';
import { type Sources } from '../sources.ts';
import { type Storage } from '../storage/storage.ts';
import { type MetadataChanges, type RoleName } from './metadata.ts';
import { type TufKey } from './tuf-key.ts';
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
/**
 * @example
 * const repository = new TufRepository({ sources, targets: { 'trusted_root.json': bytes } });
 * repository.rotateRoot();
 * repository.publish({ timestamp: { expires: new Date(0) } }); // expired
 * repository.publish({ snapshot: { signers: [tufKey(generateSigningKey('P-256'))] } }); // by another key
 * repository.files.set('timestamp.json', older); // rolled back
 */
export declare class TufRepository {
    #private;
    /** The served files by their paths. Any file can be put here. */
    readonly files: Map<string, Uint8Array>;
    constructor(options: TufRepositoryOptions);
    /** The first root, from which clients start. */
    get rootJson(): string;
    get rootVersion(): number;
    /** @throws RangeError if there is no such version */
    root(version: number): string;
    /** Returns the current keys of a role. */
    keysOf(role: RoleName): readonly TufKey[];
    /** Replaces all keys, or all but the online one, by a root that the old and the new keys sign. */
    rotateRoot(changes?: MetadataChanges, { online }?: {
        online?: boolean | undefined;
    }): void;
    /** Adds or replaces a target, and publishes it. */
    setTarget(name: string, bytes: Uint8Array): void;
    /** Publishes the next versions of targets, snapshot and timestamp. */
    publish(changes?: PublishChanges): void;
    routes(path: string): readonly Route[];
}
