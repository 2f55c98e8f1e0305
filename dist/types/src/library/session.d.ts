/** Signs for a program: one identity, one certificate, any number of signatures. */
import { type Bundle } from '../core/bundle/bundle.ts';
import { type Verdict } from '../core/verify/examination.ts';
import { type ProviderName } from '../identity/provider-names.ts';
import type { ImageOptions, InstanceOptions } from './options.ts';
/** The options of signing. */
export interface SignOptions extends InstanceOptions {
    /**
     * The identity token: its text, or a function that requests one each time that the last one is about to expire. By default, the token of the
     * CI job, which is found as `countersign sign` finds it.
     */
    readonly token?: string | (() => string | Promise<string>) | undefined;
    /** The provider of the token, where the environment has several. */
    readonly identityProvider?: ProviderName | undefined;
    /** True to sign in a CI job that outsiders can start or change. */
    readonly allowDangerousTriggers?: boolean | undefined;
    /** True to publish the details of a private repository permanently in a public log. */
    readonly allowPublicLog?: boolean | undefined;
}
/** A signature: a bundle that has been verified. */
export interface Signed {
    /** The bundle, as `verify` of `countersign/verify` takes it. */
    readonly bundle: Bundle;
    /** The bundle as files have it: one line of JSON. */
    readonly text: string;
    /** What its verification proved: the signer, the times, the log entries and the content. */
    readonly verdict: Verdict;
}
/** The signature of an image. */
export interface SignedImage extends Signed {
    /** The image that was signed: `registry/name@sha256:…`. */
    readonly image: string;
}
/** A subject of a statement: the path of a file, or a name and the digest (`sha256:…`) of anything else, such as an image. */
export type AttestedSubject = string | {
    readonly name: string;
    readonly digest: string;
};
/** A document to attest. */
export interface Claim {
    /** A URI, or a word such as `spdx`, `cyclonedx`, `vuln` or `openvex`. */
    readonly predicateType: string;
    /** The document: an object, or its text. */
    readonly predicate: string | {
        readonly [member: string]: unknown;
    };
    /** True to sign a document that contains something like a secret. */
    readonly allowSecrets?: boolean | undefined;
}
/** A signing session. Close it, or declare it with `await using`: this overwrites the private key and drops the identity token. */
export interface Session extends AsyncDisposable {
    /** The identity that signs, as the certificate names it. */
    readonly identity: string;
    /** The issuer that authenticated it, as the certificate names it. */
    readonly issuer: string;
    /** Signs a file: {@link signFile}. */
    signFile(path: string): Promise<Signed>;
    /** Signs a SHA-256 digest: {@link signDigest}. */
    signDigest(digest: string | Uint8Array): Promise<Signed>;
    /** Signs an image: {@link signImage}. */
    signImage(name: string, options?: ImageOptions): Promise<SignedImage>;
    /** Signs a statement: {@link attest}. */
    attest(subjects: readonly AttestedSubject[], claim: Claim | 'provenance'): Promise<Signed>;
    /** Waits for the signatures that are under way, and ends the session. */
    close(): Promise<void>;
}
/**
 * Opens a signing session. All its signatures have one certificate, which is replaced only before it expires (after ten minutes). Every
 * bundle is verified before it is returned. Nothing is printed, and only the cache of trusted roots is written.
 *
 * @throws CountersignError `TOKEN_INVALID`, `TOKEN_EXPIRED` or `TOKEN_PERMISSION_MISSING` for the identity token; `TRIGGER_REFUSED` or
 *   `PUBLIC_LOG_REFUSED` for a job that must not sign; `USAGE` for options that contradict each other; `CANCELLED`; those of the instance's
 *   TUF repository
 * @see Sigstore Client Specification, section 3 (Signing)
 *
 * @example
 * const session = await openSession({ token, instance });
 * try {
 *   const signed = await Promise.all(['app.tar.gz', 'app.zip'].map((path) => session.signFile(path)));
 *   signed.length; // → 2
 * } finally {
 *   await session.close();
 * }
 */
export declare function openSession(options?: SignOptions): Promise<Session>;
/** Runs a function in a session of its own. */
export declare function inSession<Result>(options: SignOptions, work: (session: Session) => Promise<Result>): Promise<Result>;
