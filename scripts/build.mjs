// Builds dist/. `--help` lists the options.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `Usage: npm run dist -- [options]

Builds dist/, and writes only the files that have changed.

  --check     write nothing, and fail, naming the files, unless dist/ is the same byte for byte
  --recorded  with --check: trust the record of the last build, if neither sources nor dist/ have changed since
  --no-types  without the declarations, whose types are checked
  --watch     without the declarations, and again each time that a source changes`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const types = 'types/';
const executables = ['cli.mjs'];

const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean' },
    check: { type: 'boolean' },
    recorded: { type: 'boolean' },
    'no-types': { type: 'boolean' },
    watch: { type: 'boolean' },
  },
});
const withTypes = !options['no-types'] && !options.watch;

if (options.help) console.log(usage);
else if (options.watch) await watch();
else if (options.check) await check();
else report(await update());

/** Builds dist/. Returns how many files there are and how many of them changed. */
async function update() {
  const files = await built();
  const changes = await write(dist, files);
  if (withTypes) {
    await rm(join(dist, types), { recursive: true, force: true });
    await writeDeclarations(join(dist, types));
  }
  await record();
  return { count: files.size, changes };
}

function report({ count, changes }) {
  const names = changes.length <= 5 ? `: ${changes.join(', ')}` : '';
  console.log(`dist/ is built; ${changes.length} of ${count} files changed${changes.length > 0 ? names : ''}`);
}

async function watch() {
  const { watchSources } = await import('./build/watch.mjs');
  await watchSources(root, async () => report(await update()));
}

async function check() {
  const { isRecorded } = await import('./build/record.mjs');
  if (options.recorded && (await isRecorded(root))) return;
  const folder = await mkdtemp(join(tmpdir(), 'countersign-dist-'));
  try {
    await write(folder, await built());
    if (withTypes) await writeDeclarations(join(folder, types));
    await compare(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (process.exitCode === undefined) await record();
}

async function writeDeclarations(folder) {
  const { declarations } = await import('./build/declarations.mjs');
  await declarations(root, folder);
}

async function record() {
  const { writeRecord } = await import('./build/record.mjs');
  await writeRecord(root);
}

/** Returns the texts of dist/ by path, without the declarations. */
async function built() {
  const { bundle } = await import('./build/bundle.mjs');
  const { licences } = await import('./build/licences.mjs');
  const { files, metafiles } = await bundle();
  for (const name of executables) files.set(name, withShebang(files.get(name)));
  files.set('LICENSES.txt', await licences(root, metafiles));
  return files;
}

function withShebang(text) {
  return text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`;
}

/** Writes the files that are missing or different, deletes those that are not built any more, and returns the names of both. */
async function write(folder, files) {
  const present = await read(folder);
  const changes = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    const mode = executables.includes(name) ? 0o755 : 0o644;
    const old = present.get(name);
    if (old === undefined || !old.bytes.equals(Buffer.from(text))) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      changes.push(name);
    }
    await chmod(path, mode);
  }
  for (const name of present.keys()) {
    if (files.has(name) || name.startsWith(types)) continue;
    await rm(join(folder, name));
    changes.push(name);
  }
  return changes.sort();
}

async function compare(folder) {
  const [built, committed] = await Promise.all([read(folder), read(dist)]);
  const names = [...new Set([...built.keys(), ...committed.keys()])]
    .filter((name) => withTypes || !name.startsWith(types))
    .sort();
  const differing = names.filter((name) => !same(built.get(name), committed.get(name)));
  if (differing.length === 0) return;
  const list = differing.map((name) => `  dist/${name}${complaint(built.get(name), committed.get(name))}`).join('\n');
  process.stderr.write(`dist/ is not what its sources build; run npm run dist:\n${list}\n`);
  process.exitCode = 1;
}

function same(a, b) {
  return a !== undefined && b !== undefined && a.mode === b.mode && a.bytes.equals(b.bytes);
}

function complaint(built, committed) {
  if (committed === undefined) return ': missing';
  if (built === undefined) return ': not built any more';
  return built.bytes.equals(committed.bytes) ? ': another file mode' : '';
}

/** Returns every file under a folder, by its path in it. */
async function read(folder) {
  const files = new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const executable = process.platform !== 'win32' && ((await stat(path)).mode & 0o100) !== 0;
    files.set(path.slice(folder.length + 1).replaceAll(sep, '/'), { bytes: await readFile(path), mode: executable });
  }
  return files;
}
