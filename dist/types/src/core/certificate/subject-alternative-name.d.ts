/** Subject alternative names in the forms that Fulcio issues (RFC 5280, section 4.2.1.6). */
export type SubjectAlternativeName = {
    readonly kind: 'uri' | 'email';
    readonly value: string;
}
/** Fulcio's `username` identities: `sub!domain` in an otherName. */
 | {
    readonly kind: 'username';
    readonly value: string;
} | {
    readonly kind: 'unknown';
    readonly tag: number;
};
export declare function readSubjectAlternativeNames(value: Uint8Array): readonly SubjectAlternativeName[];
