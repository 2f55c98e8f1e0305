/** `countersign verify` */

import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { parseCommit, parseDigest } from '../core/crypto/index.ts';
import { CountersignError, fail, reading } from '../core/errors/index.ts';
import { pathExists, Secret } from '../node/index.ts';
import type { verifyRows } from '../options/index.ts';
import { isVerified, type VerificationReport, verificationJson, verificationText } from '../report/index.ts';
import type { BundlePlaces, NamedFiles, Verifiable } from '../run/verify/index.ts';
import {
  demandVerified,
  loadImages,
  loadNamedFiles,
  openStore,
  releaseOf,
  verifyRun,
  withFilesBeside,
} from '../run/verify/index.ts';
import type { World } from '../run/world/index.ts';
import { beginsLikeImage, looksLikeImage } from '../subject/index.ts';
import type { CommandValues } from './command-values.ts';
import { type Display, inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { reportInFlags } from './option-names.ts';
import type { PolicyOptions } from './policy-request.ts';
import { readAccount } from './read-account.ts';
import { usesColour } from './uses-colour.ts';
import { loadVerifyPolicy, type VerifyPolicyOptions } from './verify-policy.ts';

export type VerifyOptions = CommandValues<typeof verifyRows, 'verify'> &
  PolicyOptions &
  Pick<VerifyPolicyOptions, 'provenance'>;

/**
 * Verifies artifacts, and prints the report on success and on failure.
 *
 * @param version of this program, which summaries state
 * @throws CountersignError the most severe failure
 */
export function verifyCommand(
  artifacts: readonly string[],
  options: VerifyOptions,
  version = 'unknown',
): Promise<void> {
  const { retryBudget, json, quiet, verbose } = options;
  return inWorld({ retryBudget, quiet, json }, async (world, display) => {
    const lines: string[] = [];
    const verification = (): Promise<VerificationReport> =>
      verify(artifacts, options, { world, display, version, lines });
    if (quiet && !json && !verbose) return setExitCode(verification());
    const nothing = { verified: false, warnings: [], skipped: [], artifacts: [] };
    const report = await orFailureJson(json, nothing, verification);
    if (json) {
      printJson(verificationJson(report));
      demandVerified(report);
      return;
    }
    const colour = usesColour(process.stdout);
    const text = verificationText(report, { colour, verbose, errorFollows: true });
    process.stdout.write(`${text}${lines.map((line) => `${line}\n`).join('')}`);
    demandVerified(report, { listed: true });
  });
}

/** Sets the exit code for a failure, and prints nothing. Incorrect usage and bugs are thrown: a caller must learn of those. */
async function setExitCode(verification: Promise<VerificationReport>): Promise<void> {
  try {
    demandVerified(await verification);
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.kind === 'usage') throw failure;
    process.exitCode = failure.exitCode;
  }
}

interface Run {
  readonly world: World;
  readonly display: Display;
  readonly version: string;
  /** Receives a line about each summary that was written. */
  readonly lines: string[];
}

