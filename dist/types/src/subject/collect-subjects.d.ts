/** All that a run is to sign, from every input that names something. */
import { type Unmatched } from './collect-files.ts';
import { type FileSystem } from './file-system.ts';
import type { LeftOut } from './left-out.ts';
import { type LocalSubject } from './subject.ts';
export interface SubjectRequest {
    /** Globs relative to the workspace, as {@link collectFiles} reads them. */
    readonly files: readonly string[];
    /** Paths of checksums files, relative to the workspace. */
    readonly checksums: readonly string[];
    /** Lines `name@sha256:<hex>`. */
    readonly digests: readonly string[];
    /** Paths of files with the digests of legs, relative to the workspace. */
    readonly digestsFrom?: readonly string[];
    /** The path in `$GITHUB_ARTIFACTS_LIST`, where no other input is set. */
    readonly artifactsList?: string;
    /** The treatment of a glob that matches nothing; it is refused by default. */
    readonly unmatched?: Unmatched;
}
/** Reports whether a request names nothing at all. */
export declare function namesNothing({ files, checksums, digests, digestsFrom, artifactsList }: SubjectRequest): boolean;
/**
 * Finds and reads everything that the request names, in the order of their names by code units: at least one subject, unless globs may
 * match nothing.
 * Names are distinct: a file that a pattern, a checksums file and `digests` name is one subject, and must have the digests that are stated.
 *
 * @param onLeftOut as of {@link collectFiles}
 * @throws CountersignError `SUBJECT_MISSING`, `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`, `DIGEST_INVALID`, `JSON_INVALID`, `LIMIT_EXCEEDED`
 * or `USAGE`
 */
export declare function collectSubjects(request: SubjectRequest, workspace: string, files: FileSystem, onLeftOut?: (leftOut: readonly LeftOut[]) => void): Promise<readonly LocalSubject[]>;
