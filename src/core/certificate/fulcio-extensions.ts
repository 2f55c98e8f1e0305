/** The extensions in which Fulcio describes the signer: 1.3.6.1.4.1.57264.1.1 to .24. */

import { decodeUtf8, readDer } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';

/** Fulcio's names for its extensions. */
export interface FulcioClaims {
  readonly issuer?: string;
  readonly buildSignerUri?: string;
  readonly buildSignerDigest?: string;
  readonly runnerEnvironment?: string;
  readonly sourceRepositoryUri?: string;
  readonly sourceRepositoryDigest?: string;
  readonly sourceRepositoryRef?: string;
  readonly sourceRepositoryIdentifier?: string;
  readonly sourceRepositoryOwnerUri?: string;
  readonly sourceRepositoryOwnerIdentifier?: string;
  readonly buildConfigUri?: string;
  readonly buildConfigDigest?: string;
  readonly buildTrigger?: string;
  readonly runInvocationUri?: string;
  readonly sourceRepositoryVisibility?: string;
  readonly deploymentEnvironment?: string;
  readonly tokenSubject?: string;
}

export type FulcioClaim = keyof FulcioClaims;

/** The last arc of each extension whose value is a DER UTF8String. */
export const fulcioExtensionArcs = {
  issuer: 8,
  buildSignerUri: 9,
  buildSignerDigest: 10,
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  sourceRepositoryIdentifier: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerIdentifier: 17,
  buildConfigUri: 18,
  buildConfigDigest: 19,
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
  deploymentEnvironment: 23,
  tokenSubject: 24,
} as const satisfies Record<FulcioClaim, number>;

/** Returns the name of a claim as people write it: `buildTrigger` is `build-trigger`, as in Fulcio's documents and in policies. */
export function claimName(claim: string): string {
  return claim.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const arc = '1.3.6.1.4.1.57264.1';

/**
 * Returns the claims that the certificate authority certifies. The issuer falls back to the older, raw extension `.1`, and
 * the two may not contradict one another.
 *
 * @throws CountersignError `CERTIFICATE_INVALID`
 */
export function readFulcioClaims(certificate: Certificate): FulcioClaims {
  const claims: { [Claim in FulcioClaim]?: string } = {};
  for (const [claim, number] of Object.entries(fulcioExtensionArcs) as [FulcioClaim, number][]) {
    const oid = `${arc}.${number}`;
    const extension = certificate.extensions.get(oid);
    if (extension === undefined) continue;
    claims[claim] = reading('CERTIFICATE_INVALID', `the extension ${oid}`, () =>
      readDer(extension.value, (der) => der.utf8String()),
    );
  }
  const rawIssuer = certificate.extensions.get(`${arc}.1`);
  if (rawIssuer !== undefined) {
    const issuer = decodeUtf8(rawIssuer.value) ?? fail('CERTIFICATE_INVALID', `the extension ${arc}.1 is not UTF-8`);
    if (claims.issuer !== undefined && claims.issuer !== issuer)
      fail('CERTIFICATE_INVALID', 'the certificate has two different OIDC issuers');
    claims.issuer = issuer;
  }
  return claims;
}

/** The raw extensions `.2` to `.6` that Fulcio still writes for jobs of GitHub Actions. */
export interface OlderFulcioClaims {
  readonly githubWorkflowTrigger?: string;
  readonly githubWorkflowSha?: string;
  readonly githubWorkflowName?: string;
  readonly githubWorkflowRepository?: string;
  readonly githubWorkflowRef?: string;
}

/** The last arc of each older extension, whose value is text without DER around it. */
export const olderFulcioExtensionArcs = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6,
} as const satisfies Record<keyof OlderFulcioClaims, number>;

/**
 * Returns the older claims of a certificate, whose values are text without DER around it.
 *
 * @throws CountersignError `CERTIFICATE_INVALID`
 */
export function readOlderFulcioClaims(certificate: Certificate): OlderFulcioClaims {
  const claims: { -readonly [Claim in keyof OlderFulcioClaims]: OlderFulcioClaims[Claim] } = {};
  for (const [claim, number] of Object.entries(olderFulcioExtensionArcs) as [keyof OlderFulcioClaims, number][]) {
    const extension = certificate.extensions.get(`${arc}.${number}`);
    if (extension === undefined) continue;
    claims[claim] =
      decodeUtf8(extension.value) ?? fail('CERTIFICATE_INVALID', `the extension ${arc}.${number} is not UTF-8`);
  }
  return claims;
}
