/** An image on disk, in each of the forms in which programs save one. */
import { type FileSystem } from '../file-system.ts';
import type { DiskImage } from './saved-image.ts';
/**
 * Reads which images are saved at a path: a folder that is an OCI image layout, a tar archive of one (`docker save`, podman's
 * `oci-archive`), or what `docker save` wrote before Docker 25. Nothing is unpacked, and no layer is read: the manifest names
 * each by its digest.
 *
 * @param path a folder or a file; it must not change as long as the image is used
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED`; `IMAGE_INVALID`; `LIMIT_EXCEEDED`
 */
export declare function readDiskImage(path: string, files: FileSystem): Promise<DiskImage>;
