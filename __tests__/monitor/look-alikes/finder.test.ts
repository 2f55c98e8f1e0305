import { describe, expect, test } from '@jest/globals';
import { type IdentifiedName, LookAlikeFinder, type NameKind } from '../../../src/monitor/look-alikes/index.ts';

const docker: IdentifiedName = { kind: 'repo', name: 'docker/login-action', ownerId: '5429470' };

test('a look-alike is described with its target, reason, part and difference', () => {
  const finder = new LookAlikeFinder([docker]);
  expect(finder.find({ kind: 'repo', name: 'dokcer/login-action', ownerId: '7' })).toEqual({
    target: 'docker/login-action',
    rule: 'transposed',
    reason: 'Two neighbouring characters are transposed.',
    part: 'owner',
    difference: '"kc" instead of "ck" at character 3',
    score: 0.99,
    alert: true,
  });
});

describe('not a look-alike', () => {
  const finder = new LookAlikeFinder([
    docker,
    { kind: 'owner', name: 'sigstore', ownerId: '71096353' },
    { kind: 'owner', name: 'sigstage' },
    { kind: 'email', name: 'alice@example.com' },
    { kind: 'domain', name: 'example.com' },
    { kind: 'package', name: '@sigstore/verify' },
  ]);

  test.each<[string, IdentifiedName]>([
    ['a name whose owner has the id of a protected one', { kind: 'repo', name: 'dokcer/x', ownerId: '5429470' }],
    ['an owner with the id of another protected one', { kind: 'owner', name: 's1gstore', ownerId: '71096353' }],
    ['a protected name', { kind: 'owner', name: 'sigstage' }],
    ['a protected name in another case', { kind: 'owner', name: 'SigStage', ownerId: '8' }],
    ['another repository of a protected owner', { kind: 'repo', name: 'docker/login-actions' }],
    ['another package of a protected scope', { kind: 'package', name: '@sigstore/verifi' }],
    ['another host of a protected domain', { kind: 'domain', name: 'mail.example.com' }],
    ['a name without the form of its kind', { kind: 'email', name: 'alice' }],
    ['a name of a kind without protected names', { kind: 'workflow', name: 'a/b/.github/workflows/c.yml' }],
    ['a name that looks like none', { kind: 'owner', name: 'kubernetes' }],
    ['an empty name', { kind: 'owner', name: '' }],
  ])('%s', (_, name) => {
    expect(finder.find(name)).toBe(undefined);
  });

  test('without protected names, nothing', () => {
    expect(new LookAlikeFinder([]).find({ kind: 'owner', name: 'sigstore' })).toBe(undefined);
  });
});

test('the id of another owner does not hide a look-alike', () => {
  const finder = new LookAlikeFinder([{ kind: 'owner', name: 'sigstore', ownerId: '1' }]);
  expect(finder.find({ kind: 'owner', name: 'sigst0re', ownerId: '11' })?.alert).toBe(true);
  expect(finder.find({ kind: 'owner', name: 'sigst0re' })?.alert).toBe(true);
});

test('a verdict is the same the second time, also after many others', () => {
  const finder = new LookAlikeFinder([{ kind: 'owner', name: 'sigstore' }]);
  const find = (name: string) => finder.find({ kind: 'owner', name });
  const [first, other] = [find('sigst0re'), find('kubernetes')];
  expect([first?.alert, other]).toEqual([true, undefined]);
  expect([find('sigst0re'), find('kubernetes')]).toEqual([first, other]);
  for (let index = 0; index < 10_001; index++) find(`n${index}`);
  expect([find('sigst0re'), find('kubernetes')]).toEqual([first, other]);
});

test('names of one kind are not compared with those of another', () => {
  const finder = new LookAlikeFinder([{ kind: 'package', name: 'sigstore' }]);
  expect(finder.find({ kind: 'owner', name: 's1gstore' })).toBe(undefined);
});

test.each<[NameKind, string]>([
  ['repo', '"cosign" is not a repository; use the form owner/repository'],
  ['email', '"cosign" is not an e-mail address'],
  ['workflow', '"cosign" is not a workflow; use the form owner/repository/.github/workflows/file.yml'],
])('a protected name that is not a %s is refused', (kind, message) => {
  expect(() => new LookAlikeFinder([{ kind, name: 'cosign' }])).toThrow(
    expect.objectContaining({ code: 'USAGE', message }),
  );
});

