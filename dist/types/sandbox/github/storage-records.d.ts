/** Keeps the storage records of an organization: in which registries artifacts are. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import type { HttpRequest } from '../http/message.ts';
import { type Sources } from '../sources.ts';
export interface StorageRecord {
    readonly id: number;
    readonly organization: string;
    readonly name: string;
    readonly digest: string;
    readonly registryUrl: string;
    readonly artifactUrl: string | undefined;
    readonly repository: string | undefined;
    readonly status: string;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    /** The other members, which responses do not repeat: `version`, `path`, `github_repository`. */
    readonly others: Readonly<Record<string, string>>;
}
export declare class StorageRecords {
    #private;
    constructor(sources: Sources, nextId: () => number);
    get all(): readonly StorageRecord[];
    /** Creates a record, or updates that of the same digest in the same registry and repository. */
    create(organization: string, request: HttpRequest): JsonObject;
    list(organization: string, digest: string): JsonObject;
}
