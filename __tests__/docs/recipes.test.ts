/**
 * docs/README.md and docs/recipes/: their links lead somewhere, a test runs each block of code, and every input and option that they name
 * exists. `workflows.test.ts` checks their workflows.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  type CommandName,
  declaredActions,
  flagsOf,
  instanceRows,
  type OptionTable,
  type PolicyRow,
  policyRows,
  registryRows,
  signRows,
  verifyRows,
} from '../../src/options/index.ts';
import { type Block, blocksOf, blocksUnder, exampleWorkflows, pagesOf, rootPath } from '../kit/pages.ts';

const checkPage = 'docs/recipes/required-check.md';
const recipes = await pagesOf('docs/recipes');
const pages = ['docs/README.md', ...recipes];
const examples = await exampleWorkflows();
const blocks: readonly (Block & { readonly page: string })[] = (
  await Promise.all(pages.map(async (page) => (await blocksOf(page)).map((block) => ({ ...block, page }))))
).flat();
const declared = declaredActions();
const reusable: Readonly<Record<string, { readonly inputs: object; readonly outputs: object }>> = Object.fromEntries(
  await Promise.all(
    ['sign', 'verify'].map(async (name) => [
      `${name}.yml`,
      parse(await readFile(rootPath(`.github/workflows/${name}.yml`), 'utf8')).on.workflow_call,
    ]),
  ),
);

/** The test that runs each block of code; `linted` for workflows that are variants of another one, `text` for what is not to be pasted. */
const runBy: Readonly<Record<string, string>> = {
  'migrating.md, actions/attest: text': 'text',
  'migrating.md, actions/attest: yaml': 'interop/examples',
  'migrating.md, cosign: text': 'text',
  'migrating.md, cosign: yaml': 'interop/examples',
  'migrating.md, gh-action-sigstore-python: text': 'text',
  'migrating.md, gh-action-sigstore-python: yaml': 'interop/examples',
  'migrating.md, slsa-github-generator: text': 'text',
  'npm-package.md, Sign the package: sh': 'docs/npm-package',
  'npm-package.md, Sign the package: text': 'docs/npm-package',
  'npm-package.md, Verify the package: sh': 'docs/npm-package',
  'provenance.md, Read the provenance: sh': 'interop/examples',
  'provenance.md, Sign in a job of its own: yaml': 'interop/examples',
  'provenance.md, Sign in the job that builds: yaml': 'interop/examples',
  'provenance.md, Verify provenance of a build job: sh': 'interop/examples',
  'provenance.md, Verify provenance of sign.yml: sh': 'interop/examples',
  'provenance.md, Verify with gh: console': 'text',
  'proxy.md, In a workflow: yaml': 'docs/proxy',
  'proxy.md, The command: sh': 'docs/proxy',
  'proxy.md, Without a request: sh': 'docs/proxy',
  'release-assets.md, Sign the assets of a draft: yaml': 'interop/examples',
  'release-assets.md, The workflow: yaml': 'interop/examples',
  'release-assets.md, Verify a downloaded asset: sh': 'interop/examples',
  'required-check.md, 1. Add the workflow: yaml': 'interop/examples',
  'required-check.md, 2. Require the check: json': 'interop/examples',
  'required-check.md, 2. Require the check: sh': 'interop/examples',
  'required-check.md, 3. Protect the workflow: json': 'docs/recipes',
  'verify-without-node.md, A container image: sh': 'interop/examples',
  'verify-without-node.md, A file that sign.yml signed: sh': 'interop/recipes',
  'verify-without-node.md, In a Dockerfile: dockerfile': 'interop/recipes',
  'verify-without-node.md, In a shell script: sh': 'interop/recipes',
  'verify-without-node.md, Offline: sh': 'interop/recipes',
};

test('a test runs every block of code, and names the heading under which it is', async () => {
  const found = blocks.map(
    ({ page, heading, language }) => `${page.slice('docs/recipes/'.length)}, ${heading}: ${language}`,
  );
  expect([...new Set(found)].sort()).toEqual(Object.keys(runBy).sort());
  for (const [block, by] of Object.entries(runBy).filter(([, name]) => name !== 'text')) {
    const text = await readFile(rootPath(`__tests__/${by}.test.ts`), 'utf8');
    const [, page = '', heading = ''] = /^(.*?\.md), (.*): \w+$/.exec(block) ?? [];
    // These two show a file of examples/, which is run.
    const isExample = ['The workflow', '1. Add the workflow'].includes(heading);
    if (!isExample) expect([block, text.includes(page) && text.includes(`'${heading}'`)]).toEqual([block, true]);
  }
});