async function verify(
  artifacts: readonly string[],
  options: VerifyOptions,
  { world, display, version, lines }: Run,
): Promise<VerificationReport> {
  if ([options.json, options.quiet, options.verbose].filter(Boolean).length > 1)
    fail('USAGE', '`json`, `quiet` and `verbose` cannot be combined', { remedy: 'Use only one of them.' });
  if (options.useSignedTimestamps)
    fail('USAGE', '`use-signed-timestamps` is not supported: signed timestamps are always verified', {
      remedy: 'Remove it. To require a number of timestamps, use `timestamps`.',
    });
  const { releaseAssets } = options;
  if (releaseAssets !== undefined) return verifyAssets(releaseAssets, artifacts, options, world);
  if (options.releaseFiles.length > 0)
    fail('USAGE', '`release-files` cannot be used without `release-assets`', { remedy: 'Add `release-assets`.' });
  // Only a policy with a release has something to verify without artifacts.
  if (artifacts.length === 0 && options.release === undefined && options.policy === undefined) failWithoutArtifact();
  const summaries = summaryOptions.some((option) => isGiven(options[option]))
    ? await import('./summaries.ts')
    : undefined;
  const summary = summaries?.summariesOf(options, version, world);
  const { policy, trust } = await loadVerifyPolicy(summary?.policyOptions(options) ?? options, world);
  const bundles = {
    workspace: process.cwd(),
    paths: options.bundle.map((path) => resolve(path)),
    directory: options.bundleDir === undefined ? undefined : resolve(options.bundleDir),
  };
  const { artifacts: named, skipped } =
    artifacts.length === 0
      ? { artifacts: [releaseOf(policy) ?? failWithoutArtifact()], skipped: [] }
      : await verifiables(artifacts, bundles, options, world, display);
  summary?.demandOtherPaths(named);
  let [done, failed] = [0, 0];
  const onArtifact = (results: VerificationReport['results']): void => {
    done++;
    if (!isVerified(results)) failed++;
    display.show((progress) => progress.work('verified', named.length, done, failed));
  };
  const store = await openStore({ from: options.from, policy, ...gitHubAccess() }, world);
  const request = { artifacts: named, bundles, store, policy, trust, concurrency: options.concurrency, onArtifact };
  const verified = { ...(await verifyRun(request, world)), skipped };
  const report = options.strictFolder ? await withFilesBeside(verified, named, options.bundle, world) : verified;
  for (const written of (await summary?.write({ report, artifacts: named, policy, trust })) ?? [])
    lines.push(summaries?.summaryLine(written) ?? '');
  return reportInFlags(report);
}

/** Verifies the assets of a release. The code for it is loaded only now. */
async function verifyAssets(
  place: string,
  artifacts: readonly string[],
  options: VerifyOptions,
  world: World,
): Promise<VerificationReport> {
  const { bundle, bundleDir, from, strictFolder, releaseFiles, concurrency } = options;
  const isCombined =
    artifacts.length > 0 || bundle.length > 0 || [bundleDir, from].some(isGiven) || strictFolder === true;
  if (isCombined || summaryOptions.some((option) => isGiven(options[option])))
    fail('USAGE', '`release-assets` cannot be combined with artifacts, bundles, `from`, `strict-folder` or summaries', {
      remedy: 'Verify the assets of the release in a run of their own.',
    });
  const { verifyReleaseAssets } = await import('../run/release-check/index.ts');
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const request = { place, files: releaseFiles, policy, trust, concurrency, temporaryDirectory: tmpdir() };
  return reportInFlags(await verifyReleaseAssets({ ...request, ...gitHubAccess() }, world));
}

function gitHubAccess(): { readonly token: Secret | undefined; readonly apiUrl: string | undefined } {
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: apiUrl } = process.env;
  const token = GITHUB_TOKEN || GH_TOKEN;
  return { token: token ? new Secret(token) : undefined, apiUrl };
}

/** The options of summaries, whose code is loaded if one of them is given. */
const summaryOptions = [
  ...(['vsaOut', 'svrOut', 'policyUri', 'vsaLevel', 'vsaFailed', 'signVsa'] as const),
  ...(['signingConfig', 'identityToken', 'identityProvider', 'publicLog'] as const),
];

