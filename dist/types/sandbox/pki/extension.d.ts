/** Certificate extensions (RFC 5280, section 4.2). */
import type { GeneralName } from './name.ts';
export interface Extension {
    readonly oid: string;
    readonly critical: boolean;
    /** The contents of the extension's OCTET STRING. */
    readonly value: Uint8Array;
}
export interface BasicConstraints {
    readonly authority: boolean;
    readonly pathLength?: number;
}
/** The numbers of the named bits (RFC 5280, section 4.2.1.3). */
export declare const keyUsages: {
    readonly digitalSignature: 0;
    readonly keyEncipherment: 2;
    readonly keyCertSign: 5;
    readonly cRLSign: 6;
};
export type KeyUsage = keyof typeof keyUsages;
export declare const keyPurposes: {
    readonly serverAuth: '1.3.6.1.5.5.7.3.1';
    readonly codeSigning: '1.3.6.1.5.5.7.3.3';
    readonly timeStamping: '1.3.6.1.5.5.7.3.8';
    readonly anyExtendedKeyUsage: '2.5.29.37.0';
};
export interface ExtendedKeyUsage {
    readonly critical: boolean;
    /** Object identifiers. */
    readonly purposes: readonly string[];
}
export interface SubjectAlternativeNames {
    readonly critical: boolean;
    readonly names: readonly GeneralName[];
}
export declare function encodeExtension({ oid, critical, value }: Extension): Uint8Array;
/** An OID below the arc for examples. Go's crypto/x509 refuses certificates with larger arcs. */
export declare const sandboxMarkerOid = "2.999.305821105.408246119";
/** The extension in all CA certificates of a sandbox, which verifiers refuse. Not critical, so that other clients ignore it. */
export declare const sandboxMarker: Extension;
