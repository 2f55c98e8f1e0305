// Bundles the sources for dist/.
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { groupChunks } from './chunks.mjs';
import { withoutInputTexts } from './input-texts.mjs';
import { joinChunks } from './join-chunks.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** esbuild names files by where they really are. */
const modules = realpathSync(join(root, 'node_modules'));

/** The programs that `uses:` and `npx` run: bundles for Node that share chunks. */
const programs = {
  sign: 'src/action/sign.ts',
  verify: 'src/action/verify.ts',
  monitor: 'src/action/monitor.ts',
  cli: 'src/cli/cli.ts',
  conformance: 'src/cli/conformance.ts',
};
/** The libraries for Node that share the code of the programs. */
const libraries = {
  'lib/sign': 'src/library/sign.ts',
  'lib/verify-node': 'src/library/verify-node.ts',
};
/** The library that others import: for any platform, so a Node import in it fails the build. */
const library = { 'lib/verify': 'src/core/verify/index.ts' };
/** The sandbox for the tests of others: one file, for Node alone. */
const sandbox = { 'lib/sandbox': 'sandbox/index.ts' };
/** The library for programs that monitor logs, for Node alone. */
const monitor = { 'lib/monitor': 'src/monitor/index.ts' };

/** The script of receipts, which pages have inline. It is minified, since every receipt contains it. */
const page = { page: 'src/page/main.ts' };

/** Nothing else is minified: an uncaught error prints the line that threw it, and a change of dist/ can be reviewed. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  legalComments: 'none', // LICENSES.txt has them in full
  mainFields: ['module', 'main'],
  metafile: true,
  outExtension: { '.js': '.mjs' },
  outdir: 'dist',
  write: false,
};
export const dist = join(root, 'dist');
const forNode = { ...common, platform: 'node', target: 'node20.19' };
/** The paths in a source map do not depend on where node_modules really is. */
const mapped = { sourcemap: 'linked', preserveSymlinks: true };

/** Packages that are CommonJS need the `require` that ES modules lack. */
const requireBanner = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

/**
 * Imports of packages that nothing here uses. @actions/http-client and @actions/github: undici, 415 KB. @actions/github makes an agent for a proxy
 * when it is loaded, and sends nothing through it. @actions/github: the event of the job, which it reads when it is loaded, and about which it prints
 * to the standard output if there is no such file. commander: node:child_process, for commands that are programs of their own.
 */
const leftOut = [
  {
    importers: [['commander']],
    name: 'child_process',
    contents: "export function spawn() { throw new Error('child_process is left out of this build'); }",
  },
  {
    importers: [['@actions', 'github']],
    name: './context.js',
    contents: 'export class Context {}',
  },
  {
    importers: [
      ['@actions', 'http-client'],
      ['@actions', 'github'],
    ],
    name: 'undici',
    contents: `const missing = () => { throw new Error('undici is left out of this build'); };
export class ProxyAgent { dispatch() { missing(); } }
export const fetch = missing;`,
  },
];

const withoutThose = {
  name: 'without-those',
  setup(esbuild) {
    for (const { importers, name, contents } of leftOut) {
      const folders = importers.map((names) => join(modules, ...names) + sep);
      const filter = new RegExp(`^(?:node:)?${name}$`);
      esbuild.onResolve({ filter }, ({ importer }) =>
        folders.some((folder) => importer.startsWith(folder))
          ? { path: name, namespace: 'left-out', sideEffects: false }
          : undefined,
      );
      esbuild.onLoad({ filter, namespace: 'left-out' }, () => ({ contents }));
    }
  },
};

/**
 * These modules of Node are required and not imported. Node reads every export of an imported module, and some exports load more: WebSocket of
 * node:http loads undici, which takes at least 15 ms; ReadStream of node:fs and parseArgs of node:util load code that is not used either.
 */
const withoutUnusedExports = {
  name: 'without-unused-exports',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^(?:node:)?(?:https?|fs|util)$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'required' } : undefined,
    );
    esbuild.onLoad({ filter: /^/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** The core hashes with OpenSSL in the programs: this loads less code, and is faster, than SHA-2 in JavaScript. */
export const nativeSha2 = {
  name: 'native-sha2',
  setup(esbuild) {
    const path = join(root, 'scripts/build/native-sha2.mjs');
    esbuild.onResolve({ filter: /^@noble\/hashes\/sha2\.js$/ }, ({ importer }) =>
      importer.startsWith(join(root, 'src') + sep) ? { path } : undefined,
    );
  },
};

/**
 * Imports through a folder's index.ts go to the file that is meant: the splitter takes a file that imports an index
 * for one that needs all behind it, and verifying would load what signing needs.
 */
const throughTheDoor = {
  name: 'through-the-door',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/](?:src|sandbox)[\\/].*\.ts$/ }, async ({ path }) => {
      const text = withoutInputTexts(path, await readFile(path, 'utf8'));
      const imports = [...text.matchAll(throughIndex)];
      const rewritten = await Promise.all(
        imports.map(async ([, keyword, names, door]) =>
          (await Promise.all(specifiers(names).map((one) => direct(keyword, one, resolve(dirname(path), door))))).join(
            '',
          ),
        ),
      );
      let at = 0;
      return {
        contents: text.replace(throughIndex, () => rewritten[at++]),
        loader: 'ts',
      };
    });
  },
};

/** Returns the values among the names of an import or export, with those under which they are known on either side. */
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

/** The statements that import or export names through the index.ts of a folder. */
const throughIndex = /^(import|export) \{([^}]*)\} from '(\.[^']*\/index\.ts)';$/gm;

