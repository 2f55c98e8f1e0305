/** Compares entries with policies, and findings with acknowledgements. */

import { describe, expect, test } from '@jest/globals';
import type { CertificateName, ClaimName, EntryClaims, EntryProblem } from '../../../src/monitor/entries/index.ts';
import { LookAlikeFinder } from '../../../src/monitor/look-alikes/index.ts';
import { lookAlikeFinder } from '../../../src/monitor/rules/index.ts';
import {
  acknowledgementOf,
  expiredAcknowledgements,
  matchesGlob,
  WatchList,
  type WatchListOptions,
  type WatchPolicy,
} from '../../../src/monitor/watch-policy/index.ts';
import { readWatchPolicy } from '../../../src/run/policy/index.ts';

const none = new Uint8Array();
const github = 'https://token.actions.githubusercontent.com';
const digest = 'ab'.repeat(32);

const policyOf = (yaml: string): Promise<WatchPolicy> => readWatchPolicy(`watch: ${yaml}`, 'countersign.yml');

interface Certificate {
  readonly claims?: { readonly [Name in ClaimName]?: string };
  readonly names?: readonly CertificateName[];
  readonly keyHash?: string;
}

function signature(
  { claims = {}, names = [], keyHash }: Certificate,
  problems: readonly EntryProblem[] = [],
): EntryClaims {
  const certificate = { der: none, certificateHash: undefined, notBefore: undefined, notAfter: undefined };
  return {
    type: 'signature',
    kind: 'hashedrekord',
    version: '0.0.2',
    digests: [{ algorithm: 'sha256', value: digest, of: 'signed' }],
    signers: [{ kind: 'certificate', certificate: { ...certificate, claims, names, keyHash } }],
    problems,
  };
}

function job(
  repository: string,
  ids: Partial<Record<'id' | 'ownerId', string>> = {},
  server = 'https://github.com',
): Certificate {
  return {
    claims: {
      issuer: github,
      sourceRepositoryUri: `${server}/${repository}`,
      ...(ids.id !== undefined && { sourceRepositoryIdentifier: ids.id }),
      ...(ids.ownerId !== undefined && { sourceRepositoryOwnerIdentifier: ids.ownerId }),
    },
    names: [{ kind: 'uri', value: `${server}/${repository}/.github/workflows/release.yml@refs/heads/main` }],
  };
}

const person = (value: string, issuer = 'https://accounts.google.com'): Certificate => ({
  claims: { issuer },
  names: [{ kind: 'email', value }],
});

async function matches(yaml: string, claims: EntryClaims, options?: WatchListOptions): Promise<readonly string[]> {
  const list = WatchList.of(await policyOf(yaml), options);
  return list.match(claims, none).map(({ what, value }) => `${what} ${value}`);
}

