/** Finds out whether certificates were issued by an authority of the trusted root. */

import { type Certificate, isSigned, mayHaveIssued, readCertificate } from '../../core/certificate/index.ts';
import { attempt, CountersignError } from '../../core/errors/index.ts';
import type { IssuanceCheck } from '../../monitor/watch/index.ts';
import type { TrustChoice } from '../policy/index.ts';

/**
 * Returns a function that reports whether an authority of one of the roots signed a certificate. Times and purposes are not checked: a
 * certificate with such a fault is still one that the authority issued.
 */
export function issuedUnder(roots: readonly Pick<TrustChoice, 'trust'>[]): IssuanceCheck {
  const authorities = roots.flatMap(({ trust }) => trust.certificateAuthorities.flatMap(({ chain }) => chain));
  return async ({ der }) => {
    const certificate = attempt(() => readCertificate(der));
    // A root without authorities tells nothing.
    if (certificate === undefined || authorities.length === 0) return undefined;
    return isSignedByAny(certificate, authorities);
  };
}

async function isSignedByAny(
  certificate: Certificate,
  authorities: readonly Certificate[],
): Promise<boolean | undefined> {
  let isTold = true;
  for (const authority of authorities) {
    try {
      if (mayHaveIssued(authority, certificate) && (await isSigned(certificate, authority))) return true;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      isTold = false;
    }
  }
  return isTold ? false : undefined;
}
