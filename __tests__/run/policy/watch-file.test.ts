/** Reads the watch's part of policy files, and compares the reader with the published JSON schema. */

import { generateKeyPairSync, hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import type { CountersignError } from '../../../src/core/errors/index.ts';
import type { WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import { readCountersignFile, readWatchPolicy } from '../../../src/run/policy/index.ts';

const path = '.github/countersign.yml';
const hex = (length: number, digit = 'a'): string => digit.repeat(length);

const page = await readFile(new URL('../../../docs/policy-file.md', import.meta.url), 'utf8');
const schema = JSON.parse(await readFile(new URL('../../../schemas/countersign.json', import.meta.url), 'utf8'));
const isValid = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

const read = (yaml: string): Promise<WatchPolicy> => readWatchPolicy(yaml, path);

async function refusal(yaml: string): Promise<CountersignError> {
  return await readCountersignFile(yaml, path).then(
    (file) => {
      throw new Error(`accepted: ${JSON.stringify(file)}`);
    },
    (error) => error,
  );
}

describe('a watch', () => {
  test('has keys, or only their hashes', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const { keys } = await read(`watch:\n  keys:\n    - ${spki.toString('base64')}\n    - "${hex(64)}"\n`);
    expect(keys).toMatchObject([
      { place: { line: 3 }, value: hash('sha256', spki), spki: new Uint8Array(spki) },
      { place: { line: 4 }, value: hex(64) },
    ]);
    const error = await refusal(`watch: { keys: ["M${hex(79, 'A')}"] }`);
    expect(error).toMatchObject({ code: 'POLICY_INVALID', message: expect.stringContaining(`${path}:1: the key`) });
  });

  test('of three lines is enough', async () => {
    const { repositories, ...rest } = await read('watch:\n  repositories:\n    - name: octo/app\n');
    expect(repositories).toEqual([
      {
        place: { line: 3 },
        name: 'octo/app',
        id: undefined,
        ownerId: undefined,
        expected: {
          workflows: [],
          jobs: [],
          refs: [],
          movingTags: [],
          triggers: [],
          runners: [],
          environments: [],
          signers: [],
          receipts: [],
        },
      },
    ]);
    expect(rest).toEqual({
      path,
      host: 'github.com',
      owners: [],
      identities: [],
      issuers: [],
      keys: [],
      digests: [],
      packages: [],
      protectedNames: [],
      rules: new Map(),
      acknowledgements: [],
    });
  });

  test('has all that it can state, with lines', async () => {
    const policy = await read(`watch:
  repositories:
    - name: octo/app
      id: 12345
      owner-id: "678"
      workflows: [release.yml, .github/workflows/other.yaml, octo/ci/.github/workflows/sign.yml]
      jobs: [release, "on"]
      refs: [refs/heads/main, "refs/tags/v*"]
      moving-tags: "refs/tags/v?"
      triggers: [push]
      runners: [self-hosted]
      environments: [production]
      signers: [octo/workflows, other]
      receipts: [receipts, ../elsewhere]
    - octo/lib
  owners: [{ name: octo, id: "678" }, plain]
  identities:
    - exact: jane@example.com
      issuer: https://accounts.google.com
    - segment: https://gitlab.com/octo
    - glob: https://gitlab.com/octo/*//.gitlab-ci.yml@refs/heads/*
  issuers: [https://token.example.com]
  keys: ["${hex(64, 'A')}"]
  digests:
    - sha256:${hex(64, 'B')}
    - { sha512: "${hex(128)}", label: app.tar.gz }
  packages: [{ npm: "@octo/app", repository: octo/app }, { pypi: octo-app }, { oci: ghcr.io/octo/app }]
  protect: [{ domain: octo.example }, { repository: octo/app, owner-id: 678 }]
  rules: { P03: off, P20: alert }
  acknowledged:
    - { finding: "${hex(64)}", reason: Known., until: 2028-02-29 }
    - rule: P07
      repository: octo/app
      reason: |
        Run again by hand.
      until: 2027-01-31
`);
    expect(policy.repositories.map(({ place, name, id, ownerId }) => [place.line, name, id, ownerId])).toEqual([
      [3, 'octo/app', '12345', '678'],
      [15, 'octo/lib', undefined, undefined],
    ]);
    expect(policy.repositories[0]?.expected).toEqual({
      workflows: ['release.yml', 'other.yaml', 'octo/ci/.github/workflows/sign.yml'],
      jobs: ['release', 'on'],
      refs: ['refs/heads/main', 'refs/tags/v*'],
      movingTags: ['refs/tags/v?'],
      triggers: ['push'],
      runners: ['self-hosted'],
      environments: ['production'],
      signers: ['octo/workflows', 'other'],
      receipts: [resolve('.github/receipts'), resolve('elsewhere')],
    });
    expect(policy.owners).toEqual([
      { place: { line: 16 }, name: 'octo', id: '678' },
      { place: { line: 16 }, name: 'plain', id: undefined },
    ]);
    expect(policy.identities).toEqual([
      { place: { line: 18 }, match: 'exact', value: 'jane@example.com', issuer: 'https://accounts.google.com' },
      { place: { line: 20 }, match: 'segment', value: 'https://gitlab.com/octo', issuer: undefined },
      {
        place: { line: 21 },
        match: 'glob',
        value: 'https://gitlab.com/octo/*//.gitlab-ci.yml@refs/heads/*',
        issuer: undefined,
      },
    ]);
    expect(policy.issuers).toEqual([{ place: { line: 22 }, value: 'https://token.example.com' }]);
    expect(policy.keys).toEqual([{ place: { line: 23 }, value: hex(64) }]);
    expect(policy.digests).toEqual([
      { place: { line: 25 }, value: `sha256:${hex(64, 'b')}`, label: undefined },
      { place: { line: 26 }, value: `sha512:${hex(128)}`, label: 'app.tar.gz' },
    ]);
    expect(policy.packages.map(({ ecosystem, name, repository }) => [ecosystem, name, repository])).toEqual([
      ['npm', '@octo/app', 'octo/app'],
      ['pypi', 'octo-app', undefined],
      ['oci', 'ghcr.io/octo/app', undefined],
    ]);
    expect(policy.protectedNames.map(({ kind, name, ownerId }) => [kind, name, ownerId])).toEqual([
      ['domain', 'octo.example', undefined],
      ['repo', 'octo/app', '678'],
    ]);
    expect([...policy.rules]).toEqual([
      ['P03', 'off'],
      ['P20', 'alert'],
    ]);
    expect(policy.acknowledgements).toEqual([
      {
        place: { line: 31 },
        what: { kind: 'finding', id: hex(64) },
        reason: 'Known.',
        until: new Date('2028-02-29T23:59:59.999Z'),
      },
      {
        place: { line: 32 },
        what: { kind: 'rule', rule: 'P07', repository: 'octo/app' },
        reason: 'Run again by hand.',
        until: new Date('2027-01-31T23:59:59.999Z'),
      },
    ]);
  });

  test('is read from a file with both parts', async () => {
    const file = await readCountersignFile('policy: { repo: octo/app }\nwatch: { owners: [octo] }', path);
    expect(file.policy).toEqual({ repo: 'octo/app' });
    expect(file.watch?.owners).toHaveLength(1);
    expect((await readCountersignFile('policy: { repo: octo/app }', path)).watch).toBeUndefined();
  });

  test('is missing in a file with only a policy', async () => {
    await expect(read('policy: { repo: octo/app }')).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: `${path}:1:1: the policy file has only "policy", and no "watch"`,
      remedy: 'Add the key "watch" with the watch of `countersign watch`.',
    });
    await expect(read('{}')).rejects.toMatchObject({ message: `${path}:1:1: the policy file is empty` });
    await expect(readCountersignFile('{}', path)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });

  test('is refused together with an invalid policy', async () => {
    await expect(read('policy: { rep: octo/app }\nwatch: { owners: [octo] }')).rejects.toMatchObject({
      message: `${path}:1:11: "rep" is not a policy key`,
    });
  });
});

