/** A key with its certificate, valid for ten minutes. */

import { type Certificate, readCertificate } from '../core/certificate/index.ts';
import { digest, EphemeralKey, type RandomBytes } from '../core/crypto/index.ts';
import { equalBytes, utf8 } from '../core/encoding/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { exactly, type Policy } from '../core/policy/index.ts';
import { shownUrl, type TrustedRoot } from '../core/trust/index.ts';
import {
  checkNotInFuture,
  matchIdentity,
  type VerifiedIdentity,
  verifyCertificate,
  verifySCTs,
} from '../core/verify/index.ts';
import { demandOwnClaims, type IdentityToken, type TokenRequest } from '../identity/index.ts';
import { requestCertificate } from '../services/fulcio/index.ts';
import type { Http } from '../services/http/index.ts';

export interface CertifiedKey extends Disposable {
  readonly key: EphemeralKey;
  /** DER */
  readonly certificate: Uint8Array;
  readonly identity: VerifiedIdentity;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface CertificationOptions {
  readonly tokens: TokenRequest;
  readonly certificateAuthority: string;
  readonly trust: TrustedRoot;
  /** The requirements on the certificate, apart from the identity, which is the token's. */
  readonly requirements: Pick<Policy, 'thresholds' | 'sandbox'>;
  readonly http: Http;
  readonly random: RandomBytes;
  readonly clock: () => Date;
}

const clockSkewMilliseconds = 60_000;

/**
 * Generates a key and requests a certificate for it. The certificate is checked before anything is signed with it: it must hold this
 * key, name the identity of this token, show no claim that is not the token's, and come from the trusted root.
 *
 * @throws CountersignError those of the services and of the verifier; the key is overwritten then
 */
export async function certifyKey(options: CertificationOptions): Promise<CertifiedKey> {
  const requested = options.tokens();
  // Generating the key blocks for about 30 ms, while the token's request waits for its response. The await below handles a failure of
  // that request.
  requested.catch(() => undefined);
  const key = EphemeralKey.generate(options.random);
  try {
    const token = await requested;
    const certificate = await requestCertificate(options.http, options.certificateAuthority, {
      identityToken: token.token.reveal(),
      publicKey: key.publicKey.spki,
      proofOfPossession: key.sign(digest('sha256', utf8(token.challenge))),
    });
    const checked = await checkCertificate(certificate, key, token, options);
    return { key, certificate, ...checked, [Symbol.dispose]: () => key[Symbol.dispose]() };
  } catch (error) {
    key[Symbol.dispose]();
    throw error;
  }
}

async function checkCertificate(
  der: Uint8Array,
  key: EphemeralKey,
  token: IdentityToken,
  { trust, requirements, clock }: CertificationOptions,
): Promise<Pick<CertifiedKey, 'identity' | 'notBefore' | 'notAfter'>> {
  const { publicKey, notBefore, notAfter } = readCertificate(der, 'the issued certificate');
  if (!equalBytes(publicKey.spki, key.publicKey.spki)) {
    fail('CERTIFICATE_UNTRUSTED', 'the issued certificate is for a different key');
  }
  const now = clock();
  const present = presentTime(now, notBefore);
  if (present < notBefore || present > notAfter)
    fail(
      'CERTIFICATE_OUTSIDE_VALIDITY',
      `the new certificate is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, but the clock of this machine shows ${now.toISOString()}`,
      { remedy: 'Check the clock of this machine.' },
    );
  const verified = await verifyCertificate(der, trust, [present], requirements.sandbox);
  checkNotInFuture(await verifySCTs(verified, trust, requirements.thresholds.signedCertificateTimestamps), now);
  const { certificate } = verified;
  const identity = matchToken(certificate, token);
  // A certificate of another job must not pass for ours, even if both have the same name.
  demandOwnClaims(certificate, token.certificateClaims);
  return { identity, notBefore: certificate.notBefore, notAfter: certificate.notAfter };
}

/** Demands the identity of the token. An authority of one's own may be configured for another server. */
function matchToken(certificate: Certificate, token: IdentityToken): VerifiedIdentity {
  const [identity, issuer] = [exactly(token.certificateIdentity), exactly(token.certificateIssuer)];
  try {
    return matchIdentity(certificate, { kind: 'identity', identity, issuer, claims: [] });
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'IDENTITY_MISMATCH') throw error;
    return fail(error.code, error.message, {
      cause: error,
      remedy: `Nothing was signed. The certificate authority identifies this job by a different server or repository than the identity token. If you operate this Fulcio, set the default \`url\` of its CI provider for ${shownUrl(token.issuer)} to the URL of this server. Otherwise use a different \`instance\`.`,
    });
  }
}

/**
 * Returns the present time, or the start of the certificate's validity if that is ahead of our clock by no more than the accepted skew.
 */
function presentTime(now: Date, notBefore: Date): Date {
  const ahead = notBefore.getTime() - now.getTime();
  return ahead > 0 && ahead <= clockSkewMilliseconds ? notBefore : now;
}
