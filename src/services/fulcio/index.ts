export { type CertificateRequest, requestCertificate } from './fulcio.ts';
