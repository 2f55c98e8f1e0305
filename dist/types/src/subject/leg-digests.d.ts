/**
 * The digests that one job hands over to another, which signs them: a file that is the canonical JSON (RFC 8785) of what the job hashed,
 * and of the run that it is a part of.
 */
import { type Digest } from '../core/crypto/index.ts';
import type { DigestSubject } from './subject.ts';
export declare const legLimits: {
    readonly bytes: number;
    readonly subjects: 100000;
};
/** The name of the file. */
export declare const legDigestsFile = "countersign-digests.json";
/** The job that hashed the subjects: one leg of a matrix, or a job without one. */
export interface Leg {
    /** `owner/name`. */
    readonly repository: string;
    readonly runId: string;
    readonly attempt: number;
    readonly job: string;
    /** The name that the workflow gives the leg; empty for a job without a matrix. */
    readonly leg: string;
}
export interface LegSubject {
    readonly kind: 'file' | 'digest' | 'image';
    readonly name: string;
    readonly digest: Digest;
    /** The number of bytes of a file. */
    readonly size?: number;
}
export interface LegDigests {
    readonly from: Leg;
    /** In the order of their names, which are distinct except for images. */
    readonly subjects: readonly LegSubject[];
}
/** Reports whether a text can name a leg: reports show it in one line. */
export declare function isLegText(text: string): boolean;
/** Names a leg in a sentence: `build (linux)`. */
export declare function formatLeg({ job, leg }: Pick<Leg, 'job' | 'leg'>): string;
/** The beginning of the names of all workflow artifacts with digests of legs. */
export declare const legArtifactPrefix = "countersign-digests-";
/** Returns the name of a leg's workflow artifact. It is the same in each attempt, and another leg of the run has another one. */
export declare function legArtifactName({ job, leg }: Pick<Leg, 'job' | 'leg'>): string;
/** Returns the subjects as a run signs what it knows by the digest. */
export declare function digestSubjectsOf({ from, subjects }: LegDigests): readonly DigestSubject[];
/**
 * Returns the content of the file.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`; `JSON_INVALID` for a file and an image of the same name
 */
export declare function writeLegDigests({ from, subjects }: LegDigests): string;
/**
 * Reads the file. There is one text for each content, so that nobody can read something else in it.
 *
 * @param what the name of the file in errors
 * @throws CountersignError `JSON_INVALID`, `DIGEST_INVALID`; `LIMIT_EXCEEDED`
 */
export declare function readLegDigests(bytes: Uint8Array, what: string): LegDigests;