const valid = [
  'policy: { repo: octo/app }',
  'policy: { repo: octo/app, log-entries: 2, any-issuer: false, source-repository-id: 42, claims: { build-trigger: push } }',
  'policy: { repo: octo/app, trigger: [push, on], refused-claims: { token-subject: [a, b] } }',
  'sign: { on-outage: [timestamp-only, second-log] }',
  'sign: { on-outage: second-log }',
  'watch: { repositories: [octo/app] }',
  'watch: { repositories: [{ name: octo/.github, workflows: release.yml, receipts: r }] }',
  'watch: { repositories: [{ name: o/n, environments: [1, true], jobs: ["build (20)"] }] }',
  'watch: { repositories: [{ name: o/n, refs: ["refs/heads/gh-readonly-queue/**", refs/pull/1/merge] }] }',
  'watch: { owners: [octo_code, { name: o, id: 18446744073709551615 }] }',
  'watch: { identities: [{ exact: "spiffe://example.com/build" }, { exact: name!example.com }] }',
  'watch: { identities: [{ glob: "*@example.com" }, { glob: "https://github.com/octo/**" }] }',
  'watch: { issuers: https://token.example.com }',
  'watch: { issuers: http://127.0.0.1:8080/oidc }',
  `watch: { keys: ["${hex(64)}"] }`,
  `watch: { digests: ["sha384:${hex(96)}", { sha384: "${hex(96)}" }] }`,
  'watch: { packages: [{ npm: left-pad }, { pypi: A.b_c-d }, { oci: "localhost:5000/a/b__c" }] }',
  'watch: { packages: [{ npm: a, repository: https://gitlab.com/group/sub/project }] }',
  'watch: { protect: [{ owner: octo }, { workflow: o/n/.github/workflows/r.yml }, { email: a@b.example }, { package: "@o/n" }] }',
  'watch: { owners: [o], rules: { P01: note, P28: off } }',
  'watch: { owners: [o], acknowledged: [{ rule: P12, reason: Why., until: 2000-02-29 }] }',
  'policy: { repo: octo/app }\nwatch: { owners: [octo] }',
];

