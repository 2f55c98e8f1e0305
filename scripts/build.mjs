// Builds dist/. With --no-types: without the declarations, whose types are checked. With --check: builds beside it and fails, naming the files, unless dist/ is the same byte for byte.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
/** esbuild names files by where they really are. */
const modules = realpathSync(join(root, 'node_modules'));

/** What `uses:` and `npx` run: bundles for Node that share their chunks. */
const programs = {
  sign: 'src/action/sign.ts',
  verify: 'src/action/verify.ts',
  cli: 'src/cli/cli.ts',
  conformance: 'src/cli/conformance.ts',
};
const executables = ['cli.mjs'];

/** What others import: for any platform, so a Node import in it fails the build. */
const library = { 'lib/verify': 'src/core/verify/index.ts' };
/** The sandbox for tests of others: one file, for Node alone. */
const sandbox = { 'lib/sandbox': 'sandbox/index.ts' };

/** Packages that are CommonJS need it. */
const banner = {
  js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  minify: true,
  legalComments: 'none', // LICENSES.txt has them in full
  mainFields: ['module', 'main'],
  metafile: true,
  outExtension: { '.js': '.mjs' },
  outdir: 'dist',
  write: false,
};

/** What packages import and nothing here uses. @actions/http-client: undici, for getAgentDispatcher, 415 KB. */
const leftOut = [
  {
    importer: ['@actions', 'http-client'],
    name: 'undici',
    contents: "export class ProxyAgent { constructor() { throw new Error('undici is left out of this build'); } }",
  },
];

const withoutThose = {
  name: 'without-those',
  setup(esbuild) {
    for (const { importer: folders, name, contents } of leftOut) {
      const folder = join(modules, ...folders) + sep;
      const filter = new RegExp(`^(?:node:)?${name}$`);
      esbuild.onResolve({ filter }, ({ importer }) =>
        importer.startsWith(folder) ? { path: name, namespace: 'left-out', sideEffects: false } : undefined,
      );
      esbuild.onLoad({ filter, namespace: 'left-out' }, () => ({ contents }));
    }
  },
};

/**
 * node:http is required and not imported: of what is imported Node reads every export, and from 24 on one of them (WebSocket) loads the whole of
 * its undici, which takes 15 ms and more.
 */
const httpWithoutUndici = {
  name: 'http-without-undici',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^(?:node:)?https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'required' } : undefined,
    );
    esbuild.onLoad({ filter: /^/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Imports through a folder's index.ts go to the file that is meant: the splitter takes whoever imports an index
 * for one that needs all behind it, and verifying would load what signing needs.
 */
const throughTheDoor = {
  name: 'through-the-door',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/](?:src|sandbox)[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const imports = [...text.matchAll(/^import \{([^}]*)\} from '(\.[^']*\/index\.ts)';$/gm)];
      const rewritten = await Promise.all(
        imports.map(async ([, names, door]) =>
          (await Promise.all(specifiers(names).map((one) => directImport(one, resolve(dirname(path), door))))).join(''),
        ),
      );
      let at = 0;
      return {
        contents: text.replace(/^import \{[^}]*\} from '\.[^']*\/index\.ts';$/gm, () => rewritten[at++]),
        loader: 'ts',
      };
    });
  },
};

/** The values among the names of an import or export, with those under which they are known on either side. */
function specifiers(names) {
  return names
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('type '))
    .map((one) => {
      const [name, known = name] = one.split(' as ');
      return { name, known };
    });
}

async function directImport({ name, known }, door) {
  const { file, name: own } = await behind(name, door);
  return `import { ${own} as ${known} } from ${JSON.stringify(file)};`;
}

/** Where a name that an index.ts exports is from, and what it is called there. */
async function behind(name, door) {
  if (basename(door) !== 'index.ts') return { file: door, name };
  const text = await readFile(door, 'utf8');
  for (const [, names, source] of text.matchAll(/^export \{([^}]*)\} from '([^']+)';$/gm)) {
    const found = specifiers(names).find(({ known }) => known === name);
    if (found) return behind(found.name, resolve(dirname(door), source));
  }
  // Its own: an index.ts that is no list of others.
  return { file: door, name };
}

const target = process.argv.includes('--check') ? await mkdtemp(join(tmpdir(), 'countersign-dist-')) : dist;
try {
  await buildInto(target);
  if (target !== dist) await compare(target);
} finally {
  if (target !== dist) await rm(target, { recursive: true, force: true });
}

