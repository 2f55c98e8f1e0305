/** Archives in which one thing is wrong. */

import { crc32, deflateRawSync } from 'node:zlib';

/** An entry, and what it says of itself, where that is not the truth. */
export interface MadeEntry {
  readonly name: string | Buffer;
  readonly content?: string;
  readonly deflated?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** True if its sizes follow it, as in an archive that was written as a stream. */
  readonly streamed?: boolean;
  /** Of the directory alone. */
  readonly listed?: Partial<Fields>;
  /** Of what stands before the packed bytes alone. */
  readonly own?: Partial<Fields>;
  /** In place of both. */
  readonly both?: Partial<Fields>;
  readonly packed?: Buffer;
  readonly mode?: number;
  /** Behind it, and in no directory. */
  readonly behind?: Buffer;
}

interface Fields {
  readonly name: string | Buffer;
  readonly checksum: number;
  readonly size: number;
  readonly packedSize: number;
  readonly at: number;
}

export interface MadeArchive {
  readonly before?: Buffer;
  readonly comment?: string;
  readonly count?: number;
  readonly disk?: number;
  readonly directoryAt?: number;
}

export function madeArchive(entries: readonly MadeEntry[], archive: MadeArchive = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const put = (bytes: Buffer): void => {
    pieces.push(bytes);
    at += bytes.length;
  };
  put(archive.before ?? Buffer.alloc(0));
  for (const entry of entries) {
    const start = at;
    const content = Buffer.from(entry.content ?? '');
    const packed = entry.packed ?? (entry.deflated === false ? content : deflateRawSync(content));
    const method = entry.method ?? (entry.deflated === false ? 0 : 8);
    const flags = (entry.flags ?? 0x0800) | (entry.streamed ? 8 : 0);
    const truth = {
      name: entry.name,
      checksum: crc32(content),
      size: content.length,
      packedSize: packed.length,
      at: start,
      ...entry.both,
    };
    const own = { ...truth, ...entry.own };
    const hidden = entry.streamed ? { checksum: 0, size: 0, packedSize: 0 } : own;
    put(
      record(
        0x04034b50,
        [
          [2, 20],
          [2, flags],
          [2, method],
          [4, 0],
          [4, hidden.checksum],
          [4, hidden.packedSize],
          [4, hidden.size],
        ],
        own.name,
        [2, 0],
      ),
    );
    put(packed);
    if (entry.streamed)
      put(
        numbers([
          [4, 0x08074b50],
          [4, own.checksum],
          [4, own.packedSize],
          [4, own.size],
        ]),
      );
    put(entry.behind ?? Buffer.alloc(0));
    const listed = { ...truth, ...entry.listed };
    directory.push(
      record(
        0x02014b50,
        [
          [2, (3 << 8) | 20],
          [2, 20],
          [2, flags],
          [2, method],
          [4, 0],
          [4, listed.checksum],
          [4, listed.packedSize],
          [4, listed.size],
        ],
        listed.name,
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, ((entry.mode ?? 0o100644) << 16) >>> 0],
        [4, listed.at],
      ),
    );
  }
  const directoryAt = archive.directoryAt ?? at;
  const all = Buffer.concat(directory);
  put(all);
  const comment = Buffer.from(archive.comment ?? '');
  const count = archive.count ?? entries.length;
  put(
    numbers([
      [4, 0x06054b50],
      [2, archive.disk ?? 0],
      [2, 0],
      [2, count],
      [2, count],
      [4, all.length],
      [4, directoryAt],
      [2, comment.length],
    ]),
  );
  put(comment);
  return Buffer.concat(pieces);
}

type Field = readonly [width: 2 | 4, value: number];

function record(
  signature: number,
  before: readonly Field[],
  name: string | Buffer,
  ...after: readonly Field[]
): Buffer {
  const bytes = Buffer.from(name);
  return Buffer.concat([numbers([[4, signature], ...before, [2, bytes.length], ...after]), bytes]);
}

function numbers(fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(width);
      bytes.writeUIntLE(value, 0, width);
      return bytes;
    }),
  );
}
