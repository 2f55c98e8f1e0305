/** Reads parts of certificates (RFC 5280, section 4.1). */
/** Returns the TBSCertificate of a certificate, DER. */
export declare function tbsCertificateOf(certificate: Uint8Array): Uint8Array;
/** Returns the serial number, an unsigned integer, big-endian. */
export declare function serialNumberOf(certificate: Uint8Array): Uint8Array;
/** Returns the value of an extension, or `undefined` if the certificate does not have it. */
export declare function extensionValue(certificate: Uint8Array, oid: string): Uint8Array | undefined;
/** Removes an extension from a TBSCertificate, and leaves all other bytes as they are (RFC 6962, section 3.2). */
export declare function withoutExtension(tbsCertificate: Uint8Array, oid: string): Uint8Array;
/** Returns the alternative names of a certificate that are text: addresses, hosts, URIs, and other names in UTF-8. */
export declare function alternativeNames(certificate: Uint8Array): readonly string[];
