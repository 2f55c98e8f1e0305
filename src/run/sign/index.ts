/** Signing: from inputs to bundles that were verified, written and delivered. */

export { type Deliveries, deliverRun, signingReport } from './deliver-run.ts';
export {
  type BundleFormat,
  demandComplete,
  incompleteness,
  type Receipt,
  type SignedSubject,
  type UnsignedSubject,
} from './receipt.ts';
export { type SignRequest, signRun } from './sign-run.ts';
export { signStatement } from './sign-statement.ts';
