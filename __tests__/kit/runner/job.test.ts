import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventContext, eventContext, type JobRun, resolvePermissions } from './index.ts';
import { outcomes, printed, RunnerFolders } from './runner-folders.ts';

let folders: RunnerFolders;
beforeEach(() => {
  folders = new RunnerFolders();
});
afterEach(() => folders[Symbol.dispose]());

const say = (text: string): string => `console.log(${JSON.stringify(text)});`;

describe('stages', () => {
  test('each pre before every step, each post after them all, the last first', async () => {
    for (const name of ['a', 'b']) {
      folders.action(name, { pre: say(`pre ${name}`), main: say(`main ${name}`), post: say(`post ${name}`) });
    }
    const result = await folders.run({ steps: [{ uses: 'acme/a@v1' }, { uses: 'acme/b@v1' }] });
    expect(result.conclusion).toBe('success');
    expect(result.stages.flatMap(printed)).toEqual(['pre a', 'pre b', 'main a', 'main b', 'post b', 'post a']);
    expect(outcomes(result)).toContain('Pre Run acme/a@v1: success');
    expect(result.stages.map(({ result }) => result?.log[0])).toEqual([
      '##[group]Run acme/a@v1',
      '##[group]Run acme/b@v1',
      '##[group]Run acme/a@v1',
      '##[group]Run acme/b@v1',
      'Post job cleanup.',
      'Post job cleanup.',
    ]);
  });

  test('state is for the later stages of the same step alone, its case kept', async () => {
    const show = `console.log(JSON.stringify(Object.entries(env).filter(([name]) => name.startsWith('STATE_')).sort()));`;
    folders.action('a', {
      pre: `append(env.GITHUB_STATE, 'Phase=pre\\n'); ${show}`,
      main: `${show} console.log('::save-state name=other::x');`,
      post: show,
    });
    folders.action('b', { main: show });
    const { stages } = await folders.run({
      steps: [{ uses: 'acme/a@v1' }, { uses: 'acme/b@v1' }, { uses: 'acme/a@v1' }],
    });
    const states = stages.map((stage) => printed(stage)[0]);
    expect(states).toEqual([
      '[]',
      '[]',
      '[["STATE_Phase","pre"]]',
      '[]',
      '[["STATE_Phase","pre"]]',
      '[["STATE_Phase","pre"],["STATE_other","x"]]',
      '[["STATE_Phase","pre"],["STATE_other","x"]]',
    ]);
  });

  test('post runs after a main that failed, and sees the job as it is', async () => {
    folders.action('a', { main: 'process.exitCode = 1', post: say('tidied') });
    folders.action('failed', { main: '', post: say('failed') }, '  post-if: failure()\n');
    folders.action('well', { main: '', post: say('well') }, '  post-if: success()\n');
    const result = await folders.run({
      steps: [{ uses: 'acme/failed@v1' }, { uses: 'acme/well@v1' }, { uses: 'acme/a@v1' }],
    });
    expect(result.conclusion).toBe('failure');
    expect(outcomes(result).slice(3)).toEqual([
      'Post Run acme/a@v1: success',
      'Post Run acme/well@v1: skipped',
      'Post Run acme/failed@v1: success',
    ]);
    expect(result.stages.flatMap(printed)).toEqual(['tidied', 'failed']);
  });

  test('a step that never ran has no post, but one whose pre ran has', async () => {
    folders.action('bad', { main: 'process.exitCode = 1' });
    folders.action('main', { main: '', post: say('of main') });
    folders.action('pre', { pre: '', main: '', post: say('of pre') });
    const result = await folders.run({
      steps: [{ uses: 'acme/bad@v1' }, { uses: 'acme/main@v1' }, { uses: 'acme/pre@v1' }],
    });
    expect(outcomes(result)).toEqual([
      'Pre Run acme/pre@v1: success',
      'Run acme/bad@v1: failure',
      'Run acme/main@v1: skipped',
      'Run acme/pre@v1: skipped',
      'Post Run acme/pre@v1: success',
    ]);
  });

  test('a pre that fails skips what needs success; pre-if is asked', async () => {
    folders.action('bad', { pre: 'process.exitCode = 1', main: say('main') });
    folders.action('never', { pre: say('never'), main: '' }, '  pre-if: success()\n');
    const result = await folders.run({ steps: [{ uses: 'acme/bad@v1' }, { uses: 'acme/never@v1', if: 'always()' }] });
    expect(outcomes(result)).toEqual([
      'Pre Run acme/bad@v1: failure',
      'Pre Run acme/never@v1: skipped',
      'Run acme/bad@v1: skipped',
      'Run acme/never@v1: success',
    ]);
  });

  test('inputs are evaluated for each stage anew; outputs of pre and post go nowhere', async () => {
    const show = `console.log(env.INPUT_SEEN + '|' + env.INPUT_STATUS);`;
    folders.action('a', { main: show, post: `${show} append(env.GITHUB_OUTPUT, 'late=1\\n');` });
    folders.action('b', { main: `append(env.GITHUB_OUTPUT, 'made=yes\\n'); process.exitCode = 1;` });
    const result = await folders.run({
      steps: [
        {
          uses: 'acme/a@v1',
          id: 'a',
          with: { seen: '\u0024{{ steps.b.outputs.made }}', status: '\u0024{{ job.status }}' },
        },
        { uses: 'acme/b@v1', id: 'b' },
      ],
      outputs: { late: '\u0024{{ steps.a.outputs.late }}' },
    });
    expect(result.stages.flatMap(printed)).toEqual(['|success', 'yes|failure']);
    expect(result.outputs.size).toBe(0);
  });

  test('pre of an action in the workspace is not run, but warned about; its post is', async () => {
    folders.actionAt('workspace/mine', { pre: say('pre'), main: say('main'), post: say('post') });
    const result = await folders.run({ steps: [{ uses: './mine' }] });
    expect(result.stages.flatMap(printed)).toEqual(['main', 'post']);
    expect(result.stages[0]?.result?.annotations).toEqual([
      { level: 'warning', message: "`pre` execution is not supported for local action from './mine'" },
    ]);
  });
});

