/** Verifies for a program what is in files, registries and on GitHub. */
import type { Policy } from '../core/policy/policy.ts';
import type { Verdict } from '../core/verify/examination.ts';
import type { ImageOptions, InstanceOptions, PolicyFile } from './options.ts';
/** The options that lead to bundles and to the trusted root. */
export interface PlaceOptions extends InstanceOptions {
    /** The paths of bundles (default: those next to the file, or attached to the image). */
    readonly bundles?: readonly string[] | undefined;
    /**
     * GitHub's attestation store, in place of {@link bundles}: `github` for the repository that the policy names, `github:owner/name` or
     * `github:owner`.
     */
    readonly from?: string | undefined;
    /** A token for repositories that are not public (default: `GITHUB_TOKEN`, or `GH_TOKEN`). It is sent to GitHub's API alone. */
    readonly githubToken?: string | undefined;
}
/** The options of verifying. */
export interface VerifyOptions extends PlaceOptions {
    /** The policy. The thresholds of a {@link Policy} hold under every instance; those that a policy file lacks are those of the instance. */
    readonly policy: Policy | PolicyFile;
}
/** What was verified. */
export interface Verified {
    /** `sha256:…` of the artifact; absent for a release as a whole. */
    readonly digest: string | undefined;
    /** Of an image in a registry, the reference to deploy: `registry/name@sha256:…`. */
    readonly reference: string | undefined;
    /**
     * What was proven: by one bundle; for an image that is signed by platform, by one for each; and by one for each attestation that the policy
     * requires too.
     */
    readonly verdicts: readonly [Verdict, ...Verdict[]];
    /** Warnings about the policy and the instance, as sentences without a full stop. */
    readonly warnings: readonly string[];
}
/**
 * Verifies a file with the bundles next to it, or with those that are named. The file is read as a stream.
 *
 * @throws CountersignError `BUNDLE_MISSING`; `IDENTITY_MISMATCH` and others of the policy; `ARTIFACT_MISMATCH` and others of the bundle: of several
 *   failures, the most severe; `USAGE`; `CANCELLED`
 * @see Sigstore Client Specification, section 4 (Verification)
 *
 * @example
 * const { verdicts } = await verifyFile('app.tar.gz', { policy, instance });
 * verdicts[0].content.kind; // → 'message-signature'
 */
export declare function verifyFile(path: string, options: VerifyOptions): Promise<Verified>;
/**
 * Verifies an artifact by its digest, with bundles that are named or in GitHub's attestation store.
 *
 * @param digest `sha256:…`, `sha384:…` or `sha512:…`
 * @throws CountersignError as {@link verifyFile}; `DIGEST_INVALID`
 *
 * @example
 * const digest = createHash('sha256').update(await readFile('app.tar.gz')).digest('hex');
 * const bundles = ['app.tar.gz.sigstore.json'];
 * const verified = await verifyDigest(`sha256:${digest}`, { policy, instance, bundles });
 * verified.digest === `sha256:${digest}`; // → true
 */
export declare function verifyDigest(digest: string, options: VerifyOptions): Promise<Verified>;
/** The options of verifying images. */
export interface VerifyImageOptions extends VerifyOptions, ImageOptions {
    /** The platform to verify, such as `linux/arm64` (default: all platforms). */
    readonly platform?: string | undefined;
}
/**
 * Verifies an image with the bundles that are attached to it in its registry, by Countersign, cosign or BuildKit. Deploy
 * {@link Verified.reference}: a tag may lead elsewhere by then.
 *
 * @param name with a tag or a digest, or the path of an image layout
 * @throws CountersignError as {@link verifyFile}; `SUBJECT_MISSING`; those of the registry's client
 *
 * @example
 * const { reference } = await verifyImage(image, { policy, instance });
 * reference?.includes('@sha256:'); // → true
 */
export declare function verifyImage(name: string, options: VerifyImageOptions): Promise<Verified>;
/** The options of verifying releases. */
export interface VerifyReleaseOptions extends Omit<PlaceOptions, 'from'> {
    /** The file of the release to verify (default: the release itself, that is its tag and commit). */
    readonly file?: string | undefined;
}
/**
 * Verifies a release on GitHub, or a file of it, with the attestation that GitHub itself signs for immutable releases.
 *
 * @param release `owner/name@tag`
 * @throws CountersignError as {@link verifyFile}; `POLICY_INVALID` for another form of release; `RELEASE_MISMATCH`
 *
 * @example
 * const { verdicts } = await verifyRelease(release, { instance, environment });
 * verdicts[0].content.kind; // → 'release'
 */
export declare function verifyRelease(release: string, options?: VerifyReleaseOptions): Promise<Verified>;
