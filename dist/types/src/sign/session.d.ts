/** A signing session: one identity, one key and certificate at a time, any number of signatures. */
import { type Bundle } from '../core/bundle/index.ts';
import { type Digest } from '../core/crypto/index.ts';
import type { SelectedServices } from '../core/trust/index.ts';
import type { TokenSource } from '../identity/index.ts';
import { type CertificationOptions } from './certified-key.ts';
import { type LogFallback, type LogOutage } from './logging.ts';
export type SessionOptions = Omit<CertificationOptions, 'certificateAuthority' | 'tokens'> & {
    /** The session disposes of it. */
    readonly tokens: TokenSource;
    readonly services: SelectedServices;
    /** What is done if a transparency log is down (default: signing fails). */
    readonly fallback?: LogFallback | undefined;
};
/** A bundle, not yet verified, and the life of the certificate in it. */
export interface SignedBundle {
    readonly bundle: Bundle;
    /** The outages because of which the bundle lacks entries, or has entries of another log. */
    readonly outages: readonly LogOutage[];
    readonly certificateValidity: {
        readonly notBefore: Date;
        readonly notAfter: Date;
    };
}
/**
 * Holds the private key, and is the only thing that does. Dispose of it, or use `using`: that overwrites the key and drops the identity
 * token.
 *
 * A certificate is requested with the first signature, and replaced before it expires. If a certificate expires during an outage, the
 * content is signed again with the next one.
 *
 * @example
 * using session = openSession(options);
 * const { bundle } = await session.signArtifact(toDigest('sha256', bytes));
 */
export interface SigningSession extends Disposable {
    /** Signs an artifact by its digest. */
    signArtifact(artifact: Digest<'sha256'>): Promise<SignedBundle>;
    /** Signs an in-toto statement. */
    signStatement(statement: Uint8Array): Promise<SignedBundle>;
}
export declare function openSession(options: SessionOptions): SigningSession;
