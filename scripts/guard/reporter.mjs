// A reporter of jest that tells the guard of each test as it ends, so that it need not wait for the others.
import { relative, sep } from 'node:path';

export default class Reporter {
  #root;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onTestFileStart({ path }) {
    this.#tell({ kind: 'begun', file: this.#name(path) });
  }

  onTestCaseResult({ path }, { status, fullName, failureMessages }) {
    if (status !== 'failed') this.#tell({ kind: 'ended', status });
    else {
      const late = failureMessages.some((message) => /Exceeded timeout of [\d,]+ ms/.test(message));
      this.#tell({ kind: late ? 'late' : 'failed', file: this.#name(path), test: fullName });
    }
  }

  onTestFileResult({ path }, { numFailingTests, failureMessage, perfStats }) {
    const file = this.#name(path);
    if (!failureMessage) this.#tell({ kind: 'passed', file, milliseconds: perfStats.runtime });
    else if (numFailingTests === 0) {
      const test =
        failureMessage.split('\n').find((line) => /\w*Error\b|error:/i.test(line)) ?? failureMessage.slice(0, 200);
      this.#tell({ kind: 'load', file, test: test.trim().slice(0, 300) });
    }
  }

  #name(path) {
    return relative(this.#root, path).replaceAll(sep, '/');
  }

  #tell(message) {
    process.send?.(message);
  }
}
