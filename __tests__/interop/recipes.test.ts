/** The commands in docs/recipes/ that need cosign and no workflow, run as they stand there against a sandbox. */

import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { serveProxy } from '../kit/company-network.ts';
import { blocksUnder, rootPath } from '../kit/pages.ts';
import { tarEntry } from '../kit/tar.ts';
import { Act } from './kit/act.ts';
import { countersignPath } from './kit/countersign.ts';
import { type Run, run } from './kit/program.ts';
import { calledClaims, openTerminal, type Terminal, tagClaims } from './kit/shown.ts';

let act: Act;
let folder = '';
let terminal: Terminal;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-recipes-'));
  act = await Act.start();
});
afterAll(async () => {
  await act[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const page = 'docs/recipes/verify-without-node.md';
const name = 'app.tar.gz';

/** Signs a file as a job with these claims. */
async function signed(into: string, bytes: Uint8Array, claims: Readonly<Record<string, string>>): Promise<void> {
  await writeFile(join(into, name), bytes);
  const { requestUrl, requestToken } = act.instance.tokenEndpoint;
  const query = Object.entries(claims).map(([claim, value]) => `&claim.${claim}=${encodeURIComponent(value)}`);
  const { code, stderr } = await run(
    process.execPath,
    [
      ...[countersignPath, 'sign', name, '--instance', 'sandbox', '--trusted-root', act.instance.trustedRoot],
      ...['--signing-config', act.instance.signingConfig(2)],
    ],
    {
      cwd: into,
      env: {
        HOME: into,
        GITHUB_ACTIONS: 'true',
        ACTIONS_ID_TOKEN_REQUEST_URL: `${requestUrl}${query.join('')}`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      },
    },
  );
  if (code !== 0) throw new Error(`signing ended with ${code}: ${stderr}`);
}

/** An archive that `tar -xz` can unpack. */
const archive = gzipSync(Buffer.concat([tarEntry({ name: 'app', body: 'the program\n' }), Buffer.alloc(1024)]));

const own = tagClaims('release.yml');
const ofOther = {
  ...own,
  repository: 'example-org/other',
  job_workflow_ref: own.job_workflow_ref?.replace('example-repo', 'other') ?? '',
};

beforeEach(async () => {
  terminal = await openTerminal(act, folder);
});

describe('In a shell script', () => {
  const script = async (): Promise<Run> => terminal.run((await blocksUnder(page, 'In a shell script', 'sh')).join(''));
  const unpacked = (): boolean => existsSync(join(terminal.folder, 'app'));

  test('unpacks a file that the workflow has signed', async () => {
    await signed(terminal.folder, archive, own);
    expect([(await script()).code, unpacked()]).toEqual([0, true]);
  });

  test.each<[what: string, claims: Readonly<Record<string, string>>, change: boolean]>([
    ['is changed', own, true],
    ['another repository has signed', ofOther, false],
    ['another workflow has signed', tagClaims('other.yml'), false],
  ])('stops before it unpacks a file that %s', async (_, claims, change) => {
    await signed(terminal.folder, archive, claims);
    if (change) await writeFile(join(terminal.folder, name), gzipSync(tarEntry({ name: 'app', body: 'other' })));
    expect([(await script()).code, unpacked()]).toEqual([1, false]);
  });
});

describe('A file that sign.yml signed', () => {
  const script = async (): Promise<Run> =>
    terminal.run((await blocksUnder(page, 'A file that sign.yml signed', 'sh')).join(''));

  test('is accepted if it was built from the repository', async () => {
    await signed(terminal.folder, archive, calledClaims);
    expect((await script()).code).toBe(0);
  });

  test('is refused if another repository called sign.yml', async () => {
    await signed(terminal.folder, archive, { ...calledClaims, repository: 'example-org/other' });
    expect((await script()).code).toBe(1);
  });
});

describe('Offline', () => {
  test('the trusted root is fetched once, and nothing is requested afterwards', async () => {
    const [fetchRoot = '', verify = ''] = await blocksUnder(page, 'Offline', 'sh');
    expect((await terminal.run(fetchRoot)).code).toBe(0);
    await signed(terminal.folder, archive, own);
    // A home without a cache, and a proxy that notes every request to another machine and refuses it.
    const home = await mkdtemp(join(folder, 'home-'));
    await using proxy = await serveProxy({ status: 403 }, 9);
    const network = { HOME: home, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect((await terminal.run(verify, network)).code).toBe(0);
    expect(proxy.asked).toEqual([]);

    // Without the trusted root, there is a request.
    const online = verify.replace(/ +--trusted-root trusted_root\.json \\\n/, '');
    expect(online).not.toBe(verify);
    expect((await terminal.run(online, network)).code).not.toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
  });
});

describe('In a Dockerfile', () => {
  /** Follows the instructions, each stage in a folder of its own, because Docker may be missing. */
  async function build(release: string): Promise<{ readonly code: number; readonly image: string }> {
    const [text = ''] = await blocksUnder(page, 'In a Dockerfile', 'dockerfile');
    const root = await mkdtemp(join(folder, 'docker-'));
    const stages = new Map<string, string>();
    const variables = new Map<string, string>();
    const expand = (words: string): string =>
      words.replaceAll(/\$\{(\w+)\}/g, (_, variable) => variables.get(variable) ?? '');
    let [stage, cwd] = ['', ''];
    for (const line of text.replaceAll(/\\\n/g, ' ').split('\n')) {
      const [, instruction, rest = ''] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
      const [first = '', second = '', third = ''] = expand(rest).split(/ +/);
      if (instruction === 'FROM') {
        expect(first).toMatch(/^[\w./-]+:[\w.-]+@sha256:DIGEST$/);
        stage = join(root, String(stages.size));
        stages.set(third || 'final', stage);
        await mkdir(stage);
        cwd = stage;
      } else if (instruction === 'ARG') {
        const [variable = '', value = ''] = first.split('=');
        variables.set(variable, value);
      } else if (instruction === 'WORKDIR') {
        cwd = join(stage, first);
        await mkdir(cwd, { recursive: true });
      } else if (instruction === 'ADD') {
        expect(first).toContain('/releases/download/v1.0.0/');
        await copyFile(join(release, basename(first)), join(cwd, basename(first)));
      } else if (instruction === 'COPY') {
        const from = stages.get(first.replace('--from=', '')) ?? '';
        // The image of cosign is not here; its programs are those of the terminal.
        if (first !== '--from=cosign') await cp(join(from, second), join(stage, third), { recursive: true });
      } else if (instruction === 'RUN') {
        // A path of the image is one below the folder of the stage.
        const script = expand(rest).replaceAll(' /app', ` '${stage}/app'`);
        const { code } = await terminal.run(`cd '${cwd}' && ${script}`);
        if (code !== 0) return { code: code ?? 1, image: '' };
      } else expect(line).toMatch(/^(?:#.*)?$/);
    }
    return { code: 0, image: stages.get('final') ?? '' };
  }

  test('the image has what was verified, and neither cosign nor the bundle', async () => {
    await signed(terminal.folder, archive, own);
    const { code, image } = await build(terminal.folder);
    expect([code, await readdir(image, { recursive: true })]).toEqual([0, ['app', 'app/app']]);
  });

  test('there is no image of a file that is changed, or that another repository signed', async () => {
    await signed(terminal.folder, archive, own);
    await writeFile(join(terminal.folder, name), 'other');
    expect((await build(terminal.folder)).code).toBe(1);
    await rm(join(terminal.folder, `${name}.sigstore.json`));
    await signed(terminal.folder, archive, ofOther);
    expect((await build(terminal.folder)).code).toBe(1);
  });
});

test.each([
  ['Sign with cosign', ['sign-blob', 'attest-blob', 'sign', 'attest']],
  ['Verify with cosign', ['verify-blob', 'verify-blob-attestation', 'verify', 'verify-attestation']],
] as const)('docs/recipes/migrating.md, %s, has every flag of cosign, and no other', async (heading, commands) => {
  const helps = await Promise.all(commands.map((command) => terminal.run(`cosign ${command} --help`)));
  const flags = helps.flatMap(({ stdout }) =>
    [...stdout.matchAll(/^ {4}(?:-\w, )?(--[\w-]+)=/gm)].map(([, flag]) => flag),
  );
  const text = await readFile(rootPath('docs/recipes/migrating.md'), 'utf8');
  const section = text.slice(text.indexOf(`### ${heading}\n`)).split(/^##+ /m)[1] ?? '';
  const rows = [...section.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(--[^`]+)`/g)]);
  const expected = new Set(flags.filter((flag) => flag !== '--help'));
  expect(rows.map(([, flag]) => flag).sort()).toEqual([...expected].sort());
});
