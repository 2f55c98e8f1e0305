/**
 * Reads commits and trees from the folder `.git`, loose or packed, without running Git: Git runs programs that the configuration of a
 * checkout names.
 *
 * Each object is hashed and compared to its name, so that it does not matter who wrote the folder. Checks of the format that only
 * change which bytes are hashed are left out; a read past the end, which has an error code, counts as an object that is missing.
 */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { CountersignError, systemCode } from '../core/errors/index.ts';
import type { OpenFile } from '../node/index.ts';
import { openRegularFile, readExactly, readRegularFile } from '../node/index.ts';
import { type ObjectId, type ObjectKind, objectIdOf } from './object-id.ts';

export type StoreFiles = Pick<typeof fs, 'open' | 'readdir'>;

interface GitObject {
  /** Undefined for a kind that is not known. */
  readonly kind: ObjectKind | undefined;
  readonly content: Buffer;
}

/** A place in a file of packed objects. */
interface Place {
  readonly pack: OpenFile;
  readonly offset: number;
}

const maxLength = 16 * 1024 * 1024;
/** By default, Git makes chains of up to 50 deltas. */
const maxDeltas = 256;
const maxPacks = 10_000;
/** The limit for the bytes of all objects that are made, so that chains of deltas end. */
const maxTotal = 256 * 1024 * 1024;

/** Says that something in `.git` is not as Git writes it. Callers see an object that is not there. */
class Malformed extends Error {}

export class ObjectStore {
  readonly #folder: string;
  readonly #files: StoreFiles;
  #left = maxTotal;

  /** @param gitFolder the path of `.git` */
  constructor(gitFolder: string, files: StoreFiles) {
    this.#folder = join(gitFolder, 'objects');
    this.#files = files;
  }

  /** Returns the content of an object; `undefined` if no readable object has this name and kind. */
  async read(id: ObjectId, kind: 'commit' | 'tree'): Promise<Buffer | undefined> {
    const found = (await this.#tried(() => this.#loose(id))) ?? (await this.#packed(id));
    return found?.kind === kind && objectIdOf(kind, found.content, id) === id ? found.content : undefined;
  }

  /** Treats what cannot be read as missing: either way, nothing is proven. */
  async #tried<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await read();
    } catch (cause) {
      const isUnreadable =
        cause instanceof Malformed || cause instanceof CountersignError || systemCode(cause) !== undefined;
      if (isUnreadable) return undefined;
      throw cause;
    }
  }

  async #loose(id: ObjectId): Promise<GitObject | undefined> {
    const path = join(this.#folder, id.slice(0, 2), id.slice(2));
    const bytes = await readRegularFile(this.#files, path, maxLength);
    const whole = await this.#inflated(bytes, maxLength);
    const end = whole.indexOf(0);
    const [, kind, length] = /^(commit|tree|blob) (\d{1,9})$/.exec(whole.toString('latin1', 0, end)) ?? [];
    const content = whole.subarray(end + 1);
    if (content.length !== Number(length)) return undefined;
    return { kind: kind as ObjectKind, content };
  }

  async #packed(id: ObjectId): Promise<GitObject | undefined> {
    const folder = join(this.#folder, 'pack');
    const names = (await this.#tried(() => this.#files.readdir(folder))) ?? [];
    for (const name of names.filter((one) => one.endsWith('.idx')).slice(0, maxPacks)) {
      const stem = join(folder, name.slice(0, -'.idx'.length));
      const found = await this.#tried(() => this.#fromPack(id, stem));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #fromPack(id: ObjectId, stem: string): Promise<GitObject | undefined> {
    await using index = await openRegularFile(this.#files, `${stem}.idx`);
    const offset = await offsetIn(index, id);
    await using pack = await openRegularFile(this.#files, `${stem}.pack`);
    return await this.#entry({ pack, offset }, index, id);
  }

  /** Reads an entry, and the entries whose deltas it is made by (gitformat-pack). */
  async #entry({ pack, offset }: Place, index: OpenFile, like: ObjectId): Promise<GitObject> {
    const deltas: Buffer[] = [];
    for (let at = offset; deltas.length <= maxDeltas; ) {
      const head = await readAt(pack, at, 64);
      const { type, size, length } = readHead(head);
      if (type === 6) {
        const back = readBack(head, length);
        deltas.push(await this.#data(pack, at + back.end, size));
        at -= back.distance;
      } else if (type === 7) {
        const end = length + like.length / 2;
        const base = head.toString('hex', length, end) as ObjectId;
        deltas.push(await this.#data(pack, at + end, size));
        at = await offsetIn(index, base);
      } else {
        const content = await this.#data(pack, at + length, size);
        return {
          kind: kinds.get(type),
          content: deltas.reduceRight((base, delta) => this.#applied(base, delta), content),
        };
      }
    }
    return malformed();
  }

  async #data(pack: OpenFile, offset: number, size: number): Promise<Buffer> {
    // Deflate adds a few bytes to what it cannot shorten.
    return this.#inflated(await readAt(pack, offset, size + (size >> 6) + 1024), size);
  }

  async #inflated(bytes: Uint8Array, length: number): Promise<Buffer> {
    const content = await promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate)(bytes, {
      maxOutputLength: Math.max(length, 1),
    });
    this.#count(content.length);
    return content;
  }

  #applied(base: Buffer, delta: Buffer): Buffer {
    const reader = new DeltaReader(delta);
    if (reader.number() !== base.length) malformed();
    const length = reader.number();
    this.#count(length);
    const result = Buffer.alloc(length);
    let filled = 0;
    while (!reader.done) filled += reader.piece(base).copy(result, filled);
    return result;
  }

  #count(length: number): void {
    this.#left -= length;
    if (this.#left < 0) malformed();
  }
}

const kinds: ReadonlyMap<number, ObjectKind> = new Map([
  [1, 'commit'],
  [2, 'tree'],
  [3, 'blob'],
]);

/** Instructions that make an object out of another one. */
class DeltaReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 42; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return malformed();
  }

  piece(base: Buffer): Buffer {
    const instruction = this.#byte();
    if (instruction < 128) {
      const start = this.#at;
      this.#at += instruction;
      return this.#bytes.subarray(start, this.#at);
    }
    let offset = 0;
    let size = 0;
    for (let bit = 0; bit < 4; bit++) if (instruction & (1 << bit)) offset += this.#byte() * 256 ** bit;
    for (let bit = 0; bit < 3; bit++) if (instruction & (16 << bit)) size += this.#byte() * 256 ** bit;
    return base.subarray(offset, offset + (size || 0x10000));
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }
}

