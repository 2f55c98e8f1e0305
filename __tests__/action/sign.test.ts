/** The action on its good days: what it signs, where that goes, and what it says of it. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob, fault, type StepResult } from '../../sandbox/index.ts';
import { declaredActions } from '../../src/options/index.ts';
import { cyclonedxDocument, spdxDocument, testResultDocument } from '../kit/documents.ts';
import { type Files, failure, Job, readAll, type SubjectOutput, signer, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

const digestOf = (content: string, algorithm = 'sha256'): string => createHash(algorithm).update(content).digest('hex');
const json = async (path: string) => JSON.parse(await readFile(path, 'utf8'));
const certificateOf = async ({ bundle }: SubjectOutput): Promise<string> =>
  (await json(bundle)).verificationMaterial.certificate.rawBytes;

/** Downloads an artifact of the job with GitHub's own client. */
async function download(id: string): Promise<ReadonlyMap<string, string>> {
  const path = job.path(`artifact-${id}`);
  const steps = [['downloadArtifact', Number(id), { path }]];
  const script = fileURLToPath(new URL('../../sandbox/__tests__/artifact-client.mjs', import.meta.url));
  const output = job.path(`artifact-${id}.json`);
  await promisify(execFile)(process.execPath, [script, JSON.stringify({ output, steps })], {
    env: {
      ACTIONS_RESULTS_URL: job.sandbox.urls.results,
      ACTIONS_RUNTIME_TOKEN: job.sandbox.artifactService.job.token,
    },
  });
  expect(await json(output)).toEqual([{ value: { downloadPath: path, digestMismatch: false } }]);
  return readAll(path);
}

