/** Runs the examples of docs/library.md and of the docstrings of src/library: programs that have nothing but the package, a sandbox and files. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  exampleJob,
  exampleRelease,
  generateSigningKey,
  type Sandbox,
  sandboxVariables,
  startSandbox,
} from '../../sandbox/index.ts';
import { encodePem } from '../../src/core/encoding/index.ts';
import { openHttp } from '../../src/services/http/index.ts';
import { spdxDocument } from './documents.ts';
import { github, signedByGitHub } from './github-bundles.ts';
import { pushImage, registriesFor } from './registries.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(join(root, 'docs/library.md'), 'utf8');

export interface Example {
  /** The heading, or the name of the function. */
  readonly title: string;
  readonly code: string;
}

/** The programs of the page, each in the section with its title. Those for browsers are apart. */
export const pageExamples = programsIn(/^```js\n([\s\S]*?)^```$/gm);
export const browserExamples = programsIn(/^```js browser\n([\s\S]*?)^```$/gm);

function programsIn(blocks: RegExp): readonly Example[] {
  return [...page.matchAll(/^## (.*)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].flatMap(([, title = '', section = '']) =>
    [...section.matchAll(blocks)].map(([, code = '']) => ({ title, code })),
  );
}

/** Returns the examples of the docstrings of src/library. */
export async function docstringExamples(): Promise<readonly Example[]> {
  const folder = join(root, 'src/library');
  const files = (await readdir(folder)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/@example\n((?: +\* .*\n| \*\n)+?) \*\/\n(?:export )?(?:async )?(?:function )?(\w+)/g)].map(
      ([, lines = '', title = '']) => ({ title, code: lines.replace(/^ \* ?/gm, '') }),
    ),
  );
}

/** The names that an example of a docstring may use without declaring them. */
const prelude = `
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as sign from 'countersign/sign';
import * as verification from 'countersign/verify/node';
const { attachToImage, attachToRelease, attest, openSession, signDigest, signFile, signImage, storeAttestation, writeBundle } = sign;
const { exactIdentity, fetchAttestations, loadTrustedRoot, readPolicy, verifyDigest, verifyFile, verifyImage, verifyRelease } = verification;
const instance = {
  trustedRoot: await readFile('trusted_root.json'),
  signingConfig: await readFile('signing_config.json'),
};
const token = await readFile('token', 'utf8');
`;
/** What was signed before an example that verifies. */
const signed: Readonly<Record<string, string>> = {
  verifyFile: "await writeBundle('app.tar.gz.sigstore.json', await signFile('app.tar.gz', { token, instance }));",
  verifyDigest: "await writeBundle('app.tar.gz.sigstore.json', await signFile('app.tar.gz', { token, instance }));",
  verifyImage: 'const one = await signImage(image, { token, instance }); await attachToImage(one.image, one);',
  fetchAttestations:
    "await storeAttestation(await attest(['app.tar.gz'], 'provenance', { instance }), { repository: 'example-org/example-repo' });",
};

