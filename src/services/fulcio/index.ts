export { requestCertificate } from './fulcio.ts';
