/** Step 2: the signer's certificate, issued by a trusted authority for signing code, and valid when used; or the signer's long-lived key. */

import type { Bundle } from '../../bundle/index.ts';
import {
  anticipateSignature,
  type Certificate,
  mayHaveIssued,
  oids,
  readCertificate,
  verifyPath,
} from '../../certificate/index.ts';
import type { PublicKey } from '../../crypto/index.ts';
import { equalBytes } from '../../encoding/index.ts';
import { attempt, CountersignError, fail } from '../../errors/index.ts';
import { acceptsNoIssuer, type Policy } from '../../policy/index.ts';
import { type Authority, covers, type TrustedRoot } from '../../trust/index.ts';
import { type Checked, check } from '../criterion.ts';
import { remember } from '../remember.ts';
import type { Signer } from '../signer.ts';
import type { VerifiedTime } from './times.ts';

export interface VerifiedCertificate {
  readonly certificate: Certificate;
  /** The certificate of the authority that issued it, from the verified path. */
  readonly issuer: Certificate;
  readonly authority: Authority;
}

/** The signer whose certificate or key is verified. */
export type VerifiedKeyHolder =
  | Extract<Signer, { kind: 'key' }>
  | (Extract<Signer, { kind: 'certificate' }> & VerifiedCertificate);

/** The signer that a bundle names. Nothing about it is verified; it only lets later steps start their signatures early. */
export interface ClaimedSigner {
  readonly publicKey: PublicKey;
  /** The signer's certificate with each certificate that may have issued it. */
  readonly paths: readonly Pick<VerifiedCertificate, 'certificate' | 'issuer'>[];
  /** The intermediates of the bundle that may be used. */
  readonly supplied: readonly Certificate[];
}

/**
 * Reads the signer that a bundle names.
 *
 * @returns `undefined` for a signer that {@link signerStep} will refuse
 */
export function claimedSigner({ signer }: Bundle, trust: TrustedRoot, policy: Policy): ClaimedSigner | undefined {
  if (policy.signer.kind === 'key')
    return signer.kind === 'public-key' ? { publicKey: policy.signer.publicKey, paths: [], supplied: [] } : undefined;
  if (signer.kind !== 'certificate') return undefined;
  const certificate = attempt(() => readLeaf(signer.certificate));
  if (certificate === undefined) return undefined;
  const supplied = suppliedBy(signer, policy);
  const issuers = [...trust.certificateAuthorities.flatMap(({ chain }) => chain), ...supplied];
  const paths = issuers.flatMap((issuer) => (mayHaveIssued(issuer, certificate) ? [{ certificate, issuer }] : []));
  return paths.length === 0 ? undefined : { publicKey: certificate.publicKey, paths, supplied };
}

/**
 * Returns the intermediates of a bundle, if the policy is one for a private PKI: it gives one exact name and accepts any issuer. Under other
 * policies, a subordinate authority could name any issuer of identities.
 */
function suppliedBy(
  { others = [] }: Extract<Bundle['signer'], { kind: 'certificate' }>,
  { signer }: Policy,
): readonly Certificate[] {
  if (signer.kind !== 'identity' || !acceptsNoIssuer(signer)) return [];
  return others.flatMap((der) => attempt(() => readCertificate(der)) ?? []);
}

/** Prepares the step, and starts the signature of the certificate. */
export function signerStep(
  bundle: Bundle,
  trust: TrustedRoot,
  policy: Policy,
  claimed: ClaimedSigner | undefined,
): (times: readonly VerifiedTime[] | undefined) => Promise<Checked<VerifiedKeyHolder>> {
  for (const { certificate, issuer } of claimed?.paths ?? []) anticipateSignature(certificate, issuer);
  const { signer, sandbox } = policy;
  if (signer.kind === 'key') return remember(() => examineKey(bundle, signer.publicKey));
  return remember((times) =>
    check(
      { name: 'certificate', expected: 'issued by a trusted CA, valid at signing time, for code signing' },
      { time: times },
      async ({ time }) => {
        const leaf = claimed?.paths[0]?.certificate ?? leafOf(bundle);
        const moments = time.map((each) => each.time);
        const verified = await verifyLeaf(leaf, trust, moments, sandbox, claimed?.supplied);
        return { kind: 'certificate', publicKey: leaf.publicKey, ...verified } as const;
      },
      ({ authority }) => authority.uri,
    ),
  );
}

