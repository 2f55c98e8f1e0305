/** The judge of what the sandbox issues: sigstore-js, which shares no code with it. */

import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import type { Sandbox } from '../../sandbox/index.ts';

/** Throws what sigstore-js has against a bundle, one SCT, one log entry and one timestamp being demanded. */
export function judge(trustedRoot: Sandbox['trustedRoot'], bundle: unknown, message: Uint8Array) {
  const trust = toTrustMaterial(TrustedRoot.fromJSON(trustedRoot));
  const verifier = new Verifier(trust, { ctlogThreshold: 1, tlogThreshold: 1, timestampThreshold: 1 });
  return verifier.verify(toSignedEntity(bundleFromJSON(bundle), Buffer.from(message)));
}
