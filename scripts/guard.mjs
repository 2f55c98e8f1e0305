// For each check of the verifier there is a test that fails when the check is deleted: deletes each in turn, in a copy of the tree, and
// shows the test. It takes a quarter of an hour and more. Usage: node scripts/guard.mjs [FILE or FOLDER of src/core]... [--jobs=N] [--list]
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@swc/core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const rooms = ['verify', 'log', 'certificate', 'timestamp', 'bundle', 'statement', 'trust', 'policy', 'crypto'];
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}`))?.split('=')[1];
const jobs = Number(option('jobs') ?? availableParallelism());
/** A test that does not end notices too. */
const patience = 600_000;

/** Checks that no test can tell from none, each with the reason: `file`, the check as it stands in the source, `why`. */
const unreachable = [
  {
    file: 'src/core/crypto/verify-on-curve.ts',
    what: 'scalars === undefined',
    why: 'without it the library is given undefined, which it refuses as it refuses scalars out of range',
  },
  {
    file: 'src/core/verify/verify-certificate.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing that is tried throws another error: it keeps a mistake of ours from passing for a refusal',
  },
];

/** Tests that come last: each of them takes longer than all others together. */
const slow = /verify\/(?:mutation|structure|strangers)\.test\.ts$/;

const checks = (await Promise.all((await sources()).map(checksOf))).flat();
if (process.argv.includes('--list')) {
  for (const { file, line, what } of checks) console.log(`${file}:${line}  ${what}`);
} else {
  const unguarded = await guard();
  process.exitCode = unguarded > 0 ? 1 : 0;
}

async function sources() {
  const wanted =
    paths.length > 0 ? paths.map((path) => resolve(path)) : rooms.map((room) => join(root, 'src/core', room));
  const files = await Promise.all(
    wanted.map(async (path) => {
      if ((await stat(path)).isFile()) return [path];
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return files
    .flat()
    .filter((file) => file.endsWith('.ts') && basename(file) !== 'index.ts')
    .sort();
}

/** Every check of a file: where it is, and what stands there when it is deleted. */
async function checksOf(path) {
  const source = await readFile(path);
  const tree = await parse(source.toString(), { syntax: 'typescript', target: 'es2023' });
  const file = relative(root, path).replaceAll(sep, '/');
  const found = new Map();
  // Positions are of bytes, and begin at 1.
  const text = ({ start, end }) => source.subarray(start - 1, end - 1).toString();
  const add = (span, replacement, place = span) => {
    const what = text(place).replace(/\s+/g, ' ');
    const line = source
      .subarray(0, span.start - 1)
      .toString()
      .split('\n').length;
    const spoilt = Buffer.concat([
      source.subarray(0, span.start - 1),
      Buffer.from(replacement),
      source.subarray(span.end - 1),
    ]);
    found.set(`${span.start} ${span.end}`, { file, line, what: what.slice(0, 120), spoilt });
  };
  walk(tree, (node) => {
    if (node.type === 'IfStatement' && !node.alternate && refuses(node.consequent)) {
      for (const part of parts(node.test, '||')) add(part.span, 'false');
    }
    if (node.type === 'ConditionalExpression') {
      if (isRefusal(node.alternate)) for (const part of parts(node.test, '&&')) add(part.span, 'true');
      else if (isRefusal(node.consequent)) for (const part of parts(node.test, '||')) add(part.span, 'false');
    }
    if (node.type === 'BinaryExpression' && ['??', '||'].includes(node.operator) && isRefusal(node.right)) {
      add(node.span, text(node.left.span));
    }
    if (node.type === 'ExpressionStatement' && isCheck(node.expression)) add(node.span, ';');
    for (const expression of answers(node)) {
      const conjuncts = parts(expression, '&&');
      if (conjuncts.length > 1) for (const part of conjuncts) add(part.span, 'true');
    }
  });
  return [...found.values()];
}

function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, visit);
  } else if (typeof node === 'object' && node !== null) {
    if (typeof node.type === 'string') visit(node);
    for (const [name, value] of Object.entries(node)) if (name !== 'span') walk(value, visit);
  }
}

/** The operands of a chain of one operator. */
function parts(node, operator) {
  const inner = node.type === 'ParenthesisExpression' ? node.expression : node;
  if (inner.type !== 'BinaryExpression' || inner.operator !== operator) return [node];
  return [...parts(inner.left, operator), ...parts(inner.right, operator)];
}

/** Whether a statement ends what is being done, with a failure or with a no. */
function refuses(statement) {
  const last = statement.type === 'BlockStatement' ? statement.stmts.at(-1) : statement;
  if (last?.type === 'ThrowStatement') return true;
  if (last?.type === 'ExpressionStatement') return isRefusal(last.expression);
  if (last?.type !== 'ReturnStatement') return false;
  const { argument } = last;
  if (!argument) return false;
  const isNo = argument.type === 'BooleanLiteral' && !argument.value;
  return isNo || (argument.type === 'Identifier' && argument.value === 'undefined') || isRefusal(argument);
}

/** `fail(…)`, `field.fail(…)`, `this.#fail(…)` */
function isRefusal(node) {
  const expression = node?.type === 'ParenthesisExpression' ? node.expression : node;
  return expression?.type === 'CallExpression' && /^(?:fail|refuse|reject)$/.test(calleeName(expression.callee));
}

/** A call for the sake of what it throws. */
function isCheck(node) {
  const call = node.type === 'AwaitExpression' ? node.argument : node;
  return call.type === 'CallExpression' && /^(?:check|demand|verify|match|end$|null$)/.test(calleeName(call.callee));
}

