/** Checks the versions of packages, newest first, as far as they have not been checked before. */

import { hash } from 'node:crypto';
import { formatDigest } from '../../core/crypto/index.ts';
import { canonicalJson, type JsonObject } from '../../core/encoding/index.ts';
import type { PackageFile, PackageRegistry, PackageVersion } from '../../services/packages/index.ts';
import type { Registries } from '../../services/registry/index.ts';
import { LookAlikeFinder } from '../look-alikes/index.ts';
import type { ProtectedName, WatchedPackage } from '../watch-policy/index.ts';
import { sourceDifference } from './expected-source.ts';
import { ImageCheck } from './image-check.ts';
import type { ImageMemory } from './image-memory.ts';
import { searchLookAlikes } from './look-alike-search.ts';
import type { CheckedPackage, PackageObservation } from './observation.ts';
import { mostRemembered, type PackageMemory, readMemory, writeMemory } from './package-memory.ts';
import { capital, counted, Problems } from './problems.ts';
import { type ProvenanceRoot, type ProvenanceSource, verifyProvenance } from './verify-provenance.ts';

export type { ProvenanceRoot };

export interface CheckOptions {
  /** The registries. A package of an ecosystem without one is a problem in the coverage. */
  readonly registries: { readonly [Ecosystem in 'npm' | 'pypi']?: PackageRegistry };
  /** The registries of images. */
  readonly images?: Registries;
  readonly roots: readonly ProvenanceRoot[];
  readonly clock: () => Date;
  /** The names of packages that others may imitate, in addition to the packages themselves. */
  readonly protectedNames?: readonly ProtectedName[];
  /** The number of versions or images of a package that a run checks; 20 by default. */
  readonly mostVersions?: number;
}

export interface CheckResult {
  readonly coverage: readonly CheckedPackage[];
  readonly observations: readonly PackageObservation[];
  readonly memory: JsonObject;
}

const defaultVersions = 20;

const none: PackageMemory = { seen: new Map(), baseline: undefined, since: undefined, source: undefined };

/**
 * Checks packages: a version without provenance after one with it, provenance that cannot be verified or is in no log, another repository,
 * a replaced file, and names that imitate.
 */
export class PackageChecker {
  readonly #options: CheckOptions;

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  /**
   * Checks all packages.
   *
   * @param memory of the last run; untrusted, `undefined` in the first one
   * @throws CountersignError `CANCELLED`; what a registry does wrong is a problem in the coverage
   */
  async check(packages: readonly WatchedPackage[], memory: JsonObject | undefined): Promise<CheckResult> {
    const known = memory === undefined ? undefined : readMemory(memory);
    const isDamaged = memory !== undefined && known === undefined;
    const remembered = { packages: new Map<string, PackageMemory>(), images: new Map<string, ImageMemory>() };
    const coverage: CheckedPackage[] = [];
    const observations: PackageObservation[] = [];
    const finder = this.#finder(packages);
    for (const each of packages) {
      const problems = new Problems();
      if (isDamaged) problems.add('the memory of the last run is damaged, and earlier versions are unknown');
      const key = `${each.ecosystem}:${each.name}`;
      let checked = 0;
      if (each.ecosystem === 'oci') {
        const check = this.#imageCheck(each, known?.images.get(each.name), problems);
        await check?.run();
        if (check?.memory !== undefined) remembered.images.set(each.name, check.memory);
        observations.push(...(check?.observations ?? []));
        checked = check?.checked ?? 0;
      } else {
        const check = new PackageCheck(each, known?.packages.get(key) ?? none, this.#options, problems);
        await check.run(finder);
        remembered.packages.set(key, check.memory);
        observations.push(...check.observations);
        checked = check.checked;
      }
      coverage.push({ package: each, versions: checked, problem: problems.text });
    }
    for (const each of this.#protectedPackages(packages)) {
      const problems = new Problems();
      await problems.collect(async () => {
        const { npm } = this.#options.registries;
        if (npm !== undefined) observations.push(...(await searchLookAlikes(each, npm, finder)));
      });
      if (problems.text !== undefined) coverage.push({ package: each, versions: 0, problem: problems.text });
    }
    return { coverage, observations, memory: writeMemory(remembered) };
  }

  #imageCheck(watched: WatchedPackage, earlier: ImageMemory | undefined, problems: Problems): ImageCheck | undefined {
    const { images, roots, clock, mostVersions = defaultVersions } = this.#options;
    if (images !== undefined)
      return new ImageCheck(watched, earlier, { images, roots, clock, mostImages: mostVersions }, problems);
    problems.add('packages of oci cannot be checked');
    return undefined;
  }

