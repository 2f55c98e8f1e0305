/**
 * The reusable workflow of releases, as examples/release.yml calls it, run by act against a sandbox and its API of GitHub:
 * to the end, and to the step that has to fail.
 */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import {
  type Fault,
  type Sandbox,
  type SandboxRepository,
  type StoredRelease,
  startSandbox,
} from '../../sandbox/index.ts';
import { workflowsIn } from '../kit/pages.ts';
import { Act, type ActRun, countersignCommit, countersignRepository } from './kit/act.ts';
import { tagClaims } from './kit/shown.ts';

type Texts = Readonly<Record<string, string>>;

const repository = 'example-org/example-repo';
const tag = 'v1.0.0';
const path = '.github/workflows/release.yml';
const releaseWorkflow = `${countersignRepository}/.github/workflows/release.yml@${countersignCommit}`;
const makefile = 'dist:\n\tmkdir dist && echo app $$TARGET >dist/app$$TARGET.tgz && echo licence >dist/LICENSE\n';

let act: Act;
let sandbox: Sandbox;
let app: SandboxRepository;
beforeAll(async () => {
  act = await Act.start();
});
afterAll(() => act[Symbol.asyncDispose]());
beforeEach(async () => {
  sandbox = await startSandbox();
  app = sandbox.github.addRepository(repository, { immutableReleases: true });
});
afterEach(() => sandbox.close());

const example = (): Promise<string> =>
  readFile(fileURLToPath(new URL('../../examples/release.yml', import.meta.url)), 'utf8');

interface Attempt {
  readonly text?: string;
  /** Inputs of the call that differ. */
  readonly inputs?: Texts;
  readonly files?: Texts;
  readonly variables?: Texts;
  readonly claims?: Texts;
}

/** Runs a workflow that calls the reusable one, started by the push of a tag. */
async function release({ text, inputs = {}, files = {}, variables = {}, claims = {} }: Attempt = {}): Promise<ActRun> {
  const called = (text ?? (await example()))
    .replaceAll('OWNER/countersign', countersignRepository)
    .replaceAll(/(actions\/[\w-]+)@COMMIT/g, (whole, action) => act.pins.get(action) ?? whole)
    .replaceAll('COMMIT', countersignCommit);
  const workflow = parse(called);
  workflow.jobs.release.with = {
    ...workflow.jobs.release.with,
    instance: 'sandbox',
    'tuf-url': sandbox.urls.tuf,
    'tuf-root': Buffer.from(sandbox.tuf.rootJson).toString(),
    'github-trusted-root': JSON.stringify(sandbox.releaseAuthority.trustedRoot),
    'certificate-oidc-issuer': sandbox.urls.jobIssuer,
    ...inputs,
  };
  const runtime = await sandbox.artifactService.newJob();
  return act.run({
    path,
    repository,
    payload: { ref: `refs/tags/${tag}` },
    files: { Makefile: makefile, ...files, [path]: stringify(workflow) },
    tokens: sandbox.jobTokens,
    claims: {
      ...tagClaims('release.yml'),
      job_workflow_ref: releaseWorkflow,
      job_workflow_sha: countersignCommit,
      ...claims,
    },
    token: sandbox.github.jobToken(app, { contents: 'write' }),
    variables: {
      GITHUB_API_URL: sandbox.urls.github,
      ACTIONS_RESULTS_URL: sandbox.urls.results,
      ACTIONS_RUNTIME_TOKEN: runtime.token,
      ...variables,
    },
  });
}

const releases = (): readonly StoredRelease[] => sandbox.github.releases.of(app);
const assetNames = (): readonly string[] =>
  releases()
    .flatMap(({ assets }) => assets.map(({ name }) => name))
    .sort();
/** The requests to GitHub that change something. */
const changes = (): readonly string[] =>
  sandbox.requests
    .filter(({ service, method, path: at }) => service === 'github' && method !== 'GET' && at.startsWith('/repos/'))
    .map(({ method, path: at }) => `${method} ${at.replaceAll(/\d+/g, 'N')}`);

/** The number of signatures in a log. */
const entries = (): number =>
  sandbox.requests.filter(({ service, method }) => service?.startsWith('rekor') === true && method === 'POST').length;

const published = { build: 'success', 'Release/publish': 'success', 'Release/check': 'success' };
/** The check has nothing to do once the publishing job has failed. */
const unpublished = { build: 'success', 'Release/publish': 'failure' };
const allAssets = ['LICENSE', 'LICENSE.sigstore.json', 'app.tgz', 'app.tgz.sigstore.json'];

