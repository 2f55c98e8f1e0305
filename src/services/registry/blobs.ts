/** Blobs in a registry (distribution specification, "Pulling blobs", "Pushing a blob monolithically"). */

import { type Digest, digest, formatDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { expectAnswer } from './answered.ts';
import { demandDigest } from './manifest.ts';
import { withParameter } from './origin.ts';
import type { RepositoryRequest, RepositorySession } from './repository-session.ts';

/** Enough for what is attached to an image, on a slow line. */
const timeoutMilliseconds = 300_000;
/** The message of an error may be longer than a small blob. */
const maxErrorLength = 64 * 1024;

/**
 * Fetches a blob and checks its digest; returns `undefined` if it does not exist.
 *
 * @param maxLength a longer one is refused while it is being read
 */
export async function getBlob(
  session: RepositorySession,
  wanted: Digest,
  maxLength: number,
): Promise<Uint8Array | undefined> {
  const answered = await session.send({
    method: 'GET',
    target: target(wanted),
    access: 'pull',
    maxBodyLength: Math.max(maxLength, maxErrorLength),
    timeoutMilliseconds,
  });
  if (answered.response.status === 404) return undefined;
  const { body } = expectAnswer(answered, 200);
  const what = `the blob ${formatDigest(wanted)} of the registry (${session.registry.origin})`;
  if (body.length > maxLength) fail('SERVICE_RESPONSE_INVALID', `${what} has more than ${maxLength} bytes`);
  demandDigest(body, wanted, what);
  return body;
}

/** Stores blobs, each once, however often and by how many at a time: what is attached to many images is often the same. */
export function blobPusher(session: RepositorySession): (bytes: Uint8Array) => Promise<Digest> {
  const pushed = new Map<string, Promise<Digest>>();
  return (bytes) => {
    const stored = digest('sha256', bytes);
    const name = formatDigest(stored);
    const known = pushed.get(name);
    if (known !== undefined) return known;
    const pushing = pushBlob(session, stored, bytes);
    pushed.set(name, pushing);
    // A failure is for those who wait for it now; later ones try again.
    pushing.catch(() => pushed.delete(name));
    return pushing;
  };
}

/** Stores a blob, unless it is there. */
async function pushBlob(session: RepositorySession, stored: Digest, bytes: Uint8Array): Promise<Digest> {
  if (await hasBlob(session, stored, 'push')) return stored;
  const upload = await beginUpload(session);
  const answered = await session.send({
    method: 'PUT',
    target: withParameter(upload, 'digest', formatDigest(stored)),
    access: 'push',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    maxBodyLength,
    timeoutMilliseconds,
  });
  // An upload whose answer was lost is over when it is sent again: what counts is that the blob is there.
  if (answered.response.status === 404 && (await hasBlob(session, stored, 'push'))) return stored;
  expectAnswer(answered, 201);
  return stored;
}

/** Starts an upload and returns its address. The registry drops uploads that are not completed. */
export async function beginUpload(session: RepositorySession): Promise<URL> {
  const started = await session.send({ method: 'POST', target: 'blobs/uploads/', access: 'push', maxBodyLength });
  const { location } = expectAnswer(started, 202).headers;
  return session.follow(location, started.request.url, 'does not say where to upload a blob to');
}

const maxBodyLength = 1024 * 1024;

/** Reports whether a blob exists. */
export async function hasBlob(
  session: RepositorySession,
  wanted: Digest,
  access: RepositoryRequest['access'],
): Promise<boolean> {
  const answered = await session.send({ method: 'HEAD', target: target(wanted), access, maxBodyLength: 0 });
  return expectAnswer(answered, 200, 404).status === 200;
}

function target(wanted: Digest): string {
  return `blobs/${formatDigest(wanted)}`;
}
