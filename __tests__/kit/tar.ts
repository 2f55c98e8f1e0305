/** Tars, right ones and others: every field of a header can be set as one likes. */

export interface TarEntry {
  readonly name: string | Uint8Array;
  readonly body?: Uint8Array | string;
  /** `0` a file, `2` a link, `5` a folder, `x` a pax header, `L` GNU's long name, … */
  readonly type?: string;
  readonly linkName?: string;
  /** The prefix of the name, for names of more than 100 bytes. */
  readonly prefix?: string;
  /** The field as it is written; else the length of the body. */
  readonly size?: string | Uint8Array;
  readonly magic?: string;
  /** The field as it is written; else what is right. */
  readonly checksum?: string;
}

export const ustar = 'ustar\x0000';
export const gnu = 'ustar  \0';
const block = 512;

/** The blocks of one entry. */
export function tarEntry(entry: TarEntry): Uint8Array {
  const { name, body = '', type = '0', linkName = '', prefix = '', magic = ustar } = entry;
  const content = Buffer.from(body);
  const header = Buffer.alloc(block);
  Buffer.from(name).copy(header, 0, 0, 100);
  header.write('0000644\x000000000\x000000000\x00', 100, 'latin1');
  Buffer.from(entry.size ?? `${content.length.toString(8).padStart(11, '0')}\0`).copy(header, 124, 0, 12);
  header.write('00000000000\0', 136, 'latin1');
  header.write(type, 156, 'latin1');
  header.write(linkName, 157, 100, 'utf8');
  header.write(magic, 257, 'latin1');
  header.write(prefix, 345, 155, 'utf8');
  const sum = header.fill(' ', 148, 156).reduce((total, byte) => total + byte, 0);
  header.write(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, padding(content.length)]);
}

/** A record of a pax header: its length, which counts itself, and a name and value. */
export function paxRecord(name: string, value: string): string {
  const rest = Buffer.byteLength(` ${name}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length++;
  return `${length} ${name}=${value}\n`;
}

export const endOfTar = new Uint8Array(2 * block);

export function tarOfEntries(entries: readonly TarEntry[], end: Uint8Array = endOfTar): Uint8Array {
  return Buffer.concat([...entries.map(tarEntry), end]);
}

/** A tar of files, with the folders that they are in, as programs write one. */
export function tarOf(files: ReadonlyMap<string, Uint8Array | string>): Uint8Array {
  const folders = new Set(
    [...files.keys()].flatMap((name) => {
      const parts = name.split('/').slice(0, -1);
      return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
    }),
  );
  return tarOfEntries([
    ...[...folders].map((name) => ({ name, type: '5' })),
    ...[...files].flatMap(([name, body]) => fileEntries(name, body)),
  ]);
}

/** A name that does not fit is before its entry, in a pax header. */
function fileEntries(name: string, body: Uint8Array | string): readonly TarEntry[] {
  if (Buffer.byteLength(name) <= 100) return [{ name, body }];
  return [
    { name: 'PaxHeaders/long', type: 'x', body: paxRecord('path', name) },
    { name: Buffer.from(name).subarray(0, 100), body },
  ];
}

function padding(length: number): Uint8Array {
  return new Uint8Array((block - (length % block)) % block);
}
