/** The options of a policy: inputs of the verify action, options of `countersign verify`, and keys of a policy file. */
import { flag, list, path, text } from './form.ts';
import type { OptionRow } from './row.ts';
/** An option of a policy. Without `about`, it is an option of another tool and hidden in help. */
export interface PolicyRow extends OptionRow {
    readonly form: typeof text | typeof path | typeof list | typeof flag;
    readonly flags: string;
    /** The heading under which help shows it. */
    readonly heading?: string;
    /** The places in which it may be given when there is a policy file. */
    readonly place: Place;
    /** Marks an option that has a meaning for a long-lived key, whose signatures have no certificate. */
    readonly withKey?: true;
    /** Marks an option that has a meaning for a release of GitHub, whose attestations GitHub itself signs. */
    readonly withRelease?: true;
    /** Options of other tools with the same meaning. `as` returns the value that an alias stands for. */
    readonly aliases?: readonly {
        readonly flags: string;
        readonly as?: (value: string) => string;
    }[];
}
type Place = 
/** In the file and next to it. Both must be met. */
'both'
/** Only in the file. Next to it, the option would weaken the policy of the file. */
 | 'file'
/** Only next to the file. */
 | 'beside'
/** Nowhere. The option is refused, and the error names the one to use instead. */
 | 'nowhere'
