/** The verifier: all that a client must check (Sigstore client specification, section 4), in that order. */

import type { Bundle } from '../bundle/index.ts';
import type { Digest } from '../crypto/index.ts';
import type { Policy } from '../policy/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import { establishTimes, type VerifiedTime } from './establish-times.ts';
import { matchIdentity, type VerifiedIdentity } from './match-identity.ts';
import { verifyCertificate } from './verify-certificate.ts';
import { type VerifiedContent, verifyContent } from './verify-content.ts';
import { type VerifiedLogEntry, verifyLogEntries } from './verify-log-entries.ts';
import { type VerifiedSct, verifySCTs } from './verify-scts.ts';

/** What was proven. There is no verdict that says no: what is not proven throws. */
export interface Verdict {
  readonly identity: VerifiedIdentity;
  readonly times: readonly VerifiedTime[];
  readonly signedCertificateTimestamps: readonly VerifiedSct[];
  readonly logEntries: readonly VerifiedLogEntry[];
  readonly content: VerifiedContent;
  /** The window in which the certificate was valid. */
  readonly certificateValidity: { readonly notBefore: Date; readonly notAfter: Date };
}

/**
 * Verifies that the signer whom the policy names signed the artifact. Opens no file and no socket.
 *
 * @param artifact the SHA-256 digest of the artifact
 * @param now the present, for what claims to be from the future; a bundle stays good for ever
 * @throws CountersignError with the code of the first check that fails
 *
 * @example
 * const bundle = readBundle(await readFile('app.tar.gz.sigstore.json'));
 * const trust = readTrustedRoot(await readFile('trusted_root.json'));
 * const artifact = digest('sha256', await readFile('app.tar.gz'));
 * const policy = exactIdentity(
 *   'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
 *   'https://token.actions.githubusercontent.com',
 * );
 * const { identity } = await verify(bundle, artifact, trust, policy, new Date());
 */
export async function verify(
  bundle: Bundle,
  artifact: Digest,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Verdict> {
  const { thresholds } = policy;
  const times = await establishTimes(bundle, trust, thresholds.timestamps, now);
  const moments = times.map(({ time }) => time);
  const verified = await verifyCertificate(bundle.certificate, trust, moments, policy.sandbox);
  const { certificate } = verified;
  const signedCertificateTimestamps = await verifySCTs(verified, trust, thresholds.signedCertificateTimestamps);
  const identity = matchIdentity(certificate, policy);
  const content = await verifyContent(bundle, artifact, certificate);
  const logEntries = await verifyLogEntries(bundle, artifact, certificate, trust, moments, thresholds.logEntries);
  return {
    identity,
    times,
    signedCertificateTimestamps,
    logEntries,
    content,
    certificateValidity: { notBefore: certificate.notBefore, notAfter: certificate.notAfter },
  };
}
