/** The shards of Rekor v2. The first one is frozen from the start, and the last one is active. Each has an origin of its own. */

import { decodeUtf8, utf8 } from '../src/core/encoding/index.ts';
import type { HttpListener } from './http/index.ts';
import { LogStore, type NoteSigner, TransparencyLog } from './log/index.ts';
import { type KeyKind, keptSigningKey } from './pki/index.ts';
import { RekorService } from './rekor/index.ts';
import { earlierShardSize, seed } from './seed.ts';
import type { Clock } from './sources.ts';
import type { Storage } from './storage/index.ts';

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

/** The file with the port and the start of each shard after the second, one a line. */
const fileName = 'rekor-v2-shards';

export class Shards {
  readonly #options: ShardsOptions;
  readonly #shards: RekorShard[] = [];

  private constructor(options: ShardsOptions) {
    this.#options = options;
  }

  /** Opens the shards in the storage, with new ones for those that are missing. */
  static async open(options: ShardsOptions): Promise<Shards> {
    const shards = new Shards(options);
    const [frozen, active] = options.listeners;
    shards.#add(frozen, 'P-256', earlierShardSize);
    shards.#begin(active, options.created);
    for (const line of decodeUtf8(options.storage.read(fileName) ?? new Uint8Array())?.split('\n') ?? []) {
      const [port, time] = line.split(' ');
      if (time !== undefined) shards.#begin(await options.listen(Number(port)), new Date(time), new Date(time));
    }
    return shards;
  }

  /** All shards, the active one last. */
  get all(): readonly RekorShard[] {
    return this.#shards;
  }

  get active(): RekorShard {
    return this.#shards.at(-1) as RekorShard;
  }

  get first(): RekorShard {
    return this.#shards[0] as RekorShard;
  }

  /** Freezes the active shard, and begins another. */
  async rotate(): Promise<void> {
    const { clock, storage, listen } = this.#options;
    const listener = await listen();
    const time = clock();
    const line = `${new URL(listener.origin).port} ${time.toISOString()}\n`;
    storage.write(fileName, utf8((decodeUtf8(storage.read(fileName) ?? new Uint8Array()) ?? '') + line));
    this.#begin(listener, time, time);
  }

  #begin(listener: HttpListener, frozen: Date, start?: Date): void {
    this.active.log.freeze(frozen);
    this.#add(listener, 'Ed25519', 1, start);
  }

  #add(listener: HttpListener, kind: KeyKind, size: number, start?: Date): void {
    const { storage, clock, witnesses, portInOrigin } = this.#options;
    const folder = storage.folder(`rekor-v2-shard-${this.#shards.length + 1}`);
    const { host, hostname } = new URL(listener.origin);
    const log = new TransparencyLog({
      origin: portInOrigin ? host : hostname,
      key: keptSigningKey(folder, 'log', kind),
      clock,
      witnesses,
      store: new LogStore(folder),
    });
    const service = seed(new RekorService(log), size);
    this.#shards.push({ url: listener.origin, log, service, listener, start });
  }
}
