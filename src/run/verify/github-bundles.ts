/** Finds the bundles of artifacts in GitHub's attestation store. Loaded only if they are to be found there. */

import { formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Expectation } from '../../core/policy/index.ts';
import { concurrently, type Secret } from '../../node/index.ts';
import {
  type AttestationPlace,
  type AttestationReader,
  type GitHubOptions,
  openAttestationReader,
  openReleases,
  type ReleaseClient,
  type ServedBundle,
  type ServedBundles,
} from '../../services/github/index.ts';
import { backOff, type Sleep, sleep } from '../../services/http/index.ts';
import type { VerifyPolicy } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import { type BundlePool, joinPools, readBundles, readingBudget } from './bundle-pool.ts';
import { asFailure, unreadable } from './find-bundles.ts';
import { type KnownImage, type LocalVerifiable, readArtifact, type Verifiable } from './verifiable.ts';

export interface StoreRequest {
  /** The option `from`: `github`, `github:owner/name` or `github:owner`. */
  readonly from: string;
  readonly policy: VerifyPolicy;
  /** Needed only for repositories that are not public. It is sent only to the API at {@link apiUrl}. */
  readonly token: Secret | undefined;
  /** `GITHUB_API_URL` */
  readonly apiUrl: string | undefined;
}

/** The part of the world with which a store works. */
export type StoreWorld = Pick<World, 'http' | 'clock' | 'files' | 'onHash' | 'random' | 'cancellation'>;

/** The releases of a repository, as far as their attestations need them. */
type Releases = Pick<ReleaseClient, 'commitOfTag' | 'findByTag'>;

/** The number of times that the attestation of an immutable release is asked for. */
const maxTries = 6;

/** A store of bundles. */
export interface BundleStore {
  /**
   * Asks for the bundles of all of these artifacts at once, for which files are read. Those of images are asked for when they are resolved.
   *
   * @throws CountersignError if the store does not answer, or not completely
   */
  prepare(artifacts: readonly Verifiable[], concurrency: number): Promise<void>;
  /**
   * Returns the bundles of an artifact.
   *
   * @throws CountersignError `BUNDLE_MISSING` if the store has none
   */
  bundlesOf(artifact: LocalVerifiable): BundlePool;
  /** Returns an image whose bundles are in the store, in place of those that are attached to it. */
  imageOf<Image extends { readonly resolve: () => Promise<KnownImage> }>(image: Image): Image;
}

/** Opens the store, as `openStore` does. */
export function openGitHubStore(
  { from, policy, token, apiUrl }: StoreRequest,
  world: StoreWorld,
  wait: Sleep = sleep,
): BundleStore {
  const place = placeOf(from, policy);
  const options = { http: world.http, clock: world.clock, ...accessTo(policy, token, apiUrl) };
  return new GitHubStore(openAttestationReader(options), place, policy, world, openReleases(options), wait);
}

class GitHubStore implements BundleStore {
  readonly #reader: AttestationReader;
  readonly #place: AttestationPlace;
  readonly #policy: VerifyPolicy;
  readonly #world: StoreWorld;
  readonly #releases: Releases;
  readonly #wait: Sleep;
  readonly #digests = new Map<LocalVerifiable, string | CountersignError>();
  readonly #budget = readingBudget();
  readonly #numbers = new Map<ServedBundle, number>();
  /** The pools, by the numbers of the bundles in them: an attestation of many artifacts is read once. */
  readonly #pools = new Map<string, BundlePool>();
  #served: ServedBundles = new Map();
  /** False for a release that GitHub does not attest; `undefined` if that was not asked. */
  #isAttested: boolean | undefined;

  constructor(
    reader: AttestationReader,
    place: AttestationPlace,
    policy: VerifyPolicy,
    world: StoreWorld,
    releases: Releases,
    wait: Sleep,
  ) {
    this.#reader = reader;
    this.#place = place;
    this.#policy = policy;
    this.#world = world;
    this.#releases = releases;
    this.#wait = wait;
  }

