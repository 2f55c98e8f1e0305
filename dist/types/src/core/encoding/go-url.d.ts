/**
 * URLs as Go's net/url writes them. Fulcio parses the identity of a job with it, so that a workflow file or branch whose name holds
 * a space or a letter outside of ASCII is percent-encoded in the certificate.
 */
/**
 * Returns an absolute http or https URL as Go parses it and writes it again (`url.Parse(text)`, `String()`); `undefined` if Go does not
 * parse it.
 */
export declare function goUrl(text: string): string | undefined;
/**
 * Returns the text without percent signs that Go writes as this URL; `undefined` if there is none, or if it is the URL itself. No two URLs
 * share such a text: `a%2Fb`, `a%2520b` and `a%c3%bc` are what Go writes for no text without percent signs.
 */
export declare function plainUrl(url: string): string | undefined;
