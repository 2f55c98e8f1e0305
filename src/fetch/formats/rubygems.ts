/** Bundles that RubyGems.org stored wrongly: with a certificate that is encoded twice, and log entries without their kind. */

import { asText, decodeBase64, decodeUtf8, type JsonObject, memberAt } from '../../core/encoding/index.ts';
import { attempt, CountersignError } from '../../core/errors/index.ts';

/** Returns the error for such a bundle; `undefined` for any other. */
export function malformedRubyGemsBundle(bundle: JsonObject): CountersignError | undefined {
  const rawBytes = asText(memberAt(bundle, 'verificationMaterial', 'certificate', 'rawBytes'));
  if (rawBytes === undefined || !isEncodedTwice(rawBytes)) return undefined;
  return new CountersignError(
    'FORMAT_UNSUPPORTED',
    'the bundle is malformed: its certificate is base64-encoded twice, as in some bundles of RubyGems.org',
    {
      remedy:
        'Download the bundle again from RubyGems.org, which repairs such bundles, or ask the publisher of the gem for the original.',
    },
  );
}

/** Reports whether base64 is of a PEM text or of base64 again. A certificate begins with the byte 0x30, as text that is `0`. */
function isEncodedTwice(text: string): boolean {
  const decoded = attempt(() => decodeUtf8(decodeBase64(text))) ?? '';
  return /^(?:-----BEGIN CERTIFICATE-----|MI[A-Za-z0-9+/\r\n]{64})/.test(decoded);
}
