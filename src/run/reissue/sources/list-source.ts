/** A list of old signatures in a file, one a line. */

import { basename, dirname, resolve } from 'node:path';
import { bundleStem } from '../../../core/bundle/index.ts';
import { parseDigest } from '../../../core/crypto/index.ts';
import { asText, decodeUtf8, parseJsonObject } from '../../../core/encoding/index.ts';
import { CountersignError, fail, inContext, systemCode } from '../../../core/errors/index.ts';
import { type Line, readLines } from '../lines.ts';
import type { BadEntry, OldSignature, Source } from '../old-signature.ts';
import { type FileWorld, filePlace, signatureInFile, signatureOfFile } from './file-place.ts';

/** The number of JSON values in a line: more than any line needs. */
const maxValues = 100;

/**
 * Returns the signatures that a file lists. A line is the path of a bundle or of a file with its bundle next to it, a digest and the path of
 * a bundle, or a JSON object with `bundle`, `digest` and `name`. Paths are relative to the folder of the list. Blank lines and lines that
 * begin with # are skipped.
 */
export function listSource(path: string, world: FileWorld): Source {
  const folder = dirname(path);
  return {
    title: `the list ${path}`,
    async *signatures() {
      for await (const line of linesOf(path, world)) {
        const entry = readEntry(line, path, folder, world);
        if (entry !== undefined) yield entry;
      }
    },
  };
}

/**
 * Yields the lines of a file that an option names.
 *
 * @throws CountersignError `USAGE` for a file that cannot be read
 */
export async function* linesOf(path: string, { files }: Pick<FileWorld, 'files'>): AsyncGenerator<Line> {
  try {
    yield* readLines(files, path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    fail('USAGE', `${path} cannot be read: ${code}`, { cause, remedy: 'Check the path.' });
  }
}

function readEntry(line: Line, path: string, folder: string, world: FileWorld): OldSignature | BadEntry | undefined {
  const origin = `${path}:${line.number}`;
  try {
    const text = textOf(line).trim();
    if (text === '' || text.startsWith('#')) return undefined;
    return readText(text, folder, world);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { origin, error: inContext('USAGE', origin, error) };
  }
}

/** Returns the text of a line. A byte order mark may stand before the first one. */
export function textOf({ bytes, number }: Line): string {
  if (bytes === undefined) fail('LIMIT_EXCEEDED', 'the line is longer than 1 MiB');
  const text = decodeUtf8(bytes) ?? fail('USAGE', 'the line is not UTF-8');
  return number === 1 ? text.replace(/^\ufeff/, '') : text;
}

function readText(text: string, folder: string, world: FileWorld): OldSignature {
  if (text.startsWith('{')) return readObject(text, folder, world);
  // A drive of Windows has one letter.
  const [, digest, bundle] = /^([a-z][a-z0-9]+:\S*)\s+(\S.*)$/i.exec(text) ?? [];
  if (digest !== undefined && bundle !== undefined)
    return { ...signatureInFile(resolve(folder, bundle), world), digests: [parseDigest(digest)] };
  if (/^sha(?:256|384|512):[0-9a-f]+$/i.test(text))
    fail('USAGE', 'the line has a digest and no bundle', { remedy: 'Add the path of the bundle after the digest.' });
  const path = resolve(folder, text);
  return bundleStem(basename(path)) === undefined ? signatureOfFile(path, world) : signatureInFile(path, world);
}

function readObject(text: string, folder: string, world: FileWorld): OldSignature {
  const entry = parseJsonObject(text, { maxValues });
  const [bundle, digest, name] = [asText(entry?.bundle), asText(entry?.digest), asText(entry?.name)];
  if (bundle === undefined || bundle === '')
    fail('USAGE', 'the line has no member "bundle" with a path', {
      remedy: 'Write each line as {"bundle":"app.sigstore.json","digest":"sha256:…"}.',
    });
  for (const [member, value] of [
    ['digest', digest],
    ['name', name],
  ] as const)
    if (value === undefined && entry?.[member] !== undefined) fail('USAGE', `the member "${member}" is not a text`);
  const path = resolve(folder, bundle);
  return {
    name: name ?? signatureInFile(path, world).name,
    digests: digest === undefined ? [] : [parseDigest(digest)],
    place: filePlace(path, world),
  };
}
