/** The content that a signer submits to a transparency log of either version. */
import type { DsseEnvelope, MessageSignature } from '../../core/bundle/index.ts';
import type { Digest } from '../../core/crypto/index.ts';
interface Signer {
    /** The signer's certificate, DER. */
    readonly certificate: Uint8Array;
}
/** A signature over an artifact, of which the log gets the digest alone. */
export interface MessageSubmission extends Signer, Pick<MessageSignature, 'kind' | 'signature'> {
    readonly digest: Digest;
}
/** A signed statement. Rekor v1 gets the whole envelope, Rekor v2 the digest of what was signed. */
export interface EnvelopeSubmission extends Signer, DsseEnvelope {
}
export type Submission = MessageSubmission | EnvelopeSubmission;
export {};