/** Returns an example as a program. A comment \`// → value\` after an expression states its value. */
export function programOf({ title, code }: Example): string {
  const policy = "exactIdentity('signer@example.test', process.env.OIDC_EMAIL)";
  const checked = code.replace(/^( *)(.*); \/\/ → (.*)$/gm, '$1assert.deepEqual($2, $3);');
  const digest = "createHash('sha256').update(await readFile('app.tar.gz')).digest('hex')";
  return `${prelude}
const image = 'ghcr.io/example-org/app:1.2';
const release = '${exampleRelease.repository}@${exampleRelease.tag}';
const environment = process.env;
const policy = ${policy};
${title === 'fetchAttestations' ? `const digest = \`sha256:\${${digest}}\`;` : ''}
${title === 'verifyRelease' ? "instance.trustedRoot = await readFile('github_trusted_root.json');" : ''}
${signed[title] ?? ''}
{
${checked}
}
`;
}

/** What came of a program. */
export interface Outcome {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** A sandbox whose certificates are like those of the real instance, and the files that the examples name. */
export class ExamplePlace implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly files: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #variables: Readonly<Record<string, string>>;

  private constructor(sandbox: Sandbox, folder: string, files: Readonly<Record<string, string>>) {
    this.sandbox = sandbox;
    this.files = files;
    this.#folder = folder;
    const app = sandbox.github.addRepository(exampleJob.repository);
    app.addTag(exampleRelease.tag, exampleRelease.commit);
    sandbox.github.attestations.keep(app, sandbox.releaseAuthority.attest(exampleRelease));
    this.#variables = {
      ...sandboxVariables(sandbox, join(folder, 'trust')),
      GITHUB_TOKEN: sandbox.github.userToken('octo', [app]),
    };
  }

  static async open(): Promise<ExamplePlace> {
    const sandbox = await startSandbox({ marked: false });
    const folder = await mkdtemp(join(tmpdir(), 'countersign-examples-'));
    const key = generateSigningKey('P-256');
    const files = {
      'app.tar.gz': 'app',
      'app.zip': 'the same app',
      'app.tar.gz.sigstore.json': await signedByGitHub(sandbox, 'app'),
      'app.spdx.json': JSON.stringify(spdxDocument()),
      'by-key.sigstore.json': await signedByGitHub(sandbox, 'app', key),
      'cosign.pub': encodePem('PUBLIC KEY', key.publicKey),
      'github_trusted_root.json': JSON.stringify(sandbox.releaseAuthority.trustedRoot),
      'policy.yml': `policy:\n  repo: ${exampleJob.repository}\n  certificate-oidc-issuer: ${github}\n`,
      'release.sigstore.json': JSON.stringify(sandbox.releaseAuthority.attest(exampleRelease)),
      'signing_config.json': JSON.stringify(sandbox.signingConfig),
      'trusted_root.json': JSON.stringify(sandbox.trustedRoot),
      token: await sandbox.personTokens.token('signer@example.test'),
    };
    const trust = join(folder, 'trust');
    await mkdir(trust);
    for (const name of ['trusted_root.json', 'signing_config.json'] as const)
      await writeFile(join(trust, name), files[name]);
    using connections = openHttp('countersign-test', new AbortController().signal);
    await pushImage(registriesFor(connections.send), `${sandbox.registry.host}/example-org/app`, '1.2');
    return new ExamplePlace(sandbox, folder, files);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Makes a project with the package installed, and the files. */
  async project(): Promise<string> {
    const project = await mkdtemp(join(this.#folder, 'project-'));
    const installed = join(project, 'node_modules', 'countersign');
    await mkdir(installed, { recursive: true });
    for (const name of ['package.json', 'dist']) await symlink(join(root, name), join(installed, name));
    await writeFile(join(project, 'package.json'), '{"type":"module"}');
    for (const [name, text] of Object.entries(this.files)) await writeFile(join(project, name), text);
    return project;
  }

  /** Runs a program in a project of its own. */
  async run(code: string, node = process.execPath): Promise<Outcome> {
    const project = await this.project();
    await writeFile(join(project, 'example.js'), code.replaceAll('ghcr.io/', `${this.sandbox.registry.host}/`));
    return this.execute(node, ['example.js'], project);
  }

  execute(program: string, args: readonly string[], cwd: string): Promise<Outcome> {
    const env = { PATH: process.env.PATH, HOME: cwd, ...this.#variables };
    return new Promise((resolve) => {
      execFile(program, args, { cwd, env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : error.code, stdout, stderr });
      });
    });
  }

  /** Checks the types of programs, and returns what the compiler reports. */
  async check(programs: readonly string[]): Promise<string> {
    const project = await this.project();
    for (const name of ['@types', 'undici-types'])
      await symlink(join(root, 'node_modules', name), join(project, 'node_modules', name), 'dir');
    const names = programs.map((_, at) => `example-${at}.ts`);
    for (const [at, code] of programs.entries()) await writeFile(join(project, names[at] ?? ''), code);
    const tsc = join(
      dirname(createRequire(join(root, 'package.json')).resolve('typescript/package.json')),
      'bin',
      'tsc',
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const { code, stdout, stderr } = await this.execute(process.execPath, [tsc, ...options, ...names], project);
    return code === 0 ? '' : `${stdout}${stderr}`;
  }
}
