// Shows that each check has a test: deletes the checks one at a time, in a copy of the project, and names the first test that fails
// without it. `npm run guard -- --help` lists the options.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { changedLines, projectFiles } from './guard/changed.mjs';
import { findChecks } from './guard/checks.mjs';
import { Judge } from './guard/judge.mjs';
import { Results } from './guard/results.mjs';
import { Sources } from './guard/source.mjs';
import { Tests } from './guard/tests.mjs';
import { endAll, Tree } from './guard/tree.mjs';
import { unreachable } from './guard/unreachable.mjs';

const usage = `Usage: npm run guard -- [options] [path...]

Deletes each check in turn, in a copy of the project, and names the test that notices. A path is a file or a folder of src, or
file:line. Without one, the checks of these folders are deleted:
  src/core/{verify,log,certificate,timestamp,bundle,statement,trust,policy,crypto}
  src/{node,identity,subject,sign,fetch,deliver,gate,run}

  --list              only list the checks
  --changed[=COMMIT]  only checks on lines that have changed since COMMIT (by default, since this branch left origin/main)
  --resume=FILE       keep the results in FILE, and take those from it that are there already
  --no-build          leave out the tests of what is built (__tests__/cli, __tests__/action, ...)
  --jobs=N            work on N checks at once (by default, as many as there are processors)

Exits with 1 if a check is not guarded, or if nothing can be said about it.`;

const defaultPaths = [
  ...['verify', 'log', 'certificate', 'timestamp', 'bundle', 'statement', 'trust', 'policy', 'crypto'].map(
    (room) => `src/core/${room}`,
  ),
  ...['node', 'identity', 'subject', 'sign', 'fetch', 'deliver', 'gate', 'run'].map((folder) => `src/${folder}`),
];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options, positionals } = parseArgs({
  // `--changed` may stand without a value.
  args: process.argv.slice(2).map((argument) => (argument === '--changed' ? '--changed=' : argument)),
  allowPositionals: true,
  options: {
    help: { type: 'boolean' },
    list: { type: 'boolean' },
    changed: { type: 'string' },
    resume: { type: 'string' },
    'no-build': { type: 'boolean' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});

if (options.help) console.log(usage);
else await main();

async function main() {
  const files = projectFiles(root);
  const code = files.filter((file) => /^(?:src|sandbox|__tests__)\/.*\.(?:ts|mjs)$/.test(file));
  const sources = new Sources(root, code);
  const checks = await selectedChecks(code, sources);
  if (options.list) {
    for (const { file, line, what } of checks) console.log(`${file}:${line}  ${what}`);
    return;
  }
  const scope = options['no-build'] ? 'without build' : '';
  const results = await Results.open(options.resume, root, files, scope);
  const judge = new Judge(await Tests.of(sources, code), !options['no-build']);
  const judged = await judgeAll(checks, judge, results, files);
  process.exitCode = report(judged, judge.broken) ? 0 : 1;
}

/** Returns the checks in the files, folders and lines that were named, in the order in which they were named. */
async function selectedChecks(code, sources) {
  const wanted = (positionals.length > 0 ? positionals : defaultPaths).map((argument) => {
    const [, path, line] = /^(.*?)(?::(\d+))?$/.exec(argument);
    return { argument, path: relative(root, resolve(root, path)).replaceAll(sep, '/'), line: line && Number(line) };
  });
  const isIn = (file, path) => file === path || file.startsWith(`${path}/`);
  const typescript = code.filter((file) => file.startsWith('src/') && file.endsWith('.ts'));
  for (const { argument, path } of positionals.length > 0 ? wanted : []) {
    if (!typescript.some((file) => isIn(file, path))) throw new Error(`${argument}: no sources in src are there`);
  }
  const isChanged = options.changed === undefined ? () => true : changedLines(root, options.changed);
  const found = [];
  const inOrder = new Set(wanted.flatMap(({ path }) => typescript.filter((file) => isIn(file, path)).sort()));
  for (const file of inOrder) {
    const [bytes, tree, functions] = [
      await sources.bytes(file),
      await sources.tree(file),
      await sources.functions(file),
    ];
    const lines = wanted.filter(({ path }) => isIn(file, path)).map(({ line }) => line);
    for (const check of findChecks(file, bytes, tree, functions)) {
      const isWanted = lines.some((line) => line === undefined || (check.line <= line && line <= check.lastLine));
      if (isWanted && isChanged(check)) found.push(check);
    }
  }
  return found;
}

async function judgeAll(checks, judge, results, files) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-guard-'));
  const stop = () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const waiting = checks.map((check) => ({ check, known: results.get(check) }));
    const judged = [];
    const work = async (_, number) => {
      let tree;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { check, known } = next;
        if (known === undefined) tree ??= await Tree.copy(root, files, folder, `tree-${number}`);
        const result = known ?? (await judge.judge(check, tree));
        if (known === undefined) await results.add(check, result);
        judged.push({ ...check, ...result });
        print(judged.at(-1), judged.length, checks.length);
      }
    };
    await Promise.all(Array.from({ length: Math.min(Number(options.jobs), checks.length) }, work));
    return judged;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function print({ file, line, what, ...result }, number, count) {
  console.log(`${number}/${count}  ${file}:${line}  ${what}\n    ${described(result)}`);
}

function described({ verdict, by, test }) {
  switch (verdict) {
    case 'guarded':
      return `${by}: ${test}`;
    case 'endless':
      return `${by} does not end${test === '' ? '' : `: ${test}`}`;
    case 'crash':
      return `${by} ends its process`;
    case 'load':
      return `noticed only because this does not load: ${by}: ${test}`;
    case 'unclear':
      return `UNCLEAR: ${by} does not end in time, with the check neither`;
    default:
      return 'NOT GUARDED';
  }
}

/** Prints the result of all. Returns whether each check that can be guarded is. */
function report(judged, broken) {
  const exception = ({ file, what, within }) =>
    unreachable.find((one) => one.file === file && one.what === what && (one.within ?? within) === within);
  const of = (...verdicts) => judged.filter(({ verdict }) => verdicts.includes(verdict));
  const excepted = of('open').filter((check) => exception(check) !== undefined);
  const open = of('open', 'unclear').filter((check) => !excepted.includes(check));
  const counts = [
    `${of('guarded', 'endless', 'crash').length} guarded`,
    `${of('load').length} noticed only because something does not load`,
    `${excepted.length} unreachable`,
    `${open.length} NOT GUARDED`,
  ];
  console.log(`\n${judged.length} checks: ${counts.join(', ')}`);
  for (const check of excepted)
    console.log(`  ${check.file}:${check.line}  ${check.what}\n    ${exception(check).why}`);
  for (const check of [...of('load'), ...open]) {
    console.log(`  ${check.file}:${check.line}  ${check.what}\n    ${described(check)}`);
  }
  for (const [file, test] of broken)
    console.log(`${file} fails although nothing is deleted, and was left out: ${test}`);
  return open.length === 0 && broken.size === 0;
}
