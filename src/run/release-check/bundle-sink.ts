import { fail } from '../../core/errors/index.ts';
import type { ByteSink } from '../../services/http/index.ts';

/** Keeps the bytes of a bundle, which are few. */
export class BundleSink implements ByteSink {
  readonly #name: string;
  readonly #maxLength: number;
  #chunks: Uint8Array[] = [];
  #length = 0;

  /** @param maxLength in bytes */
  constructor(name: string, maxLength: number) {
    this.#name = name;
    this.#maxLength = maxLength;
  }

  begin(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  /** @throws CountersignError `LIMIT_EXCEEDED` */
  take(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length > this.#maxLength)
      fail('LIMIT_EXCEEDED', `the bundle ${this.#name} exceeds the limit of ${this.#maxLength} bytes`);
    this.#chunks.push(bytes.slice());
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}
