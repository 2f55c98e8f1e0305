/** Object identifiers that certificates of Sigstore use. */
export declare const oids: {
    readonly subjectKeyIdentifier: '2.5.29.14';
    readonly keyUsage: '2.5.29.15';
    readonly subjectAlternativeName: '2.5.29.17';
    readonly basicConstraints: '2.5.29.19';
    readonly nameConstraints: '2.5.29.30';
    readonly authorityKeyIdentifier: '2.5.29.35';
    readonly policyConstraints: '2.5.29.36';
    readonly extendedKeyUsage: '2.5.29.37';
    readonly inhibitAnyPolicy: '2.5.29.54';
    readonly codeSigning: '1.3.6.1.5.5.7.3.3';
    readonly timeStamping: '1.3.6.1.5.5.7.3.8';
    readonly anyExtendedKeyUsage: '2.5.29.37.0';
    /** RFC 6962, section 3.3 */
    readonly signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.2';
    readonly precertificatePoison: '1.3.6.1.4.1.11129.2.4.3';
    /** Marks the CA certificates of Countersign's sandbox, so that they cannot pass for those of another authority. Below the arc for examples. */
    readonly sandboxMarker: '2.999.305821105.408246119';
};
