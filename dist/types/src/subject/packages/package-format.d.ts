/** The files that package registries take: those of a package, and those beside them that are not signed. */
import type { FileSubject } from '../subject.ts';
/** The package registries whose packages can be signed: npm, PyPI, RubyGems.org and Maven Central. */
export type PackageFormat = 'npm' | 'pypi' | 'gem' | 'maven';
/**
 * Returns the packages among files. Signatures, checksums and attestations beside packages are left out.
 *
 * @throws CountersignError `PACKAGE_INVALID` for a file that is no package; `SUBJECT_MISSING` if there is none
 */
export declare function selectPackages(files: readonly FileSubject[], format: PackageFormat): {
    readonly packages: readonly FileSubject[];
    readonly leftOut: readonly FileSubject[];
};
