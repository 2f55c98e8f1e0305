/** The joins: what the actions and the command call. */

export type { SubjectRequest } from '../subject/index.ts';
export { type ArtifactDelivery, type Deliveries, type DeliveryRequest, delivered, deliverRun } from './deliver-run.ts';
export { demandComplete } from './demand-complete.ts';
export { type Instance, type InstanceName, type InstanceRequest, loadInstance } from './instance.ts';
export { type BundleFormat, type Receipt, type SignRequest, signRun } from './sign-run.ts';
export type { SignedSubject, UnsignedSubject } from './signed-subject.ts';
export { signingReport } from './signing-report.ts';
export { type SystemWorldOptions, systemWorld } from './system-world.ts';
export { verifyDigest, verifyFile } from './verify-file.ts';
export type { World } from './world.ts';
