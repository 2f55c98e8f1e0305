/**
 * Signs with Sigstore in a program: `import { signFile } from 'countersign/sign'`. For Node.
 *
 * Nothing is printed. No signal is handled, and no variable of the environment is changed.
 *
 * @module countersign/sign
 */
import type { ImageOptions } from './options.ts';
import { type AttestedSubject, type Claim, type Signed, type SignedImage, type SignOptions } from './session.ts';
export { type Bundle } from '../core/bundle/bundle.ts';
export { CountersignError } from '../core/errors/index.ts';
export { type ErrorCode } from '../core/errors/codes.ts';
export { type FailureKind } from '../core/errors/codes.ts';
export { isCountersignError } from '../core/errors/index.ts';
export { type Verdict } from '../core/verify/examination.ts';
export type { ProviderName } from '../identity/provider-names.ts';
export { type AttachedBundle, attachToImage, attachToRelease, type ReleaseOptions, type ReleaseWithFiles, type StoredAttestation, storeAttestation, writeBundle, } from './deliveries.ts';
export type { Document, GitHubAccess, ImageOptions, InstanceOptions, NamedInstance, OwnInstance, PublishedInstance, RequestOptions, } from './options.ts';
export { type AttestedSubject, type Claim, openSession, type Session, type Signed, type SignedImage, type SignOptions, } from './session.ts';
/**
 * Signs a file. It is read as a stream, once, so that its size does not matter. To sign several files with one certificate, use
 * {@link openSession}.
 *
 * @throws CountersignError those of {@link openSession}; `SUBJECT_UNREADABLE` or `SUBJECT_CHANGED` for the file;
 *   `SUBJECT_AMBIGUOUS` for one whose signature would pass for a signature over something else; `SERVICE_UNAVAILABLE`,
 *   `CERTIFICATE_UNTRUSTED` and others of the services
 * @see Sigstore Client Specification, section 3 (Signing)
 *
 * @example
 * const { bundle, text } = await signFile('app.tar.gz', { token, instance });
 * bundle.content.kind; // → 'message-signature'
 * await writeFile('app.tar.gz.sigstore.json', text);
 */
export declare function signFile(path: string, options?: SignOptions): Promise<Signed>;
/**
 * Signs an artifact by its SHA-256 digest.
 *
 * @param digest `sha256:` and 64 hexadecimal digits, or 32 bytes
 * @throws CountersignError those of {@link openSession}; `DIGEST_INVALID`; `DIGEST_UNAVAILABLE` for the digest of another algorithm; those of
 *   the services
 *
 * @example
 * const digest = createHash('sha256').update(await readFile('app.tar.gz')).digest();
 * const { verdict } = await signDigest(digest, { token, instance });
 * verdict.content.kind; // → 'message-signature'
 */
export declare function signDigest(digest: string | Uint8Array, options?: SignOptions): Promise<Signed>;
/**
 * Signs an image in its registry, with the statement that `cosign sign` makes. {@link attachToImage} attaches the bundle.
 *
 * @param name with a tag or a digest: `ghcr.io/owner/app:1.2`. A tag is resolved once.
 * @throws CountersignError those of {@link openSession}; `SUBJECT_MISSING`; those of the registry's client and of the services
 *
 * @example
 * const signed = await signImage(image, { token, instance });
 * const { manifest } = await attachToImage(signed.image, signed);
 * manifest.includes('@sha256:'); // → true
 */
export declare function signImage(name: string, options?: SignOptions & ImageOptions): Promise<SignedImage>;
/**
 * Signs an in-toto statement about subjects: a document such as an SBOM, or the provenance of the CI job.
 *
 * @param claim the document, whose type is checked; `provenance` for the provenance that the identity token of the job states
 * @throws CountersignError those of {@link openSession}; `STATEMENT_INVALID`, `PREDICATE_TYPE_MISMATCH`, `SECRET_REFUSED` or `LIMIT_EXCEEDED`
 *   for the document; `ARTIFACT_MISMATCH` for one that describes none of the subjects; `PROVENANCE_MISMATCH`
 * @see in-toto Attestation Framework, Statement v1
 *
 * @example
 * const predicate = { result: 'passed' };
 * const claim = { predicateType: 'https://example.org/review/v1', predicate };
 * const { bundle } = await attest(['app.tar.gz'], claim, { token, instance });
 * bundle.content.kind; // → 'dsse-envelope'
 */
export declare function attest(subjects: readonly AttestedSubject[], claim: Claim | 'provenance', options?: SignOptions): Promise<Signed>;
