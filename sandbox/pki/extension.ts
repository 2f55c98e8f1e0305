/** Certificate extensions (RFC 5280, section 4.2). */

import { der } from '../../src/core/encoding/index.ts';
import type { GeneralName } from './name.ts';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The contents of the extension's OCTET STRING. */
  readonly value: Uint8Array;
}

export interface BasicConstraints {
  readonly authority: boolean;
  readonly pathLength?: number;
}

/** The numbers of the named bits (RFC 5280, section 4.2.1.3). */
export const keyUsages = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 } as const;
export type KeyUsage = keyof typeof keyUsages;

export const keyPurposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  anyExtendedKeyUsage: '2.5.29.37.0',
} as const;

export interface ExtendedKeyUsage {
  readonly critical: boolean;
  /** Object identifiers. */
  readonly purposes: readonly string[];
}

export interface SubjectAlternativeNames {
  readonly critical: boolean;
  readonly names: readonly GeneralName[];
}

export function encodeExtension({ oid, critical, value }: Extension): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

/** An OID below the arc for examples. Go's crypto/x509 refuses certificates with larger arcs. */
export const sandboxMarkerOid = '2.999.305821105.408246119';

/** The extension in all CA certificates of a sandbox, which verifiers refuse. Not critical, so that other clients ignore it. */
export const sandboxMarker: Extension = {
  oid: sandboxMarkerOid,
  critical: false,
  value: der.utf8String('countersign sandbox: not for production'),
};
