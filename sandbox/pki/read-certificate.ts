/** Reads parts of certificates (RFC 5280, section 4.1). */

import {
  contextTag,
  type DerElement,
  decodeUtf8,
  der,
  readDer,
  readSequence,
  tags,
} from '../../src/core/encoding/index.ts';

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
  const { contents = new Uint8Array() } = elementsOf(tbsCertificateOf(certificate))[1] ?? {};
  return contents[0] === 0 ? contents.subarray(1) : contents;
}

/** Returns the value of an extension, or `undefined` if the certificate does not have it. */
export function extensionValue(certificate: Uint8Array, oid: string): Uint8Array | undefined {
  const extension = readTbs(tbsCertificateOf(certificate)).extensions.find((one) => oidOf(one) === oid);
  if (extension === undefined) return undefined;
  return readSequence(extension.der, (reader) => {
    reader.oid();
    if (reader.nextTag === tags.boolean) reader.boolean();
    return reader.octetString();
  });
}

/** Removes an extension from a TBSCertificate, and leaves all other bytes as they are (RFC 6962, section 3.2). */
export function withoutExtension(tbsCertificate: Uint8Array, oid: string): Uint8Array {
  const { before, extensions } = readTbs(tbsCertificate);
  const left = extensions.filter((extension) => oidOf(extension) !== oid);
  const context = left.length === 0 ? [] : [der.context(3, der.sequence(...left.map((one) => one.der)))];
  return der.sequence(...before.map((element) => element.der), ...context);
}

/** Returns the alternative names of a certificate that are text: addresses, hosts, URIs, and other names in UTF-8. */
export function alternativeNames(certificate: Uint8Array): readonly string[] {
  const value = extensionValue(certificate, '2.5.29.17');
  return value === undefined ? [] : elementsOf(value).flatMap(nameText);
}

const textTags = new Set([1, 2, 6].map((number) => contextTag(number, 'primitive')));

function nameText({ tag, contents }: DerElement): readonly string[] {
  if (textTags.has(tag)) return [decodeUtf8(contents) ?? ''];
  if (tag !== contextTag(0, 'constructed')) return [];
  return readDer(contents, (reader) => {
    reader.oid();
    const wrapped = reader.element(contextTag(0, 'constructed')).contents;
    return [readDer(wrapped, (inner) => inner.utf8String())];
  });
}

function readTbs(tbsCertificate: Uint8Array) {
  const elements = elementsOf(tbsCertificate);
  const isExtensions = ({ tag }: DerElement): boolean => tag === contextTag(3, 'constructed');
  const before = elements.filter((element) => !isExtensions(element));
  return { before, extensions: elements.filter(isExtensions).flatMap(({ contents }) => elementsOf(contents)) };
}

function oidOf(extension: DerElement): string {
  const [oid] = elementsOf(extension.der);
  return oid === undefined ? '' : readDer(oid.der, (reader) => reader.oid());
}

/** Returns the elements of a sequence, DER. */
function elementsOf(sequence: Uint8Array): readonly DerElement[] {
  return readSequence(sequence, (reader) => {
    const elements: DerElement[] = [];
    while (!reader.done) elements.push(reader.any());
    return elements;
  });
}
