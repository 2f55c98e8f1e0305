/** Upgrades the signature of a file: the bundle that was named, or what is beside the artifact that was named. */

import { dirname, parse } from 'node:path';
import { type Bundle, differentPart, maxBundleLength } from '../../core/bundle/index.ts';
import { equalBytes } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Artifact, artifactOfDigest, neededDigests } from '../../core/verify/index.ts';
import { deliverFile } from '../../deliver/index.ts';
import { readDetached } from '../../fetch/index.ts';
import { pathExists, readRegularFile } from '../../node/index.ts';
import { bundleClaims, claimedDigest, type UpgradeOutcome } from '../../report/index.ts';
import { digestFile } from '../../subject/index.ts';
import { namedBundles, type RootPolicy, readArtifact } from '../verify/index.ts';
import type { World } from '../world/index.ts';
import { withLogEntry } from './find-entry.ts';
import { type UpgradeWorld, upgradeSignature } from './upgrade-signature.ts';

export interface FileUpgrade {
  /** The name of the file in the report. */
  readonly name: string;
  /** The absolute path of an artifact or a bundle. */
  readonly path: string;
  /** The absolute path of the new bundle; by default, the name of the artifact with `.sigstore.json`. */
  readonly out: string | undefined;
  readonly dryRun: boolean;
}

export type FileWorld = UpgradeWorld & Pick<World, 'files' | 'random'>;

/** The endings of files that hold the signature of the file without the ending, in the order in which they are looked for. */
const bundleEndings = ['.sigstore.json', '.sigstore', '.cosign.bundle', '.bundle'] as const;
const certificateEndings = ['.pem', '.crt', '.cert'] as const;

/** The limit for files with a detached signature or a certificate, in bytes. */
const maxDetachedLength = 64 * 1024;

/** An old signature with its artifact. */
interface Found {
  readonly from: string;
  readonly bundle: Bundle;
  readonly artifact: Artifact;
  /** The file that the new bundle is named after. */
  readonly stem: string;
}

/**
 * Upgrades the signature of a file, and writes the new bundle. Old files are kept: an old bundle with the name of the new one under that
 * name with `.old`.
 *
 * @throws CountersignError `BUNDLE_MISSING` if there is no signature; `USAGE` if another file has the name of the new one; those of reading
 *   the signature, of {@link upgradeSignature} and of {@link deliverFile}
 */
export async function upgradeFile(
  { name, path, out, dryRun }: FileUpgrade,
  roots: readonly RootPolicy[],
  world: FileWorld,
): Promise<UpgradeOutcome> {
  const found = await findSignature(path, roots, world);
  const { from, bundle, artifact, stem } = found;
  const to = out ?? `${stem}.sigstore.json`;
  const isOld = bundle.version !== '0.3';
  const kept = isOld && to === from ? `${from}.old` : undefined;
  const old = kept === undefined ? undefined : await contentToKeep(from, kept, world);
  if (isOld && kept === undefined && (await isDone(to, found, roots, world))) return { name, from, kind: 'current' };
  const upgraded = await upgradeSignature(bundle, artifact, roots, world);
  if (upgraded.kind === 'current') return { name, from, kind: 'current' };
  if (!dryRun) {
    const places = { workspace: dirname(to), bundleDirectory: undefined, confinedTo: parse(to).root };
    if (kept !== undefined && old !== undefined) await deliverFile(world.files, world.random, kept, old, places);
    await deliverFile(world.files, world.random, to, `${upgraded.text}\n`, places);
  }
  return { name, from, kind: 'upgraded', to, ...(kept !== undefined && { kept }) };
}

/** Returns the bytes of an old file that is about to be replaced. */
async function contentToKeep(from: string, kept: string, { files }: FileWorld): Promise<Uint8Array | undefined> {
  const bytes = await readRegularFile(files, from, maxBundleLength);
  if (!(await pathExists(kept, files))) return bytes;
  const present = await readRegularFile(files, kept, maxBundleLength);
  if (equalBytes(bytes, present)) return undefined;
  return fail('USAGE', `the old bundle cannot be kept as ${kept}, which exists already and has other content`, {
    remedy: 'Move that file away, or specify another path for the new bundle with `out`.',
  });
}

/** Reports whether a path has the upgraded bundle of a signature, which the policy accepts. */
async function isDone(to: string, found: Found, roots: readonly RootPolicy[], world: FileWorld): Promise<boolean> {
  if (!(await pathExists(to, world.files))) return false;
  const present = await bundleIn(to, world);
  if (present === undefined || present.version !== '0.3' || differentPart(found.bundle, present) !== undefined)
    fail('USAGE', `${to} exists already and does not contain the signature in ${found.from}`, {
      remedy: 'Move that file away, or specify another path for the new bundle with `out`.',
    });
  await upgradeSignature(present, found.artifact, roots, world);
  return true;
}