test('runs nothing that lies in a node_modules above it, which packages in it would look for', async () => {
  const planted = join(job.action, '..', 'node_modules', 'picomatch');
  const canary = job.path('canary');
  await mkdir(planted, { recursive: true });
  await writeFile(join(planted, 'package.json'), JSON.stringify({ name: 'picomatch', version: '4.0.0' }));
  await writeFile(join(planted, 'index.js'), `require('node:fs').writeFileSync(${JSON.stringify(canary)}, '')`);
  const result = await job.sign(await job.workspace({ 'a.tgz': 'a' }), { files: '*.tgz' });
  expect(result.conclusion).toBe('success');
  await expect(stat(canary)).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('a bundle for each subject', () => {
  const image = 'the manifest of an image';
  const listed = 'known by its checksum';
  const files: Files = {
    'app.tgz': 'app',
    'dist/deep/lib.js': 'lib',
    'dist/skipped.map': 'map',
    SHA256SUMS: `${digestOf(listed)}  listed.bin\n`,
  };
  const contents = { 'listed.bin': listed, 'ghcr.io/example-org/app': image };
  let workspace: string;
  let result: StepResult;
  let subjects: readonly SubjectOutput[];

  beforeAll(async () => {
    workspace = await job.workspace(files);
    result = await job.sign(workspace, {
      files: '*.tgz\ndist/**\n!**/*.map',
      checksums: 'SHA256SUMS',
      digests: `ghcr.io/example-org/app:v1@sha256:${digestOf(image)}`,
      'bundle-dir': 'bundles',
      'upload-artifact': 'true',
    });
    subjects = subjectsOf(result);
  });

  test('succeeds without a word of complaint', () => {
    expect(result.annotations).toEqual([]);
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
  });

  test('sigstore-js accepts each', async () => {
    await job.judge(workspace, result, contents);
    expect(subjects.map(({ name }) => name)).toEqual([
      'app.tgz',
      'dist/deep/lib.js',
      'ghcr.io/example-org/app',
      'listed.bin',
    ]);
  });

  test('asks for one token and one certificate, and logs each subject once', () => {
    expect(job.count('oidc')).toBe(1);
    expect(job.count('fulcio')).toBe(1);
    expect(job.count('rekor-v2')).toBe(4);
    expect(job.count('timestamp')).toBe(4);
  });

  test('sets every output that is declared', async () => {
    expect([...result.outputs.keys()].sort()).toEqual(Object.keys(declaredActions().sign.outputs).sort());
    for (const { name, bundle, ...subject } of subjects) {
      const content = { 'app.tgz': 'app', 'dist/deep/lib.js': 'lib', ...contents }[name] ?? '';
      expect(subject).toEqual({
        digest: `sha256:${digestOf(content)}`,
        logs: [
          {
            url: job.sandbox.urls.rekor,
            id: expect.stringMatching(/^[0-9a-f]{64}$/),
            index: expect.stringMatching(/^\d+$/),
          },
        ],
        identity: signer,
        issuer: job.sandbox.urls.jobIssuer,
        certificate: { notBefore: expect.stringMatching(/Z$/), notAfter: expect.stringMatching(/Z$/) },
        signedAt: expect.stringMatching(/Z$/),
        resumed: false,
      });
      const { tlogEntries } = (await json(bundle)).verificationMaterial;
      expect(tlogEntries[0].logIndex).toBe(subject.logs[0]?.index);
    }
    const folder = join(workspace, 'bundles');
    expect(subjects.map(({ bundle }) => bundle)).toEqual([
      join(folder, 'app.tgz.sigstore.json'),
      join(folder, 'dist/deep/lib.js.sigstore.json'),
      join(folder, 'ghcr.io_example-org_app.sigstore.json'),
      join(folder, 'listed.bin.sigstore.json'),
    ]);
    expect(Object.fromEntries(result.outputs)).toMatchObject({
      'bundle-paths': subjects.map(({ bundle }) => bundle).join('\n'),
      'bundle-path': join(folder, 'bundles.sigstore.jsonl'),
      'bundles-path': join(folder, 'bundles.sigstore.jsonl'),
      'manifest-path': join(folder, 'manifest.json'),
    });
  });

  test('writes all bundles into one file, and a manifest of them', async () => {
    const all = (await readFile(join(workspace, 'bundles/bundles.sigstore.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(all.map((line) => JSON.parse(line))).toEqual(await Promise.all(subjects.map(({ bundle }) => json(bundle))));
    const manifest = await json(join(workspace, 'bundles/manifest.json'));
    expect(manifest).toMatchObject({ version: 1, identity: signer, issuer: job.sandbox.urls.jobIssuer });
    for (const [index, { name, digest, bundle, logs, signedAt }] of subjects.entries()) {
      const bundleDigest = `sha256:${digestOf(await readFile(bundle, 'utf8'))}`;
      const path = bundle.slice(join(workspace, 'bundles/').length);
      expect(manifest.subjects[index]).toEqual({ name, digest, bundle: path, bundleDigest, logs, signedAt });
    }
    expect(manifest.subjects).toHaveLength(subjects.length);
  });

  test('uploads all of them with the client of GitHub, byte for byte', async () => {
    const [artifact] = job.sandbox.artifactService.artifacts;
    expect(artifact).toMatchObject({
      id: result.outputs.get('artifact-id'),
      digest: `sha256:${result.outputs.get('artifact-digest')}`,
      name: expect.stringMatching(/^countersign-release-[0-9a-f]{12}$/),
    });
    expect(result.outputs.get('artifact-url')).toBe(
      `https://github.com/example-org/example-repo/actions/runs/${exampleJob.run_id}/artifacts/${artifact?.id}`,
    );
    expect(await download(artifact?.id ?? '')).toEqual(await readAll(join(workspace, 'bundles')));
  });

  test('says in the log what was signed, and where it was logged', () => {
    for (const { name, bundle, logs } of subjects) {
      expect(result.log).toContain(`signed ${name}, logged at ${logs[0]?.url} ${logs[0]?.index}: ${bundle}`);
    }
  });

  test('writes a summary', () => {
    expect(result.summary).toMatch(/^## ✅ Countersign signed 4 subjects\n/);
    for (const { name, digest, logs } of subjects) {
      expect(result.summary).toContain(`| \`${name}\` | \`${digest.slice(0, 19)}…\` | ${logs[0]?.index} |`);
    }
    for (const text of [signer, 'bundles/manifest.json', 'npx --allow-git=root', 'cosign verify-blob']) {
      expect(result.summary).toContain(text);
    }
  });

  test('a second run signs nothing again, and says so', async () => {
    const before = await readAll(workspace);
    const again = await job.sign(workspace, { files: '*.tgz\ndist/**\n!**/*.map', 'bundle-dir': 'bundles' });
    expect(again).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(subjectsOf(again).map(({ resumed }) => resumed)).toEqual([true, true]);
    expect(job.count('fulcio') + job.count('rekor-v2') + job.count('timestamp')).toBe(0);
    expect(again.log.filter((line) => line.startsWith('already signed '))).toHaveLength(2);
    const after = await readAll(workspace);
    for (const { bundle } of subjects) {
      const name = bundle.slice(workspace.length + 1);
      expect(after.get(name)).toBe(before.get(name));
    }
  });

  test('a second run signs again what has changed, and what has no bundle', async () => {
    await writeFile(join(workspace, 'app.tgz'), 'another app');
    await rm(join(workspace, 'bundles/dist/deep/lib.js.sigstore.json'));
    await writeFile(join(workspace, 'new.tgz'), 'new');
    const again = await job.sign(workspace, {
      files: '*.tgz\ndist/**\n!**/*.map',
      checksums: 'SHA256SUMS',
      'bundle-dir': 'bundles',
    });
    expect(again.conclusion).toBe('success');
    expect(subjectsOf(again).map(({ name, resumed }) => [name, resumed])).toEqual([
      ['app.tgz', false],
      ['dist/deep/lib.js', false],
      ['listed.bin', true],
      ['new.tgz', false],
    ]);
    expect(job.count('fulcio')).toBe(1);
    await job.judge(workspace, again, contents);
  });
});

describe('an attestation', () => {
  interface Statement {
    readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
    readonly predicateType: string;
    readonly predicate: unknown;
  }
  const statementOf = async (path: string): Promise<Statement> =>
    JSON.parse(Buffer.from((await json(path)).dsseEnvelope.payload, 'base64').toString());

  test('is one about all subjects, with digests of any kind, and says how they were built', async () => {
    const workspace = await job.workspace({
      a: 'a',
      'b/c': 'c',
      SUMS: `SHA512 (big.iso) = ${digestOf('iso', 'sha512')}\n`,
    });
    const result = await job.sign(workspace, {
      files: 'a\nb/*',
      checksums: 'SUMS',
      digests: `img@sha384:${digestOf('img', 'sha384')}`,
      'bundle-format': 'attestation',
    });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
    await job.judge(workspace, result);
    const path = result.outputs.get('bundle-path') ?? '';
    expect(path).toBe(join(workspace, 'attestation.sigstore.json'));
    expect(result.outputs.get('bundle-paths')).toBe(path);
    const statement = await statementOf(path);
    expect(statement.subject).toEqual([
      { name: 'a', digest: { sha256: digestOf('a') } },
      { name: 'b/c', digest: { sha256: digestOf('c') } },
      { name: 'big.iso', digest: { sha512: digestOf('iso', 'sha512') } },
      { name: 'img', digest: { sha384: digestOf('img', 'sha384') } },
    ]);
    const repository = `https://github.com/${exampleJob.repository}`;
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: 'https://actions.github.io/buildtypes/workflow/v1',
          externalParameters: {
            workflow: { repository, path: '.github/workflows/release.yml', ref: 'refs/heads/main' },
          },
          resolvedDependencies: [{ digest: { gitCommit: exampleJob.sha } }],
        },
        runDetails: {
          builder: { id: signer },
          metadata: { invocationId: `${repository}/actions/runs/${exampleJob.run_id}/attempts/1` },
        },
      },
    });
    expect([job.count('oidc', '/token'), job.count('fulcio'), job.count('rekor-v2')]).toEqual([1, 1, 1]);

    const again = await job.sign(workspace, {
      files: 'a\nb/*',
      checksums: 'SUMS',
      digests: `img@sha384:${digestOf('img', 'sha384')}`,
      'bundle-format': 'attestation',
    });
    expect(subjectsOf(again).map(({ resumed }) => resumed)).toEqual([true, true, true, true]);
    expect(job.count('fulcio')).toBe(0);
  });

  test('a statement about fewer subjects is no reason not to sign', async () => {
    const workspace = await job.workspace({ a: 'a', b: 'b' });
    await job.sign(workspace, { files: 'a', 'bundle-format': 'attestation' });
    const result = await job.sign(workspace, { files: 'a\nb', 'bundle-format': 'attestation' });
    expect(subjectsOf(result).map(({ resumed }) => resumed)).toEqual([false, false]);
    // The first one is an output of an earlier step.
    expect(result.outputs.get('bundle-path')).toBe(join(workspace, 'attestation-2.sigstore.json'));
    const attested = await Promise.all(
      ['attestation', 'attestation-2'].map((name) => statementOf(join(workspace, `${name}.sigstore.json`))),
    );
    expect(attested.map(({ subject }) => subject.length)).toEqual([1, 2]);
  });

  test('is what the inputs of actions/attest make', async () => {
    const workspace = await job.workspace({
      'a.bin': 'a',
      'b.bin': 'b',
      'c.bin': 'c',
      sums: `${digestOf('d')}  d.bin\n`,
    });
    const result = await job.sign(workspace, {
      'subject-path': 'a.bin, b.bin\nc.bin',
      'subject-checksums': 'sums',
      'subject-name': 'ghcr.io/example-org/app',
      'subject-digest': `sha256:${digestOf('image')}`,
    });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
    const statement = await statementOf(result.outputs.get('bundle-path') ?? '');
    expect(statement.subject.map(({ name }) => name)).toEqual([
      'a.bin',
      'b.bin',
      'c.bin',
      'd.bin',
      'ghcr.io/example-org/app',
    ]);
    expect(statement.predicateType).toBe('https://slsa.dev/provenance/v1');
  });

  test('is of an SBOM or a predicate, as the inputs of actions/attest name them', async () => {
    const workspace = await job.workspace({
      'a.bin': 'a',
      'sbom.json': JSON.stringify(spdxDocument()),
      'tests.json': JSON.stringify(testResultDocument),
    });
    const typeFor = async (inputs: Readonly<Record<string, string>>): Promise<string> => {
      const { outputs } = await job.sign(workspace, { 'subject-path': 'a.bin', 'bundle-dir': 'out', ...inputs });
      return (await statementOf(outputs.get('bundle-path') ?? '')).predicateType;
    };
    const uri = 'https://in-toto.io/attestation/test-result/v0.1';
    expect(await typeFor({ 'sbom-path': 'sbom.json' })).toBe('https://spdx.dev/Document/v2.3');
    expect(await typeFor({ 'predicate-type': uri, 'predicate-path': 'tests.json' })).toBe(uri);
    expect(await typeFor({ 'predicate-type': 'https://example.com/v1', predicate: '{"a":1}' })).toBe(
      'https://example.com/v1',
    );
    const both = await job.sign(workspace, {
      'subject-path': 'a.bin',
      'sbom-path': 'sbom.json',
      'predicate-type': uri,
      'predicate-path': 'tests.json',
    });
    expect([both.conclusion, failure(both)]).toEqual(['failure', expect.stringMatching(/^USAGE: `sbom-path` and/)]);
  });

  test('is one of several, which the outputs tell apart', async () => {
    const workspace = await job.workspace({ a: 'a', 'sbom.json': JSON.stringify(cyclonedxDocument()) });
    const result = await job.sign(workspace, { files: 'a', attestations: 'provenance\nsbom=sbom.json' });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(JSON.parse(result.outputs.get('subjects') ?? '')).toMatchObject([
      { name: 'a', predicateType: 'https://slsa.dev/provenance/v1' },
      { name: 'a', predicateType: 'https://cyclonedx.org/bom' },
    ]);
    expect(result.outputs.get('bundle-paths')?.split('\n')).toEqual(
      ['attestation', 'attestation-cyclonedx'].map((name) => join(workspace, `${name}.sigstore.json`)),
    );
    expect(result.summary).toContain('## ✅ Countersign signed 1 file\n');
    expect(job.count('fulcio')).toBe(1);
  });

  test('is a whole statement, which names its subjects', async () => {
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'elsewhere', digest: { sha256: digestOf('elsewhere') } }],
      predicateType: 'https://example.com/v1',
      predicate: {},
    };
    const workspace = await job.workspace({ 'statement.json': JSON.stringify(statement) });
    const result = await job.sign(workspace, { statement: 'statement.json' });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(await statementOf(result.outputs.get('bundle-path') ?? '')).toEqual(statement);
  });

  test('holds claims of the token, whatever the environment says', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const github = {
      repository: 'strange-org/strange-repo',
      sha: 'f'.repeat(40),
      workflow_ref: 'strange-org/strange-repo/x.yml@refs/heads/x',
    };
    const result = await job.sign(workspace, { files: 'a', 'bundle-format': 'attestation' }, { github });
    expect(result.conclusion).toBe('success');
    expect(JSON.stringify(await statementOf(result.outputs.get('bundle-path') ?? ''))).not.toMatch(/strange|ffff/);
  });

  test('1,200 files get two attestations of at most 1,024 subjects, and a summary below 1 MiB', async () => {
    const names = Array.from({ length: 1200 }, (_, index) => `files/${String(index).padStart(4, '0')}`);
    const workspace = await job.workspace(Object.fromEntries(names.map((name) => [name, name])));
    const result = await job.sign(workspace, { files: 'files/*', 'bundle-dir': 'out', 'bundle-format': 'attestation' });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [{ title: 'Countersign' }] });
    // The only annotation says where the whole list is.
    expect(result.annotations[0]?.message).toMatch(/^the output `subjects` has \d+ bytes/);
    expect(await json(result.outputs.get('subjects-file') ?? '')).toHaveLength(1200);
    const paths = (result.outputs.get('bundle-paths') ?? '').split('\n');
    expect(paths).toEqual(
      ['out/attestation.sigstore.json', 'out/attestation-2.sigstore.json'].map((path) => join(workspace, path)),
    );
    const statements = await Promise.all(paths.map(statementOf));
    expect(statements.map(({ subject }) => subject.length)).toEqual([1024, 176]);
    expect(statements.flatMap(({ subject }) => subject)).toEqual(
      names.map((name) => ({ name, digest: { sha256: digestOf(name) } })),
    );
    expect([job.count('oidc', '/token'), job.count('fulcio'), job.count('rekor-v2'), job.count('timestamp')]).toEqual([
      1, 1, 2, 2,
    ]);
    expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024);
    expect(result.summary).toContain('Countersign signed 1,200 files');
    const manifest = await json(result.outputs.get('manifest-path') ?? '');
    expect(manifest.subjects).toHaveLength(1200);
  });
});

