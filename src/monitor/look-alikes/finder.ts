import { fail } from '../../core/errors/index.ts';
import { KindIndex } from './kind-index.ts';
import type { LookAlike } from './look-alike.ts';
import type { NameKind } from './names/name.ts';
import { readName } from './names/read-name.ts';

/** A name, with the numeric id of its owner if it is known. */
export interface IdentifiedName {
  readonly kind: NameKind;
  readonly name: string;
  readonly ownerId?: string | undefined;
}

/**
 * Finds the protected name that another one looks like. A search takes about the same time among ten thousand names as with one.
 *
 * @example
 * const finder = new LookAlikeFinder([{ kind: 'repo', name: 'docker/login-action', ownerId: '5429470' }]);
 * finder.find({ kind: 'repo', name: 'dokcer/login-action', ownerId: '7' })?.rule; // → 'transposed'
 */
export class LookAlikeFinder {
  readonly #ownerIds = new Set<string>();
  readonly #indexes = new Map<NameKind, KindIndex>();

  /** @throws CountersignError `USAGE` for a protected name that does not have the form of its kind */
  constructor(names: Iterable<IdentifiedName>) {
    for (const { kind, name, ownerId } of names) {
      const read = readName(kind, name) ?? fail('USAGE', `${JSON.stringify(name)} is not ${forms[kind]}`);
      const index = this.#indexes.get(kind) ?? new KindIndex();
      this.#indexes.set(kind, index);
      index.protect(read);
      if (ownerId !== undefined) this.#ownerIds.add(ownerId);
    }
  }

  /**
   * Compares a name with the protected names of its kind.
   *
   * @returns the protected name that it looks like most, with the reason. `undefined` for protected names themselves, for other names of
   * their owners, and for names that look like none of them
   */
  find({ kind, name, ownerId }: IdentifiedName): LookAlike | undefined {
    if (ownerId !== undefined && this.#ownerIds.has(ownerId)) return undefined;
    const read = readName(kind, name);
    return read && this.#indexes.get(kind)?.find(read);
  }
}

/** The forms of names, for errors. */
const forms: Readonly<Record<NameKind, string>> = {
  owner: 'an owner',
  repo: 'a repository; use the form owner/repository',
  workflow: 'a workflow; use the form owner/repository/.github/workflows/file.yml',
  email: 'an e-mail address',
  domain: 'a domain',
  package: 'a package name',
};
