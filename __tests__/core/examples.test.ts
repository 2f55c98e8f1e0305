/** Runs the examples in the docstrings of the core. A comment `// → value` after an expression states its value. */

import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { CertificateAuthority, generateSigningKey, jobIdentity } from '../../sandbox/index.ts';
import { writeBundle } from '../../src/core/bundle/index.ts';
import * as crypto from '../../src/core/crypto/index.ts';
import * as encoding from '../../src/core/encoding/index.ts';
import * as errors from '../../src/core/errors/index.ts';
import * as policies from '../../src/core/policy/index.ts';
import * as library from '../../src/core/verify/index.ts';
import { artifact, claims, Instance, now, sources } from '../kit/instance.ts';

const core = fileURLToPath(new URL('../../src/core/', import.meta.url));

interface Example {
  readonly place: string;
  readonly code: string;
}

async function examples(): Promise<readonly Example[]> {
  const files = (await readdir(core, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(join(core, file), 'utf8')] as const));
  return texts.flatMap(([file, text]) =>
    [...text.matchAll(/@example\n((?: +\* .*\n)+)/g)].map(([, lines = '']) => {
      const code = lines.replace(/^ +\* /gm, '');
      return { place: `${file}: ${code.split('\n')[0]}`, code };
    }),
  );
}

/** An instance whose certificates are not marked as those of a sandbox, so that the default policies accept them. */
class UnmarkedInstance extends Instance {
  override readonly certificateAuthority = new CertificateAuthority({
    sources,
    log: this.certificateLog,
    marked: false,
  });
}

const issuer = 'https://token.actions.githubusercontent.com';
const workflow = 'example/app/.github/workflows/release.yml@refs/heads/main';
const instance = new UnmarkedInstance();
const bundle = instance.sign({ leaf: jobIdentity({ ...claims, iss: issuer, job_workflow_ref: workflow }) });
const root = JSON.stringify(instance.trustedRoot());

const files: Readonly<Record<string, Uint8Array>> = {
  'app.tar.gz': artifact,
  'app.tar.gz.sigstore.json': encoding.utf8(writeBundle(bundle)),
  'trusted_root.json': encoding.utf8(root),
  'trusted_root.jsonl': encoding.utf8(`${root}\n${root}\n`),
  'cosign.pub': encoding.utf8(encoding.encodePem('PUBLIC KEY', generateSigningKey('P-256').publicKey)),
};

/** The names that an example may use without declaring them. */
const scope: Readonly<Record<string, unknown>> = {
  ...encoding,
  ...errors,
  ...crypto,
  ...policies,
  ...library,
  bundle,
  artifact: library.artifactOfBytes(artifact),
  trust: instance.trust(),
  policy: library.exactIdentity(`https://github.com/${workflow}`, issuer),
  message: encoding.utf8('a message'),
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  readFile: async (name: string, as?: 'utf8') => {
    const bytes = files[name];
    if (bytes === undefined) throw new Error(`no file ${name}`);
    return as === undefined ? bytes : Buffer.from(bytes).toString();
  },
  // The certificates are of that day.
  Date: class extends Date {
    constructor() {
      super(now);
    }
  },
  is: (found: unknown, expected: unknown) => expect(found).toEqual(expected),
};

function run(code: string): Promise<void> {
  const checked = code.replace(/^(.*); \/\/ → (.*)$/gm, 'is($1, $2);');
  const main = `const main = async ({ ${Object.keys(scope).join(', ')} }) => { {\n${checked}\n} };`;
  const parser = { syntax: 'typescript', explicitResourceManagement: true } as const;
  const { code: script } = transformSync(main, { jsc: { target: 'es2022', parser }, isModule: false });
  return new Function(`${script}; return main`)()(scope);
}

const all = await examples();

test('the public interface has examples', () => {
  expect(all.length).toBeGreaterThanOrEqual(18);
  expect(all.filter(({ code }) => code.includes('// → ')).length).toBeGreaterThanOrEqual(12);
});

test.each(all.map(({ place, code }) => [place, code] as const))('%s', async (_, code) => {
  await run(code);
});

test('an example with another value fails', async () => {
  await expect((async () => run("exactly('a').kind; // → 'glob'"))()).rejects.toThrow('exact');
});