describe('steps', () => {
  test('share workspace, temporary folder, environment and path', async () => {
    folders.action('a', {
      main: `append(env.GITHUB_ENV, 'SHARED=1\\n'); append(env.GITHUB_PATH, '/one\\n/two\\n');
        writeFileSync('made', ''); writeFileSync(env.RUNNER_TEMP + '/temporary', '');`,
    });
    folders.action('b', { main: `append(env.GITHUB_PATH, '/one\\n');` });
    folders.action('c', {
      main: `console.log(JSON.stringify([env.SHARED, env.OWN, env.JOB, env.PATH.split(':').slice(0, 2),
        existsSync('made'), existsSync(env.RUNNER_TEMP + '/temporary')]));`,
    });
    const result = await folders.run({
      steps: [
        { uses: 'acme/a@v1' },
        { uses: 'acme/b@v1' },
        { uses: 'acme/c@v1', env: { OWN: 'own \u0024{{ env.SHARED }}' } },
      ],
      env: { JOB: 'job', SHARED: '0' },
    });
    expect(JSON.parse(printed(result.stages[2])[0] ?? '')).toEqual(['1', 'own 1', 'job', ['/one', '/two'], true, true]);
  });

  test('continue-on-error: an outcome that failed, a conclusion that did not', async () => {
    folders.action('bad', { main: 'process.exitCode = 1' });
    folders.action('show', { main: 'console.log(env.INPUT_A)' });
    const result = await folders.run({
      steps: [
        { uses: 'acme/bad@v1', id: 'bad', continueOnError: true },
        { uses: 'acme/show@v1', with: { a: '\u0024{{ steps.bad.outcome }} \u0024{{ steps.bad.conclusion }}' } },
      ],
    });
    expect(result.conclusion).toBe('success');
    expect(result.stages[0]).toMatchObject({ outcome: 'failure', conclusion: 'success' });
    expect(printed(result.stages[1])).toEqual(['failure success']);
  });

  test('if: what runs after a failure', async () => {
    folders.action('bad', { main: 'process.exitCode = 1' });
    folders.action('a', { main: '' });
    const uses = 'acme/a@v1';
    const result = await folders.run({
      steps: [
        { uses, name: 'early', if: 'failure()' },
        { uses: 'acme/bad@v1', name: 'bad' },
        { uses, name: 'plain' },
        { uses, name: 'failure', if: 'failure()' },
        { uses, name: 'always', if: 'always()' },
        { uses, name: 'cancelled', if: 'cancelled()' },
      ],
    });
    expect(outcomes(result)).toEqual([
      'early: skipped',
      'bad: failure',
      'plain: skipped',
      'failure: success',
      'always: success',
      'cancelled: skipped',
    ]);
  });

  test('an action in the workspace is what an earlier step left there, or a failure', async () => {
    folders.action('checkout', {
      main: `(await import('node:fs')).mkdirSync('mine');
        writeFileSync('mine/action.yml', 'runs: { using: node20, main: m.mjs }'); writeFileSync('mine/m.mjs', 'console.log(process.env.GITHUB_ACTION, JSON.stringify(process.env.GITHUB_ACTION_REPOSITORY))');`,
    });
    const found = await folders.run({ steps: [{ uses: 'acme/checkout@v1' }, { uses: './mine' }, { uses: './mine' }] });
    expect(found.stages.flatMap(printed)).toEqual(['__self ""', '__self_2 ""']);
    const missing = await folders.run({ steps: [{ uses: './gone' }] });
    expect(missing).toMatchObject({ conclusion: 'failure', stages: [{ outcome: 'failure', result: undefined }] });
    expect(missing.stages[0]?.error).toContain('No action.yml or action.yaml');
  });

  test('$/ is the repository of the workflow file, at its commit', async () => {
    const sha = 'a'.repeat(40);
    const main = 'console.log(env.GITHUB_ACTION_REPOSITORY, env.GITHUB_ACTION_REF, process.argv[1])';
    folders.actionAt(`_actions/acme/signing/${sha}/sign`, { main });
    const event = eventContext('push-branch', { calls: { repository: 'acme/signing', sha } });
    const result = await folders.run({ steps: [{ uses: '$/sign' }], event });
    expect(printed(result.stages[0])).toEqual([
      `acme/signing ${sha} ${folders.path('_actions/acme/signing', sha, 'sign/main.mjs')}`,
    ]);
  });

  test('the Node that an action asks for', async () => {
    // Not another Node, but the same under another name: which one was started shows.
    const other = folders.path('node20');
    symlinkSync(process.execPath, other);
    folders.write('_actions/acme/old/v1/action.yml', 'runs: { using: node20, main: main.mjs }');
    folders.write('_actions/acme/old/v1/main.mjs', 'console.log(process.argv0)');
    folders.action('new', { main: 'console.log(process.argv0)' });
    const result = await folders.run({
      steps: [{ uses: 'acme/old@v1' }, { uses: 'acme/new@v1' }],
      nodeBinaries: { node20: other },
    });
    expect(result.stages.flatMap(printed)).toEqual([other, process.execPath]);
  });

  test('a timeout is a failure, on the schedule of a cancellation', async () => {
    folders.action('slow', { main: 'setInterval(() => {}, 1000)', post: say('tidied') });
    const result = await folders.run({
      steps: [{ uses: 'acme/slow@v1', timeoutMinutes: 3 }],
      schedule: { interrupt: 10_000, terminate: 10_000, drain: 10_000, minute: 2000 },
    });
    expect(result.conclusion).toBe('failure');
    expect(result.stages[0]?.result).toMatchObject({ conclusion: 'failure', exitCode: 130, signal: 'SIGINT' });
    expect(result.stages[0]?.result?.annotations).toEqual([
      { level: 'error', message: "The action 'Run acme/slow@v1' has timed out after 3 minutes." },
    ]);
    expect(printed(result.stages[1])).toEqual(['tidied']);
  });

  test('a timeout that is not reached means nothing, also to a step that ends well on SIGINT', async () => {
    folders.action('quick', { main: say('done') });
    const quick = await folders.run({ steps: [{ uses: 'acme/quick@v1', timeoutMinutes: 1 }] });
    expect(quick.conclusion).toBe('success');
    folders.action('polite', { main: `process.on('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000);` });
    const polite = await folders.run({
      steps: [{ uses: 'acme/polite@v1', timeoutMinutes: 4 }],
      schedule: { minute: 100 },
    });
    expect(polite.stages[0]?.result).toMatchObject({ conclusion: 'failure' });
  });
});

