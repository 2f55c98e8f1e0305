/** Step 5: that the signer's key signed this artifact, or a statement about it. */
import type { DsseEnvelope, MessageSignature } from '../bundle/index.ts';
import { type Digest, type PublicKey } from '../crypto/index.ts';
import { type Statement, type StatementSubject } from '../statement/index.ts';
import { type Artifact } from './artifact.ts';
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
    readonly digest: Digest;
    readonly statement: Statement;
    /** The subject of the statement that the artifact is. */
    readonly subject: StatementSubject;
};
/** What is proven of a bundle alone. */
export type BundledContent = Exclude<VerifiedContent, {
    kind: 'simple-signing';
}>;
export declare function verifyMessageSignature({ messageDigest, signature }: MessageSignature, artifact: Artifact, publicKey: PublicKey): Promise<BundledContent>;
/** The statement of an envelope that the key signed. */
export declare function verifyEnvelope({ payloadType, payload, signature }: DsseEnvelope, publicKey: PublicKey): Promise<Statement>;
/** That a verified statement is about the artifact. */
export declare function aboutArtifact(statement: Statement, artifact: Artifact): BundledContent;
