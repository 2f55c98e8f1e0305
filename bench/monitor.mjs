// Measures reading, parsing and indexing a log of a million entries with certificates, and searching an index of ten million. A process
// serves the log from files on loopback, and each measurement is made in another one. Prints Markdown tables.
// Usage: node bench/monitor.mjs [RUNS] [ENTRIES] [INDEXED]
// With 0 for ENTRIES or INDEXED, it leaves out that part.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { machine, spread } from './figures.mjs';
import { bundled, identities, writeLog } from './log-of-certificates.mjs';
import { serve, trustedRootOf } from './served-log.mjs';

const bench = resolve(dirname(fileURLToPath(import.meta.url)));
const runs = Number(process.argv[2] ?? 3);
const million = Number(process.argv[3] ?? 1_000_000);
const indexed = Number(process.argv[4] ?? 10_000_000);
/** The entries that Rekor v2 gets in an hour, and has got in all, in October 2026. */
const hour = Math.min(59_000, million);
const production = 140_000_000;
const folder = await mkdtemp(join(process.env.COUNTERSIGN_BENCH ?? tmpdir(), 'countersign-bench-'));
const program = join(folder, 'monitor.bundle.mjs');

try {
  console.log(`${machine(runs)}\n`);
  const parts = await bundled(
    folder,
    'monitor.bundle.mjs',
    `export { readPublicKey } from './src/core/crypto/index.ts';
     export { CompactRange } from './src/core/log/index.ts';
     export { keepYoungGenerationSmall } from './src/node/index.ts';
     export { openHttp } from './src/services/http/index.ts';
     export { openReader } from './src/monitor/readers/index.ts';
     export { readEntry } from './src/monitor/entries/index.ts';
     export { IndexBuilder, SearchIndex } from './src/monitor/search-index/index.ts';
     export { SegmentBuilder } from './src/monitor/search-index/segment-builder.ts';
     export { maxEntries, segmentName } from './src/monitor/search-index/segment-format.ts';
     export { logFolder } from './src/monitor/search-index/folder.ts';`,
  );
  if (million > 0) await reading();
  if (indexed > 0) await searching(parts);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Measures reading a log from its start, in parts of several sizes, and its last hour. */
async function reading() {
  const started = performance.now();
  const { files, ...log } = await writeLog(folder, million, {
    sizes: [million - hour, million >> 1, million - (million >> 2)],
  });
  const wrote = `${((performance.now() - started) / 1000).toFixed(0)} s`;
  console.log(
    `A log of ${number(million)} entries (${number(Math.round((await size(files)) / million))} bytes each), written in ${wrote}:\n`,
  );
  const { child, url } = await serve(files);
  try {
    const index = join(folder, 'index');
    const task = { ...log, url };
    const rows = [
      ['bootstrap: head and compact range', { last: 0 }],
      [`prove ${number(million)} entries`, {}],
      [`prove and parse ${number(million)} entries`, { parse: true }],
      [`prove, parse and index the last ${number(million >> 2)}`, { last: million >> 2, index }],
      [`prove, parse and index the last ${number(million >> 1)}`, { last: million - (million >> 1), index }],
      [`prove, parse and index ${number(million)} entries`, { index }],
      [`prove, parse and index an hour of Rekor v2: ${number(hour)}`, { last: hour, index }],
    ];
    console.log(
      '| | seconds | processor, s | entries per second | requests | peak memory, MiB |\n| --- | --- | --- | --- | --- | --- |',
    );
    for (const [name, changes] of rows) {
      const measured = [];
      for (let run = 0; run < runs; run++) {
        await rm(index, { recursive: true, force: true });
        const {
          bootstrap,
          seconds,
          entries = 0,
          requests,
          problems,
          processor,
          memory,
        } = await work({ ...task, ...changes });
        if (problems > 0) throw new Error(`${problems} entries could not be read`);
        const own = changes.last === 0 ? bootstrap : { seconds, requests };
        measured.push({ ...own, processor, memory, rate: entries / own.seconds });
      }
      const rate = changes.last === 0 ? '' : column(measured, 'rate', 0);
      const cells = [
        column(measured, 'seconds', 2),
        column(measured, 'processor', 2),
        rate,
        column(measured, 'requests', 0),
        column(measured, 'memory', 0),
      ];
      console.log(`| ${[name, ...cells].join(' | ')} |`);
    }
    console.log(`\nThe index has ${((await size(index)) / hour).toFixed(0)} bytes for each entry.\n`);
    await commands({ ...log, url });
  } finally {
    child.kill();
    await rm(files, { recursive: true, force: true });
  }
}

/** Measures the built command: an audit of the whole log, another one, and searches for an entry. Each is a process. */
async function commands({ digest, ...log }) {
  const trustedRoot = join(folder, 'trusted_root.json');
  await writeFile(trustedRoot, JSON.stringify(trustedRootOf(log)));
  const state = join(folder, 'state');
  const rows = {
    [`audit from the start, ${number(million)} entries`]: ['audit', '--from', 'start'],
    'audit again, without new entries': ['audit'],
    'search for the digest of one entry': ['search', '--digest', `sha256:${digest}`],
  };
  console.log(
    '| `countersign` | wall, s | processor, s | requests | peak memory, MiB |\n| --- | --- | --- | --- | --- |',
  );
  for (const [name, args] of Object.entries(rows)) {
    const measured = [];
    for (let run = 0; run < runs; run++) {
      if (args.length > 1 && args[0] === 'audit') await rm(state, { recursive: true, force: true });
      const options = ['--state', state, '--instance', 'custom', '--trusted-root', trustedRoot, '--json'];
      const { result, ...cost } = await command([...args, ...options]);
      const isRight = args[0] === 'audit' ? result.outcome === 'clean' : result.entries.length === 1;
      if (!isRight) throw new Error(JSON.stringify(result));
      measured.push(cost);
    }
    const cells = [column(measured, 'wall', 2), column(measured, 'processor', 2), column(measured, 'requests', 0)];
    console.log(`| ${[name, ...cells, column(measured, 'memory', 0)].join(' | ')} |`);
  }
  console.log(`\nThe state folder has ${number(Math.round((await size(state)) / 1e6))} MB.\n`);
}

/** Runs the built command, and returns its JSON and its cost. */
async function command(args) {
  const probe = join(folder, 'probe.json');
  const program = ['--import', join(bench, 'probe.mjs'), resolve(bench, '../dist/cli.mjs')];
  const started = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [...program, ...args], {
    env: { PATH: process.env.PATH, HOME: folder, COUNTERSIGN_PROBE: probe },
    maxBuffer: 64 * 1024 * 1024,
  });
  const wall = (performance.now() - started) / 1000;
  return { result: JSON.parse(stdout), wall, ...JSON.parse(await readFile(probe, 'utf8')) };
}

