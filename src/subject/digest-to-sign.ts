/** The digest of a file that is to be signed as it is, without a statement that says what it is. */

import type { Digest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { digestFile } from './digest-file.ts';
import { type SigningInputFormat, SigningInputScanner } from './signing-input.ts';
import type { FileSubject } from './subject.ts';

/**
 * Returns the digest of a file. The file is read once: what is hashed is what is looked at.
 *
 * @throws CountersignError `SUBJECT_AMBIGUOUS` for a file whose plain signature would pass for a signature over something else; those
 *   of `digestFile`
 */
export async function digestToSign(files: FileReading, file: FileSubject): Promise<Digest<'sha256'>> {
  const scanner = new SigningInputScanner();
  const digest = await digestFile(files, file, 'sha256', (bytes) => scanner.update(bytes));
  return scanner.format === undefined ? digest : refuse(file.name, scanner.format);
}

const problems: Readonly<Record<SigningInputFormat, string>> = {
  dsse: 'begins as the text that a DSSE signature is made over: its signature would pass for an attestation',
  'simple-signing':
    'is a simple signing document: its signature would pass for the signature of the image that it names',
};

const remedies: Readonly<Record<SigningInputFormat, string>> = {
  dsse: 'Find out which step wrote it. To sign it nevertheless, put it into an archive, or set `bundle-format: attestation`.',
  'simple-signing':
    'To sign the image, name it with `images`. To sign the file nevertheless, put it into an archive, or set `bundle-format: attestation`.',
};

function refuse(name: string, format: SigningInputFormat): never {
  return fail('SUBJECT_AMBIGUOUS', `${name} ${problems[format]}`, { remedy: remedies[format] });
}
