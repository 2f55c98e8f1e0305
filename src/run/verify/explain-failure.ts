import { CountersignError } from '../../core/errors/index.ts';
import type { Examination } from '../../core/verify/index.ts';

/** Returns the examination with an addition to the message of its failure, and a remedy. */
export function explainFailure(
  { criteria, failure }: Extract<Examination, { readonly verdict: undefined }>,
  addition: string,
  remedy: string,
): Examination {
  const explained = new CountersignError(failure.code, `${failure.message}; ${addition}`, { cause: failure, remedy });
  return {
    criteria: criteria.map((one) =>
      one.failure === failure ? { ...one, found: explained.message, failure: explained } : one,
    ),
    verdict: undefined,
    failure: explained,
  };
}
