/** A certificate log over HTTP: the requests of RFC 6962 (section 4), and tiles (C2SP static-ct-api). */
import { type Route } from '../http/route.ts';
import type { CertificateLog } from './certificate-log.ts';
export declare class CertificateLogService {
    #private;
    readonly log: CertificateLog;
    /** @param roots the roots, DER, to which submitted chains must lead */
    constructor(log: CertificateLog, roots: readonly Uint8Array[]);
    /** Returns the same service for another log. */
    over(log: CertificateLog): CertificateLogService;
    routes(path: string): readonly Route[];
}
