/** The joins: what the actions and the command call. */

export type { SubjectRequest } from '../subject/index.ts';
export { type ArtifactDelivery, type Deliveries, type DeliveryRequest, delivered, deliverRun } from './deliver-run.ts';
export { demandComplete } from './demand-complete.ts';
export { demandVerified } from './demand-verified.ts';
export { type ArtifactSource, artifactWarnings, fetchArtifact } from './fetch-artifact.ts';
export type { BundlePlaces } from './find-bundles.ts';
export { type Instance, type InstanceName, type InstanceRequest, loadInstance } from './instance.ts';
export { leftBeside, withLeftOut } from './left-out.ts';
export { loadImages, loadImageTree, loadRegistries } from './load-registries.ts';
export { localWorld } from './local-world.ts';
export type { ImageRequest } from './plan-images.ts';
export { planArtifact, planVerifiables } from './plan-verifiables.ts';
export { optionName, type PolicyOption, type PolicyRequest, policyOptions } from './policy-request.ts';
export { type BundleFormat, type FoundSubjects, type Receipt, type SignRequest, signRun } from './sign-run.ts';
export { type StatementRequest, signStatement } from './sign-statement.ts';
export type { SignedSubject, UnsignedSubject } from './signed-subject.ts';
export { signingReport } from './signing-report.ts';
export type { RegistryAccount } from './system-registries.ts';
export { type SystemWorldOptions, systemWorld } from './system-world.ts';
export type { Verifiable } from './verifiable.ts';
export { verifyDigest, verifyFile } from './verify-file.ts';
export { loadPolicy, type VerifyPolicy } from './verify-policy.ts';
export { type VerifyRequest, verifyRun } from './verify-run.ts';
export { loadTrust, type TrustChoice, type VerifyTrust } from './verify-trust.ts';
export type { World } from './world.ts';
