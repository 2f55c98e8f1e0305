/** Tells whose Sigstore a bundle is of, for the error of one that was verified with another. Loaded only then. */

import { readCertificate } from '../../core/certificate/index.ts';
import { decodeUtf8, readSequence } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { readTimestampResponse } from '../../core/timestamp/index.ts';
import type { Bundle, Examination } from '../../core/verify/index.ts';

const organizationName = '2.5.4.10';

/** Returns the examination with what to do about its failure, if the bundle says that it is of GitHub's own instance. */
export function withInstance(examination: Examination, bundle: Bundle): Examination {
  const { failure, criteria } = examination;
  if (failure === undefined || !issuersOf(bundle).some((name) => organizationOf(name) === 'GitHub, Inc.'))
    return examination;
  const named = new CountersignError(
    failure.code,
    `${failure.message}; the bundle was issued by GitHub's own Sigstore instance`,
    {
      cause: failure,
      remedy: "Verify it with `instance: github`. If you use a trusted root, it must be GitHub's.",
    },
  );
  return {
    criteria: criteria.map((one) => (one.failure === failure ? { ...one, found: named.message, failure: named } : one)),
    verdict: undefined,
    failure: named,
  };
}

/** Returns the issuers that the certificate and the timestamps name, DER. Nothing vouches for them. */
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