describe('cancellation of the job', () => {
  const wait = `setInterval(() => {}, 1000); console.log('ready');`;

  function cancelWhenReady(job: Pick<JobRun, 'steps'>) {
    const controller = new AbortController();
    return folders.run({
      ...job,
      signal: controller.signal,
      onOutput: (line) => line === 'ready' && controller.abort(),
    });
  }

  test('ends the step, skips the others, and runs what is to run always, to its end', async () => {
    folders.action('wait', { main: wait, post: say('post') });
    folders.action('other', { main: say('other'), post: say('never') });
    const result = await cancelWhenReady({
      steps: [
        { uses: 'acme/wait@v1' },
        { uses: 'acme/other@v1' },
        { uses: 'acme/other@v1', name: 'on failure', if: 'failure()' },
        { uses: 'acme/other@v1', name: 'on cancelled', if: 'cancelled()' },
      ],
    });
    expect(result.conclusion).toBe('cancelled');
    expect(outcomes(result)).toEqual([
      'Run acme/wait@v1: cancelled',
      'Run acme/other@v1: skipped',
      'on failure: skipped',
      'on cancelled: success',
      'Post on cancelled: success',
      'Post Run acme/wait@v1: success',
    ]);
  });

  test('leaves a step alone that is to run always', async () => {
    folders.action('slow', {
      main: `process.on('SIGINT', () => console.log('interrupted')); console.log('ready'); setTimeout(() => console.log('finished'), 300);`,
    });
    const result = await cancelWhenReady({ steps: [{ uses: 'acme/slow@v1', if: 'always()' }] });
    expect(result.conclusion).toBe('cancelled');
    expect(printed(result.stages[0])).toEqual(['ready', 'finished']);
    expect(result.stages[0]?.conclusion).toBe('success');
  });

  test('before it begins', async () => {
    folders.action('a', { pre: say('pre'), main: say('main'), post: say('post') }, '  pre-if: success()\n');
    const result = await folders.run({ steps: [{ uses: 'acme/a@v1' }], signal: AbortSignal.abort() });
    expect(result).toMatchObject({ conclusion: 'cancelled' });
    expect(outcomes(result)).toEqual(['Pre Run acme/a@v1: skipped', 'Run acme/a@v1: skipped']);
  });
});

