/** Hostile names and inputs through each reusable workflow: nothing of them is run, evaluated, or taken for a command. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { parseWorkflowCommand } from '../../sandbox/runner/workflow-commands.ts';
import { upload } from '../action/upload.ts';
import { madeArchive } from '../fetch/made-archive.ts';
import { Act, type ActRun, countersignCommit, countersignRepository, filesNamed, reusableClaims } from './kit/act.ts';

let act: Act;
beforeAll(async () => {
  act = await Act.start();
});
afterAll(() => act[Symbol.asyncDispose]());

type Texts = Readonly<Record<string, string>>;

/** Evaluated, it would be another word, and one that stands nowhere. */
const expression = `\${{ format('{0}{1}', 'evalu', 'ated') }}`;
/** Into the home, which stays: act removes the folders of jobs. Without a slash, which names of artifacts may not have. */
const script = 'cd;touch pwned';
/** Names that GitHub accepts for artifacts. */
const hostileName = `$(${script})\`${script}\`';${script};'&${script}& ${expression} %0A%25`;
const hostileText = [
  `"; ${script}; "$(${script})\`${script}\`'; ${script}; '`,
  '::set-output name=pwned::pwned',
  '::error::pwned',
  '::add-mask::pwned',
  'x ##[error]pwned',
  `${expression}\r::error::pwned\r\n##[set-output name=pwned]pwned`,
  `$(${script})`,
].join('\n');
/** Git allows less in the name of a branch. */
const hostileBranch = `$(${script})\`${script}\`;${script};`.replaceAll(' ', '\u0024{IFS}');
const hostileFiles = { [`${hostileName}##[error]pwned`]: 'x', [`$(${script})/##[error]pwned`]: 'y', '-rf': 'z' };

const known = new Set(
  `add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output
   stop-commands warning`.split(/\s+/),
);
/** The workflow commands that our actions may print. */
const ours = new Set(['add-mask', 'debug', 'error', 'notice', 'warning']);

async function expectHarmless(result: ActRun): Promise<void> {
  expect(await filesNamed(/pwned$/, result.folder)).toEqual([]);
  expect(result.lines.join('\n')).not.toContain('evaluated');
  for (const line of result.lines) {
    const command = parseWorkflowCommand(line, known);
    if (command === undefined) continue;
    expect([line, ours.has(command.name)]).toEqual([line, true]);
    expect(command.data).not.toMatch(/^pwned/);
    if (command.name === 'add-mask') expect(command.data).not.toContain('pwned');
  }
}

/** Runs a reusable workflow with inputs that come with the event, as nobody's workflow holds them. */
async function call(name: string, inputs: Texts, branch = 'main'): Promise<ActRun> {
  const given = Object.keys(inputs).map((input) => [input, `\${{ github.event.inputs.${input} }}`]);
  const workflow = {
    on: 'workflow_dispatch',
    jobs: {
      call: {
        uses: `${countersignRepository}/.github/workflows/${name}.yml@${countersignCommit}`,
        permissions: { contents: 'read', ...(name === 'sign' && { 'id-token': 'write' }) },
        with: Object.fromEntries(given),
      },
    },
  };
  const path = '.github/workflows/call.yml';
  return act.run({
    files: { [path]: stringify(workflow), 'vendored.txt': 'x' },
    path,
    branch,
    event: 'workflow_dispatch',
    payload: { inputs },
    claims: reusableClaims,
  });
}

