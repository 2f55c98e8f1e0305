/** Runs the examples of the pages about verifying, with the package installed and the files that they name. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleJob, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { fulcioExtensionArcs } from '../../src/core/certificate/index.ts';
import { preAuthenticationEncoding, utf8 } from '../../src/core/encoding/index.ts';
import { exitCodes } from '../../src/core/errors/index.ts';
import { writeStatement } from '../../src/core/statement/index.ts';
import { attachBundle } from '../../src/deliver/index.ts';
import { optionName, policyRows } from '../../src/options/index.ts';
import { openHttp } from '../../src/services/http/index.ts';
import { imageSignature } from '../../src/sign/predicates/index.ts';
import { built } from '../kit/built.ts';
import { bundleType, signAsGitHub, signedByGitHub } from '../kit/github-bundles.ts';
import { clientOf, imageType, pushImage, registriesFor } from '../kit/registries.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [verifying = '', policy = '', json = '', signing = ''] = await Promise.all(
  ['verifying', 'policy', 'json', 'signing'].map((name) => readFile(join(root, 'docs', `${name}.md`), 'utf8')),
);

/** Returns the blocks of a language in a page, in order. */
function examples(page: string, language: string): readonly string[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
}

let sandbox: Sandbox;
let cwd: string;
beforeAll(async () => {
  // As the real instance: its certificates are not a sandbox's, and its jobs those of GitHub.
  sandbox = await startSandbox({ marked: false });
  cwd = await mkdtemp(join(tmpdir(), 'countersign-docs-'));
  const bundles = ['app', 'one', 'two'].map((text) => signedByGitHub(sandbox, text));
  const [app = '', one, two] = await Promise.all(bundles);
  const files = {
    'app.tar.gz': 'app',
    'app.tar.gz.sigstore.json': app,
    'dist/one.tar.gz': 'one',
    'dist/two.tar.gz': 'two',
    'bundles.jsonl': `${one}\n${two}\n`,
    'policy.yml': examples(policy, 'yaml')[0] ?? '',
    'trusted_root.json': JSON.stringify(sandbox.trustedRoot),
    // The command, with the trusted root and the registry of this instance.
    'bin/countersign': `#!/bin/sh
for argument; do
  shift
  set -- "$@" "$(printf %s "$argument" | sed 's,^ghcr.io/,${sandbox.registry.host}/,')"
done
exec '${process.execPath}' '${await built('cli.mjs')}' "$@" $TRUST
`,
    // The programs that fetch the command; __tests__/package.test.ts runs the real npx.
    'bin/npx': `#!/bin/sh
test "$1 $2" = '--allow-git=root github:OWNER/countersign#COMMIT' || exit 1
shift 2
exec countersign "$@"
`,
    'bin/git': `#!/bin/sh
case "$*" in
  'clone --quiet https://github.com/OWNER/countersign') mkdir -p countersign/dist && cp cli.mjs countersign/dist ;;
  '-C countersign checkout --quiet COMMIT') test -f countersign/dist/cli.mjs ;;
  *) exit 1 ;;
esac
`,
    'cli.mjs': `import { spawnSync } from 'node:child_process';
process.exitCode = spawnSync('countersign', process.argv.slice(2), { stdio: 'inherit' }).status;
`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text);
  }
  for (const name of ['countersign', 'npx', 'git']) await chmod(join(cwd, 'bin', name), 0o755);
  await pushSigned();
});
afterAll(async () => {
  await sandbox.close();
  await rm(cwd, { recursive: true, force: true });
});

/** Pushes the image of the example, and attaches a bundle to it. */
async function pushSigned(): Promise<void> {
  using connections = openHttp('countersign-test', new AbortController().signal);
  const registries = registriesFor(connections.send);
  const pushed = await pushImage(registries, `${sandbox.registry.host}/example-org/app`, '1.2');
  const subjects = [{ name: 'ghcr.io/example-org/app', digests: [pushed.digest] }];
  const payload = writeStatement({ ...imageSignature, subjects });
  const payloadType = 'application/vnd.in-toto+json';
  const { material: verificationMaterial, signature } = await signAsGitHub(
    sandbox,
    preAuthenticationEncoding(payloadType, payload),
  );
  const dsseEnvelope = {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ sig: signature }],
  };
  await attachBundle(clientOf(registries, pushed.repository), {
    image: pushed,
    stored: { mediaType: imageType, size: pushed.bytes.length },
    bundle: utf8(JSON.stringify({ mediaType: bundleType, verificationMaterial, dsseEnvelope })),
    predicateType: imageSignature.predicateType,
    signedAt: new Date(),
  });
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ readonly code: unknown; readonly output: string }>((resolve) => {
    const path = `${join(cwd, 'bin')}:${process.env.PATH}`;
    execFile(command, args, { cwd, env: { PATH: path, HOME: cwd, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: `${stdout}${stderr}` });
    });
  });
}

test.each([verifying, policy].flatMap((page) => examples(page, 'sh')).map((script) => [script]))(
  '%s',
  async (script) => {
    const trust = script.includes('--trusted-root') ? '' : '--trusted-root trusted_root.json';
    const { code, output } = await run('sh', ['-c', script], { TRUST: trust });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^Verified /) });
  },
);

test('the JSON has the documented shape', async () => {
  const { output } = await run('countersign', ['verify', 'app.tar.gz', '--json', '--repo', exampleJob.repository], {
    TRUST: '--trusted-root trusted_root.json',
  });
  expect(shapeOf(JSON.parse(output))).toEqual(shapeOf(JSON.parse(examples(json, 'json')[0] ?? '')));
});

/** Names and types; of a list the first, of claims none. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'claims' ? {} : shapeOf(inner)]),
  );
}

test('the pages name every option, claim and exit code', () => {
  const options = Object.keys(policyRows).filter((option) => !/regexp$/i.test(option));
  expect(options.map((option) => `--${optionName(option)}`).filter((option) => !policy.includes(option))).toEqual([]);
  for (const claim of Object.keys(fulcioExtensionArcs)) expect(policy).toContain(`\`${optionName(claim)}\``);
  for (const [kind, code] of Object.entries(exitCodes)) {
    expect(verifying).toContain(`| ${code} | ${kind} |`);
    expect(signing).toContain(`| ${code} | ${kind} |`);
  }
});
