// Prints the figures of the benchmarks, and the machine that they were measured on.
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** The line above the tables. */
export function machine(runs) {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, ${memory} GiB; median of ${runs} (lowest to highest)`;
}

/** The median, and in brackets the lowest and the highest. */
export function spread(values, digits) {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, middle, high] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((value) =>
    value.toFixed(digits),
  );
  return low === high ? middle : `${middle} (${low} to ${high})`;
}

/** What a Sigstore on this machine says of itself in its stack.env. */
export async function stackSettings(folder) {
  const text = await readFile(join(folder, 'stack.env'), 'utf8');
  return Object.fromEntries([...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
}
