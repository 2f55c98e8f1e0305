/** Guesses by its form whether a text is the name of an image in a registry. Only parsing it decides. */
/** With a tag or digest. Capitals are for the error that refuses them. */
export declare function looksLikeImage(text: string): boolean;
/** Without either, it begins as one: `ghcr.io/owner/app`, `localhost:5000/app`. */
export declare function beginsLikeImage(text: string): boolean;