function calleeName(callee) {
  if (callee.type === 'Identifier') return callee.value;
  return callee.type === 'MemberExpression' ? String(callee.property.value ?? callee.property.id?.value ?? '') : '';
}

/** What a function answers, where that may be a yes or a no. */
function answers(node) {
  if (node.type === 'ReturnStatement' && node.argument) return [node.argument];
  if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement') return [node.body];
  if (node.type === 'VariableDeclarator' && node.id.value?.startsWith('is') && node.init) return [node.init];
  return [];
}

async function guard() {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-guard-'));
  try {
    await symlink(resolve(root, '../shared'), join(folder, 'shared'));
    await demandGreen(await copyOf(join(folder, 'green')));
    const waiting = [...checks];
    const results = [];
    const work = async (_, number) => {
      const copy = await copyOf(join(folder, `tree-${number}`));
      for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
        const result = { check, ...(await guardOf(check, copy)) };
        results.push(result);
        print(result, results.length);
      }
    };
    await Promise.all(Array.from({ length: Math.min(jobs, checks.length) }, work));
    return report(results);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A tree in which checks are deleted, whose tests pass as it is. */
async function copyOf(place) {
  await mkdir(place);
  for (const name of ['src', '__tests__', 'jest.config.mjs', 'package.json'])
    await cp(join(root, name), join(place, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(place, 'node_modules'));
  return place;
}

/** Nothing is shown by a test that fails anyhow. */
async function demandGreen(copy) {
  for (const tests of await stages('', copy)) {
    const failure = await firstFailure(tests, copy);
    if (failure !== undefined) throw new Error(`nothing was deleted, and ${failure.guardedBy} fails: ${failure.test}`);
  }
}

/** The first test that fails without the check. */
async function guardOf({ file, spoilt }, copy) {
  const path = join(copy, file);
  const whole = await readFile(path);
  await writeFile(path, spoilt);
  try {
    for (const tests of await stages(file, copy)) {
      const failure = await firstFailure(tests, copy);
      if (failure !== undefined) return failure;
    }
    return {};
  } finally {
    await writeFile(path, whole);
  }
}

/** The tests of the room, those of the other rooms with the conformance tables, and those that take long. */
async function stages(file, copy) {
  const of = async (folder) => {
    const entries = await readdir(join(copy, folder), { recursive: true });
    return entries
      .filter((entry) => entry.endsWith('.test.ts'))
      .map((entry) => `${folder}/${entry.replaceAll(sep, '/')}`);
  };
  // What asks the built command is about other sources than these.
  const tables = (await of('__tests__/conformance')).filter((test) => !test.endsWith('/protocol.test.ts'));
  const all = [...(await of('__tests__/core')), ...tables];
  const room = `__tests__/${dirname(file).replace(/^src\//, '')}/`;
  const near = file === '' ? [] : all.filter((test) => test.startsWith(room) && !slow.test(test));
  const far = all.filter((test) => !near.includes(test) && !slow.test(test));
  return [near, far, all.filter((test) => slow.test(test))].filter((tests) => tests.length > 0);
}

async function firstFailure(tests, copy) {
  const output = join(copy, 'result.json');
  await rm(output, { force: true });
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const options = [
    '--runInBand',
    '--bail=1',
    '--silent',
    '--json',
    `--outputFile=${output}`,
    '--runTestsByPath',
    ...tests,
  ];
  const node = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', jest, ...options];
  const ended = await run(node, copy);
  if (!ended) return { guardedBy: 'a test that does not end', test: '' };
  const { success, testResults } = JSON.parse(await readFile(output, 'utf8'));
  if (success) return undefined;
  for (const { name, message, assertionResults } of testResults) {
    const test = assertionResults.find(({ status }) => status === 'failed');
    const guardedBy = relative(copy, name).replaceAll(sep, '/').replace('__tests__/', '');
    if (test !== undefined) return { guardedBy, test: test.fullName };
    if (assertionResults.length === 0 && message)
      return { guardedBy, test: `(it does not load: ${message.split('\n')[0]})` };
  }
  return { guardedBy: 'jest', test: '(it failed without a test)' };
}

/** Whether it came to an end in time. */
function run(options, cwd) {
  return new Promise((settle, failed) => {
    const child = spawn(process.execPath, options, { cwd, stdio: 'ignore', timeout: patience, killSignal: 'SIGKILL' });
    child.once('error', failed);
    child.once('exit', (_, signal) => settle(signal === null));
  });
}

function print({ check, guardedBy, test }, number) {
  const verdict = guardedBy === undefined ? 'NOT GUARDED' : `${guardedBy}: ${test}`;
  console.log(`${number}/${checks.length}  ${check.file}:${check.line}  ${check.what}\n    ${verdict}`);
}

/** How many are guarded by nothing, and ought to be. */
function report(results) {
  const exception = ({ file, what }) => unreachable.find((one) => one.file === file && one.what === what);
  const open = results.filter(({ check, guardedBy }) => guardedBy === undefined && exception(check) === undefined);
  const excepted = results.filter(({ check, guardedBy }) => guardedBy === undefined && exception(check) !== undefined);
  const guarded = results.length - open.length - excepted.length;
  console.log(
    `\n${results.length} checks: ${guarded} guarded, ${excepted.length} unreachable, ${open.length} NOT GUARDED`,
  );
  for (const { check } of excepted)
    console.log(`  ${check.file}:${check.line}  ${check.what}\n    ${exception(check).why}`);
  for (const { check } of open) console.log(`  ${check.file}:${check.line}  ${check.what}\n    NOT GUARDED`);
  return open.length;
}