describe('an entry concerns a repository', () => {
  const yaml = '{ repositories: [{ name: Octo/App, id: 12 }] }';

  test.each<[string, Certificate, boolean]>([
    ['by its ID, whatever its name is', job('renamed/now', { id: '12' }), true],
    ['by its name in any letter case', job('octO/aPP', { id: '99' }), true],
    ['by the name in certificates of 2023', { claims: { githubWorkflowRepository: 'octo/app' } }, true],
    ['by its workflow, without a source repository', { ...job('octo/app'), claims: {} }, true],
    ['not by a longer name', job('octo/app-evil'), false],
    ['not by a shorter name', job('octo/ap'), false],
    ['not by the ID of a project on another server', job('group/app', { id: '12' }, 'https://gitlab.com'), false],
    ['not by the name on another server', job('octo/app', {}, 'https://gitlab.com'), false],
    ['not by a server with a longer name', job('octo/app', {}, 'https://github.com.evil.example'), false],
    ['not by a workflow of it that others call', { ...job('octo/app'), claims: job('else/where').claims ?? {} }, false],
  ])('%s', async (_, certificate, isMatch) => {
    expect(await matches(yaml, signature(certificate))).toEqual(isMatch ? ['repository Octo/App'] : []);
  });

  test('with its line, and on another server', async () => {
    const yaml = 'watch:\n  repositories:\n    - name: octo/app\n    - { name: octo/lib, id: "5" }\n  owners: [planet]';
    const list = WatchList.of(await readWatchPolicy(yaml, 'countersign.yml', 'octo.ghe.com'));
    const there = 'https://octo.ghe.com';
    expect(list.match(signature(job('octo/app', {}, there)), none)).toEqual([
      { what: 'repository', value: 'octo/app', line: 3 },
    ]);
    expect(list.match(signature(job('new/name', { id: '5' }, there)), none)).toHaveLength(1);
    expect(list.match(signature(job('planet/any', {}, there)), none)).toHaveLength(1);
    for (const here of [job('octo/app'), job('new/name', { id: '5' }), job('planet/any')])
      expect(list.match(signature(here), none)).toEqual([]);
    const { names = [] } = job('else/where', {}, 'https://gitlab.com');
    const older = { ...job('octo/app'), names, claims: { githubWorkflowRepository: 'octo/app' } };
    expect(list.match(signature(older), none)).toEqual([]);
  });

  test('unread, on another server', async () => {
    const policy = await readWatchPolicy('watch: { owners: [planet] }', 'countersign.yml', 'octo.ghe.com');
    const problem = { code: 'MALFORMED', part: 'the entry', reason: 'not JSON', leafHash: '' } as const;
    const unread = { type: 'unknown', kind: undefined, version: undefined, problems: [problem] } as const;
    const list = WatchList.of(policy);
    expect(list.match(unread, Buffer.from('xx octo.ghe.com/planet/app'))).toHaveLength(1);
    expect(list.match(unread, Buffer.from('xx github.com/planet/app'))).toEqual([]);
  });

  test('in a certificate log too', async () => {
    const { claims = {}, names = [] } = job('octo/app');
    const rest = {
      der: none,
      certificateHash: undefined,
      keyHash: undefined,
      notBefore: undefined,
      notAfter: undefined,
    };
    const claimed = {
      type: 'certificate',
      kind: 'precertificate',
      issuerKeyHash: undefined,
      loggedAt: undefined,
    } as const;
    expect(await matches(yaml, { ...claimed, certificate: { ...rest, claims, names }, problems: [] })).toEqual([
      'repository Octo/App',
    ]);
  });
});

test.each<[string, Certificate, readonly string[]]>([
  ['its ID', job('renamed/app', { ownerId: '678' }), ['owner octo']],
  ['its name', job('OCTO/other'), ['owner octo']],
  ['nothing of a longer name', job('octo-evil/app'), []],
  ['nothing of an ID on another server', job('group/app', { ownerId: '678' }, 'https://gitlab.com'), []],
])('an entry concerns an owner by %s', async (_, certificate, expected) => {
  expect(await matches('{ owners: [{ name: octo, id: 678 }] }', signature(certificate))).toEqual(expected);
});

