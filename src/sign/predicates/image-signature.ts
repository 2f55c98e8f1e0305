/** The predicate of a signature on a container image. */

import type { Claim } from './claim.ts';

/**
 * The predicate that `cosign sign` writes and `cosign verify` looks for. Clients expect a statement in each bundle that is attached to
 * an image, not a message signature.
 */
export const imageSignature: Claim = { predicateType: 'https://sigstore.dev/cosign/sign/v1', predicate: {} };
