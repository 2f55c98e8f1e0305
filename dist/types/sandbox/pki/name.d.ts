/** Names in certificates (RFC 5280, sections 4.1.2.4 and 4.2.1.6). */
/** A distinguished name of the two attributes that Sigstore's authorities use. The subject of a Fulcio leaf is empty. */
export interface DistinguishedName {
    readonly organization?: string;
    readonly commonName?: string;
}
export declare function encodeName(name: DistinguishedName): Uint8Array;
export type GeneralName = {
    readonly kind: 'rfc822Name';
    readonly value: string;
} | {
    readonly kind: 'uniformResourceIdentifier';
    readonly value: string;
} | {
    readonly kind: 'dNSName';
    readonly value: string;
} | {
    readonly kind: 'directoryName';
    readonly value: DistinguishedName;
}
/** The value is the DER inside `[0] EXPLICIT`. */
 | {
    readonly kind: 'otherName';
    readonly typeId: string;
    readonly value: Uint8Array;
};
export declare function encodeGeneralName(name: GeneralName): Uint8Array;
