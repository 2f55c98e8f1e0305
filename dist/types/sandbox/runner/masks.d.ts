/**
 * Masks secrets: replaces each by *** in a line, also in the forms in which programs commonly print it.
 *
 * As in GitHub's runner, there is no minimum length, and the Base64 of a secret that is followed by other bytes is not masked at its end:
 * masking more than GitHub does would hide leaks from tests.
 */
/** The secrets of a job. A secret is masked from the time at which it is added. */
export declare class SecretMasker {
    #private;
    constructor(secrets?: Iterable<string>);
    /** Returns the secrets as they were added, without their encoded forms. */
    get values(): readonly string[];
    add(secret: string): void;
    /** Adds a secret and each of its lines, since output is masked line by line. */
    addWithLines(secret: string): void;
    /** Replaces every secret in a text. Secrets that overlap or touch are replaced together. */
    mask(text: string): string;
}
/** Returns the forms of a secret that are masked, including the secret itself. */
export declare function encodedForms(secret: string): readonly string[];