/** Measures searches in an index of many entries, whose files are in the page cache. */
async function searching(parts) {
  const index = join(folder, 'large-index');
  const log = { origin: 'log.example.test', keyId: Buffer.alloc(32, 1) };
  const started = performance.now();
  await fill(index, log, parts);
  const wrote = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `An index of ${number(indexed)} entries (${number(Math.round((await size(index)) / 1e6))} MB), written in ${wrote} s:\n`,
  );
  const some = Array.from({ length: 15 }, (_, at) => claimsOf(Math.floor((indexed * (at + 0.5)) / 15)));
  const queries = {
    'the digest of one entry': some.map(({ digests: [{ value }] }) => ({ kind: 'digest', value: `sha256:${value}` })),
    'a digest that no entry has': some.map(() => ({
      kind: 'digest',
      value: `sha256:${randomBytes(32).toString('hex')}`,
    })),
    'a repository': some.map(({ signers: [{ certificate }] }) => ({
      kind: 'repository',
      value: certificate.claims.sourceRepositoryUri,
    })),
  };
  const forProduction = (times) => `${((median(times) / indexed) * production).toFixed(1)}`;
  const rows = [
    '| | seconds | computed for 140 million entries | hits | peak memory, MiB |',
    '| --- | --- | --- | --- | --- |',
  ];
  const openings = [];
  for (const [name, query] of Object.entries(queries)) {
    const { opening, times, found, memory } = await work({
      index,
      origin: log.origin,
      keyId: log.keyId.toString('base64'),
      query,
    });
    openings.push(opening);
    const hits = (found / query.length).toFixed(1);
    rows.push(
      `| search for ${name} | ${spread(times, 3)} | ${forProduction(times)} | ${hits} | ${memory.toFixed(0)} |`,
    );
  }
  rows.push(`| open the index | ${spread(openings, 3)} | ${forProduction(openings)} | | |`);
  console.log(rows.join('\n'));
}

/** Writes an index of entries with certificates, with the builder of the index. */
async function fill(index, log, { SegmentBuilder, segmentName, logFolder, maxEntries }) {
  const path = logFolder(index, log);
  await mkdir(path, { recursive: true });
  const root = Buffer.alloc(32, 1);
  for (let first = 0; first < indexed; first += maxEntries) {
    const segment = new SegmentBuilder(log.origin, first);
    for (let at = first; at < Math.min(first + maxEntries, indexed); at++) segment.add(claimsOf(at));
    segment.root = root;
    await writeFile(join(path, segmentName(first)), segment.file());
  }
}

/** Returns the claims of an entry, with texts that are distinct as those of real ones are. The index stores only their hashes. */
function claimsOf(at) {
  const distinct = (name) => name + at.toString(16).padStart(63, '0');
  const project = (at * 7919) % identities;
  const owner = project % 50_000;
  const repository = `https://github.com/organization-${owner}/some-project-${project}`;
  const certificate = {
    certificateHash: distinct('a'),
    keyHash: distinct('b'),
    names: [{ kind: 'uri', value: `${repository}/.github/workflows/release-and-publish.yml@refs/heads/main` }],
    claims: {
      issuer: 'https://token.actions.githubusercontent.com',
      sourceRepositoryUri: repository,
      sourceRepositoryIdentifier: `900${project}`,
      sourceRepositoryOwnerIdentifier: `100${owner}`,
    },
  };
  const digests = [{ algorithm: 'sha256', value: distinct('c'), of: 'signed' }];
  return {
    type: 'signature',
    kind: 'hashedrekord',
    digests,
    signers: [{ kind: 'certificate', certificate }],
    problems: [],
  };
}

/** Runs a task in a process of its own. */
async function work(task) {
  const args = [join(bench, 'monitor-worker.mjs'), program, JSON.stringify(task)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}

/** Returns the size of all files in a folder, in bytes. */
async function size(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, each) => sum + each, 0);
}

function column(rows, name, digits) {
  return spread(
    rows.map((row) => row[name]),
    digits,
  );
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function number(value) {
  return value.toLocaleString('en');
}
