/** Certification paths (RFC 5280, section 6), from a leaf to the root of a pinned chain. */

import { equalBytes } from '../encoding/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';
import { oids } from './oids.ts';
import { verifyWithAlgorithm } from './signature-algorithm.ts';

const understood: ReadonlySet<string> = new Set([
  oids.keyUsage,
  oids.subjectAlternativeName,
  oids.basicConstraints,
  oids.extendedKeyUsage,
]);

/**
 * Constraints on the certificates below that are not evaluated (RFC 5280, sections 4.2.1.10, 4.2.1.11 and 4.2.1.14). An authority
 * that may certify only some names must not pass for one that may certify all, whether or not it marked the extension critical.
 */
const constraints: ReadonlyMap<string, string> = new Map([
  [oids.nameConstraints, 'name constraints'],
  [oids.policyConstraints, 'policy constraints'],
  [oids.inhibitAnyPolicy, 'an inhibitAnyPolicy extension'],
]);

/**
 * Builds a path from a leaf to the root of a pinned chain, and checks that each of its certificates was valid whenever the leaf was used.
 * Any certificate of the chain may have issued any other, as in Go's clients: the last one is the root, the others are intermediates.
 *
 * @param leaf an end-entity certificate
 * @param chain the pinned authority, the root last
 * @param times when the leaf was used; the path must have been valid at each of them
 * @param purpose the extended key usage that the leaf must have and the authorities must allow
 * @param supplied further intermediates, which nobody pinned: they count only if a path through them ends at the root
 * @returns the authorities of the path: the issuer of the leaf first, the root last
 * @throws CountersignError `CERTIFICATE_UNTRUSTED`, `CERTIFICATE_OUTSIDE_VALIDITY`, `CERTIFICATE_PURPOSE`
 */
export async function verifyPath(
  leaf: Certificate,
  chain: readonly Certificate[],
  times: readonly Date[],
  purpose: string,
  supplied: readonly Certificate[] = [],
): Promise<readonly [Certificate, ...Certificate[]]> {
  if (times.length === 0) fail('TIMESTAMP_MISSING', 'there is no verified time for the signature');
  const root =
    chain.at(-1) ?? fail('CERTIFICATE_UNTRUSTED', 'the certificate authority has no certificates in the trusted root');
  checkCertificate(leaf, times, 'the leaf certificate');
  checkLeaf(leaf, purpose);

  const authorities = [...chain, ...supplied];
  const nameOf = (index: number): string =>
    index < chain.length
      ? `certificate ${index + 1} of the authority`
      : `intermediate certificate ${index - chain.length + 1} of the bundle`;
  let problem: unknown;
  // Breadth first, each authority once: the shortest path to it has the fewest authorities below it, so that no longer one is better.
  const reached = new Set<Certificate>();
  const paths: Path[] = [{ certificate: leaf, name: 'the leaf certificate', issuers: [] }];
  for (const { certificate, name, issuers } of paths) {
    const candidates = [...authorities.entries()].filter(
      ([, issuer]) => !reached.has(issuer) && equalBytes(certificate.issuer, issuer.subject),
    );
    if (candidates.length === 0)
      problem = new CountersignError('CERTIFICATE_UNTRUSTED', `${name} was issued by another authority`);
    for (const [index, issuer] of candidates) {
      try {
        await checkIssued(certificate, issuer, name);
        checkCertificate(issuer, times, nameOf(index));
        checkAuthority(issuer, issuers.length, purpose, nameOf(index));
      } catch (cause) {
        problem = cause;
        continue;
      }
      const [first = issuer, ...others] = [...issuers, issuer];
      if (issuer === root) return [first, ...others];
      reached.add(issuer);
      paths.push({ certificate: issuer, name: nameOf(index), issuers: [first, ...others] });
    }
  }
  throw problem;
}

/** The beginning of a path. */
interface Path {
  /** Its last certificate, with the name of it in errors. */
  readonly certificate: Certificate;
  readonly name: string;
  /** Its certificates above the leaf. */
  readonly issuers: readonly Certificate[];
}

function checkCertificate(certificate: Certificate, times: readonly Date[], name: string): void {
  for (const time of times) checkValidity(certificate, time, name);
  checkExtensions(certificate, name);
}

function checkValidity(certificate: Certificate, time: Date, name: string): void {
  if (time < certificate.notBefore || time > certificate.notAfter) {
    const window = `${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`;
    fail('CERTIFICATE_OUTSIDE_VALIDITY', `${name} is valid from ${window} but was used at ${time.toISOString()}`);
  }
}

