/** Names in certificates (RFC 5280, sections 4.1.2.4 and 4.2.1.6). */

import { der, utf8 } from '../../src/core/encoding/index.ts';

/** A distinguished name of the two attributes that Sigstore's authorities use. The subject of a Fulcio leaf is empty. */
export interface DistinguishedName {
  readonly organization?: string;
  readonly commonName?: string;
}

export function encodeName(name: DistinguishedName): Uint8Array {
  const attribute = (oid: string, value: string | undefined): readonly Uint8Array[] =>
    value === undefined ? [] : [der.set(der.sequence(der.oid(oid), der.utf8String(value)))];
  return der.sequence(...attribute('2.5.4.10', name.organization), ...attribute('2.5.4.3', name.commonName));
}

export type GeneralName =
  | { readonly kind: 'rfc822Name'; readonly value: string }
  | { readonly kind: 'uniformResourceIdentifier'; readonly value: string }
  | { readonly kind: 'dNSName'; readonly value: string }
  | { readonly kind: 'directoryName'; readonly value: DistinguishedName }
  /** The value is the DER inside `[0] EXPLICIT`. */
  | { readonly kind: 'otherName'; readonly typeId: string; readonly value: Uint8Array };

export function encodeGeneralName(name: GeneralName): Uint8Array {
  switch (name.kind) {
    case 'otherName':
      return der.context(0, der.oid(name.typeId), der.context(0, name.value));
    case 'rfc822Name':
      return der.contextPrimitive(1, utf8(name.value));
    case 'dNSName':
      return der.contextPrimitive(2, utf8(name.value));
    case 'directoryName':
      return der.context(4, encodeName(name.value));
    case 'uniformResourceIdentifier':
      return der.contextPrimitive(6, utf8(name.value));
  }
}
