/** Tells whether a path is in a folder. Links are the caller's to resolve: both paths are taken as they are written. */
import { type PlatformPath } from 'node:path';
/**
 * Returns the way from a folder to a path in it, with `/` between its parts: empty for the folder itself, `undefined` for a path
 * outside of the folder. A name that merely begins with two dots (`..foo`) is inside.
 *
 * @param system the paths of another system than this one
 */
export declare function pathBelow(folder: string, file: string, system?: PlatformPath): string | undefined;
/** Reports whether a path is in a folder, or is the folder. */
export declare function isWithin(folder: string, file: string): boolean;
