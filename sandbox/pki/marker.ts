/** What tells a sandbox from the real thing: an extension in each of its CA certificates, which verifiers refuse by default. */

import { der } from '../../src/core/encoding/index.ts';
import type { Extension } from './extension.ts';

/** Below the arc for examples, with arcs small enough for Go's crypto/x509, which else refuses the certificate whole. */
export const sandboxMarkerOid = '2.999.305821105.408246119';

export const sandboxMarkerText = 'countersign sandbox: not for production';

/** Not critical: peers that do not know it are to pass over it. */
export const sandboxMarker: Extension = {
  oid: sandboxMarkerOid,
  critical: false,
  value: der.utf8String(sandboxMarkerText),
};
