import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stageAction } from './index.ts';
import { printed, RunnerFolders } from './runner-folders.ts';

let folders: RunnerFolders;
beforeEach(() => {
  folders = new RunnerFolders();
});
afterEach(() => folders[Symbol.dispose]());

const manifest = 'name: a\nruns: { using: node24, main: ../dist/main.mjs }\n';

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folders.path('checkout'), stdio: 'ignore' });
}

function stage(uses: string): Promise<string> {
  return stageAction({ checkout: folders.path('checkout'), actionsDirectory: folders.path('_actions'), uses });
}

/** Lists the files and folders below a folder. */
function listed(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

describe('a checkout', () => {
  beforeEach(() => {
    folders.write('checkout/sign/action.yml', manifest);
    folders.write('checkout/dist/main.mjs', 'console.log(process.argv[1], process.cwd());');
    folders.write('checkout/docs/page.md', 'words');
    folders.write('checkout/notes', 'words');
    folders.write('checkout/.gitattributes', 'docs/ export-ignore\nnotes export-ignore\ndist/** -export-ignore\n');
    symlinkSync('main.mjs', folders.path('checkout/dist/link.mjs'));
    git('init', '--quiet');
    git('add', '.');
    folders.write('checkout/dist/main.mjs', 'console.log(process.argv[1], process.cwd()); // changed since');
    folders.write('checkout/node_modules/a/index.js', '');
    folders.write('checkout/dist/new.mjs', '');
    folders.write('checkout/.gitignore', 'node_modules/\n');
    folders.write('checkout/gone', '');
    git('add', 'gone');
    rmSync(folders.path('checkout/gone'));
  });

  test('is laid out as an archive of it will be: without what is ignored or kept out', async () => {
    const folder = await stage('acme/tools/sign@v1');
    expect(folder).toBe(folders.path('_actions/acme/tools/v1'));
    expect(listed(folder)).toEqual([
      '.gitattributes',
      '.gitignore',
      'dist',
      'dist/link.mjs',
      'dist/main.mjs',
      'dist/new.mjs',
      'sign',
      'sign/action.yml',
    ]);
    expect(lstatSync(`${folder}/dist/link.mjs`).isSymbolicLink()).toBe(true);
    expect(readFileSync(`${folder}/dist/main.mjs`, 'utf8')).toContain('changed since');
  });

  test('a ref with slashes is folders; what an earlier run left there is gone', async () => {
    folders.write('_actions/acme/tools/refs/heads/main/left', '');
    const folder = await stage('acme/tools@refs/heads/main');
    expect(folder).toBe(folders.path('_actions/acme/tools/refs/heads/main'));
    expect(existsSync(`${folder}/left`)).toBe(false);
  });

  test('its actions find what is beside them, in a workspace that is empty', async () => {
    await stage('acme/tools@v1');
    const result = await folders.run({ steps: [{ uses: 'acme/tools/sign@v1' }] });
    expect(result.conclusion).toBe('success');
    expect(printed(result.stages[0])).toEqual([
      `${folders.path('_actions/acme/tools/v1/dist/main.mjs')} ${folders.path('workspace')}`,
    ]);
  });

  test('not below a package.json, which would decide how scripts are read', async () => {
    folders.write('package.json', '{"type":"commonjs"}');
    await expect(stage('acme/tools@v1')).rejects.toMatchObject({
      code: 'USAGE',
      message: `There is a package.json above actions, in ${folders.root}`,
    });
  });
});

test('a folder that is no checkout is taken whole, but for what is installed', async () => {
  folders.write('checkout/action.yml', manifest);
  folders.write('checkout/dist/main.mjs', '');
  folders.write('checkout/node_modules/a/index.js', '');
  expect(listed(await stage('acme/tools@v1'))).toEqual(['action.yml', 'dist', 'dist/main.mjs']);
});

test('an action of the workspace is not laid out', async () => {
  await expect(stage('./sign')).rejects.toMatchObject({ code: 'USAGE' });
});
