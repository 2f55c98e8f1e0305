/** The templates in examples/ for other CI systems, run as the CI system runs them, with the built command and a sandbox. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { bundlesIn, Job } from '../action/job.ts';
import { countersign } from '../cli/command.ts';
import { rootPath } from '../kit/pages.ts';

type Variables = Readonly<Record<string, string>>;
type Texts = Readonly<Record<string, unknown>>;

let job: Job;
let programs: string;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  programs = job.path('programs');
  await mkdir(programs);
  // The command is the built one. It is given the trust of the sandbox, before the end of the options.
  await program(
    'npx',
    `#!${process.execPath}
const { spawnSync } = require('node:child_process');
const [yes, git, repository, command, ...rest] = process.argv.slice(2);
if ([yes, git, repository].join(' ') !== '--yes --allow-git=root github:OWNER/countersign#COMMIT') process.exit(64);
const end = rest.indexOf('--');
const sandbox = ['--instance', 'sandbox', '--trusted-root', ${JSON.stringify(job.path('trusted_root.json'))},
  '--signing-config', ${JSON.stringify(job.path('rekor-v2.json'))}, '--retry-budget', '0'];
const all = [${JSON.stringify(join(job.action, 'dist/cli.mjs'))}, command, ...rest.slice(0, end), ...sandbox, ...rest.slice(end)];
process.exitCode = spawnSync(process.execPath, all, { stdio: 'inherit' }).status ?? 70;
`,
  );
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  cwd = await job.workspace({ 'dist/app.tgz': 'app', 'dist/lib.tgz': 'lib' });
});

async function program(name: string, text: string): Promise<void> {
  const path = join(programs, name);
  await writeFile(path, text);
  await chmod(path, 0o755);
}

const read = (path: string): Promise<string> => readFile(rootPath(`examples/${path}`), 'utf8');

/** Runs a script in the environment of a job, with the shell options that CI systems set. */
async function run(script: string, variables: Variables): Promise<string> {
  const PATH = `${programs}:${process.env.PATH}`;
  const env = { PATH, HOME: job.path('home'), CI: 'true', NO_GCE_CHECK: 'true', ...variables };
  const { stdout } = await promisify(execFile)('sh', ['-euc', script], { cwd, env });
  return stdout;
}

async function verify(files: readonly string[], identity: string, issuer: string, more: readonly string[] = []) {
  const policy = ['--certificate-identity', identity, '--certificate-oidc-issuer', issuer];
  const trust = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  return countersign(job, ['verify', ...files, ...policy, ...trust, ...more], { cwd });
}

const files = ['dist/app.tgz', 'dist/lib.tgz'];

describe('the component of GitLab', () => {
  async function component(inputs: Variables): Promise<Texts> {
    const [head, body] = (await read('gitlab/templates/sign.yml')).split(/^---$/m);
    const declared: Readonly<Record<string, { readonly default?: string; readonly options?: readonly string[] }>> =
      parse(head ?? '').spec.inputs;
    for (const name of Object.keys(inputs)) expect(Object.keys(declared)).toContain(name);
    const resolved = (body ?? '').replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
      const value = inputs[name] ?? declared[name]?.default;
      if (value === undefined) throw new Error(`the input ${name} has no value`);
      return value;
    });
    return parse(resolved).sign;
  }

  test.each([
    ['per-file', ['bundles/dist/app.tgz.sigstore.json', 'bundles/dist/lib.tgz.sigstore.json']],
    ['attestation', ['bundles/attestation.sigstore.json']],
  ])('signs the artifacts of earlier jobs: %s', async (format, bundles) => {
    const sign = await component({ files: 'dist/*', 'bundle-format': format });
    expect(sign.id_tokens).toEqual({ SIGSTORE_ID_TOKEN: { aud: 'sigstore' } });
    expect(sign.artifacts).toEqual({ paths: ['bundles'] });
    const { gitlabIssuer } = job.sandbox.urls;
    await run((sign.script as readonly string[]).join('\n'), {
      ...(sign.variables as Variables),
      GITLAB_CI: 'true',
      CI_SERVER_URL: gitlabIssuer,
      SIGSTORE_ID_TOKEN: await job.sandbox.gitlabTokens.token('sigstore'),
    });
    expect(await bundlesIn(cwd)).toEqual(bundles);
    const identity = 'https://gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main';
    const more = ['--bundle-dir', 'bundles', '--gitlab-project', 'example-group/example-project'];
    expect(await verify(files, identity, gitlabIssuer, more)).toMatchObject({ code: 0 });
  });
});