  async prepare(artifacts: readonly Verifiable[], concurrency: number): Promise<void> {
    const local = artifacts.filter((artifact) => artifact.kind !== 'image');
    for await (const [artifact, digest] of concurrently(local, concurrency, async (artifact) => {
      const found = await this.#digestOf(artifact).catch(asFailure);
      return [artifact, found] as const;
    }))
      this.#digests.set(artifact, digest);
    const digests = [...new Set(this.#digests.values())].filter((digest) => typeof digest === 'string');
    if (digests.length === 0) return;
    this.#served = await this.#reader.bundles(this.#place, digests, this.#type);
    if (this.#served.size === 0) await this.#awaitRelease(digests);
  }

  /** Asks again for a while if the release is immutable: GitHub attests it some time after its publication. */
  async #awaitRelease(digests: readonly string[]): Promise<void> {
    const { release: expected } = this.#policy.content;
    if (expected === undefined) return;
    const release = await this.#releases.findByTag(expected.repository, expected.tag);
    this.#isAttested = release?.isImmutable;
    const { random, cancellation } = this.#world;
    for (let tries = 1; tries < maxTries && this.#isAttested === true && this.#served.size === 0; tries++) {
      await this.#wait(backOff(tries, random), cancellation).catch(() =>
        fail('CANCELLED', `cancelled while waiting for the attestation of the release ${JSON.stringify(expected.tag)}`),
      );
      this.#served = await this.#reader.bundles(this.#place, digests, this.#type);
    }
  }

  bundlesOf(artifact: LocalVerifiable): BundlePool {
    const digest = this.#digests.get(artifact) ?? fail('USAGE', `no bundles of ${artifact.name} were requested`);
    if (digest instanceof CountersignError) throw digest;
    return this.#pool(digest, this.#served) ?? this.#failMissing(digest);
  }

  imageOf<Image extends { readonly resolve: () => Promise<KnownImage> }>(image: Image): Image {
    const resolve = async (): Promise<KnownImage> => {
      const known = await image.resolve();
      const find = async (digest: string) =>
        this.#pool(digest, await this.#reader.bundles(this.#place, [digest], this.#type));
      return {
        ...known,
        attached: async () => {
          const digest = formatDigest(known.digest);
          return (await find(digest)) ?? this.#failMissing(digest);
        },
        attachedTo: async (digest) => (await find(formatDigest(digest))) ?? joinPools([]),
      };
    };
    return { ...image, resolve };
  }

  /** The attestations of releases are GitHub's own. */
  get #type(): string | undefined {
    return this.#policy.content.release && 'release';
  }

  async #digestOf(artifact: LocalVerifiable): Promise<string> {
    if (artifact.kind === 'release') return `sha1:${await this.#commit()}`;
    if (artifact.kind === 'stream')
      fail('USAGE', '`from` and standard input cannot be combined', {
        remedy: 'Save it to a file, or specify its digest (sha256:…).',
      });
    const { digests } = await readArtifact(artifact, ['sha256'], false, this.#world);
    const [digest] = digests;
    return digest?.algorithm === 'sha256'
      ? formatDigest(digest)
      : fail('USAGE', `GitHub's attestation store finds bundles by SHA-256 digests, and ${artifact.name} is another`, {
          remedy: 'Specify a digest of the form sha256:….',
        });
  }

  async #commit(): Promise<string> {
    const { release } = this.#policy.content;
    const { repository, tag } = release ?? fail('USAGE', 'the policy names no release');
    return (
      (await this.#releases.commitOfTag(repository, tag)) ??
      fail(
        'BUNDLE_MISSING',
        `the repository ${repository} has no tag ${JSON.stringify(tag)}, or is hidden from the token`,
        {
          remedy: 'Check the name of the release. For a private repository, provide a token (GITHUB_TOKEN).',
        },
      )
    );
  }

  #pool(digest: string, served: ServedBundles): BundlePool | undefined {
    const bundles = served.get(digest);
    if (bundles === undefined) return undefined;
    const key = bundles.map((bundle) => this.#numberOf(bundle)).join();
    const pool = this.#pools.get(key) ?? this.#read(bundles);
    this.#pools.set(key, pool);
    return pool;
  }

