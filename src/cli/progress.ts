/** Shows the progress of a run in one line of a terminal. Elsewhere, only {@link Progress.line} prints. */

import type { WriteStream } from 'node:tty';
import { plainLine } from '../report/index.ts';
import type { SignedSubject, UnsignedSubject } from '../run/sign/index.ts';

export class Progress {
  readonly #stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;
  #signed = 0;
  #unsigned = 0;
  #shown = false;

  constructor(stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>) {
    this.#stream = stream;
  }

  /** Counts a finished subject. */
  subject(result: SignedSubject | UnsignedSubject): void {
    if ('error' in result) this.#unsigned++;
    else this.#signed++;
    if (!this.#stream.isTTY) return;
    const failed = this.#unsigned === 0 ? '' : `, failed ${this.#unsigned}`;
    const text = plainLine(`signed ${this.#signed}${failed}: ${result.subject.name}`);
    this.#stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1))}`);
    this.#shown = true;
  }

  /** Prints a permanent line. */
  line(text: string): void {
    this.end();
    this.#stream.write(`${plainLine(text)}\n`);
  }

  /** Clears the progress line. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