describe('the plugin of Buildkite', () => {
  const pipeline = 'https://buildkite.com/example-org/example-pipeline';

  async function hook(variables: Variables): Promise<readonly string[]> {
    const token = await job.sandbox.buildkiteTokens.token('sigstore');
    await writeFile(job.path('buildkite-token'), token);
    const uploads = job.path('uploads');
    await writeFile(uploads, '');
    await program(
      'buildkite-agent',
      `#!/bin/sh\n[ "$1" = oidc ] && exec cat ${job.path('buildkite-token')}\nprintf '%s\\n' "$*" >>${uploads}\n`,
    );
    await run(rootPath('examples/buildkite/hooks/post-command'), { BUILDKITE: 'true', ...variables });
    return (await readFile(uploads, 'utf8')).split('\n').filter((line) => line !== '');
  }

  test('signs after the command, and uploads the bundles', async () => {
    const { configuration } = parse(await read('buildkite/plugin.yml'));
    expect(Object.keys(configuration.properties)).toEqual(['files', 'bundle-dir']);
    const uploads = await hook({ BUILDKITE_PLUGIN_COUNTERSIGN_FILES: 'dist/*', BUILDKITE_COMMAND_EXIT_STATUS: '0' });
    expect(uploads).toEqual(['artifact upload bundles/**/*']);
    const { buildkiteIssuer } = job.sandbox.urls;
    expect(await verify(files, pipeline, buildkiteIssuer, ['--bundle-dir', 'bundles'])).toMatchObject({ code: 0 });
  });

  test('signs nothing after a command that failed', async () => {
    const variables = { BUILDKITE_PLUGIN_COUNTERSIGN_FILES: 'dist/*', BUILDKITE_COMMAND_EXIT_STATUS: '1' };
    expect(await hook(variables)).toEqual([]);
    expect(await bundlesIn(cwd)).toEqual([]);
  });
});

describe('the orb of CircleCI', () => {
  test('has a command that signs files and stores the bundles', async () => {
    const { sign } = parse(await read('circleci/orb.yml')).commands;
    const values: Variables = { files: 'dist/*', 'bundle-dir': sign.parameters['bundle-dir'].default };
    const resolved = JSON.parse(
      JSON.stringify(sign.steps).replace(/<< parameters\.([\w-]+) >>/g, (_, name: string) => values[name] ?? ''),
    );
    const [{ run: step }, stored] = resolved;
    expect(stored).toEqual({ store_artifacts: { path: 'bundles' } });
    const token = await job.sandbox.circleciTokens.token('sigstore');
    await program('circleci', `#!/bin/sh\necho ${token}\n`);
    await run(step.command, { ...step.environment, CIRCLECI: 'true' });
    const { circleciIssuer } = job.sandbox.urls;
    const definition =
      'https://circleci.com/api/v2/projects/01900000-0000-4000-8000-00000000a002/pipeline-definitions/01900000-0000-4000-8000-00000000a004';
    expect(await verify(files, definition, circleciIssuer, ['--bundle-dir', 'bundles'])).toMatchObject({ code: 0 });
  });
});

describe('the workflow of Forgejo', () => {
  test('attests provenance of the files', async () => {
    const workflow = parse(await read('forgejo/release.yml'));
    expect(workflow['enable-openid-connect']).toBe(true);
    const steps: readonly { readonly name: string; readonly run?: string }[] = workflow.jobs.release.steps;
    const step = steps.find(({ name }) => name === 'Sign');
    const { requestUrl, requestToken } = job.sandbox.forgejoTokens;
    const { forgejoIssuer } = job.sandbox.urls;
    const server = forgejoIssuer.replace('/api/actions', '');
    await run(step?.run ?? '', {
      GITHUB_ACTIONS: 'true',
      FORGEJO_ACTIONS: 'true',
      GITHUB_SERVER_URL: server,
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    });
    expect(await bundlesIn(cwd)).toEqual(['dist/attestation.sigstore.json']);
    const identity = `${server}/example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main`;
    const more = ['--bundle-dir', 'dist', '--predicate-type', 'https://slsa.dev/provenance/v1'];
    expect(await verify(files, identity, forgejoIssuer, more)).toMatchObject({ code: 0 });
  });
});

test('every template names Countersign by its placeholders, and is one or two documents of YAML', async () => {
  for (const path of ['gitlab/templates/sign.yml', 'buildkite/plugin.yml', 'circleci/orb.yml', 'forgejo/release.yml']) {
    const text = await read(path);
    const documents = parseAllDocuments(text);
    expect([path, 'empty' in documents, documents.flatMap(({ errors }) => errors)]).toEqual([path, false, []]);
  }
});
