// Measures how much longer entries take with ten thousand watched values than with one. Prints Markdown.
// Usage: node bench/watch-list.mjs [RUNS] [ENTRIES]
// The entries are those of bench/log-of-certificates.mjs. The values are of all kinds; few entries match one.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine, spread } from './figures.mjs';
import { bundled, writeLog } from './log-of-certificates.mjs';

const runs = Number(process.argv[2] ?? 7);
const count = Number(process.argv[3] ?? 20_000);
const folder = await mkdtemp(join(process.env.COUNTERSIGN_BENCH ?? tmpdir(), 'countersign-bench-'));

try {
  const { readEntry, WatchList, lookAlikeFinder, readWatchPolicy } = await bundled(
    folder,
    'watch-list.bundle.mjs',
    `export { readEntry } from './src/monitor/entries/index.ts';
     export { WatchList } from './src/monitor/watch-policy/index.ts';
     export { lookAlikeFinder } from './src/monitor/rules/index.ts';
     export { readWatchPolicy } from './src/run/policy/watch-file.ts';`,
  );
  await writeLog(folder, count);
  const entries = await readEntries(join(folder, 'log', 'tile', 'entries'));
  const claims = entries.map((bytes) => readEntry('rekor-v2', bytes));
  const lists = [];
  for (const size of [1, 10_000]) {
    const policy = await readWatchPolicy(policyOf(size), 'countersign.yml');
    lists.push({ size, list: WatchList.of(policy, { lookAlikes: lookAlikeFinder(policy) }) });
  }
  const works = {
    'read and compare': (list) => {
      let matched = 0;
      for (const bytes of entries) matched += list.match(readEntry('rekor-v2', bytes), bytes).length;
      return matched;
    },
    'compare alone': (list) => {
      let matched = 0;
      for (const [at, bytes] of entries.entries()) matched += list.match(claims[at], bytes).length;
      return matched;
    },
  };
  console.log(`${machine(runs)}; ${count} entries of Rekor v2\n`);
  console.log('| | watched values | matches | µs per entry |\n| --- | --- | --- | --- |');
  for (const [name, work] of Object.entries(works)) {
    const best = [];
    // Alternately, so that other programs on the machine slow down both. The first runs warm up.
    const measured = lists.map(() => []);
    const matches = [];
    for (let run = -2; run < runs; run++)
      for (const [at, { list }] of lists.entries()) {
        const start = process.cpuUsage();
        matches[at] = work(list);
        const { user, system } = process.cpuUsage(start);
        if (run >= 0) measured[at].push((user + system) / count);
      }
    for (const [at, { size }] of lists.entries()) {
      best.push(Math.min(...measured[at]));
      console.log(`| ${name} | ${size.toLocaleString('en')} | ${matches[at]} | ${spread(measured[at], 2)} |`);
    }
    console.log(`| ${name} | ratio | | ${(best[1] / best[0]).toFixed(2)} |`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Returns a policy with so many values: repositories, owners, identities of each kind, keys and digests. */
function policyOf(size) {
  const lists = { repositories: [], owners: [], identities: [], keys: [], digests: [] };
  for (let at = 0; at < size; at++) {
    const hex = createHash('sha256').update(String(at)).digest('hex');
    const word = hex.replace(/\d/g, (digit) => 'ghjklmnpqr'[digit]).slice(0, 5 + (at % 7));
    const name = `${word}-${hex.slice(40, 44)}`;
    const identities = [
      `{ exact: "jane@${name}.example" }`,
      `{ segment: "https://gitlab.com/${name}" }`,
      `{ glob: "https://github.com/${name}/*/.github/workflows/*@refs/tags/**" }`,
    ];
    if (at % 5 === 0) lists.repositories.push(`{ name: ${name}/${word}, id: ${at + 1}, owner-id: ${at + 1} }`);
    else if (at % 5 === 1) lists.owners.push(`{ name: ${name}, id: ${at + 1} }`);
    else if (at % 5 === 2) lists.identities.push(identities[at % 3]);
    else if (at % 5 === 3) lists.keys.push(`"${hex}"`);
    else lists.digests.push(`"sha256:${hex}"`);
  }
  const filled = Object.entries(lists).filter(([, items]) => items.length > 0);
  return `watch:\n${filled.map(([key, items]) => `  ${key}:\n${items.map((item) => `    - ${item}\n`).join('')}`).join('')}`;
}

/** Reads the entries of all bundles in a folder. */
async function readEntries(path) {
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  const entries = [];
  for (const file of files) {
    const bytes = await readFile(join(file.parentPath, file.name));
    for (let at = 0; at < bytes.length; ) {
      const end = at + 2 + bytes.readUInt16BE(at);
      entries.push(bytes.subarray(at + 2, end));
      at = end;
    }
  }
  return entries;
}
