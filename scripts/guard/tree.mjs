// A copy of the project in which checks are deleted, and its tests are run.
import { execFileSync, spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { casesFolder } from '../cases/parts.mjs';

const underWay = new Set();

/** Ends every process that was started for a test. */
export function endAll() {
  for (const child of underWay) end(child);
}

function end(child) {
  try {
    // With all that it has started: it leads a process group.
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

export class Tree {
  #path;
  #temporary;
  #source;
  #spoilt;
  #builtFrom;

  /** Copies the project to `folder/name`. */
  static async copy(root, files, folder, name) {
    const tree = new Tree();
    tree.#path = join(folder, name);
    tree.#temporary = join(folder, `${name}-tmp`);
    await mkdir(tree.#path);
    await mkdir(tree.#temporary);
    const folders = new Set(files.map((file) => dirname(file)));
    for (const each of folders) await mkdir(join(tree.#path, each), { recursive: true });
    for (const file of files) await copyFile(join(root, file), join(tree.#path, file));
    await symlink(join(root, 'node_modules'), join(tree.#path, 'node_modules'));
    // Some tests ask git what belongs to the project.
    const git = (...args) => execFileSync('git', args, { cwd: tree.#path, stdio: 'ignore' });
    git('init', '--quiet');
    await writeFile(join(tree.#path, '.git/info/exclude'), 'node_modules\n');
    git('add', '--all');
    return tree;
  }

  /** Puts the text of a source file without a check in its place. */
  async spoil(file, spoilt) {
    this.#source = { file, whole: await readFile(join(this.#path, file)) };
    this.#spoilt = spoilt;
    await writeFile(join(this.#path, file), spoilt);
  }

  async restore() {
    if (this.#source !== undefined) await writeFile(join(this.#path, this.#source.file), this.#source.whole);
    this.#source = undefined;
    this.#spoilt = undefined;
  }

  /** Does something with the file as it was, and puts the spoilt one back. */
  async whole(work) {
    const { file } = this.#source;
    const spoilt = this.#spoilt;
    await this.restore();
    try {
      return await work();
    } finally {
      await this.spoil(file, spoilt);
    }
  }

  /** Builds dist/. Returns what esbuild says if it cannot. */
  async build() {
    if (this.#builtFrom === this.#spoilt && this.#builtFrom !== undefined) return undefined;
    const options = { cwd: this.#path, stdio: ['ignore', 'ignore', 'pipe'], detached: true };
    const child = spawn(process.execPath, ['scripts/build.mjs', '--no-types'], options);
    underWay.add(child);
    let problem = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      problem += text;
    });
    const code = await new Promise((settle) => child.once('close', settle));
    underWay.delete(child);
    this.#builtFrom = code === 0 ? this.#spoilt : undefined;
    return code === 0 ? undefined : problem.trim().split('\n')[0] || 'the build failed';
  }

  /**
   * Runs tests in their order, up to the first that fails.
   *
   * @param patience of each test file: how many milliseconds may pass without a test that ends
   * @param options.test the full name of the one test to run
   * @param options.toTheEnd whether a file in which a test fails runs to its end: it may have started what it has to stop
   * @returns `passed`, with how long each file took; `count`, of the tests that passed; `failure`, undefined or the first: its kind
   *   (`failed`, `load`, `late`, `stalled`, `crashed`), its file and its test; `longest`, the longest time without a test that ended
   */
  async run(tests, patience, { test, toTheEnd = false } = {}) {
    const jest = join('node_modules', 'jest', 'bin', 'jest.js');
    const args = [
      '--disable-warning=ExperimentalWarning',
      '--experimental-vm-modules',
      jest,
      ...['--runInBand', '--bail=1', '--silent', '--testLocationInResults=false'],
      `--reporters=${join(this.#path, 'scripts/guard/reporter.mjs')}`,
      `--testSequencer=${join(this.#path, 'scripts/guard/sequencer.mjs')}`,
      '--testPathIgnorePatterns=/node_modules/', // jest.config.mjs leaves out those that need bundles of others
      ...(test === undefined ? [] : [`--testNamePattern=^${test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`]),
      ...['--runTestsByPath', ...tests],
    ];
    await rm(this.#temporary, { recursive: true, force: true });
    await mkdir(this.#temporary);
    const child = spawn(process.execPath, args, {
      cwd: this.#path,
      env: {
        ...process.env,
        TMPDIR: this.#temporary,
        COUNTERSIGN_CASES: casesFolder(),
        GUARD_ORDER: JSON.stringify(tests.map((each) => join(this.#path, each))),
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
    });
    underWay.add(child);
    const result = { passed: new Map(), failure: undefined, count: 0, longest: 0 };
    let file = tests[0];
    let heard = Date.now();
    let timer;
    const fail = (failure) => {
      result.failure ??= failure;
      if (!toTheEnd || failure.kind === 'stalled') end(child);
    };
    const wait = () => {
      result.longest = Math.max(result.longest, Date.now() - heard);
      heard = Date.now();
      clearTimeout(timer);
      timer = setTimeout(() => fail({ kind: 'stalled', file, test: '' }), patience(file));
    };
    wait();
    child.on('message', (message) => {
      wait();
      if (message.kind === 'begun') file = message.file;
      else if (message.kind === 'passed') result.passed.set(message.file, message.milliseconds);
      else if (message.kind === 'ended') result.count += message.status === 'passed' ? 1 : 0;
      else fail(message);
    });
    const code = await new Promise((settle, failed) => {
      child.once('error', failed);
      child.once('close', settle);
    });
    clearTimeout(timer);
    underWay.delete(child);
    if (result.failure === undefined && code !== 0)
      result.failure = { kind: 'crashed', file, test: `exit code ${code}` };
    return result;
  }
}
