/** Bundles in files: read, and replaced where they are. */

import { basename, parse } from 'node:path';
import { bundleStem, maxBundleLength } from '../../../core/bundle/index.ts';
import { CountersignError, fail, systemCode } from '../../../core/errors/index.ts';
import { type Bundle, readBundle } from '../../../core/verify/index.ts';
import { deliverFile } from '../../../deliver/index.ts';
import { readOtherFormat } from '../../../fetch/index.ts';
import { readRegularFile } from '../../../node/index.ts';
import { digestFile } from '../../../subject/index.ts';
import type { World } from '../../world/index.ts';
import type { BundlePlace, OldSignature } from '../old-signature.ts';

export type FileWorld = Pick<World, 'files' | 'random'>;

/** Returns the signature in a bundle file, whose digest the bundle names. */
export function signatureInFile(path: string, world: FileWorld): OldSignature {
  return { name: bundleStem(basename(path)) ?? basename(path), digests: [], place: filePlace(path, world) };
}

/** Returns the signature on a file, whose bundle is next to it. The file is hashed when the signature is read. */
export function signatureOfFile(path: string, world: FileWorld): OldSignature {
  const place = filePlace(`${path}.sigstore.json`, world);
  const read: BundlePlace['read'] = async () => {
    const old = await place.read();
    return { ...old, digests: [await digestFile(world.files, { path }, 'sha256')] };
  };
  return { name: basename(path), digests: [], place: { ...place, read } };
}

/** Returns the place of a bundle file. @param path absolute */
export function filePlace(path: string, { files, random }: FileWorld): BundlePlace {
  return {
    location: path,
    read: async () => {
      const bytes = await readFile(path, files);
      return { bytes, bundle: readOnly(bytes, path) };
    },
    // The caller has named the file, so links may lead anywhere.
    deliver: (text) =>
      deliverFile(files, random, path, text, { workspace: parse(path).root, bundleDirectory: undefined }),
  };
}

async function readFile(path: string, files: World['files']): Promise<Uint8Array> {
  try {
    return await readRegularFile(files, path, maxBundleLength);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      fail('BUNDLE_MISSING', `the bundle ${path} does not exist`, { cause, remedy: 'Correct the path in the list.' });
    return fail('BUNDLE_UNREADABLE', `the bundle ${path} cannot be read: ${code}`, { cause });
  }
}

/** Returns the bundle in a file: a bundle, or one in a format of another tool. */
function readOnly(bytes: Uint8Array, path: string): Bundle {
  try {
    return readBundle(bytes);
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    const others = readOtherFormat(bytes, path, failure);
    if (others instanceof CountersignError) throw others;
    const [only, ...more] = others;
    if (only === undefined || more.length > 0)
      fail('BUNDLE_UNSUPPORTED', `${path} contains ${others.length} bundles, and only one can be replaced`, {
        remedy: 'Write each bundle to a file of its own.',
      });
    return only.read();
  }
}
