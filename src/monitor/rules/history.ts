/** The contract of the history: what the watch has seen before. */

export interface History {
  /**
   * Reports whether the watch has learned enough of a scope by a time: 30 days since its first entry, or 200 entries. The scopes are
   * repositories (`repositoryScope`) and `everything`. Nothing is learned of a signer without a scope.
   */
  isLearned(scope: string | undefined, at: Date): boolean;
  /** The earlier values of a kind within a scope, bounded; none without a scope. The one that was seen last is at the end. */
  values(kind: HistoryKind, scope: string | undefined): readonly RememberedValue[];
}

export const historyKinds = [
  /** Scope: repository. The attempts of its last runs, each with the number of its entries. */
  'run-sizes',
  /** Scope: repository. The workflows that signed. */
  'workflows',
  /** Scope: repository. The branches that were signed, and `refs/tags/*`. */
  'refs',
  /** Scope: digest. Signers, as `signerValue` writes them. */
  'signers-of-digest',
  /** Scope: hash of the key. Hashes of TBSCertificates. */
  'certificates-of-key',
  /** Scope: repository and tag. Commits. */
  'commits-of-tag',
  /** Scope: repository, tag and workflow. Runs, and digests that they signed. */
  'runs-of-tag',
  'digests-of-tag',
  /** Scope: name of a repository. The ids of the repository and its owner. */
  'ids-of-repository',
  /** Scope: repository. Visibilities. */
  'visibilities',
  /** Scope: a signer, as `signerValue` writes it. One value: it has been seen. */
  'signers',
  /** Scope: name of a signer without its ref. OIDC issuers. */
  'issuers-of-name',
  /** Scope: `everything`. Ids of owners. */
  'owners',
  /** Scope: repository. Hours of the day, UTC. */
  'hours',
  /** Scope: hash of the TBSCertificate. `rekor` or `certificates`: the kinds of logs that contain it. */
  'logs-of-certificate',
  /** Scope: `everything`. The hashes of the latest TBSCertificates in certificate logs. */
  'logged-certificates',
] as const;

export type HistoryKind = (typeof historyKinds)[number];

export interface RememberedValue {
  readonly value: string;
  /** The time of the first entry with it. */
  readonly at: Date;
  readonly count: number;
}
