/** Has the tools of npm and PyPI verify what `sign --package` writes, for packages that their tools built. */

import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { countersignPath } from './kit/countersign.ts';
import type { Instance } from './kit/instance.ts';
import { judgePath, type Run, run } from './kit/program.ts';
import { type RunningSandbox, startSandbox } from './kit/sandbox.ts';

const nodes: Readonly<Record<string, string>> = JSON.parse(process.env.COUNTERSIGN_INTEROP_NODES ?? '{}');
const kit = resolve('__tests__', 'interop', 'kit');

let folder: string;
let sandbox: RunningSandbox;
let instance: Instance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-packages-'));
  sandbox = await startSandbox(folder);
  instance = sandbox.instance;
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, { cwd, env: { HOME: folder } });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

async function sign(registry: string, log: 1 | 2, files: readonly string[], cwd: string): Promise<void> {
  const trust = ['--instance', 'sandbox', '--trusted-root', instance.trustedRoot];
  const args = ['sign', ...files, '--package', registry, '--signing-config', instance.signingConfig(log), ...trust];
  const env = { HOME: folder, ...instance.jobVariables() };
  const { code, stderr } = await run(process.execPath, [countersignPath, ...args], { cwd, env });
  if (code !== 0) throw new Error(stderr);
}

describe('npm', () => {
  const manifest = { name: '@example/demo', version: '1.2.3-rc.1', main: 'index.js' };
  let packages: string;
  let tarball: string;
  let registry: Server;
  let published: unknown[];
  beforeEach(async () => {
    published = [];
    registry = createServer(async (request, response) => {
      published.push(await json(request));
      response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
    });
    await once(registry.listen(0, '127.0.0.1'), 'listening');
    packages = await mkdtemp(join(folder, 'npm-'));
    // npm removes the build metadata before it publishes.
    const version = `${manifest.version}+build.5`;
    await writeFile(join(packages, 'package.json'), JSON.stringify({ ...manifest, version }));
    await writeFile(join(packages, 'index.js'), 'module.exports = 1;\n');
    [tarball] = JSON.parse(await succeed('npm', ['pack', '--json'], packages)).map(
      ({ filename }: { readonly filename: string }) => join(packages, filename),
    );
  });
  afterEach(async () => {
    registry.closeAllConnections();
    await once(registry.close(), 'close');
  });

  const publish = (sent: object = manifest): Promise<Run> => {
    const [, node24] = Object.entries(nodes).find(([version]) => version.startsWith('24.')) ?? [];
    if (node24 === undefined) throw new Error('there is no Node 24');
    const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
    const library = judgePath('COUNTERSIGN_INTEROP_LIBNPMPUBLISH');
    const files = [library, instance.trustedRoot, url, tarball, JSON.stringify(sent), `${tarball}.sigstore.json`];
    return run(node24, [join(kit, 'publish.cjs'), ...files], { cwd: packages, env: { HOME: folder } });
  };

  test.each([1, 2] as const)('libnpmpublish uploads the provenance of a tarball, with Rekor v%d', async (log) => {
    await sign('npm', log, [tarball], packages);
    expect(await publish()).toMatchObject({ code: 0, stdout: 'published\n' });
    const bundle = JSON.parse(await readFile(`${tarball}.sigstore.json`, 'utf8'));
    expect(published).toMatchObject([
      {
        _attachments: {
          '@example/demo-1.2.3-rc.1.sigstore': { content_type: bundle.mediaType },
        },
      },
    ]);
  });

  test('libnpmpublish refuses it for another version or another tarball, and uploads nothing', async () => {
    await sign('npm', 2, [tarball], packages);
    expect(await publish({ ...manifest, version: '1.2.4' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not match the package'),
    });
    await writeFile(tarball, `${await readFile(tarball, 'latin1')} `, 'latin1');
    expect(await publish()).toMatchObject({ code: 1, stderr: expect.stringContaining('digest does not match') });
    expect(published).toEqual([]);
  });
});

describe('PyPI', () => {
  let project: string;
  let names: readonly string[];
  beforeAll(async () => {
    project = join(folder, 'python');
    await mkdir(project);
    const backend = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';
    await writeFile(join(project, 'pyproject.toml'), `${backend}[project]\nname = "Demo.Pkg"\nversion = "1.0rc1"\n`);
    await writeFile(join(project, 'demo_pkg.py'), 'answer = 42\n');
    const python = judgePath('COUNTERSIGN_INTEROP_PYPI');
    await succeed(python, ['-m', 'build', '--no-isolation', '--outdir', 'dist', '.'], project);
    names = (await readdir(join(project, 'dist'))).toSorted();
    await sign('pypi', 1, ['dist/*'], project);
  });

  const judge = (attestation: string, distribution: string): Promise<Run> => {
    const { name, issuer } = instance.identity('job');
    const files = [instance.trustedRoot, attestation, distribution];
    const args = ['-I', join(kit, 'pypi-judge.py'), ...files, name, issuer];
    return run(judgePath('COUNTERSIGN_INTEROP_PYPI'), args, { cwd: project, env: { HOME: folder } });
  };
  const inDist = (name: string): string => join(project, 'dist', name);

  test('pypi-attestations accepts the attestation of a wheel and of a source distribution', async () => {
    expect(names).toEqual(['demo_pkg-1.0rc1-py3-none-any.whl', 'demo_pkg-1.0rc1.tar.gz']);
    for (const name of names)
      expect(await judge(inDist(`${name}.publish.attestation`), inDist(name))).toMatchObject({
        code: 0,
        stdout: 'https://docs.pypi.org/attestations/publish/v1\n',
      });
  });

  test('pypi-attestations refuses it for another distribution, and another name', async () => {
    const [wheel = '', sdist = ''] = names;
    const attestation = inDist(`${wheel}.publish.attestation`);
    expect(await judge(attestation, inDist(sdist))).toMatchObject({ code: 1 });
    const renamed = inDist('demo_pkg-1.0-py3-none-any.whl');
    await copyFile(inDist(wheel), renamed);
    const { code, stderr } = await judge(attestation, renamed);
    expect([code, stderr]).toEqual([1, expect.stringContaining('does not match distribution name')]);
  });
});
