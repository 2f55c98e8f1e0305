/** Findings of an audit, and the evidence of those that are proven. */

export { checkEvidence, type EvidenceVerdict } from './check-evidence.ts';
export {
  type EvidenceContext,
  type EvidenceFiles,
  type Fetched,
  readEvidence,
  writeEvidence,
} from './evidence-file.ts';
export {
  type Blindness,
  brokenPromise,
  type ContradictingHeads,
  contradiction,
  type Finding,
  type FindingCode,
  type FoundLog,
  findingId,
  foundLog,
  grown,
  isProven,
  type Misbehaviour,
  type Observation,
  type ObservationCode,
  observation,
  type ProvableCode,
  type Severity,
  severityOf,
  thawed,
  type WatchBlind,
  watchBlind,
} from './finding.ts';
export { shardOffset } from './known-shards.ts';
export { type ObservationFiles, writeObservation } from './observation-file.ts';
export {
  type CertificatePromise,
  type EntryPromise,
  maximumMergeDelay,
  type Proof,
  promisedIndex,
  verifyProof,
} from './proof.ts';
