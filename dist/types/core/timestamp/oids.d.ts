/** Object identifiers of RFC 3161 and of the CMS (RFC 5652) around a timestamp. */
export declare const oids: {
    readonly signedData: '1.2.840.113549.1.7.2';
    readonly timestampInfo: '1.2.840.113549.1.9.16.1.4';
    readonly contentType: '1.2.840.113549.1.9.3';
    readonly messageDigest: '1.2.840.113549.1.9.4';
    readonly signingCertificateV2: '1.2.840.113549.1.9.16.2.47';
};
export declare const hashOids: {
    readonly sha256: '2.16.840.1.101.3.4.2.1';
    readonly sha384: '2.16.840.1.101.3.4.2.2';
    readonly sha512: '2.16.840.1.101.3.4.2.3';
};
