/** The contract of the rules: facts in, observations out. A rule is pure; everything that it needs is gathered before. */

import type { EntryDigest, EntryProblem } from '../entries/index.ts';
import type { LogProtocol } from '../log/index.ts';
import type { RuleId, RuleSetting, WatchedRepository, WatchPolicy } from '../watch-policy/index.ts';

/** A signature or certificate in a log that concerns the policy. All texts are untrusted, and bounded to 4 KiB. */
export interface WatchedEntry {
  readonly log: { readonly origin: string; readonly baseUrl: string; readonly protocol: LogProtocol };
  readonly index: number;
  /** In hexadecimal. */
  readonly leafHash: string;
  /** The time at which the watch read it. */
  readonly seenAt: Date;
  /** The time that the log states; `undefined` for Rekor v2, which states none. */
  readonly loggedAt: Date | undefined;
  readonly type: 'signature' | 'certificate' | 'unknown';
  /** `hashedrekord`, `precertificate`. */
  readonly kind: string | undefined;
  readonly digests: readonly EntryDigest[];
  readonly signers: readonly WatchedSigner[];
  readonly problems: readonly EntryProblem[];
  /** The reasons for which the entry is watched. */
  readonly watchedAs: readonly WatchedAs[];
}

export type WatchedSigner =
  | {
      readonly kind: 'certificate';
      readonly names: readonly { readonly kind: string; readonly value: string }[];
      /** The claims by the names of `CertificateClaims.claims`. */
      readonly claims: Readonly<Record<string, string | undefined>>;
      readonly keyHash: string | undefined;
      readonly certificateHash: string | undefined;
      /** SHA-256 of the TBSCertificate without the SCT list, in hexadecimal: the same in Rekor and in a certificate log. */
      readonly tbsHash: string | undefined;
      readonly notBefore: Date | undefined;
      readonly notAfter: Date | undefined;
    }
  | { readonly kind: 'key'; readonly keyHash: string; readonly format: string };

/** The part of the policy that an entry matched. */
export interface WatchedAs {
  readonly what: 'repository' | 'owner' | 'identity' | 'issuer' | 'key' | 'digest' | 'look-alike' | 'needle';
  /** The value in the policy. */
  readonly value: string;
  /** The line in the policy file. */
  readonly line: number;
}

/** A run of a workflow, as GitHub reports it. */
export interface WorkflowRun {
  readonly id: string;
  readonly attempt: number;
  /** Without the ref that GitHub adds in some answers: `.github/workflows/release.yml`. */
  readonly path: string;
  readonly headSha: string;
  readonly headBranch: string | undefined;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly url: string;
  readonly referencedWorkflows: readonly {
    readonly path: string;
    readonly sha: string;
    readonly ref: string | undefined;
  }[];
  readonly jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly startedAt: Date | undefined;
  readonly completedAt: Date | undefined;
  /** The path of the reusable workflow, if the API states it. */
  readonly workflowName: string | undefined;
}

/** A fact that is looked up: known, absent (the service says that there is none), or unknown with the reason. */
export type Fact<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface GitHubRepository {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly visibility: string;
}

/** How a commit relates to the default branch. */
export type CommitRelation = 'ahead' | 'behind' | 'identical' | 'diverged';

/** The facts about an entry that are not in it. A rule names those that it needs; the others may be unknown. */
export interface Facts {
  readonly run: Fact<WorkflowRun>;
  readonly repository: Fact<GitHubRepository>;
  /** `behind` or `identical`: the commit is on the default branch. */
  readonly commit: Fact<CommitRelation>;
  /** The digests that the receipts of the repository state, with `sha256:`; `absent` if none are kept. */
  readonly receipts: Fact<ReadonlySet<string>>;
}

export type FactName = keyof Facts;

/** What the watch has seen before, and learned. */
export interface History {
  /** Reports whether a rule has learned enough: 30 days or 200 entries of the repository. */
  isLearned(scope: string): boolean;
  /** The earlier values of a kind within a scope, oldest first, bounded. */
  values(kind: HistoryKind, scope: string): readonly RememberedValue[];
}

export type HistoryKind =
  /** Scope: run URL. The number of entries. */
  | 'entries-of-run'
  /** Scope: repository. The number of entries of each of its last 100 runs. */
  | 'run-sizes'
  /** Scope: digest. Issuer and name without ref. */
  | 'signers-of-digest'
  /** Scope: key hash. Certificates. */
  | 'certificates-of-key'
  /** Scope: repository and tag. Commits. */
  | 'commits-of-tag'
  /** Scope: repository, tag and workflow. Runs, with a digest of theirs. */
  | 'runs-of-tag'
  /** Scope: repository name. Ids. */
  | 'ids-of-repository'
  /** Scope: repository. Visibilities. */
  | 'visibilities'
  /** Scope: repository. The kinds of names that sign: `uri`, `email`. */
  | 'kinds-of-signers'
  /** Scope: repository. Issuers and names without ref. */
  | 'signers-of-repository'
  /** Scope: repository. Hours of the day, UTC. */
  | 'hours'
  /** Scope: hash of the TBSCertificate. `rekor` or `ct`. */
  | 'logs-of-certificate';

export interface RememberedValue {
  readonly value: string;
  readonly at: Date;
  readonly count: number;
}

export interface RuleContext {
  readonly policy: WatchPolicy;
  /** The repository of the policy that the entry belongs to, by id first and name second. */
  readonly repository: WatchedRepository | undefined;
  readonly facts: Facts;
  readonly history: History;
  readonly now: Date;
}

/** The verdict of a rule on an entry. */
export type Verdict =
  | Observation
  /** It cannot be decided yet, such as while a run is in progress. The entry is checked again by a later run. */
  | { readonly kind: 'pending'; readonly until: Date; readonly reason: string }
  /** A fact that the rule needs could not be had. Reported as incomplete coverage, never as clean. */
  | { readonly kind: 'undecided'; readonly reason: string };

export interface Observation {
  readonly kind: 'observed';
  /** A line without a full stop: `run 42 failed, and it signed 3 artifacts`. */
  readonly title: string;
  /** Sentences: what was expected, and what was found. */
  readonly reason: string;
  /** The next step, as a sentence. */
  readonly remedy: string;
  /** Replaces the rule's default, such as the score of a look-alike. */
  readonly severity?: 'note' | 'alert';
}

/** A rule: one file each. */
export interface Rule {
  readonly id: RuleId;
  /** `unexplained-signature`. */
  readonly name: string;
  /** Raised when the meaning changes: findings get other ids. */
  readonly version: number;
  readonly severity: RuleSetting;
  /** For the documentation: the condition as a sentence, and the causes of false alarms. */
  readonly condition: string;
  readonly falseAlarms: string;
  readonly needs: readonly FactName[];
  /** True if the rule must learn first: {@link History.isLearned}. */
  readonly learns: boolean;
  check(entry: WatchedEntry, context: RuleContext): Verdict | undefined;
}
