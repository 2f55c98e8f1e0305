/** The programs that open a browser: which are tried, and that no shell is between. */

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { browserCommands, openBrowser } from '../../../src/identity/login/open-browser.ts';
import { methodFor } from '../../../src/identity/login/surroundings.ts';

const url = new URL('https://issuer.example.test/auth?a=1&b=$(touch%20x);`id`');

describe('the commands', () => {
  test.each([
    ['darwin', ['open', url.href]],
    ['win32', ['rundll32', 'url.dll,FileProtocolHandler', url.href]],
    ['linux', ['xdg-open', url.href]],
    ['freebsd', ['xdg-open', url.href]],
  ] as const)('on %s are %j', (platform, command) => {
    expect(browserCommands(url, {}, platform)).toEqual([command]);
    expect(browserCommands(url, { BROWSER: '' }, platform)).toEqual([command]);
  });

  test.each([
    ['firefox', [['firefox', url.href]]],
    ['firefox --new-window', [['firefox', '--new-window', url.href]]],
    ['open-it --url=%s --wait', [['open-it', `--url=${url.href}`, '--wait']]],
    [`"/opt/my browser/run" 'a b'`, [['/opt/my browser/run', 'a b', url.href]]],
    [
      'first:second %s:',
      [
        ['first', url.href],
        ['second', url.href],
      ],
    ],
    ['sh -c "echo $HOME; id"', [['sh', '-c', 'echo $HOME; id', url.href]]],
  ])('of BROWSER=%s', (BROWSER, commands) => {
    expect(browserCommands(url, { BROWSER }, 'linux')).toEqual(commands);
  });
});

describe('opening', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign browser-'));
    const script = '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.log"\nenv | grep -c SIGSTORE_ID_TOKEN >> "$0.log"\nexit 0\n';
    for (const [name, text] of [
      ['opens', script],
      ['fails', '#!/bin/sh\nexit 3\n'],
    ] as const) {
      await writeFile(join(folder, name), text);
      await chmod(join(folder, name), 0o755);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));
  const browser = (name: string): string => `'${join(folder, name)}'`;
  const environment = (...names: readonly string[]) => ({
    PATH: process.env.PATH,
    SIGSTORE_ID_TOKEN: 'secret',
    BROWSER: names.map(browser).join(':'),
  });

  test('passes the address on as one argument, and no token', async () => {
    expect(await openBrowser(url, environment('opens'))).toBeUndefined();
    expect(await readFile(join(folder, 'opens.log'), 'utf8')).toBe(`${url.href}\n0\n`);
  });

  test('tries the next command if one fails', async () => {
    expect(await openBrowser(url, environment('absent', 'fails', 'opens'))).toBeUndefined();
  });

  test('says why none can', async () => {
    expect(await openBrowser(url, environment('absent', 'fails'))).toBe(
      `${join(folder, 'absent')} cannot be started (ENOENT); ${join(folder, 'fails')} ended with 3`,
    );
  });
});

test.each([
  [{ DISPLAY: ':0' }, 'linux', 'browser'],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 'browser'],
  [{ WSL_DISTRO_NAME: 'Debian' }, 'linux', 'browser'],
  [{ BROWSER: 'w3m' }, 'linux', 'browser'],
  [{}, 'darwin', 'browser'],
  [{}, 'win32', 'browser'],
  [{}, 'linux', 'code'],
  [{ DISPLAY: ':0', SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, 'linux', 'code'],
  [{ SSH_TTY: '/dev/pts/0', BROWSER: 'firefox' }, 'linux', 'code'],
  [{ SSH_CLIENT: '192.0.2.1 50000 22' }, 'darwin', 'code'],
] as const)('with %j on %s, the method is %s', (environment, platform, method) => {
  const chosen = methodFor(environment, platform);
  expect(chosen.method).toBe(method);
  expect(chosen.reason === undefined).toBe(method === 'browser');
});
