/** docs/providers/: every provider has a page, every option exists, and every policy is accepted. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { providerNames } from '../../src/identity/index.ts';
import { type OptionRow, type PolicyRequest, policyRows, signRows, verifyRows } from '../../src/options/index.ts';
import { loadPolicy } from '../../src/run/policy/index.ts';
import type { InputWorld } from '../../src/run/world/index.ts';
import { blocksOf, pagesOf, rootPath } from '../kit/pages.ts';

const pages = await pagesOf('docs/providers');
const withPage = providerNames.filter((name) => name !== 'file' && name !== 'environment');
const rows: readonly (readonly [string, OptionRow])[] = Object.entries({ ...signRows, ...verifyRows, ...policyRows });
const longFlag = ({ flags = '' }: OptionRow): string | undefined => /--[\w-]+/.exec(flags)?.[0];
const known = new Map(rows.map(([key, row]) => [longFlag(row), key]));

test('each provider has a page, which the index lists', async () => {
  expect(pages).toEqual(expect.arrayContaining(withPage.map((name) => `docs/providers/${name}.md`)));
  const index = await readFile(rootPath('docs/providers/README.md'), 'utf8');
  for (const page of pages.filter((path) => !path.endsWith('README.md')))
    expect(index).toContain(`(${page.slice('docs/providers/'.length)})`);
});

describe.each(withPage)('docs/providers/%s.md', (name) => {
  const page = `docs/providers/${name}.md`;

  test('has the sections that a reader needs', async () => {
    const text = await readFile(rootPath(page), 'utf8');
    for (const heading of ['## Claims in the certificate', '## Policy', '## Provenance'])
      expect(text).toContain(`\n${heading}\n`);
    expect(text).toContain('| `issuer` |');
  });

  test('names options that exist, and a policy that is accepted', async () => {
    const commands = (await blocksOf(page)).map(({ text }) => text.replaceAll('\\\n', ' '));
    const calls = commands.flatMap((text) => [...text.matchAll(/countersign(?:#COMMIT)? (sign|verify) [^\n]*/g)]);
    const verifies: string[] = [];
    for (const [call, command] of calls) {
      // The flag of npx comes before the name of the command.
      for (const [flag] of call.matchAll(/--[a-z][\w-]*/g)) expect([flag, known.has(flag)]).toEqual([flag, true]);
      if (command === 'verify') verifies.push(call);
    }
    expect(verifies).toHaveLength(1);
    const policy = await loadPolicy(requestOf(verifies[0] ?? ''), {} as InputWorld);
    expect(policy.warnings).toEqual([]);
    expect(policy.signer).toMatchObject({ kind: 'identity', issuer: { kind: 'exact' } });
  });
});

/** Reads the options of a policy as the command does. */
function requestOf(call: string): PolicyRequest {
  const request: Record<string, unknown> = {};
  for (const [, flag = '', value] of call.matchAll(/(--[\w-]+)(?: (?!--)(\S+))?/g)) {
    const key = known.get(flag);
    const row = key === undefined ? undefined : policyRows[key as keyof typeof policyRows];
    if (key === undefined || row === undefined) continue;
    request[key] = row.form.type === 'switch' ? true : row.form.type === 'list' ? [value] : value;
  }
  return request as PolicyRequest;
}
