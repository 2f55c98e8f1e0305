// Writes docs/api: for each library of the package a page, from its docstrings, and a report of its types. With --check: fails if the files are
// not what the sources say.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiPages } from './api/pages.mjs';
import { apiReports } from './api/reports.mjs';
import { declarations } from './build/declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'docs/api');

const scratch = await mkdtemp(join(tmpdir(), 'countersign-api-'));
try {
  const files = await written();
  if (process.argv.includes('--check')) await compare(files);
  else await replace(files);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** Returns the texts of docs/api, by name. */
async function written() {
  const types = join(scratch, 'types');
  await declarations(root, types);
  await writeFile(join(scratch, 'package.json'), '{"type":"module"}');
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  // The verifier first: what several libraries export is described in the first one.
  const libraries = Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([path, declared]) => ({
      name: `countersign${path.slice(1)}`,
      file: path.slice(2).replaceAll('/', '-'),
      entry: join(types, declared.types.replace('./dist/types/', '')),
    }))
    .sort((a, b) => Number(b.file === 'verify') - Number(a.file === 'verify'));
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
  };
  const tsconfig = join(scratch, 'tsconfig.json');
  await writeFile(tsconfig, JSON.stringify({ compilerOptions, files: libraries.map(({ entry }) => entry) }));
  const project = { root, scratch, libraries, tsconfig };
  return new Map([...(await apiPages(project)), ...(await apiReports(project))]);
}

async function replace(files) {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const [name, text] of files) await writeFile(join(target, name), text);
}

async function compare(files) {
  const present = await readdir(target).catch(() => []);
  const differing = [];
  for (const name of new Set([...files.keys(), ...present].sort())) {
    const text = await readFile(join(target, name), 'utf8').catch(() => undefined);
    if (text !== files.get(name)) differing.push(`  docs/api/${name}\n`);
  }
  if (differing.length === 0) return;
  process.stderr.write(`docs/api is not what the sources say; run node scripts/api.mjs:\n${differing.join('')}`);
  process.exitCode = 1;
}