describe('two steps of one job', () => {
  test.each<[what: string, inputs: (name: string) => Readonly<Record<string, string>>]>([
    ['files', (name) => ({ files: name })],
    ['files into a folder', (name) => ({ files: name, 'bundle-dir': 'out' })],
    ['an attestation', (name) => ({ files: name, 'bundle-format': 'attestation' })],
    ['an attestation into a folder', (name) => ({ files: name, 'bundle-format': 'attestation', 'bundle-dir': 'out' })],
    ['the inputs of actions/attest', (name) => ({ 'subject-path': name })],
    ['digests of one name', (name) => ({ digests: `app@sha256:${digestOf(name)}` })],
  ])('%s: nothing of the first is replaced, and each output is its own', async (_, inputs) => {
    const workspace = await job.workspace({ 'a.zip': 'a', 'b.zip': 'b' });
    const outputs = ['bundle-path', 'bundles-path', 'manifest-path'] as const;
    const first = await job.sign(workspace, inputs('a.zip'));
    const before = await readAll(workspace);
    const second = await job.sign(workspace, inputs('b.zip'));
    expect([first.conclusion, second.conclusion, second.annotations]).toEqual(['success', 'success', []]);
    const after = await readAll(workspace);
    for (const [name, text] of before) expect([name, after.get(name)]).toEqual([name, text]);
    for (const output of outputs) {
      expect(await stat(second.outputs.get(output) ?? '')).toBeDefined();
      expect(second.outputs.get(output)).not.toBe(first.outputs.get(output));
    }
    for (const step of [first, second]) await job.judge(workspace, step, { app: step === first ? 'a.zip' : 'b.zip' });
  });
});

