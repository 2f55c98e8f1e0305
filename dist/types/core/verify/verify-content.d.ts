/** Step 5: that the certificate's key signed this artifact, or a statement about it. */
import type { Bundle } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import { type Digest } from '../crypto/index.ts';
import { type Statement, type StatementSubject } from '../statement/index.ts';
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
export declare function verifyContent({ content }: Bundle, artifact: Digest, { publicKey }: Certificate): Promise<VerifiedContent>;
