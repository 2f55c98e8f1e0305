/** A Sigstore, and before it the clients, each with a home of its own. */

import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, Verifier } from './client.ts';
import { cosign } from './cosign.ts';
import { countersign } from './countersign.ts';
import { Instance } from './instance.ts';
import { startSandbox } from './sandbox.ts';
import { sigstoreGo } from './sigstore-go.ts';
import { sigstoreJs } from './sigstore-js.ts';
import { sigstorePython } from './sigstore-python.ts';

const clients = { cosign, 'sigstore-python': sigstorePython, countersign } as const;
export type ClientName = keyof typeof clients;
/** The verifiers: all clients, and two that only verify. */
export type VerifierName = ClientName | 'sigstore-go' | 'sigstore-js';
export const clientNames = Object.keys(clients) as readonly ClientName[];
export const verifierNames: readonly VerifierName[] = [...clientNames, 'sigstore-go', 'sigstore-js'];

/** `countersign sandbox`, one for each court, or the real services, which all share. */
export type Services = 'the sandbox' | 'the real services';
export const services = ['the sandbox', 'the real services'] as const satisfies readonly Services[];

export class Court implements AsyncDisposable {
  readonly instance: Instance;
  readonly #folder: string;
  readonly #stop: () => Promise<void>;
  readonly #clients: ReadonlyMap<ClientName, Client>;
  readonly #verifiers: ReadonlyMap<VerifierName, Verifier>;

  private constructor(folder: string, instance: Instance, stop: () => Promise<void>) {
    this.instance = instance;
    this.#folder = folder;
    this.#stop = stop;
    const present = clientNames.map((name) => [name, clients[name](join(folder, name))] as const);
    this.#clients = new Map(present);
    this.#verifiers = new Map<VerifierName, Verifier>([
      ...present,
      ['sigstore-go', sigstoreGo(join(folder, 'sigstore-go'))],
      ['sigstore-js', sigstoreJs()],
    ]);
  }

  static async open(services: Services): Promise<Court> {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-court-'));
    for (const name of verifierNames) await mkdir(join(folder, name));
    if (services === 'the real services') return new Court(folder, await Instance.services(), async () => undefined);
    const sandbox = await startSandbox(folder);
    return new Court(folder, sandbox.instance, async () => sandbox[Symbol.asyncDispose]());
  }

  client(name: ClientName): Client {
    return present(this.#clients, name);
  }

  verifier(name: VerifierName): Verifier {
    return present(this.#verifiers, name);
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes a file that is like no other. */
  async file(name: string): Promise<string> {
    await writeFile(this.path(name), `${name} ${randomUUID()}\n`);
    return this.path(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#stop();
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}

function present<Name, Value>(all: ReadonlyMap<Name, Value>, name: Name): Value {
  const value = all.get(name);
  if (value === undefined) throw new Error(`there is no ${String(name)}`);
  return value;
}
