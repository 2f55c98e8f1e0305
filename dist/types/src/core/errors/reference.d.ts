/** Describes each error code. `docs/errors.md` and `countersign errors` show it; nothing else loads it. */
import type { ErrorCode } from './codes.ts';
/** The topics, in the order of the reference. */
export declare const errorTopics: readonly ['General', 'Encodings', 'Keys and digests', 'Certificates', 'Transparency log', 'Timestamps', 'Bundles and statements', 'Trust and policy', 'Services and registries', 'Identity tokens', 'Artifacts and delivery'];
export type ErrorTopic = (typeof errorTopics)[number];
export interface ErrorDescription {
    readonly topic: ErrorTopic;
    /** The problem, as a sentence. */
    readonly meaning: string;
    /** The next step where the error itself has no remedy, in one or two sentences. */
    readonly remedy: string;
}
export declare const errorReference: Readonly<Record<ErrorCode, ErrorDescription>>;