describe('an entry concerns an identity', () => {
  const uri = (value: string): Certificate => ({
    claims: { issuer: 'https://gitlab.com' },
    names: [{ kind: 'uri', value }],
  });

  test.each<[yaml: string, certificate: Certificate, isMatch: boolean]>([
    ['exact: jane@example.com', person('Jane@Example.com'), true],
    ['exact: jane@example.com', person('ajane@example.com'), false],
    ['exact: jane@example.com, issuer: https://accounts.google.com', person('jane@example.com'), true],
    ['exact: jane@example.com, issuer: https://accounts.google.com', person('jane@example.com', github), false],
    ['exact: "https://h/o/my release.yml@refs/heads/x"', uri('https://h/o/my%20release.yml@refs/heads/x'), true],
    ['segment: https://gitlab.com/octo', uri('https://gitlab.com/octo/app//.gitlab-ci.yml@refs/heads/main'), true],
    ['segment: https://gitlab.com/octo/', uri('https://gitlab.com/octo/app'), true],
    ['segment: https://gitlab.com/octo', uri('https://gitlab.com/octo'), true],
    ['segment: https://gitlab.com/octo', uri('https://gitlab.com/octo-evil/app'), false],
    ['segment: https://gitlab.com/octo', uri('https://evil.example/https://gitlab.com/octo/app'), false],
    ['segment: https://h/o/n/r.yml@refs/tags', uri('https://h/o/n/r.yml@refs/tags/v1'), true],
    ['segment: https://h/o/n/r.yml', uri('https://h/o/n/r.yml@refs/tags/v1'), true],
    [
      'glob: "https://gitlab.com/octo/*//.gitlab-ci.yml@refs/heads/*"',
      uri('https://gitlab.com/octo/a//.gitlab-ci.yml@refs/heads/b'),
      true,
    ],
    [
      'glob: "https://gitlab.com/octo/*//.gitlab-ci.yml@refs/heads/*"',
      uri('https://gitlab.com/octo/a/b//.gitlab-ci.yml@refs/heads/b'),
      false,
    ],
    ['glob: "https://h/o/*.yml@refs/heads/*"', uri('https://h/o/a.yml@evil.yml@refs/heads/b'), false],
    ['glob: "https://h/o/a*"', uri('https://h/o/ab'), true],
    ['glob: "https://h/o/a*"', uri('https://h/o/b'), false],
    ['glob: "https://h/o/**"', uri('https://h/o/a/b@refs/heads/c'), true],
    ['glob: "*@example.com"', person('jane@EXAMPLE.com'), true],
    ['glob: "*@example.com"', person('jane@mail.example.com'), false],
    ['glob: "*@example.com"', person('jane@example.com.evil.example'), false],
    ['glob: "*!example.com"', { names: [{ kind: 'username', value: 'jane!example.com' }] }, true],
  ])('{ %s } and %j: %j', async (yaml, certificate, isMatch) => {
    const found = await matches(`{ identities: [{ ${yaml} }] }`, signature(certificate));
    expect(found).toHaveLength(isMatch ? 1 : 0);
  });

  test('of several, each that it meets', async () => {
    const yaml =
      '{ identities: [{ exact: "https://h/o/n@r" }, { segment: https://h/o }, { segment: https://h/o/n }, { glob: "https://h/o/*@r" }] }';
    expect(await matches(yaml, signature(uri('https://h/o/n@r')))).toHaveLength(4);
  });
});

test('an entry concerns an issuer, a key or a digest', async () => {
  const key = 'cd'.repeat(32);
  const values = `issuers: [https://i.example], keys: ["${key}"], digests: [{ sha256: "${digest}" }]`;
  const entry = signature({ claims: { issuer: 'https://I.example' }, keyHash: key });
  expect(await matches(`{ ${values} }`, entry)).toEqual([
    `digest sha256:${digest}`,
    'issuer https://i.example',
    `key ${key}`,
  ]);
  const bare: EntryClaims = {
    type: 'signature',
    kind: 'hashedrekord',
    version: '0.0.2',
    signers: [{ kind: 'public-key', keyHash: key }],
    digests: [{ algorithm: 'sha512', value: digest, of: 'signed' }],
    problems: [],
  };
  expect(await matches(`{ ${values} }`, bare)).toEqual([`key ${key}`]);
  // The second issuer of an ambiguous certificate.
  expect(
    await matches(`{ ${values} }`, signature({ claims: { issuer: 'x', olderIssuer: 'https://i.example' } })),
  ).toEqual([`digest sha256:${digest}`, 'issuer https://i.example']);
});

