/** Every workflow and action file of this repository, and every workflow that its documentation shows, before zizmor. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleWorkflows, pagesOf, workflowsIn } from '../kit/pages.ts';
import { zizmor } from './kit/zizmor.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workflows = (await readdir(join(root, '.github/workflows'))).map((name) => `.github/workflows/${name}`);
const actions = ['action.yml', 'sign/action.yml', 'verify/action.yml', 'monitor/action.yml'];

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'countersign-zizmor-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A repository with these files. */
async function repository(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(home, 'repository-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return Object.keys(files).map((name) => join(folder, name));
}

describe.each([...workflows, ...actions])('%s', (name) => {
  test('is without a finding', async () => {
    const findings = await zizmor([join(root, name)], 'auditor', home);
    expect(findings.map(({ ident, desc }) => `${ident}: ${desc}`)).toEqual([]);
  });
});

test('each workflow with a fault in it has a finding, so that having none says something', async () => {
  for (const name of workflows) {
    const text = await readFile(join(root, name), 'utf8');
    const spoilt = text.replace('permissions: {}', 'permissions: write-all');
    const findings = await zizmor(await repository({ [name]: spoilt }), 'auditor', home);
    expect([name, findings.map(({ ident }) => ident)]).toEqual([
      name,
      expect.arrayContaining(['excessive-permissions']),
    ]);
  }
});

/** Zizmor audits pins, so placeholders are replaced. */
const pinned = (text: string): string => text.replaceAll('@COMMIT', `@${'0123456789'.repeat(4)}`);

test.each([...(await exampleWorkflows())])('examples/%s is without a finding', async (name, text) => {
  const findings = await zizmor(await repository({ [`.github/workflows/${name}`]: pinned(text) }), 'auditor', home);
  expect(findings.map(({ ident, desc }) => `${ident}: ${desc}`)).toEqual([]);
});

/** These recipes are about the command. */
const withoutWorkflow = ['docs/recipes/npm-package.md', 'docs/recipes/verify-without-node.md'];
const recipes = (await pagesOf('docs/recipes')).filter((page) => !withoutWorkflow.includes(page));
describe.each([
  'README.md',
  'docs/signing.md',
  'docs/verify-action.md',
  'docs/workflows.md',
  'docs/releases.md',
  ...recipes,
])('the workflows in %s', (page) => {
  test('are without a finding', async () => {
    const shown = (await workflowsIn(page)).map(({ text }) => pinned(text));
    expect(shown.length).toBeGreaterThan(0);
    const files = shown.map((block, index) => [`.github/workflows/shown-${index}.yml`, block] as const);
    const findings = await zizmor(await repository(Object.fromEntries(files)), 'regular', home);
    expect(findings.map(({ ident, desc }) => `${ident}: ${desc}`)).toEqual([]);
  });
});
