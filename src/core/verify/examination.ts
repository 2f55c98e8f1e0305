/** The result of examining a bundle. */

import { CountersignError } from '../errors/index.ts';
import type { Criterion } from './criterion.ts';
import type { VerifiedContent } from './steps/content.ts';
import type { VerifiedSigner } from './steps/identity.ts';
import type { VerifiedLogEntry } from './steps/log.ts';
import type { VerifiedTime } from './steps/times.ts';
import type { VerifiedSct } from './steps/transparency.ts';

/** Everything that was proven. No verdict says no: what is not proven is an error. */
export interface Verdict {
  readonly signer: VerifiedSigner;
  readonly times: readonly VerifiedTime[];
  readonly signedCertificateTimestamps: readonly VerifiedSct[];
  readonly logEntries: readonly VerifiedLogEntry[];
  readonly content: VerifiedContent;
}

/** Every criterion, and either the verdict or the error of the first criterion that failed. */
export type Examination = { readonly criteria: readonly Criterion[] } & (
  | { readonly verdict: Verdict; readonly failure: undefined }
  | { readonly verdict: undefined; readonly failure: CountersignError }
);

/** The parts of a verdict on the signature over a document, where there is none. */
export const noVerdict = {
  signer: undefined,
  times: undefined,
  signedCertificateTimestamps: undefined,
  logEntries: undefined,
} as const;

/** Returns the examination with these criteria: the verdict counts only if it is complete and no criterion failed. */
export function conclude(
  criteria: readonly Criterion[],
  proven: { readonly [Part in keyof Verdict]: Verdict[Part] | undefined },
): Examination {
  const failure = criteria.find((criterion) => criterion.failure !== undefined)?.failure;
  if (failure === undefined && isComplete(proven)) return { criteria, verdict: proven, failure };
  // A criterion that was not checked builds on one that failed, so there is a failure. If ever there is none, nothing is verified either.
  const incomplete = () => new CountersignError('BUNDLE_INVALID', 'the verification is incomplete');
  return { criteria, verdict: undefined, failure: failure ?? incomplete() };
}

function isComplete(proven: { readonly [Part in keyof Verdict]: Verdict[Part] | undefined }): proven is Verdict {
  const { signer, times, signedCertificateTimestamps, logEntries, content } = proven;
  return [signer, times, signedCertificateTimestamps, logEntries, content].every((part) => part !== undefined);
}
