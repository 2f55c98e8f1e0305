/** Names files that are not bundles, for people who gave one in place of a bundle. */

import { asList, asObject, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';

/** The kind of a file, as a noun, and what to do instead. */
export interface NamedFile {
  readonly what: string;
  readonly remedy: string;
}

const downloadAgain = 'Download the file again. The download failed, requires a login, or used a wrong URL.';
const elsewhere =
  'Specify the Sigstore bundle (`.sigstore.json`). If the publisher provides none, verify with the tool that created this file.';
const cosignPair =
  'The file does not contain the log entry, and Countersign does not look it up. Ask the publisher for a bundle (`cosign sign-blob --bundle`), or verify with `cosign verify-blob --signature FILE.sig --certificate FILE.pem`.';

/** Names a file that is not JSON. */
export function nameText(bytes: Uint8Array, text: string | undefined): NamedFile {
  const trimmed = text?.trim();
  if (trimmed === undefined) return nameBinary(bytes);
  if (trimmed === '') return { what: 'empty', remedy: downloadAgain };
  for (const [shape, named] of texts) if (shape.test(trimmed)) return named;
  return { what: 'text', remedy: elsewhere };
}

const texts: readonly (readonly [RegExp, NamedFile])[] = [
  [/^<(?:!doctype html|html|head|body)[\s>]/i, { what: 'an HTML page', remedy: downloadAgain }],
  [/^<\?xml|^<[a-z][\w:-]*[\s>/]/i, { what: 'an XML document', remedy: downloadAgain }],
  [/^-----BEGIN CERTIFICATE-----/, { what: 'a certificate, without a signature and log entry', remedy: cosignPair }],
  [
    /^-----BEGIN (?:RSA |EC )?PUBLIC KEY-----/,
    { what: 'a public key', remedy: 'Specify the public key with `key` and the bundle with `bundle`.' },
  ],
  [
    /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    { what: 'a private key', remedy: 'Keep it secret. Verification only needs the public key.' },
  ],
  [
    /^-----BEGIN PGP /,
    {
      what: 'a PGP signature or key',
      remedy: 'Verify it with `gpg --verify`, or ask the publisher for a Sigstore bundle.',
    },
  ],
  [
    /^-----BEGIN SSH SIGNATURE-----/,
    {
      what: 'an SSH signature',
      remedy: 'Verify it with `ssh-keygen -Y verify`, or ask the publisher for a Sigstore bundle.',
    },
  ],
  [/^-----BEGIN [A-Z0-9 ]+-----/, { what: 'a PEM file', remedy: elsewhere }],
  [
    /^untrusted comment:/i,
    {
      what: 'a minisign or signify signature',
      remedy: 'Verify it with minisign, or ask the publisher for a Sigstore bundle.',
    },
  ],
  [
    /^(?:\\?[0-9a-f]{32,128} [ *]\S|[A-Z0-9-]+ ?\([^)\n]+\) ?= ?[0-9a-f]{32,128}\b)/i,
    {
      what: 'a checksums file, which is not signed',
      remedy:
        'If there is a signature for the checksums file, verify the checksums file first, and then the files with it.',
    },
  ],
  [
    /^[A-Za-z0-9+/_-]{40,2048}={0,2}$/,
    { what: 'a base64-encoded signature without certificate and log entry', remedy: cosignPair },
  ],
];

function nameBinary(bytes: Uint8Array): NamedFile {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  for (const [prefix, what] of binaries) {
    if (begin.startsWith(prefix))
      return { what, remedy: what.includes('compressed') ? 'Decompress the file first.' : elsewhere };
  }
  return { what: 'binary data', remedy: elsewhere };
}

const binaries: readonly (readonly [string, string])[] = [
  ['1f8b', 'compressed (gzip)'],
  ['504b', 'compressed (zip)'],
  ['28b52ffd', 'compressed (zstd)'],
  ['fd377a58', 'compressed (xz)'],
  ['425a68', 'compressed (bzip2)'],
  ['7f454c46', 'a program (ELF)'],
  ['89504e47', 'an image (PNG)'],
  ['25504446', 'a PDF document'],
  ['3082', 'DER: a certificate, a timestamp, or PKCS #7'],
  ['88', 'a PGP signature'],
  ['89', 'a PGP signature'],
  ['c2', 'a PGP signature'],
];

/** Names a JSON document that is not a bundle and holds none. */
export function nameJson(document: JsonValue): NamedFile {
  const object = asObject(document);
  if (object === undefined) {
    const what = asList(document) === undefined ? 'a JSON value' : 'a JSON list';
    return { what, remedy: elsewhere };
  }
  for (const [isMeant, named] of documents) if (isMeant(object)) return named;
  const message =
    asText(object.message) ?? asText(object.error) ?? asText(asObject(asList(object.errors)?.[0])?.message);
  if (message !== undefined)
    return { what: `the error message of a service: ${JSON.stringify(message.slice(0, 200))}`, remedy: downloadAgain };
  const names = Object.keys(object)
    .slice(0, 3)
    .map((name) => JSON.stringify(name.slice(0, 40)));
  const members = names.length === 0 ? 'without members' : `with the members ${names.join(', ')}`;
  return { what: `a JSON document ${members}`, remedy: elsewhere };
}

const has =
  (...names: readonly string[]) =>
  (object: JsonObject): boolean =>
    names.every((name) => name in object);
const typed =
  (type: RegExp) =>
  ({ mediaType }: JsonObject): boolean =>
    typeof mediaType === 'string' && type.test(mediaType);

const documents: readonly (readonly [(object: JsonObject) => boolean, NamedFile])[] = [
  [
    has('payloadType', 'payload', 'signatures'),
    {
      what: 'a DSSE envelope without a log entry',
      remedy:
        'Verify it with the tool that created it (`slsa-verifier verify-artifact --provenance-path`), or ask the publisher for a Sigstore bundle.',
    },
  ],
  [has('_type', 'predicateType'), { what: 'an unsigned in-toto statement', remedy: elsewhere }],
  [
    typed(/trustedroot/i),
    { what: 'a trusted root', remedy: 'Specify the trusted root with `trusted-root` and the bundle with `bundle`.' },
  ],
  [typed(/signingconfig|clienttrustconfig/i), { what: 'a Sigstore configuration file', remedy: elsewhere }],
  [has('signed', 'signatures'), { what: 'TUF metadata', remedy: elsewhere }],
  [has('bomFormat'), { what: 'an SBOM (CycloneDX)', remedy: elsewhere }],
  [has('spdxVersion'), { what: 'an SBOM (SPDX)', remedy: elsewhere }],
  [
    has('schemaVersion', 'mediaType'),
    { what: 'the manifest of a container image', remedy: 'Verify the image itself: registry/name@sha256:….' },
  ],
  [has('payload', 'protected', 'signature'), { what: 'a JSON Web Signature', remedy: elsewhere }],
  [
    (object) =>
      has('apiVersion', 'kind', 'spec')(object) ||
      Object.values(object).some((entry) => 'logID' in (asObject(entry) ?? {})),
    { what: 'an entry of a transparency log', remedy: elsewhere },
  ],
  [
    has('_id', 'dist'),
    {
      what: 'npm package metadata',
      remedy: 'Download the attestations from the URL in `dist.attestations.url`.',
    },
  ],
];