  /** Returns the protected names, as packages, that are not watched. Only npm has a search. */
  #protectedPackages(packages: readonly WatchedPackage[]): readonly WatchedPackage[] {
    const { protectedNames = [] } = this.#options;
    const own = new Set(packages.flatMap(({ ecosystem, name }) => (ecosystem === 'npm' ? [name] : [])));
    return protectedNames.flatMap(({ place, kind, name }): readonly WatchedPackage[] =>
      kind !== 'package' || own.has(name) ? [] : [{ place, ecosystem: 'npm', name, repository: undefined }],
    );
  }

  #finder(packages: readonly WatchedPackage[]): LookAlikeFinder {
    const { protectedNames = [] } = this.#options;
    const named = [
      ...packages.filter(({ ecosystem }) => ecosystem !== 'oci'),
      ...protectedNames.filter(({ kind }) => kind === 'package'),
    ];
    return new LookAlikeFinder(named.map(({ name }) => ({ kind: 'package', name })));
  }
}

/** The check of one package. */
class PackageCheck {
  readonly #package: WatchedPackage;
  readonly #options: CheckOptions;
  readonly #earlier: PackageMemory;
  readonly #seen: Map<string, string>;
  #baseline: Date | undefined;
  #since: Date | undefined;
  #source: ProvenanceSource | undefined;
  readonly observations: PackageObservation[] = [];
  readonly #problems: Problems;
  checked = 0;

  constructor(watched: WatchedPackage, earlier: PackageMemory, options: CheckOptions, problems: Problems) {
    this.#package = watched;
    this.#problems = problems;
    this.#options = options;
    this.#earlier = earlier;
    this.#seen = new Map(earlier.seen);
    this.#baseline = earlier.baseline;
    this.#since = earlier.since;
    this.#source = earlier.source;
  }

  get memory(): PackageMemory {
    return { seen: this.#seen, baseline: this.#baseline, since: this.#since, source: this.#source };
  }

  async run(finder: LookAlikeFinder): Promise<void> {
    const { ecosystem, name } = this.#package;
    const registry = ecosystem === 'oci' ? undefined : this.#options.registries[ecosystem];
    if (registry === undefined) {
      this.#problems.add(`packages of ${ecosystem} cannot be checked`);
      return;
    }
    await this.#problems.collect(async () => {
      const versions = await registry.versions(name);
      if (versions === undefined) this.#problems.add('the registry does not have the package');
      else await this.#checkVersions(registry, versions);
    });
    await this.#problems.collect(async () => {
      this.observations.push(...(await searchLookAlikes(this.#package, registry, finder)));
    });
  }

  async #checkVersions(registry: PackageRegistry, all: readonly PackageVersion[]): Promise<void> {
    const { mostVersions = defaultVersions } = this.#options;
    const isFirst = this.#earlier === none;
    // Those without a time come first, as if they were the oldest.
    const sorted = [...all].sort((one, other) => timeOf(one) - timeOf(other));
    const unseen = sorted.filter((one) => this.#isUnseen(one));
    const chosen = unseen.slice(-mostVersions);
    const left = unseen.length - chosen.length;
    if (isFirst && left > 0) this.#baseline = unseen[left - 1]?.publishedAt ?? new Date(0);
    else if (left > 0) this.#problems.add(`${counted(left, 'version waits', 'versions wait')} for the next run`);
    for (const version of chosen)
      await this.#problems.collect(async () => {
        if (!(await this.#checkVersion(registry, version))) return;
        this.#remember(version);
        this.checked += 1;
      });
  }

