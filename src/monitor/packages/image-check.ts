/** Checks the tags of an image repository, as far as their images have not been checked before. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import { parseRepository, type Registries, type RepositoryClient, type Tag } from '../../services/registry/index.ts';
import type { WatchedPackage } from '../watch-policy/index.ts';
import { sourceDifference } from './expected-source.ts';
import { type ImageMemory, mostTags, type RememberedTag } from './image-memory.ts';
import { compareTags, isVersionTag } from './image-tags.ts';
import type { PackageObservation } from './observation.ts';
import { capital, counted, type Problems } from './problems.ts';
import { type CheckedImage, verifyImage } from './verify-image.ts';
import type { ProvenanceRoot, ProvenanceSource } from './verify-provenance.ts';

export interface ImageOptions {
  readonly images: Registries;
  readonly roots: readonly ProvenanceRoot[];
  readonly clock: () => Date;
  /** The number of images that a run checks. */
  readonly mostImages: number;
}

/** The number of tags that a run resolves: half of them for new tags, and the others for those that it knows. */
const mostResolved = 500;

/** A tag and its image. */
interface ResolvedTag {
  readonly tag: Tag;
  readonly digest: Digest;
}

/** The check of one repository. */
export class ImageCheck {
  readonly #package: WatchedPackage;
  readonly #options: ImageOptions;
  readonly #isFirst: boolean;
  readonly #tags: Map<string, RememberedTag>;
  /** The images with provenance of the source that is expected. */
  readonly #provenDigests: Set<string>;
  /** The images that were verified in this run. */
  readonly #verified = new Map<string, CheckedImage>();
  readonly #problems: Problems;
  #source: ProvenanceSource | undefined;
  readonly observations: PackageObservation[] = [];
  checked = 0;

