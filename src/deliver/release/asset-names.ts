/** Names of assets that GitHub does not change. */

import { fail } from '../../core/errors/index.ts';
import type { ReleaseFile } from './release-request.ts';

/** A file with the name of its asset. */
export interface NamedFile {
  readonly file: ReleaseFile;
  readonly name: string;
  /** The wanted name, if it is another. */
  readonly label: string | undefined;
}

/**
 * Returns the name of the asset for a file. GitHub replaces special characters and changes names that begin or end with a dot: this name has
 * neither.
 *
 * @example
 * assetNameOf('app+linux 1.0.tar.gz'); // → 'app.linux.1.0.tar.gz'
 */
export function assetNameOf(name: string): string {
  return name
    .replace(/[^A-Za-z0-9._-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
}

/**
 * Gives each file the name of its asset.
 *
 * @throws CountersignError `RELEASE_ASSET_UNFIT` for a name of which nothing remains, and for two files whose assets would have one name
 */
export function nameAssets(files: readonly ReleaseFile[]): readonly NamedFile[] {
  const taken = new Map<string, ReleaseFile>();
  return files.map((file) => {
    const name = assetNameOf(file.name);
    if (name === '')
      fail('RELEASE_ASSET_UNFIT', `${JSON.stringify(file.name)} cannot be the name of a release asset`, {
        remedy: 'Rename the file. Names of assets consist of letters, digits, `.`, `_` and `-`.',
      });
    const other = taken.get(name);
    if (other !== undefined)
      fail(
        'RELEASE_ASSET_UNFIT',
        `the files ${JSON.stringify(other.path)} and ${JSON.stringify(file.path)} would both become the release asset ${name}`,
        { remedy: 'Rename one of them. GitHub replaces characters other than letters, digits, `.`, `_` and `-`.' },
      );
    taken.set(name, file);
    return { file, name, label: name === file.name ? undefined : file.name };
  });
}
