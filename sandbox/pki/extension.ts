/** Certificate extensions (RFC 5280, section 4.2): each function makes one, with the criticality Sigstore gives it. */

import { der } from '../../src/core/encoding/index.ts';
import { encodeGeneralName, type GeneralName } from './name.ts';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** What the OCTET STRING of the extension holds. */
  readonly value: Uint8Array;
}

export interface BasicConstraints {
  readonly authority: boolean;
  readonly pathLength?: number;
}

/** The numbers of the named bits of RFC 5280, section 4.2.1.3. */
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

export function basicConstraints({ authority, pathLength }: BasicConstraints): Extension {
  // cA is DEFAULT FALSE: DER leaves it out.
  const parts = [
    ...(authority ? [der.boolean(true)] : []),
    ...(pathLength === undefined ? [] : [der.integer(pathLength)]),
  ];
  return { oid: '2.5.29.19', critical: true, value: der.sequence(...parts) };
}

export function keyUsage(usages: readonly KeyUsage[]): Extension {
  return { oid: '2.5.29.15', critical: true, value: der.namedBits(...usages.map((usage) => keyUsages[usage])) };
}

export function extendedKeyUsage({ critical, purposes }: ExtendedKeyUsage): Extension {
  return { oid: '2.5.29.37', critical, value: der.sequence(...purposes.map((purpose) => der.oid(purpose))) };
}

export function subjectKeyIdentifier(identifier: Uint8Array): Extension {
  return { oid: '2.5.29.14', critical: false, value: der.octetString(identifier) };
}

export function authorityKeyIdentifier(identifier: Uint8Array): Extension {
  return { oid: '2.5.29.35', critical: false, value: der.sequence(der.contextPrimitive(0, identifier)) };
}

export function subjectAlternativeName({ critical, names }: SubjectAlternativeNames): Extension {
  return { oid: '2.5.29.17', critical, value: der.sequence(...names.map(encodeGeneralName)) };
}

export function encodeExtension({ oid, critical, value }: Extension): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}
