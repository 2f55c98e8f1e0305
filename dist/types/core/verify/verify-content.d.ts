/** Step 5: that the signer's key signed this artifact, or a statement about it. */
import type { Bundle } from '../bundle/index.ts';
import { type Digest, type PublicKey } from '../crypto/index.ts';
import { type Statement, type StatementSubject } from '../statement/index.ts';
import { type Artifact } from './artifact.ts';
export type VerifiedContent = {
    readonly kind: 'message-signature';
    readonly digest: Digest;
} | {
    readonly kind: 'dsse-envelope';
    readonly digest: Digest;
    readonly statement: Statement;
    /** The subject of the statement that the artifact is. */
    readonly subject: StatementSubject;
};
export declare function verifyContent({ content }: Bundle, artifact: Artifact, publicKey: PublicKey): Promise<VerifiedContent>;