/** Changes what an asset is downloaded as, as soon as a request to GitHub has had its effect. */
function swappedAfter(matching: RegExp, name: string): void {
  const swap: Fault = async (exchange) => {
    const answer = await exchange.answer();
    const [asset] = releases().flatMap(({ assets }) => assets.filter((one) => one.name === name));
    if (asset !== undefined) sandbox.github.releases.replaceContent(asset, Buffer.from('other'));
    exchange.send(answer);
  };
  sandbox.faults.set({ service: 'github', matching }, swap);
}

describe('examples/release.yml', () => {
  test('signs, attaches, checks, publishes, and checks what was published', async () => {
    const run = await release();
    expect([run.errors, run.results]).toEqual(['', published]);
    expect(releases()).toMatchObject([{ tag, isDraft: false, isImmutable: true }]);
    expect(assetNames()).toEqual(allAssets);
    const requests = changes();
    expect(requests.filter((line) => line.endsWith('/assets'))).toHaveLength(4);
    expect(requests.at(-1)).toBe('PATCH /repos/example-org/example-repo/releases/N');
    // The publishing step signs nothing again.
    expect(entries()).toBe(2);
    const downloads = sandbox.requests.filter(({ path: at }) => at.includes('/releases/download/'));
    // By the publishing step, and by the job that checks.
    expect(downloads).toHaveLength(8);
    for (const download of downloads)
      expect(Buffer.from(download.content() ?? []).toString()).not.toMatch(/authorization/i);
  });

  test('a second attempt signs and uploads nothing, and checks again', async () => {
    await release();
    const before = [changes().length, entries()];
    const again = await release({ variables: { GITHUB_RUN_ATTEMPT: '2' }, claims: { run_attempt: '2' } });
    expect([again.errors, again.results]).toEqual(['', published]);
    expect([changes().length, entries()]).toEqual(before);
  });

  test('a release that is not immutable has no attestation of GitHub, and needs none if the caller says so', async () => {
    app.immutableReleases = false;
    const run = await release({ inputs: { immutable: 'false' } });
    expect([run.errors, run.results]).toEqual(['', published]);
  });

  test('a release that is not immutable fails if it should be', async () => {
    app.immutableReleases = false;
    const run = await release();
    expect(run.results).toEqual({ ...published, 'Release/check': 'failure' });
    expect(run.errors).toContain('BUNDLE_MISSING');
  });

  test.each<[source: string, results: Texts, drafts: readonly boolean[]]>([
    [repository, published, [false]],
    ['example-org/other', unpublished, [true]],
  ])('a policy file that expects %s decides', async (source, results, drafts) => {
    const policy = '.github/countersign.yml';
    const text = `policy:
  repo: ${source}
  signer-workflow: ${releaseWorkflow}
  certificate-oidc-issuer: ${sandbox.urls.jobIssuer}
`;
    const inputs = { policy, 'signer-workflow': '', 'certificate-oidc-issuer': '' };
    const run = await release({ inputs, files: { [policy]: text } });
    expect([run.results, releases().map(({ isDraft }) => isDraft)]).toEqual([results, drafts]);
    if (results !== published) expect(run.errors).toContain('CLAIM_MISMATCH');
  });
});

