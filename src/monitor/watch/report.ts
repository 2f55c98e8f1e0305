/** The result of a watch. */

import type { AuditReport } from '../audit/index.ts';
import type { WatchedEntry, WatchSeverity } from '../rules/index.ts';
import type { RuleId, WatchedPackage } from '../watch-policy/index.ts';

/** A finding. All texts from logs and registries in it are untrusted. */
export interface WatchFinding {
  /** In hexadecimal; the same for the same observation, whenever it is made. */
  readonly id: string;
  readonly rule: { readonly id: RuleId; readonly name: string };
  readonly severity: WatchSeverity;
  /** A line without a full stop. */
  readonly title: string;
  /** Sentences. */
  readonly reason: string;
  /** The next step, as a sentence. */
  readonly remedy: string;
  readonly about:
    | { readonly kind: 'entry'; readonly entry: WatchedEntry }
    | { readonly kind: 'log'; readonly url: string; readonly origin: string | undefined; readonly code: string }
    | {
        readonly kind: 'package';
        readonly ecosystem: WatchedPackage['ecosystem'];
        readonly name: string;
        readonly version: string | undefined;
      };
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** The path of the evidence file of proven misbehaviour. */
  readonly evidence: string | undefined;
  /** The line of the policy file that watches this. */
  readonly line: number | undefined;
}

export interface AcknowledgedFinding {
  readonly finding: WatchFinding;
  readonly reason: string;
  readonly until: Date;
}

/** The signatures of a workflow or another signer on one day, for pictures. */
export interface SignatureCount {
  /** `owner/name/.github/workflows/release.yml`, or another name without its ref. */
  readonly signer: string;
  /** `2026-11-30`, in UTC. */
  readonly day: string;
  readonly count: number;
}

/** The coverage of a registry. */
export interface PackageCoverage {
  readonly package: WatchedPackage;
  /** The number of versions that were checked. */
  readonly versions: number;
  /** The reason why it could not be checked, as a sentence without its full stop. */
  readonly problem: string | undefined;
}

/** A change of a finding, of which deliveries tell. */
export interface FindingChange {
  readonly activity: 'created' | 'updated' | 'closed';
  readonly finding: WatchFinding;
  readonly at: Date;
}

export interface WatchReport {
  /** The path of the policy file. */
  readonly policy: string;
  readonly at: Date;
  /** The logs, with their coverage and their own findings, which are in `open` too. */
  readonly audit: AuditReport;
  readonly packages: readonly PackageCoverage[];
  /** All open findings that are not acknowledged, the most severe first. */
  readonly open: readonly WatchFinding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  readonly changes: readonly FindingChange[];
  /** The last 90 days. */
  readonly signatures: readonly SignatureCount[];
  /** The number of entries that concerned the policy, in this run. */
  readonly matched: number;
  /** The number of entries that wait for a fact, such as the end of a run. */
  readonly pending: number;
  /** Rules that still learn, as sentences without full stops. */
  readonly learning: readonly string[];
  /** Acknowledgements of the policy that have ended, as sentences without full stops. */
  readonly expired: readonly string[];
  /** The reasons why the watch is incomplete, as sentences without full stops. */
  readonly incomplete: readonly string[];
  /** True for the report of `--test-delivery`: its finding is marked as a test. */
  readonly isTest: boolean;
}