async function direct(keyword, { name, known }, door) {
  const { file, name: own } = await behind(name, door);
  return `${keyword} { ${own} as ${known} } from ${JSON.stringify(file)};`;
}

/** Returns the file that a name of an index.ts comes from, and its name there. */
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

/** Builds the script of receipts: for browsers, so a Node import in it fails the build. */
export function pageScript() {
  return build({
    ...common,
    entryPoints: page,
    format: 'iife',
    globalName: 'countersign',
    minify: true,
    outExtension: {},
    platform: 'browser',
    plugins: [throughTheDoor],
    target: 'es2023',
  });
}

/**
 * Bundles the programs and the library.
 *
 * @returns `files`, the texts of dist/ by path, and `metafiles`, which tell what is in them
 */
export async function bundle() {
  const [split, ...single] = await Promise.all([
    build({
      ...forNode,
      entryPoints: { ...programs, ...libraries },
      chunkNames: 'chunks/[name]-[hash]',
      plugins: [withoutThose, withoutUnusedExports, nativeSha2, throughTheDoor],
      splitting: true,
    }),
    build({ ...common, ...mapped, entryPoints: library, platform: 'neutral', target: 'es2022' }),
    build({ ...forNode, ...mapped, entryPoints: sandbox, banner: { js: requireBanner } }),
    build({ ...forNode, ...mapped, entryPoints: monitor, banner: { js: requireBanner }, plugins: [nativeSha2] }),
    pageScript(),
  ]);
  if ([split, ...single].some(({ warnings }) => warnings.length > 0)) throw new Error('a warning fails the build');
  const built = single.flatMap(({ outputFiles }) => [...textsOf(outputFiles)]);
  const files = new Map([...(await inFewFiles(split)), ...built]);
  const metafiles = [split, ...single].map(({ metafile }) => metafile);
  refuseLeaks(files, metafiles);
  return { files, metafiles };
}

/** Returns the files of dist/ for the outputs of a build with splitting. */
async function inFewFiles({ outputFiles, metafile }) {
  const outputs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [
      inDist(path),
      { ...output, imports: output.imports.map((one) => (one.external ? one : { ...one, path: inDist(one.path) })) },
    ]),
  );
  const entries = Object.keys(outputs).filter((path) => outputs[path].entryPoint !== undefined);
  const isIn = (entryPoints, path) => Object.keys(entryPoints).includes(path.replace(/\.mjs$/, ''));
  const isProgram = (path) => isIn(programs, path) || isIn(libraries, path);
  const groups = groupChunks(outputs, entries.filter(isProgram)).map(({ name, members }) => ({
    file: isProgram(name) ? name : `chunks/${name}.mjs`,
    members,
  }));
  const exported = new Map(Object.entries(outputs).map(([path, output]) => [path, output.exports]));
  // What a library exports is used by others.
  const lazy = new Set(entries.filter((path) => !isIn(programs, path)));
  const texts = [...textsOf(outputFiles)].map(([path, text]) => [path, withRequire(withoutPaths(text))]);
  const joined = textsOf(await joinChunks(new Map(texts), exported, groups, lazy, forNode));
  return new Map([...joined].map(([path, text]) => [path, withTidyImports(text)]));
}

/** Removes the paths that esbuild names the wrappers of CommonJS modules by: they depend on where node_modules is. */
function withoutPaths(text) {
  return text.replace(/(\b__(?:commonJS|esm)\(\{\n +)"[^"\n]+"\(/g, '$1wrapped(');
}

/** Merges the imports at the beginning of a file, and removes comments that name modules of the second build, which are no files. */
function withTidyImports(text) {
  const all = text.replace(/^\/\/ (?:group|member|other):.*\n/gm, '');
  const [beginning] = /^(?:import (?:\{[^}]*\} from )?"\.[^"]+";\n+)*/.exec(all);
  const imports = new Map();
  for (const [, names, from] of beginning.matchAll(/^import (?:\{ ([^}]*) \} from )?"([^"]+)";$/gm))
    imports.set(from, [...(imports.get(from) ?? []), ...(names ? [names] : [])]);
  const merged = [...imports].map(([from, names]) =>
    names.length === 0 ? `import "${from}";\n` : `import { ${names.join(', ')} } from "${from}";\n`,
  );
  return `${merged.join('')}${all.slice(beginning.length)}`;
}

/** Gives esbuild's helper for required modules the `require` that ES modules lack. */
function withRequire(text) {
  return text.includes('var __require = ') ? `${requireBanner}\n${text}` : text;
}

function textsOf(outputFiles) {
  return new Map(outputFiles.map(({ path, text }) => [path.slice(dist.length + 1).replaceAll(sep, '/'), text]));
}

function inDist(path) {
  return path.replace(/^dist\//, '');
}

/** Refuses what would not run anywhere: a path of this machine, and a package that would have to be found at run time. */
function refuseLeaks(files, metafiles) {
  for (const [name, text] of files) {
    if (text.includes(root) || text.includes(JSON.stringify(root).slice(1, -1))) {
      throw new Error(`dist/${name} holds a path of this machine`);
    }
    // A library and its source map name sources by their paths in the project.
    const others = name.startsWith('lib/') ? text.replace(/(?:\/\/ |"|"\.\.\/\.\.\/)node_modules\//g, '') : text;
    if (others.includes('node_modules/')) throw new Error(`dist/${name} holds a path of a package`);
  }
  for (const { outputs } of metafiles) {
    for (const [name, { imports }] of Object.entries(outputs)) {
      const left = imports.find(({ external, path }) => external && !isBuiltin(path));
      if (left) throw new Error(`${name} imports ${left.path}, which is not bundled`);
    }
  }
}
