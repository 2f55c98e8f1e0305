/** Opens the registries of packages. */

import { expect, test } from '@jest/globals';
import type { WatchedPackage, WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import { readWatchPolicy } from '../../../src/run/policy/index.ts';
import { openPackages } from '../../../src/run/watch/index.ts';
import { systemWorld, type World } from '../../../src/run/world/index.ts';
import type { Http, HttpRequest } from '../../../src/services/http/index.ts';

const policyOf = (yaml: string): Promise<WatchPolicy> => readWatchPolicy(`watch: ${yaml}`, 'countersign.yml');
const none = { npm: undefined, pypi: undefined, environment: {} };
/** Returns the system with another network. */
function worldWith(http: Http): World & Disposable {
  const world = systemWorld();
  return {
    ...world,
    http,
    clock: () => new Date('2026-11-30T00:00:00Z'),
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
}
const packages: readonly WatchedPackage[] = (['npm', 'pypi'] as const).map((ecosystem) => ({
  place: { line: 1 },
  ecosystem,
  name: 'octo-app',
  repository: undefined,
}));

async function requested(npm?: string, pypi?: string): Promise<readonly string[]> {
  const urls: string[] = [];
  const http = async ({ url }: HttpRequest) => {
    urls.push(url.href);
    return { status: 404, headers: {}, body: new Uint8Array() };
  };
  const policy = await policyOf('{ packages: [{ npm: octo-app }] }');
  using world = worldWith(http);
  await openPackages(policy, [], { npm, pypi, environment: {} }, world)?.check(packages, undefined);
  return urls.filter((url) => !url.includes('/-/'));
}

test('the registries are the public ones, or those of the environment', async () => {
  expect(await requested()).toEqual(['https://registry.npmjs.org/octo-app', 'https://pypi.org/simple/octo-app/']);
  expect(await requested('', '')).toEqual(['https://registry.npmjs.org/octo-app', 'https://pypi.org/simple/octo-app/']);
  expect(await requested('http://127.0.0.1:4873/npm/', 'https://pypi.example/root/')).toEqual([
    'http://127.0.0.1:4873/npm/octo-app',
    'https://pypi.example/root/simple/octo-app/',
  ]);
});

test('without packages, none is opened', async () => {
  const policy = await policyOf('{ owners: [octo] }');
  using world = worldWith(() => Promise.reject(new Error('requested')));
  expect(openPackages(policy, [], none, world)).toBeUndefined();
});

test('names that are only protected are searched on npm', async () => {
  const policy = await policyOf('{ owners: [octo], protect: [{ package: octo-client }, { domain: octo.example }] }');
  const urls: string[] = [];
  using world = worldWith(async ({ url }) => {
    urls.push(url.href);
    const body = Buffer.from(JSON.stringify({ objects: [{ package: { name: 'octo-cleint' } }] }));
    return { status: 200, headers: {}, body };
  });
  const { coverage, observations } = (await openPackages(policy, [], none, world)?.check([], undefined)) ?? {};
  expect(urls).toEqual(['https://registry.npmjs.org/-/v1/search?text=octo-client&size=100']);
  expect(observations).toMatchObject([{ rule: 'P19', name: 'octo-cleint', package: { place: { line: 1 } } }]);
  expect(coverage).toEqual([]);
});

test('a search for a protected name that fails makes the watch incomplete', async () => {
  const policy = await policyOf('{ owners: [octo], protect: [{ package: octo-client }] }');
  using world = worldWith(async () => ({ status: 403, headers: {}, body: new Uint8Array() }));
  const { coverage } = (await openPackages(policy, [], none, world)?.check([], undefined)) ?? {};
  expect(coverage).toMatchObject([{ package: { name: 'octo-client' }, problem: expect.stringContaining('403') }]);
});

test('COSIGN_REPOSITORY is read for images only', async () => {
  const environment = { COSIGN_REPOSITORY: 'https://ghcr.io' };
  using world = worldWith(() => Promise.reject(new Error('requested')));
  const open = async (yaml: string) => openPackages(await policyOf(yaml), [], { ...none, environment }, world);
  expect(await open('{ packages: [{ npm: octo-app }] }')).toBeDefined();
  await expect(open('{ packages: [{ oci: ghcr.io/octo/app }] }')).rejects.toMatchObject({ code: 'USAGE' });
});

test.each([
  'registry.npmjs.org',
  'ftp://a.example',
  'https://user:hunter2@a.example',
  'https://user@a.example',
  'https://:hunter2@a.example',
])('%s is refused', async (url) => {
  const failure = await requested(url).catch((error) => error);
  expect(failure).toMatchObject({ code: 'USAGE', message: expect.stringContaining('npm_config_registry') });
  expect(`${failure.message}${failure.remedy}`).not.toContain('hunter2');
  expect(await requested(undefined, url).catch(({ code }) => code)).toBe('USAGE');
});
