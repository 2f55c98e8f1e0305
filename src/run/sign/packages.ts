/** Packages, and statements about one package each. */

import type { Digest } from '../../core/crypto/index.ts';
import { writeStatement } from '../../core/statement/index.ts';
import type { Claim } from '../../sign/predicates/index.ts';
import type { FileSubject, Subject } from '../../subject/index.ts';
import type { SigningPlan } from './attest.ts';
import type { SigningRequest } from './open-signing.ts';
import { type OwnStatement, type PlanForEach, pathsForEach } from './sign-each.ts';
import type { BundleFormat, SignedSubject, SigningResult, UnsignedSubject } from './signing-result.ts';

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
  /** The requirements of the registry on the session. */
  readonly signing: Pick<SigningRequest, 'instance' | 'logVersion'>;
  readonly sign: (plan: PackagePlan) => Promise<AsyncGenerator<SignedSubject | UnsignedSubject>>;
  readonly result: Pick<SigningResult, 'format' | 'packageNotices'>;
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

/** Returns the path of each package's bundle. @throws CountersignError `USAGE` for one path of several bundles */
export function packagePaths(
  packages: readonly FileSubject[],
  request: Pick<PackageRequest, 'bundlePath' | 'places'>,
): Pick<PlanForEach, 'bundlePaths' | 'isPathGiven'> {
  return pathsForEach(packages, request, { noun: 'packages', remedy: 'Specify a folder with `bundle-dir`.' });
}
