/** A run against a sandbox over real HTTP, in a folder of its own, with waits that take no time. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { exampleJob, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { defaultThresholds, exactly, type Policy } from '../../src/core/policy/index.ts';
import { readSigningConfig, readTrustedRoot } from '../../src/core/trust/index.ts';
import { cachedTokens, readIdentityToken, requestToken } from '../../src/identity/index.ts';
import { Secret } from '../../src/node/index.ts';
import type { SignRequest } from '../../src/run/sign/index.ts';
import type { VerifyRequest } from '../../src/run/verify/index.ts';
import type { Instance, World } from '../../src/run/world/index.ts';
import { type HttpConnections, openHttp, withRetries } from '../../src/services/http/index.ts';
import type { Registries } from '../../src/services/registry/index.ts';
import { registriesFor } from '../kit/registries.ts';

export interface Settings {
  /** Milliseconds that the run may wait for services; the waits themselves take none. */
  readonly retryBudget?: number;
  readonly cancellation?: AbortSignal;
  /** A deadline for every request that is shorter than its own. */
  readonly timeoutMilliseconds?: number;
}

/** The changes that a test makes to a run. */
export type Changes = Partial<Omit<SignRequest, 'instance'>> & { readonly instance?: Instance };

/** The expected result of a verification. */
export interface Expected {
  readonly identity?: string;
  /** Paths of bundles that are named. */
  readonly bundles?: readonly string[];
  readonly content?: Policy['content'];
  /** Attestations that an artifact must have too. */
  readonly attestations?: VerifyRequest['policy']['attestations'];
}

export class Workplace implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The milliseconds by which the clock is ahead of the system's. */
  ahead = 0;
  readonly #connections: HttpConnections[] = [];

  private constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.folder = folder;
  }

  static async open(): Promise<Workplace> {
    let workplace: Workplace | undefined;
    const clock = () => workplace?.clock() ?? new Date();
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-run-')));
    workplace = new Workplace(await startSandbox({ clock }), folder);
    return workplace;
  }

  readonly clock = (): Date => new Date(Date.now() + this.ahead);

  world({ retryBudget = 0, cancellation = new AbortController().signal, timeoutMilliseconds }: Settings = {}): World {
    const connections = openHttp('countersign-test', cancellation);
    this.#connections.push(connections);
    return {
      clock: this.clock,
      random: randomBytes,
      files,
      cancellation,
      http: withRetries(
        (request) =>
          connections.send(timeoutMilliseconds === undefined ? request : { ...request, timeoutMilliseconds }),
        {
          budget: retryBudget,
          clock: this.clock,
          random: randomBytes,
          cancellation,
          // Time passes by the clock alone.
          sleep: async (milliseconds) => {
            this.ahead += milliseconds;
          },
        },
      ),
    };
  }

  /** The sandbox's registries, with waits that take no time. */
  get registries(): Registries {
    this.#registries ??= registriesFor(this.world().http);
    return this.#registries;
  }
  #registries: Registries | undefined;

  get instance(): Instance {
    return {
      name: 'sandbox',
      trust: readTrustedRoot(JSON.stringify(this.sandbox.trustedRoot)),
      signingConfig: readSigningConfig(JSON.stringify(this.sandbox.signingConfig)),
      thresholds: defaultThresholds,
      sandbox: 'accept',
      publicLog: false,
      trustedRootPath: undefined,
      warnings: [],
    };
  }

  request({ instance = this.instance, ...changes }: Changes = {}, world: World = this.world()): SignRequest {
    const { requestUrl: url, requestToken: secret } = this.sandbox.jobTokens;
    return {
      subjects: { files: ['*.txt'], checksums: [], digests: [] },
      places: { workspace: this.folder, bundleDirectory: undefined },
      format: 'per-file',
      instance: async () => instance,
      logVersion: undefined,
      concurrency: 1,
      overwrite: false,
      tokens: cachedTokens(
        async () =>
          readIdentityToken(
            (await requestToken(world.http, { url, requestToken: new Secret(secret) })).reveal(),
            this.clock(),
            'https://github.com',
          ),
        this.clock,
      ),
      serverUrl: 'https://github.com',
      allowDangerousTriggers: false,
      allowPublicLog: false,
      ...changes,
    };
  }

  /** A verification that believes this sandbox, and expects what the example job signed unless it is told otherwise. */
  verification(
    artifacts: VerifyRequest['artifacts'],
    { identity, bundles = [], content = {}, attestations = [] }: Expected = {},
  ): VerifyRequest {
    const { trust, thresholds, sandbox } = this.instance;
    return {
      artifacts,
      bundles: { workspace: this.folder, paths: bundles, directory: undefined },
      policy: {
        signer: {
          kind: 'identity',
          identity: exactly(identity ?? `https://github.com/${exampleJob.job_workflow_ref}`),
          issuer: exactly(this.sandbox.urls.jobIssuer),
          claims: [],
        },
        content,
        attestations,
        thresholds: {},
        witnesses: { keys: [], threshold: 0 },
        warnings: [],
        source: { options: {}, file: undefined },
      },
      trust: { roots: [{ instance: 'sandbox', trust, thresholds, sandbox }], warnings: [] },
      concurrency: 4,
    };
  }

  /** Writes small files, each with contents of its own. */
  async write(...names: readonly string[]): Promise<void> {
    for (const name of names) await writeFile(join(this.folder, name), `contents of ${name}\n`);
  }

  /** The paths of the bundles that are there, relative to the folder. */
  async bundles(): Promise<readonly string[]> {
    return (await this.list()).filter((name) => name.endsWith('.sigstore.json'));
  }

  async list(): Promise<readonly string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)))
      .sort();
  }

  /** Returns the number of requests to a service since the last {@link reset}. */
  count(service: string): number {
    return this.sandbox.requests.slice(this.#from).filter((request) => request.service === service).length;
  }

  #from = 0;

  /** Empties the folder, lets everything work again, and counts from nothing. */
  async reset(): Promise<void> {
    for (const name of await readdir(this.folder)) await rm(join(this.folder, name), { recursive: true });
    this.sandbox.behave();
    this.sandbox.jobTokens.configure({});
    this.#from = this.sandbox.requests.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connections of this.#connections) connections[Symbol.dispose]();
    await this.sandbox.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