describe('the machine', () => {
  test('the temporary folder is emptied before and after; run again, nothing is left but the workspace', async () => {
    folders.write('_temp/left/over', 'x');
    folders.action('a', {
      main: `console.log(JSON.stringify([existsSync(env.RUNNER_TEMP + '/left'), existsSync('kept'), env.GITHUB_RUN_ATTEMPT, env.GITHUB_RUN_ID]));
        writeFileSync('kept', ''); writeFileSync(env.RUNNER_TEMP + '/left', '');`,
    });
    const attempt = (number: number) =>
      folders.run({ steps: [{ uses: 'acme/a@v1' }], event: eventContext('push-branch', { attempt: number }) });
    const seen = [await attempt(1), await attempt(2)].map(({ stages }) => JSON.parse(printed(stages[0])[0] ?? ''));
    expect(seen[0]).toEqual([false, false, '1', seen[0][3]]);
    expect(seen[1]).toEqual([false, true, '2', seen[0][3]]);
    expect(readdirSync(folders.path('_temp'))).toEqual([]);
  });

  test('the event is written anew for each step', async () => {
    folders.action('a', { main: `console.log(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')); writeFileSync(env.GITHUB_EVENT_PATH, '{}');` }); // biome-ignore format: one line
    const event = eventContext('release');
    const result = await folders.run({ steps: [{ uses: 'acme/a@v1' }, { uses: 'acme/a@v1' }], event });
    for (const stage of result.stages) expect(JSON.parse(printed(stage)[0] ?? '')).toEqual(event.payload);
  });

  test('what steps declare, later steps read; a runner without the feature ignores it', async () => {
    folders.action('build', { main: `writeFileSync('app.zip', 'app'); append(env.GITHUB_ARTIFACTS, 'app.zip\\n');` });
    folders.action('list', { main: `console.log(readFileSync(env.GITHUB_ARTIFACTS_LIST, 'utf8')); append(env.GITHUB_ARTIFACTS_LIST, 'x');` }); // biome-ignore format: one line
    folders.action('bad', { main: `append(env.GITHUB_ARTIFACTS, 'a=b\\n');` });
    const list = 'acme/list@v1';
    const job = { steps: [{ uses: list }, { uses: 'acme/build@v1' }, { uses: list }, { uses: 'acme/bad@v1' }] };
    const result = await folders.run(job);
    const empty = '{"version":1,"subjects":[]}';
    const digest = 'a172cedcae47474b615c54d510a5d84a8dea3032e958587430b413538be3f333';
    expect(result.stages.flatMap(printed)).toEqual([
      empty,
      `{"version":1,"subjects":[{"name":"app.zip","digest":"sha256:${digest}","kind":"file"}]}`,
    ]);
    expect(result.artifacts).toEqual([{ name: 'app.zip', digest: `sha256:${digest}`, kind: 'file' }]);
    expect(result.stages[1]?.result?.log.at(-1)).toBe('Captured 1 artifact subject(s) from this step (job total: 1).');
    expect(result.stages[3]?.result).toMatchObject({ conclusion: 'failure', exitCode: 0 });
    expect(result.stages[3]?.result?.annotations[0]?.message).toBe("Unable to process file command 'artifacts' successfully."); // biome-ignore format: one line

    const without = await folders.run({ ...job, artifactsFile: false });
    expect(without.conclusion).toBe('success');
    expect(without.stages.flatMap(printed)).toEqual(['', '']);
  });
});