function isGiven(value: string | boolean | readonly string[] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

function failWithoutArtifact(): never {
  return fail('USAGE', "missing required argument 'artifacts'", {
    remedy: 'Specify a file, an image or a digest. `release` alone verifies a release of GitHub.',
  });
}

/** A name that stands for artifacts, which are found together with those of other names. */
type Name =
  | { readonly kind: 'image-name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly name: string };

/** Returns the artifacts, without bundles. Images are collected first, so that each registry is opened once. */
async function verifiables(
  artifacts: readonly string[],
  places: BundlePlaces,
  options: VerifyOptions,
  world: World,
  display: Display,
): Promise<NamedFiles> {
  const found = await Promise.all(artifacts.map((artifact) => findVerifiable(artifact, world, display)));
  const names = (kind: Name['kind']): readonly string[] => found.flatMap((one) => (one.kind === kind ? one.name : []));
  const account = await readAccount(options);
  const { platform } = options;
  const images = await loadImages({ images: names('image-name'), platform, account, environment: process.env }, world);
  const byName = new Map(images.map((image) => [image.name, image]));
  const named = found.flatMap((one): Verifiable | readonly Verifiable[] => {
    if (one.kind === 'image-name') return byName.get(one.name) ?? [];
    return one.kind === 'pattern' ? [] : one;
  });
  return loadNamedFiles(named, names('pattern'), places, world);
}

/**
 * Returns the digest, standard input (`-`) or file that an argument names, a pattern (or a URL or path of Windows, which is refused later),
 * or the name of an image: an argument that begins with `oci://` or skopeo's `oci:`, has a tag or digest as names of images do, or begins like one where no
 * file has that name. A folder that is an image layout is an image too.
 *
 * @throws CountersignError `USAGE` for a digest or image whose name a file has too: someone who can put a file here must not decide what is
 *   verified
 */
async function findVerifiable(
  artifact: string,
  { files, cancellation }: World,
  { wait }: Display,
): Promise<Verifiable | Name> {
  if (artifact === '-') return { kind: 'stream', name: '-', content: standardInput(wait, cancellation) };
  if (/^(?:oci|oci-archive|docker-archive):/.test(artifact)) return { kind: 'image-name', name: artifact };
  const isThere = await pathExists(artifact, files);
  if (/^sha(?:256|384|512):/.test(artifact)) {
    if (isThere) failAmbiguous(artifact, 'a digest', 'For the digest, rename the file.');
    const digest = reading('DIGEST_INVALID', JSON.stringify(artifact), () => parseDigest(artifact));
    return { kind: 'digest', name: artifact, digest };
  }
  if (artifact.startsWith('gitCommit:')) {
    if (isThere) failAmbiguous(artifact, 'a commit', 'For the commit, rename the file.');
    return { kind: 'digest', name: artifact, digest: parseCommit(artifact) };
  }
  if (!isThere && (/:\/\/|^!|[*?[{]/.test(artifact) || (sep === '/' && artifact.includes('\\'))))
    return { kind: 'pattern', name: artifact };
  if (looksLikeImage(artifact)) {
    if (isThere) failAmbiguous(artifact, 'an image', `For the image, write oci://${artifact}.`);
    return { kind: 'image-name', name: artifact };
  }
  if (!isThere && beginsLikeImage(artifact)) return { kind: 'image-name', name: artifact };
  if (isThere && (await pathExists(join(artifact, 'oci-layout'), files)))
    return { kind: 'image-name', name: /^[./]/.test(artifact) ? artifact : `oci:${artifact}` };
  return { kind: 'file', name: artifact, path: artifact };
}

async function* standardInput(wait: Display['wait'], cancellation: AbortSignal): AsyncIterable<Uint8Array> {
  const ended = await wait('standard input');
  const stop = (): void => void process.stdin.destroy(new Error('cancelled'));
  cancellation.addEventListener('abort', stop, { once: true });
  try {
    yield* process.stdin;
  } catch (cause) {
    if (cancellation.aborted) fail('CANCELLED', 'cancelled while reading standard input', { cause });
    throw cause;
  } finally {
    cancellation.removeEventListener('abort', stop);
    ended();
  }
}

function failAmbiguous(artifact: string, what: string, otherwise: string): never {
  fail('USAGE', `${JSON.stringify(artifact)} is ambiguous: it is ${what}, and a file with this name exists`, {
    remedy: `For the file, write ./${artifact}. ${otherwise}`,
  });
}
