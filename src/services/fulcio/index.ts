export { type ConfiguredIssuer, findIssuer } from './configuration.ts';
export { requestCertificate } from './fulcio.ts';
