/** The signatures that the manifest of a signing run lists. */

import { dirname, resolve } from 'node:path';
import { parseDigest } from '../../../core/crypto/index.ts';
import { CountersignError, fail, inContext } from '../../../core/errors/index.ts';
import { isManifestOpening, readManifestLine } from '../../../deliver/index.ts';
import type { BadEntry, OldSignature, Source } from '../old-signature.ts';
import { type FileWorld, filePlace } from './file-place.ts';
import { linesOf, textOf } from './list-source.ts';

/** Returns the signatures of a manifest, which has one subject a line. Paths are relative to its folder. */
export function manifestSource(path: string, world: FileWorld): Source {
  const folder = dirname(path);
  return {
    title: `the manifest ${path}`,
    async *signatures() {
      let isOpen = false;
      for await (const line of linesOf(path, world)) {
        if (!isOpen) {
          if (!isManifestOpening(textOf(line))) failAsOther(path);
          isOpen = true;
        } else {
          const text = textOf(line);
          if (text === ']}') return;
          yield readEntry(text, `${path}:${line.number}`, folder, world);
        }
      }
      if (!isOpen) failAsOther(path);
      fail('USAGE', `the manifest ${path} is cut off`, { remedy: 'Download it again, or use another copy.' });
    },
  };
}

function failAsOther(path: string): never {
  return fail('USAGE', `${path} is not a manifest of a signing run`, {
    remedy: 'Specify the manifest that the run wrote. For a list of paths, use `list`.',
  });
}

function readEntry(text: string, origin: string, folder: string, world: FileWorld): OldSignature | BadEntry {
  try {
    const entry = readManifestLine(text);
    if (entry === undefined) fail('USAGE', 'the line is not a subject with a name, a digest and a bundle');
    return {
      name: entry.name,
      digests: [parseDigest(entry.digest)],
      place: filePlace(resolve(folder, entry.bundle), world),
    };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { origin, error: inContext('USAGE', origin, error) };
  }
}
