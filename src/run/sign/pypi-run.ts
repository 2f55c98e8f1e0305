/** Signs Python distributions: a publish attestation (PEP 740) for each and, on request, its provenance. */

import { dirname, join, resolve } from 'node:path';
import { maxBundleLength } from '../../core/bundle/index.ts';
import { parseJsonObject, utf8 } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { artifactOfDigest, type Bundle, readBundle, verify } from '../../core/verify/index.ts';
import { deliverFile, demandDeliverable, type Places, pep740Attestation } from '../../deliver/index.ts';
import { readPep740 } from '../../fetch/index.ts';
import { mapConcurrently, readRegularFile } from '../../node/index.ts';
import { type Claim, pypiPublish } from '../../sign/predicates/index.ts';
import type { FileSubject, Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { demandNoObstacles, examineExisting, type Obstacle } from './existing-bundle.ts';
import type { Signing } from './open-signing.ts';
import {
  type Package,
  type PackagePlan,
  type PackageRequest,
  type PackageRun,
  packagePaths,
  statementAboutPackage,
} from './packages.ts';
import { provenanceClaim } from './provenance-claim.ts';
import { holdsStatement } from './sign-bundle.ts';
import { type OwnStatement, signEach } from './sign-each.ts';
import type { SignedSubject, UnsignedSubject } from './signing-result.ts';

/** The default folder for Sigstore bundles: twine refuses a folder that holds other files than distributions and attestations. */
const bundleFolder = 'sigstore-bundles';
const bundleSuffix = '.sigstore.json';

/** One attestation of a distribution. A distribution with two has a subject for each. */
interface Attested {
  readonly subject: FileSubject;
  readonly distribution: Package;
  readonly kind: 'publish' | 'provenance';
  readonly bundlePath: string;
  /** The path of the attestation object: the name of the distribution, and the kind. */
  readonly path: string;
}

export function pypiRun(
  distributions: readonly Package[],
  request: PackageRequest,
  world: World,
): Pick<PackageRun, 'subjects' | 'sign'> {
  const attested = attestedOf(distributions, request);
  return {
    subjects: attested.map(({ subject }) => subject),
    sign: async (plan) => {
      const statements = await statementsOf(attested, plan.signing, request.serverUrl, world);
      const beforeSigning = async (results: number): Promise<void> => {
        await demandFree(attested, plan, world);
        await plan.beforeSigning(results);
      };
      const paths = new Map<Subject, string>(attested.map(({ subject, bundlePath }) => [subject, bundlePath]));
      const isPathGiven = request.bundlePath !== undefined;
      const results = signEach({ ...plan, beforeSigning, bundlePaths: paths, isPathGiven, statements }, world);
      return withAttestations(results, attested, statements, plan.signing, world);
    },
  };
}

function attestedOf(distributions: readonly Package[], request: PackageRequest): readonly Attested[] {
  const { places, attestations, bundlePath } = request;
  if (bundlePath !== undefined && attestations !== undefined)
    fail('USAGE', '`bundle` specifies one file, but each distribution has two bundles', {
      remedy: 'Specify a folder for the bundles with `bundle-dir`.',
    });
  const folder = places.bundleDirectory ?? join(places.workspace, bundleFolder);
  const files = distributions.map(({ file }) => file);
  const { bundlePaths } = packagePaths(files, { ...request, places: { ...places, bundleDirectory: folder } });
  return distributions.flatMap((distribution) => {
    const { file } = distribution;
    const bundle = bundlePaths.get(file) ?? fail('DELIVERY_FAILED', `there is no path for the bundle of ${file.name}`);
    const beside = attestationStem(file, places);
    const publish = { subject: file, distribution, kind: 'publish', bundlePath: bundle } as const;
    const provenance = {
      subject: { ...file },
      distribution,
      kind: 'provenance',
      bundlePath: `${bundle.slice(0, -bundleSuffix.length)}.provenance${bundleSuffix}`,
    } as const;
    const all = attestations === undefined ? [publish] : [publish, provenance];
    return all.map((one) => ({ ...one, path: `${beside}.${one.kind}.attestation` }));
  });
}

/** Returns the path of a distribution, or the same path in a folder for bundles that was named. */
function attestationStem({ path, name }: FileSubject, { bundleDirectory }: Places): string {
  return resolve(bundleDirectory === undefined ? path : join(bundleDirectory, name));
}

async function statementsOf(
  attested: readonly Attested[],
  signing: Signing,
  serverUrl: string,
  world: World,
): Promise<ReadonlyMap<Subject, OwnStatement>> {
  const needsProvenance = attested.some(({ kind }) => kind === 'provenance');
  const provenance = needsProvenance
    ? (await provenanceClaim({ token: signing.token }, serverUrl, world)).claim
    : undefined;
  const claimOf = ({ kind }: Attested): Claim => (kind === 'provenance' ? (provenance ?? pypiPublish) : pypiPublish);
  return new Map(attested.map((one) => [one.subject, statementAboutPackage(one.distribution, claimOf(one))]));
}

/**
 * Demands that the attestations can be written, and that no attestation of somebody else is there: PyPI accepts one of each kind for a
 * distribution.
 */
async function demandFree(
  attested: readonly Attested[],
  { signing, overwrite }: PackagePlan,
  world: World,
): Promise<void> {
  const obstacles = await mapConcurrently(attested, async ({ path }): Promise<readonly Obstacle[]> => {
    const existing = await examineExisting(path, signing, world, readAttestation);
    if (existing.kind === 'foreign') return [{ ...existing, path }];
    await demandDeliverable(world.files, dirname(path), signing.places);
    return [];
  });
  demandNoObstacles(obstacles.flat(), overwrite);
}

function readAttestation(json: Uint8Array): Bundle {
  const [attestation] = readPep740(parseJsonObject(json) ?? {}, '') ?? [];
  return attestation?.read() ?? fail('FORMAT_UNSUPPORTED', 'the file is not an attestation of PEP 740');
}

/** Writes the attestation of each subject after its bundle. */
async function* withAttestations(
  results: AsyncIterable<SignedSubject | UnsignedSubject>,
  attested: readonly Attested[],
  statements: ReadonlyMap<Subject, OwnStatement>,
  signing: Signing,
  world: World,
): AsyncGenerator<SignedSubject | UnsignedSubject> {
  const paths = new Map<Subject, string>(attested.map(({ subject, path }) => [subject, path]));
  for await (const result of results) {
    const [path, own] = [paths.get(result.subject), statements.get(result.subject)];
    if ('error' in result || path === undefined || own === undefined) {
      yield result;
      continue;
    }
    try {
      await deliverAttestation(path, result.bundlePath, own, signing, world);
      yield result;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      yield { subject: result.subject, error };
    }
  }
}

/** Writes a bundle as an attestation object, which is verified as an index would verify it before it is written. */
async function deliverAttestation(
  path: string,
  bundlePath: string,
  { digest, statement }: OwnStatement,
  { trust, policy, places }: Signing,
  { files, random, clock }: World,
): Promise<void> {
  const text = pep740Attestation(readBundle(await readRegularFile(files, bundlePath, maxBundleLength)));
  const read = readAttestation(utf8(text));
  await verify(read, artifactOfDigest(digest), trust, policy, clock());
  if (!holdsStatement(statement)(read.content))
    fail('ARTIFACT_MISMATCH', 'the new attestation is for a different subject');
  await deliverFile(files, random, path, `${text}\n`, places);
}
