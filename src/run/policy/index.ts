/** The policy of a verification, and the roots that it trusts. */

export type { PolicyRequest } from '../../options/index.ts';
export type { RequiredAttestation } from './attestation-types.ts';
export { chosenLogs } from './chosen-logs.ts';
export { expectedClaims } from './claims.ts';
export { type ImportedPolicy, type ImportNote, importRekorMonitorConfig } from './import-rekor-monitor.ts';
export { loadPolicy, policyOfFile, policyUnder, type VerifyPolicy } from './load-policy.ts';
export {
  loadTrust,
  type TrustChoice,
  thresholdsUnder,
  trustedRootTexts,
  trustSource,
  type VerifyTrust,
} from './load-trust.ts';
export { loadSignPolicy, type SignPolicy } from './sign-file.ts';
export { expectedSigner } from './signer.ts';
export { type CountersignFile, readCountersignFile, readWatchPolicy } from './watch-file.ts';
