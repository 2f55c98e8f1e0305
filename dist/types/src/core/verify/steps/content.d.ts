/** Step 5: the content, which the signer's key signed: this artifact, or a statement about it. */
import type { Bundle } from '../../bundle/bundle.ts';
import { type Digest } from '../../crypto/digest.ts';
import { type SubjectDigest } from '../../crypto/digest.ts';
import { type Expectation } from '../../policy/expectation.ts';
import { type Policy } from '../../policy/policy.ts';
import { type Statement } from '../../statement/statement.ts';
import { type StatementSubject } from '../../statement/statement.ts';
import { type Artifact } from '../artifact.ts';
import { type Checked, type Criterion } from '../criterion.ts';
import type { Release } from '../release.ts';
import type { Signer } from '../signer.ts';
import type { ClaimedSigner } from './certificate.ts';
export type VerifiedContent = {
    readonly kind: 'message-signature';
    readonly digest: Digest;
}
/** A signature over a document that names the image, of this digest. */
 | {
    readonly kind: 'simple-signing';
    readonly digest: Digest;
    readonly dockerReference: string;
} | {
    readonly kind: 'dsse-envelope';
    readonly digest: SubjectDigest;
    readonly statement: Statement;
    /** The subject of the statement that the artifact is. */
    readonly subject: StatementSubject;
}
/** A statement about a release of GitHub, which was verified as a whole. */
 | {
    readonly kind: 'release';
    readonly digest?: undefined;
    readonly statement: Statement;
    readonly release: Release;
};
/** The content that a bundle's signature covers: the document of a simple signature, or a statement as a whole before it is read. */
type SignedContent = Exclude<VerifiedContent, {
    kind: 'simple-signing' | 'release';
}> | {
    readonly kind: 'statement';
    readonly statement: Statement;
};
/** Prepares the step for one artifact, and starts its signature. That of a statement is verified once, whatever the artifact. */
export declare function contentStep({ content }: Bundle, { content: policy }: Policy, claimed: ClaimedSigner | undefined): (artifact: Artifact) => (signer: Signer | undefined) => Promise<Checked<VerifiedContent>>;
/** The texts that a policy expects of content. */
interface TextPolicy {
    readonly predicateType?: Expectation | undefined;
    readonly subjectName?: Expectation | undefined;
}
/**
 * Checks the texts that a policy expects of content: the predicate type, and the name of the subject.
 *
 * @param by the name of what proves the content
 */
export declare function checkTexts(by: 'signature' | 'image', content: VerifiedContent | SignedContent | undefined, { predicateType, subjectName }: TextPolicy): Promise<readonly Criterion[]>;
/** Compares the predicate type. @throws CountersignError `PREDICATE_TYPE_MISMATCH` */
export declare function matchPredicateType(content: VerifiedContent | SignedContent, expected: Expectation): void;
/** Compares the name of the subject. @throws CountersignError `SUBJECT_NAME_MISMATCH` */
export declare function matchSubjectName(content: VerifiedContent | SignedContent, expected: Expectation): void;
export {};