/** Finds an object in an index of version 2, by its name. */
async function offsetIn(index: OpenFile, id: ObjectId): Promise<number> {
  const width = id.length / 2;
  const head = await readAt(index, 0, 8 + 1024);
  if (head.toString('hex', 0, 8) !== 'ff744f6300000002') malformed();
  const fanout = (byte: number): number => (byte < 0 ? 0 : head.readUInt32BE(8 + 4 * byte));
  const first = Number.parseInt(id.slice(0, 2), 16);
  const [from, to, total] = [fanout(first - 1), fanout(first), fanout(255)];
  if ((to - from) * width > maxLength) malformed();
  const names = 8 + 1024;
  const some = await readAt(index, names + from * width, (to - from) * width);
  const place = find(some, Buffer.from(id, 'hex'));
  const offsets = names + total * (width + 4);
  const offset = (await readAt(index, offsets + 4 * (from + place), 4)).readUInt32BE();
  if (offset < 2 ** 31) return offset;
  const large = await readAt(index, offsets + 4 * total + 8 * (offset - 2 ** 31), 8);
  return Number(large.readBigUInt64BE());
}

function find(names: Buffer, name: Buffer): number {
  let [from, to] = [0, names.length / name.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = names.compare(name, 0, name.length, middle * name.length, (middle + 1) * name.length);
    if (order === 0) return middle;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return malformed();
}

function readHead(bytes: Buffer): { readonly type: number; readonly size: number; readonly length: number } {
  const first = bytes.readUInt8();
  let size = first & 15;
  let length = 1;
  for (let factor = 16, byte = first; byte >= 128; factor *= 128, length++) {
    byte = bytes.readUInt8(length);
    size += (byte & 127) * factor;
    if (size > maxLength) malformed();
  }
  return { type: (first >> 4) & 7, size, length };
}

/** Reads how far before a delta the object lies that it changes. */
function readBack(bytes: Buffer, start: number): { readonly distance: number; readonly end: number } {
  let end = start;
  let byte = bytes.readUInt8(end++);
  let distance = byte & 127;
  while (byte >= 128) {
    byte = bytes.readUInt8(end++);
    distance = (distance + 1) * 128 + (byte & 127);
  }
  return { distance, end };
}

/** Reads bytes at a place; fewer where the file ends. */
async function readAt({ handle, size }: OpenFile, offset: number, length: number): Promise<Buffer> {
  const available = Number(size) - offset;
  return readExactly(handle, offset, Math.min(length, available), malformed);
}

function malformed(): never {
  throw new Malformed('not as Git writes it');
}
