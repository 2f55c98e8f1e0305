/** Attaches a manifest to another, so that it is found from there (distribution specification, "Pushing Manifests with Subject"). */

import { type Digest, digest, equalDigests, formatDigest, type RandomBytes } from '../../core/crypto/index.ts';
import { asList, utf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { inTurns } from '../../node/index.ts';
import { backOff, type Sleep } from '../http/index.ts';
import { type Descriptor, descriptorJson, indexMediaType, type Manifest, parseObject, readIndex } from './manifest.ts';
import { type FetchedManifest, headManifest, putManifest } from './manifests.ts';
import { describeTag, fallbackTag, getFallbackIndex, listReferrers } from './referrers.ts';
import type { RepositorySession } from './repository-session.ts';

/** A manifest that names what it is attached to in its `subject`. */
export interface Attachment extends Pick<Manifest, 'mediaType' | 'bytes'> {
  readonly subject: Digest;
  /** Both as the manifest has them: registries and clients show them in the list. */
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The randomness and timer for waiting between two attempts. */
export interface Patience {
  readonly sleep: Sleep;
  readonly random: RandomBytes;
}

const maxTries = 6;

/**
 * Returns a function that stores a manifest and sees to it that it is listed: by the registry itself, or, where that has no referrers
 * API, in the index under the tag. What the registry acknowledged is read back. The function returns the manifest's digest.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE` also where others kept changing the index; `SERVICE_RESPONSE_INVALID`
 * also where the registry does not hold what it acknowledged; `SERVICE_REFUSED`; `LIMIT_EXCEEDED`
 */
export function manifestAttacher(
  session: RepositorySession,
  patience: Patience,
): (attachment: Attachment) => Promise<Digest> {
  // Not every registry knows If-Match: of two attachments to one subject, the index would lose the one that was written first.
  const turns = new Map<string, InTurn>();
  return (attachment) => {
    const subject = formatDigest(attachment.subject);
    const inTurn = turns.get(subject) ?? inTurns(1);
    turns.set(subject, inTurn);
    return attachManifest(session, attachment, patience, inTurn);
  };
}

type InTurn = ReturnType<typeof inTurns>;

async function attachManifest(
  session: RepositorySession,
  attachment: Attachment,
  patience: Patience,
  inTurn: InTurn,
): Promise<Digest> {
  const { subject, mediaType, bytes, artifactType, annotations } = attachment;
  const own = digest('sha256', bytes);
  await putManifest(session, own, attachment);
  const isThere = async (): Promise<boolean> => (await headManifest(session, own)) !== undefined;
  if (!(await eventually(isThere, patience))) forgot(session, `the manifest ${formatDigest(own)}`);
  const descriptor = { mediaType, digest: own, size: bytes.length, artifactType, annotations };
  const isListed = async (): Promise<boolean> => {
    const { source, descriptors } = await listReferrers(session, subject);
    // OCI-Subject is a promise; that the registry lists it is what others will see.
    if (source === 'api') return lists(descriptors, own);
    await inTurn(() => addToFallbackIndex(session, subject, descriptor, patience));
    return true;
  };
  if (!(await eventually(isListed, patience))) {
    forgot(session, `the reference from ${formatDigest(own)} to ${formatDigest(subject)}`);
  }
  return own;
}

function lists(descriptors: readonly Descriptor[], wanted: Digest): boolean {
  return descriptors.some(({ digest: listed }) => equalDigests(listed, wanted));
}

/** A registry of many machines may take a moment to see itself what it acknowledged. */
async function eventually(check: () => Promise<boolean>, patience: Patience): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    if (await check()) return true;
    if (tries === maxTries) return false;
    await wait(tries, patience);
  }
}

/** Reads the index, adds to it, writes it unless another client did meanwhile, and reads it back; repeats until the entry is there. */
async function addToFallbackIndex(
  session: RepositorySession,
  subject: Digest,
  descriptor: Descriptor,
  patience: Patience,
): Promise<void> {
  let isAcknowledged = false;
  let takesAbsent = true;
  const isListed = (index: FetchedManifest | undefined): boolean =>
    index !== undefined && lists(readIndex(index.bytes, describeTag(session, subject)), descriptor.digest);
  for (let tries = 1; tries <= maxTries; tries++) {
    const index = await getFallbackIndex(session, subject);
    if (isListed(index)) return;
    const bytes = withDescriptor(index, descriptor, describeTag(session, subject));
    const state = index ?? (takesAbsent ? 'absent' : undefined);
    const put = await putManifest(session, fallbackTag(subject), { mediaType: indexMediaType, bytes }, state);
    isAcknowledged = put.kind === 'stored';
    // Others have made it in between; or, where it still is not there, the registry does not know what was asked.
    takesAbsent &&= isAcknowledged || index !== undefined;
    // Others who read before this was written, and know no If-Match, may write over it.
    if (isAcknowledged && isListed(await getFallbackIndex(session, subject))) return;
    if (tries < maxTries) await wait(tries, patience);
  }
  if (isAcknowledged) forgot(session, `${fallbackTag(subject)} with ${formatDigest(descriptor.digest)}`);
  fail(
    'SERVICE_UNAVAILABLE',
    `${describeTag(session, subject)} was changed by other clients during ${maxTries} attempts`,
    {
      remedy: 'Try again, with fewer concurrent jobs that attach to the same image.',
    },
  );
}

/** The index with one more entry. All else in it stays as it is. */
function withDescriptor(index: FetchedManifest | undefined, descriptor: Descriptor, what: string): Uint8Array {
  const present =
    index === undefined ? { schemaVersion: 2, mediaType: indexMediaType } : parseObject(index.bytes, what);
  const manifests = asList(present.manifests) ?? [];
  return utf8(JSON.stringify({ ...present, manifests: [...manifests, descriptorJson(descriptor)] }));
}

function wait(tries: number, { sleep, random }: Patience): Promise<void> {
  return sleep(backOff(tries, random));
}

function forgot({ registry }: RepositorySession, what: string): never {
  fail('SERVICE_RESPONSE_INVALID', `the registry (${registry.origin}) accepted ${what} but does not have it`);
}
