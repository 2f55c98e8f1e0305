// Chooses the tests that can notice a change to a source file, and their order.
import { basename, dirname } from 'node:path';
import { placeOf } from '../cases/parts.mjs';

/** Tests each of which takes longer than most others together. They come last. */
const slow = /(?:core\/verify\/(?:mutation|structure|strangers)|sandbox\/(?:kill|restart))\.test\.ts$/;

/** The helper through which tests run what is built; it refuses to where the sources have changed since. */
const builtHelper = '__tests__/kit/built.ts';
const programs = ['src/action/sign.ts', 'src/action/verify.ts', 'src/cli/cli.ts', 'src/cli/conformance.ts'];

export class Tests {
  #referrers = new Map();
  #built = new Map();
  #tests;
  /** The milliseconds that each test took when it last passed. */
  #durations = new Map();

  static async of(sources, files) {
    const tests = new Tests();
    const code = files.filter((file) => /^(?:src|sandbox|__tests__)\/.*\.(?:ts|mjs)$/.test(file));
    tests.#tests = code.filter((file) => file.endsWith('.test.ts') && isAtHand(file));
    for (const file of code) {
      for (const target of await sources.references(file)) {
        if (!tests.#referrers.has(target)) tests.#referrers.set(target, new Set());
        tests.#referrers.get(target).add(file);
      }
    }
    tests.#built = tests.#distances([builtHelper]);
    return tests;
  }

  passed(test, milliseconds) {
    this.#durations.set(test, milliseconds);
  }

  /**
   * Returns the stages of tests to run for a file: `tests` in their order, and whether what is built has to be built first. Tests that
   * cannot reach the file are left out. The core has to be guarded by its own tests and by the cases.
   */
  stages(file) {
    const distances = this.#distances([file]);
    const room = `__tests__/${dirname(file).replace(/^src\//, '')}/`;
    const isCore = file.startsWith('src/core/');
    const isBuilt = (test) => this.#built.has(test);
    const reaching = programs.filter((program) => distances.has(program));
    const named = reaching.length < programs.length ? reaching.map((program) => basename(program, '.ts')) : [];
    const rank = (test) => [
      slow.test(test) ? 1 : 0,
      test.startsWith(room) ? 0 : 1,
      named.some((name) => basename(test).startsWith(name)) ? 0 : 1,
      distances.get(test) ?? 0,
      this.#durations.get(test) ?? 0,
    ];
    const order = (tests) =>
      tests
        .map((test) => ({ test, rank: rank(test) }))
        .sort((a, b) => a.rank.map((value, at) => value - b.rank[at]).find((difference) => difference !== 0) ?? 0)
        .map(({ test }) => test);
    const reach = this.#tests.filter((test) => distances.has(test) && !isBuilt(test));
    if (isCore) {
      return [{ tests: order(reach.filter((test) => /^__tests__\/(?:core|cases)\//.test(test))), build: false }];
    }
    const built = this.#tests.filter((test) => isBuilt(test) && (reaching.length > 0 || distances.has(test)));
    return [
      { tests: order(reach), build: false },
      { tests: order(built), build: true },
    ].filter(({ tests }) => tests.length > 0);
  }

  /** Returns every file that refers to one of these, directly or not, with the least number of steps between them. */
  #distances(files) {
    const distances = new Map(files.map((file) => [file, 0]));
    for (const [file, distance] of distances) {
      for (const referrer of this.#referrers.get(file) ?? []) {
        if (!distances.has(referrer)) distances.set(referrer, distance + 1);
      }
    }
    return distances;
  }
}

/** Reports whether a test needs no judges, and no bundles of others that are missing. */
function isAtHand(file) {
  if (dirname(file) === '__tests__/cases') return placeOf(basename(file, '.test.ts')) !== undefined;
  return !file.startsWith('__tests__/interop/');
}
