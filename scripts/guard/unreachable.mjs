/** Checks that no test can notice the deletion of, each with the reason: `file`, `what` as it stands in the source, `why`. */
export const unreachable = [
  {
    file: 'src/core/crypto/verify-on-curve.ts',
    what: 'scalars === undefined',
    why: 'without the check the library is given undefined, which it refuses as it refuses scalars out of range',
  },
  {
    file: 'src/core/verify/verify-certificate.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a mistake of ours from passing for a refusal',
  },
];
