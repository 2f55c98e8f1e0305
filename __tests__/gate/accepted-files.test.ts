/** Every event in which a job can check out a proposal, and every way to place a file that decides, in repositories that Git made. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { acceptedFiles } from '../../src/gate/index.ts';
import { accepting, type Commits, fork, type GitHubEvent, proposals, repositoryName, withoutBase } from './events.ts';
import { commit, git, repository, type Tree, write } from './git.ts';

const server = 'https://github.com';
const strict = 'policy:\n  repo: example-org/example-repo\n';
const loose = 'policy:\n  any-identity: true\n  any-issuer: true\n';

let made = '';
beforeAll(async () => {
  made = await fs.mkdtemp(join(tmpdir(), 'countersign-made-'));
});
afterAll(() => fs.rm(made, { recursive: true, force: true }));

const folders = new Map<string, Promise<string>>();

/** Copies a folder that is made once, the first time that one like it is asked for. */
async function copyOf(like: string, path: string, make: (path: string) => Promise<unknown>): Promise<void> {
  const known = folders.get(like) ?? fs.mkdtemp(join(made, 'folder-'));
  if (!folders.has(like))
    folders.set(
      like,
      known.then(async (at) => make(at).then(() => at)),
    );
  await fs.cp((await folders.get(like)) ?? '', path, { recursive: true, verbatimSymlinks: true });
}

let folder = '';
let workspace = '';
let commits: Commits;
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'countersign-gate-')));
  workspace = join(folder, 'workspace');
  await fs.mkdir(workspace);
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

const at = (name: string): string => join(workspace, name);