async function buildInto(folder) {
  const results = await Promise.all([
    build({
      ...common,
      entryPoints: programs,
      banner,
      chunkNames: 'chunks/[name]-[hash]',
      platform: 'node',
      plugins: [withoutThose, httpWithoutUndici, throughTheDoor],
      splitting: true,
      target: 'node20.19',
    }),
    build({ ...common, entryPoints: library, platform: 'neutral', target: 'es2022' }),
    build({ ...common, banner, entryPoints: sandbox, platform: 'node', target: 'node20.19' }),
  ]);
  if (results.some(({ warnings }) => warnings.length > 0)) throw new Error('a warning fails the build');
  const files = new Map();
  for (const { outputFiles } of results) {
    for (const { path, text } of outputFiles) files.set(path.slice(dist.length + 1).replaceAll(sep, '/'), text);
  }
  for (const name of executables) files.set(name, withShebang(files.get(name)));
  const metafiles = results.map(({ metafile }) => metafile);
  files.set('LICENSES.txt', await licences(metafiles));
  refuseLeaks(files, metafiles);

  await rm(folder, { recursive: true, force: true });
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  for (const name of executables) await chmod(join(folder, name), 0o755);
  if (!process.argv.includes('--no-types')) await declarations(join(folder, 'types'));
}

function withShebang(text) {
  return text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`;
}

/** The licence of each package of which something was bundled. */
async function licences(metafiles) {
  const packages = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input) ?? [];
        if (folder && bytesInOutput > 0) packages.add(folder);
      }
    }
  }
  const chapters = new Map();
  for (const folder of packages) {
    const { name, version, license, author } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const by = author?.name ?? author ?? 'its authors';
    const stated = `The package holds no licence text. It states: ${license ?? 'no licence'}, by ${by}.`;
    chapters.set(`${name} ${version} (${license ?? 'none stated'})`, (await licence(join(root, folder))) ?? stated);
  }
  const sorted = [...chapters].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([title, text]) => `${title}\n${'='.repeat(title.length)}\n\n${text}\n`).join('\n\n');
}

/** A package's licence file; older packages have it as the last chapter of their README. */
async function licence(folder) {
  const files = (await readdir(folder)).sort();
  const file = files.find((entry) => /^(licen[cs]e|copying)([.-]|$)/i.test(entry));
  const readme = files.find((entry) => /^readme(\.|$)/i.test(entry));
  if (!file && !readme) return undefined;
  const text = (await readFile(join(folder, file ?? readme), 'utf8')).replaceAll('\r\n', '\n');
  const [chapter] = file ? [text] : (/^#+ *licen[cs]e[\s\S]*$/im.exec(text) ?? []);
  return chapter?.trim();
}

/** dist/ runs anywhere: no path of this machine, and no package left to be found at run time. */
function refuseLeaks(files, metafiles) {
  for (const [name, text] of files) {
    if (text.includes(root) || text.includes(JSON.stringify(root).slice(1, -1))) {
      throw new Error(`dist/${name} holds a path of this machine`);
    }
  }
  for (const { outputs } of metafiles) {
    for (const [name, { imports }] of Object.entries(outputs)) {
      const left = imports.find(({ external, path }) => external && !isBuiltin(path));
      if (left) throw new Error(`${name} imports ${left.path}, which is not bundled`);
    }
  }
}

async function declarations(folder) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('tsc could not write the declarations');
  // What the exports do not lead to is nobody's, and may need packages that are not installed with this one.
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const types = Object.values(exports).flatMap(({ types }) => (types ? [types.replace('./dist/types', folder)] : []));
  const reached = new Set(types.map((path) => resolve(path)));
  for (const file of reached) {
    for (const [, path] of (await readFile(file, 'utf8')).matchAll(/['"](\.{1,2}\/[^'"]+)\.ts['"]/g)) {
      reached.add(resolve(dirname(file), `${path}.d.ts`));
    }
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(path)) await rm(path);
  }
}

async function compare(folder) {
  const [built, committed] = await Promise.all([read(folder), read(dist)]);
  const names = [...new Set([...built.keys(), ...committed.keys()])].sort();
  const differing = names.filter((name) => !same(built.get(name), committed.get(name)));
  if (differing.length === 0) return;
  const list = differing.map((name) => `  dist/${name}${complaint(built.get(name), committed.get(name))}`).join('\n');
  process.stderr.write(`dist/ is not what its sources build; run npm run build:\n${list}\n`);
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

/** Every file under a folder, by its path in it. */
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
