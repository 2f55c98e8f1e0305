/** Signing: from inputs to bundles that were verified, written and delivered. */

export { type Deliveries, deliverRun } from './deliver-run.ts';
export { demandComplete } from './demand-complete.ts';
export { type BundleFormat, type Receipt, type SignRequest, signRun } from './sign-run.ts';
export { signStatement } from './sign-statement.ts';
export type { SignedSubject, UnsignedSubject } from './signed-subject.ts';
export { signingReport } from './signing-report.ts';
