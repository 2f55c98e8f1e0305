/**
 * Returns a URL as people may see it: without user, password, query and fragment, each of which can hold a secret. A text without any
 * of them is returned as it is.
 */
export declare function shownUrl(url: string | URL): string;