async function findSignature(path: string, roots: readonly RootPolicy[], world: FileWorld): Promise<Found> {
  if (!(await pathExists(path, world.files)))
    fail('SUBJECT_MISSING', `there is no file ${path}`, { remedy: 'Check the path.' });
  const ending = bundleEndings.find((one) => path.endsWith(one));
  const own = await bundleIn(path, world, ending !== undefined);
  const stem = ending === undefined ? path : path.slice(0, -ending.length);
  if (own !== undefined)
    return { from: path, bundle: own, artifact: await artifactOf(own, stem, path, roots, world), stem };
  for (const one of bundleEndings) {
    const from = `${path}${one}`;
    const bundle = (await pathExists(from, world.files)) ? await bundleIn(from, world, true) : undefined;
    if (bundle !== undefined) return { from, bundle, artifact: await readFor(bundle, path, roots, world), stem: path };
  }
  return findDetached(path, roots, world);
}

async function findDetached(path: string, roots: readonly RootPolicy[], world: FileWorld): Promise<Found> {
  const from = `${path}.sig`;
  const candidates = await Promise.all(
    certificateEndings.map(async (ending) =>
      (await pathExists(`${path}${ending}`, world.files)) ? `${path}${ending}` : [],
    ),
  );
  const [certificate] = candidates.flat();
  if (certificate === undefined || !(await pathExists(from, world.files)))
    fail('BUNDLE_MISSING', `there is no signature beside ${path}`, {
      remedy: `Specify the file that contains the bundle, or put the bundle beside the artifact (${bundleEndings.join(', ')}), or its signature and certificate (.sig and .pem).`,
    });
  const [signature, pem] = await Promise.all(
    [from, certificate].map((one) => readRegularFile(world.files, one, maxDetachedLength)),
  );
  const detached = readDetached(signature ?? new Uint8Array(), pem ?? new Uint8Array());
  const digest = await digestFile(world.files, { path }, 'sha256');
  const trusts = roots.map(({ choice }) => choice.trust);
  const bundle = await withLogEntry(detached, digest, trusts, world.http);
  return { from, bundle, artifact: artifactOfDigest(digest), stem: path };
}

/**
 * Returns the bundle in a file; `undefined` if the file is something else.
 *
 * @param isNamed true if the file must be a bundle
 * @throws CountersignError why a bundle cannot be read; `BUNDLE_UNSUPPORTED` for several bundles
 */
async function bundleIn(path: string, { files }: FileWorld, isNamed = false): Promise<Bundle | undefined> {
  const { size } = await files.stat(path);
  if (!isNamed && size > maxBundleLength) return undefined;
  const pool = await namedBundles({ workspace: dirname(path), paths: [path], directory: undefined }, files);
  const { bundles: [found, ...others] = [], unread: [unread] = [] } = pool ?? {};
  if (unread !== undefined) {
    if (!isNamed && unread.failure.code === 'FORMAT_UNSUPPORTED') return undefined;
    throw unread.failure;
  }
  if (others.length > 0)
    fail(
      'BUNDLE_UNSUPPORTED',
      `${path} contains ${others.length + 1} bundles; only files with one bundle are upgraded`,
      {
        remedy: 'Write each of the bundles to a file of its own.',
      },
    );
  return found?.bundle;
}

/** Returns the artifact of a bundle that was named: the file that it is named after, or the digest that it names. */
async function artifactOf(
  bundle: Bundle,
  stem: string,
  path: string,
  roots: readonly RootPolicy[],
  world: FileWorld,
): Promise<Artifact> {
  if (stem !== path && (await pathExists(stem, world.files))) return readFor(bundle, stem, roots, world);
  const digest = claimedDigest(bundleClaims(bundle, undefined));
  if (digest !== undefined) return artifactOfDigest(digest);
  return fail('DIGEST_UNAVAILABLE', `${path} names no digest, so it can only be verified with its artifact`, {
    remedy:
      'Put the artifact beside the bundle, under the name of the bundle without its ending, and specify the artifact.',
  });
}

/** Reads what of an artifact a bundle is verified with. */
function readFor(bundle: Bundle, path: string, roots: readonly RootPolicy[], world: FileWorld): Promise<Artifact> {
  const algorithms = new Set(roots.flatMap(({ policy }) => neededDigests(bundle, policy)));
  // A key may have made a pure Ed25519 signature, which is over the artifact itself.
  const whole = bundle.signer.kind === 'public-key';
  return readArtifact({ kind: 'file', name: path, path }, ['sha256', ...algorithms], whole, world);
}
