/** The attestations that GitHub makes of immutable releases: statements about a tag and the files of its release. */
import { type Digest } from '../crypto/digest.ts';
import { type ReleaseExpectation } from '../policy/policy.ts';
import type { Statement } from '../statement/statement.ts';
import { type Checked } from './criterion.ts';
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
/**
 * Examines whether a signed statement is about the expected release.
 *
 * @param signature `undefined` if the signature does not verify; without a statement, if it is over something else
 * @throws CountersignError `POLICY_INVALID` if the expectation is invalid
 */
export declare function examineRelease(signature: {
    readonly statement: Statement | undefined;
} | undefined, expected: ReleaseExpectation): Promise<Checked<Release>>;