async function inputsOf(name: string): Promise<readonly string[]> {
  const text = await readFile(new URL(`../../.github/workflows/${name}.yml`, import.meta.url), 'utf8');
  return Object.keys(parse(text).on.workflow_call.inputs);
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
/** Uploads as a build could that speaks the service's protocol itself, whatever GitHub's client would refuse. */
async function uploadRaw(name: string, files: Texts): Promise<void> {
  const entries = Object.entries(files).map(([name, content]) => ({ name, content }));
  await upload(act.artifacts, name, madeArchive(entries));
}

const signInputs = await inputsOf('sign');
const verifyInputs = await inputsOf('verify');

describe('sign.yml', () => {
  test.each(['files-artifact', 'artifact-name'])('%s is refused where it is a command', async (input) => {
    const digests: Texts = input === 'artifact-name' ? { digests: `app@${digestOf('app')}` } : {};
    const result = await call('sign', { ...(await act.tuf()), ...digests, [input]: 'x ##[error]pwned' });
    expect([result.code, result.errors]).toEqual([1, expect.stringContaining('USAGE')]);
    await expectHarmless(result);
  });

  test.each(signInputs)('a hostile %s is refused, and nothing more', async (input) => {
    const tuf = await act.tuf();
    const result = await call('sign', { digests: `app@${digestOf('app')}`, ...tuf, [input]: hostileText });
    expect(result.code).toBe(1);
    expect(result.errors).toMatch(/[A-Z]+(?:_[A-Z]+)*: /);
    await expectHarmless(result);
  });

  test('hostile names of an artifact, its files and the branch are names, and are signed', async () => {
    await uploadRaw(hostileName, hostileFiles);
    const tuf = await act.tuf();
    const result = await call(
      'sign',
      { ...tuf, 'files-artifact': hostileName, 'artifact-name': `${hostileName}.` },
      hostileBranch,
    );
    expect([result.code, result.errors]).toEqual([0, '']);
    await expectHarmless(result);
  });

  test.each(['x\n::error::pwned\n##[error]pwned', 'x/::error::pwned'])('a file named %j is refused', async (name) => {
    const artifact = `refused-${name.length}`;
    await uploadRaw(artifact, { [name]: 'x' });
    const result = await call('sign', { ...(await act.tuf()), 'files-artifact': artifact });
    expect([result.code, result.errors]).toEqual([1, expect.stringContaining('ARCHIVE_INVALID')]);
    await expectHarmless(result);
  });
});

describe('verify.yml', () => {
  const digests = `app@${digestOf('app')}`;
  let benign: Texts;
  beforeAll(async () => {
    const tuf = await act.tuf();
    expect(await call('sign', { ...tuf, digests, 'artifact-name': 'benign' })).toMatchObject({ code: 0, errors: '' });
    benign = {
      ...tuf,
      digests,
      'bundle-artifact': 'benign',
      repo: 'example-org/example-repo',
      'signer-workflow': `${countersignRepository}/.github/workflows/sign.yml`,
      'certificate-oidc-issuer': act.instance.setting('OIDC_GHA'),
    };
  });

  test('what is not hostile passes', async () => {
    expect(await call('verify', benign)).toMatchObject({ code: 0 });
  });

  test.each(verifyInputs)('a hostile %s is refused, and nothing more', async (input) => {
    const result = await call('verify', { ...benign, [input]: hostileText });
    expect(result.code).toBe(1);
    expect(result.errors).not.toBe('');
    expect(result.results).toMatchObject({ 'Verify/verify': 'failure', 'Verify/signatures': 'failure' });
    await expectHarmless(result);
  });

  test('hostile names of artifacts, files and the branch are names, and are verified', async () => {
    const [files = '', bundles = ''] = ['files', 'bundles'].map((kind) => `${hostileName} ${kind}`);
    await uploadRaw(files, hostileFiles);
    const signing = { ...(await act.tuf()), 'files-artifact': files, 'bundle-format': 'attestation' };
    expect((await call('sign', { ...signing, 'artifact-name': bundles })).code).toBe(0);
    const { digests: _, ...inputs } = benign;
    const given = { ...inputs, 'files-artifact': files, 'bundle-artifact': bundles };
    const result = await call('verify', given, hostileBranch);
    expect([result.code, result.errors]).toEqual([0, '']);
    await expectHarmless(result);
  });
});

test('a workflow that is open to them is found out', async () => {
  const path = '.github/workflows/open.yml';
  const open = async (run: string, input: string): Promise<void> => {
    const job = {
      'runs-on': 'ubuntu-latest',
      steps: [{ run, env: { INPUT: '\u0024{{ github.event.inputs.input }}' } }],
    };
    const files = { [path]: stringify({ on: 'workflow_dispatch', jobs: { open: job } }) };
    const result = await act.run({ files, path, event: 'workflow_dispatch', payload: { inputs: { input } } });
    await expect(expectHarmless(result)).rejects.toThrow();
  };
  await open('echo "\u0024{{ github.event.inputs.input }}"', hostileName);
  await open(`echo "${'$'}{{ github.ref_name }}$(${script})"`, '');
  await open('echo "$INPUT"', '::error::pwned');
  await open('echo "$INPUT" >&2', 'x ##[error]pwned');
});
