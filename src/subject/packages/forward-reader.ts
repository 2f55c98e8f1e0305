/** Reads a stream at ascending offsets, in constant memory. */

/** Lets a reader of archives, which asks for bytes by their offset, read a stream that cannot go back. */
export class ForwardReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  /** The offset of the first byte of the chunk. */
  #offset = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Reads so many bytes at an offset, which is not before the end of the last read; fewer if the stream ends. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    await this.#skipTo(offset);
    const parts: Uint8Array[] = [];
    for (let missing = length; missing > 0; ) {
      const part = this.#chunk.subarray(0, missing);
      parts.push(part);
      this.#take(part.length);
      missing -= part.length;
      if (missing > 0 && !(await this.#next())) break;
    }
    return Buffer.concat(parts);
  }

  /** Reads what is left. */
  async drain(): Promise<void> {
    while (await this.#next());
  }

  async #skipTo(offset: number): Promise<void> {
    while (offset > this.#offset) {
      this.#take(Math.min(offset - this.#offset, this.#chunk.length));
      if (offset > this.#offset && !(await this.#next())) return;
    }
  }

  #take(length: number): void {
    this.#chunk = this.#chunk.subarray(length);
    this.#offset += length;
  }

  async #next(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    this.#chunk = done ? new Uint8Array() : value;
    return !done;
  }
}
