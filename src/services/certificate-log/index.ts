/** Certificate logs (RFC 6962). Those of the Static CT API publish tiles: see `services/tiles`. */

export { type CertificateLogClient, certificateLogClient, type LogInclusionProof } from './certificate-log.ts';