const invalid: readonly (readonly [yaml: string, message: string, remedy?: string])[] = [
  ['', '1:1: the policy file is not a mapping'],
  ['{}', '1:1: the policy file is empty'],
  ['watch:', '"watch" is not a mapping'],
  ['watch: {}', '1:8: "watch" is empty'],
  ['wacth: { owners: [o] }', '1:1: "wacth" is not a top-level key', 'Did you mean "watch"?'],
  ['sing: { owners: [o] }', '1:1: "sing" is not a top-level key', 'Did you mean "sign"?'],
  ['other: { owners: [o] }', '1:1: "other" is not a', 'The top-level keys are "policy", "watch" and "sign".'],
  ['sign: { owners: [o] }', '1:9: "owners" is not a key of the policy of signing', 'Use one of on-outage.'],
  [
    'sign: { on-outage: [fail] }',
    '1:21: "on-outage" is "fail", which is not',
    'Use one of timestamp-only, second-log.',
  ],
  ['watch:\n  repositorys: [o/n]', '2:3: "repositorys" is not a watch key', 'Did you mean "repositories"?'],
  ['watch:\n  repository: [o/n]', '2:3: "repository" is not a watch key', 'Did you mean "repositories"?'],
  [
    'watch: { rules: { P03: off } }',
    '1:8: the watch has none of "repositories", "owners"',
    'Add at least one of them.',
  ],
  ['watch: { repositories: [] }', '1:24: "repositories" is an empty list'],
  ['watch: { repositories: { name: o/n } }', '1:24: "repositories" is not a list', 'Begin each item with "- ".'],
  ['watch: { repositories: o/n }', '1:24: "repositories" is not a list'],
  ['watch: { repositories: [octo] }', '1:25: "repositories" is "octo", which is not a repository', 'owner/name'],
  ['watch: { repositories: [https://github.com/o/n] }', 'which is not a repository'],
  ['watch: { repositories: [o/n/m] }', 'which is not a repository'],
  ['watch: { repositories: [o/..] }', 'which is not a repository'],
  ['watch: { repositories: [[o/n]] }', '1:25: "repositories" is not a mapping'],
  ['watch: { repositories: [{ id: 1 }] }', '1:25: a watched repository has no "name"'],
  ['watch: { repositories: [{ name: o/n, id: 012 }] }', '"id" is "012", which is not a numeric ID', 'gh api'],
  ['watch: { repositories: [{ name: o/n, id: abc }] }', '"id" is "abc", which is not a numeric ID'],
  ['watch: { repositories: [{ name: o/n, id: -1 }] }', 'which is not a numeric ID'],
  ['watch: { repositories: [{ name: o/n, id: 0 }] }', 'which is not a numeric ID'],
  ['watch: { repositories: [{ name: o/n, ownerid: 1 }] }', '1:38: "ownerid" is not a key', 'Did you mean "owner-id"?'],
  ['watch: { repositories: [{ name: o/n, owner_id: 1 }] }', '"owner_id" is not a key', 'Did you mean "owner-id"?'],
  ['watch: { repositories: [{ name: o/n, workflows: [release] }] }', 'which is not a workflow file'],
  ['watch: { repositories: [{ name: o/n, workflows: ["*.yml"] }] }', 'which is not a workflow file'],
  ['watch: { repositories: [{ name: o/n, workflows: [ci/release.yml] }] }', 'which is not a workflow file'],
  ['watch: { repositories: [{ name: o/n, refs: [main] }] }', 'which is not a full ref', 'refs/heads/main'],
  ['watch: { repositories: [{ name: o/n, moving-tags: [refs/heads/v1] }] }', 'which is not a full tag'],
  ['watch: { repositories: [{ name: o/n, triggers: [Push] }] }', 'which is not an event'],
  [
    'watch: { repositories: [{ name: o/n, runners: [github-hostd] }] }',
    '1:48: "runners" is "github-hostd", which is not a kind of runner',
    'Did you mean "github-hosted"? Use one of github-hosted, self-hosted.',
  ],
  ['watch: { repositories: [{ name: o/n, signers: [a/b/c] }] }', 'which is not an owner or a repository'],
  ['watch: { repositories: [{ name: o/n, jobs: ["a\\nb"] }] }', 'which is not a line of text'],
  ['watch: { repositories: [{ name: o/n, receipts: [] }] }', '"receipts" is an empty list'],
  ['watch: { owners: [o/n] }', 'which is not an owner'],
  ['watch: { owners: [{ id: 1 }] }', 'a watched owner has no "name"'],
  ['watch: { identities: [jane@example.com] }', '1:23: "identities" is not a mapping'],
  ['watch: { identities: [{ issuer: https://a.example }] }', 'has none of "exact", "segment", "glob"'],
  [
    'watch: { identities: [{ exact: a@b.example, glob: "*@b.example" }] }',
    '1:45: a watched identity has both "exact" and "glob"',
  ],
  ['watch: { identities: [{ exact: "*@example.com" }] }', 'which is not an identity', 'use "glob"'],
  ['watch: { identities: [{ segment: https://gitlab.com }] }', 'which is not the beginning of an identity'],
  ['watch: { identities: [{ segment: https://gitlab.com/ }] }', 'which is not the beginning of an identity'],
  ['watch: { identities: [{ segment: jane }] }', 'which is not the beginning of an identity'],
  ['watch: { identities: [{ glob: "**" }] }', 'which is not a pattern', 'Spell out the host and the owner'],
  ['watch: { identities: [{ glob: "https://github.com/**" }] }', 'which is not a pattern'],
  ['watch: { identities: [{ glob: "https://*/octo/app" }] }', 'which is not a pattern'],
  ['watch: { identities: [{ glob: "*@*.example.com" }] }', 'which is not a pattern'],
  ['watch: { identities: [{ glob: jane@example.com }] }', 'which is not a pattern', 'use "exact"'],
  ['watch: { identities: [{ exact: a@b.example, regexp: x }] }', '"regexp" is not a key of a watched identity'],
  ['watch: { issuers: [accounts.google.com] }', 'which is not the URL of an issuer'],
  ['watch: { issuers: ["https://*.example.com"] }', 'which is not the URL of an issuer'],
  [`watch: { keys: ["${hex(63)}"] }`, 'which is not a public key', '64 hexadecimal digits'],
  [`watch: { keys: ["${hex(64, 'g')}"] }`, 'which is not a public key'],
  [`watch: { digests: ["${hex(64)}"] }`, 'which is not a digest', 'sha256:'],
  [`watch: { digests: ["sha256:${hex(62)}"] }`, 'which is not a digest'],
  [`watch: { digests: [{ sha256: "${hex(128)}" }] }`, 'which is not a SHA-256 digest'],
  [`watch: { digests: [{ sha256: "${hex(64)}", sha512: "${hex(128)}" }] }`, 'has both "sha256" and "sha512"'],
  ['watch: { digests: [{ label: app }] }', 'a watched digest has none of'],
  ['watch: { packages: [left-pad] }', '"packages" is not a mapping'],
  ['watch: { packages: [{ npm: "@octo" }] }', 'which is not an npm package'],
  ['watch: { packages: [{ npm: "a@1.0.0" }] }', 'which is not an npm package', 'without a version'],
  ['watch: { packages: [{ pypi: "-a" }] }', 'which is not a PyPI project'],
  ['watch: { packages: [{ oci: "ghcr.io/octo/app:latest" }] }', 'which is not an image repository'],
  ['watch: { packages: [{ oci: octo }] }', 'which is not an image repository'],
  ['watch: { packages: [{ npm: a, pypi: a }] }', 'has both "npm" and "pypi"'],
  ['watch: { packages: [{ npm: a, repository: http://gitlab.com/a/b }] }', 'which is not a repository'],
  ['watch: { protect: [{ domain: localhost }] }', 'which is not a domain'],
  ['watch: { protect: [{ email: jane }] }', 'which is not an e-mail address'],
  ['watch: { protect: [{ workflow: release.yml }] }', 'which is not a workflow'],
  ['watch: { protect: [{ owner-id: 1 }] }', 'a protected name has none of'],
  ['watch: { owners: [o], rules: { P3: off } }', '"P3" is not a rule that can be configured', 'Did you mean "P03"?'],
  ['watch: { owners: [o], rules: { P22: off } }', '"P22" is not a rule that can be configured'],
  ['watch: { owners: [o], rules: { P29: off } }', '"P29" is not a rule that can be configured'],
  ['watch: { owners: [o], rules: { P03: critical } }', 'which is not a severity', 'Use one of off, note, alert.'],
  ['watch: { owners: [o], rules: { P03: false } }', 'which is not a severity'],
  ['watch: { owners: [o], rules: {} }', '"rules" is empty'],
  ['watch: { owners: [o], acknowledged: [{ rule: P12, reason: x }] }', '1:38: an acknowledgement has no "until"'],
  ['watch: { owners: [o], acknowledged: [{ rule: P12, until: 2027-01-31 }] }', 'an acknowledgement has no "reason"'],
  ['watch: { owners: [o], acknowledged: [{ reason: x, until: 2027-01-31 }] }', 'has none of "finding", "rule"'],
  ['watch: { owners: [o], acknowledged: [{ rule: P22, reason: x, until: 2027-01-31 }] }', 'which is not a rule'],
  ['watch: { owners: [o], acknowledged: [{ finding: abc, reason: x, until: 2027-01-31 }] }', 'the ID of a finding'],
  [
    `watch: { owners: [o], acknowledged: [{ finding: "${hex(64)}", repository: o/n, reason: x, until: 2027-01-31 }] }`,
    '"repository" is used without "rule"',
  ],
  ...['2027-02-29', '1900-02-29', '2027-04-31', '2027-13-01', '2027-1-31', 'never', '2027-01-31T00:00:00Z'].map(
    (until) =>
      [
        `watch: { owners: [o], acknowledged: [{ rule: P12, reason: x, until: "${until}" }] }`,
        `"until" is ${JSON.stringify(until)}, which is not a date`,
      ] as const,
  ),
  [
    'policy: { repo: octo/app }\nwatch: { owner: [octo] }',
    '2:10: "owner" is not a watch key',
    'Did you mean "owners"?',
  ],
  ['policy: { repo: octo/app, claims: { color: red } }', '1:37: "color" is not a certificate claim'],
  ['policy: { any-issuer: maybe }', '"any-issuer" must be true or false'],
];

