// Writes biome.imports.jsonc from the list of folders below. With --check: fails if the file is not what the list says. Fails if there are
// sources that the list does not cover.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folders of src. A folder imports only from folders above it, and only through their index.ts; folders in brackets do not import
 * each other.
 */
const folders = [
  'core/errors',
  'core/encoding',
  'core/crypto',
  'core/certificate',
  'core/log',
  'core/timestamp',
  'core/bundle',
  'core/statement',
  'core/trust',
  'core/policy',
  'core/verify',
  'node',
  'services/http',
  [
    'services/fulcio',
    'services/rekor',
    'services/timestamp',
    'services/tuf',
    'services/registry',
    'services/github',
    'services/tiles',
    'services/certificate-log',
    'services/packages',
  ],
  'identity',
  'subject',
  'sign/predicates',
  'sign',
  'fetch',
  'deliver',
  'monitor/log',
  'monitor/readers',
  'monitor/entries',
  'monitor/look-alikes',
  'monitor/watch-policy',
  'monitor/rules',
  'monitor/packages',
  'monitor/evidence',
  'monitor/state',
  'monitor/search-index',
  'monitor/audit',
  'monitor/watch',
  'monitor',
  'gate',
  'report',
  'notify',
  'options',
  'run/world',
  'run/policy',
  'run/images',
  'run/verify',
  'run/release-check',
  ['run/sign', 'run/complete', 'run/audit', 'run/search'],
  'run/upgrade',
  'run/summary',
  'run/deliver',
  'run/receipt',
  'run/reissue',
  'run/watch',
  'page',
  ['action', 'cli', 'library'],
];

/** The only folders of src that the sandbox shares. */
const shared = ['core/errors', 'core/encoding'];
/** The only folder of src that starts the sandbox. */
const starting = 'cli';
/** The packages that the core may import: it has to run in a browser. */
const corePackages = '@noble/**';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'biome.imports.jsonc');

function override(includes, group, message) {
  const noRestrictedImports = {
    level: 'error',
    options: { patterns: [{ group, message: `Import rule: ${message}` }] },
  };
  return { includes, linter: { rules: { style: { noRestrictedImports } } } };
}

/** Returns the patterns that allow the index.ts of each folder, as files in `from` write it. */
function doors(from, allowed) {
  return allowed.map((folder) => `!${posix.relative(from, folder)}/index.ts`);
}

function rules(folder, above) {
  const isCore = folder.startsWith('core/');
  const from = `src/${folder}`;
  const allowed = above.map((each) => `src/${each}`);
  if (folder === starting) allowed.push('sandbox');
  // Of several patterns that match an import, the last one decides.
  const denied = isCore ? ['**', `!${corePackages}`, '!./**', '!../**'] : [];
  const message = isCore
    ? `the core imports ${corePackages} and the index.ts of the folders above this one`
    : 'only the index.ts of the folders above this one';
  return [
    override(
      [`${from}/*.ts`],
      [...denied, 'countersign/**', '../**', ...doors(from, allowed), './**/../**'],
      `${message}.`,
    ),
    override(
      [`${from}/*/**/*.ts`, ...nested(folder).map((each) => `!src/${each}/**`)],
      [...denied, 'countersign/**', '../../**', ...doors(`${from}/sub-folder`, allowed), './**/../**'],
      `${message}, and the folder that this one is in.`,
    ),
  ];
}

/** Returns the folders of the list that are in another one. */
function nested(folder) {
  return folders.flat().filter((each) => each.startsWith(`${folder}/`));
}

const overrides = folders.flatMap((entry, index) =>
  [entry].flat().flatMap((folder) => rules(folder, folders.slice(0, index).flat())),
);
const sharedDoors = shared.map((folder) => `src/${folder}`);
overrides.push(
  override(
    ['sandbox/*.ts'],
    ['countersign/**', '../**', ...doors('sandbox', sharedDoors), './*/**', '!./*/index.ts', './**/../**'],
    `of src, the sandbox shares ${shared.join(' and ')}; its folders are imported through their index.ts.`,
  ),
  override(
    ['sandbox/*/*.ts', '!sandbox/__tests__/**'],
    [
      'countersign/**',
      '../*/**',
      '!../*/index.ts',
      '../../**',
      ...doors('sandbox/sub-folder', sharedDoors),
      './**/../**',
    ],
    `of src, the sandbox shares ${shared.join(' and ')}; its folders import each other through their index.ts.`,
  ),
);

/** Returns the folders of `folder` that hold TypeScript files, without those of tests. */
async function foldersOf(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const holding = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => entry.parentPath.slice(root.length).replaceAll(sep, '/'));
  return [...new Set(holding)].filter((path) => !path.split('/').includes('__tests__')).sort();
}

/** Returns the folders whose files no rule is about. */
async function uncovered() {
  const listed = folders.flat().map((folder) => `src/${folder}`);
  const isCovered = (path) => listed.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const inSource = (await foldersOf('src')).filter((path) => !isCovered(path));
  return [...inSource, ...(await foldersOf('sandbox')).filter((path) => path.split('/').length > 2)];
}

const text = `// Written by scripts/import-rule.mjs from its list of folders.\n${JSON.stringify({ root: false, overrides }, undefined, 2)}\n`;
const missing = await uncovered();
if (missing.length > 0) {
  process.stderr.write(`scripts/import-rule.mjs has no rule for ${missing.join(', ')}\n`);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8')) !== text) {
  process.stderr.write(
    'biome.imports.jsonc is not what scripts/import-rule.mjs writes; run node scripts/import-rule.mjs\n',
  );
  process.exitCode = 1;
}
