/** Names the platforms of images. */

import { shownText } from './shorten.ts';
import type { ReportedPart } from './verification-report.ts';

/** Names a platform and the way to its bundle: `linux/amd64 (sha256:…), by the attestation manifest sha256:…`. */
export function partText({ digest, platform, attestationManifest }: ReportedPart): string {
  const name = platform === undefined ? `manifest ${digest}` : `${shownText(platform, 100)} (${digest})`;
  return attestationManifest === undefined ? name : `${name}, by the attestation manifest ${attestationManifest}`;
}
