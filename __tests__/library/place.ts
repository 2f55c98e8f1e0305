/** A sandbox, and a folder of files, for programs that use the library. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleJob, type Sandbox, type SandboxRepository, startSandbox } from '../../sandbox/index.ts';
import type { OwnInstance, SignOptions } from '../../src/library/sign.ts';
import { openHttp } from '../../src/services/http/index.ts';
import { type PushedImage, pushImage, registriesFor } from '../kit/registries.ts';

export const person = 'signer@example.test';

export class Place implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly instance: OwnInstance;
  readonly repository: SandboxRepository;
  #images = 0;

  private constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.folder = folder;
    const { trustedRoot, signingConfig } = sandbox;
    this.instance = { trustedRoot, signingConfig, sandbox: true };
    this.repository = sandbox.github.addRepository(exampleJob.repository);
  }

  static async open(): Promise<Place> {
    return new Place(await startSandbox(), await mkdtemp(join(tmpdir(), 'countersign-library-')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox.close();
    await rm(this.folder, { recursive: true });
  }

  async write(name: string, content: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** The options with which a person signs. No variable of this process is read. */
  async signing(options: Partial<SignOptions> = {}): Promise<SignOptions> {
    const token = await this.sandbox.personTokens.token(person);
    return { token, instance: this.instance, environment: {}, ...options };
  }

  /** The variables of a job of GitHub. */
  get job(): Readonly<Record<string, string>> {
    const { jobTokens, urls, github } = this.sandbox;
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: this.repository.name,
      GITHUB_API_URL: urls.github,
      GITHUB_TOKEN: github.jobToken(this.repository, { attestations: 'write', contents: 'write' }),
    };
  }

  async image(): Promise<PushedImage> {
    using connections = openHttp('countersign-test', new AbortController().signal);
    const name = `${this.sandbox.registry.host}/example/app-${++this.#images}`;
    return pushImage(registriesFor(connections.send), name, 'v1');
  }
}
