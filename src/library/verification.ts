/** Verifies for a program what is in files, registries and on GitHub. */

import { resolve } from 'node:path';
import { parseDigest, type SubjectDigest } from '../core/crypto/index.ts';
import { fail, reading } from '../core/errors/index.ts';
import type { Policy } from '../core/policy/index.ts';
import type { Verdict } from '../core/verify/index.ts';
import { Secret } from '../node/index.ts';
import { loadPolicy } from '../run/policy/index.ts';
import { demandVerified, loadImages, openStore, releaseOf, type Verifiable, verifyRun } from '../run/verify/index.ts';
import type { World } from '../run/world/index.ts';
import { accountOf } from './images.ts';
import { trustOf } from './instance.ts';
import { policyOf } from './known-policies.ts';
import type { ImageOptions, InstanceOptions, PolicyFile } from './options.ts';
import { inWorld } from './world.ts';

/** The options that lead to bundles and to the trusted root. */
export interface PlaceOptions extends InstanceOptions {
  /** The paths of bundles (default: those next to the file, or attached to the image). */
  readonly bundles?: readonly string[] | undefined;
  /**
   * GitHub's attestation store, in place of {@link bundles}: `github` for the repository that the policy names, `github:owner/name` or
   * `github:owner`.
   */
  readonly from?: string | undefined;
  /** A token for repositories that are not public (default: `GITHUB_TOKEN`, or `GH_TOKEN`). It is sent to GitHub's API alone. */
  readonly githubToken?: string | undefined;
}

/** The options of verifying. */
export interface VerifyOptions extends PlaceOptions {
  /** The policy. The thresholds of a {@link Policy} hold under every instance; those that a policy file lacks are those of the instance. */
  readonly policy: Policy | PolicyFile;
}

/** What was verified. */
export interface Verified {
  /** `sha256:…` of the artifact; absent for a release as a whole. */
  readonly digest: string | undefined;
  /** Of an image in a registry, the reference to deploy: `registry/name@sha256:…`. */
  readonly reference: string | undefined;
  /**
   * What was proven: by one bundle; for an image that is signed by platform, by one for each; and by one for each attestation that the policy
   * requires too.
   */
  readonly verdicts: readonly [Verdict, ...Verdict[]];
  /** Warnings about the policy and the instance, as sentences without a full stop. */
  readonly warnings: readonly string[];
}

/**
 * Verifies a file with the bundles next to it, or with those that are named. The file is read as a stream.
 *
 * @throws CountersignError `BUNDLE_MISSING`; `IDENTITY_MISMATCH` and others of the policy; `ARTIFACT_MISMATCH` and others of the bundle: of several
 *   failures, the most severe; `USAGE`; `CANCELLED`
 * @see Sigstore Client Specification, section 4 (Verification)
 *
 * @example
 * const { verdicts } = await verifyFile('app.tar.gz', { policy, instance });
 * verdicts[0].content.kind; // → 'message-signature'
 */
export function verifyFile(path: string, options: VerifyOptions): Promise<Verified> {
  return inWorld(options, (world) => verifyOne({ kind: 'file', name: path, path: resolve(path) }, options, world));
}

/**
 * Verifies an artifact by its digest, with bundles that are named or in GitHub's attestation store.
 *
 * @param digest `sha256:…`, `sha384:…` or `sha512:…`
 * @throws CountersignError as {@link verifyFile}; `DIGEST_INVALID`
 *
 * @example
 * const digest = createHash('sha256').update(await readFile('app.tar.gz')).digest('hex');
 * const bundles = ['app.tar.gz.sigstore.json'];
 * const verified = await verifyDigest(`sha256:${digest}`, { policy, instance, bundles });
 * verified.digest === `sha256:${digest}`; // → true
 */
export function verifyDigest(digest: string, options: VerifyOptions): Promise<Verified> {
  return inWorld(options, (world) => {
    const parsed: SubjectDigest = reading('DIGEST_INVALID', JSON.stringify(digest), () => parseDigest(digest));
    return verifyOne({ kind: 'digest', name: digest, digest: parsed }, options, world);
  });
}

