/** The certificate authority, and the service in front of it. */

export {
  CertificateAuthority,
  type CertificateAuthorityOptions,
  type LeafProfile,
  type LeafRequest,
} from './certificate-authority.ts';
export { CertificationService, type TrustedIssuer } from './certification.ts';
export { type CertifiedIdentity, fulcioExtension, jobIdentity, personIdentity } from './identity.ts';
