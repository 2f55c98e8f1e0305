/** The shards of Rekor v2. The first one is frozen from the start, and the last one is active. Each has an origin of its own. */
import type { HttpListener } from './http/listener.ts';
import { type NoteSigner } from './log/note.ts';
import { TransparencyLog } from './log/transparency-log.ts';
import { RekorService } from './rekor/rekor-service.ts';
import type { Clock } from './sources.ts';
import type { Storage } from './storage/storage.ts';
export interface ShardsOptions {
    /** The storage of the logs. */
    readonly storage: Storage;
    readonly clock: Clock;
    readonly witnesses: readonly NoteSigner[];
    /** The time at which the first shard was frozen. */
    readonly created: Date;
    /** The listeners of the first two shards. */
    readonly listeners: readonly [frozen: HttpListener, active: HttpListener];
    /** Opens the listener of a later shard at a port, or at any free one. */
    readonly listen: (port?: number) => Promise<HttpListener>;
    /** Puts the port into the names of the logs. */
    readonly portInOrigin: boolean;
}
export interface RekorShard {
    readonly url: string;
    readonly log: TransparencyLog;
    readonly service: RekorService;
    readonly listener: HttpListener;
    /** The time at which the shard began; `undefined` for the first two. */
    readonly start: Date | undefined;
}
export declare class Shards {
    #private;
    private constructor();
    /** Opens the shards in the storage, with new ones for those that are missing. */
    static open(options: ShardsOptions): Promise<Shards>;
    /** All shards, the active one last. */
    get all(): readonly RekorShard[];
    get active(): RekorShard;
    get first(): RekorShard;
    /** Freezes the active shard, and begins another. */
    rotate(): Promise<void>;
}
