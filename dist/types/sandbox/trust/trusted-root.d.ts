/** The trusted root (sigstore_trustroot.proto) of any authorities and logs, as JSON. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import type { CertificateLog } from '../certificate-log/certificate-log.ts';
import type { CertificateAuthority } from '../fulcio/certificate-authority.ts';
import type { TransparencyLog } from '../log/transparency-log.ts';
import type { TimestampAuthority } from '../timestamp/timestamp-authority.ts';
/** A service that is trusted from `start` to `end`, both included, or without an end. */
export interface Trusted<Service> {
    readonly service: Service;
    /** A name for the service only. */
    readonly url: string;
    readonly start: Date;
    readonly end?: Date;
}
export interface TrustedServices {
    readonly certificateAuthorities?: readonly Trusted<Pick<CertificateAuthority, 'chain'>>[];
    readonly certificateLogs?: readonly Trusted<CertificateLog>[];
    readonly transparencyLogs?: readonly Trusted<TransparencyLog>[];
    readonly timestampAuthorities?: readonly Trusted<Pick<TimestampAuthority, 'chain'>>[];
}
/**
 * @example
 * trustedRoot({ transparencyLogs: [{ service: log, url: 'https://log.example.test', start: new Date(0) }] });
 */
export declare function trustedRoot(trusted: TrustedServices): JsonObject;
export declare function validFor({ start, end }: {
    readonly start: Date;
    readonly end?: Date;
}): JsonObject;