describe('the workflow for several jobs in docs/releases.md', () => {
  /** Returns it with a job in place of each leg: act keeps only the outputs of the last leg. */
  async function withJobs(change = (text: string): string => text): Promise<string> {
    const [, shown] = await workflowsIn('docs/releases.md');
    const { jobs, ...workflow } = parse(shown?.text ?? '');
    const { strategy, ...build } = jobs.build;
    const targets: readonly string[] = strategy.matrix.target;
    const legs = targets.map((target) => {
      const output = String(build.outputs[target]).replace(/ matrix\.target == '\w+' &&| \|\| ''/g, '');
      const text = stringify({ ...build, outputs: { [target]: output } });
      const leg = text.replaceAll(/\$\{\{ matrix\.target \}\}/g, target);
      return [target, parse(change(leg))];
    });
    const release = parse(stringify(jobs.release).replaceAll(/needs\.build\.outputs\.(\w+)/g, 'needs.$1.outputs.$1'));
    return stringify({ ...workflow, jobs: { ...Object.fromEntries(legs), release: { ...release, needs: targets } } });
  }
  const built = { linux: 'success', windows: 'success' };

  test('publishes the files of all legs with one bundle', async () => {
    const run = await release({ text: await withJobs() });
    const { build: _, ...released } = published;
    expect([run.errors, run.results]).toEqual(['', { ...built, ...released }]);
    expect(releases().map(({ isDraft }) => isDraft)).toEqual([false]);
    expect(assetNames()).toEqual(['LICENSE', 'applinux.tgz', 'appwindows.tgz', 'attestation.sigstore.json']);
    expect(entries()).toBe(1);
  });

  test('releases nothing if a leg uploads another file than it collected', async () => {
    const exchange = (text: string): string =>
      text.replace('  - uses: actions/upload', '  - run: echo x >>dist/LICENSE\n  - uses: actions/upload');
    const run = await release({ text: await withJobs(exchange) });
    expect([run.results, releases()]).toEqual([{ ...built, 'Release/publish': 'failure' }, []]);
    expect(run.errors).toContain('SUBJECT_CHANGED');
    expect(entries()).toBe(0);
  });
});

describe('nothing is published', () => {
  const drafts = (): readonly boolean[] => releases().map(({ isDraft }) => isDraft);

  test('if an asset is swapped between its upload and the check', async () => {
    swappedAfter(/^POST .*\/assets\?name=app\.tgz&/, 'app.tgz');
    const run = await release();
    expect([run.results, drafts(), assetNames()]).toEqual([unpublished, [true], allAssets]);
    expect(run.errors).toContain('RELEASE_ASSET_DIFFERS');
    expect(changes().some((line) => line.startsWith('PATCH'))).toBe(false);
  });

  test.each<[what: string, inputs: Texts]>([
    ['repository', { repo: 'example-org/other' }],
    ['workflow', { 'signer-workflow': `${countersignRepository}/.github/workflows/release.yml@refs/tags/v2` }],
  ])('if the policy names another %s', async (_, inputs) => {
    const run = await release({ inputs });
    expect([run.results, drafts(), assetNames()]).toEqual([unpublished, [true], allAssets]);
    expect(run.errors).toContain('MISMATCH');
    expect(changes().some((line) => line.startsWith('PATCH'))).toBe(false);
  });

  test('if the workflow artifact is not the one that was built', async () => {
    const run = await release({ inputs: { 'files-artifact-digest': '0'.repeat(64) } });
    expect([run.results, releases()]).toEqual([unpublished, []]);
    expect(run.errors).toContain('SUBJECT_CHANGED');
  });

  test('if the tag has an immutable release already, and nothing is uploaded', async () => {
    await release();
    const before = changes().length;
    const run = await release();
    expect(run.results).toEqual(unpublished);
    expect(run.errors).toContain('RELEASE_IMMUTABLE');
    expect(changes()).toHaveLength(before);
  });

  test('if the tag is at another commit than the one that was built', async () => {
    app.addTag(tag, '7'.repeat(40));
    const run = await release();
    expect([run.results, releases()]).toEqual([unpublished, []]);
    expect(run.errors).toContain('RELEASE_TAG_MOVED');
  });

  test('if the tag belonged to an immutable release that was deleted', async () => {
    await release();
    const [{ id } = { id: 0 }] = releases();
    const deleted = await fetch(`${sandbox.urls.github}/repos/${repository}/releases/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${sandbox.github.userToken('jane', [app])}` },
    });
    expect(deleted.status).toBe(204);
    const run = await release();
    expect([run.results, releases()]).toEqual([unpublished, []]);
    expect(run.errors).toContain('RELEASE_TAG_USED');
  });
});

describe('the workflow fails after the publication', () => {
  test('if an asset is swapped while the release is published', async () => {
    swappedAfter(/^PATCH /, 'app.tgz');
    const run = await release();
    expect(run.results).toEqual(unpublished);
    expect(run.errors).toContain('the release is published, and its check failed');
  });

  test('if an asset is swapped after the publishing job has ended', async () => {
    // Only the job that checks asks for the published release by its tag.
    swappedAfter(/^GET .*\/releases\/tags\//, 'app.tgz');
    const run = await release();
    expect(run.results).toEqual({ ...published, 'Release/check': 'failure' });
    expect(run.errors).toContain('RELEASE_ASSET_DIFFERS');
  });
});