  /** @param earlier the memory of the last run; undefined in the first one */
  constructor(watched: WatchedPackage, earlier: ImageMemory | undefined, options: ImageOptions, problems: Problems) {
    this.#package = watched;
    this.#options = options;
    this.#problems = problems;
    this.#isFirst = earlier === undefined;
    this.#tags = new Map(earlier?.tags);
    this.#source = earlier?.source;
    this.#provenDigests = new Set(
      [...this.#tags.values()].flatMap(({ digest, hasProvenance }) =>
        digest !== undefined && hasProvenance ? [digest] : [],
      ),
    );
  }

  /** Undefined if the first run did not read the tags: the next one is the first, too. */
  get memory(): ImageMemory | undefined {
    return this.#isFirst && this.#tags.size === 0 ? undefined : { tags: this.#tags, source: this.#source };
  }

  async run(): Promise<void> {
    await this.#problems.collect(async () => {
      const client = this.#options.images(parseRepository(this.#package.name));
      const listed = await client.tags();
      if (listed === undefined) {
        this.#problems.add('the registry does not have the repository');
        return;
      }
      const tags = listed.filter(isVersionTag);
      if (tags.length > mostTags)
        this.#problems.add(`the repository has more than ${mostTags} tags, and cannot be watched`);
      else await this.#checkTags(tags, client);
    });
  }

  async #checkTags(tags: readonly Tag[], client: RepositoryClient): Promise<void> {
    const listed = new Map<string, Tag>(tags.map((tag) => [tag, tag]));
    const fresh = tags.filter((tag) => !this.#tags.has(tag)).sort((one, other) => compareTags(other, one));
    const known = [...this.#tags.keys()].flatMap((tag) => listed.get(tag) ?? []);
    const wanted = [...fresh.slice(0, mostResolved / 2), ...known].slice(0, mostResolved);
    const resolved = await this.#resolve(wanted, client);
    const { chosen, left } = this.#choose(resolved);
    this.#forget(listed, fresh.length);
    const unresolved = fresh.slice(mostResolved / 2);
    if (this.#isFirst) {
      // The first run takes older images as they are.
      for (const tag of unresolved) this.#remember(tag, undefined, false);
      for (const { tag, digest } of left) this.#remember(tag, digest, false);
    } else if (left.length + unresolved.length > 0) {
      this.#problems.add(`${counted(left.length + unresolved.length, 'tag waits', 'tags wait')} for the next run`);
    }
    // The oldest first, so that an image without provenance comes after those with it.
    for (const each of [...chosen].reverse())
      await this.#problems.collect(async () => {
        if (await this.#check(each)) this.checked += 1;
      });
  }

  /** Resolves tags. One whose manifest cannot be read does not hide the others; a registry that fails does. */
  async #resolve(tags: readonly Tag[], client: RepositoryClient): Promise<readonly ResolvedTag[]> {
    const failed: string[] = [];
    const resolved = await mapConcurrently(tags, async (tag): Promise<readonly ResolvedTag[]> => {
      try {
        const found = await client.headManifest(tag);
        // A tag that was deleted since it was listed.
        return found === undefined ? [] : [{ tag, digest: found.digest }];
      } catch (error) {
        if (!(error instanceof CountersignError) || error.code !== 'SERVICE_RESPONSE_INVALID') throw error;
        failed.push(error.message);
        return [];
      }
    });
    const [first] = failed;
    if (first !== undefined)
      this.#problems.add(`${counted(failed.length, 'tag', 'tags')} could not be resolved: ${first}`);
    return resolved.flat();
  }

  /** Returns the tags whose images are checked: those that moved, and the newest of the new ones. Tags of one image count once. */
  #choose(resolved: readonly ResolvedTag[]): {
    readonly chosen: readonly ResolvedTag[];
    readonly left: readonly ResolvedTag[];
  } {
    const [moved, fresh]: [ResolvedTag[], ResolvedTag[]] = [[], []];
    for (const { tag, digest } of resolved) {
      const known = this.#tags.get(tag);
      if (known === undefined) fresh.push({ tag, digest });
      else if (known.digest === undefined || known.digest === formatDigest(digest))
        this.#remember(tag, digest, known.hasProvenance);
      else moved.push({ tag, digest });
    }
    const images = new Set<string>();
    const [chosen, left]: [ResolvedTag[], ResolvedTag[]] = [[], []];
    for (const each of [...moved, ...fresh]) {
      const image = formatDigest(each.digest);
      const isFree = images.has(image) || this.#provenDigests.has(image);
      if (!isFree && images.size >= this.#options.mostImages) left.push(each);
      else {
        if (!isFree) images.add(image);
        chosen.push(each);
      }
    }
    return { chosen, left };
  }

  /** @returns false if the tag has to be checked again */
  async #check({ tag, digest }: ResolvedTag): Promise<boolean> {
    const image = formatDigest(digest);
    if (this.#provenDigests.has(image)) return this.#remember(tag, digest, true);
    const result = this.#verified.get(image) ?? (await this.#verify(digest));
    this.#verified.set(image, result);
    switch (result.kind) {
      case 'unknown':
        this.#problems.add(result.problem);
        return false;
      case 'none':
        if (this.#source !== undefined) this.#observeMissing(tag, image, this.#source);
        return this.#remember(tag, digest, false);
      case 'refused':
        this.#observe(tag, `${result.isMissingInLog ? 'not-in-log' : 'unverified'} ${image}`, {
          title: result.isMissingInLog
            ? `the provenance of ${this.#nameOf(tag)} is not proven to be in a log`
            : `the provenance of ${this.#nameOf(tag)} cannot be verified`,
          reason: `${capital(result.reason)}.`,
          remedy: 'Do not run the image. Verify it with `countersign verify`, which shows the reason.',
        });
        return this.#remember(tag, digest, false);
      case 'verified':
        return this.#remember(tag, digest, this.#isExpected(tag, image, result.sources));
    }
  }

  #verify(digest: Digest): Promise<CheckedImage> {
    const { images, roots, clock } = this.#options;
    const attachments = images.attachmentsOf(parseRepository(this.#package.name));
    return verifyImage(attachments, { name: attachments.name, digest }, roots, clock());
  }

  /** Reports whether one of the sources of an image is expected. Others may sign it as well. */
  #isExpected(tag: string, image: string, sources: readonly ProvenanceSource[]): boolean {
    for (const source of sources) {
      const difference = sourceDifference(this.#package, this.#source, source);
      if (difference !== undefined) continue;
      this.#source = source;
      this.#provenDigests.add(image);
      return true;
    }
    const [source] = sources;
    if (source === undefined) return false;
    this.#observe(tag, `other-repository ${image}`, {
      title: `${this.#nameOf(tag)} was built from ${source.repository}`,
      reason: sourceDifference(this.#package, this.#source, source) ?? '',
      remedy: 'Check whether the project has moved. If it has, change `repository` of the package in the policy.',
    });
    return false;
  }

  #observeMissing(tag: string, image: string, { repository }: ProvenanceSource): void {
    const earlier = this.#tags.get(tag)?.digest;
    const isMoved = earlier !== undefined && earlier !== image;
    const expected = `Earlier images have provenance or a signature of ${repository}, and this one does not.`;
    this.#observe(tag, `${isMoved ? 'moved' : 'without-provenance'} ${image}`, {
      title: isMoved
        ? `${this.#nameOf(tag)} was moved to an image without provenance`
        : `${this.#nameOf(tag)} has no provenance`,
      reason: `${isMoved ? `The tag was ${earlier} before, and is ${image} now. ` : ''}${expected} Stolen credentials push without a signature.`,
      remedy:
        'Find out who pushed it, and from which machine. If it was pushed by hand, or signed later, acknowledge the finding.',
    });
  }

  #observe(version: string, what: string, texts: Pick<PackageObservation, 'title' | 'reason' | 'remedy'>): void {
    this.observations.push({ rule: 'P24', package: this.#package, name: this.#package.name, version, what, ...texts });
  }

  #nameOf(tag: string): string {
    return `${this.#package.name}:${tag}`;
  }

  #remember(tag: string, digest: Digest | undefined, hasProvenance: boolean): true {
    // The tags that were resolved last are at the end.
    this.#tags.delete(tag);
    this.#tags.set(tag, { digest: digest && formatDigest(digest), hasProvenance });
    return true;
  }

  /** Forgets deleted tags, as far as others need their place: a tag that is pushed again is one that moved. */
  #forget(listed: ReadonlyMap<string, Tag>, needed: number): void {
    for (const tag of [...this.#tags.keys()]) {
      if (this.#tags.size + needed <= mostTags) return;
      if (!listed.has(tag)) this.#tags.delete(tag);
    }
  }
}
