/** Subject alternative names in the forms that Fulcio issues (RFC 5280, section 4.2.1.6). */

import { contextTag, DerReader, decodeUtf8, readDer, readSequence, tags } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

export type SubjectAlternativeName =
  | { readonly kind: 'uri' | 'email'; readonly value: string }
  /** Fulcio's `username` identities: `sub!domain` in an otherName. */
  | { readonly kind: 'username'; readonly value: string }
  | { readonly kind: 'unknown'; readonly tag: number };

const usernameOid = '1.3.6.1.4.1.57264.1.7';
const maxNames = 16;

export function readSubjectAlternativeNames(value: Uint8Array): readonly SubjectAlternativeName[] {
  return readSequence(value, (der) => {
    const names: SubjectAlternativeName[] = [];
    while (!der.done) {
      if (names.length === maxNames)
        fail('LIMIT_EXCEEDED', `the certificate has more than ${maxNames} subject alternative names`);
      const { tag, contents } = der.any();
      names.push(readName(tag, contents));
    }
    return names;
  });
}

function readName(tag: number, contents: Uint8Array): SubjectAlternativeName {
  if (tag === contextTag(1, 'primitive')) return { kind: 'email', value: ia5(contents) };
  if (tag === contextTag(6, 'primitive')) return { kind: 'uri', value: ia5(contents) };
  if (tag === contextTag(0, 'constructed')) {
    const other = new DerReader(contents);
    if (other.oid() === usernameOid) {
      const wrapped = other.element(contextTag(0, 'constructed')).contents;
      other.end();
      return { kind: 'username', value: readDer(wrapped, (der) => der.utf8String()) };
    }
  }
  return { kind: 'unknown', tag };
}

/** Reads an IA5String (ASCII). Control characters are refused: they could only mislead the reader of a name. */
function ia5(contents: Uint8Array): string {
  if (contents.length === 0 || contents.some((byte) => byte < 0x20 || byte > 0x7e)) {
    fail('DER_INVALID', `a name (tag ${tags.ia5String}) is not printable ASCII`);
  }
  return decodeUtf8(contents) ?? '';
}
