/** Names the file that was given in place of another. Loaded only when a file cannot be read as what it should be. */

import { asObject, asText, decodeUtf8, parseJson } from '../../core/encoding/index.ts';
import { attempt, CountersignError } from '../../core/errors/index.ts';

interface Explanation {
  /** A predicate: `is a bundle`. */
  readonly is: string;
  readonly remedy: string;
}

/**
 * Returns the error for a file that was given as something that it is not; the reader's own error if the kind of the file is unknown.
 *
 * @param what the kind that the file should have: `trusted root`
 */
export function explainInput(bytes: Uint8Array, what: string, path: string, error: CountersignError): CountersignError {
  const found = explainText(bytes) ?? explainDocument(bytes, what);
  if (found === undefined) return error;
  return new CountersignError(error.code, `the ${what} ${path} ${found.is}`, { remedy: found.remedy, cause: error });
}

function explainText(bytes: Uint8Array): Explanation | undefined {
  const start = (decodeUtf8(bytes.subarray(0, 256)) ?? '').trimStart();
  if (start.startsWith('<'))
    return { is: 'is HTML or XML, not JSON', remedy: 'Check the URL that it was downloaded from.' };
  if (start.startsWith('-----BEGIN ')) return { is: 'is PEM, not JSON', remedy: 'Check the path.' };
  return undefined;
}

function explainDocument(bytes: Uint8Array, what: string): Explanation | undefined {
  const document = asObject(attempt(() => parseJson(bytes)));
  if (document === undefined) return undefined;
  const type = (asText(document.mediaType ?? document.media_type) ?? '').toLowerCase();
  if (type.includes('clienttrustconfig') || ('trustedRoot' in document && 'signingConfig' in document)) {
    const member = what === 'signing config' ? 'signingConfig' : 'trustedRoot';
    return {
      is: 'is a ClientTrustConfig, which contains a trusted root and a signing config',
      remedy: `Write the member \`${member}\` to a separate file (\`jq .${member} FILE\`), and specify that file.`,
    };
  }
  if (type.includes('signingconfig.v0.1'))
    return {
      is: 'is a signing config of version 0.1, which is not supported',
      remedy: 'Use a signing config of version 0.2.',
    };
  const kinds: readonly (readonly [kind: string, isIt: boolean])[] = [
    ['trusted root', type.includes('trustedroot')],
    ['signing config', type.includes('signingconfig')],
    ['bundle', type.includes('bundle')],
    ['TUF root', 'signed' in document && 'signatures' in document],
  ];
  const [kind] = kinds.find(([, isIt]) => isIt) ?? [];
  if (kind === undefined || kind === what) return undefined;
  const remedies: Readonly<Record<string, string>> = {
    'trusted root': 'Specify it with `trusted-root`.',
    'signing config': 'Specify it with `signing-config`.',
    'TUF root': 'Specify it with `tuf-root`, and the URL of its repository with `tuf-url`.',
  };
  return { is: `is a ${kind}`, remedy: remedies[kind] ?? 'Check the path.' };
}
