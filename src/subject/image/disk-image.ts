/** An image on disk, in each of the forms in which programs save one. */

import { maxManifestLength } from '../../services/registry/index.ts';
import { type FileSystem, orUnreadable } from '../file-system.ts';
import { dockerListName, readDockerArchive } from './docker-archive.ts';
import { layoutIndexName, layoutMarkName, readLayout } from './image-layout.ts';
import { invalidImage } from './invalid-image.ts';
import { openFolder, openTar } from './saved-files.ts';
import type { DiskImage } from './saved-image.ts';

/**
 * Reads which images are saved at a path: a folder that is an OCI image layout, a tar archive of one (`docker save`, podman's
 * `oci-archive`), or what `docker save` wrote before Docker 25. Nothing is unpacked, and no layer is read: the manifest names
 * each by its digest.
 *
 * @param path a folder or a file; it must not change as long as the image is used
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED`; `IMAGE_INVALID`; `LIMIT_EXCEEDED`
 */
export async function readDiskImage(path: string, files: FileSystem): Promise<DiskImage> {
  const isFolder = (await orUnreadable(path, () => files.stat(path))).isDirectory();
  const saved = isFolder ? await openFolder(path, files) : await openTar(path, files);
  const read = (name: string) => saved.read(name, maxManifestLength);
  const mark = await read(layoutMarkName);
  if (mark !== undefined) return readLayout(mark, saved, path);
  // Some programs would read it as a layout all the same, and others take the list.
  if ((await read(layoutIndexName)) !== undefined)
    invalidImage(`${path} has ${layoutIndexName} but no ${layoutMarkName}`);
  const list = await read(dockerListName);
  if (list !== undefined) return readDockerArchive(list, saved, path);
  return invalidImage(
    `${path} is not a saved image: it has neither ${layoutMarkName} nor ${dockerListName}`,
    'Specify the folder or archive that was written by `docker save`, podman, skopeo or BuildKit.',
  );
}
