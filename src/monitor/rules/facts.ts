/** The facts that are not in an entry. */

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
  /** The reusable workflows that the run calls: `octo/workflows/.github/workflows/sign.yml`. */
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
  /** The name of the workflow of the run. */
  readonly workflowName: string | undefined;
}

/** A fact that is looked up: known, absent (the service says that there is none), or unknown with the reason. */
export type Fact<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'absent' }
  /** A sentence without its full stop. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface GitHubRepository {
  readonly id: string;
  readonly ownerId: string;
  /** As GitHub spells it now. */
  readonly name: string;
  readonly defaultBranch: string;
  readonly visibility: string;
}

/** The relation of a commit to the default branch. `behind` and `identical`: the branch contains it. */
export type CommitRelation = 'ahead' | 'behind' | 'identical' | 'diverged';

/** The digests and statements in the receipts of a repository. */
export interface Receipts {
  /**
   * The digests that its releases signed, such as `sha256:…`: of artifacts, of the payloads of attestations, and of their pre-authentication
   * encodings, which Rekor v2 has in place of the payload.
   */
  readonly digests: ReadonlySet<string>;
  /** The provenance in attestations, by each digest under which a log may have it. */
  readonly provenance: ReadonlyMap<string, StatedProvenance>;
}

/** The source and the build that a provenance statement states. */
export interface StatedProvenance {
  readonly predicateType: string;
  /** `https://github.com/octo/app`. */
  readonly repository: string | undefined;
  readonly ref: string | undefined;
  readonly commit: string | undefined;
  /** `.github/workflows/release.yml`. */
  readonly workflow: string | undefined;
  /** The URL of the run. */
  readonly invocation: string | undefined;
}

/** The facts about an entry that are not in it. A rule names those that it needs; the others may be unknown. */
export interface Facts {
  /** The attempt of the run that {@link runOf} returns. */
  readonly run: Fact<WorkflowRun>;
  /** The repository that GitHub has under the name in the certificate. */
  readonly repository: Fact<GitHubRepository>;
  /** The relation of the claim `sourceRepositoryDigest`. `absent` if the repository does not have the commit. */
  readonly commit: Fact<CommitRelation>;
  /** `absent` if none are kept. */
  readonly receipts: Fact<Receipts>;
}

export type FactName = keyof Facts;