describe('an entry of a name that looks like one of the policy', () => {
  const yaml =
    '\n  repositories: [{ name: octoproject/app, owner-id: 678 }]\n  protect: [{ domain: octoproject.example }]';
  const lookAlikes = new LookAlikeFinder([
    { kind: 'repo', name: 'octoproject/app', ownerId: '678' },
    { kind: 'domain', name: 'octoproject.example' },
  ]);
  const find = async (certificate: Certificate): Promise<readonly string[]> => {
    const list = WatchList.of(await policyOf(yaml), { lookAlikes });
    return list.match(signature(certificate), none).map(({ what, value, line }) => `${what} ${value} ${line}`);
  };

  test('is matched', async () => {
    expect(await find(job('otcoproject/app', { ownerId: '1' }))).toEqual(['look-alike octoproject/app 2']);
    expect(await find(person('jane@octporoject.example'))).toEqual(['look-alike octoproject.example 3']);
  });

  test('is not matched for another name of the same owner ID', async () => {
    expect(await find(job('otcoproject/app', { ownerId: '678' }))).toEqual([]);
  });

  test('is matched among the repositories of another server', async () => {
    const yaml = 'watch:\n  repositories:\n    - name: octoproject/app\n  owners: [octoproject]';
    const policy = await readWatchPolicy(yaml, 'countersign.yml', 'octo.ghe.com');
    const list = WatchList.of(policy, { lookAlikes: lookAlikeFinder(policy) });
    const near = job('otcoproject/app', { ownerId: '1' }, 'https://octo.ghe.com');
    expect(list.match(signature(near), none)).toContainEqual({
      what: 'look-alike',
      value: 'octo.ghe.com/octoproject/app',
      line: 3,
    });
    const same = { ...job('octoproject/app', { ownerId: '1' }, 'https://octo.ghe.com') };
    expect(list.match(signature(same), none).map(({ what }) => what)).toEqual(['repository', 'owner']);
  });

  test('is matched on another server, whatever its ID is', async () => {
    const there = job('otcoproject/app', { ownerId: '678' }, 'https://gitlab.com');
    const finder = {
      find: ({ ownerId }: { readonly ownerId?: string | undefined }) => expect(ownerId).toBeUndefined(),
    };
    WatchList.of(await policyOf(yaml), { lookAlikes: finder as never }).match(signature(there), none);
    expect.assertions(2);
  });

  test('is not matched without a likeness, or for a hint', async () => {
    expect(await find(job('unrelated/app', { ownerId: '1' }))).toEqual([]);
    expect(await find(job('octoproject/app-fork', { ownerId: '678' }))).toEqual([]);
  });
});

