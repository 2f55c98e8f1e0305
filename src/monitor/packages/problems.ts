/** The problems of a check, as sentences without full stops. */

import { CountersignError } from '../../core/errors/index.ts';

export class Problems {
  readonly #list = new Set<string>();

  /** All problems; undefined if there are none. */
  get text(): string | undefined {
    return [...this.#list].join('; ') || undefined;
  }

  add(problem: string): void {
    this.#list.add(problem);
  }

  /** Runs a part. What a registry does wrong is a problem; a run that was cancelled ends. */
  async collect(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
      this.add(error.message);
    }
  }
}

/** Returns a number with its words: `1 tag waits`. */
export function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** Returns a text with a capital letter, as the start of a sentence. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
