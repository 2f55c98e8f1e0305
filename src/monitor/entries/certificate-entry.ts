/** Reads the entries of certificate transparency logs: MerkleTreeLeaf (RFC 6962, section 3.4). */

import { readCertificateClaims, readTbsClaims } from './certificate-claims.ts';
import type { CertificateEntry } from './claims.ts';
import type { Problems } from './problems.ts';

/** Version v1, and the type of a leaf with a time. */
const timestampedEntry = 0x0000;
const entryTypes = { certificate: 0, precertificate: 1 } as const;
const issuerKeyHashLength = 32;

/** Returns the claims of a leaf; `undefined` if it is neither a certificate nor a precertificate. */
export function readCertificateEntry(
  bytes: Buffer,
  problems: Problems,
): Omit<CertificateEntry, 'problems'> | undefined {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== timestampedEntry) return malformed(problems);
  const time = new Date(bytes.readUInt32BE(2) * 2 ** 32 + bytes.readUInt32BE(6));
  const type = bytes.readUInt16BE(10);
  const isPrecertificate = type === entryTypes.precertificate;
  if (type !== entryTypes.certificate && !isPrecertificate) {
    problems.add('UNKNOWN_KIND', 'the entry', `the type ${type}`);
    return undefined;
  }
  const keyHash = isPrecertificate ? bytes.subarray(12, 12 + issuerKeyHashLength) : undefined;
  const start = 12 + (isPrecertificate ? issuerKeyHashLength : 0);
  if (bytes.length < start + 3) return malformed(problems);
  const end = start + 3 + bytes.readUIntBE(start, 3);
  // The extensions follow, with their length.
  if (end + 2 > bytes.length || end + 2 + bytes.readUInt16BE(end) !== bytes.length) return malformed(problems);
  const der = bytes.subarray(start + 3, end);
  const isTime = !Number.isNaN(time.getTime());
  if (!isTime) problems.add('MALFORMED', 'the entry', 'the time is invalid');
  return {
    type: 'certificate',
    kind: isPrecertificate ? 'precertificate' : 'certificate',
    certificate: isPrecertificate
      ? readTbsClaims(der, 'the precertificate', problems)
      : readCertificateClaims(der, 'the certificate', problems),
    issuerKeyHash: keyHash?.toString('hex'),
    loggedAt: isTime ? time : undefined,
  };
}

function malformed(problems: Problems): undefined {
  problems.add('MALFORMED', 'the entry', 'not a leaf of RFC 6962');
  return undefined;
}