/** In one of the two, together with the other options of its group. */
 | {
    readonly group: string;
};
export declare const policyRows: {
    readonly policy: {
        readonly heading: 'Signer:';
        readonly form: {
            readonly type: 'path';
        };
        readonly flags: '--policy <path>';
        readonly about: 'Path of a policy file (YAML).';
        readonly place: 'beside';
        readonly withRelease: true;
    };
    readonly repo: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '-R, --repo <owner/name>';
        readonly about: 'GitHub repository that built and signed the artifact.';
    };
    readonly owner: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '-o, --owner <owner>';
        readonly about: 'GitHub owner. Any of its repositories may have built and signed the artifact.';
    };
    readonly gitlabProject: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--gitlab-project <group/name>';
        readonly about: 'GitLab project that built and signed the artifact.';
    };
    readonly hostname: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--hostname <host>';
        readonly about: 'Host of GitHub or GitLab (default: github.com or gitlab.com).';
        readonly withRelease: true;
    };
    /** `[host/]owner/name/.github/workflows/file.yml[@ref]`; the ref may be a pattern, and any ref is accepted if it is left out. */
    readonly signerWorkflow: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--signer-workflow <path[@ref]>';
        readonly about: 'Signing workflow, such as a reusable workflow of another repository. Its path begins with owner/name/.github/workflows/.';
    };
    /** `[host/]owner/name`. */
    readonly signerRepo: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--signer-repo <owner/name>';
        readonly about: 'Repository of the signing workflow, if it is not the source repository.';
    };
    /** `owner/name@tag`. */
    readonly release: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--release <owner/name@tag>';
        readonly about: 'Immutable release on GitHub, attested by GitHub. Without artifacts, the release itself is verified.';
        readonly withRelease: true;
    };
    readonly certificateIdentity: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-identity <name>';
        readonly about: 'Exact identity in the certificate (URI or email address).';
        readonly aliases: readonly [{
            readonly flags: '--cert-identity <name>';
        }];
    };
    readonly certificateIdentityWithin: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-identity-within <url>';
        readonly about: 'URL prefix of the identity. Whole path segments are compared.';
    };
    readonly certificateIdentityGlob: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-identity-glob <pattern>';
        readonly about: 'Pattern for the identity: * matches within a path segment, ** across segments.';
    };
    readonly certificateOidcIssuer: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-oidc-issuer <url>';
        readonly about: 'Exact URL of the OIDC issuer.';
        readonly aliases: readonly [{
            readonly flags: '--cert-oidc-issuer <url>';
        }];
    };
    readonly issuerPreset: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--issuer-preset <name>';
        readonly about: 'OIDC issuer by name: github, gitlab, buildkite, circleci, codeberg, google, github-login or microsoft.';
    };
    readonly key: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'path';
        };
        readonly flags: '--key <path>';
        readonly about: 'Path of a public key (PEM) to verify with, instead of an identity.';
        readonly withKey: true;
    };
    readonly anyIdentity: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--any-identity';
        readonly about: 'Accept any certificate identity. Unsafe; reported as a warning.';
    };
    readonly anyIssuer: {
        readonly heading: 'Signer:';
        readonly place: {
            readonly group: 'signer';
        };
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--any-issuer';
        readonly about: 'Accept any OIDC issuer. Unsafe; reported as a warning.';
    };
    readonly sourceRef: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--source-ref <ref>';
        readonly about: 'Git ref that was built, or a pattern such as refs/tags/v*.';
        readonly aliases: readonly [{
            readonly flags: '--certificate-github-workflow-ref <ref>';
        }];
    };
    readonly sourceDigest: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--source-digest <commit>';
        readonly about: 'Git commit that was built.';
        readonly withRelease: true;
        readonly aliases: readonly [{
            readonly flags: '--certificate-github-workflow-sha <commit>';
        }];
    };
    readonly signerDigest: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--signer-digest <commit>';
        readonly about: 'Git commit of the signing workflow.';
    };
    readonly sourceRepositoryId: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--source-repository-id <id>';
        readonly about: 'Numeric ID of the source repository. Unlike a name, an ID is never reused.';
        readonly withRelease: true;
    };
    readonly sourceOwnerId: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--source-owner-id <id>';
        readonly about: 'Numeric ID of the owner of the source repository.';
        readonly withRelease: true;
    };
    readonly trigger: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--trigger <event>';
        readonly about: 'Event that started the build, such as push or release.';
        readonly aliases: readonly [{
            readonly flags: '--certificate-github-workflow-trigger <event>';
        }];
    };
    readonly runnerEnvironment: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--runner-environment <name>';
        readonly about: 'Runner environment, such as github-hosted, gitlab-hosted or self-hosted.';
    };
    readonly denySelfHostedRunners: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--deny-self-hosted-runners';
        readonly about: 'Require a runner that GitHub, GitLab or Buildkite hosts.';
    };
    readonly claim: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--claim <name=value>';
        readonly about: 'Required certificate claim, such as deployment-environment=production.';
        readonly aliases: readonly [{
            readonly flags: '--certificate-github-workflow-repository <owner/name>';
            readonly as: (repository: string) => string;
        }];
    };
    readonly refuseClaim: {
        readonly heading: 'Certificate (repeated options are ORed; different options are ANDed):';
        readonly place: 'both';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--refuse-claim <name=value>';
        readonly about: 'Certificate claim that is refused.';
    };
    readonly predicateType: {
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--predicate-type <uri>';
        readonly about: 'Predicate type of the statement, or a pattern.';
        readonly heading: "Statement:";
        readonly place: {
            readonly group: 'predicateType';
        };
        readonly withKey: true;
        readonly withRelease: true;
    };
    readonly subjectName: {
        readonly form: {
            readonly type: 'text';
        };
        readonly input: 'statement-subject-name';
        readonly flags: '--subject-name <name>';
        readonly about: 'Name of the artifact in the statement, or a pattern.';
        readonly heading: "Statement:";
        readonly place: {
            readonly group: 'subjectName';
        };
        readonly withKey: true;
        readonly withRelease: true;
    };
    readonly vsa: {
        readonly heading: 'Verification summary:';
        readonly place: {
            readonly group: 'vsa';
        };
        readonly withKey: true;
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--vsa';
        readonly about: 'Accept an artifact by a verification summary (VSA) of the signer that says that it passed. Needs verifier-id, resource-uri and require-level.';
    };
    readonly verifierId: {
        readonly heading: 'Verification summary:';
        readonly place: {
            readonly group: 'vsa';
        };
        readonly withKey: true;
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--verifier-id <uri>';
        readonly about: 'Verifier for which the signer of a VSA may speak. To write a VSA or SVR: the verifier that it names.';
    };
    readonly resourceUri: {
        readonly heading: 'Verification summary:';
        readonly place: {
            readonly group: 'vsa';
        };
        readonly withKey: true;
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--resource-uri <uri>';
        readonly about: 'URI of the artifact in a VSA. To write a VSA: where consumers get the artifacts.';
    };
    readonly requireLevel: {
        readonly heading: 'Verification summary:';
        readonly place: {
            readonly group: 'vsa';
        };
        readonly withKey: true;
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--require-level <level>';
        readonly about: 'Level or property that a VSA must state, such as SLSA_BUILD_LEVEL_2. Higher levels of the same track are accepted.';
    };
    readonly vsaSourceRef: {
        readonly heading: 'Verification summary:';
        readonly place: {
            readonly group: 'vsa';
        };
        readonly withKey: true;
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--vsa-source-ref <ref>';
        readonly about: 'Git ref at which a VSA of a commit must have been, such as refs/heads/main.';
    };
    readonly builderId: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--builder-id <uri>';
        readonly about: 'Builder that the SLSA provenance names, or a pattern.';
        readonly heading: "Statement:";
        readonly place: 'both';
        readonly withKey: true;
    };
    readonly buildType: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--build-type <uri>';
        readonly about: 'Build type of the SLSA provenance, or a pattern.';
        readonly heading: "Statement:";
        readonly place: 'both';
        readonly withKey: true;
    };
    readonly requireAttestation: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--require-attestation <type>';
        readonly about: "Attestation that the artifact must have too, by an accepted signer (repeatable): sbom, spdx, cyclonedx, slsaprovenance1, vuln, openvex, another of cosign's types, or a predicate type.";
        readonly heading: "Statement:";
        readonly place: 'both';
        readonly withKey: true;
    };
    /** Its age is that of the certificate, which signatures of keys do not have. */
    readonly maxAge: {
        readonly heading: "Evidence:";
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--max-age <duration>';
        readonly about: 'Maximum age of the signature, such as 12h or 30d.';
        readonly place: {
            readonly group: 'maxAge';
        };
    };
    readonly logEntries: {
        readonly heading: 'Evidence:';
        readonly withKey: true;
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--log-entries <count>';
        readonly about: 'Minimum number of independent transparency logs with an entry.';
        readonly place: {
            readonly group: 'logEntries';
        };
    };
    readonly timestamps: {
        readonly heading: 'Evidence:';
        readonly withKey: true;
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--timestamps <count>';
        readonly about: 'Minimum number of independent timestamp sources.';
        readonly place: {
            readonly group: 'timestamps';
        };
        readonly withRelease: true;
    };
    readonly certificateLogs: {
        readonly heading: "Evidence:";
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-logs <count>';
        readonly about: 'Minimum number of independent certificate transparency logs that contain the certificate.';
        readonly place: {
            readonly group: 'certificateLogs';
        };
    };
    /** `name+hint+base64`. */
    readonly witness: {
        readonly heading: 'Evidence:';
        readonly withKey: true;
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--witness <key>';
        readonly about: 'Key of a witness that must have cosigned the log (name+hint+base64).';
        readonly place: {
            readonly group: 'witnesses';
        };
    };
    readonly witnessThreshold: {
        readonly heading: 'Evidence:';
        readonly withKey: true;
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--witness-threshold <count>';
        readonly about: 'Minimum number of these witnesses that must have cosigned (default: all).';
        readonly place: {
            readonly group: 'witnesses';
        };
    };
    readonly acceptTimestampOnly: {
        readonly heading: "Evidence:";
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--accept-timestamp-only';
        readonly about: 'Accept a bundle without a log entry if it has a trusted timestamp, such as one that was signed while the log was down.';
        readonly place: 'file';
    };
    readonly insecureIgnoreTlog: {
        readonly heading: 'Evidence:';
        readonly withKey: true;
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--insecure-ignore-tlog';
        readonly about: 'Do not require a transparency log entry.';
        readonly place: 'file';
    };
    readonly insecureIgnoreSct: {
        readonly heading: "Evidence:";
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--insecure-ignore-sct';
        readonly about: 'Do not require proof of certificate transparency (SCT).';
        readonly place: 'file';
    };
    readonly certificateIdentityRegexp: {
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-identity-regexp <expression>';
        readonly place: 'nowhere';
        readonly aliases: readonly [{
            readonly flags: '--cert-identity-regex <expression>';
        }];
    };
    readonly certificateOidcIssuerRegexp: {
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--certificate-oidc-issuer-regexp <expression>';
        readonly place: 'nowhere';
    };
};
export type PolicyOption = keyof typeof policyRows;
/** The options of a policy that were given, whichever front end they come from. */
export type PolicyRequest = {
    readonly [Option in PolicyOption]?: Said<(typeof policyRows)[Option]['form']>;
};
type Said<Form> = Form extends typeof list ? readonly string[] : Form extends typeof flag ? boolean : string;
export {};