  #numberOf(bundle: ServedBundle): number {
    const number = this.#numbers.get(bundle) ?? this.#numbers.size;
    this.#numbers.set(bundle, number);
    return number;
  }

  #read(bundles: readonly ServedBundle[]): BundlePool {
    const read = (one: ServedBundle, at: number): BundlePool => {
      const path = `${describePlace(this.#place)} (${at + 1} of ${bundles.length})`;
      if ('failure' in one) return unreadable(path, one.failure, undefined);
      return readBundles(one.text, path, undefined, this.#budget);
    };
    return joinPools(bundles.map(read));
  }

  #failMissing(digest: string): never {
    const where = `${describePlace(this.#place)} (${this.#reader.origin})`;
    if (this.#isAttested === false)
      fail('BUNDLE_MISSING', `the release is not immutable, and GitHub attests immutable releases only: ${where}`, {
        remedy:
          'Verify its assets by their own bundles (`release-assets`), or make the releases of the repository immutable before the next one.',
      });
    return fail('BUNDLE_MISSING', `the attestation store of ${where} has no bundle for ${digest}`, {
      remedy:
        'Check the artifact and the repository. For a private repository, provide a token (GITHUB_TOKEN) with `attestations: read`. Attestations can be deleted, so that a missing one proves nothing.',
    });
  }
}

function describePlace({ name }: AttestationPlace): string {
  return `github:${name}`;
}

function placeOf(from: string, policy: VerifyPolicy): AttestationPlace {
  const [, , given] = /^github(:(.*))?$/.exec(from) ?? failPlace(from);
  if (given === undefined) return placeOfPolicy(policy) ?? failUnnamed();
  if (/^[\w.-]+$/.test(given)) return { kind: 'owner', name: given };
  return /^[\w.-]+\/[\w.-]+$/.test(given) ? { kind: 'repository', name: given } : failPlace(from);
}

function failPlace(from: string): never {
  return fail('USAGE', `\`from\` is ${JSON.stringify(from)}, which is not a place to find bundles`, {
    remedy: 'Set it to github, github:owner/name or github:owner.',
  });
}

function failUnnamed(): never {
  return fail('USAGE', '`from` is github, and the policy names no repository or owner there', {
    remedy: 'Set `repo`, or name the repository: `from` github:owner/name.',
  });
}

/** Returns the repository that the policy names, or else the owner. */
function placeOfPolicy({ signer, content }: VerifyPolicy): AttestationPlace | undefined {
  if (content.release !== undefined) return { kind: 'repository', name: content.release.repository };
  if (signer.kind !== 'identity') return undefined;
  for (const [claim, kind] of [
    ['sourceRepositoryUri', 'repository'],
    ['sourceRepositoryOwnerUri', 'owner'],
  ] as const) {
    const one = signer.claims?.find((each) => each.claim === claim);
    const name = one?.expected.length === 1 ? nameIn(one.expected[0]) : undefined;
    if (name !== undefined && (kind === 'repository') === name.includes('/')) return { kind, name };
  }
  return undefined;
}

/** Returns the path of a URL: `octo/app` in `https://github.com/octo/app`. */
function nameIn(expectation: Expectation | undefined): string | undefined {
  if (expectation?.kind !== 'exact' || !URL.canParse(expectation.value)) return undefined;
  return new URL(expectation.value).pathname.slice(1) || undefined;
}

/**
 * Returns the URL of the API of the host that the policy names, or else of this environment. The token is of this environment, and is not
 * sent to another host.
 */
function accessTo(
  { source: { options } }: VerifyPolicy,
  token: StoreRequest['token'],
  apiUrl: string | undefined,
): Pick<GitHubOptions, 'apiUrl' | 'token'> {
  const here = apiUrl || publicApi;
  const url = options.hostname === undefined ? here : apiAt(options.hostname);
  return { apiUrl: url, token: url === here ? token : undefined };
}

const publicApi = 'https://api.github.com';

function apiAt(hostname: string): string {
  if (hostname === 'github.com') return publicApi;
  return hostname.endsWith('.ghe.com') ? `https://api.${hostname}` : `https://${hostname}/api/v3`;
}
