/** Verifying a timestamp under one authority of the trust root (RFC 3161, section 2.2; RFC 5652, section 5.6). */

import { type Certificate, oids as certificateOids, verifyPath, verifyWithAlgorithm } from '../certificate/index.ts';
import { digest, equalDigests } from '../crypto/index.ts';
import { equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import { oids } from './oids.ts';
import type { TimestampSigner, TimestampToken } from './token.ts';

/**
 * Reports whether a token claims to be of the authority with this signing certificate.
 */
export function namesSigner(token: TimestampToken, certificate: Certificate): boolean {
  const { identifier } = token.signer;
  if (identifier.kind === 'key') {
    const { subjectKeyIdentifier } = certificate;
    return subjectKeyIdentifier !== undefined && equalBytes(identifier.subjectKeyIdentifier, subjectKeyIdentifier);
  }
  return (
    equalBytes(identifier.issuer, certificate.issuer) && equalBytes(identifier.serialNumber, certificate.serialNumber)
  );
}

/**
 * Verifies that an authority timestamped these bytes.
 *
 * @param stamped what was timestamped: for Sigstore, the signature's bytes
 * @param chain the authority's pinned chain, its signing certificate first, the root last
 * @returns the time it states
 * @throws CountersignError `TIMESTAMP_INVALID`, `TIMESTAMP_MISMATCH`, `TIMESTAMP_UNTRUSTED` and those of the path
 */
export async function verifyTimestamp(
  token: TimestampToken,
  stamped: Uint8Array,
  chain: readonly Certificate[],
): Promise<Date> {
  const [leaf] = chain;
  if (leaf === undefined || !namesSigner(token, leaf))
    fail('TIMESTAMP_UNTRUSTED', 'the timestamp was signed by a different authority');
  if (!equalDigests(token.imprint, digest(token.imprint.algorithm, stamped))) {
    fail('TIMESTAMP_MISMATCH', 'the timestamp is for a different signature');
  }
  checkCertificates(token, leaf);
  checkAttributes(token, leaf);
  await verifyPath(leaf, chain.slice(1), [token.time], certificateOids.timeStamping);
  checkPurpose(leaf);
  await checkSignature(token.signer, leaf);
  return token.time;
}

/** Compares the certificate in the token, a hint, with the pinned one: another certificate would be another signer's. */
function checkCertificates(token: TimestampToken, leaf: Certificate): void {
  if (token.certificates.length > 0 && !token.certificates.some((certificate) => equalBytes(certificate, leaf.der))) {
    fail('TIMESTAMP_UNTRUSTED', 'the timestamp contains the certificate of a different authority');
  }
}

function checkAttributes(token: TimestampToken, leaf: Certificate): void {
  const { signer } = token;
  if (signer.contentType !== oids.timestampInfo)
    fail('TIMESTAMP_INVALID', `the signed content type ${signer.contentType} is not a timestamp`);
  if (!equalBytes(signer.messageDigest, digest(signer.digestAlgorithm, token.info).bytes)) {
    fail('TIMESTAMP_INVALID', 'the signed message digest does not match the timestamp information');
  }
  const { certificateDigest } = signer;
  if (certificateDigest && !equalDigests(certificateDigest, digest(certificateDigest.algorithm, leaf.der))) {
    fail('TIMESTAMP_UNTRUSTED', 'the timestamp is bound to a different certificate');
  }
}

/** Checks that the key is for timestamps alone, by a critical extension (RFC 3161, section 2.3). */
function checkPurpose(leaf: Certificate): void {
  const purposes = leaf.extendedKeyUsage ?? [];
  if (purposes.length !== 1 || !leaf.extensions.get(certificateOids.extendedKeyUsage)?.critical) {
    fail(
      'CERTIFICATE_PURPOSE',
      "the extended key usage of the timestamp authority's certificate is not limited to timestamping",
    );
  }
}

async function checkSignature(signer: TimestampSigner, leaf: Certificate): Promise<void> {
  const { signatureAlgorithm, digestAlgorithm } = signer;
  const named = 'hash' in signatureAlgorithm ? signatureAlgorithm.hash : undefined;
  if (named !== undefined && named !== digestAlgorithm) {
    fail('TIMESTAMP_INVALID', 'the signature algorithm of the timestamp does not match its digest algorithm');
  }
  const { signature, signedAttributes } = signer;
  if (!(await verifyWithAlgorithm(signatureAlgorithm, leaf.publicKey, signature, signedAttributes, digestAlgorithm))) {
    fail('TIMESTAMP_INVALID', 'the signature of the timestamp is invalid');
  }
}
