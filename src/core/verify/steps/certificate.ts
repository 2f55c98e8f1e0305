/** Step 2: that a trusted authority issued the signer's certificate, for signing code, and that it was valid when used. */

import { anticipateSignature, type Certificate, oids, readCertificate, verifyPath } from '../../certificate/index.ts';
import { equalBytes } from '../../encoding/index.ts';
import { CountersignError, fail } from '../../errors/index.ts';
import type { Policy } from '../../policy/index.ts';
import { type Authority, covers, type TrustedRoot } from '../../trust/index.ts';

export interface VerifiedCertificate {
  readonly certificate: Certificate;
  /** The certificate of the authority that issued it, from the verified path. */
  readonly issuer: Certificate;
  readonly authority: Authority;
}

/**
 * @param der the signer's certificate
 * @param times every time at which the signature is proven to have existed: the path must hold at each
 */
export function verifyCertificate(
  der: Uint8Array,
  trust: TrustedRoot,
  times: readonly Date[],
  sandbox: Policy['sandbox'],
): Promise<VerifiedCertificate> {
  return beginVerifying(der, trust).verify(times, sandbox);
}

/** A certificate that is being verified: what does not depend on when it was used is under way. */
export interface BegunCertificate {
  /** @throws CountersignError what is wrong with it, also what was found before */
  readonly verify: (times: readonly Date[], sandbox: Policy['sandbox']) => Promise<VerifiedCertificate>;
}

/** Reads a certificate, and has its signature looked at meanwhile: that takes longest of all, and waits for nothing. */
export function beginVerifying(der: Uint8Array, trust: TrustedRoot): BegunCertificate {
  try {
    const certificate = readCertificate(der, "the signer's certificate");
    for (const issuer of issuersOf(certificate, trust)) anticipateSignature(certificate, issuer);
    return { verify: (times, sandbox) => verifyRead(certificate, trust, times, sandbox) };
  } catch (error) {
    return { verify: () => Promise.reject(error) };
  }
}

function issuersOf({ issuer }: Certificate, { certificateAuthorities }: TrustedRoot): readonly Certificate[] {
  return certificateAuthorities.map(({ chain: [first] }) => first).filter(({ subject }) => equalBytes(subject, issuer));
}

async function verifyRead(
  certificate: Certificate,
  trust: TrustedRoot,
  times: readonly Date[],
  sandbox: Policy['sandbox'],
): Promise<VerifiedCertificate> {
  let problem: CountersignError | undefined;
  for (const authority of trust.certificateAuthorities) {
    const [issuer] = authority.chain;
    if (!equalBytes(issuer.subject, certificate.issuer)) continue;
    try {
      checkWindow(authority, times);
      await verifyPath(certificate, authority.chain, times, oids.codeSigning);
      checkSandbox(authority, sandbox);
      return { certificate, issuer, authority };
    } catch (error) {
      // Authorities may share a name: the next one may be the issuer.
      if (!(error instanceof CountersignError)) throw error;
      problem = error;
    }
  }
  throw (
    problem ?? new CountersignError('CERTIFICATE_UNTRUSTED', 'no authority of the trusted root issued the certificate')
  );
}

function checkWindow(authority: Authority, times: readonly Date[]): void {
  for (const time of times) {
    if (!covers(authority.validFor, time)) {
      fail('CERTIFICATE_UNTRUSTED', `the authority ${authority.uri} was not trusted at ${time.toISOString()}`);
    }
  }
}

function checkSandbox(authority: Authority, sandbox: Policy['sandbox']): void {
  if (sandbox !== 'accept' && authority.chain.some(({ extensions }) => extensions.has(oids.sandboxMarker))) {
    fail('CERTIFICATE_SANDBOX', 'the certificate was issued by a sandbox, for trying things out', {
      remedy: 'Sign against a real instance, or say that you are working with the sandbox.',
    });
  }
}
