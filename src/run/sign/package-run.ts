/** Signs packages as their registries require it. */

import { basename } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { LogVersion } from '../../core/trust/index.ts';
import type { IdentityToken } from '../../identity/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import {
  digestFile,
  type FileSubject,
  hashObserver,
  type PackageFormat,
  readNpmTarball,
  type Subject,
  selectPackages,
} from '../../subject/index.ts';
import type { Instance, World } from '../world/index.ts';
import { hashedAtOnce } from './attest.ts';
import { type Package, type PackageRequest, type PackageRun, packagePaths, statementAboutPackage } from './packages.ts';
import { provenanceClaim } from './provenance-claim.ts';
import type { SelectedSubjects } from './select-subjects.ts';
import { signEach } from './sign-each.ts';

const registries: Readonly<Record<PackageFormat, string>> = {
  npm: 'the npm registry',
  pypi: 'PyPI',
  gem: 'RubyGems.org',
  maven: 'Maven Central',
};

/** The version of Rekor that each registry requires. */
const logVersions: Readonly<Partial<Record<PackageFormat, LogVersion>>> = { pypi: 1, gem: 1, maven: 1 };

const logReasons: Readonly<Record<PackageFormat, string>> = {
  npm: '',
  pypi: 'PEP 740 attestations contain no timestamps',
  gem: 'RubyGems reads no other log entries',
  maven: 'Maven Central is not known to read other log entries',
};

const nextSteps: Readonly<Record<PackageFormat, string>> = {
  npm: 'publish each tarball with `npm publish <tarball> --provenance-file <bundle>`',
  pypi: 'upload the distributions together with the `.attestation` files: `twine upload --attestations`, or `uv publish`',
  gem: 'push each gem with `gem push <gem> --attestation <bundle>`',
  maven: 'upload each `.sigstore.json` file next to its file',
};

/**
 * Reads the packages of a run.
 *
 * @param find finds the subjects of the run
 * @throws CountersignError `USAGE` for options that contradict the registry; those of `find` and of reading packages
 */
export async function openPackageRun(
  request: PackageRequest,
  format: PackageFormat,
  find: () => Promise<Pick<SelectedSubjects, 'leftOut'> & { readonly subjects: readonly Subject[] }>,
  world: World,
): Promise<PackageRun> {
  demandNoContradiction(request, format);
  const found = await find();
  const files = found.subjects.map((subject) => (subject.kind === 'file' ? subject : notFile(subject)));
  const { packages, leftOut } = selectPackages(files, format);
  const logVersion = logVersions[format];
  const common = {
    leftOut: [...found.leftOut, ...leftOut.map(({ name }) => name)],
    signing: {
      instance: async (token: IdentityToken) => forRegistry(await request.instance(token), format, logVersion),
      logVersion: logVersion ?? request.logVersion,
    },
    result: {
      format: format === 'npm' || format === 'pypi' ? 'attestation' : 'per-file',
      packageNotices: [
        ...(logVersion === undefined ? [] : [`Rekor v${logVersion} was used, because ${logReasons[format]}`]),
        nextSteps[format],
      ],
    },
  } as const;
  if (format === 'gem' || format === 'maven') {
    const paths = packagePaths(packages, request);
    return { ...common, subjects: packages, sign: async (plan) => signEach({ ...plan, ...paths }, world) };
  }
  const named = await mapConcurrently(packages, (file) => namePackage(file, format, world), hashedAtOnce);
  if (format === 'npm') return { ...common, ...npmRun(named, request, world) };
  const { pypiRun } = await import('./pypi-run.ts');
  return { ...common, ...pypiRun(named, request, world) };
}

function demandNoContradiction(
  { images, format, logVersion, attestations }: PackageRequest,
  registry: PackageFormat,
): void {
  const contradict = (what: string, remedy: string): never =>
    fail('USAGE', `${what} cannot be used together with \`package: ${registry}\``, { remedy });
  if (images !== undefined) contradict('`images`', 'Sign images in a different step.');
  const isSignature = registry === 'gem' || registry === 'maven';
  if (format === 'attestation' && isSignature) contradict('`bundle-format: attestation`', 'Omit `bundle-format`.');
  const demanded = logVersions[registry];
  if (logVersion !== undefined && demanded !== undefined && logVersion !== demanded)
    contradict(`\`log-version: ${logVersion}\``, `Omit \`log-version\`: ${logReasons[registry]}.`);
  if (attestations?.some(({ kind }) => kind !== 'provenance') || (attestations !== undefined && isSignature))
    contradict('a predicate', `Sign it in a different step: ${registries[registry]} does not accept it.`);
}

function notFile({ name }: Subject): never {
  return fail('USAGE', `${JSON.stringify(name)} is only known by its digest, and \`package\` requires the file`, {
    remedy: 'Specify the package in `files`.',
  });
}

/** Returns the instance, with a warning if the registry accepts no bundles of it. */
function forRegistry(instance: Instance, format: PackageFormat, logVersion: LogVersion | undefined): Instance {
  const registry = registries[format];
  const { name, signingConfig, warnings } = instance;
  const hasLog = signingConfig.transparencyLogs.some(({ majorApiVersion }) => majorApiVersion === logVersion);
  if (logVersion !== undefined && !hasLog)
    fail('USAGE', `${registry} requires a Rekor v${logVersion} log, and the instance ${name} has none`, {
      remedy: 'Use `instance: public-good`, or set `signing-config` to a signing config with such a log.',
    });
  if (name === 'public-good') return instance;
  return {
    ...instance,
    warnings: [...warnings, `${registry} only accepts signatures of the instance public-good, not of ${name}`],
  };
}

async function namePackage(file: FileSubject, format: 'npm' | 'pypi', { files, onHash }: World): Promise<Package> {
  if (format === 'npm') {
    const { purl, digest } = await readNpmTarball(files, file);
    return { file, name: purl, digest };
  }
  const digest = await digestFile(files, file, 'sha256', hashObserver(file.name, onHash));
  return { file, name: basename(file.name), digest };
}

/** Signs one statement about each tarball. */
function npmRun(
  packages: readonly Package[],
  request: PackageRequest,
  world: World,
): Pick<PackageRun, 'subjects' | 'sign'> {
  const subjects = packages.map(({ file }) => file);
  const paths = packagePaths(subjects, request);
  return {
    subjects,
    sign: async (plan) => {
      const { claim } = await provenanceClaim(plan.signing, request.serverUrl, world);
      const statements = new Map(packages.map((one) => [one.file, statementAboutPackage(one, claim)]));
      return signEach({ ...plan, ...paths, statements }, world);
    },
  };
}