describe('the reader and the JSON schema', () => {
  test.each(valid)('accept %s', async (yaml) => {
    await readCountersignFile(yaml, path);
    expect(isValid(parse(yaml)) || isValid.errors).toBe(true);
  });

  test.each(invalid)('refuse %s', async (yaml, message, remedy = '') => {
    const failure = await refusal(yaml);
    expect({ code: failure.code, message: failure.message, remedy: failure.remedy ?? '' }).toEqual({
      code: 'POLICY_INVALID',
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
    expect(failure.message).toMatch(/^\.github\/countersign\.yml:\d+:\d+: [^\n]*$/);
    // YAML of most programs reads 012 as a number.
    expect(isValid(parse(yaml, { schema: yaml.includes('012') ? 'failsafe' : 'core' }))).toBe(false);
  });

  test('accept the examples of the documentation', async () => {
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const yaml of examples) {
      await read(yaml);
      expect(isValid(parse(yaml)) || isValid.errors).toBe(true);
    }
  });

  test('describe each key', () => {
    const undescribed: string[] = [];
    const visit = (node: unknown, where: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties = {} } = node as { readonly properties?: Readonly<Record<string, { description?: string }>> };
      for (const [key, value] of Object.entries(properties))
        if (!value.description) undescribed.push(`${where}.${key}`);
      for (const [key, value] of Object.entries(node)) visit(value, `${where}.${key}`);
    };
    visit(schema, '');
    expect(undescribed).toEqual([]);
  });
});