describe.each(pages)('%s', (page) => {
  test('has links that lead somewhere', async () => {
    const text = await readFile(rootPath(page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    expect(links.length).toBeGreaterThan(0);
    for (const [, path = '', anchor] of links) {
      const target = path === '' ? page : join(dirname(page), path);
      expect([target, existsSync(rootPath(target))]).toEqual([target, true]);
      if (anchor === undefined) continue;
      const titles = [...(await readFile(rootPath(target), 'utf8')).matchAll(/^#+ (.*)$/gm)];
      expect(titles.map(([, title = '']) => anchorOf(title))).toContain(anchor);
    }
  });

  test('names no npm package that anyone could register', async () => {
    const text = await readFile(rootPath(page), 'utf8');
    const runs = [...text.matchAll(/^.*\bnpx (?!--allow-git=root github:OWNER\/countersign#COMMIT ).*$/gm)];
    expect(runs.map(([line]) => line).filter((line) => !line.includes('do not run'))).toEqual([]);
  });
});

/** Returns the anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

test('docs/README.md lists every recipe and every example', async () => {
  const text = await readFile(rootPath('docs/README.md'), 'utf8');
  for (const path of recipes) expect(text).toContain(`(${path.slice('docs/'.length)})`);
  for (const name of examples.keys()) expect(text).toContain(`(../examples/${name})`);
});

test.each([
  ['docs/recipes/release-assets.md', 'release-files.yml'],
  ['docs/recipes/required-check.md', 'required-check.yml'],
])('%s shows examples/%s', async (page, name) => {
  const shown = blocks.filter((block) => block.page === page && block.language === 'yaml').map(({ text }) => text);
  expect(shown.slice(0, 1)).toEqual([examples.get(name)?.replace(/^(?:#.*\n)+/, '')]);
});

test('docs/recipes/required-check.md requires the check that the workflow has, from GitHub Actions alone', async () => {
  const json = async (heading: string) => JSON.parse((await blocksUnder(checkPage, heading, 'json')).join());
  const { jobs } = parse(examples.get('required-check.yml') ?? '');
  const verify = parse(await readFile(rootPath('.github/workflows/verify.yml'), 'utf8'));
  const [caller = ''] = Object.keys(jobs);
  const last = Object.keys(verify.jobs).at(-1) ?? '';
  expect(verify.jobs[last]).toMatchObject({ if: 'always()', name: last });
  const [rule] = (await json('2. Require the check')).rules;
  expect(rule.parameters.required_status_checks).toEqual([{ context: `${caller} / ${last}`, integration_id: 15368 }]);
  const required = await json('3. Protect the workflow');
  expect([required.type, required.parameters.workflows[0].path]).toEqual([
    'workflows',
    '.github/workflows/signatures.yml',
  ]);
});

/** The inputs and options of the other tools, in the versions that the page names. Those of cosign are compared with its help, in the interoperability tests. */
const peers: Readonly<Record<string, readonly string[]>> = {
  'actions/attest': [
    ...['subject-path', 'subject-digest', 'subject-name', 'subject-checksums', 'subject-version', 'sbom-path'],
    ...['predicate-type', 'predicate', 'predicate-path', 'push-to-registry', 'create-storage-record', 'show-summary'],
    'github-token',
  ],
  'cosign-installer': ['cosign-release', 'install-dir', 'use-sudo'],
  'gh attestation verify': [
    ...['--bundle', '--bundle-from-oci', '--cert-identity', '--cert-identity-regex', '--cert-oidc-issuer'],
    ...['--custom-trusted-root', '--deny-self-hosted-runners', '--digest-alg', '--format', '--hostname', '--jq'],
    ...['--limit', '--no-public-good', '--owner', '--predicate-type', '--repo', '--signer-digest', '--signer-repo'],
    ...['--signer-workflow', '--source-digest', '--source-ref', '--template'],
  ],
  'output of actions/attest': ['bundle-path', 'attestation-id', 'attestation-url', 'storage-record-ids'],
  'gh-action-sigstore-python': [
    ...['inputs', 'identity-token', 'oidc-client-id', 'oidc-client-secret', 'rekor-version', 'staging', 'verify'],
    ...['verify-cert-identity', 'verify-oidc-issuer', 'upload-signing-artifacts', 'release-signing-artifacts'],
    'internal-be-careful-debug',
  ],
  'generator_generic_slsa3.yml': [
    ...['base64-subjects', 'base64-subjects-as-file', 'upload-assets', 'upload-tag-name', 'provenance-name'],
    ...['compile-generator', 'private-repository', 'continue-on-error', 'draft-release'],
  ],
  'generator_container_slsa3.yml': [
    ...['image', 'digest', 'registry-username', 'registry-password', 'compile-generator', 'private-repository'],
    ...['continue-on-error', 'gcp-workload-identity-provider', 'gcp-service-account'],
    ...['provenance-registry-username', 'provenance-registry-password', 'provenance-repository'],
  ],
  'slsa-verifier': [
    ...['--build-workflow-input', '--builder-id', '--source-uri', '--source-branch', '--source-tag'],
    ...['--source-versioned-tag', '--provenance-path', '--provenance-repository', '--print-provenance'],
  ],
};

describe('docs/recipes/migrating.md', () => {
  interface Table {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }
  const names = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  let tables: readonly Table[];
  beforeAll(async () => {
    const text = await readFile(rootPath('docs/recipes/migrating.md'), 'utf8');
    tables = [...text.matchAll(/^\|.*\|\n\| ---.*\|\n((?:\|.*\|\n)+)/gm)].map(([table]) => {
      const [columns = [], , ...rows] = table
        .trimEnd()
        .split('\n')
        .map((line) =>
          line
            .slice(1, -1)
            .split('|')
            .map((cell) => cell.trim()),
        );
      return { columns, rows };
    });
  });

  const options = (command: CommandName): readonly string[] => {
    const rows: OptionTable =
      command === 'sign' ? signRows : { ...instanceRows, ...registryRows, ...verifyRows, ...policyRows };
    const policy: readonly PolicyRow[] = Object.values(policyRows);
    const aliases = policy.flatMap((row) => row.aliases ?? []);
    return [...flagsOf(rows, command), ...(command === 'verify' ? aliases : [])].map(
      ({ flags }) => /--[a-z-]+/.exec(flags)?.[0] ?? '',
    );
  };

  test('names inputs, outputs and options that exist', () => {
    const kinds: Readonly<Record<string, readonly string[]>> = {
      'sign action': Object.keys(declared.sign.inputs),
      'verify action': Object.keys(declared.verify.inputs),
      'output of the sign action': Object.keys(declared.sign.outputs),
      'sign.yml': Object.keys(reusable['sign.yml']?.inputs ?? {}),
    };
    let checked = 0;
    for (const { columns, rows } of tables) {
      const command = columns.includes('verify action') ? 'verify' : 'sign';
      for (const row of rows)
        for (const [at, column] of columns.entries()) {
          const known = column === 'command' ? options(command) : kinds[column];
          if (known === undefined) continue;
          const cell = row[at] ?? '';
          checked++;
          expect([cell, names(cell).filter((name) => !known.includes(name))]).toEqual([cell, []]);
          expect(cell.replaceAll(/`[^`]+`|, /g, '')).toMatch(/^(?:no|not yet|)$/);
        }
    }
    expect(checked).toBeGreaterThan(100);
  });

  test.each(Object.entries(peers))('has every input of %s, and no other', (title, expected) => {
    const found = tables.filter(({ columns }) => columns[0] === title).flatMap(({ rows }) => rows);
    expect(found.flatMap(([first = '']) => names(first)).sort()).toEqual([...expected].sort());
  });

  test('says in each row what to use, if the other tool has something that Countersign does not', () => {
    for (const { columns, rows } of tables.filter((table) => table.columns.at(-1) === 'note'))
      for (const row of rows)
        if (row.slice(1, -1).includes('not yet') && !/^output|^slsa-verifier$/.test(columns[0] ?? ''))
          expect([row[0], row.at(-1)]).toEqual([row[0], expect.stringMatching(/\w/)]);
  });
});
