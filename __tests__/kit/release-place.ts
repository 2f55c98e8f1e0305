/** A repository at the sandbox's GitHub, and files to attach to its releases. */

import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Permissions,
  type Sandbox,
  type SandboxRepository,
  type StoredRelease,
  startSandbox,
} from '../../sandbox/index.ts';
import {
  type AttachedRelease,
  attachToRelease,
  type ReleaseFile,
  type ReleaseRequest,
  type ReleaseWorld,
} from '../../src/deliver/index.ts';
import { Secret } from '../../src/node/index.ts';
import { openReleases, type ReleaseClient } from '../../src/services/github/index.ts';
import { type Http, type HttpConnections, openHttp, type Sleep, withRetries } from '../../src/services/http/index.ts';
import { half, SkippedTime } from '../services/time.ts';

export const commit = '7'.repeat(40);

/** The requests that upload assets. */
export const uploads = { service: 'github', matching: /^POST .*\/assets\?/ } as const;

export interface ReleaseClientOptions {
  readonly permissions?: Permissions;
  /** Of outage, in milliseconds. */
  readonly budget?: number;
  readonly stallMilliseconds?: number;
}

export class ReleasePlace implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly app: SandboxRepository;
  readonly time: SkippedTime;
  readonly folder: string;
  readonly #connections: HttpConnections = openHttp('countersign');

  private constructor(sandbox: Sandbox, time: SkippedTime, folder: string) {
    this.sandbox = sandbox;
    this.time = time;
    this.folder = folder;
    this.app = sandbox.github.addRepository('octo/app');
  }

  static async open(): Promise<ReleasePlace> {
    const time = new SkippedTime();
    return new ReleasePlace(
      await startSandbox({ clock: time.clock }),
      time,
      await mkdtemp(join(tmpdir(), 'countersign-release-')),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connections[Symbol.dispose]();
    await this.sandbox.close();
    await rm(this.folder, { recursive: true });
  }

  /** Writes files, each with its name as its content unless another is given. */
  async write(names: readonly string[], content: (name: string) => string = (name) => name): Promise<ReleaseFile[]> {
    return Promise.all(
      names.map(async (name, at) => {
        const path = join(this.folder, `${at}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`);
        await writeFile(path, content(name));
        return { path, name };
      }),
    );
  }

  /** Opens a client, by default with the token of a job that may write. */
  releases({
    permissions = { contents: 'write' },
    budget = 60_000,
    stallMilliseconds,
  }: ReleaseClientOptions = {}): ReleaseClient {
    const { time, sandbox, app } = this;
    const http: Http = withRetries(this.#connections.send, { ...time, budget, random: half });
    const token = new Secret(sandbox.github.jobToken(app, permissions));
    const options = { http, token, apiUrl: sandbox.urls.github, clock: time.clock };
    return openReleases({ ...options, ...(stallMilliseconds !== undefined && { stallMilliseconds }) });
  }

  attach(
    toAttach: readonly ReleaseFile[],
    request: Partial<ReleaseRequest> = {},
    {
      releases = this.releases(),
      onAsset = (_) => undefined,
      check = async () => undefined,
      cancellation = new AbortController().signal,
    }: Partial<Pick<ReleaseWorld, 'releases' | 'onAsset' | 'check' | 'cancellation'>> = {},
  ): Promise<AttachedRelease> {
    const sleep: Sleep = async (milliseconds) => {
      cancellation.throwIfAborted();
      await this.time.sleep(milliseconds);
    };
    return attachToRelease(
      toAttach,
      { repository: 'octo/app', target: { kind: 'tag', tag: 'v1' }, ...request },
      { releases, files, sleep, cancellation, onAsset, check },
    );
  }

  /** The releases at GitHub. */
  get stored(): readonly StoredRelease[] {
    return this.sandbox.github.releases.of(this.app);
  }

  /** The contents of the assets of the only release, by their names; `undefined` for an interrupted upload. */
  get assets(): Readonly<Record<string, string | undefined>> {
    const [release, other] = this.stored;
    if (release === undefined || other !== undefined) throw new Error(`${this.stored.length} releases`);
    const contentOf = (asset: StoredRelease['assets'][number]): string =>
      Buffer.from(this.sandbox.github.releases.contentOf(asset)).toString();
    return Object.fromEntries(
      release.assets.map((asset) => [asset.name, asset.content === undefined ? undefined : contentOf(asset)]),
    );
  }

  /** The requests to GitHub: the method and the path. */
  get sent(): readonly string[] {
    return this.sandbox.requests
      .filter(({ service }) => service === 'github')
      .map(({ method, path }) => `${method} ${path}`);
  }
}

/** Returns what became of each file: its kind, or the code of its error. */
export function kindsOf({ outcomes }: Pick<AttachedRelease, 'outcomes'>): readonly string[] {
  return outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.error.code : outcome.kind));
}
