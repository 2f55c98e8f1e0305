/** The `watch` part of a policy file: whose signatures are watched, and what is expected of them. */
/** The place of a value in the policy file, for reports. */
export interface PolicyPlace {
    /** Counted from 1. */
    readonly line: number;
}
export interface WatchPolicy {
    /** The path of the file, as the user wrote it. */
    readonly path: string;
    /** The host of the repositories and owners: `github.com`. Their names and ids mean others on another host. */
    readonly host: string;
    readonly repositories: readonly WatchedRepository[];
    readonly owners: readonly WatchedOwner[];
    readonly identities: readonly WatchedIdentity[];
    /** OIDC issuers: every certificate of such an issuer is watched. */
    readonly issuers: readonly WatchedValue[];
    /** Keys, as the SHA-256 of their SubjectPublicKeyInfo in hexadecimal. */
    readonly keys: readonly WatchedKey[];
    /** Digests of artifacts: `sha256:`, `sha384:` or `sha512:` and lower-case hexadecimal. */
    readonly digests: readonly WatchedDigest[];
    readonly packages: readonly WatchedPackage[];
    /** Names that others may imitate, besides the repositories, owners, identities and packages above. */
    readonly protectedNames: readonly ProtectedName[];
    /** The severities that replace the defaults of rules. */
    readonly rules: ReadonlyMap<RuleId, RuleSetting>;
    readonly acknowledgements: readonly Acknowledgement[];
}
/** Returns a repository as look-alikes are compared and shown: without its host on github.com. */
export declare function spelledRepository(host: string, name: string): string;
/** `P01` to `P28`. */
export type RuleId = `P${number}`;
/** All rules. */
export declare const ruleIds: readonly RuleId[];
/** The severity that a policy gives to a rule. */
export type RuleSetting = 'off' | 'note' | 'alert';
export interface WatchedRepository {
    readonly place: PolicyPlace;
    /** `owner/name`. */
    readonly name: string;
    /** The numeric ids. Undefined if the policy does not state them. */
    readonly id: string | undefined;
    readonly ownerId: string | undefined;
    readonly expected: ExpectedSignatures;
}
/** The signatures that a repository is expected to make. An empty list means that everything is expected. */
export interface ExpectedSignatures {
    /** Workflow files that sign, such as `release.yml`, or `owner/name/.github/workflows/release.yml` for those of other repositories. */
    readonly workflows: readonly string[];
    /** The names of the jobs that sign. */
    readonly jobs: readonly string[];
    /** Refs, as globs: `refs/tags/v*`. */
    readonly refs: readonly string[];
    /** Tags that may be moved, as globs: `refs/tags/v?`. */
    readonly movingTags: readonly string[];
    /** Names of events: `push`. */
    readonly triggers: readonly string[];
    /** `github-hosted` or `self-hosted`. */
    readonly runners: readonly string[];
    readonly environments: readonly string[];
    /** Owners or repositories whose reusable workflows may sign for the repository. */
    readonly signers: readonly string[];
    /** Folders with the receipts and bundles of releases, which state the digests that were signed. Absolute paths. */
    readonly receipts: readonly string[];
}
export interface WatchedOwner {
    readonly place: PolicyPlace;
    readonly name: string;
    readonly id: string | undefined;
}
/** A subject alternative name: an e-mail address, or the URI of a workflow. */
export interface WatchedIdentity {
    readonly place: PolicyPlace;
    /**
     * `exact`: the whole name. `segment`: the name begins with these whole segments, which end at `/` or `@`. `glob`: `*` stands for characters
     * of a segment, `**` for any characters.
     */
    readonly match: 'exact' | 'segment' | 'glob';
    readonly value: string;
    /** The OIDC issuer. Undefined if any issuer is watched. */
    readonly issuer: string | undefined;
}
export interface WatchedValue {
    readonly place: PolicyPlace;
    readonly value: string;
}
export interface WatchedKey extends WatchedValue {
    /** SubjectPublicKeyInfo, DER. Undefined if the policy states only its hash: the index of Rekor v1 has no such hashes. */
    readonly spki?: Uint8Array | undefined;
}
export interface WatchedDigest extends WatchedValue {
    /** For reports: `app.tar.gz`. */
    readonly label: string | undefined;
}
export interface WatchedPackage {
    readonly place: PolicyPlace;
    readonly ecosystem: 'npm' | 'pypi' | 'oci';
    /** `@octo/app`, `octo-app`, `ghcr.io/octo/app`. */
    readonly name: string;
    /** The repository that is expected to publish it. */
    readonly repository: string | undefined;
}
export interface ProtectedName {
    readonly place: PolicyPlace;
    readonly kind: 'owner' | 'repo' | 'workflow' | 'email' | 'domain' | 'package';
    readonly name: string;
    readonly ownerId: string | undefined;
}
/** A finding, or all findings of a rule within a scope, that somebody has explained. It ends: `until` is compulsory. */
export interface Acknowledgement {
    readonly place: PolicyPlace;
    readonly what: {
        readonly kind: 'finding';
        readonly id: string;
    }
    /** Without a repository, the rule is acknowledged for everything that is watched. */
     | {
        readonly kind: 'rule';
        readonly rule: RuleId;
        readonly repository: string | undefined;
    };
    readonly reason: string;
    /** The end of the last day on which it applies, in UTC. */
    readonly until: Date;
}
