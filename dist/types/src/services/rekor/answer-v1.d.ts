/** The entries that Rekor v1 answers: a map from UUID to entry, in hexadecimal and numbers, made what bundles hold. */
import type { LogEntry } from '../../core/bundle/index.ts';
/** An entry that was fetched can hold the attestation that the log stored with it. */
export declare const maxAnswerLength: number;
/** Reports whether a text is an entry's UUID: the id of its tree and the hash of its leaf, or that hash alone. */
export declare function isUuid(text: string): boolean;
export interface AnsweredEntry {
    readonly uuid: string;
    readonly entry: LogEntry;
    /** The attestation that the service stored with the entry. It is not part of the log, which may hold its hash. */
    readonly attestation: Uint8Array | undefined;
}
/**
 * Reads the one entry of an answer. Nothing is verified.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function readAnswerV1(body: Uint8Array, { origin }: URL): AnsweredEntry;
