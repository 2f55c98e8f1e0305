/** Reads the name and version of an npm package from the tarball that `npm pack` writes. */
import { type Digest } from '../../core/crypto/index.ts';
import { type FileReading } from '../../node/index.ts';
import type { HashedFile } from '../digest-file.ts';
export interface NpmTarball {
    /** The purl of the package: the name of the subject of npm's provenance. */
    readonly purl: string;
    readonly digest: Digest<'sha512'>;
}
/**
 * Reads a tarball, in constant memory. What two readers of archives could take for two packages is refused.
 *
 * @param maxUnpacked the limit for the unpacked archive, in bytes
 * @throws CountersignError `PACKAGE_INVALID`, `LIMIT_EXCEEDED`, `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`
 */
export declare function readNpmTarball(files: FileReading, { path, identity }: HashedFile, maxUnpacked?: number): Promise<NpmTarball>;
