/** Checks the versions of packages, newest first, as far as they have not been checked before. */

import { hash } from 'node:crypto';
import { formatDigest } from '../../core/crypto/index.ts';
import { canonicalJson, type JsonObject } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import type { PackageFile, PackageRegistry, PackageVersion } from '../../services/packages/index.ts';
import { LookAlikeFinder } from '../look-alikes/index.ts';
import type { WatchedPackage } from '../watch-policy/index.ts';
import type { CheckedPackage, PackageObservation } from './observation.ts';
import { mostRemembered, type PackageMemory, readMemory, writeMemory } from './package-memory.ts';
import { type ProvenanceRoot, type ProvenanceSource, verifyProvenance } from './verify-provenance.ts';

export type { ProvenanceRoot };

export interface CheckOptions {
  /** The registries. A package of an ecosystem without one is a problem in the coverage. */
  readonly registries: { readonly [Ecosystem in WatchedPackage['ecosystem']]?: PackageRegistry };
  readonly roots: readonly ProvenanceRoot[];
  readonly clock: () => Date;
  /** The names of packages that others may imitate, in addition to the packages themselves. */
  readonly protectedNames?: readonly string[];
  /** The number of versions of a package that a run checks; 20 by default. */
  readonly mostVersions?: number;
}

export interface CheckResult {
  readonly coverage: readonly CheckedPackage[];
  readonly observations: readonly PackageObservation[];
  readonly memory: JsonObject;
}

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
    const known = memory === undefined ? new Map<string, PackageMemory>() : readMemory(memory);
    const remembered = new Map<string, PackageMemory>();
    const coverage: CheckedPackage[] = [];
    const observations: PackageObservation[] = [];
    const finder = this.#finder(packages);
    for (const each of packages) {
      const key = `${each.ecosystem}:${each.name}`;
      const earlier = known?.get(key) ?? none;
      const check = new PackageCheck(each, earlier, this.#options);
      await check.run(finder);
      remembered.set(key, check.memory);
      observations.push(...check.observations);
      const damaged =
        known === undefined ? ['the memory of the last run is damaged, and earlier versions are unknown'] : [];
      const problems = [...damaged, ...check.problems];
      coverage.push({ package: each, versions: check.checked, problem: problems.join('; ') || undefined });
    }
    return { coverage, observations, memory: writeMemory(remembered) };
  }

  #finder(packages: readonly WatchedPackage[]): LookAlikeFinder {
    const names = [...packages.filter(({ ecosystem }) => ecosystem !== 'oci').map(({ name }) => name)];
    return new LookAlikeFinder(
      [...names, ...(this.#options.protectedNames ?? [])].map((name) => ({ kind: 'package', name })),
    );
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
  readonly problems: string[] = [];
  checked = 0;

  constructor(watched: WatchedPackage, earlier: PackageMemory, options: CheckOptions) {
    this.#package = watched;
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
    const registry = this.#options.registries[ecosystem];
    if (registry === undefined) {
      this.problems.push(`packages of ${ecosystem} cannot be checked`);
      return;
    }
    await this.#orProblem(async () => {
      const versions = await registry.versions(name);
      if (versions === undefined) this.problems.push('the registry does not have the package');
      else await this.#checkVersions(registry, versions);
    });
    await this.#orProblem(() => this.#search(registry, finder));
  }

  async #checkVersions(registry: PackageRegistry, all: readonly PackageVersion[]): Promise<void> {
    const { mostVersions = 20 } = this.#options;
    const isFirst = this.#earlier === none;
    // Those without a time come first, as if they were the oldest.
    const sorted = [...all].sort((one, other) => timeOf(one) - timeOf(other));
    const unseen = sorted.filter((one) => this.#isUnseen(one));
    const chosen = unseen.slice(-mostVersions);
    const left = unseen.length - chosen.length;
    if (isFirst && left > 0) this.#baseline = unseen[left - 1]?.publishedAt ?? new Date(0);
    else if (left > 0) this.problems.push(`${left} versions wait for the next run`);
    for (const version of chosen)
      await this.#orProblem(async () => {
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
      this.problems.push(`the registry states that ${file.name} has provenance, and does not serve it`);
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
    const { repository } = this.#package;
    const expected = repository === undefined ? this.#source?.repository : addressOf(repository);
    const isName = expected === undefined || expected.toLowerCase() === source.repository.toLowerCase();
    const { id } = this.#source ?? {};
    // A repository that was renamed keeps its ID, and one that was registered again has another one.
    const isId = id === undefined || source.id === undefined ? undefined : id === source.id;
    const isSame = isId === undefined ? isName : isId && (isName || repository === undefined);
    if (isSame) {
      this.#source = source;
      return;
    }
    this.#observe(version, `other-repository ${file.name}`, {
      title: `${file.name} was built from ${source.repository}`,
      reason: isName
        ? `The repository has the ID ${source.id}, and earlier versions were built from one with the ID ${id}.`
        : `It is expected to be built from ${expected}.`,
      remedy: 'Check whether the project has moved. If it has, change `repository` of the package in the policy.',
    });
  }

  async #search(registry: PackageRegistry, finder: LookAlikeFinder): Promise<void> {
    const { name: own } = this.#package;
    for (const name of (await registry.search?.(own)) ?? []) {
      const found = finder.find({ kind: 'package', name });
      if (found?.alert !== true || found.target === undefined) continue;
      this.observations.push({
        rule: 'P19',
        package: this.#package,
        name,
        version: undefined,
        what: `look-alike of ${found.target}`,
        title: `the package ${name} looks like ${found.target}`,
        reason: `${found.reason} ${capital(found.difference)} (rule ${found.rule}, score ${found.score}).`,
        remedy: 'Check what the package contains, and report an imitation to the registry.',
        severity: 'alert',
      });
    }
  }

  #observe(
    { version }: PackageVersion,
    what: string,
    texts: Pick<PackageObservation, 'title' | 'reason' | 'remedy'>,
  ): void {
    this.observations.push({ rule: 'P24', package: this.#package, name: this.#package.name, version, what, ...texts });
  }

  /** Runs a part. What a registry does wrong is a problem; a run that was cancelled ends. */
  async #orProblem(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
      if (!this.problems.includes(error.message)) this.problems.push(error.message);
    }
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

/** Returns the address of a repository, as certificates name it. */
function addressOf(repository: string): string {
  return repository.startsWith('https://') ? repository : `https://github.com/${repository}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