describe('outputs of the job', () => {
  const value = (length: number): string => `append(env.GITHUB_OUTPUT, 'v=' + 'x'.repeat(${length}) + '\\n');`;
  const outputs = { v: '\u0024{{ steps.a.outputs.v }}', none: '\u0024{{ steps.a.outputs.none }}' };

  test('what is there, without what is empty', async () => {
    folders.action('a', { main: value(3) });
    const result = await folders.run({ steps: [{ uses: 'acme/a@v1', id: 'a' }], outputs });
    expect([...result.outputs]).toEqual([['v', 'xxx']]);
  });

  test('not of a step without an id', async () => {
    folders.action('a', { main: value(3) });
    const result = await folders.run({
      steps: [{ uses: 'acme/a@v1' }],
      outputs: { v: '\u0024{{ steps.__acme_a.outputs.v }}' },
    });
    expect(result.outputs.size).toBe(0);
  });

  test('one that a mask would change is dropped, with a warning', async () => {
    folders.action('a', { main: `console.log('::add-mask::xyz'); append(env.GITHUB_OUTPUT, 'v=wxyz\\n');` });
    const result = await folders.run({ steps: [{ uses: 'acme/a@v1', id: 'a' }], outputs });
    expect(result.outputs.size).toBe(0);
    expect(result).toMatchObject({ conclusion: 'success' });
    expect(result.annotations).toEqual([{ level: 'warning', message: "Skip output 'v' since it may contain secret." }]);
  });

  test.each([
    [512 * 1024 - 1, true],
    [512 * 1024, false],
  ])('%d letters are two bytes each: %s', async (length, fits) => {
    folders.action('a', { main: value(length) });
    const result = await folders.run({ steps: [{ uses: 'acme/a@v1', id: 'a' }], outputs });
    expect(result.outputs.size).toBe(fits ? 1 : 0);
    expect(result.conclusion).toBe(fits ? 'success' : 'failure');
    if (!fits) expect(result.annotations.at(-1)?.message).toBe('Job outputs exceed 1,048,576 bytes');
  });
});