  #isUnseen(version: PackageVersion): boolean {
    const fingerprint = this.#seen.get(version.version);
    if (fingerprint !== undefined) return fingerprint !== fingerprintOf(version);
    const { publishedAt } = version;
    return this.#baseline === undefined || (publishedAt !== undefined && publishedAt > this.#baseline);
  }

  #remember(version: PackageVersion): void {
    this.#seen.delete(version.version);
    this.#seen.set(version.version, fingerprintOf(version));
    for (const [oldest] of this.#seen) {
      if (this.#seen.size <= mostRemembered) break;
      this.#seen.delete(oldest);
      this.#baseline = maxTime(this.#baseline, this.#since);
    }
  }

  /** @returns false if it has to be checked again */
  async #checkVersion(registry: PackageRegistry, version: PackageVersion): Promise<boolean> {
    const { ecosystem, name } = this.#package;
    if (ecosystem === 'npm' && this.#seen.has(version.version))
      this.#observe(version, 'replaced', {
        title: `${name}@${version.version} was replaced`,
        reason:
          'The registry lists another digest for the version than at the last check. Versions are never replaced honestly.',
        remedy: 'Compare the file with your own build, and report it to the registry.',
      });
    const results: boolean[] = [];
    for (const file of version.files) results.push(await this.#checkFile(registry, version, file));
    return results.every(Boolean);
  }

  async #checkFile(registry: PackageRegistry, version: PackageVersion, file: PackageFile): Promise<boolean> {
    const now = this.#options.clock();
    const { publishedAt = now } = version;
    const { name } = this.#package;
    if (!file.hasProvenance) {
      if (this.#since !== undefined && publishedAt >= this.#since)
        this.#observe(version, `without-provenance ${file.name}`, {
          title: `${file.name} has no provenance`,
          reason: `Versions since ${this.#since.toISOString()} have provenance, and this file of version ${version.version} does not. Stolen credentials publish without provenance.`,
          remedy:
            'Find out who published it, and from which machine. If it was published by hand, acknowledge the finding.',
        });
      return true;
    }
    const served = await registry.provenance(name, version.version, file);
    if (served === undefined) {
      this.#problems.add(`the registry states that ${file.name} has provenance, and does not serve it`);
      return false;
    }
    const checked = await verifyProvenance(file, served, this.#options.roots, now);
    if (checked.kind === 'refused') {
      this.#observe(version, `${checked.isMissingInLog ? 'not-in-log' : 'unverified'} ${file.name}`, {
        title: checked.isMissingInLog
          ? `the provenance of ${file.name} is not proven to be in a log`
          : `the provenance of ${file.name} cannot be verified`,
        reason: `${capital(checked.reason)}.`,
        remedy: 'Do not install the version. Download the provenance, and verify it with `countersign verify`.',
      });
      return true;
    }
    if (this.#since === undefined || publishedAt < this.#since) this.#since = publishedAt;
    this.#compareSource(version, file, checked.source);
    return true;
  }

  #compareSource(version: PackageVersion, file: PackageFile, source: ProvenanceSource): void {
    const difference = sourceDifference(this.#package, this.#source, source);
    if (difference === undefined) {
      this.#source = source;
      return;
    }
    this.#observe(version, `other-repository ${file.name}`, {
      title: `${file.name} was built from ${source.repository}`,
      reason: difference,
      remedy: 'Check whether the project has moved. If it has, change `repository` of the package in the policy.',
    });
  }

  #observe(
    { version }: PackageVersion,
    what: string,
    texts: Pick<PackageObservation, 'title' | 'reason' | 'remedy'>,
  ): void {
    this.observations.push({ rule: 'P24', package: this.#package, name: this.#package.name, version, what, ...texts });
  }
}

function timeOf({ publishedAt }: PackageVersion): number {
  return publishedAt?.getTime() ?? 0;
}

function maxTime(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

/** Returns a hash of the files of a version: their names, digests, and whether they have provenance. */
function fingerprintOf({ files }: PackageVersion): string {
  const list = files.map(({ name, digest, hasProvenance }) => [
    name,
    digest === undefined ? null : formatDigest(digest),
    hasProvenance,
  ]);
  return hash('sha256', canonicalJson(list)).slice(0, 32);
}