test('a bundle of somebody else is not replaced, unless the step says so', async () => {
  const workspace = await job.workspace({ 'a.zip': 'a', 'a.zip.sigstore.json': 'somebody else' });
  const refused = await job.sign(workspace, { files: '*.zip' });
  expect(failure(refused)).toMatch(
    /^USAGE: nothing was signed, .*a\.zip\.sigstore\.json is not a bundle\n.*`overwrite: true`/,
  );
  expect(job.count('rekor-v2') + job.count('fulcio')).toBe(0);
  expect((await readAll(workspace)).get('a.zip.sigstore.json')).toBe('somebody else');
  const result = await job.sign(workspace, { files: '*.zip', overwrite: 'true' });
  expect(result.conclusion).toBe('success');
  await job.judge(workspace, result);
});

test('bundles that a pattern matches are left out, and the log says so', async () => {
  const workspace = await job.workspace({ 'dist/a': 'a', 'dist/old.sigstore.json': 'no bundle' });
  const inputs = { files: 'dist/**', 'bundle-dir': 'dist' };
  const names = ['dist/a', 'dist/old.sigstore.json'];
  expect(subjectsOf(await job.sign(workspace, inputs)).map(({ name }) => name)).toEqual(names);
  const again = await job.sign(workspace, inputs);
  expect(subjectsOf(again).map(({ name, resumed }) => [name, resumed])).toEqual(names.map((name) => [name, true]));
  expect(again.log).toContain(
    `skipped bundles and manifests: ${['bundles.sigstore.jsonl', 'dist/a.sigstore.json', 'dist/old.sigstore.json.sigstore.json', 'manifest.json'].map((name) => `dist/${name}`).join(', ')}`,
  );
});

