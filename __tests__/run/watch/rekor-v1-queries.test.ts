import { expect, test } from '@jest/globals';
import { rekorV1Queries } from '../../../src/run/watch/rekor-v1-queries.ts';
import { emptyPolicy, repository } from '../../monitor/rules/kit.ts';

const memory = { workflows: () => ({ workflows: [], refs: [] }) };
const queriesOf = (workflows: readonly string[], host = 'github.com') => {
  const policy = { ...emptyPolicy, host, repositories: [repository({ workflows, refs: ['refs/tags/v1'] })] };
  const { values, missed } = rekorV1Queries(policy, memory, new Map());
  const names = values.flatMap(({ queries }) =>
    queries.flatMap(({ query }) => (query.kind === 'name' ? [query.name] : [])),
  );
  return { names, missed };
};

test('a workflow is searched for on the host of the policy', () => {
  const path = 'octo/app/.github/workflows/release.yml@refs/tags/v1';
  expect(queriesOf(['release.yml']).names).toContain(`https://github.com/${path}`);
  expect(queriesOf(['release.yml'], 'octo.ghe.com').names).toContain(`https://octo.ghe.com/${path}`);
});

test('a workflow of another repository or folder is not searched for, and the report says so', () => {
  for (const workflow of ['other/app/.github/workflows/sign.yml', 'ci/release.yml']) {
    const { names, missed } = queriesOf([workflow]);
    expect(names).toEqual([]);
    expect(missed).toContain(`signatures of octo/app by workflows of other repositories are not found: ${workflow}`);
  }
});
