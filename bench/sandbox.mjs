// Measures the sandbox: entries per second over HTTP, and the effect of a million entries. The built command writes each log in a separate
// process. The million entries are written directly to the files of the log, with the sandbox's own store. Prints Markdown
// tables. Usage: node bench/sandbox.mjs [RUNS] [ENTRIES]
import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { machine, spread, stackSettings } from './figures.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const runs = Number(process.argv[2] ?? 5);
const million = Number(process.argv[3] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = publicKey.export({ type: 'spki', format: 'der' });
const pem = publicKey.export({ type: 'spki', format: 'pem' });
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let count = 0;
try {
  console.log(`${machine(runs)}\n`);
  await entriesPerSecond();
  await costOfMany();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Measures entries per second, and the processor time of the sandbox per entry, by the number of concurrent requests. */
async function entriesPerSecond() {
  console.log('| log | at once | entries per second | processor time of the sandbox, ms per entry |');
  console.log('| --- | --- | --- | --- |');
  for (const log of ['Rekor v1', 'Rekor v2']) {
    for (const atOnce of [1, 16, 64]) {
      const measured = [];
      for (let run = 0; run < runs; run++) {
        const sandbox = await start(join(folder, `rate-${log}-${atOnce}-${run}`));
        try {
          await submitAll(sandbox, proposals(log, 200), atOnce); // not counted: warms up the JIT compiler
          const waiting = proposals(log, 2000);
          const [processor, started] = [await processorTime(sandbox), performance.now()];
          await submitAll(sandbox, waiting, atOnce);
          const wall = performance.now() - started;
          measured.push({
            rate: (2000 * 1000) / wall,
            processor: ((await processorTime(sandbox)) - processor) / 2000,
          });
        } finally {
          await stop(sandbox);
        }
      }
      console.log(`| ${log} | ${atOnce} | ${column(measured, 'rate', 0)} | ${column(measured, 'processor', 2)} |`);
    }
  }
}

/** Sends the same requests in turn to a sandbox whose logs have a few entries, and to one whose logs have a million. */
async function costOfMany() {
  const [few, many] = [join(folder, 'few'), join(folder, 'many')];
  for (const state of [few, many]) await stop(await start(state));
  const started = performance.now();
  await fill(many);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `\nBoth logs with ${million.toLocaleString('en')} entries each, written in ${seconds.toFixed(0)} s (${(await size(many)).toFixed(0)} MB on disk):\n`,
  );
  const rows = { few: [], many: [] };
  for (let run = 0; run < runs; run++) {
    for (const [name, state] of Object.entries({ few, many })) rows[name].push(await questions(state));
  }
  console.log('| | a few entries | a million |\n| --- | --- | --- |');
  for (const [name, digits] of Object.entries({
    'start, s': 2,
    'memory after the start, MiB': 0,
    'Rekor v1: add, ms': 2,
    'Rekor v1: entry by UUID, ms': 2,
    'Rekor v1: entry by index, ms': 2,
    'Rekor v1: search by digest, ms': 2,
    'Rekor v1: consistency proof, ms': 2,
    'Rekor v2: add, ms': 2,
    'Rekor v2: add an existing entry, ms': 2,
    'Rekor v2: checkpoint, ms': 2,
    'Rekor v2: full hash tile, ms': 2,
    'Rekor v2: full entry bundle, ms': 2,
    'memory at the end, MiB': 0,
  })) {
    console.log(`| ${name} | ${column(rows.few, name, digits)} | ${column(rows.many, name, digits)} |`);
  }
}

/** Returns the median of 200 sequential requests of each kind. */
async function questions(state) {
  const started = performance.now();
  const sandbox = await start(state);
  try {
    const row = {
      'start, s': (performance.now() - started) / 1000,
      'memory after the start, MiB': await memory(sandbox),
    };
    const { v1, v2 } = sandbox;
    const { treeSize, treeID } = JSON.parse(await ask(`${v1}/api/v1/log`));
    const [, v2Size] = (await ask(`${v2}/api/v2/checkpoint`)).split('\n').map(Number);
    const anywhere = (size) => Math.floor(Math.random() * size);
    const time = async (name, calls) => {
      const times = [];
      for (const call of calls) {
        const before = performance.now();
        await ask(...call);
        times.push(performance.now() - before);
      }
      row[name] = times.sort((a, b) => a - b)[times.length >> 1];
    };
    const times = (make) => Array.from({ length: 200 }, make);
    const added = { v1: proposals('Rekor v1', 300), v2: proposals('Rekor v2', 300) };
    // Not counted: warms up the JIT compiler.
    for (const { url, body } of [...added.v1.slice(200), ...added.v2.slice(200)]) await ask(url(sandbox), body);
    const uuids = [];
    for (let at = 0; at < 200; at++) {
      const index = anywhere(treeSize);
      uuids.push(Object.keys(JSON.parse(await ask(`${v1}/api/v1/log/entries?logIndex=${index}`)))[0]);
    }
    await time(
      'Rekor v1: add, ms',
      added.v1.slice(0, 200).map(({ url, body }) => [url(sandbox), body]),
    );
    await time(
      'Rekor v1: entry by UUID, ms',
      uuids.map((uuid) => [`${v1}/api/v1/log/entries/${uuid}`]),
    );
    await time(
      'Rekor v1: entry by index, ms',
      times(() => [`${v1}/api/v1/log/entries?logIndex=${anywhere(treeSize)}`]),
    );
    await time(
      'Rekor v1: search by digest, ms',
      added.v1
        .slice(0, 200)
        .map(({ digest }) => [`${v1}/api/v1/index/retrieve`, JSON.stringify({ hash: `sha256:${digest}` })]),
    );
    await time(
      'Rekor v1: consistency proof, ms',
      times(() => [`${v1}/api/v1/log/proof?firstSize=${1 + anywhere(treeSize)}&lastSize=${treeSize}&treeID=${treeID}`]),
    );
    const v2Calls = added.v2.slice(0, 200).map(({ url, body }) => [url(sandbox), body]);
    await time('Rekor v2: add, ms', v2Calls);
    await time(
      'Rekor v2: add an existing entry, ms',
      v2Calls.map((call) => [...call, 409]),
    );
    await time(
      'Rekor v2: checkpoint, ms',
      times(() => [`${v2}/api/v2/checkpoint`]),
    );
    const tile = () => tileName(anywhere(Math.floor((v2Size + 300) / 256)));
    await time(
      'Rekor v2: full hash tile, ms',
      times(() => [`${v2}/api/v2/tile/0/${tile()}`]),
    );
    await time(
      'Rekor v2: full entry bundle, ms',
      times(() => [`${v2}/api/v2/tile/entries/${tile()}`]),
    );
    row['memory at the end, MiB'] = await memory(sandbox);
    return row;
  } finally {
    await stop(sandbox);
  }
}

function tileName(index) {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  return digits.replace(/(\d{3})(?=\d)/g, 'x$1/');
}

/** Makes entries of Rekor v1 and v2 with as many keys. Their signatures are not valid; the store does not check them. */
async function fill(state) {
  const program = join(folder, 'fill.mjs');
  await build({
    stdin: {
      contents: `export { LogStore } from './sandbox/log/index.ts';
        export { leafHash } from './sandbox/merkle/index.ts';
        export { DiskStorage } from './sandbox/storage/index.ts';`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: program,
    target: 'node20.19',
  });
  const { DiskStorage, LogStore, leafHash } = await import(pathToFileURL(program));
  const logs = new DiskStorage(join(state, 'logs'));
  const trees = (await readFile(join(state, 'logs/rekor-v1/shards'), 'utf8')).trim().split('\n');
  const v1 = new LogStore(logs.folder('rekor-v1').folder(trees.at(-1)));
  const v2 = new LogStore(logs.folder('rekor-v2-shard-2'));
  const hash = (text) => createHash('sha256').update(text).digest();
  const signature = (digest) => Buffer.concat([digest, digest, digest.subarray(0, 7)]).toString('base64');
  const time = new Date();
  const keyHash = hash(pem).toString('hex');
  for (let index = 0; index < million; index++) {
    const digest = hash(`artifact ${index}`);
    const hex = digest.toString('hex');
    const one = Buffer.from(
      `{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256","value":"${hex}"}},"signature":{"content":"${signature(digest)}","publicKey":{"content":"${Buffer.from(pem).toString('base64')}"}}}}`,
    );
    // An entry is found by its artifact and by the signer's key: a thousand each here.
    const keys = [hash(`sha256:${hex}`), hash(`${keyHash} ${index % 1000}`)];
    v1.append({ bytes: one, leafHash: leafHash(one), time, keys });
    const other = Buffer.from(
      `{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"${digest.toString('base64')}"},"signature":{"content":"${signature(digest)}","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","publicKey":{"rawBytes":"${spki.toString('base64')}"}}}}}}`,
    );
    v2.append({ bytes: other, leafHash: leafHash(other), time });
  }
  logs[Symbol.dispose]();
}

/** Makes signed requests in advance. */
function proposals(log, number) {
  return Array.from({ length: number }, () => {
    const message = Buffer.from(`a signed artifact ${count++}`);
    const digest = createHash('sha256').update(message).digest();
    const content = sign('sha256', message, privateKey).toString('base64');
    const verifier = { publicKey: { rawBytes: spki.toString('base64') }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
    const body =
      log === 'Rekor v2'
        ? { hashedRekordRequestV002: { digest: digest.toString('base64'), signature: { content, verifier } } }
        : {
            apiVersion: '0.0.1',
            kind: 'hashedrekord',
            spec: {
              data: { hash: { algorithm: 'sha256', value: digest.toString('hex') } },
              signature: { content, publicKey: { content: Buffer.from(pem).toString('base64') } },
            },
          };
    const url = ({ v1, v2 }) => (log === 'Rekor v2' ? `${v2}/api/v2/log/entries` : `${v1}/api/v1/log/entries`);
    return { url, body: JSON.stringify(body), digest: digest.toString('hex') };
  });
}

async function submitAll(sandbox, waiting, atOnce) {
  const rest = [...waiting];
  const work = async () => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) await ask(next.url(sandbox), next.body);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Returns the text of an answer. Throws unless it has this status, or succeeds. */
function ask(url, body, status) {
  return new Promise((settle, fail) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(url, { method, agent, headers: { 'content-type': 'application/json' } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const right = status === undefined ? response.statusCode < 300 : response.statusCode === status;
        if (right) settle(text);
        else fail(new Error(`${response.statusCode} from ${url}: ${text}`));
      });
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

async function start(state) {
  await mkdir(state, { recursive: true });
  const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'sandbox', '--state', state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((ready, failed) => {
    child.stdout.once('data', ready);
    child.once('exit', () => failed(new Error('the sandbox did not start')));
  });
  const { REKOR1_URL: v1, REKOR2_URL: v2 } = await stackSettings(state);
  return { child, v1, v2 };
}

async function stop({ child }) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}

/** Returns the processor time of a process in milliseconds, from Linux's proc(5), where a tick is 10 ms. */
async function processorTime({ child }) {
  const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function memory({ child }) {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'));
  return Number(kibibytes) / 1024;
}

/** Returns the size of all files in a folder, in megabytes. */
async function size(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, each) => sum + each) / 1e6;
}

function column(rows, name, digits) {
  return spread(
    rows.map((row) => row[name]),
    digits,
  );
}
