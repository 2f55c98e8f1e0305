// Compares `countersign audit` and rekor-monitor: both read the same log of entries with certificates, up to its end. A process serves the log
// from files on loopback. rekor-monitor looks for one identity, and verifies the chain of each certificate. The audit proves each entry and
// indexes all identities, and a search then finds the same entries. Prints a Markdown table.
// Needs GNU time, and a rekor-monitor: this script does not build it.
// Usage: node bench/monitor-peers.mjs REKOR_MONITOR [RUNS] [ENTRIES]
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '../dist/lib/sandbox.mjs';
import { freePorts } from '../scripts/interop/services.mjs';
import { machine, spread } from './figures.mjs';
import { writeLog } from './log-of-certificates.mjs';
import { serve, trustedRootOf } from './served-log.mjs';

const [program, runs = '3', count = '20000'] = process.argv.slice(2);
if (program === undefined) throw new Error('Usage: node bench/monitor-peers.mjs REKOR_MONITOR [RUNS] [ENTRIES]');
const rekorMonitor = resolve(program);
const countersign = fileURLToPath(new URL('../dist/cli.mjs', import.meta.url));
const entries = Number(count);
/** One of the repositories that sign most; see log-of-certificates.mjs. */
const watched = 'organization-00002/some-project-000002';
const folder = await mkdtemp(join(process.env.COUNTERSIGN_BENCH ?? tmpdir(), 'countersign-bench-'));
const [port] = await freePorts(1);
const { files, ...log } = await writeLog(folder, entries, { origin: `127.0.0.1:${port}`, isSigned: true });
const { child, url } = await serve(files, port);
// It serves the TUF repository, from which rekor-monitor takes the log and its key.
const sandbox = await startSandbox();
try {
  console.log(`${machine(Number(runs))}; rekor-monitor ${await versionOf(rekorMonitor)}\n`);
  console.log(
    '| entries | program | wall, s | entries per second | processor, s | peak memory, MiB |\n| --- | --- | --- | --- | --- | --- |',
  );
  await writeFile(path('trusted_root.json'), JSON.stringify(trustedRootOf({ ...log, url })));
  await writeFile(path('tuf_root.json'), sandbox.tuf.rootJson);
  publish('trusted_root.json', trustedRootOf({ ...log, url }));
  const validFor = { start: '2020-01-01T00:00:00Z' };
  const rekorTlogUrls = [{ url, majorApiVersion: 2, operator: 'bench', validFor }];
  publish('signing_config.v0.2.json', { ...sandbox.signingConfig, rekorTlogUrls });
  for (const read of [entries >> 2, entries]) await compare(read);
} finally {
  await sandbox.close();
  child.kill();
  await rm(folder, { recursive: true, force: true });
}

/** Lets each program read the last entries, in turn, and prints a row for each. */
async function compare(read) {
  const from = entries - read;
  const measured = { 'rekor-monitor': [], 'countersign audit': [], 'countersign search': [] };
  for (let run = 0; run < Number(runs); run++) {
    const theirs = await byRekorMonitor(from);
    const audit = await measure([process.execPath, countersign, ...ours('audit', '--from', String(from), '--json')]);
    const search = await measure([process.execPath, countersign, ...ours('search', '--repo', watched, '--json')]);
    if (JSON.parse(audit.stdout).outcome !== 'clean') throw new Error(audit.stdout);
    const found = JSON.parse(search.stdout).entries.map(({ index }) => Number(index));
    if (found.length === 0 || String(found.sort((a, b) => a - b)) !== String(theirs.found))
      throw new Error(`Countersign found ${found.length} entries, and rekor-monitor ${theirs.found.length}`);
    for (const [name, one] of Object.entries({ audit, search })) measured[`countersign ${name}`].push(one);
    measured['rekor-monitor'].push(theirs);
    await rm(path('state'), { recursive: true });
  }
  for (const [name, all] of Object.entries(measured)) {
    const column = (value, digits) => spread(all.map(value), digits);
    const rate = name === 'countersign search' ? '' : column(({ wall }) => read / wall, 0);
    const costs = [column(({ processor }) => processor, 2), column(({ memory }) => memory, 0)];
    console.log(`| ${[read.toLocaleString('en'), name, column(({ wall }) => wall, 2), rate, ...costs].join(' | ')} |`);
  }
}

/** Returns the cost of rekor-monitor, and the indices of the entries that it finds. */
async function byRekorMonitor(startIndex) {
  const identities = path('identities.json');
  const config = {
    startIndex,
    monitoredValues: { certIdentities: [{ certSubject: `https://github\\.com/${watched}/.*` }] },
    outputIdentities: identities,
    outputIdentitiesFormat: 'json',
  };
  // JSON is YAML.
  await writeFile(path('config.yaml'), JSON.stringify(config));
  const result = await measure([
    rekorMonitor,
    ...['--tuf-repository', sandbox.urls.tuf, '--tuf-root-path', path('tuf_root.json'), '--url', url],
    ...['--file', path('state.txt'), '--config-file', path('config.yaml')],
  ]);
  // It exits with 0 after errors too.
  const lines = (await readFile(identities, 'utf8').catch(() => raise(result.stderr.slice(0, 2000))))
    .trim()
    .split('\n');
  await Promise.all(['state.txt', 'identities.json'].map((name) => rm(path(name))));
  return { ...result, found: lines.map((line) => JSON.parse(line).Index) };
}

/** Returns the arguments of a command on the log. */
function ours(name, ...options) {
  const trust = ['--instance', 'custom', '--trusted-root', path('trusted_root.json')];
  return [name, '--state', path('state'), ...trust, ...(name === 'search' ? ['--limit', '10000'] : []), ...options];
}

/** Runs a program, and returns its output and its cost. */
async function measure(command) {
  const report = path('time');
  const { stdout, stderr } = await promisify(execFile)(
    '/usr/bin/time',
    ['--output', report, '--format', '%e %U %S %M', ...command],
    { cwd: folder, env: { PATH: process.env.PATH, HOME: folder }, maxBuffer: 256 * 1024 * 1024 },
  );
  const [wall, user, system, kibibytes] = (await readFile(report, 'utf8')).trim().split(' ').map(Number);
  return { stdout, stderr, wall, processor: user + system, memory: kibibytes / 1024 };
}

function publish(name, target) {
  sandbox.tuf.setTarget(name, Buffer.from(JSON.stringify(target)));
}

/** Returns the version of the module in a Go program. */
async function versionOf(file) {
  return /\tgithub\.com\/sigstore\/rekor-monitor\t(\S+)/.exec(await readFile(file, 'latin1'))?.[1];
}

function path(name) {
  return join(folder, name);
}

function raise(message) {
  throw new Error(message);
}
