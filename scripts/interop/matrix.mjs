// A reporter of jest: prints which client accepts the signatures of which, as tables, from the tests that have just run. docs/interop.md holds the same tables.
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

const page = join(resolve(import.meta.dirname, '..', '..'), 'docs', 'interop.md');
const files = {
  verifiers: ['cosign', 'sigstore-python', 'sigstore-go', 'sigstore-js', 'countersign'],
  columns: ['signed by', 'with', 'log', 'content'],
  signers: {
    cosign: 'cosign',
    'sigstore-python': 'sigstore-python',
    countersign: 'countersign',
    action: 'the action',
  },
  cellOf: fileCell,
};
const images = {
  verifiers: ['cosign', 'countersign'],
  columns: ['images signed by', 'attached as', 'content', 'registry'],
  signers: { 'images-cosign': 'cosign', 'images-countersign': 'countersign', 'images-action': 'the action' },
  cellOf: imageCell,
};

export default class Matrix {
  #globalConfig;
  #error;

  constructor(globalConfig) {
    this.#globalConfig = globalConfig;
  }

  async onRunComplete(_, { testResults }) {
    const tables = [files, images].map((kind) => tableOf(kind, testResults));
    process.stdout.write(`\n${tables.join('\n\n')}\n`);
    if (!this.#isWhole()) return;
    const written = await readFile(page, 'utf8');
    // With what comes behind it: half of the table is not it.
    if (tables.every((table) => written.includes(`${table}\n\n`))) return;
    this.#error = new Error('docs/interop.md does not hold these tables.');
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

function tableOf({ verifiers, columns, signers, cellOf }, testResults) {
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
  const heading = [...columns, ...verifiers];
  return [`| ${heading.join(' | ')} |`, `| ${heading.map(() => '---').join(' | ')} |`, ...lines].join('\n');
}

/** Returns the place of a test in the matrix, if it is about a verifier and something that was signed. */
function fileCell(signer, titles, title) {
  const log = titles.find((one) => one.startsWith('Rekor v'));
  const content = titles.find((one) => ['message', 'attestation'].includes(one));
  const verifier = files.verifiers.find((name) => titles.at(-1) === name || title === `${name} accepts each`);
  if (log === undefined || content === undefined || verifier === undefined) return undefined;
  const services = titles.find((one) => /^the (?:sandbox|real services)$/.test(one)) ?? 'the real services';
  return { row: `| ${signer} | ${services} | ${log} | ${content} |`, verifier };
}

/** Likewise, about an image. */
function imageCell(signer, titles) {
  const [layout, content, registry, verifier] = titles;
  if (!images.verifiers.includes(verifier)) return undefined;
  return { row: `| ${signer} | ${layout} | ${content} | ${registry} |`, verifier };
}

/** Counts the tests that pass, and names those that fail. */
function inWords(cell) {
  if (cell === undefined) return 'not tested';
  return cell.failed > 0 ? `**${cell.failed} failed**` : `✓ ${cell.passed}`;
}
