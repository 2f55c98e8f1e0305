/** The predicate of PyPI's publish attestations. */

import type { Claim } from './claim.ts';

/** Says that the identity that signs publishes the file to PyPI (PEP 740, docs.pypi.org, "Publish attestation"). It has no members. */
export const pypiPublish: Claim = { predicateType: 'https://docs.pypi.org/attestations/publish/v1', predicate: {} };
