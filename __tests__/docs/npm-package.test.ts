/** docs/recipes/npm-package.md: a person packs and signs an npm package, and somebody else verifies and installs it. */

import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { built } from '../kit/built.ts';
import { blocksUnder } from '../kit/pages.ts';
import { logIn } from '../kit/person.ts';
import { inTerminal, type TerminalRun } from '../kit/terminal.ts';

const page = 'docs/recipes/npm-package.md';
const tarball = 'example-package-1.0.0.tgz';
const [signing = ''] = await blocksUnder(page, 'Sign the package', 'sh');
const [output = ''] = await blocksUnder(page, 'Sign the package', 'text');
const [verifying = ''] = await blocksUnder(page, 'Verify the package', 'sh');

let sandbox: Sandbox;
let folder: string;
/** The folders of the two people. */
let author: string;
let user: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), 'countersign-npm-'));
  await writeFile(join(folder, 'trusted_root.json'), JSON.stringify(sandbox.trustedRoot));
  await writeFile(join(folder, 'signing_config.json'), JSON.stringify(sandbox.signingConfig));
  await mkdir(join(folder, 'bin'));
  // In place of the package from GitHub: the built command, with the sandbox in place of the public instance.
  const instance = `--instance sandbox --trusted-root '${folder}/trusted_root.json'`;
  await writeFile(
    join(folder, 'bin', 'npx'),
    `#!/bin/sh
[ "$1 $2" = '--allow-git=root github:OWNER/countersign#COMMIT' ] || exit 99
shift 2
[ "$1" = sign ] && set -- "$@" --signing-config '${folder}/signing_config.json'
exec '${process.execPath}' '${await built('cli.mjs')}' "$@" ${instance}
`,
  );
  await chmod(join(folder, 'bin', 'npx'), 0o755);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  author = await mkdtemp(join(folder, 'author-'));
  user = await mkdtemp(join(folder, 'user-'));
  await writeFile(join(author, 'package.json'), JSON.stringify({ name: 'example-package', version: '1.0.0' }));
  await writeFile(join(author, 'index.js'), 'export {};\n');
});

/** Types a block of the page into a terminal, on a machine with a browser in which the person logs in. */
function type(block: string, cwd: string, email = 'dev@example.com'): Promise<TerminalRun> {
  const commands = block.replaceAll('https://github.com/login/oauth', sandbox.urls.personIssuer);
  const environment = {
    PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
    HOME: join(folder, 'home'),
    DISPLAY: ':0',
    BROWSER: 'true',
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
  };
  return inTerminal(`set -e\n${commands}`, { cwd, env: environment }, [
    { to: /Continue\? \[y\/N\] /, react: () => 'y\n' },
    {
      to: /^Your browser opens this page: (\S+)\r\n/m,
      react: ([, address = '']) => {
        void logIn(new URL(address), { email });
        return undefined;
      },
    },
  ]);
}

async function publish(): Promise<void> {
  for (const name of [tarball, `${tarball}.sigstore.json`]) await copyFile(join(author, name), join(user, name));
}

/** The progress line, which the terminal erases. */
const progress = new RegExp(String.raw`[^\n]*\r${'\u001b'}\[K`, 'g');

/** Returns the lines that do not depend on the instance, from the first one about the login. */
function comparable(screen: string): readonly string[] {
  return screen
    .slice(screen.indexOf('To sign, '))
    .replace(progress, '')
    .trimEnd()
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('The email address and the ID '))
    .map((line) => line.replace(/https?:\S+/g, 'URL').replace(/log index \d+/, 'log index N'));
}

const installed = (): boolean => existsSync(join(user, 'node_modules', 'example-package', 'index.js'));

test('the author signs with one command and a login, and the user installs what verifies', async () => {
  const signed = await type(signing, author);
  expect([signed.code, signed.screen]).toEqual([0, expect.stringContaining(`${tarball} -> ${tarball}.sigstore.json`)]);
  expect(comparable(signed.screen)).toEqual(comparable(output));
  await publish();
  expect((await type(verifying, user)).code).toBe(0);
  expect(installed()).toBe(true);
});

test('a changed package is not installed', async () => {
  await type(signing, author);
  await publish();
  await writeFile(join(user, tarball), 'changed');
  const { code, screen } = await type(verifying, user);
  expect([code, screen, installed()]).toEqual([4, expect.stringContaining('ARTIFACT_MISMATCH'), false]);
});

test('a package that another person signed is not installed', async () => {
  await type(signing, author, 'other@example.com');
  await publish();
  const { code, screen } = await type(verifying, user);
  expect([code, screen, installed()]).toEqual([4, expect.stringContaining('IDENTITY_MISMATCH'), false]);
});
