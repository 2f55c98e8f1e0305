// A reporter of jest: who accepts what whom has signed, as a table, from the tests that have just run. docs/interop.md holds the same table.
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

const page = join(resolve(import.meta.dirname, '..', '..'), 'docs', 'interop.md');
const verifiers = ['cosign', 'sigstore-python', 'sigstore-go', 'sigstore-js', 'countersign'];
const signers = {
  cosign: 'cosign',
  'sigstore-python': 'sigstore-python',
  countersign: 'countersign',
  action: 'the action',
};
const heading = [
  `| signed by | with | log | content | ${verifiers.join(' | ')} |`,
  `| --- | --- | --- | --- | ${verifiers.map(() => '---').join(' | ')} |`,
];

export default class Matrix {
  #globalConfig;
  #error;

  constructor(globalConfig) {
    this.#globalConfig = globalConfig;
  }

  async onRunComplete(_, { testResults }) {
    const rows = new Map();
    for (const { testFilePath, testResults: tests } of testResults) {
      const signer = signers[basename(testFilePath, '.test.ts')];
      if (signer === undefined) continue;
      for (const { ancestorTitles, title, status } of tests) {
        const cell = cellOf(signer, ancestorTitles, title);
        if (cell === undefined) continue;
        const row = rows.get(cell.row) ?? new Map();
        rows.set(cell.row, row);
        const { passed = 0, failed = 0 } = row.get(cell.verifier) ?? {};
        row.set(cell.verifier, status === 'passed' ? { passed: passed + 1, failed } : { passed, failed: failed + 1 });
      }
    }
    const lines = [...rows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([row, cells]) => `${row} ${verifiers.map((name) => inWords(cells.get(name))).join(' | ')} |`);
    const table = [...heading, ...lines].join('\n');
    process.stdout.write(`\n${table}\n`);
    // With what comes behind it: half of the table is not it.
    if (!this.#isWhole() || (await readFile(page, 'utf8')).includes(`${table}\n\n`)) return;
    this.#error = new Error('docs/interop.md does not hold this table.');
    process.stderr.write(`${this.#error.message}\n`);
  }

  getLastError() {
    return this.#error;
  }

  #isWhole() {
    const { testPathPatterns, testNamePattern } = this.#globalConfig;
    return !testNamePattern && !testPathPatterns?.isSet();
  }
}

/** Where a test belongs, if it is of a verifier about something that was signed. */
function cellOf(signer, titles, title) {
  const log = titles.find((one) => one.startsWith('Rekor v'));
  const content = titles.find((one) => ['message', 'attestation'].includes(one));
  const verifier = verifiers.find((name) => titles.at(-1) === name || title === `${name} accepts each`);
  if (log === undefined || content === undefined || verifier === undefined) return undefined;
  const services = titles.find((one) => /^the (?:sandbox|real services)$/.test(one)) ?? 'the real services';
  return { row: `| ${signer} | ${services} | ${log} | ${content} |`, verifier };
}

/** How many tests hold; a failure is named, and what was not tested is not claimed. */
function inWords(cell) {
  if (cell === undefined) return 'not tested';
  return cell.failed > 0 ? `**${cell.failed} failed**` : `✓ ${cell.passed}`;
}