describe('only the reader refuses', () => {
  test.each([
    ['watch: { owners: [o], owners: [p] }', '1:23: "owners" occurs twice', 'Keep one of them.'],
    ['watch: { owners: [o] }\nwatch: { owners: [p] }', '2:1: "watch" occurs twice', 'Keep one of them.'],
    [
      'watch:\n  owners: [Octo]\n  repositories: [o/n, O/N]',
      '3: "O/N" is watched in line 3 already',
      'Join the two items.',
    ],
    ['watch: { owners: [o, { name: O }] }', '1: "O" is watched in line 1 already', 'Join the two items.'],
    ['watch: { owners: &o [o], issuers: *o }', '1:35: "issuers" is not a string', 'Write the value out.'],
    ['watch: &w { owners: [o] }\npolicy: *w', '2:9: "policy" is not a mapping', 'YAML aliases are not supported.'],
    ['watch: { owners: !custom o }', '1:18: Unresolved tag', ''],
    ['watch: { owners: !!binary aGk= }', '1:', ''],
  ])('%s', async (yaml, message, remedy) => {
    expect(await refusal(yaml)).toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining(`${path}:${message}`),
    });
    expect((await refusal(yaml)).remedy ?? '').toContain(remedy);
  });

  test('aliases that would become gigabytes', async () => {
    const levels = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`)}]`);
    expect(await refusal(`a0: &a0 [x]\n${levels.join('\n')}`)).toMatchObject({ code: 'POLICY_INVALID' });
    expect(await refusal('watch:\n  owners: &o [o]\n  keys: [*o, *o]')).toMatchObject({ code: 'POLICY_INVALID' });
  });

  test('a file that is too long or nested too deeply', async () => {
    expect(await refusal(`#${'x'.repeat(2 ** 20)}`)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(await refusal(`watch: ${'['.repeat(100_000)}`)).toMatchObject({ code: 'POLICY_INVALID' });
  });

  test('a long text, which errors cut', async () => {
    expect(await refusal(`watch: { owners: [${'o'.repeat(5000)}] }`)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const { message } = await refusal(`watch: { owners: [${'/'.repeat(4000)}] }`);
    expect(message.length).toBeLessThan(250);
  });

  test('more than 100,000 values', async () => {
    const owners = (count: number): string =>
      `watch:\n  owners:\n${Array.from({ length: count }, (_, at) => `  - ${at.toString(36)}`).join('\n')}`;
    expect((await read(owners(100_000))).owners).toHaveLength(100_000);
    expect(await refusal(owners(100_001))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: `${path}:3:5: the lists of the policy file have more than 100,000 items`,
    });
  });

  test('keys without a value', async () => {
    for (const value of ['', '~', 'null', '""'])
      expect(await refusal(`watch: { owners: [{ name: ${value} }] }`)).toMatchObject({
        message: expect.stringContaining('"name" is empty'),
      });
    expect((await read('watch: { owners: [{ name: "null" }] }')).owners[0]?.name).toBe('null');
  });
});
