import { CountersignError, type ErrorDetails } from '../../core/errors/index.ts';
/** The answer of a log that has an entry already and does not return it. */
export declare class LogEntryDuplicate extends CountersignError {
    /** The index that the log states; `undefined` if it states none. */
    readonly index: number | undefined;
    constructor(message: string, index: number | undefined, details: ErrorDetails);
}