test('200 files make one token request and one certificate request', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `${index}.txt`);
  const workspace = await job.workspace(Object.fromEntries(names.map((name) => [name, name])));
  const result = await job.sign(workspace, {
    files: '*.txt',
    'bundle-dir': 'out',
    'retry-budget': '1m',
  });
  expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
  const subjects = subjectsOf(result);
  expect(subjects.map(({ name }) => name)).toEqual(names.toSorted());
  // All were verified before they were written; sigstore-js takes its time, and sees a few.
  await job.judgeSubjects(workspace, subjects.slice(0, 10));
  expect(new Set(await Promise.all(subjects.map(certificateOf))).size).toBe(1);
  expect([job.count('oidc'), job.count('fulcio')]).toEqual([1, 1]);
});

describe('the instance', () => {
  test('Rekor v1 is used where it is all there is', async () => {
    const workspace = await job.workspace({ a: 'a', b: 'b' });
    for (const format of ['per-file', 'attestation']) {
      const result = await job.sign(workspace, {
        files: '?',
        'signing-config': job.path('rekor-v1.json'),
        'bundle-format': format,
      });
      expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
      expect(await job.judge(workspace, result)).toHaveLength(2);
      expect([job.count('rekor-v1'), job.count('rekor-v2')]).toEqual([format === 'per-file' ? 2 : 1, 0]);
    }
  });

  test('of both logs, the highest version is used, or the one that is asked for', async () => {
    await writeFile(job.path('both.json'), JSON.stringify(job.sandbox.signingConfigBothLogs));
    const counts = [];
    for (const version of ['', '1', '2']) {
      const workspace = await job.workspace({ a: 'a' });
      const result = await job.sign(workspace, {
        files: 'a',
        'signing-config': job.path('both.json'),
        'log-version': version,
      });
      expect(result.conclusion).toBe('success');
      counts.push([job.count('rekor-v1'), job.count('rekor-v2')]);
    }
    expect(counts).toEqual([
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
  });

  test('a version that the instance does not offer is no reason to use another', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a', 'log-version': '1' });
    expect(failure(result)).toMatch(
      /^USAGE: the instance sandbox has no transparency log with API version 1\n.*`log-version`/,
    );
    expect(job.count('rekor-v2')).toBe(0);
  });

  test('trusted root and signing config come from a TUF repository, from a root that is given', async () => {
    await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
    const workspace = await job.workspace({ a: 'a' });
    const tuf = { 'trusted-root': '', 'signing-config': '', 'tuf-url': job.sandbox.urls.tuf };
    const result = await job.sign(workspace, { files: 'a', ...tuf, 'tuf-root': job.path('root.json') });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(await job.judge(workspace, result)).toHaveLength(1);
    const rootless = await job.sign(workspace, { files: 'a', ...tuf });
    expect(failure(rootless)).toMatch(/^USAGE: .*root/);
  });

  test('sandbox certificates are refused where no sandbox was asked for', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a', instance: 'custom' });
    expect(failure(result)).toMatch(/CERTIFICATE_SANDBOX/);
    expect(await readAll(workspace)).toEqual(new Map([['a', 'a']]));
  });
});

