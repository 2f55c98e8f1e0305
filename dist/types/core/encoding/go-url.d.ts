/**
 * URLs as Go's net/url writes them. Fulcio parses the identity of a job with it, so that a workflow file or branch whose name holds
 * a space or a letter outside of ASCII is percent-encoded in the certificate.
 */
/**
 * Returns what Go makes of an absolute http or https URL when it parses it and writes it again (`url.Parse(text)`, `String()`);
 * `undefined` for one that Go does not parse.
 */
export declare function goUrl(text: string): string | undefined;
