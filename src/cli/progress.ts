/** A line on the terminal that says how far a run is. Where there is no terminal, nothing but what matters. */

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

  /** A subject is done. */
  subject(result: SignedSubject | UnsignedSubject): void {
    if ('error' in result) this.#unsigned++;
    else this.#signed++;
    if (!this.#stream.isTTY) return;
    const failed = this.#unsigned === 0 ? '' : `, ${this.#unsigned} not`;
    const text = plainLine(`signed ${this.#signed}${failed}: ${result.subject.name}`);
    this.#stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1))}`);
    this.#shown = true;
  }

  /** Something worth a line of its own. */
  line(text: string): void {
    this.end();
    this.#stream.write(`${plainLine(text)}\n`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
