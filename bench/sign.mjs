// Measures signing: the built action signs 1, 100 and 1,000 files of 1 MiB and one of 4 GiB against the sandbox, which runs in a
// separate process. Also compares hashing with openssl. Prints Markdown tables. Usage: node bench/sign.mjs [RUNS]
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inputVariables } from './action.mjs';
import { machine, spread, stackSettings } from './figures.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const runs = Number(process.argv[2] ?? 5);
const mebibyte = 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
const sandbox = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'sandbox', '--state', folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await new Promise((ready, failed) => {
    sandbox.stdout.once('data', ready);
    sandbox.once('exit', () => failed(new Error('the sandbox did not start')));
  });
  await bench();
} finally {
  sandbox.kill('SIGINT');
  await rm(folder, { recursive: true, force: true });
}

async function bench() {
  const variables = await stackVariables();
  console.log(`${machine(runs)}\n`);
  console.log(
    '| files | wall, s | processor, s | peak memory, MiB | requests | JavaScript before the first request, KB |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [label, count, size] of [
    ['1 of 1 MiB', 1, mebibyte],
    ['100 of 1 MiB', 100, mebibyte],
    ['1,000 of 1 MiB', 1000, mebibyte],
    ['1 of 4 GiB', 1, 4096 * mebibyte],
  ]) {
    const workspace = await makeFiles(label, count, size);
    // Not counted: loads the files into the page cache, which takes longer on a virtual machine than hashing them.
    const { javascript } = await signOnce(
      workspace,
      { ...variables, COUNTERSIGN_PROBE_MODULES: '1' },
      count,
      'warm-up',
    );
    const measured = [];
    for (let run = 0; run < runs; run++) measured.push(await signOnce(workspace, variables, count, run));
    const column = (name, digits) =>
      spread(
        measured.map((each) => each[name]),
        digits,
      );
    console.log(
      `| ${label} | ${column('wall', 2)} | ${column('processor', 2)} | ${column('memory', 0)} | ${column('requests', 0)} | ${javascript.toFixed(0)} |`,
    );
    await rm(workspace, { recursive: true });
  }
  await compareHashing();
}

async function makeFiles(label, count, size) {
  const workspace = join(folder, label.replace(/\W/g, '-'));
  await mkdir(workspace, { recursive: true });
  const noise = randomBytes(mebibyte);
  for (let index = 0; index < count; index++) {
    const path = join(workspace, `${index}.bin`);
    if (size > mebibyte) {
      // A sparse file of zeros: hashing it costs the same as hashing any file in the page cache.
      await (await open(path, 'w')).close();
      await truncate(path, size);
    } else {
      noise.writeUInt32BE(index);
      await writeFile(path, noise);
    }
  }
  return workspace;
}

/** Runs the action as a runner does, and reads the result of the probe in its process. */
async function signOnce(workspace, variables, count, run) {
  const probe = join(folder, 'probe.json');
  const bundles = join(folder, `bundles-${run}-${count}`);
  const inputs = inputVariables({
    files: '*.bin',
    instance: 'sandbox',
    'trusted-root': join(folder, 'trust/trusted_root.json'),
    'signing-config': join(folder, 'trust/signing_config.json'),
    'bundle-dir': bundles,
    'bundle-format': 'per-file',
    'upload-artifact': 'false',
    'retry-budget': '0',
  });
  const output = join(folder, 'output');
  await writeFile(output, '');
  const started = performance.now();
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', join(root, 'bench/probe.mjs'), join(root, 'dist/sign.mjs')],
    {
      cwd: workspace,
      encoding: 'utf8',
      maxBuffer: 64 * mebibyte,
      env: {
        PATH: process.env.PATH,
        ...variables,
        ...inputs,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: output,
        COUNTERSIGN_PROBE: probe,
      },
    },
  );
  const wall = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`the action failed:\n${stdout}`);
  await rm(bundles, { recursive: true });
  return { wall, ...JSON.parse(await readFile(probe, 'utf8')) };
}

async function stackVariables() {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = await stackSettings(folder);
  return { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN };
}

/** Hashes one file of 4 GiB in the page cache, in turn with the action's code and with openssl. */
async function compareHashing() {
  const path = join(folder, 'large.bin');
  await (await open(path, 'w')).close();
  await truncate(path, 4096 * mebibyte);
  const time = (command, args) => {
    const started = performance.now();
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
    return (performance.now() - started) / 1000;
  };
  const hash = join(folder, 'hash.mjs');
  await build({
    stdin: {
      contents: `import * as files from 'node:fs/promises';
        import { digestFile } from './src/subject/index.ts';
        await digestFile(files, { path: process.argv[2] }, 'sha256');`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: hash,
    target: 'node20.19',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  time('openssl', ['dgst', '-sha256', path]); // not counted: fills the page cache
  const ours = [];
  const theirs = [];
  for (let run = 0; run < runs; run++) {
    ours.push(time(process.execPath, [hash, path]));
    theirs.push(time('openssl', ['dgst', '-sha256', path]));
  }
  const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`\nSHA-256 of a file of 4 GiB, whole processes in turn (${version}):\n`);
  console.log('| | wall, s |\n| --- | --- |');
  console.log(`| Countersign | ${spread(ours, 2)} |\n| openssl dgst -sha256 | ${spread(theirs, 2)} |`);
  console.log(
    `| ratio, pair by pair | ${spread(
      ours.map((value, index) => value / theirs[index]),
      2,
    )} |`,
  );
}