function examineKey({ signer }: Bundle, publicKey: PublicKey): Promise<Checked<VerifiedKeyHolder>> {
  return check(
    { name: 'key', expected: `the given ${publicKey.kind} key` },
    {},
    () => {
      // A certificate would name the signer, and nobody would have checked it.
      if (signer.kind !== 'public-key')
        fail('KEY_MISMATCH', 'the bundle was signed with a certificate; expected the given key');
      return { kind: 'key', publicKey } as const;
    },
    () => publicKey.kind,
  );
}

function leafOf({ signer }: Bundle): Certificate {
  if (signer.kind !== 'certificate')
    fail('IDENTITY_MISMATCH', 'the bundle was signed with a long-lived key; expected a certificate');
  return readLeaf(signer.certificate);
}

/** The certificate that was read last: a run signs with one, and whoever verifies the run's bundles meets it in each of them. */
let latest: Certificate | undefined;

function readLeaf(der: Uint8Array): Certificate {
  // Of a copy: the caller may write into its own bytes.
  if (latest === undefined || !equalBytes(latest.der, der))
    latest = readCertificate(der.slice(), "the signer's certificate");
  return latest;
}

/**
 * Verifies a certificate: a trusted authority issued it for signing code, and it was valid whenever it was used.
 *
 * @param der the signer's certificate
 * @param times every time at which the signature is proven to have existed: the path must hold at each
 * @throws CountersignError `CERTIFICATE_INVALID`, `CERTIFICATE_UNTRUSTED`, `CERTIFICATE_OUTSIDE_VALIDITY`, `CERTIFICATE_PURPOSE`,
 * `CERTIFICATE_SANDBOX`; `TIMESTAMP_MISSING` without any time
 */
export async function verifyCertificate(
  der: Uint8Array,
  trust: TrustedRoot,
  times: readonly Date[],
  sandbox: Policy['sandbox'],
): Promise<VerifiedCertificate> {
  return verifyLeaf(readLeaf(der), trust, times, sandbox);
}

async function verifyLeaf(
  certificate: Certificate,
  trust: TrustedRoot,
  times: readonly Date[],
  sandbox: Policy['sandbox'],
  supplied: readonly Certificate[] = [],
): Promise<VerifiedCertificate> {
  let problem: CountersignError | undefined;
  for (const authority of trust.certificateAuthorities) {
    const { chain } = authority;
    // Where the trusted root names intermediates, it pins them.
    const intermediates = chain.length === 1 ? supplied : [];
    if (![...chain, ...intermediates].some(({ subject }) => equalBytes(subject, certificate.issuer))) continue;
    // An authority that is not below the first one of the chain is a part of the PKI, or pretends to be, and no signer.
    if (certificate.basicConstraints?.isAuthority && !equalBytes(chain[0].subject, certificate.issuer)) continue;
    try {
      checkWindow(authority, times);
      const path = await verifyPath(certificate, chain, times, oids.codeSigning, intermediates);
      checkSandbox([...chain, ...path], sandbox);
      return { certificate, issuer: path[0], authority };
    } catch (error) {
      // Authorities may share a name: the next one may be the issuer.
      if (!(error instanceof CountersignError)) throw error;
      problem = error;
    }
  }
  throw (
    problem ??
    new CountersignError(
      'CERTIFICATE_UNTRUSTED',
      'the certificate was not issued by a certificate authority of the trusted root',
    )
  );
}

function checkWindow(authority: Authority, times: readonly Date[]): void {
  for (const time of times) {
    if (!covers(authority.validFor, time)) {
      fail(
        'CERTIFICATE_UNTRUSTED',
        `the certificate authority ${authority.uri} was not trusted at ${time.toISOString()}`,
      );
    }
  }
}

function checkSandbox(authorities: readonly Certificate[], sandbox: Policy['sandbox']): void {
  if (sandbox !== 'accept' && authorities.some(({ extensions }) => extensions.has(oids.sandboxMarker))) {
    fail('CERTIFICATE_SANDBOX', 'the certificate was issued by a sandbox, which is for testing only', {
      remedy: 'Sign with a production instance. To test with the sandbox, set `instance: sandbox`.',
    });
  }
}
