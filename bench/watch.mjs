// Measures `countersign watch` on a log of honest entries with a policy of ten thousand repositories, next to `countersign audit`, and
// demands that it has no finding. A process serves the log from files on loopback. Prints Markdown.
// Usage: node bench/watch.mjs [RUNS] [ENTRIES] [VALUES]
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { machine, spread } from './figures.mjs';
import { writeLog } from './log-of-certificates.mjs';

const bench = resolve(dirname(fileURLToPath(import.meta.url)));
const runs = Number(process.argv[2] ?? 3);
const entries = Number(process.argv[3] ?? 1_000_000);
const values = Number(process.argv[4] ?? 10_000);
const folder = await mkdtemp(join(process.env.COUNTERSIGN_BENCH ?? tmpdir(), 'countersign-bench-'));

try {
  const { files, publicKey, keyId } = await writeLog(folder, entries);
  const server = spawn(process.execPath, [join(bench, 'tile-server.mjs'), files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const baseUrl = await new Promise((ready, failed) => {
      server.stdout.once('data', (line) => ready(String(line).trim()));
      server.once('exit', () => failed(new Error('the server did not start')));
    });
    await writeTrustedRoot(baseUrl, publicKey, keyId);
    await writePolicy('one.yml', 1);
    await writePolicy('many.yml', values);
    await measure();
  } finally {
    server.kill();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure() {
  const rows = {
    audit: ['audit'],
    'watch, 1 repository': ['watch', '--policy', join(folder, 'one.yml')],
    [`watch, ${values.toLocaleString('en')} repositories`]: ['watch', '--policy', join(folder, 'many.yml')],
    [`watch with the search index, ${values.toLocaleString('en')} repositories`]: [
      'watch',
      '--index',
      '--policy',
      join(folder, 'many.yml'),
    ],
  };
  console.log(`${machine(runs)}; ${entries.toLocaleString('en')} entries of Rekor v2\n`);
  console.log('| `countersign` | wall, s | processor, s | entries per second | peak memory, MiB |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const [name, args] of Object.entries(rows)) {
    const measured = [];
    for (let run = 0; run < runs; run++) measured.push(await command(args));
    const column = (key, digits) =>
      spread(
        measured.map((one) => one[key]),
        digits,
      );
    const cells = [column('wall', 2), column('processor', 2), column('rate', 0), column('memory', 0)];
    console.log(`| ${[name, ...cells].join(' | ')} |`);
  }
}

/** Runs the built command on a new state, and returns its cost. Anything but a clean result is an error. */
async function command(args) {
  const state = join(folder, 'state');
  await rm(state, { recursive: true, force: true });
  const probe = join(folder, 'probe.json');
  const program = ['--import', join(bench, 'probe.mjs'), resolve(bench, '../dist/cli.mjs')];
  const trust = ['--instance', 'custom', '--trusted-root', join(folder, 'trusted_root.json')];
  const started = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...program, ...args, ...trust, '--state', state, '--from', 'start', '--json'],
    {
      env: { PATH: process.env.PATH, HOME: folder, COUNTERSIGN_PROBE: probe, GITHUB_TOKEN: 'unused' },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const wall = (performance.now() - started) / 1000;
  const result = JSON.parse(stdout);
  if (result.outcome !== 'clean' || result.findings.length > 0 || result.logs[0].coverage.read !== entries)
    throw new Error(stdout);
  return { wall, rate: entries / wall, ...JSON.parse(await readFile(probe, 'utf8')) };
}

function writeTrustedRoot(baseUrl, rawBytes, keyId) {
  const publicKey = { rawBytes, keyDetails: 'PKIX_ED25519', validFor: { start: '2020-01-01T00:00:00Z' } };
  const tlogs = [{ baseUrl, hashAlgorithm: 'SHA2_256', publicKey, logId: { keyId } }];
  const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';
  const others = { certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };
  return writeFile(join(folder, 'trusted_root.json'), JSON.stringify({ mediaType, tlogs, ...others }));
}

/** Writes a policy of repositories that are not in the log, and whose names are like none that is. */
function writePolicy(name, count) {
  const lines = Array.from(
    { length: count },
    (_, at) => `    - { name: widget-makers-${at}/gadget-${at}, id: "${500_000_000 + at}" }`,
  );
  return writeFile(join(folder, name), `watch:\n  repositories:\n${lines.join('\n')}\n`);
}
