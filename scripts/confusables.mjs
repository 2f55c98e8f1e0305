// Writes src/monitor/look-alikes/unicode/confusables.json from Unicode's confusables.txt (UTS 39), or from src/tables.rs of the crate
// unicode-security, which has the same table. Keeps the rows whose prototype consists of ASCII characters of names.
// Usage: node scripts/confusables.mjs <confusables.txt | tables.rs>
import { readFile, writeFile } from 'node:fs/promises';

const output = new URL('../src/monitor/look-alikes/unicode/confusables.json', import.meta.url);

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/confusables.mjs <confusables.txt | tables.rs>');
const text = await readFile(file, 'utf8');
const { version, rows } = file.endsWith('.rs') ? readCrate(text) : readUnicode(text);
const kept = rows.filter(([character, prototype]) => /^[\w'+,./:@-]+$/.test(prototype) && prototype !== character);
if (version === undefined || kept.length < 2000) throw new Error(`${file} does not have the expected table`);

const byPrototype = new Map();
for (const [character, prototype] of kept.sort(([a], [b]) => a.codePointAt(0) - b.codePointAt(0))) {
  byPrototype.set(prototype, [...(byPrototype.get(prototype) ?? []), character.codePointAt(0).toString(16)]);
}
const characters = Object.fromEntries(
  [...byPrototype].sort(([a], [b]) => (a < b ? -1 : 1)).map(([prototype, codes]) => [prototype, codes.join(' ')]),
);
const about =
  'Characters that look like each text, as hexadecimal code points. Unicode data; see LICENSE in this folder.';
await writeFile(output, `${JSON.stringify({ about, unicode: version, characters }, undefined, 2)}\n`);

/** Reads lines such as `0430 ; 0061 ; MA # …`. */
function readUnicode(text) {
  const version = /^# Version: (\S+)/m.exec(text)?.[1];
  const lines = text.matchAll(/^([0-9A-F]{4,6})\s*;\s*([0-9A-F]{4,6}(?: [0-9A-F]{4,6})*)\s*;/gm);
  const character = (hex) => String.fromCodePoint(Number.parseInt(hex, 16));
  return {
    version,
    rows: Array.from(lines, ([, from, to]) => [character(from), to.split(' ').map(character).join('')]),
  };
}

/** Reads lines such as `('\u{430}', &['\u{61}']),`. */
function readCrate(text) {
  const version = /UNICODE_VERSION: \(u64, u64, u64\) = \(([^)]*)\)/.exec(text)?.[1]?.replaceAll(', ', '.');
  const character = (hex) => String.fromCodePoint(Number.parseInt(hex, 16));
  const rows = text.matchAll(/\('\\u\{([0-9a-f]+)\}',\s*&\[((?:\s*'\\u\{[0-9a-f]+\}',?)+)\s*\]\)/g);
  return {
    version,
    rows: Array.from(rows, ([, from, to]) => [
      character(from),
      Array.from(to.matchAll(/\\u\{([0-9a-f]+)\}/g), ([, hex]) => character(hex)).join(''),
    ]),
  };
}
