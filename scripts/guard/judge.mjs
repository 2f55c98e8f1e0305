// Decides whether a test notices that a check is deleted.

/** So many tests that cannot be loaded are taken to show that none can. */
const maxLoadFailures = 3;

/** Without a test that ends for so long, a run is looked into. */
const basePatience = 120_000;

/** Holds what is known of the tests while nothing is deleted. */
export class Judge {
  #tests;
  #withBuild;
  #green = new Map();
  #longest = new Map();
  /** Tests that fail although nothing is deleted: they show nothing. */
  broken = new Map();

  /** @param withBuild whether tests of what is built are run as well */
  constructor(tests, withBuild) {
    this.#tests = tests;
    this.#withBuild = withBuild;
  }

  /**
   * Returns the verdict about a check, and the test that notices.
   *
   * - `guarded`: a test fails without the check, and passes with it
   * - `endless`: a test does not end, twice, and passes with the check
   * - `crash`: a test ends the process that it runs in, twice, and passes with the check
   * - `load`: without the check, the source or a test cannot be loaded or built, and no other test notices
   * - `unclear`: a test did not end in time, with the check neither
   * - `open`: no test notices
   */
  async judge({ file, spoilt }, tree) {
    await tree.spoil(file, spoilt);
    const unclear = [];
    const unloadable = [];
    try {
      for (const { tests, build } of this.#tests.stages(file)) {
        if (build && !this.#withBuild) continue;
        const found = await this.#firstNotice(tests, build, tree, unclear, unloadable);
        if (found !== undefined) return found;
      }
    } finally {
      await tree.restore();
    }
    if (unloadable.length > 0) return unloadable[0];
    return unclear.length > 0 ? { verdict: 'unclear', by: unclear[0], test: '' } : { verdict: 'open' };
  }

  async #firstNotice(tests, build, tree, unclear, unloadable) {
    let waiting = tests.filter((test) => !this.broken.has(test));
    while (waiting.length > 0) {
      const problem = build ? await tree.build() : undefined;
      if (problem !== undefined) return { verdict: 'load', by: 'scripts/build.mjs', test: problem };
      const { passed, failure, longest } = await tree.run(waiting, this.#patience, {
        toTheEnd: startsProcesses(waiting, build),
      });
      this.#learn(passed, failure, longest);
      if (failure === undefined) return undefined;
      const verdict = await this.#confirm(failure, build, tree);
      if (verdict === 'unclear') unclear.push(failure.file);
      else if (verdict === 'load') {
        unloadable.push({ verdict, by: failure.file, test: failure.test });
        if (unloadable.length >= maxLoadFailures) return unloadable[0];
      } else if (verdict !== undefined) return { verdict, by: failure.file, test: failure.test };
      waiting = waiting.filter((test) => !passed.has(test) && test !== failure.file);
    }
    return undefined;
  }

  /** Returns what a failure shows, once the same test has passed with the check in its place. */
  async #confirm(failure, build, tree) {
    if (failure.kind === 'failed' || failure.kind === 'load') {
      const passes = await this.#passesWhole(failure, build, tree);
      if (!passes) return undefined;
      return failure.kind === 'load' ? 'load' : 'guarded';
    }
    // How long a test takes says more of the machine than of the check. Under the same load, the test with the check has to end; and
    // without it, again not.
    if (!(await this.#passesWhole(failure, build, tree, true))) return 'unclear';
    if (build) await tree.build();
    const again = await tree.run([failure.file], this.#patience, {
      toTheEnd: startsProcesses([failure.file], build),
      ...only(failure),
    });
    if (again.failure === undefined) return undefined;
    return { failed: 'guarded', crashed: 'crash' }[again.failure.kind] ?? 'endless';
  }

  /** Reports whether a test passes with the check in its place. A source's tests are asked once, others and slow ones each time. */
  async #passesWhole(failure, build, tree, afresh = build) {
    const { file } = failure;
    if (!afresh && this.#green.has(file)) return true;
    const {
      failure: second,
      longest,
      passed,
    } = await tree.whole(async () => {
      const problem = build ? await tree.build() : undefined;
      if (problem !== undefined) throw new Error(`nothing was deleted, and dist/ cannot be built: ${problem}`);
      const control = (filter) => tree.run([file], () => 600_000, { toTheEnd: true, ...filter });
      const one = await control(afresh ? only(failure) : {});
      // A name of a test that changes from run to run is not found again.
      return one.failure === undefined && one.count === 0 ? control({}) : one;
    });
    this.#learn(passed, second, longest);
    this.#longest.set(file, Math.max(this.#longest.get(file) ?? 0, longest));
    if (second === undefined) {
      this.#green.set(file, true);
      return true;
    }
    if (!afresh || second.kind === 'failed' || second.kind === 'load') this.broken.set(file, second.test);
    return false;
  }

  /** Returns the time that a file may take from one test to the next: much longer than with every check in its place. */
  #patience = (file) => Math.max(basePatience, 5 * (this.#longest.get(file) ?? 0));

  #learn(passed, failure, longest) {
    for (const [file, milliseconds] of passed) {
      this.#tests.passed(file, milliseconds);
      if (failure === undefined)
        this.#longest.set(file, Math.max(this.#longest.get(file) ?? 0, Math.min(longest, milliseconds)));
    }
  }
}

/** Reports whether tests may start processes that a signal to their process group does not end: they have to stop them themselves. */
function startsProcesses(tests, build) {
  return build || tests.some((test) => /^(?:sandbox\/__tests__|__tests__\/kit)\/runner\//.test(test));
}

function only({ kind, test }) {
  return kind === 'stalled' || kind === 'crashed' || test === '' ? {} : { test };
}
