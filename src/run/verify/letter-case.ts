/** Explains a mismatch that comes only from the case of letters. Loaded only for a mismatch. */

import { readCertificate, readFulcioClaims } from '../../core/certificate/index.ts';
import { attempt } from '../../core/errors/index.ts';
import { type Expectation, meetsAddress, type Policy } from '../../core/policy/index.ts';
import type { Bundle, Criterion, Examination } from '../../core/verify/index.ts';
import { explainFailure } from './explain-failure.ts';

/** Returns the examination with a remedy for its failure, if the certificate differs from a policy only in the case of letters. */
export function withLetterCase(examination: Examination, bundle: Bundle, policies: readonly Policy[]): Examination {
  if (examination.failure === undefined) return examination;
  const failed = examination.criteria.find(({ failure }) => failure === examination.failure);
  const found = failed && foundValue(bundle, failed);
  if (failed === undefined || found === undefined) return examination;
  const expected = policies.flatMap((policy) => expectations(policy, failed));
  const near = expected.find(({ kind, value }) => meetsAddress({ kind, value: folded(value) }, folded(found)));
  if (near === undefined) return examination;
  const spelling = near.kind === 'path' ? found.slice(0, near.value.length) : found;
  return explainFailure(
    examination,
    'only the case of letters differs',
    `Names are compared exactly. If this is the expected signer, write the name as in the certificate: ${spelling}`,
  );
}

/** Returns the value in the certificate that a criterion is about. */
function foundValue({ signer }: Bundle, { name, about }: Criterion): string | undefined {
  if (signer.kind !== 'certificate') return undefined;
  return attempt(() => {
    const certificate = readCertificate(signer.certificate);
    if (name === 'identity') {
      const [only] = certificate.subjectAlternativeNames;
      return only === undefined || only.kind === 'unknown' ? undefined : only.value;
    }
    const claims = readFulcioClaims(certificate);
    return Object.entries(claims).find(([claim]) => claim === (about ?? 'issuer'))?.[1];
  });
}

function expectations({ signer }: Policy, { name, about }: Criterion): readonly Expectation[] {
  if (signer.kind !== 'identity') return [];
  if (name === 'claim') return signer.claims.flatMap(({ claim, expected }) => (claim === about ? expected : []));
  const one = name === 'identity' ? signer.identity : signer.issuer;
  return typeof one === 'string' ? [] : [one];
}

/** Folds the case of ASCII letters alone: letters of other scripts can look like others. */
function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