describe('secrets and permissions', () => {
  const show = `console.log(JSON.stringify([env.GITHUB_TOKEN, env.INPUT_TOKEN?.slice(0, 4), env.INPUT_SECRET, Object.keys(env).filter((name) => name.startsWith('ACTIONS_'))]));`;
  const step = { uses: 'acme/a@v1', with: { token: '\u0024{{ github.token }}', secret: '\u0024{{ secrets.KEY }}' } };

  test.each<[what: string, event: EventContext, secret: string]>([
    ['the repository’s own', eventContext('pull-request'), 'swordfish'],
    ['a stranger’s', eventContext('fork-pull-request'), ''],
    ['Dependabot’s', eventContext('dependabot'), ''],
  ])('of %s pull request', async (_, event, secret) => {
    folders.action('a', { main: show });
    const result = await folders.run({
      steps: [step],
      event,
      permissions: { contents: 'write', 'id-token': 'write' },
      secrets: { KEY: 'swordfish' },
      failOnLeak: false,
    });
    // The token is in no variable; who wants it asks for it.
    expect(JSON.parse(printed(result.stages[0])[0] ?? '')).toEqual([null, 'ghs_', secret, []]);
    expect(result.stages[0]?.result?.log.join('\n')).not.toContain('swordfish');
    expect(result.permissions).toMatchObject(
      secret === '' ? { contents: 'read', 'id-token': 'none' } : { contents: 'write', 'id-token': 'write' },
    );
  });
});

describe('what does not begin', () => {
  test.each<[what: string, job: () => Partial<JobRun>, message: string]>([
    ['an action that is not laid out', () => ({ steps: [{ uses: 'acme/gone@v1' }] }), 'No action.yml or action.yaml'],
    ['no workspace', () => ({ workspace: folders.path('nowhere') }), 'The workspace is not a folder'],
    [
      'two steps of one id',
      () => ({ steps: ['a', 'a'].map((id) => ({ id, uses: './x' })) }),
      'Two steps have the id a',
    ],
    ['a container', () => ({ steps: [{ uses: 'docker://alpine' }] }), 'not docker://alpine'],
    ['a ref at $/', () => ({ steps: [{ uses: '$/sign@v1' }] }), 'has no ref'],
    ['an action outside of its repository', () => ({ steps: [{ uses: 'acme/a/../../b@v1' }] }), 'outside'],
    ['a condition over more than the status', () => ({ steps: [{ uses: './x', if: 'github.ref' }] }), 'not made of'],
    ...(['pre', 'post'] as const).map((stage): [string, () => Partial<JobRun>, string] => [
      `a ${stage}-if over more than the status`,
      () => {
        folders.action('conditional', { main: '', [stage]: '' }, `  ${stage}-if: runner.os == 'Linux'\n`);
        return { steps: [{ uses: 'acme/conditional@v1' }] };
      },
      'is not made of',
    ]),
    ['a workspace that would be emptied', () => ({ temporaryDirectory: folders.root }), 'which is emptied'],
    ['a permission that the caller has not', () => ({ callerPermissions: resolvePermissions({ declared: {} }), permissions: { 'id-token': 'write' } }), 'only allowed'], // biome-ignore format: one case a line
  ])('%s', async (_, job, message) => {
    const refused = folders.run({ steps: [], ...job() });
    await expect(refused).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) });
    expect(existsSync(folders.path('workspace'))).toBe(true);
  });

  test('an expression that this runner cannot evaluate', async () => {
    folders.action('a', { main: '' });
    for (const text of ['\u0024{{ format(1) }}', '\u0024{{ matrix.a }}']) {
      await expect(folders.run({ steps: [{ uses: 'acme/a@v1', with: { a: text } }] })).rejects.toMatchObject({
        code: 'USAGE',
      });
    }
  });
});
