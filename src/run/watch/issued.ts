/** Finds out whether certificates were issued by an authority of the trusted root. */

import { CountersignError } from '../../core/errors/index.ts';
import { verifyCertificate } from '../../core/verify/index.ts';
import type { IssuanceCheck } from '../../monitor/watch/index.ts';
import type { TrustChoice } from '../policy/index.ts';

/**
 * Returns a function that reports whether an authority of one of the roots issued a certificate. Only a certificate of another authority
 * counts as not issued: one with another fault may still be accepted by a verifier.
 */
export function issuedUnder(roots: readonly TrustChoice[]): IssuanceCheck {
  // A root without authorities tells nothing.
  const telling = roots.filter(({ trust }) => trust.certificateAuthorities.length > 0);
  return async ({ der, notBefore }) => {
    if (notBefore === undefined || telling.length === 0) return undefined;
    let isOfOthers = true;
    for (const { trust, sandbox } of telling) {
      try {
        await verifyCertificate(der, trust, [notBefore], sandbox);
        return true;
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        if (error.code !== 'CERTIFICATE_UNTRUSTED') isOfOthers = false;
      }
    }
    return isOfOthers ? false : undefined;
  };
}
