/** Finds images: names in registries, and paths of saved images, one per line. */
import { type Registries } from '../services/registry/index.ts';
import { type FileSystem } from './file-system.ts';
import { type ImageSubject } from './subject.ts';
export interface ImageOptions {
    /** Includes each manifest below an index as a subject, under the name of the index. */
    readonly recursive: boolean;
}
/**
 * Finds every image that is named, in the order of names by code units. One name with one digest is one subject, with all the
 * tags that led to it. A saved image has the name that it was saved under, else that of its path below the workspace.
 *
 * @param lines as {@link readImageName} reads them; a blank one is refused
 * @throws CountersignError `USAGE`; `SUBJECT_MISSING`; those of {@link readDiskImage}, of {@link manifestsOf} and of the
 * registries' clients
 */
export declare function collectImages(lines: readonly string[], options: ImageOptions, workspace: string, registries: Registries, files: FileSystem): Promise<readonly ImageSubject[]>;
