/** The workflows in examples/ and docs/recipes/, run by act against a sandbox, with the real `gh` against an API on loopback. */

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { blocksUnder, exampleWorkflows } from '../kit/pages.ts';
import { Act, type ActRun, filesNamed, type Workflow } from './kit/act.ts';
import { type Asset, GitHubApi } from './kit/github-api.ts';
import {
  calledClaims,
  openTerminal,
  replaced,
  repository,
  type Terminal,
  tag,
  tagClaims,
  usableText,
} from './kit/shown.ts';
import type { ShownWorkflow } from './kit/shown-workflow.ts';

type Texts = Readonly<Record<string, string>>;

const examples = await exampleWorkflows();
const makefile = 'dist:\n\tmkdir dist && echo app >dist/app.tar.gz && echo lib >dist/lib.whl\n';
let runs = 0;

let act: Act;
let folder = '';
let api: GitHubApi;
let terminal: Terminal;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-examples-'));
  act = await Act.start();
});
afterAll(async () => {
  await act[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  api = await GitHubApi.start(repository, [tag]);
  terminal = await openTerminal(act, folder);
  await api.writeProgram(join(terminal.programs, 'gh'));
});
afterEach(() => api[Symbol.asyncDispose]());

interface Shown extends Partial<Workflow> {
  /** In place of those by which the actions use the sandbox. */
  readonly inputs?: Partial<Readonly<Record<'sign' | 'verify', Texts>>>;
  readonly change?: (workflow: ShownWorkflow) => ShownWorkflow;
}

const issuer = (): Texts => ({ 'certificate-oidc-issuer': act.instance.setting('OIDC_GHA') });

/** Runs a workflow, started by the push of a tag, in which every step that is ours uses the sandbox. */
async function runWorkflow(text: string, { inputs, change, files, ...rest }: Shown = {}): Promise<ActRun> {
  const path = '.github/workflows/release.yml';
  const shown = usableText(text, act, {
    inputs: {
      sign: { ...act.trust, 'signing-config': act.instance.signingConfig(2) },
      verify: { ...act.trust, ...issuer() },
      ...inputs,
    },
    artifact: `release-${++runs}`,
    ...(change && { change }),
  });
  return act.run({
    payload: { ref: `refs/tags/${tag}` },
    claims: tagClaims('release.yml'),
    token: api.token,
    programs: terminal.programs,
    ...rest,
    files: { Makefile: makefile, Dockerfile: `FROM scratch\n# ${runs}\n`, ...files, [path]: shown },
    path,
  });
}

/** Adds a last step to each job that copies the results of the build, because act removes the workspace. */
function keeping(kept: string): (workflow: ShownWorkflow) => ShownWorkflow {
  return ({ jobs, ...workflow }) => {
    const changed = Object.entries(jobs).map(([id, { steps = [], ...job }]) => [
      id,
      { ...job, steps: [...steps, { run: `cp -R . '${kept}'` }] },
    ]);
    return { ...workflow, jobs: Object.fromEntries(changed) };
  };
}

const example = (name: string): string => examples.get(name) ?? '';
const assetsOf = (): readonly Asset[] => api.releases.flatMap(({ assets }) => assets);
const assetNames = (): readonly string[] =>
  assetsOf()
    .map(({ name }) => name)
    .sort();

/** Runs the commands under a heading, each in the same folder; returns how each ended. */
async function follow(page: string, heading: string): Promise<readonly (number | null)[]> {
  const ended: (number | null)[] = [];
  for (const script of await blocksUnder(page, heading, 'sh'))
    ended.push((await terminal.run(script, { GH_TOKEN: api.token })).code);
  return ended;
}

describe('release-files.yml', () => {
  test('publishes the files and their bundles, and its readers can verify them', async () => {
    const result = await runWorkflow(example('release-files.yml'));
    expect([result.code, result.errors, result.results]).toEqual([0, '', { release: 'success' }]);
    expect(api.releases.map(({ tag: of, draft }) => [of, draft])).toEqual([[tag, false]]);
    expect(assetNames()).toEqual(['app.tar.gz', 'app.tar.gz.sigstore.json', 'lib.whl', 'lib.whl.sigstore.json']);

    const heading = 'Verify a downloaded asset';
    expect(await follow('docs/recipes/release-assets.md', heading)).toEqual([0, 0]);
    const [first, cosign] = await blocksUnder('docs/recipes/release-assets.md', heading, 'sh');
    await writeFile(join(terminal.folder, 'app.tar.gz'), 'other');
    const [, npx = ''] = first?.split(/\n(?=npx )/) ?? [];
    expect([(await terminal.run(npx)).code, (await terminal.run(cosign ?? '')).code]).toEqual([4, 1]);
    // A file of another release.
    const app = assetsOf().find(({ name }) => name === 'app.tar.gz');
    await writeFile(join(terminal.folder, 'app.tar.gz'), app?.bytes ?? '');
    expect((await terminal.run(npx)).code).toBe(0);
    const other = (script = ''): Promise<{ readonly code: number | null }> =>
      terminal.run(script.replaceAll('v1.0.0', 'v1.0.1'));
    expect([(await other(npx)).code, (await other(cosign)).code]).toEqual([4, 1]);
  });

  test('the assets of a draft are signed, and the draft is not published', async () => {
    const app: Asset = { id: 1, name: 'app.tar.gz', bytes: Buffer.from('app') };
    api.releases.push({ id: 2, tag, name: tag, draft: true, assets: [app] });
    const [text = ''] = await blocksUnder('docs/recipes/release-assets.md', 'Sign the assets of a draft', 'yaml');
    const result = await runWorkflow(text, { event: 'workflow_dispatch', payload: { inputs: { tag } } });
    expect([result.code, result.errors, result.results]).toEqual([0, '', { sign: 'success' }]);
    expect(assetNames()).toEqual(['app.tar.gz', 'app.tar.gz.sigstore.json']);
    expect(api.releases.map(({ draft }) => draft)).toEqual([true]);
    for (const { name, bytes } of assetsOf()) await writeFile(join(terminal.folder, name), bytes);
    const verify = 'npx --allow-git=root github:OWNER/countersign#COMMIT verify app.tar.gz --repo OWNER/REPOSITORY';
    expect((await terminal.run(verify)).code).toBe(0);
  });

  test('creates no release if there is nothing to sign', async () => {
    const result = await runWorkflow(example('release-files.yml'), { files: { Makefile: 'dist:\n\tmkdir dist\n' } });
    expect([result.code, result.results, api.releases]).toEqual([1, { release: 'failure' }, []]);
  });
});

describe('sign-in-own-job.yml', () => {
  const run = async (claims: Texts): Promise<ActRun> =>
    runWorkflow(example('sign-in-own-job.yml'), { claims, inputs: { sign: await act.tuf() } });

  test('publishes the files and the attestation, and its readers can verify them', async () => {
    const result = await run(calledClaims);
    expect([result.code, result.errors]).toEqual([0, '']);
    expect(result.results).toEqual({ build: 'success', 'Sign/sign': 'success', publish: 'success' });
    expect(api.releases.map(({ draft }) => draft)).toEqual([false]);
    expect(assetNames()).toEqual(['app.tar.gz', 'attestation.sigstore.json', 'lib.whl']);

    for (const { name, bytes } of assetsOf()) await writeFile(join(terminal.folder, name), bytes);
    const [page, heading] = ['docs/recipes/provenance.md', 'Verify provenance of sign.yml'] as const;
    expect(await follow(page, heading)).toEqual([0, 0]);
    // Another repository that calls the same workflow.
    const [countersign = '', cosign = ''] = await blocksUnder(page, heading, 'sh');
    const foreign = (script: string): Promise<{ readonly code: number | null }> =>
      terminal.run(script.replaceAll('OWNER/REPOSITORY', 'example-org/other'));
    expect([(await foreign(countersign)).code, (await foreign(cosign)).code]).toEqual([4, 1]);
  });

  test('publishes nothing that another repository had signed', async () => {
    const result = await run({ ...calledClaims, repository: 'example-org/other' });
    expect(result.results).toEqual({ build: 'success', 'Sign/sign': 'success', publish: 'failure' });
    expect(result.errors).toContain('CLAIM_MISMATCH');
    expect(api.releases).toEqual([]);
  });
});

describe('release-image.yml and verify-before-deploy.yml', () => {
  /** Replaces kubectl by a program that records its arguments. */
  const recordDeployments = async (): Promise<() => Promise<string>> => {
    const record = join(terminal.folder, 'deployed');
    await writeFile(record, '');
    const script = `#!/bin/sh\necho "$*" >>'${record}'\n`;
    await writeFile(join(terminal.programs, 'kubectl'), script, { mode: 0o755 });
    return () => readFile(record, 'utf8');
  };
  const deploy = (version: string): Promise<ActRun> =>
    runWorkflow(example('verify-before-deploy.yml'), {
      event: 'workflow_dispatch',
      payload: { inputs: { version } },
    });

  test('an image is signed, and the digest that was verified is deployed', async () => {
    const result = await runWorkflow(example('release-image.yml'));
    expect([result.code, result.errors, result.results]).toEqual([0, '', { image: 'success' }]);

    const deployed = await recordDeployments();
    const second = await deploy(tag);
    expect([second.code, second.errors, second.results]).toEqual([0, '', { deploy: 'success' }]);
    const image = replaced('ghcr.io/OWNER/IMAGE', act);
    expect(await deployed()).toMatch(new RegExp(`^set image deployment/app app=${image}@sha256:[0-9a-f]{64}\\n$`));
    const [verify = ''] = await blocksUnder('docs/recipes/verify-without-node.md', 'A container image', 'sh');
    const { code, stdout } = await terminal.run(verify);
    const [, digest = ''] = /"docker-manifest-digest":"(sha256:[0-9a-f]{64})"/.exec(stdout) ?? [];
    expect([code, await deployed()]).toEqual([0, expect.stringContaining(digest)]);
    expect(digest).not.toBe('');
  });

  test('an image that nobody has signed is not deployed', async () => {
    const unsigned = await runWorkflow(example('release-image.yml').replace('github.ref_name', "'unsigned'"), {
      change: ({ jobs, ...workflow }) => {
        const { image = {} } = jobs;
        return { ...workflow, jobs: { image: { ...image, steps: image.steps?.slice(0, -1) ?? [] } } };
      },
    });
    expect(unsigned.code).toBe(0);
    const deployed = await recordDeployments();
    const result = await deploy('unsigned');
    expect([result.code, result.results, await deployed()]).toEqual([1, { deploy: 'failure' }, '']);
    expect(result.errors).toContain('BUNDLE_MISSING');
  });
});

describe('required-check.yml', () => {
  const names = ['vendor/app.tar.gz', 'vendor/app.tar.gz.sigstore.json'] as const;
  const check = async (files: Texts, inputs: Texts = {}): Promise<ActRun> =>
    runWorkflow(example('required-check.yml'), {
      event: 'pull_request',
      base: { 'README.md': 'x' },
      files,
      inputs: { verify: { ...(await act.tuf()), ...issuer(), ...inputs } },
    });
  let signed: Texts;
  beforeAll(async () => {
    api = await GitHubApi.start(repository, [tag]);
    terminal = await openTerminal(act, folder);
    await api.writeProgram(join(terminal.programs, 'gh'));
    await runWorkflow(example('release-files.yml'));
    const contents = assetsOf().filter(({ name }) => name.startsWith('app.'));
    signed = Object.fromEntries(contents.map(({ name, bytes }) => [`vendor/${name}`, String(bytes)]));
    await api[Symbol.asyncDispose]();
  });

  test('passes files that the upstream repository has signed', async () => {
    const result = await check(signed);
    expect([result.code, result.results]).toEqual([0, { 'Verify/verify': 'success', 'Verify/signatures': 'success' }]);
  });

  test.each<[what: string, change: Texts]>([
    ['a file is changed', { [names[0]]: 'other' }],
    ['a bundle is missing', { [names[1]]: '' }],
  ])('fails if %s', async (_, change) => {
    const files = Object.entries({ ...signed, ...change }).filter(([, text]) => text !== '');
    const result = await check(Object.fromEntries(files));
    expect([result.code, result.results]).toEqual([1, { 'Verify/verify': 'failure', 'Verify/signatures': 'failure' }]);
  });

  test('passes only signed files, if it requires a signature for every file in the folder', async () => {
    const inputs = { files: 'proposed/vendor/**', 'strict-folder': 'true' };
    expect((await check(signed, inputs)).code).toBe(0);
    const [unsigned, hidden] = await Promise.all([
      check({ ...signed, 'vendor/other.bin': 'x' }, inputs),
      check({ ...signed, 'vendor/.hidden': 'x' }, inputs),
    ]);
    expect([unsigned.code, unsigned.errors]).toEqual([1, expect.stringContaining('BUNDLE_MISSING')]);
    expect([hidden.code, hidden.errors]).toEqual([1, expect.stringContaining('SUBJECT_LEFT_OUT')]);
  });

  test('the ruleset that requires it is sent to the API as it is shown', async () => {
    const page = 'docs/recipes/required-check.md';
    const [ruleset = ''] = await blocksUnder(page, '2. Require the check', 'json');
    await writeFile(join(terminal.folder, 'ruleset.json'), ruleset);
    expect(await follow(page, '2. Require the check')).toEqual([0]);
    expect(api.rulesets).toEqual([{ path: '/orgs/OWNER/rulesets', body: JSON.parse(ruleset) }]);
  });
});

describe('docs/recipes/provenance.md', () => {
  const page = 'docs/recipes/provenance.md';

  test('sign.yml signs what another job built', async () => {
    const [text = ''] = await blocksUnder(page, 'Sign in a job of its own', 'yaml');
    const result = await runWorkflow(text, { claims: calledClaims, inputs: { sign: await act.tuf() } });
    expect([result.code, result.errors, result.results]).toEqual([0, '', { build: 'success', 'Sign/sign': 'success' }]);
  });

  test('a step writes provenance, which readers can verify and read', async () => {
    const [text = ''] = await blocksUnder(page, 'Sign in the job that builds', 'yaml');
    const result = await runWorkflow(text, { change: keeping(terminal.folder) });
    expect([result.code, result.errors, result.results]).toEqual([0, '', { build: 'success' }]);
    for (const name of ['attestation.sigstore.json', 'app.tar.gz'])
      await copyFile(join(terminal.folder, 'dist', name), join(terminal.folder, name));

    const heading = 'Verify provenance of a build job';
    expect(await follow(page, heading)).toEqual([0, 0]);
    const [read = ''] = await blocksUnder(page, 'Read the provenance', 'sh');
    const { stdout } = await terminal.run(read);
    expect(JSON.parse(stdout).buildDefinition.externalParameters.workflow).toEqual({
      ref: `refs/tags/${tag}`,
      repository: `https://github.com/${repository}`,
      path: '.github/workflows/release.yml',
    });
    await writeFile(join(terminal.folder, 'app.tar.gz'), 'other');
    expect(await follow(page, heading)).toEqual([4, 1]);
  });
});

describe('docs/recipes/migrating.md', () => {
  test.each<[heading: string, bundles: readonly string[]]>([
    ['cosign', ['app.tar.gz.sigstore.json']],
    ['actions/attest', ['attestation.sigstore.json']],
    ['gh-action-sigstore-python', ['app.tar.gz.sigstore.json', 'lib.whl.sigstore.json']],
  ])('the workflow for %s signs', async (heading, bundles) => {
    const [text = ''] = await blocksUnder('docs/recipes/migrating.md', heading, 'yaml');
    const result = await runWorkflow(text, { change: keeping(terminal.folder) });
    expect([result.code, result.errors, result.results]).toEqual([0, '', { release: 'success' }]);
    const found = await filesNamed(/\.sigstore\.json$/, terminal.folder);
    expect(found.map((path) => basename(path)).sort()).toEqual(bundles);
  });
});