describe('the workflow artifact', () => {
  test('the legs of a matrix do not fight over its name', async () => {
    const { runId } = job.sandbox.artifactService.job;
    const names = [];
    for (const leg of ['linux', 'windows', 'macos']) {
      const workspace = await job.workspace({ app: `built for ${leg}` });
      const artifacts = await job.sandbox.artifactService.newJob(runId);
      const result = await job.sign(workspace, { files: 'app', 'upload-artifact': 'true' }, { artifacts });
      expect(result.conclusion).toBe('success');
      names.push(job.sandbox.artifactService.artifacts.at(-1)?.name);
    }
    expect(new Set(names).size).toBe(3);
  });

  test('of an earlier attempt is found again, or replaced; a name that others have is found before anything is signed', async () => {
    const files = { 'app.zip': 'app' };
    const inputs = { files: '*.zip', 'upload-artifact': 'true', 'artifact-name': 'my bundles' };
    const kept = await job.workspace(files);
    const first = await job.sign(kept, inputs);
    expect(first.conclusion).toBe('success');
    expect(first.outputs.get('artifact-name')).toBe('my bundles');
    const idOf = ({ outputs }: StepResult) => [outputs.get('artifact-id'), outputs.get('artifact-digest')];

    const again = await job.sign(kept, inputs);
    expect([again.conclusion, again.annotations, idOf(again)]).toEqual(['success', [], idOf(first)]);
    const fresh = await job.sign(await job.workspace(files), inputs);
    expect([fresh.conclusion, fresh.annotations]).toEqual(['success', []]);
    expect(idOf(fresh)).not.toEqual(idOf(first));
    const stored = job.sandbox.artifactService.artifacts.filter(({ name }) => name === 'my bundles');
    expect(stored.map(({ id, digest }) => [id, digest.slice('sha256:'.length)])).toEqual([idOf(fresh)]);

    for (const others of [{ 'app.zip': 'another' }, { 'other.zip': 'app' }, { 'app.zip': 'app', 'b.zip': 'b' }]) {
      const result = await job.sign(await job.workspace(others), inputs);
      expect(failure(result)).toMatch(
        /^USAGE: nothing was signed: this run already has an artifact named "my bundles"/,
      );
      expect(job.count('fulcio') + job.count('rekor-v2')).toBe(0);
    }
  });

  test('whose name nobody chose is found again by the same step', async () => {
    const workspace = await job.workspace({ 'app.zip': 'the app' });
    const inputs = { files: '*.zip', 'upload-artifact': 'true' };
    const results = [await job.sign(workspace, inputs), await job.sign(workspace, inputs)];
    expect(results.map(({ conclusion, annotations }) => [conclusion, annotations])).toEqual([
      ['success', []],
      ['success', []],
    ]);
    expect(new Set(results.map(({ outputs }) => outputs.get('artifact-id'))).size).toBe(1);
  });

  test('an upload that fails leaves the bundles, says where they are, and fails the run', async () => {
    job.sandbox.faults.set('artifacts', fault.status(403, { body: '{"code":"permission_denied","msg":"no"}' }));
    const workspace = await job.workspace({ a: 'a', b: 'b' });
    const result = await job.sign(workspace, { files: '?', 'upload-artifact': 'true', 'bundle-dir': 'out' });
    job.sandbox.faults.clear();
    const text = failure(result);
    expect(text).toContain('DELIVERY_FAILED: the artifact countersign-release-');
    expect(text).toContain(`The bundles are still in ${join(workspace, 'out')}`);
    expect(await job.judge(workspace, result)).toHaveLength(2);
    expect(Object.fromEntries(result.outputs)).toMatchObject({
      'artifact-id': '',
      'artifact-digest': '',
      'artifact-url': '',
    });
    expect(result.outputs.get('manifest-path')).toBe(join(workspace, 'out/manifest.json'));
    expect(result.summary).toContain('was not uploaded');
  });
});

