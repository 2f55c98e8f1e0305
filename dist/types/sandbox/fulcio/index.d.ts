/** The certificate authority and its service. */
export { CertificateAuthority, type CertificateAuthorityOptions, type LeafProfile, type LeafRequest, } from './certificate-authority.ts';
export { bearerToken, CertificationService, type LeafOverrides } from './certification.ts';
export type { JobKind } from './ci-provider.ts';
export { type CertifiedIdentity, fulcioExtension, type IdentityKind, jobIdentity, personIdentity } from './identity.ts';
