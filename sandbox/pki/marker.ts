/** The marker of a sandbox: an extension in its CA certificates, which verifiers refuse by default. */

import { der } from '../../src/core/encoding/index.ts';
import type { Extension } from './extension.ts';

/** An OID below the arc for examples. Go's crypto/x509 refuses certificates with larger arcs. */
export const sandboxMarkerOid = '2.999.305821105.408246119';

/** Not critical, so that other clients ignore it. */
export const sandboxMarker: Extension = {
  oid: sandboxMarkerOid,
  critical: false,
  value: der.utf8String('countersign sandbox: not for production'),
};
