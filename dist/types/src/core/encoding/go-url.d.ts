/**
 * URLs as Go's net/url writes them. Fulcio parses the identity of a job with it, so that a workflow file or branch whose name holds
 * a space or a letter outside of ASCII is percent-encoded in the certificate.
 */
/**
 * Returns an absolute http or https URL as Go parses it and writes it again (`url.Parse(text)`, `String()`); `undefined` if Go does not
 * parse it.
 */
export declare function goUrl(text: string): string | undefined;
