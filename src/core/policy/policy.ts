/** Who may sign what. There is no default: whoever verifies says whose signature he expects. */

import { fail } from '../errors/index.ts';

export interface Policy {
  /** The subject alternative name of the signer's certificate, exactly. */
  readonly certificateIdentity: string;
  /** The issuer of the signer's identity token, exactly. */
  readonly certificateOidcIssuer: string;
  /** How much proof is asked for. Never taken from what a bundle happens to hold. */
  readonly thresholds: Thresholds;
  /** Whether certificates of Countersign's sandbox count. Only a caller who runs the sandbox says `accept`. */
  readonly sandbox: 'refuse' | 'accept';
}

/** Each counts distinct logs or authorities, not pieces of paper. */
export interface Thresholds {
  readonly signedCertificateTimestamps: number;
  readonly logEntries: number;
  readonly timestamps: number;
}

/** What the public-good instance offers, and so what is asked for unless a policy says otherwise. */
export const defaultThresholds: Thresholds = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };

/**
 * A policy of one exact identity.
 *
 * @example
 * const policy = exactIdentity(
 *   'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
 *   'https://token.actions.githubusercontent.com',
 * );
 * @throws CountersignError `POLICY_INVALID` if either is empty
 */
export function exactIdentity(
  certificateIdentity: string,
  certificateOidcIssuer: string,
  options: Partial<Pick<Policy, 'thresholds' | 'sandbox'>> = {},
): Policy {
  if (certificateIdentity === '') fail('POLICY_INVALID', 'the expected certificate identity is empty');
  if (certificateOidcIssuer === '') fail('POLICY_INVALID', 'the expected issuer is empty');
  return { certificateIdentity, certificateOidcIssuer, thresholds: defaultThresholds, sandbox: 'refuse', ...options };
}
