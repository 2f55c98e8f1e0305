/** Packages, and statements about one package each. */

import type { Digest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { writeStatement } from '../../core/statement/index.ts';
import { bundlePaths } from '../../deliver/index.ts';
import type { Claim } from '../../sign/predicates/index.ts';
import type { FileSubject, Subject } from '../../subject/index.ts';
import type { SigningPlan } from './attest.ts';
import type { SigningRequest } from './open-signing.ts';
import type { BundleFormat, Receipt, SignedSubject, UnsignedSubject } from './receipt.ts';
import type { OwnStatement, PlanForEach } from './sign-each.ts';

/** The parts of a signing request that matter for packages. */
export interface PackageRequest extends Pick<SigningRequest, 'instance' | 'logVersion' | 'places'> {
  readonly images?: object | undefined;
  readonly format: BundleFormat;
  readonly attestations?: readonly { readonly kind: 'provenance' | 'claim' }[];
  readonly bundlePath?: string;
  readonly serverUrl: string;
}

/** A run that signs the packages of one registry. */
export interface PackageRun {
  readonly subjects: readonly Subject[];
  readonly leftOut: readonly string[];
  /** What the registry requires of the session. */
  readonly signing: Pick<SigningRequest, 'instance' | 'logVersion'>;
  readonly sign: (plan: PackagePlan) => Promise<AsyncGenerator<SignedSubject | UnsignedSubject>>;
  readonly receipt: Pick<Receipt, 'format' | 'packageNotices'>;
}

export type PackagePlan = SigningPlan & Pick<PlanForEach, 'pace'>;

/** A package, and what a statement calls it. */
export interface Package {
  readonly file: FileSubject;
  readonly name: string;
  readonly digest: Digest;
}

/** Returns a statement about one package. */
export function statementAboutPackage({ name, digest }: Package, { predicateType, predicate }: Claim): OwnStatement {
  return { digest, statement: writeStatement({ subjects: [{ name, digests: [digest] }], predicateType, predicate }) };
}

/** Returns the path of each package's bundle. */
export function pathsOf(
  subjects: readonly FileSubject[],
  { bundlePath, places }: Pick<PackageRequest, 'bundlePath' | 'places'>,
): Pick<PlanForEach, 'bundlePaths' | 'isPathGiven'> {
  const [only, ...others] = subjects;
  if (bundlePath === undefined || only === undefined)
    return { bundlePaths: bundlePaths(subjects, places), isPathGiven: false };
  if (others.length === 0) return { bundlePaths: new Map([[only, bundlePath]]), isPathGiven: true };
  return fail('USAGE', `\`bundle\` specifies one file for ${subjects.length} packages`, {
    remedy: 'Specify a folder with `bundle-dir`.',
  });
}
