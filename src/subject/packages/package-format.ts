/** The files that package registries take: those of a package, and those beside them that are not signed. */

import { basename } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { FileSubject } from '../subject.ts';
import { isDistributionName } from './python-distribution.ts';

/** The package registries whose packages can be signed: npm, PyPI, RubyGems.org and Maven Central. */
export type PackageFormat = 'npm' | 'pypi' | 'gem' | 'maven';

interface Rule {
  readonly isPackage: (name: string) => boolean;
  /** The ending of files that tools write beside a package, and that nobody signs. */
  readonly companion?: RegExp;
  readonly expected: string;
}

const rules: Readonly<Record<PackageFormat, Rule>> = {
  npm: { isPackage: (name) => name.endsWith('.tgz'), expected: 'a tarball of `npm pack` (`.tgz`)' },
  pypi: {
    isPackage: isDistributionName,
    companion: /(?:\.[A-Za-z0-9_-]+\.attestation|\.asc)$/,
    expected: 'a wheel or source distribution with a name that PyPI accepts (PEP 427, PEP 625)',
  },
  gem: { isPackage: (name) => name.endsWith('.gem'), expected: 'a gem (`.gem`)' },
  maven: {
    isPackage: (name) => /^[A-Za-z0-9][A-Za-z0-9._+-]*\.[A-Za-z0-9]+$/.test(name),
    companion: /\.(?:asc|md5|sha1|sha256|sha512)$/,
    expected: 'a file of a Maven artifact',
  },
};

/**
 * Returns the packages among files. Signatures, checksums and attestations beside packages are left out.
 *
 * @throws CountersignError `PACKAGE_INVALID` for a file that is no package; `SUBJECT_MISSING` if there is none
 */
export function selectPackages(
  files: readonly FileSubject[],
  format: PackageFormat,
): { readonly packages: readonly FileSubject[]; readonly leftOut: readonly FileSubject[] } {
  const { isPackage, companion, expected } = rules[format];
  const leftOut = files.filter(({ name }) => companion?.test(name));
  const packages = files.filter((file) => !leftOut.includes(file));
  const other = packages.find(({ name }) => !isPackage(basename(name)));
  if (other !== undefined)
    fail('PACKAGE_INVALID', `${JSON.stringify(other.name)} is not ${expected}`, {
      remedy: 'Specify only the packages in `files`, for example `dist/*.whl`, or exclude the file with `!`.',
    });
  if (packages.length === 0)
    fail('SUBJECT_MISSING', `none of the specified files is ${expected}`, {
      remedy: 'Specify the packages in `files`, after the step that builds them.',
    });
  return { packages, leftOut };
}
