/** Looks at what is already where a bundle is to be written: nothing of somebody else's is replaced unless the caller says so. */

import { dirname } from 'node:path';
import { maxBundleLength } from '../../core/bundle/index.ts';
import { readCertificate } from '../../core/certificate/index.ts';
import { isHash } from '../../core/crypto/index.ts';
import { attempt, CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { readStatement, type Statement } from '../../core/statement/index.ts';
import {
  artifactOfDigest,
  type Bundle,
  type Digest,
  readBundle,
  type Verdict,
  verify,
} from '../../core/verify/index.ts';
import { demandConfined } from '../../deliver/index.ts';
import { demandOwnClaims, demandOwnRepository, demandOwnRun } from '../../identity/index.ts';
import { NotRegularFile, readRegularFile } from '../../node/index.ts';
import type { World } from '../world/index.ts';
import type { Signing } from './open-signing.ts';

/** What is at the path of a bundle. */
export type Existing = { readonly kind: 'nothing' } | OwnBundle | ForeignFile;

/** A bundle that verifies as one of the identity that signs now. */
export interface OwnBundle {
  readonly kind: 'own';
  readonly content: Bundle['content'];
  /** The digest that it was verified for: the first that it names. */
  readonly digest: Digest;
  /** The statement that it holds, if it holds one. */
  readonly statement: Statement | undefined;
  readonly verdict: Verdict;
  /** True if it lacks a log entry, as after an outage of the log. */
  readonly isUnlogged: boolean;
  /** The run whose job signed it; of a person, every run is this attempt. */
  readonly signedIn: 'this attempt' | 'an earlier attempt' | 'another run';
}

/** A file of somebody else: a bundle of another identity, or no bundle at all. */
export interface ForeignFile {
  readonly kind: 'foreign';
  /** The reason why it counts as one, as the end of a sentence. */
  readonly reason: string;
  /** True if a file cannot replace it. */
  readonly isFolder: boolean;
}

/**
 * Examines what is at a path. A build step, a commit or a cache may have put it there: it counts as one's own only if it verifies.
 *
 * @param read reads the file as a bundle
 * @throws CountersignError `USAGE` if a link leads the path out of the workspace
 */
export async function examineExisting(
  path: string,
  signing: Pick<Signing, 'trust' | 'policy' | 'timestampOnlyPolicy' | 'token' | 'places'>,
  { files, clock }: Pick<World, 'files' | 'clock'>,
  read: (json: Uint8Array) => Bundle = readBundle,
): Promise<Existing> {
  await demandConfined(files, dirname(path), signing.places);
  let json: Uint8Array;
  try {
    json = await readRegularFile(files, path, maxBundleLength);
  } catch (cause) {
    // A link that leads nowhere is replaced, as is every link.
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return { kind: 'nothing' };
    const isFolder = cause instanceof NotRegularFile && cause.isFolder;
    return { kind: 'foreign', reason: isFolder ? 'is a folder' : 'cannot be read as a bundle', isFolder };
  }
  const bundle = attempt(() => read(json));
  if (bundle === undefined) return { kind: 'foreign', reason: 'is not a bundle', isFolder: false };
  return examineBundle(bundle, signing, clock());
}

/** Examines a bundle, from wherever it is. It counts as one's own only if it verifies. */
export async function examineBundle(
  bundle: Bundle,
  { trust, policy, timestampOnlyPolicy, token }: Pick<Signing, 'trust' | 'policy' | 'timestampOnlyPolicy' | 'token'>,
  now: Date,
): Promise<OwnBundle | ForeignFile> {
  try {
    const { statement, digest } = contentOf(bundle.content);
    const verdict = await verify(bundle, artifactOfDigest(digest), trust, timestampOnlyPolicy, now);
    const isUnlogged = verdict.logEntries.length < policy.thresholds.logEntries;
    const certificate = certificateOf(bundle);
    demandOwnRepository(certificate, token.certificateClaims);
    const holds = (demand: typeof demandOwnRun): boolean =>
      attempt(() => {
        demand(certificate, token.certificateClaims);
        return true;
      }) ?? false;
    const isOwnRun = holds(demandOwnRun);
    const signedIn =
      isOwnRun && holds(demandOwnClaims) ? 'this attempt' : isOwnRun ? 'an earlier attempt' : 'another run';
    return { kind: 'own', content: bundle.content, digest, statement, verdict, isUnlogged, signedIn };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: 'foreign', reason: 'is a bundle of a different signer', isFolder: false };
  }
}

function contentOf(content: Bundle['content']): Pick<OwnBundle, 'statement' | 'digest'> {
  const statement = content.kind === 'dsse-envelope' ? readStatement(content.payload) : undefined;
  const digest =
    content.kind === 'dsse-envelope'
      ? statement?.subjects.flatMap(({ digests }) => digests.filter(isHash))[0]
      : content.messageDigest;
  return { statement, digest: digest ?? fail('BUNDLE_INVALID', 'the bundle contains no digest of its subject') };
}

function certificateOf({ signer }: Bundle): ReturnType<typeof readCertificate> {
  return signer.kind === 'certificate'
    ? readCertificate(signer.certificate)
    : fail('IDENTITY_MISMATCH', 'the bundle was signed with a long-lived key');
}

/** A file that is in the way of a bundle. */
export interface Obstacle {
  readonly path: string;
  readonly reason: string;
  readonly isFolder: boolean;
}

const maxShown = 5;

/**
 * Demands that nothing is in the way of bundles, before anything is signed.
 *
 * @param overwrite replaces files of others; folders are never replaced
 * @throws CountersignError `USAGE`, naming the files
 */
export function demandNoObstacles(all: readonly Obstacle[], overwrite: boolean): void {
  const obstacles = all.filter(({ isFolder }) => isFolder || !overwrite);
  if (obstacles.length === 0) return;
  const shown = obstacles.slice(0, maxShown).map(({ path, reason }) => `${path} ${reason}`);
  const more = obstacles.length > maxShown ? `; and ${obstacles.length - maxShown} more` : '';
  fail('USAGE', `nothing was signed, because bundles would overwrite other files: ${shown.join('; ')}${more}`, {
    remedy: obstacles.some(({ isFolder }) => !isFolder)
      ? 'Move these files away, specify a different folder with `bundle-dir`, or set `overwrite: true` to replace them.'
      : 'Move these folders away, or specify a different folder with `bundle-dir`.',
  });
}