describe('an entry that cannot be read', () => {
  const problem: EntryProblem = { code: 'MALFORMED', part: 'the entry', reason: 'not JSON', leafHash: '' };
  const unread: EntryClaims = { type: 'unknown', kind: undefined, version: undefined, problems: [problem] };
  const yaml = `{ repositories: [octo/app], owners: [planet], identities: [{ exact: jane@example.com }, { glob: "*@corp.example" }],
    keys: ["${'cd'.repeat(32)}"], digests: [{ sha256: "${digest}" }] }`;
  const search = async (bytes: Uint8Array, claims: EntryClaims = unread): Promise<readonly string[]> =>
    WatchList.of(await policyOf(yaml))
      .match(claims, bytes)
      .map(({ what, value }) => `${what} ${value}`);
  const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
  const der = 'https://github.com/Octo/App/.github/workflows/release.yml';
  const pem = `-----BEGIN CERTIFICATE-----\n${base64(`junk${der}`).replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

  test.each<[string, Uint8Array, readonly string[]]>([
    ['a name', Buffer.from('…{"x":"OCTO/app"'), ['needle octo/app']],
    ['an owner', Buffer.from('https://github.com/planet/x'), ['needle planet']],
    ['an address', Buffer.from('\x00Jane@example.com0'), ['needle jane@example.com']],
    ['the fixed part of a pattern', Buffer.from('joe@corp.example'), ['needle *@corp.example']],
    ['a digest in hexadecimal', Buffer.from(`"${digest.toUpperCase()}"`), [`needle sha256:${digest}`]],
    ['the bytes of a digest', Buffer.from(`00${digest}00`, 'hex'), [`needle sha256:${digest}`]],
    ['a digest in base64', Buffer.from(`"${base64(Buffer.from(digest, 'hex'))}"`), [`needle sha256:${digest}`]],
    ['a certificate in base64', Buffer.from(`{"rawBytes":"${base64(der)}"`), ['needle octo/app']],
    ['a certificate in PEM in base64', Buffer.from(`{"content":"${base64(pem)}"`), ['needle octo/app']],
    ['a certificate in PEM in JSON', Buffer.from(JSON.stringify({ pem }).slice(0, -1)), ['needle octo/app']],
    ['nothing', Buffer.from('octo/ap planet jane@example.co'), []],
    ['no bytes', none, []],
  ])('is searched for %s', async (_, bytes, expected) => {
    expect(await search(bytes)).toEqual(expected);
  });

  test('is not searched if all of it was read', async () => {
    expect(await search(Buffer.from('octo/app'), signature({}))).toEqual([`digest sha256:${digest}`]);
    expect(await search(Buffer.from('octo/app'), { ...signature({}), digests: [] } as EntryClaims)).toEqual([]);
    const ambiguous = { ...signature({}, [{ ...problem, code: 'AMBIGUOUS' }]), digests: [] } as EntryClaims;
    expect(await search(Buffer.from('octo/app'), ambiguous)).toEqual(['needle octo/app']);
  });

  test('takes time in proportion to its length', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `same-owner/same-name-${at}`);
    const list = WatchList.of(await policyOf(`{ repositories: [${names.join(', ')}] }`));
    const bytes = Buffer.from('same-owner/same-name-'.repeat(50_000));
    expect(list.match(unread, bytes)).toEqual([]);
    expect(list.match(unread, Buffer.concat([bytes, Buffer.from('9999')]))).toEqual(
      expect.arrayContaining([expect.objectContaining({ value: 'same-owner/same-name-9999' })]),
    );
  });
});

test.each([
  ['refs/tags/v?', 'refs/tags/v1', true],
  ['refs/tags/v?', 'refs/tags/v', false],
  ['refs/tags/v?', 'refs/tags/v/', false],
  ['refs/tags/v?', 'refs/tags/v10', false],
  ['refs/heads/*', 'refs/heads/a/b', false],
  ['refs/heads/**', 'refs/heads/a/b', true],
  ['refs/heads/**/x', 'refs/heads/a/b/x', true],
  ['a*b*c', 'abbc', true],
  ['a*b*c', 'ab/c', false],
  ['(.*)+', '(.x)+', true],
  ['', '', true],
  ['*', '', true],
])('the pattern %j and %j: %j', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

describe('acknowledgements', () => {
  const id = 'ab'.repeat(32);
  const now = new Date('2027-01-31T12:00:00Z');

  test('cover a finding, or those of a rule', async () => {
    const policy = await policyOf(`{ repositories: [octo/app, octo/lib], acknowledged: [
      { finding: "${id}", reason: a, until: 2027-02-01 },
      { rule: P07, repository: Octo/App, reason: b, until: 2027-02-01 },
      { rule: P12, reason: c, until: 2027-02-01 },
      { rule: P12, reason: longer, until: 2027-03-01 }] }`);
    const [app, lib] = policy.repositories;
    const reason = (finding: string, rule: 'P07' | 'P12' | 'P13', repository = app): string | undefined =>
      acknowledgementOf({ id: finding, rule: { id: rule }, repository }, policy, now)?.reason;
    expect(reason(id, 'P13')).toBe('a');
    expect(reason('', 'P13')).toBeUndefined();
    expect(reason('', 'P07')).toBe('b');
    expect(reason('', 'P07', lib)).toBeUndefined();
    expect(acknowledgementOf({ id: '', rule: { id: 'P07' }, repository: undefined }, policy, now)).toBeUndefined();
    expect(reason('', 'P12', lib)).toBe('longer');
  });

  test('end with their last day', async () => {
    const policy = await policyOf('{ owners: [o], acknowledged: [{ rule: P12, reason: c, until: 2027-01-31 }] }');
    const finding = { id: '', rule: { id: 'P12' }, repository: undefined } as const;
    const end = new Date('2027-02-01T00:00:00Z');
    expect(acknowledgementOf(finding, policy, new Date(end.getTime() - 1))?.reason).toBe('c');
    expect(acknowledgementOf(finding, policy, end)).toBeUndefined();
    expect(expiredAcknowledgements(policy, new Date(end.getTime() - 1))).toEqual([]);
    expect(expiredAcknowledgements(policy, end)).toHaveLength(1);
  });

  test('of a rule never cover findings about the log', () => {
    const rule = { kind: 'rule', rule: 'P22', repository: undefined } as const;
    const acknowledgements = [{ place: { line: 1 }, what: rule, reason: '', until: new Date('2100-01-01') }];
    const finding = { id: '', rule: { id: 'P22' }, repository: undefined } as const;
    expect(acknowledgementOf(finding, { acknowledgements }, now)).toBeUndefined();
  });
});
