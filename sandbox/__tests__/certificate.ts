/** Reads certificates by the DER reader alone, without the help of the sandbox that writes them. */

import type { X509Certificate } from 'node:crypto';
import { readDer, tags } from '../../src/core/encoding/index.ts';

export interface ExtensionView {
  readonly critical: boolean;
  readonly value: Buffer;
}

/** The extensions of a certificate by object identifier. */
export function extensionsOf(certificate: X509Certificate): ReadonlyMap<string, ExtensionView> {
  const found = new Map<string, ExtensionView>();
  readDer(certificate.raw, (der) => {
    const tbs = der.sequence().sequence();
    let list = tbs.any();
    while (!tbs.done) list = tbs.any();
    readDer(list.contents, (outer) => {
      const extensions = outer.sequence();
      while (!extensions.done) {
        const extension = extensions.sequence();
        const oid = extension.oid();
        const critical = extension.nextTag === tags.boolean && extension.boolean();
        found.set(oid, { critical, value: Buffer.from(extension.octetString()) });
      }
    });
  });
  return found;
}

/** Fulcio's extensions by their numbers: 1 to 6 bare text, the others one UTF8String each. */
export function fulcioTexts(certificate: X509Certificate): Readonly<Record<string, string>> {
  const texts = [...extensionsOf(certificate)].flatMap(([oid, { value }]) => {
    const [, number] = /^1\.3\.6\.1\.4\.1\.57264\.1\.(\d+)$/.exec(oid) ?? [];
    if (number === undefined) return [];
    return [[number, Number(number) < 8 ? value.toString() : readDer(value, (der) => der.utf8String())]];
  });
  return Object.fromEntries(texts);
}
