/** Attestations that Rekor v1 stores next to entries, mostly of the kind `intoto`. The log holds only their hashes. */

import { hash } from 'node:crypto';
import { attempt } from '../../core/errors/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import type { SignatureEntry } from '../../monitor/entries/index.ts';
import type { StoredAttestation } from '../../report/index.ts';

/** The service stores no longer ones. */
const maxLength = 100 * 1024;

/**
 * Reads the attestation that a service returned with an entry. Nothing is read from one that is not that of the entry: its hash is compared
 * with the hash of the payload in the entry, which is proven to be in the log.
 *
 * @returns `undefined` if the service stored none
 */
export function readAttestation(
  { digests }: SignatureEntry,
  attestation: Uint8Array | undefined,
): StoredAttestation | undefined {
  if (attestation === undefined || attestation.length === 0) return undefined;
  const unread = (reason: string): StoredAttestation => ({ isProven: false, reason });
  if (attestation.length > maxLength) return unread(`the attestation has more than ${maxLength / 1024} KiB`);
  const payloads = digests.filter(({ algorithm, of }) => algorithm === 'sha256' && of === 'payload');
  const value = hash('sha256', attestation);
  if (payloads.length === 0 || payloads.some((payload) => payload.value !== value))
    return unread('the attestation that the service returned is not the one whose hash is in the log');
  const statement = attempt(() => readStatement(attestation));
  if (statement === undefined) return unread('the attestation is not an in-toto statement');
  const { subjects, predicateType } = statement;
  return { isProven: true, subjects, predicateType };
}
