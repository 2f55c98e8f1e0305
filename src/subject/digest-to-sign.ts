/** The digest of a file that is to be signed as it is, without a statement that says what it is. */

import type { Digest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { type ByteObserver, digestFile } from './digest-file.ts';
import { type SigningInputFormat, SigningInputScanner } from './signing-input.ts';
import type { FileSubject } from './subject.ts';

/**
 * Returns the digest of a file. The file is read once: what is hashed is what is looked at.
 *
 * @throws CountersignError `SUBJECT_AMBIGUOUS` for a file whose plain signature would pass for a signature over something else; those
 *   of `digestFile`
 */
export async function digestToSign(
  files: FileReading,
  file: FileSubject,
  observe?: ByteObserver,
): Promise<Digest<'sha256'>> {
  const scanner = new SigningInputScanner();
  const digest = await digestFile(files, file, 'sha256', (bytes, size) => {
    scanner.update(bytes);
    observe?.(bytes, size);
  });
  return scanner.format === undefined ? digest : refuse(file.name, scanner.format);
}

const problems: Readonly<Record<SigningInputFormat, string>> = {
  dsse: 'starts like the input of a DSSE signature, so its signature could be misused as an attestation',
  'simple-signing':
    'is a simple signing document, so its signature could be misused as the signature of a container image',
};

const remedies: Readonly<Record<SigningInputFormat, string>> = {
  dsse: 'Find out which step wrote the file. To sign it anyway, put it into an archive, or set `bundle-format: attestation`.',
  'simple-signing':
    'To sign the image, specify it with `images`. To sign the file anyway, put it into an archive, or set `bundle-format: attestation`.',
};

function refuse(name: string, format: SigningInputFormat): never {
  return fail('SUBJECT_AMBIGUOUS', `${name} ${problems[format]}`, { remedy: remedies[format] });
}
