/** The attestations that GitHub makes of immutable releases: statements about a tag and the files of its release. */
import type { Digest } from '../crypto/index.ts';
import type { ReleaseExpectation } from '../policy/index.ts';
import type { Statement } from '../statement/index.ts';
/** A release, as a statement describes it. */
export interface Release {
    /** `owner/name` */
    readonly repository: string;
    readonly tag: string;
    /** The commit of the tag, in hexadecimal. */
    readonly commit: string;
    readonly repositoryId: string;
    readonly ownerId: string;
    readonly assets: readonly ReleaseAsset[];
}
export interface ReleaseAsset {
    readonly name: string;
    readonly digest: Digest;
}
/** The predicate types that GitHub has used. The second version renamed a member that is not used here. */
export declare const releasePredicateTypes: readonly ['https://in-toto.io/attestation/release/v0.1', 'https://in-toto.io/attestation/release/v0.2'];
/** Returns the expected release, for people. */
export declare function describeRelease({ repository, tag, commits }: ReleaseExpectation): string;
/**
 * Reads the release that a statement is about.
 *
 * @throws CountersignError `PREDICATE_TYPE_MISMATCH`; `STATEMENT_INVALID` if its parts contradict each other, or it names a file twice
 */
export declare function readRelease({ predicateType, predicate, subjects: [first, ...others] }: Statement): Release;
/**
 * Compares the release that a statement is about with the expected one.
 *
 * @param statement `undefined` if something else was signed
 * @throws CountersignError `RELEASE_MISMATCH`, and those of {@link readRelease}
 */
export declare function matchRelease(statement: Statement | undefined, expected: ReleaseExpectation): Release;
