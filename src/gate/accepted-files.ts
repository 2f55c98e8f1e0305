/**
 * Proves that security-relevant files (a policy, a key, a trusted root) are what the repository has accepted, in a job that can check
 * out a proposed change. A file without proof is refused: a list of files that may be proposed would never be complete.
 *
 * The proof that a file is from the base commit is the chain of digests from the commit through its trees to the file, so that it does
 * not matter who wrote `.git`. For another repository, the address that the checkout was fetched from is checked too.
 */

import type * as fs from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { isWithin, pathBelow } from '../node/index.ts';
import { type Checkout, checkoutsAround, headOf, originOf, repositoryAt } from './checkout.ts';
import { type Event, readEvent } from './event.ts';
import type { Job } from './job.ts';
import { type ObjectId, objectIdOf } from './object-id.ts';
import { ObjectStore } from './object-store.ts';
import { entryAt } from './tree.ts';
import { wayTo } from './way.ts';

export type GateFiles = Pick<typeof fs, 'lstat' | 'open' | 'readdir' | 'readlink' | 'realpath'>;

/** A file or a link in the workspace. */
interface Placed {
  /** The real path, except that the last name may be a link. */
  readonly path: string;
  readonly kind: 'file' | 'link';
  /** The content of the file, or the target of the link. */
  readonly content: Uint8Array;
}

/** Checks files for one job, which can check out a proposed change. */
export class AcceptedFiles {
  readonly #job: Job;
  readonly #event: Event;
  readonly #workspace: string;
  readonly #files: GateFiles;

  private constructor(job: Job, event: Event, workspace: string, files: GateFiles) {
    this.#job = job;
    this.#event = event;
    this.#workspace = workspace;
    this.#files = files;
  }

  /**
   * Reads the event of a job.
   *
   * @throws CountersignError `POLICY_INVALID` if the payload cannot be read
   */
  static async of(job: Job, files: GateFiles): Promise<AcceptedFiles> {
    return new AcceptedFiles(job, await readEvent(job, files), await files.realpath(job.workspace), files);
  }

  /**
   * Demands that a file is one that the repository has accepted, one of another repository, or one outside of the workspace, where no
   * checkout writes.
   *
   * @param what the kind of the file, for errors: `trusted root`
   * @param content what was read from the path
   * @throws CountersignError `POLICY_INVALID`
   */
  async demand(path: string, what: string, content: Uint8Array): Promise<void> {
    const { end, links } = await wayTo(path, this.#files).catch((cause: unknown) =>
      fail('POLICY_INVALID', `the path of the ${what} ${this.#shown(path)} cannot be resolved`, { cause }),
    );
    const placed: readonly Placed[] = [
      ...links.map((link) => ({ path: link.path, kind: 'link', content: link.target }) as const),
      { path: end, kind: 'file', content },
    ];
    for (const one of placed) {
      // The author of a link chooses its target: a target in the base commit proves nothing.
      const problem = isWithin(this.#workspace, one.path) ? await this.#problem(one) : undefined;
      if (problem !== undefined) this.#refuse(`the ${what} ${this.#shown(path)}`, one, problem);
    }
  }

  /** Returns the reason why a file is not proven to be accepted; `undefined` if it is. */
  async #problem(placed: Placed): Promise<string | undefined> {
    const [checkout, ...around] = await checkoutsAround(dirname(placed.path), this.#workspace, this.#files);
    if (checkout === undefined) return 'is not in a Git checkout';
    if (!checkout.isWhole) return 'is in a submodule or a linked worktree';
    const head = await headOf(checkout, this.#files);
    if (head === undefined) return 'is in a checkout whose current commit cannot be determined';
    const problem = this.#event.accepted.has(head) ? undefined : await this.#problemOfOrigin(checkout, head);
    return (
      problem ?? (await this.#problemAround(checkout, around)) ?? (await this.#problemOfContent(placed, checkout, head))
    );
  }

  /** Returns the reason why a checkout is not proven to be of a repository without the proposed changes. */
  async #problemOfOrigin(checkout: Checkout, head: ObjectId): Promise<string | undefined> {
    const { proposed, proposers } = this.#event;
    const { repository = '', serverUrl = '', sha } = this.#job;
    const address = await originOf(checkout, this.#files);
    const origin = address === undefined ? undefined : repositoryAt(address, serverUrl);
    const own = repository.toLowerCase();
    const place = `is in a checkout of the commit ${head}, which is not known to be accepted`;
    if (own === '' || origin === undefined || origin === own) return place;
    if (head === sha || proposed.has(head)) return place;
    const isKnownToBeOther =
      // If the event does not name the author of the proposed change, only repositories of the same owner are trusted.
      proposers === undefined ? ownerOf(origin) === ownerOf(own) : !proposers.has(origin);
    return isKnownToBeOther ? undefined : `is in a checkout of ${origin}, from which the proposed change may come`;
  }

  /** A checkout inside another one must not stand in for a folder of that: `.git` can be put into any folder. */
  async #problemAround(checkout: Checkout, around: readonly Checkout[]): Promise<string | undefined> {
    for (const outer of around) {
      const head = outer.isWhole ? await headOf(outer, this.#files) : undefined;
      const below = pathBelow(outer.root, checkout.root) ?? '';
      const found = head && (await entryAt(below, head, new ObjectStore(join(outer.root, '.git'), this.#files)));
      if (found?.kind !== 'nothing')
        return `is in a checkout in the folder ${JSON.stringify(below)} of another checkout, which may contain the same folder`;
    }
    return undefined;
  }

  async #problemOfContent(
    { path, kind, content }: Placed,
    { root }: Checkout,
    head: ObjectId,
  ): Promise<string | undefined> {
    const name = pathBelow(root, path) ?? '';
    const found = await entryAt(name, head, new ObjectStore(join(root, '.git'), this.#files));
    if (found.kind === 'unreadable') return `is in a checkout whose commit ${head} cannot be read`;
    if (found.kind !== kind) return `is not part of the checked-out commit ${head}`;
    const isSame = [content, withoutCarriageReturns(content)].some((one) => objectIdOf('blob', one, head) === found.id);
    return isSame ? undefined : `differs from the checked-out commit ${head}`;
  }

  #refuse(file: string, { path, kind }: Placed, problem: string): never {
    const { eventName = '' } = this.#job;
    const subject = kind === 'link' ? `the link ${this.#shown(path)} in its path` : 'it';
    fail(
      'POLICY_INVALID',
      `${file} may come from the proposed change that triggered this ${JSON.stringify(eventName)} job: ${subject} ${problem}`,
      { remedy: this.#remedy() },
    );
  }

  #remedy(): string {
    const [[commit, expression] = []] = this.#event.accepted;
    const base =
      commit === undefined
        ? 'Read the file from a checkout of another repository'
        : `Check out the base commit in a separate folder with \`ref: \${{ ${expression} }}\` (${commit}), and read the unchanged file from there`;
    return `${base}, or set the policy with inputs in the workflow.`;
  }

  #shown(path: string): string {
    return (pathBelow(this.#workspace, path) ?? pathBelow(this.#job.workspace, path) ?? path).split(sep).join('/');
  }
}

function ownerOf(repository: string): string {
  return repository.slice(0, repository.indexOf('/'));
}

/** On Windows, Git writes text files with carriage returns. */
function withoutCarriageReturns(content: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