function checkExtensions(certificate: Certificate, name: string): void {
  for (const { oid, critical } of certificate.extensions.values()) {
    // RFC 6962, section 3.1: never a certificate, whether or not it was marked critical.
    if (oid === oids.precertificatePoison) fail('CERTIFICATE_UNTRUSTED', `${name} is a precertificate`);
    const constraint = constraints.get(oid);
    if (constraint !== undefined)
      fail('CERTIFICATE_UNTRUSTED', `${name} has ${constraint} (${oid}), which Countersign does not support`);
    if (critical && !understood.has(oid))
      fail('CERTIFICATE_UNTRUSTED', `${name} has the unknown critical extension ${oid}`);
  }
}

function checkLeaf(leaf: Certificate, purpose: string): void {
  if (leaf.basicConstraints?.isAuthority) fail('CERTIFICATE_PURPOSE', 'the leaf certificate is a CA certificate');
  if (!leaf.keyUsage?.has('digitalSignature'))
    fail('CERTIFICATE_PURPOSE', 'the leaf certificate lacks the key usage digitalSignature');
  // RFC 5280, sections 4.2.1.3 and 4.2.1.9: both are for authorities, and a reader of only one of them would take the leaf for one.
  if (leaf.keyUsage.has('keyCertSign'))
    fail('CERTIFICATE_PURPOSE', 'the leaf certificate has the key usage keyCertSign');
  if (leaf.basicConstraints?.pathLength !== undefined)
    fail('CERTIFICATE_PURPOSE', 'the leaf certificate has a path length constraint but is not a CA certificate');
  if (!leaf.extendedKeyUsage?.includes(purpose))
    fail('CERTIFICATE_PURPOSE', `the leaf certificate lacks the extended key usage ${purpose}`);
}

function checkAuthority(certificate: Certificate, authoritiesBelow: number, purpose: string, name: string): void {
  const { basicConstraints, keyUsage, extendedKeyUsage } = certificate;
  if (!basicConstraints?.isAuthority) fail('CERTIFICATE_UNTRUSTED', `${name} is not a CA certificate`);
  if (keyUsage !== undefined && !keyUsage.has('keyCertSign'))
    fail('CERTIFICATE_UNTRUSTED', `${name} lacks the key usage keyCertSign`);
  if (basicConstraints.pathLength !== undefined && authoritiesBelow > basicConstraints.pathLength) {
    fail(
      'CERTIFICATE_UNTRUSTED',
      `${name} allows ${basicConstraints.pathLength} CA certificates below it, but there are ${authoritiesBelow}`,
    );
  }
  if (
    extendedKeyUsage !== undefined &&
    !extendedKeyUsage.some((allowed) => allowed === purpose || allowed === oids.anyExtendedKeyUsage)
  ) {
    fail('CERTIFICATE_PURPOSE', `${name} does not allow the extended key usage ${purpose}`);
  }
}

/**
 * Holds for each certificate whether an issuer signed it. The certificates of a pinned chain are the same objects for every bundle, so
 * that their signatures are verified once; a leaf is read anew each time.
 */
const signed = new WeakMap<Certificate, WeakMap<Certificate, Promise<boolean>>>();

/**
 * Reports whether an issuer's key signed a certificate. Nothing else is verified.
 *
 * @throws CountersignError for an algorithm that is not supported
 */
export function isSigned(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const known = signed.get(certificate) ?? new WeakMap<Certificate, Promise<boolean>>();
  signed.set(certificate, known);
  const { signatureAlgorithm, signature, tbs } = certificate;
  const result = known.get(issuer) ?? verifyWithAlgorithm(signatureAlgorithm, issuer.publicKey, signature, tbs);
  known.set(issuer, result);
  // An error is not remembered; it is thrown where the result is awaited.
  result.catch(() => known.delete(issuer));
  return result;
}

/** Starts checking this signature early; {@link verifyPath} reports the result. */
export function anticipateSignature(certificate: Certificate, issuer: Certificate): void {
  void isSigned(certificate, issuer);
}

/** Reports whether the names and key identifiers of two certificates allow that one issued the other. Nothing is verified. */
export function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  return equalBytes(certificate.issuer, issuer.subject) && !namesOtherKey(certificate, issuer);
}

function namesOtherKey({ authorityKeyIdentifier }: Certificate, { subjectKeyIdentifier }: Certificate): boolean {
  return (
    authorityKeyIdentifier !== undefined &&
    subjectKeyIdentifier !== undefined &&
    !equalBytes(authorityKeyIdentifier, subjectKeyIdentifier)
  );
}

async function checkIssued(certificate: Certificate, issuer: Certificate, name: string): Promise<void> {
  if (namesOtherKey(certificate, issuer))
    fail('CERTIFICATE_UNTRUSTED', `the authority key identifier of ${name} does not match its issuer`);
  if (!(await isSigned(certificate, issuer))) fail('CERTIFICATE_UNTRUSTED', `${name} was not signed by its issuer`);
}
