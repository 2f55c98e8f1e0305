/** A sandbox, and before it the clients, each with a home of its own. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from './client.ts';
import { cosign } from './cosign.ts';
import { countersign } from './countersign.ts';
import type { Instance } from './instance.ts';
import { type RunningSandbox, startSandbox } from './sandbox.ts';
import { sigstorePython } from './sigstore-python.ts';

const clients = { cosign, 'sigstore-python': sigstorePython, countersign } as const;
export type ClientName = keyof typeof clients;
export const clientNames = Object.keys(clients) as readonly ClientName[];

export class Court implements AsyncDisposable {
  readonly instance: Instance;
  readonly #folder: string;
  readonly #sandbox: RunningSandbox;
  readonly #clients: ReadonlyMap<ClientName, Client>;

  private constructor(folder: string, sandbox: RunningSandbox, present: ReadonlyMap<ClientName, Client>) {
    this.instance = sandbox.instance;
    this.#folder = folder;
    this.#sandbox = sandbox;
    this.#clients = present;
  }

  static async open(): Promise<Court> {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-court-'));
    const present = new Map<ClientName, Client>();
    for (const name of clientNames) {
      const home = join(folder, name);
      await mkdir(home);
      present.set(name, clients[name](home));
    }
    return new Court(folder, await startSandbox(folder), present);
  }

  client(name: ClientName): Client {
    const client = this.#clients.get(name);
    if (client === undefined) throw new Error(`there is no ${name}`);
    return client;
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes a file that is like no other. */
  async file(name: string): Promise<string> {
    await writeFile(this.path(name), `${name} ${performance.now()}\n`);
    return this.path(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#sandbox[Symbol.asyncDispose]();
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}
