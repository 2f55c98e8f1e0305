/** Step 1: the time of the signature, stated by authorities and logs that do not depend on the signer. */

import type { Bundle, LogEntry } from '../../bundle/index.ts';
import { countKeys, keyText, type PublicKey } from '../../crypto/index.ts';
import { fail } from '../../errors/index.ts';
import { verifySignedEntryTimestamp } from '../../log/index.ts';
import type { Policy } from '../../policy/index.ts';
import { namesSigner, readTimestampResponse, verifyTimestamp } from '../../timestamp/index.ts';
import { type Authority, covers, type TransparencyLog, type TrustedRoot } from '../../trust/index.ts';
import { atLeast, type Checked, check } from '../criterion.ts';
import { isRekorV2 } from '../entry-body.ts';
import { findLog } from '../find-log.ts';
import { isFuture } from '../future.ts';
import { remember } from '../remember.ts';
import { findRepeat } from '../repeats.ts';

/** A time at which the signature is proven to have existed, and the authority or log that proves it. */
export type VerifiedTime =
  | { readonly time: Date; readonly kind: 'timestamp-authority'; readonly source: Authority }
  | { readonly time: Date; readonly kind: 'log'; readonly source: TransparencyLog };

/** Prepares the step. */
export function timesStep(
  bundle: Bundle,
  trust: TrustedRoot,
  { thresholds }: Policy,
  now: Date,
): () => Promise<Checked<readonly VerifiedTime[]>> {
  const step = remember((_: undefined) =>
    check(
      {
        name: 'time',
        expected: atLeast(thresholds.timestamps, 'trusted timestamp', 'trusted timestamps'),
      },
      {},
      () => verifyTimes(bundle, trust, thresholds.timestamps, now),
      (found) => found.map(({ time }) => time.toISOString()).join(', ') || 'none',
    ),
  );
  return () => step(undefined);
}

/**
 * Verifies every timestamp and every signed entry timestamp of a bundle. One that does not verify is an error, even if others do; so is
 * one that repeats another, once there are enough.
 *
 * @param needed the number of distinct authorities or logs that must state a time
 * @throws CountersignError `TIMESTAMP_MISSING`, `TIMESTAMP_INVALID`, `TIMESTAMP_UNTRUSTED`, `TIMESTAMP_MISMATCH`, `LOG_ENTRY_INVALID`,
 * `LOG_UNKNOWN`, and those of the authority's certificates
 */
async function verifyTimes(
  bundle: Bundle,
  trust: TrustedRoot,
  needed: number,
  now: Date,
): Promise<readonly VerifiedTime[]> {
  const times: VerifiedTime[] = [];
  const { signature } = bundle.content;
  const isLogged = bundle.logEntries.some(({ signedEntryTimestamp }) => signedEntryTimestamp !== undefined);
  for (const timestamp of bundle.timestamps) times.push(await timestampedAt(timestamp, signature, trust, isLogged));
  for (const entry of bundle.logEntries) {
    const { signedEntryTimestamp } = entry;
    if (signedEntryTimestamp !== undefined) times.push(await integratedAt(entry, signedEntryTimestamp, trust));
  }
  for (const { time } of times) checkPast(time, now);
  // Counted by key: the trusted root may list one authority under several names, windows and certificates.
  const sources = countKeys(times.map(keyOf));
  if (!(sources >= needed)) {
    fail('TIMESTAMP_MISSING', `the signature has trusted times from ${sources} of ${needed} required sources`);
  }
  checkRepeats(times);
  return times;
}

function keyOf(time: VerifiedTime): PublicKey {
  return time.kind === 'log' ? time.source.publicKey : time.source.chain[0].publicKey;
}

/**
 * Refuses two timestamps by one authority for one moment: the second adds nothing, even if its encoding, serial number or imprint differs.
 * Entries of a log are compared where they are verified.
 */
function checkRepeats(times: readonly VerifiedTime[]): void {
  const timestamps = times.filter(({ kind }) => kind === 'timestamp-authority');
  const repeat = findRepeat(timestamps, (one) => `${keyText(keyOf(one))} ${one.time.getTime()}`);
  if (repeat !== undefined)
    fail(
      'TIMESTAMP_INVALID',
      `the bundle contains the timestamp of ${repeat.time.toISOString()} from ${nameOf(repeat)} twice`,
      {
        remedy: 'Ask the publisher for a bundle without the repeated timestamp.',
      },
    );
}

function nameOf(time: VerifiedTime): string {
  return time.kind === 'log' ? time.source.baseUrl : time.source.uri || 'an authority without a URI';
}

/** @param isLogged whether a log states a time as well */
async function timestampedAt(
  timestamp: Uint8Array,
  signature: Uint8Array,
  trust: TrustedRoot,
  isLogged: boolean,
): Promise<VerifiedTime> {
  const token = readTimestampResponse(timestamp);
  // Each authority by itself: a key never counts within the chain or the window of another authority (CVE-2026-39984).
  const source = trust.timestampAuthorities.find(
    ({ chain: [leaf], validFor }) => namesSigner(token, leaf) && covers(validFor, token.time),
  );
  if (source === undefined) {
    const when = token.time.toISOString();
    fail(
      'TIMESTAMP_UNTRUSTED',
      `the timestamp was not signed by a timestamp authority of the trusted root that was valid at ${when}`,
      {
        remedy: `Use a trusted root that contains this authority, such as a newer one.${isLogged ? ' Or ask the publisher for a bundle without the timestamp; the time in the log entry is enough.' : ''}`,
      },
    );
  }
  return { kind: 'timestamp-authority', time: await verifyTimestamp(token, signature, source.chain), source };
}

async function integratedAt(entry: LogEntry, signature: Uint8Array, trust: TrustedRoot): Promise<VerifiedTime> {
  const source = findLog(entry, trust);
  // A log of Rekor v2 signs no time (rekor-tiles), so an entry with one is not from such a log.
  if (isRekorV2(entry)) fail('LOG_ENTRY_INVALID', 'the log entry is of Rekor v2 but has a signed entry timestamp');
  return { kind: 'log', time: await verifySignedEntryTimestamp(entry, signature, source.publicKey), source };
}

function checkPast(time: Date, now: Date): void {
  if (isFuture(time, now)) {
    fail(
      'TIMESTAMP_INVALID',
      `the timestamp ${time.toISOString()} is in the future; the clock of this machine shows ${now.toISOString()}`,
      { remedy: 'Check the clock of this machine.' },
    );
  }
}
