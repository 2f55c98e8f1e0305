/** Converts the configuration of rekor-monitor to a policy. Loaded only for that. */
/** A part of a configuration that was not converted, or not exactly. */
export interface ImportNote {
    /** In the configuration, counted from 1. */
    readonly line: number;
    /** A sentence without its full stop. */
    readonly message: string;
}
export interface ImportedPolicy {
    /** The policy file; undefined if nothing could be converted. */
    readonly policy: string | undefined;
    /** In the order of lines. */
    readonly notes: readonly ImportNote[];
}
/**
 * Converts a configuration of rekor-monitor. A regular expression is converted if it is an escaped literal, or one followed by `.*`; others
 * are listed. The values of secrets are neither converted nor repeated.
 *
 * @param path for errors
 * @throws CountersignError `FORMAT_UNSUPPORTED` for a text that is not such a configuration, `LIMIT_EXCEEDED`
 */
export declare function importRekorMonitorConfig(text: string, path: string): Promise<ImportedPolicy>;