/** The repository with a base, and a proposal on top of it that loosens the policy. */
async function source(base: Tree = {}): Promise<void> {
  const path = join(folder, 'source');
  await copyOf(`source ${JSON.stringify(base)}`, path, async (at) => {
    await repository(at, { 'ci/policy.yml': strict, 'ci/key.pem': 'key', ...base });
    await git(at, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    await git(at, 'config', 'uploadpack.allowFilter', 'true');
    await commit(at, { 'ci/policy.yml': loose, 'ci/key.pem': 'other key' });
  });
  const [head = '', accepted = ''] = (await git(path, 'log', '--format=%H')).split('\n');
  commits = { base: accepted, head };
}

/** Another repository. */
async function otherSource(): Promise<string> {
  const path = join(folder, 'other');
  await copyOf('other', path, async (at) => {
    await repository(at, { 'policy.yml': strict });
    await git(at, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  });
  return git(path, 'rev-parse', 'HEAD');
}

/** Checks out a commit as actions/checkout does: fetched by its name, without history. */
async function checkOut(
  name: string,
  where: string,
  what: string,
  origin = `${server}/${repositoryName}`,
): Promise<void> {
  await copyOf(`checkout ${name} ${origin}`, at(where), async (path) => {
    await git(path, 'init', '--quiet');
    await git(path, 'remote', 'add', 'origin', origin);
    await git(path, 'fetch', '--quiet', '--depth=1', `file://${join(folder, what)}`, name);
    await git(path, 'checkout', '--quiet', '--detach', name);
  });
}

/** Both checkouts in one workspace, as docs/verify-action.md shows it. */
async function beside(base: Tree = {}): Promise<void> {
  await source(base);
  await checkOut(commits.head, 'proposed', 'source');
  await checkOut(commits.base, 'base', 'source');
}

/** Returns the result of the check for a file; `accepted` if it passes. */
async function judged(path: string, event: GitHubEvent, job: object = {}): Promise<string> {
  const eventPath = join(folder, 'event.json');
  await fs.writeFile(eventPath, JSON.stringify(event.payload));
  const { eventName, ref, sha } = event;
  const demand = acceptedFiles(
    { workspace, eventName, eventPath, ref, sha, repository: repositoryName, serverUrl: server, ...job },
    fs,
  );
  const absolute = path.startsWith('/') ? path : at(path);
  try {
    await demand?.(absolute, 'policy', await fs.readFile(absolute));
    return 'accepted';
  } catch (error) {
    expect(error).toMatchObject({ code: 'POLICY_INVALID', remedy: expect.stringMatching(/\.$/) });
    return (error as Error).message;
  }
}

const pullRequest = (): GitHubEvent => event('pull_request');
function event(name: string): GitHubEvent {
  const make = { ...proposals, ...withoutBase, ...accepting }[name];
  if (make === undefined) throw new Error(`there is no event ${name}`);
  return make(commits);
}

describe.each(Object.keys(proposals))('in %s', (name) => {
  test('the base and what is outside of the workspace are accepted, the proposal is not', async () => {
    await beside();
    const found = event(name);
    expect(await judged('base/ci/policy.yml', found)).toBe('accepted');
    expect(await judged('proposed/ci/policy.yml', found)).toContain(`in a checkout of the commit ${commits.head}`);
    const outside = join(folder, 'outside.yml');
    await fs.writeFile(outside, strict);
    expect(await judged(outside, found)).toBe('accepted');
    await write(workspace, { 'loose.yml': loose });
    expect(await judged('loose.yml', found)).toContain('is not in a Git checkout');
  });

  test('what is pushed after the event is not accepted, in a checkout by a branch’s name', async () => {
    await source();
    const later = await commit(join(folder, 'source'), { 'ci/policy.yml': `${loose}# again\n` });
    await checkOut(later, 'proposed', 'source');
    await git(at('proposed'), 'checkout', '--quiet', '-b', 'topic');
    expect(await judged('proposed/ci/policy.yml', event(name))).toContain(`in a checkout of the commit ${later}`);
  });

  test('another repository is accepted, a fork is not', async () => {
    await source();
    const other = await otherSource();
    await checkOut(other, 'policies', 'other', `${server}/example-org/policies`);
    expect(await judged('policies/policy.yml', event(name))).toBe('accepted');
    await git(at('policies'), 'remote', 'set-url', 'origin', `${server}/${fork}`);
    const expected =
      name === 'merge_group' ? 'accepted' : `checkout of ${fork}, from which the proposed change may come`;
    expect(await judged('policies/policy.yml', event(name))).toContain(expected);
  });
});

describe.each(Object.keys(withoutBase))('in %s', (name) => {
  test('nothing in a checkout of the repository is accepted, another repository is', async () => {
    await beside();
    const other = await otherSource();
    await checkOut(other, 'policies', 'other', `${server}/example-org/policies`);
    for (const path of ['base/ci/policy.yml', 'proposed/ci/policy.yml'])
      expect(await judged(path, event(name))).toContain('not known to be accepted');
    expect(await judged('policies/policy.yml', event(name))).toBe('accepted');
  });
});

describe.each(Object.keys(accepting))('in %s', (name) => {
  test('everything is accepted', async () => {
    await beside();
    await write(workspace, { 'policy.yml': loose });
    for (const path of ['proposed/ci/policy.yml', 'base/ci/policy.yml', 'policy.yml'])
      expect(await judged(path, event(name))).toBe('accepted');
  });
});

test('without an event, nothing of the repository is accepted', async () => {
  await beside();
  const nothing = { ...pullRequest(), ref: 'refs/heads/x', payload: {} };
  expect(await judged('base/ci/policy.yml', nothing, { eventName: undefined })).toContain('not known to be accepted');
});

describe('a payload that cannot be read', () => {
  test.each(['', '[]', '{', '"x"', 'null'])('%j refuses what is in the workspace', async (payload) => {
    await beside();
    const eventPath = join(folder, 'other-event.json');
    await fs.writeFile(eventPath, payload);
    for (const path of [eventPath, '', undefined, join(folder, 'none.json'), folder])
      expect(await judged('base/ci/policy.yml', pullRequest(), { eventPath: path })).toContain(
        'the event payload (GITHUB_EVENT_PATH) cannot be read',
      );
  });

  test('is not read before a file has to be checked', () => {
    const job = {
      workspace,
      eventName: 'pull_request',
      eventPath: undefined,
      ref: '',
      sha: '',
      repository: '',
      serverUrl: '',
    };
    expect(acceptedFiles(job, fs)).toBeInstanceOf(Function);
  });
});

describe('in the checkout of the base', () => {
  test.each<[what: string, place: () => Promise<unknown>, path: string, expected: string]>([
    [
      'a file that no commit has',
      () => write(at('base'), { 'extra.yml': loose }),
      'base/extra.yml',
      'not part of the checked-out commit',
    ],
    [
      'a file that was changed since',
      () => fs.writeFile(at('base/ci/policy.yml'), loose),
      'base/ci/policy.yml',
      'differs from the checked-out commit',
    ],
    [
      'a link that no commit has, to the proposal',
      () => fs.symlink(at('proposed/ci/policy.yml'), at('base/link.yml')),
      'base/link.yml',
      'the link base/link.yml in its path is not part of the checked-out commit',
    ],
    [
      'a link that no commit has, to the base',
      () => fs.symlink('ci/policy.yml', at('base/link.yml')),
      'base/link.yml',
      'the link base/link.yml',
    ],
    [
      'a folder that no commit has, with a proposal in it',
      () => fs.cp(at('proposed/ci'), at('base/proposed'), { recursive: true }),
      'base/proposed/policy.yml',
      'not part of the checked-out commit',
    ],
    [
      'a checkout of the proposal',
      () => checkOut(commits.head, 'base/proposed', 'source'),
      'base/proposed/ci/policy.yml',
      'not known to be accepted',
    ],
    [
      'a linked worktree of the proposal',
      async () => {
        await git(at('base'), 'fetch', '--quiet', `file://${join(folder, 'source')}`, commits.head);
        await git(at('base'), 'worktree', 'add', '--quiet', at('base/tree'), commits.head);
      },
      'base/tree/ci/policy.yml',
      'submodule or a linked worktree',
    ],
    [
      'what belongs to Git',
      () => fs.writeFile(at('base/.git/policy.yml'), loose),
      'base/.git/policy.yml',
      'not part of the checked-out commit',
    ],
  ])('%s is refused', async (_, place, path, expected) => {
    await beside();
    await place();
    expect(await judged(path, pullRequest())).toContain(expected);
    expect(await judged(path, event('push'))).toBe('accepted');
  });

  test('a folder of the proposal that links lead to is refused, as a folder and as a file', async () => {
    await beside();
    await fs.rm(at('base/ci'), { recursive: true });
    await fs.symlink('../proposed/ci', at('base/ci'));
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('the link base/ci in its path is not');
  });

  test('a link that the base has is accepted, wherever it leads in the base; into the proposal it is not', async () => {
    await beside({
      'link.yml': { link: 'ci/policy.yml' },
      folder: { link: 'ci' },
      'twice.yml': { link: 'folder/../link.yml' },
      'evil.yml': { link: '../proposed/ci/policy.yml' },
    });
    for (const path of ['base/link.yml', 'base/folder/policy.yml', 'base/twice.yml'])
      expect(await judged(path, pullRequest())).toBe('accepted');
    expect(await judged('base/evil.yml', pullRequest())).toContain(`it is in a checkout of the commit ${commits.head}`);
    // What is written in the link counts, not that there is one.
    await fs.rm(at('base/folder'));
    await fs.mkdir(at('base/other'));
    await fs.cp(at('base/ci/policy.yml'), at('base/other/policy.yml'));
    await fs.symlink('other', at('base/folder'));
    expect(await judged('base/folder/policy.yml', pullRequest())).toContain(
      'the link base/folder in its path differs from',
    );
  });

  test('a link in the place of a file that says the same is refused', async () => {
    await beside({ pointer: 'ci/policy.yml' });
    expect(await judged('base/pointer', pullRequest())).toBe('accepted');
    await fs.rm(at('base/pointer'));
    await fs.symlink('ci/policy.yml', at('base/pointer'));
    expect(await judged('base/pointer', pullRequest())).toContain('the link base/pointer in its path is not part of');
  });

  test('a folder between that cannot be looked into may be a checkout', async () => {
    await beside();
    await fs.writeFile(join(folder, 'event.json'), JSON.stringify(pullRequest().payload));
    const lstat = ((path: string) =>
      path === at('base/ci/.git')
        ? Promise.reject(Object.assign(new Error('closed'), { code: 'EACCES' }))
        : fs.lstat(path)) as unknown as typeof fs.lstat;
    const demand = acceptedFiles(
      {
        ...{ workspace, eventName: 'pull_request', eventPath: join(folder, 'event.json'), ref: '', sha: '' },
        ...{ repository: repositoryName, serverUrl: server },
      },
      { ...fs, lstat },
    );
    await expect(demand?.(at('base/ci/policy.yml'), 'policy', Buffer.from(strict))).rejects.toThrow('a submodule or');
  });

  test('a branch of the base that has moved on is not accepted, and the error says how to check out the base', async () => {
    await source();
    const path = join(folder, 'source');
    await git(path, 'checkout', '--quiet', '--detach', commits.base);
    const newer = await commit(path, { README: 'newer' });
    await checkOut(newer, 'base', 'source');
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain(`in a checkout of the commit ${newer}`);
    const demand = acceptedFiles(
      {
        ...{ workspace, eventName: 'pull_request', eventPath: join(folder, 'event.json'), ref: '', sha: '' },
        ...{ repository: repositoryName, serverUrl: server },
      },
      fs,
    );
    await expect(demand?.(at('base/ci/policy.yml'), 'policy', Buffer.from(strict))).rejects.toMatchObject({
      remedy: expect.stringContaining(`\`ref: \${{ github.event.pull_request.base.sha }}\` (${commits.base})`),
    });
  });

  test('what was read counts, not what is there later', async () => {
    await beside();
    await fs.writeFile(join(folder, 'event.json'), JSON.stringify(pullRequest().payload));
    const demand = acceptedFiles(
      {
        ...{ workspace, eventName: 'pull_request', eventPath: join(folder, 'event.json'), ref: '', sha: '' },
        ...{ repository: repositoryName, serverUrl: server },
      },
      fs,
    );
    await expect(demand?.(at('base/ci/policy.yml'), 'policy', Buffer.from(loose))).rejects.toThrow(
      'differs from the checked-out commit',
    );
  });

  test('lines may end as they do on Windows', async () => {
    await beside();
    await fs.writeFile(at('base/ci/policy.yml'), strict.replaceAll('\n', '\r\n'));
    expect(await judged('base/ci/policy.yml', pullRequest())).toBe('accepted');
    await fs.writeFile(at('base/ci/policy.yml'), strict.replaceAll('\n', '\r'));
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('differs from');
  });

  test.each<[what: string, spoil: () => Promise<unknown>, expected: string]>([
    ['has no objects', () => fs.rm(at('base/.git/objects'), { recursive: true }), 'cannot be read'],
    ['has no HEAD', () => fs.rm(at('base/.git/HEAD')), 'current commit cannot be determined'],
    [
      'is empty',
      () => fs.rm(at('base/.git'), { recursive: true }).then(() => fs.mkdir(at('base/.git'))),
      'current commit cannot be determined',
    ],
    [
      'is on a branch that is not there',
      () => fs.writeFile(at('base/.git/HEAD'), 'ref: refs/heads/x\n'),
      'current commit cannot be determined',
    ],
    ...['refs/heads/../named', 'refs/heads//named', 'refs/heads/.named', 'refs/heads/a b', 'heads/named'].map(
      (ref): [string, () => Promise<unknown>, string] => [
        `is on a branch with the name ${ref}`,
        () =>
          write(at('base/.git'), {
            HEAD: `ref: ${ref}\n`,
            [ref]: `${commits.base}\n`,
            'refs/named': `${commits.base}\n`,
            'refs/heads/named': `${commits.base}\n`,
          }),
        'current commit cannot be determined',
      ],
    ),
    [
      'has two branches of one name',
      () =>
        write(at('base/.git'), {
          HEAD: 'ref: refs/heads/x\n',
          'packed-refs': `${commits.base} refs/heads/x\n${commits.head} refs/heads/x\n`,
        }),
      'current commit cannot be determined',
    ],
    [
      'is a link',
      () => fs.rename(at('base/.git'), at('git')).then(() => fs.symlink('../git', at('base/.git'))),
      'submodule',
    ],
    [
      'is a file',
      () => fs.rename(at('base/.git'), at('git')).then(() => fs.writeFile(at('base/.git'), 'gitdir: ../git\n')),
      'submodule',
    ],
  ])('nothing is accepted if .git %s', async (_, spoil, expected) => {
    await beside();
    await spoil();
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain(expected);
  });

  test('a commit that is packed, and a branch among the packed, are read', async () => {
    await beside();
    await git(at('base'), 'checkout', '--quiet', '-b', 'release/1.x+y');
    await git(at('base'), 'pack-refs', '--all');
    await git(at('base'), 'repack', '-a', '-d', '-q');
    expect(await judged('base/ci/policy.yml', pullRequest())).toBe('accepted');
  });

  test('a sparse checkout without blobs is read', async () => {
    await source();
    await fs.mkdir(at('base'));
    const url = `file://${join(folder, 'source')}`;
    await git(workspace, 'clone', '--quiet', '--no-checkout', '--filter=blob:none', url, at('base'));
    await git(at('base'), 'sparse-checkout', 'set', 'ci');
    await git(at('base'), 'checkout', '--quiet', '--detach', commits.base);
    expect(await judged('base/ci/policy.yml', pullRequest())).toBe('accepted');
  });
});

describe('.git that somebody put there', () => {
  test('with the name of the base in HEAD and none of its objects, or others, proves nothing', async () => {
    await beside();
    await write(at('proposed'), { 'x/policy.yml': loose, 'x/.git/HEAD': `${commits.base}\n` });
    expect(await judged('proposed/x/policy.yml', pullRequest())).toMatch(/another checkout|cannot be read/);
    await fs.cp(at('proposed/.git'), at('y/.git'), { recursive: true });
    await fs.writeFile(at('y/.git/HEAD'), `${commits.base}\n`);
    await write(at('y'), { 'ci/policy.yml': loose });
    expect(await judged('y/ci/policy.yml', pullRequest())).toContain('cannot be read');
  });

  test('with all of the base proves what the base has, and nothing else', async () => {
    await beside();
    await fs.cp(at('base/.git'), at('z/.git'), { recursive: true });
    await write(at('z'), { 'ci/policy.yml': loose, 'policy.yml': strict });
    expect(await judged('z/ci/policy.yml', pullRequest())).toContain('differs from the checked-out commit');
    expect(await judged('z/policy.yml', pullRequest())).toContain('not part of the checked-out commit');
  });

  test('in a folder of the base, to pass a file of the base for another one', async () => {
    await beside({ 'policy.yml': loose });
    expect(await judged('base/policy.yml', pullRequest())).toBe('accepted');
    await fs.cp(at('base/.git'), at('base/ci/.git'), { recursive: true });
    await fs.writeFile(at('base/ci/policy.yml'), loose);
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('in the folder "ci" of another checkout');
  });

  test('in a link’s stead: a link to a file of the base that is not meant', async () => {
    await beside({ 'examples/policy.yml': loose });
    await fs.rm(at('proposed/ci/policy.yml'));
    await fs.symlink('../../base/examples/policy.yml', at('proposed/ci/policy.yml'));
    expect(await judged('base/examples/policy.yml', pullRequest())).toBe('accepted');
    expect(await judged('proposed/ci/policy.yml', pullRequest())).toContain('the link proposed/ci/policy.yml');
  });

  test('links out of the workspace count for who made them', async () => {
    await beside();
    const outside = join(folder, 'outside.yml');
    await fs.writeFile(outside, loose);
    await fs.symlink(outside, at('proposed/out.yml'));
    expect(await judged('proposed/out.yml', pullRequest())).toContain('the link proposed/out.yml');
    await fs.symlink(at('proposed/ci/policy.yml'), join(folder, 'in.yml'));
    expect(await judged(join(folder, 'in.yml'), pullRequest())).toContain(
      `in a checkout of the commit ${commits.head}`,
    );
    await fs.symlink(at('base/ci/policy.yml'), join(folder, 'base.yml'));
    expect(await judged(join(folder, 'base.yml'), pullRequest())).toBe('accepted');
  });
});

describe('one checkout inside another one', () => {
  test('the base in a folder of the proposal that the proposal does not have', async () => {
    await source();
    await checkOut(commits.head, '', 'source');
    await checkOut(commits.base, 'base', 'source');
    expect(await judged('base/ci/policy.yml', pullRequest())).toBe('accepted');
    expect(await judged('ci/policy.yml', pullRequest())).toContain('not known to be accepted');
  });

  test('the base in a folder that the proposal has too is refused', async () => {
    await source();
    commits = { ...commits, head: await commit(join(folder, 'source'), { 'base/README': 'x' }) };
    await checkOut(commits.head, '', 'source');
    await fs.rm(at('base'), { recursive: true });
    await checkOut(commits.base, 'base', 'source');
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('in the folder "base" of another checkout');
  });

  test('the proposal in a folder of the base', async () => {
    await source();
    await checkOut(commits.base, '', 'source');
    await checkOut(commits.head, 'proposed', 'source');
    expect(await judged('ci/policy.yml', pullRequest())).toBe('accepted');
    expect(await judged('proposed/ci/policy.yml', pullRequest())).toContain('not known to be accepted');
  });

  test('the base in a folder of a checkout that cannot be read is refused', async () => {
    await source();
    await checkOut(commits.head, '', 'source');
    await checkOut(commits.base, 'base', 'source');
    await fs.rm(at('.git/HEAD'));
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('of another checkout');
    await fs.rm(at('.git'), { recursive: true });
    await fs.writeFile(at('.git'), 'gitdir: elsewhere\n');
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('of another checkout');
    await fs.rm(at('.git'));
    await fs.symlink('base/.git', at('.git'));
    expect(await judged('base/ci/policy.yml', pullRequest())).toContain('of another checkout');
  });
});

describe('a checkout of another repository', () => {
  async function other(origin: string): Promise<void> {
    await source();
    const head = await otherSource();
    await checkOut(head, 'other', 'other', origin);
  }
  const path = 'other/policy.yml';

  test.each([
    'https://github.com/other-org/policies',
    'https://github.com/other-org/policies.git',
    'git@github.com:other-org/policies.git',
    'ssh://git@github.com/other-org/policies',
  ])('at %s is accepted', async (origin) => {
    await other(origin);
    expect(await judged(path, pullRequest())).toBe('accepted');
  });

  test.each([
    `https://github.com/${repositoryName}`,
    `https://github.com/${repositoryName.toUpperCase()}.git`,
    `https://github.com/${repositoryName}/`,
    `git@github.com:${repositoryName}`,
    `https://user@github.com/${repositoryName}`,
    'https://user:password@github.com/other-org/policies',
    `https://github.com/${fork}`,
    `https://GitHub.com/${fork.toUpperCase()}`,
    'https://gitlab.com/other-org/policies',
    'http://github.com/other-org/policies',
    'https://github.com:443/other-org/policies',
    'https://github.com.evil.example/other-org/policies',
    'https://github.com/other-org/policies/extra',
    'https://github.com/other-org%2fpolicies/x',
    '/srv/git/policies',
    'file:///srv/git/policies',
  ])('at %s is not', async (origin) => {
    await other(origin);
    expect(await judged(path, pullRequest())).toMatch(/not known to be accepted|change may come/);
  });

  test.each<[what: string, place: () => Promise<unknown>]>([
    ['that was changed since', () => fs.writeFile(at('other/policy.yml'), loose)],
    [
      'whose address is rewritten',
      () => git(at('other'), 'config', 'url.https://github.com/x/y.insteadOf', 'https://x'),
    ],
    ['with a second remote', () => git(at('other'), 'remote', 'add', 'fork', `${server}/${fork}`)],
    ['with a second address', () => git(at('other'), 'remote', 'set-url', '--add', 'origin', `${server}/${fork}`)],
    ['with an address to push to', () => git(at('other'), 'remote', 'set-url', '--push', 'origin', `${server}/x/y`)],
    ['with no remote', () => git(at('other'), 'remote', 'remove', 'origin')],
    [
      'whose configuration goes over several lines',
      () => fs.appendFile(at('other/.git/config'), '[x]\n\ty = a\\\nb\n'),
    ],
    [
      'whose configuration has a section and a key in one line',
      () => fs.appendFile(at('other/.git/config'), '[x] y = z\n'),
    ],
    ['whose remote is written otherwise', () => fs.appendFile(at('other/.git/config'), '[REMOTE "origin"]\n')],
    ['without a configuration', () => fs.rm(at('other/.git/config'))],
    ['at the commit of the job', async () => commit(at('other'), {})],
  ])('%s is refused', async (what, place) => {
    await other('https://github.com/other-org/policies');
    expect(await judged(path, pullRequest())).toBe('accepted');
    await place();
    const sha = what === 'at the commit of the job' ? { sha: await git(at('other'), 'rev-parse', 'HEAD') } : {};
    expect(await judged(path, { ...pullRequest(), ...sha })).not.toBe('accepted');
  });

  test('at a commit that is proposed is refused, whatever its address', async () => {
    await source();
    await checkOut(commits.head, 'other', 'source', 'https://github.com/other-org/policies');
    expect(await judged('other/ci/policy.yml', pullRequest())).toContain('not known to be accepted');
  });

  test('is not accepted where the job does not know its own repository or server', async () => {
    await other('https://github.com/other-org/policies');
    for (const job of [
      { repository: undefined },
      { serverUrl: undefined },
      { repository: '' },
      { serverUrl: 'github.com' },
    ])
      expect(await judged(path, pullRequest(), job)).toContain('not known to be accepted');
    expect(await judged(path, pullRequest(), { serverUrl: 'https://github.example' })).toContain(
      'not known to be accepted',
    );
  });

  test('of a fork that was deleted is not known: only the same owner’s is accepted', async () => {
    await other('https://github.com/other-org/policies');
    const found = pullRequest();
    const payload = structuredClone(found.payload) as { pull_request: { head: { repo: unknown } } };
    payload.pull_request.head.repo = null;
    expect(await judged(path, { ...found, payload })).toContain('may come from');
    await git(at('other'), 'remote', 'set-url', 'origin', `${server}/Example-Org/policies`);
    expect(await judged(path, { ...found, payload })).toBe('accepted');
  });
});

test('links without end are refused', async () => {
  await beside();
  await fs.symlink('b', at('a'));
  await fs.symlink('a', at('b'));
  await fs.writeFile(join(folder, 'event.json'), JSON.stringify(pullRequest().payload));
  const demand = acceptedFiles(
    {
      ...{ workspace, eventName: 'pull_request', eventPath: join(folder, 'event.json'), ref: '', sha: '' },
      ...{ repository: repositoryName, serverUrl: server },
    },
    fs,
  );
  for (const path of ['a', 'none'])
    await expect(demand?.(at(path), 'policy', Buffer.from(strict))).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: `the path of the policy ${path} cannot be resolved`,
    });
});
