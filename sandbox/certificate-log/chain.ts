/** The chains that are submitted to a certificate log (RFC 6962, section 3.1), and why they are refused. */

import { X509Certificate } from 'node:crypto';
import { encodeHex } from '../../src/core/encoding/index.ts';
import { extensionValue, hashOf, subjectPublicKeyInfo, tbsCertificateOf, withoutExtension } from '../pki/index.ts';
import type { FinalCertificate, Precertificate } from './certificate-log.ts';

/** The critical extension that makes a certificate of no use but for logging (RFC 6962, section 3.1). */
export const poisonOid = '1.3.6.1.4.1.11129.2.4.3';

/** Two bytes: NULL. */
export const poisonValue = new Uint8Array([5, 0]);

export interface SubmittedChain extends FinalCertificate {
  /** What is promised, if it is a precertificate. */
  readonly precertificate: Precertificate | undefined;
}

/**
 * Checks that a chain leads from a certificate, DER, to one of the roots, each signed by the next. The root may be left out.
 *
 * @throws RangeError what is wrong with it
 */
export function checkChain(chain: readonly Uint8Array[], roots: readonly Uint8Array[]): SubmittedChain {
  const [certificate, ...given] = chain;
  if (certificate === undefined) throw new RangeError('cert chain was empty');
  const last = chain.at(-1) ?? certificate;
  const above = roots.some((root) => isSame(root, last)) ? given : [...given, ...issuersOf(last, roots).slice(0, 1)];
  if (!roots.some((root) => isSame(root, above.at(-1))))
    throw new RangeError('x509: certificate signed by unknown authority');
  [certificate, ...above].reduce((issued, issuer) => {
    if (!isIssuedBy(issued, issuer)) throw new RangeError('x509: a certificate of the chain is not signed by the next');
    return issuer;
  });
  const issuer = above[0] ?? certificate;
  const poison = extensionValue(certificate, poisonOid);
  if (poison !== undefined && encodeHex(poison) !== encodeHex(poisonValue)) {
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

function issuersOf(certificate: Uint8Array, roots: readonly Uint8Array[]): readonly Uint8Array[] {
  return roots.filter((root) => isIssuedBy(certificate, root));
}

function isIssuedBy(certificate: Uint8Array, issuer: Uint8Array): boolean {
  try {
    const [issued, above] = [new X509Certificate(certificate), new X509Certificate(issuer)];
    return issued.issuer === above.subject && issued.verify(above.publicKey);
  } catch {
    throw new RangeError('x509: malformed certificate');
  }
}

function isSame(root: Uint8Array, certificate: Uint8Array | undefined): boolean {
  return certificate !== undefined && encodeHex(root) === encodeHex(certificate);
}