describe('among several protected names', () => {
  test('an alert comes before a hint', () => {
    const names = ['cli-table3', 'cli-tables'].map((name) => ({ kind: 'package' as const, name }));
    const candidate = { kind: 'package', name: 'cli-table' } as const;
    expect(new LookAlikeFinder(names.slice(0, 1)).find(candidate)).toMatchObject({ rule: 'number', alert: false });
    expect(new LookAlikeFinder(names).find(candidate)).toMatchObject({
      rule: 'omitted',
      target: 'cli-tables',
      alert: true,
    });
  });

  test('of several hints, the one with the highest score is returned', () => {
    const finder = new LookAlikeFinder([
      { kind: 'repo', name: 'alice/tool' },
      { kind: 'repo', name: 'sirupsen/tool' },
    ]);
    expect(finder.find({ kind: 'repo', name: 'gitlab.com/sirupsen/tool' })).toMatchObject({
      target: 'sirupsen/tool',
      rule: 'other-host',
    });
  });

  test('the repositories of one owner are one target', () => {
    const names = Array.from({ length: 1000 }, (_, index) => ({
      kind: 'repo' as const,
      name: `sigstore/tool-${index}`,
    }));
    expect(new LookAlikeFinder(names).find({ kind: 'repo', name: 's1gstore/tool-7' })).toMatchObject({
      target: 'sigstore/tool-0',
      part: 'owner',
    });
  });

  test('of thousands of names, each is found', () => {
    const name = (index: number): string => `project-${index.toString(36).padStart(4, 'x')}-name`;
    const finder = new LookAlikeFinder(
      Array.from({ length: 3000 }, (_, index) => ({ kind: 'owner' as const, name: name(index) })),
    );
    for (let index = 0; index < 3000; index += 97) {
      const swapped = name(index).replace('pro', 'por');
      expect(finder.find({ kind: 'owner', name: swapped })).toMatchObject({ target: name(index), rule: 'transposed' });
      expect(finder.find({ kind: 'owner', name: `unrelated-${index}-text` })).toBe(undefined);
    }
  });
});

test.each<[string, NameKind, string, string]>([
  ['the Kelvin sign is not a k', 'owner', 'kubernetes', '\u212aubernetes'],
  ['a byte order mark is not white space', 'owner', 'sigstore', 'sigstore\ufeff'],
  ['a no-break space is not white space', 'owner', 'sigstore', 'sigstore\u00a0'],
  ['the Kelvin sign in a scope', 'package', '@tekton/cli', '@te\u212aton/cli'],
  ['the Kelvin sign in an address', 'email', 'alice@kubernetes.io', 'alice@\u212aubernetes.io'],
  ['the Kelvin sign in a repository', 'repo', 'kubernetes/kubernetes', '\u212aubernetes/kubernetes'],
  ['a local part with an at sign', 'email', 'alice@example.com', '"alice@example.com"@examp1e.com'],
])('%s', (_, kind, name, candidate) => {
  expect(new LookAlikeFinder([{ kind, name }]).find({ kind, name: candidate })).toMatchObject({ alert: true });
});

test('longer texts than names are not compared', () => {
  const finder = new LookAlikeFinder([{ kind: 'owner', name: 'sigstore' }]);
  expect(finder.find({ kind: 'owner', name: `${'a'.repeat(1023)}\u200b` })?.rule).toBe('bidi-control');
  expect(finder.find({ kind: 'owner', name: `${'a'.repeat(1024)}\u200b` })).toBe(undefined);
});

describe('hostile candidates are no error', () => {
  const names: Readonly<Record<NameKind, string>> = {
    owner: 'sigstore',
    repo: 'sigstore/cosign',
    workflow: 'sigstore/cosign/.github/workflows/release.yml@refs/heads/main',
    email: 'alice@example.com',
    domain: 'example.com',
    package: '@sigstore/verify',
  };
  const texts = ['', 'a', '-', 'rn', '\u0430', '.', '@', '/', '\ud800', '\u0000', '\u{1f468}\u200d', 'xn--'];

  test.each(Object.entries(names) as [NameKind, string][])('%s', (kind, protectedName) => {
    const finder = new LookAlikeFinder([{ kind, name: protectedName }]);
    for (const each of texts) {
      for (const text of [each, each.repeat(250)]) {
        for (const name of [
          text,
          `${text}@${text}`,
          `@${text}/${text}`,
          `a/${text}`,
          `xn--${text}`,
          `${protectedName}${text}`,
        ]) {
          expect(() => finder.find({ kind, name })).not.toThrow();
        }
      }
    }
  });
});
