/** Files that are signed with the sandbox's services, and their bundles in the attestation store of the sandbox's GitHub. */

import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleJob, type SandboxRepository } from '../../sandbox/index.ts';
import { asObject, type JsonObject, parseJson } from '../../src/core/encoding/index.ts';
import { CountersignError, type ErrorCode } from '../../src/core/errors/index.ts';
import { Secret } from '../../src/node/index.ts';
import type { PolicyRequest } from '../../src/options/index.ts';
import type { VerificationReport } from '../../src/report/index.ts';
import { loadPolicy, loadTrust } from '../../src/run/policy/index.ts';
import { signRun } from '../../src/run/sign/index.ts';
import { demandVerified, openStore, type Verifiable, verifyRun } from '../../src/run/verify/index.ts';
import { type Changes, type Settings, Workplace } from '../run/workplace.ts';

export const { repository } = exampleJob;

export interface Verifying extends Settings {
  readonly from?: string;
  readonly policy?: PolicyRequest;
  readonly token?: string;
  /** `GITHUB_API_URL`; that of the sandbox by default. */
  readonly apiUrl?: string;
  readonly bundles?: readonly string[];
  /** The path of the trusted root; by default, that of the sandbox's Sigstore is used. */
  readonly trustedRoot?: string;
}

export class StoredBundles implements AsyncDisposable {
  readonly place: Workplace;
  readonly app: SandboxRepository;

  private constructor(place: Workplace) {
    this.place = place;
    this.app = place.sandbox.github.addRepository(repository);
  }

  static async open(): Promise<StoredBundles> {
    return new StoredBundles(await Workplace.open());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.place[Symbol.asyncDispose]();
  }

  async reset(): Promise<void> {
    const { attestations } = this.place.sandbox.github;
    attestations.delete(attestations.all);
    attestations.configure({ inlineBundles: undefined });
    await this.place.reset();
  }

  /** Writes files and attests them together. The bundle is returned, and is no longer on disk. */
  async sign(names: readonly string[], changes: Changes = {}): Promise<JsonObject> {
    await this.place.write(...names);
    const world = this.place.world();
    const subjects = { files: names, checksums: [], digests: [] };
    const request = this.place.request({ subjects, format: 'attestation', overwrite: true, ...changes }, world);
    const [signed] = (await signRun(request, world)).signed;
    if (signed === undefined) throw new Error('nothing was signed');
    const text = await readFile(signed.bundlePath);
    // Nothing may be found next to the files.
    await rm(signed.bundlePath);
    return asObject(parseJson(text)) ?? {};
  }

  /** Stores a bundle in a repository, as GitHub does. */
  keep(bundle: JsonObject, where: SandboxRepository = this.app): void {
    this.place.sandbox.github.attestations.keep(where, bundle);
  }

  file(name: string): Verifiable {
    return { kind: 'file', name, path: join(this.place.folder, name) };
  }

  /** The policy of the repository, under the sandbox's issuer of tokens. */
  get policy(): PolicyRequest {
    return { repo: repository, certificateOidcIssuer: this.place.sandbox.urls.jobIssuer };
  }

  async verify(
    artifacts: readonly Verifiable[],
    {
      from = 'github',
      policy: wanted = this.policy,
      token,
      apiUrl,
      bundles = [],
      trustedRoot,
      ...settings
    }: Verifying = {},
  ): Promise<VerificationReport> {
    const world = this.place.world(settings);
    const policy = await loadPolicy(wanted, world);
    const access = {
      token: token === undefined ? undefined : new Secret(token),
      apiUrl: apiUrl ?? this.place.sandbox.urls.github,
    };
    const store = await openStore({ from, policy, ...access }, world);
    const request = { ...this.place.verification(artifacts, { bundles }), policy, store };
    if (trustedRoot !== undefined)
      return verifyRun(
        { ...request, trust: await loadTrust({ name: 'sandbox', purpose: 'verify', trustedRoot }, world, policy) },
        world,
      );
    return verifyRun(request, world);
  }

  /** Returns the code and exit code of the failure; `verified` if there is none. */
  async outcome(artifacts: readonly Verifiable[], options: Verifying = {}): Promise<'verified' | [ErrorCode, number]> {
    try {
      demandVerified(await this.verify(artifacts, options));
      return 'verified';
    } catch (error) {
      if (error instanceof CountersignError) return [error.code, error.exitCode];
      throw error;
    }
  }

  /** Returns the requests to the store since the last reset: methods with paths. */
  requests(): readonly string[] {
    return this.place.sandbox.requests
      .filter(({ service }) => service === 'github')
      .map(({ method, path }) => `${method} ${path}`);
  }
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
