/** A certificate transparency log and its service. */
export { CertificateLog, type CertificateLogOptions, encodeSctList, type Precertificate, type SctOverrides, } from './certificate-log.ts';
export { CertificateLogService } from './certificate-log-service.ts';
export { poisonOid, poisonValue } from './chain.ts';