test('at debug level too, no secret is printed', async () => {
  const workspace = await job.workspace({ a: 'a' });
  const result = await job.sign(
    workspace,
    { files: 'a', 'bundle-format': 'attestation', 'upload-artifact': 'true' },
    { debug: true },
  );
  expect(result.conclusion).toBe('success');
  // The token is masked before anything else is said.
  const printed = result.rawLog.map(({ text }) => text);
  const masks = printed.findIndex((line) => line.startsWith('::add-mask::eyJ'));
  expect(printed.slice(0, masks).filter((line) => !line.startsWith('::add-mask::'))).toEqual([]);
  expect(result.log.join('\n')).toContain('sig=***');
});

test('bundles beside the files, and what is about all of them in the workspace', async () => {
  const workspace = await job.workspace({ 'a.txt': 'a', 'b/c.txt': 'c' });
  await job.sign(workspace, { files: '**/*.txt' });
  expect([...(await readAll(workspace)).keys()]).toEqual([
    'a.txt',
    'a.txt.sigstore.json',
    'b/c.txt',
    'b/c.txt.sigstore.json',
    'bundles.sigstore.jsonl',
    'countersign-manifest.json',
  ]);
});

test('loads no option of policies', async () => {
  const workspace = await job.workspace({ a: 'a' });
  const list = job.path('loaded');
  await writeFile(list, '');
  const hook = fileURLToPath(new URL('../cli/loaded.mjs', import.meta.url));
  const env = { NODE_OPTIONS: `--import=${hook}`, LOADED_MODULES: list };
  expect((await job.sign(workspace, { files: 'a' }, { env })).conclusion).toBe('success');
  const loaded = (await readFile(list, 'utf8')).split('\n').filter((url) => url.includes('/dist/'));
  const texts = await Promise.all(loaded.map((url) => readFile(fileURLToPath(url), 'utf8')));
  const all = texts.join('\n');
  expect(all).toContain('subject-digest');
  for (const stranger of ['--certificate-identity-within', 'denySelfHosted']) expect(all).not.toContain(stranger);
});
