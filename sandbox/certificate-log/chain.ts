/** Checks the chains that are submitted to a certificate log (RFC 6962, section 3.1). */

import { X509Certificate } from 'node:crypto';
import { equalBytes } from '../../src/core/encoding/index.ts';
import { extensionValue, hashOf, subjectPublicKeyInfo, tbsCertificateOf, withoutExtension } from '../pki/index.ts';
import type { FinalCertificate, Precertificate } from './certificate-log.ts';

/** The critical extension of a precertificate, and its value, NULL (RFC 6962, section 3.1). */
export const poisonOid = '1.3.6.1.4.1.11129.2.4.3';
export const poisonValue = new Uint8Array([5, 0]);

export interface SubmittedChain extends FinalCertificate {
  /** The entry to log, if the certificate is a precertificate. */
  readonly precertificate: Precertificate | undefined;
}

/**
 * Checks that a chain leads from a certificate, DER, to one of the roots, each signed by the next. The root may be left out.
 *
 * @throws RangeError with the reason
 */
export function checkChain(chain: readonly Uint8Array[], roots: readonly Uint8Array[]): SubmittedChain {
  const [certificate, ...given] = chain;
  if (certificate === undefined) throw new RangeError('cert chain was empty');
  const last = chain.at(-1) ?? certificate;
  const isRoot = roots.some((root) => equalBytes(root, last));
  const root = isRoot ? last : roots.find((one) => isIssuedBy(last, one));
  // A root is not trusted to issue itself alone: something else must lead to it.
  if (root === undefined || (isRoot && given.length === 0))
    throw new RangeError('x509: certificate signed by unknown authority');
  const above = isRoot ? given : [...given, root];
  [certificate, ...above].reduce((issued, issuer) => {
    if (!isIssuedBy(issued, issuer)) throw new RangeError('x509: a certificate of the chain is not signed by the next');
    return issuer;
  });
  const issuer = above[0] ?? certificate;
  const poison = extensionValue(certificate, poisonOid);
  if (poison !== undefined && !equalBytes(poison, poisonValue)) {
    throw new RangeError('CT poison ext is not a proper poison');
  }
  const precertificate =
    poison === undefined
      ? undefined
      : {
          certificate,
          issuers: above,
          tbsCertificate: withoutExtension(tbsCertificateOf(certificate), poisonOid),
          issuerKeyHash: hashOf('sha256', subjectPublicKeyInfo(new X509Certificate(issuer).publicKey)),
        };
  return { certificate, issuers: above, precertificate };
}

function isIssuedBy(certificate: Uint8Array, issuer: Uint8Array): boolean {
  try {
    const [issued, above] = [new X509Certificate(certificate), new X509Certificate(issuer)];
    return issued.issuer === above.subject && issued.verify(above.publicKey);
  } catch {
    throw new RangeError('x509: malformed certificate');
  }
}
