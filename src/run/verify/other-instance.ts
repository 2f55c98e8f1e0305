/** Tells whose Sigstore a bundle is of, for the error of one that was verified with another. Loaded only then. */

import { readCertificate } from '../../core/certificate/index.ts';
import { decodeUtf8, readSequence } from '../../core/encoding/index.ts';
import { readTimestampResponse } from '../../core/timestamp/index.ts';
import type { Bundle, Examination } from '../../core/verify/index.ts';
import { explainFailure } from './explain-failure.ts';

const organizationName = '2.5.4.10';

/** Returns the examination with a remedy for its failure, if the bundle states that it is of GitHub's own instance. */
export function withInstance(examination: Examination, bundle: Bundle): Examination {
  if (examination.failure === undefined) return examination;
  if (!issuersOf(bundle).some((name) => organizationOf(name) === 'GitHub, Inc.')) return examination;
  return explainFailure(
    examination,
    "the bundle was issued by GitHub's own Sigstore instance",
    "Verify it with `instance: github`. If you use a trusted root, it must be GitHub's.",
  );
}

/** Returns the issuers that the certificate and the timestamps name, DER. They are not verified. */
function issuersOf({ signer, timestamps }: Bundle): readonly Uint8Array[] {
  return [
    ...(signer.kind === 'certificate' ? read(() => readCertificate(signer.certificate).issuer) : []),
    ...timestamps.flatMap((timestamp) =>
      read(() => {
        const { identifier } = readTimestampResponse(timestamp).signer;
        return identifier.kind === 'issuer-and-serial' ? identifier.issuer : undefined;
      }),
    ),
  ];
}

/** Returns the organization in a Name (RFC 5280, section 4.1.2.4). */
function organizationOf(name: Uint8Array): string | undefined {
  const [organization] = read(() =>
    readSequence(name, (attributes) => {
      let found: string | undefined;
      while (!attributes.done) {
        const attribute = attributes.set().sequence();
        const oid = attribute.oid();
        const { contents } = attribute.any();
        if (oid === organizationName) found ??= decodeUtf8(contents);
      }
      return found;
    }),
  );
  return organization;
}

function read<T>(work: () => T | undefined): readonly T[] {
  try {
    const found = work();
    return found === undefined ? [] : [found];
  } catch {
    // No problem here may take the place of the failure that is being reported.
    return [];
  }
}