/** The options of verifying images. */
export interface VerifyImageOptions extends VerifyOptions, ImageOptions {
  /** The platform to verify, such as `linux/arm64` (default: all platforms). */
  readonly platform?: string | undefined;
}

/**
 * Verifies an image with the bundles that are attached to it in its registry, by Countersign, cosign or BuildKit. Deploy
 * {@link Verified.reference}: a tag may lead elsewhere by then.
 *
 * @param name with a tag or a digest, or the path of an image layout
 * @throws CountersignError as {@link verifyFile}; `SUBJECT_MISSING`; those of the registry's client
 *
 * @example
 * const { reference } = await verifyImage(image, { policy, instance });
 * reference?.includes('@sha256:'); // → true
 */
export function verifyImage(name: string, options: VerifyImageOptions): Promise<Verified> {
  return inWorld(options, async (world) => {
    const { platform, environment = process.env } = options;
    const account = accountOf(options);
    const [image] = await loadImages({ images: [name], platform, account, environment }, world);
    return verifyOne(image ?? fail('USAGE', 'no image was named'), options, world);
  });
}

/** The options of verifying releases. */
export interface VerifyReleaseOptions extends Omit<PlaceOptions, 'from'> {
  /** The file of the release to verify (default: the release itself, that is its tag and commit). */
  readonly file?: string | undefined;
}

/**
 * Verifies a release on GitHub, or a file of it, with the attestation that GitHub itself signs for immutable releases.
 *
 * @param release `owner/name@tag`
 * @throws CountersignError as {@link verifyFile}; `POLICY_INVALID` for another form of release; `RELEASE_MISMATCH`
 *
 * @example
 * const { verdicts } = await verifyRelease(release, { instance, environment });
 * verdicts[0].content.kind; // → 'release'
 */
export function verifyRelease(release: string, options: VerifyReleaseOptions = {}): Promise<Verified> {
  return inWorld(options, async (world) => {
    const policy = await loadPolicy({ release }, world);
    const { file, bundles } = options;
    const artifact: Verifiable =
      file === undefined
        ? (releaseOf(policy) ?? fail('USAGE', 'no release was named'))
        : { kind: 'file', name: file, path: resolve(file) };
    return verifyUnder(policy, artifact, { ...options, ...(bundles === undefined && { from: 'github' }) }, world);
  });
}

function verifyOne(artifact: Verifiable, { policy, ...options }: VerifyOptions, world: World): Promise<Verified> {
  return verifyUnder(policyOf(policy), artifact, options, world);
}

async function verifyUnder(
  policy: ReturnType<typeof policyOf>,
  artifact: Verifiable,
  options: PlaceOptions,
  world: World,
): Promise<Verified> {
  const { bundles = [], from, githubToken, environment = process.env } = options;
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: apiUrl } = environment;
  const token = githubToken ?? (GITHUB_TOKEN || GH_TOKEN);
  const { roots, warnings } = await trustOf(options, policy, world);
  const store = await openStore({ from, policy, token: token ? new Secret(token) : undefined, apiUrl }, world);
  const report = await verifyRun(
    {
      artifacts: [artifact],
      bundles: { workspace: process.cwd(), paths: bundles.map((path) => resolve(path)), directory: undefined },
      store,
      policy,
      trust: { roots, warnings },
      concurrency: 1,
    },
    world,
  );
  demandVerified(report);
  const proven = report.results.filter(({ verdict }) => verdict !== undefined);
  const [first, ...others] = proven.flatMap(({ verdict }) => verdict ?? []);
  return {
    digest: proven[0]?.digest,
    reference: proven[0]?.image?.reference,
    verdicts: [first ?? fail('BUNDLE_MISSING', 'nothing was verified'), ...others],
    warnings: report.warnings,
  };
}
