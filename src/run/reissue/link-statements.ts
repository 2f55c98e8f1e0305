/** Signs the statements that link old and new bundles: one about as many as a statement may name, to keep the number of log entries small. */

import { parseDigest } from '../../core/crypto/index.ts';
import { maxSubjects, writeStatement } from '../../core/statement/index.ts';
import { artifactOfDigest } from '../../core/verify/index.ts';
import { inTurns } from '../../node/index.ts';
import { type ReissuedSubject, type ReissueTerms, reissueRecord } from '../../sign/predicates/index.ts';
import { holdsStatement, makeBundle, type Signing } from '../sign/index.ts';
import type { World } from '../world/index.ts';
import type { StateFolder } from './state-folder.ts';

export class LinkStatements {
  readonly #terms: ReissueTerms;
  readonly #signing: Signing;
  readonly #state: StateFolder;
  readonly #world: World;
  readonly #turn = inTurns(1);
  #waiting: ReissuedSubject[];
  readonly #paths: string[];

  constructor(terms: ReissueTerms, signing: Signing, state: StateFolder, world: World) {
    this.#terms = terms;
    this.#signing = signing;
    this.#state = state;
    this.#world = world;
    this.#waiting = [...state.earlier.unlinked];
    this.#paths = [...state.earlier.links];
  }

  /** The paths of the bundles with the statements. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Adds a subject, in the order of the journal. */
  add(subject: ReissuedSubject): void {
    this.#waiting.push(subject);
  }

  /** Signs a statement if enough subjects wait for one. */
  signFull(): Promise<void> {
    return this.#waiting.length < maxSubjects ? Promise.resolve() : this.#turn(() => this.#signWhile(maxSubjects));
  }

  /** Signs statements about all subjects that wait. */
  signRest(): Promise<void> {
    return this.#turn(() => this.#signWhile(1));
  }

  async #signWhile(least: number): Promise<void> {
    while (this.#waiting.length >= least) {
      const subjects = this.#waiting.slice(0, maxSubjects);
      const bundle = await this.#sign(subjects);
      this.#paths.push(await this.#state.link(bundle, subjects, this.#paths.length + 1));
      this.#waiting = this.#waiting.slice(subjects.length);
    }
  }

  async #sign(subjects: readonly ReissuedSubject[]): Promise<string> {
    const named = subjects.map(({ name, digest }) => ({ name, digests: [parseDigest(digest)] }));
    const claim = reissueRecord(this.#terms, subjects, this.#world.clock());
    const statement = writeStatement({ subjects: named, ...claim });
    const digests = named[0]?.digests ?? [];
    const { text } = await makeBundle(
      {
        artifact: artifactOfDigest(...digests),
        isSame: holdsStatement(statement),
        sign: () => this.#signing.session.signStatement(statement),
      },
      this.#signing,
      this.#world,
    );
    return text;
  }
}

/** Returns the number of statements about so many subjects. */
export function statementsAbout(subjects: number): number {
  return Math.ceil(subjects / maxSubjects);
}
