/** The criteria of a verification: what was expected, what was found, and what came of it. */

import { CountersignError } from '../errors/index.ts';

/** In the order in which they are reported. Claims of the certificate go by `claim`, each with its own subject. */
export const criterionNames = [
  'time',
  'certificate',
  'certificate-transparency',
  'issuer',
  'identity',
  'claim',
  'key',
  'signature',
  'image',
  'predicate-type',
  'subject-name',
  'log',
] as const;
export type CriterionName = (typeof criterionNames)[number];

export interface Criterion {
  readonly name: CriterionName;
  /** Which claim, where there are several criteria of one name. */
  readonly about: string | undefined;
  readonly outcome: 'pass' | 'fail' | 'not-checked';
  readonly expected: string;
  /** What there was; of one that was not checked, why not. */
  readonly found: string;
  /** Why it failed. */
  readonly failure: CountersignError | undefined;
}

/** Runs the criteria, some at once, each if what it builds on holds, and keeps what came of them. */
export class Examination {
  readonly #criteria: Criterion[] = [];

  /** In the order of their names, whichever was done first. */
  get criteria(): readonly Criterion[] {
    return this.joinedWith([]);
  }

  /** Likewise, with what came of another examination. */
  joinedWith(others: readonly Criterion[]): readonly Criterion[] {
    const order = ({ name }: Criterion): number => criterionNames.indexOf(name);
    return [...others, ...this.#criteria].sort((a, b) => order(a) - order(b));
  }

  /** The first failure, in the order of the criteria. */
  get failure(): CountersignError | undefined {
    return this.criteria.find(({ failure }) => failure !== undefined)?.failure;
  }

  /**
   * One criterion.
   *
   * @param basis what it builds on; with a part of it missing, nothing is checked
   * @param check gives what was proven, or throws
   * @param found what to say of it
   * @returns what was proven, or `undefined`
   */
  async run<Basis extends Readonly<Record<string, unknown>>, Proven>(
    criterion: { readonly name: CriterionName; readonly about?: string; readonly expected: string },
    basis: Basis,
    check: (basis: { readonly [Part in keyof Basis]: NonNullable<Basis[Part]> }) => Promise<Proven> | Proven,
    found: (proven: Proven) => string,
  ): Promise<Proven | undefined> {
    const { name, about, expected } = criterion;
    const missing = Object.entries(basis).find(([, part]) => part === undefined);
    if (missing !== undefined) {
      this.#criteria.push({
        name,
        about,
        expected,
        outcome: 'not-checked',
        found: `no ${missing[0]}`,
        failure: undefined,
      });
      return undefined;
    }
    try {
      const proven = await check(basis as { readonly [Part in keyof Basis]: NonNullable<Basis[Part]> });
      this.#criteria.push({ name, about, expected, outcome: 'pass', found: found(proven), failure: undefined });
      return proven;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#criteria.push({ name, about, expected, outcome: 'fail', found: error.message, failure: error });
      return undefined;
    }
  }
}
