/** Reads parts of certificates (RFC 5280, section 4.1). */

import {
  concatBytes,
  contextTag,
  type DerReader,
  decodeUtf8,
  der,
  readDer,
  readSequence,
} from '../../src/core/encoding/index.ts';

interface FoundExtension {
  readonly oid: string;
  /** The whole element. */
  readonly der: Uint8Array;
  /** The contents of its OCTET STRING. */
  readonly value: Uint8Array;
}

interface TbsParts {
  readonly serialNumber: Uint8Array;
  /** All elements before the extensions, in order. */
  readonly before: readonly Uint8Array[];
  readonly extensions: readonly FoundExtension[];
}

/** Returns the TBSCertificate of a certificate, DER. */
export function tbsCertificateOf(certificate: Uint8Array): Uint8Array {
  return readSequence(certificate, (reader) => {
    const tbs = reader.any().der;
    reader.any();
    reader.any();
    return tbs;
  });
}

/** Returns the serial number, an unsigned integer, big-endian. */
export function serialNumberOf(certificate: Uint8Array): Uint8Array {
  return readTbs(tbsCertificateOf(certificate)).serialNumber;
}

/** Returns the value of an extension, or `undefined` if the certificate does not have it. */
export function extensionValue(certificate: Uint8Array, oid: string): Uint8Array | undefined {
  return readTbs(tbsCertificateOf(certificate)).extensions.find((extension) => extension.oid === oid)?.value;
}

/** Removes an extension from a TBSCertificate, and leaves all other bytes as they are (RFC 6962, section 3.2). */
export function withoutExtension(tbsCertificate: Uint8Array, oid: string): Uint8Array {
  const { before, extensions } = readTbs(tbsCertificate);
  const left = extensions.filter((extension) => extension.oid !== oid).map((extension) => extension.der);
  return der.sequence(...before, ...(left.length === 0 ? [] : [der.context(3, der.sequence(...left))]));
}

/** Returns the alternative names of a certificate that are text: addresses, hosts, URIs, and other names in UTF-8. */
export function alternativeNames(certificate: Uint8Array): readonly string[] {
  const value = extensionValue(certificate, '2.5.29.17');
  if (value === undefined) return [];
  return readSequence(value, (names) => {
    const texts: string[] = [];
    while (!names.done) texts.push(...nameText(names.any()));
    return texts;
  });
}

const textTags = new Set([1, 2, 6].map((number) => contextTag(number, 'primitive')));

function nameText({ tag, contents }: { readonly tag: number; readonly contents: Uint8Array }): readonly string[] {
  if (textTags.has(tag)) return [decodeUtf8(contents) ?? ''];
  if (tag !== contextTag(0, 'constructed')) return [];
  return readDer(concatBytes(contents), (reader) => {
    reader.oid();
    const wrapped = reader.element(contextTag(0, 'constructed')).contents;
    return [readDer(wrapped, (inner) => inner.utf8String())];
  });
}

function readTbs(tbsCertificate: Uint8Array): TbsParts {
  return readSequence(tbsCertificate, (reader) => {
    const before = [reader.any().der];
    const serial = reader.any();
    before.push(serial.der);
    let extensions: readonly FoundExtension[] = [];
    while (!reader.done) {
      const element = reader.any();
      if (element.tag === contextTag(3, 'constructed')) extensions = readSequence(element.contents, readExtensions);
      else before.push(element.der);
    }
    return {
      serialNumber: serial.contents[0] === 0 ? serial.contents.subarray(1) : serial.contents,
      before,
      extensions,
    };
  });
}

function readExtensions(list: DerReader): readonly FoundExtension[] {
  const found: FoundExtension[] = [];
  while (!list.done) {
    const element = list.any();
    found.push(
      readSequence(element.der, (extension) => {
        const oid = extension.oid();
        if (extension.nextTag === 1) extension.boolean();
        return { oid, der: element.der, value: extension.octetString() };
      }),
    );
  }
  return found;
}
