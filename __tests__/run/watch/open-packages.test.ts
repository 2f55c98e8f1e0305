/** Opens the registries of packages. */

import { expect, test } from '@jest/globals';
import type { WatchedPackage, WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import { readWatchPolicy } from '../../../src/run/policy/index.ts';
import { openPackages } from '../../../src/run/watch/index.ts';
import type { HttpRequest } from '../../../src/services/http/index.ts';

const policyOf = (yaml: string): Promise<WatchPolicy> => readWatchPolicy(`watch: ${yaml}`, 'countersign.yml');
const clock = (): Date => new Date('2026-11-30T00:00:00Z');
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
  const policy = await policyOf('{ packages: [{ npm: octo-app }], protect: [{ package: other-app }] }');
  const opened = openPackages(policy, [], { npm, pypi }, { http, clock });
  await opened?.check(packages, undefined);
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
  const http = () => Promise.reject(new Error('requested'));
  expect(openPackages(policy, [], { npm: undefined, pypi: undefined }, { http, clock })).toBeUndefined();
});

test.each(['registry.npmjs.org', 'ftp://a.example', 'https://user:hunter2@a.example'])('%s is refused', async (url) => {
  const failure = await requested(url).catch((error) => error);
  expect(failure).toMatchObject({ code: 'USAGE', message: expect.stringContaining('npm_config_registry') });
  expect(`${failure.message}${failure.remedy}`).not.toContain('hunter2');
  expect(await requested(undefined, url).catch(({ code }) => code)).toBe('USAGE');
});
