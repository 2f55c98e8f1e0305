import { inspect } from 'node:util';
import { fail } from '../core/errors/index.ts';

/**
 * A text that must not be seen. Printed, logged or serialised, it shows `[secret]` and nothing else. Disposing of it drops the text;
 * the memory is reclaimed by the garbage collector, as texts cannot be overwritten.
 */
export class Secret implements Disposable {
  #text: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Returns the text itself, for the one place that sends it.
   *
   * @throws CountersignError `KEY_DISPOSED`
   */
  reveal(): string {
    return this.#text ?? fail('KEY_DISPOSED', 'the secret was already disposed of; open a new session');
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }

  [Symbol.dispose](): void {
    this.#text = undefined;
  }
}
