/**
 * Files that are not bundles themselves: formats of other tools that hold bundles, and names for everything else. Loaded only for such
 * a file.
 */

import { asObject, decodeUtf8, type JsonValue, parseJson } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { readAttestationList } from './attestation-lists.ts';
import { readCosignBundle } from './cosign-bundle.ts';
import { type NamedFile, nameJson, nameText } from './name-file.ts';
import { malformedRubyGemsBundle } from './rubygems.ts';
import { isBundleObject, type WrappedBundle } from './wrapped-bundle.ts';

export { readPep740 } from './pep-740.ts';
export type { WrappedBundle };

const readers = [readCosignBundle, readAttestationList];

/** The limit for a file that holds bundles, in bytes. */
const maxLength = 32 * 1024 * 1024;

/**
 * Returns the bundles in a file that is not a bundle itself, or the reason why it is not read. A broken bundle keeps its own failure.
 *
 * @param failure why the file is not a bundle
 * @param path of the file, for errors
 */
export function readOtherFormat(
  bytes: Uint8Array,
  path: string,
  failure: CountersignError,
): readonly WrappedBundle[] | CountersignError {
  const text = decodeUtf8(bytes);
  if (text === undefined) return notText(bytes, path, failure);
  if (!/^\s*[{["\d-]/.test(text.slice(0, 1000))) return unsupported(path, nameText(bytes, text));
  let document: JsonValue;
  try {
    document = parseJson(text, { maxLength });
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return notJson(text, path, failure, cause, bytes);
  }
  const object = asObject(document);
  if (object !== undefined && isBundleObject(object)) return malformedRubyGemsBundle(object) ?? failure;
  try {
    for (const read of readers) {
      const found = read(document);
      if (found !== undefined) return found.length > 0 ? found : holdsNone(path);
    }
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return cause;
  }
  return unsupported(path, nameJson(document));
}

/** A text that shows that a file is a bundle, or the beginning of one. */
const bundleText = /sigstore\.bundle|verificationMaterial|messageSignature|dsseEnvelope|^\s*\{\s*"mediaType"/i;
const oneLine = 'If the file contains one bundle per line, its name must end in `.jsonl`.';

/** Returns the failure of a file that is not UTF-8: a bundle with a wrong byte in it is still a broken bundle. */
function notText(bytes: Uint8Array, path: string, failure: CountersignError): CountersignError {
  const begin = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  if (!bundleText.test(begin)) return unsupported(path, nameText(bytes, undefined));
  if (/^\s*[{[]/.test(begin)) return failure;
  return unsupported(path, {
    what: 'a compressed bundle as GitHub stores it (Snappy)',
    remedy: 'Download the bundle with `gh attestation download`.',
  });
}

function notJson(
  text: string,
  path: string,
  failure: CountersignError,
  cause: CountersignError,
  bytes: Uint8Array,
): CountersignError {
  if (cause.code === 'LIMIT_EXCEEDED') return cause;
  if (bundleText.test(text)) {
    const isSeveral = text.trim().includes('\n') && failure.remedy === undefined;
    return isSeveral
      ? new CountersignError(failure.code, failure.message, { cause: failure, remedy: oneLine })
      : failure;
  }
  const isJson = /^\s*[{[]/.test(text);
  return unsupported(path, isJson ? { what: 'invalid JSON', remedy: downloadAgain(cause) } : nameText(bytes, text));
}

function downloadAgain({ message }: CountersignError): string {
  return `The file may be truncated (${message}). Download it again.`;
}

function holdsNone(path: string): CountersignError {
  return new CountersignError('BUNDLE_MISSING', `${path} is an empty list of attestations`, {
    remedy: 'Check that the request was for this artifact, and that the artifact has attestations.',
  });
}

function unsupported(path: string, { what, remedy }: NamedFile): CountersignError {
  return new CountersignError('FORMAT_UNSUPPORTED', `${path} is not a Sigstore bundle: it is ${what}`, { remedy });
}
