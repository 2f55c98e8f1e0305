/** The result of examining a bundle. */
import { CountersignError } from '../errors/index.ts';
import type { Criterion } from './criterion.ts';
import type { VerifiedContent } from './steps/content.ts';
import type { VerifiedSigner } from './steps/identity.ts';
import type { VerifiedLogEntry } from './steps/log.ts';
import type { VerifiedTime } from './steps/times.ts';
import type { VerifiedSct } from './steps/transparency.ts';
/** Everything that was proven. No verdict says no: what is not proven is an error. */
export interface Verdict {
    readonly signer: VerifiedSigner;
    readonly times: readonly VerifiedTime[];
    readonly signedCertificateTimestamps: readonly VerifiedSct[];
    readonly logEntries: readonly VerifiedLogEntry[];
    readonly content: VerifiedContent;
}
/** Every criterion, and either the verdict or the error of the first criterion that failed. */
export type Examination = {
    readonly criteria: readonly Criterion[];
} & ({
    readonly verdict: Verdict;
    readonly failure: undefined;
} | {
    readonly verdict: undefined;
    readonly failure: CountersignError;
});
/** The parts of a verdict on the signature over a document, where there is none. */
export declare const noVerdict: {
    readonly signer: undefined;
    readonly times: undefined;
    readonly signedCertificateTimestamps: undefined;
    readonly logEntries: undefined;
};
/** Returns the examination with these criteria: the verdict counts only if it is complete and no criterion failed. */
export declare function conclude(criteria: readonly Criterion[], proven: {
    readonly [Part in keyof Verdict]: Verdict[Part] | undefined;
}): Examination;
