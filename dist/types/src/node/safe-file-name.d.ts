/** Makes file names from untrusted text that every file system and GitHub's artifact service accept. */
/**
 * Returns a single safe file name: no separators, not hidden, not a device, no characters that Windows or workflow artifacts forbid,
 * and of limited length. Different texts may get the same name.
 *
 * @param maxBytes of the name in UTF-8
 */
export declare function safeFileName(text: string, maxBytes: number): string;
/** Returns the longest prefix of a text within a length in UTF-8. */
export declare function truncate(text: string, maxBytes: number): string;
/** Returns a form that is equal for all names that a file system may treat as the same. */
export declare function foldName(path: string): string;
