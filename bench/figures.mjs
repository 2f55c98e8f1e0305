// Formats the figures of the benchmarks, and describes the machine on which they were measured.
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** Returns the line above the tables. */
export function machine(runs) {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, ${memory} GiB; median of ${runs} (lowest to highest)`;
}

/** Formats the median, with the lowest and the highest value in brackets. */
export function spread(values, digits) {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, middle, high] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((value) =>
    value.toFixed(digits),
  );
  return low === high ? middle : `${middle} (${low} to ${high})`;
}

/** Reads the settings of a local Sigstore from its stack.env. */
export async function stackSettings(folder) {
  const text = await readFile(join(folder, 'stack.env'), 'utf8');
  return Object.fromEntries([...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
}
