/** Finds the authority that issued the certificate of an entry. */

import { hash } from 'node:crypto';
import type { TrustedRoot } from '../../core/trust/index.ts';
import { verifyCertificate } from '../../core/verify/index.ts';
import type { CertificateEntry, SignatureEntry } from '../../monitor/entries/index.ts';
import type { FoundSigner, Issuance } from '../../report/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import { expectedFailure } from './search-log.ts';

/**
 * Returns the signers of an entry, with the authorities that issued their certificates.
 *
 * @param time when the log received the entry; without it, a certificate is verified at its start
 */
export async function signersOf(
  claims: SignatureEntry | CertificateEntry,
  time: Date | undefined,
  trust: TrustChoice,
): Promise<readonly FoundSigner[]> {
  if (claims.type === 'certificate') {
    const { certificate } = claims;
    const issuance =
      claims.kind === 'precertificate'
        ? issuanceByKey(claims.issuerKeyHash, trust.trust)
        : await issuanceOf(certificate.der, certificate.notBefore, trust);
    return [{ signer: { kind: 'certificate', certificate }, issuance }];
  }
  return Promise.all(
    claims.signers.map(async (signer) => ({
      signer,
      issuance:
        signer.kind === 'certificate'
          ? await issuanceOf(signer.certificate.der, time ?? signer.certificate.notBefore, trust)
          : undefined,
    })),
  );
}

async function issuanceOf(der: Uint8Array, time: Date | undefined, { trust, sandbox }: TrustChoice): Promise<Issuance> {
  if (time === undefined) return { isTrusted: false, reason: 'the certificate cannot be read' };
  try {
    const { authority } = await verifyCertificate(der, trust, [time], sandbox);
    return { isTrusted: true, authority: authority.uri };
  } catch (error) {
    return { isTrusted: false, reason: expectedFailure(error).message };
  }
}

/** A precertificate is not signed. Its log verified the issuer, whose key is in the entry. */
function issuanceByKey(keyHash: string | undefined, { certificateAuthorities }: TrustedRoot): Issuance {
  const authority = certificateAuthorities.find(({ chain }) =>
    chain.some(({ publicKey }) => hash('sha256', publicKey.spki) === keyHash),
  );
  return authority === undefined
    ? { isTrusted: false, reason: 'the certificate was issued by an authority that is not in the trusted root' }
    : { isTrusted: true, authority: authority.uri };
}
