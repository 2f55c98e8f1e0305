/** Signing: from inputs to bundles that were verified, written and delivered. */

export { demandConsistent, statementAbout } from './attest.ts';
export { type ClaimRequest, namesClaims } from './claim-request.ts';
export { collectLeg, type LegRequest } from './collect-leg.ts';
export { filesOfCollected } from './collected-files.ts';
export {
  type CollectedRequest,
  type CollectedSubjects,
  collectedSubjects,
  formatOfCollected,
} from './collected-subjects.ts';
export { type DeliveredBatch, type Deliveries, type DeliveryRequest, deliverBatch, deliverRun } from './deliver-run.ts';
export type { Delivery } from './deliveries/delivery.ts';
export { type Destinations, deliveriesTo, earlierAt, type GitHubDestinations } from './deliveries/destinations.ts';
export { demandStatements } from './deliveries/github-access.ts';
export { registry } from './deliveries/registry.ts';
export { readReleaseTarget } from './deliveries/release-target.ts';
export type { ArtifactDelivery } from './deliveries/workflow-artifact.ts';
export { makeAttestation, type OneAttestation, type OneClaim } from './make-attestation.ts';
export { openSigning, type Signing, type SigningRequest } from './open-signing.ts';
export { holdsStatement, type MadeBundle, makeBundle, signBundle } from './sign-bundle.ts';
export { stopsRun } from './sign-each.ts';
export { findLocal, type SignRequest, signRun } from './sign-run.ts';
export { signStatement } from './sign-statement.ts';
export { attachedIn, reported, signingReport } from './signing-report.ts';
export {
  type BundleFormat,
  demandComplete,
  incompleteness,
  type SignedSubject,
  type SigningResult,
  signedAt,
  signedBy,
  type UnsignedSubject,
} from './signing-result.ts';
