import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ActionRun, runAction, type StepResult } from '../../runner/index.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-test-')));
  for (const folder of ['action', 'workspace', 'temp']) mkdirSync(join(root, folder));
});
afterEach(() => rmSync(root, { recursive: true }));

const manifest = 'name: test\nruns:\n  using: node20\n  main: main.mjs\n';
const imports = `import { appendFileSync as append, readFileSync, rmSync } from 'node:fs'; const env = process.env;\n`;

/** Runs an action whose main is this script. */
function run(script: string, options: Partial<ActionRun> = {}, yaml = manifest): Promise<StepResult> {
  writeFileSync(join(root, 'action', 'action.yml'), yaml);
  writeFileSync(join(root, 'action', 'main.mjs'), imports + script);
  return runAction({
    actionDirectory: join(root, 'action'),
    workspace: join(root, 'workspace'),
    temporaryDirectory: join(root, 'temp'),
    schedule: { interrupt: 10_000, terminate: 10_000, drain: 10_000 },
    ...options,
  });
}

const printed = (result: StepResult): readonly string[] =>
  result.rawLog.filter(({ stream }) => stream === 'stdout').map(({ text }) => text);

describe('the process', () => {
  test('the environment is clean, and complete', async () => {
    const result = await run(
      'console.log(JSON.stringify(env))',
      {
        inputs: { 'subject-path': ' a b ', 'With Space': '' },
        env: { MINE: 'x', GITHUB_SHA: 'no', INPUT_OTHER: 'y' },
        github: { repository: 'acme/tool', ref: 'refs/tags/v1' },
        uses: 'acme/countersign/verify@v2',
        actionsVariables: { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' },
        pathAdditions: ['/one', '/two'],
      },
      `${manifest}inputs: { subject-path: {}, absent: {}, with-default: { default: d } }\n`,
    );
    expect(result.conclusion).toBe('success');
    const env = JSON.parse(printed(result).join('')) as Record<string, string>;
    expect(env).toMatchObject({
      'INPUT_SUBJECT-PATH': ' a b ',
      INPUT_WITH_SPACE: '',
      INPUT_ABSENT: '',
      'INPUT_WITH-DEFAULT': 'd',
      INPUT_OTHER: 'y',
      MINE: 'x',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION: 'step',
      GITHUB_ACTION_REPOSITORY: 'acme/countersign',
      GITHUB_ACTION_REF: 'v2',
      GITHUB_REPOSITORY: 'acme/tool',
      GITHUB_REF_NAME: 'v1',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_WORKSPACE: join(root, 'workspace'),
      GITHUB_EVENT_PATH: join(root, 'temp', '_github_workflow', 'event.json'),
      RUNNER_TEMP: join(root, 'temp'),
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
    });
    expect(env.PATH).toBe(`/two:/one:${process.env.PATH}`);
    const known = /^(?:PATH|HOME|CI|MINE|(?:GITHUB|RUNNER|ACTIONS|INPUT)_.*)$/;
    expect(Object.keys(env).filter((name) => !known.test(name))).toEqual([]);
    expect(env).not.toHaveProperty('GITHUB_TOKEN');
    expect(Object.keys(env).filter((name) => name.startsWith('ACTIONS_ID_TOKEN'))).toEqual([]);
    expect(JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))).toMatchObject({
      repository: { full_name: 'acme/tool', visibility: 'public' },
    });
    expect(result.annotations).toEqual([
      expect.objectContaining({
        level: 'warning',
        message: expect.stringContaining("Unexpected input(s) 'With Space'"),
      }),
    ]);
    const header = result.log.slice(1, result.log.indexOf('##[endgroup]'));
    expect(header).toEqual([
      '##[group]Run acme/countersign/verify@v2',
      'with:',
      '  subject-path:  a b ',
      '  with-default: d',
      'env:',
      '  MINE: x',
      '  GITHUB_SHA: no',
      '  INPUT_OTHER: y',
    ]);
  });

  test('its folder, its script un-normalised, its streams', async () => {
    mkdirSync(join(root, 'action', 'sub'));
    writeFileSync(join(root, 'action', 'sub', 'action.yaml'), manifest.replace('main.mjs', '../main.mjs'));
    const result = await run(
      `import { fstatSync } from 'node:fs';
       console.log(JSON.stringify([process.cwd(), process.argv[1], process.execArgv, !!process.stdout.isTTY, fstatSync(1).isFIFO(), fstatSync(2).isFIFO()]));
       let read = ''; for await (const chunk of process.stdin) read += chunk; console.log('end' + read);`,
      { actionDirectory: join(root, 'action', 'sub') },
    );
    const pipes = process.platform !== 'win32';
    expect(printed(result)).toEqual([
      JSON.stringify([join(root, 'workspace'), join(root, 'action', 'main.mjs'), [], false, pipes, pipes]),
      'end',
    ]);
  });

  test('output that process.exit() cuts off on a pipe is cut off', async () => {
    const result = await run(
      `process.stdout.write('x'.repeat(300000) + '\\n::set-output name=a::b\\n'); process.exit(0);`,
    );
    expect(result.conclusion).toBe('success');
    expect(result.outputs.size).toBe(0);
    // What a pipe holds, once or twice, as the reader is slow or quick; a pair of sockets takes three times as much at once.
    if (process.platform === 'linux') expect(printed(result).join('').length).toBeLessThanOrEqual(2 * 65_536);
  });

  test('all output arrives otherwise, from both streams, in characters that chunks cut', async () => {
    const line = 'ü€😀'.repeat(50_000);
    const result = await run(
      `process.stderr.write('${'e'.repeat(100)}\\n'); process.stdout.write('ü€😀'.repeat(50000) + '\\nlast');`,
    );
    expect(printed(result)).toEqual([line, 'last']);
    expect(result.rawLog).toContainEqual({ stream: 'stderr', text: 'e'.repeat(100) });
  });

  test.each<[what: string, script: string, end: Partial<StepResult>]>([
    ['0', '', { conclusion: 'success', exitCode: 0, signal: undefined }],
    ['3', 'process.exitCode = 3', { conclusion: 'failure', exitCode: 3 }],
    ['an exception', 'throw new Error("x")', { conclusion: 'failure', exitCode: 1 }],
    ['an unsettled await', 'await new Promise(() => {})', { conclusion: 'failure', exitCode: 13 }],
    ['a signal', 'process.kill(process.pid, "SIGKILL")', { conclusion: 'failure', exitCode: 137, signal: 'SIGKILL' }],
    ['an error without an exit code', 'console.log("::error::x")', { conclusion: 'success', exitCode: 0 }],
    ['0 after a command that failed', 'console.log("::set-env name=a::b")', { conclusion: 'failure', exitCode: 0 }],
  ])('ends with %s', async (_, script, end) => {
    expect(await run(script)).toMatchObject(end);
  });

  test('the permission to ask for OIDC tokens; its token is a mask', async () => {
    const idToken = { requestUrl: 'http://127.0.0.1:1/idtoken?api-version=2.0', requestToken: 'request-token' };
    const result = await run('console.log(env.ACTIONS_ID_TOKEN_REQUEST_URL, env.ACTIONS_ID_TOKEN_REQUEST_TOKEN)', {
      idToken,
    });
    expect(printed(result)).toEqual([`${idToken.requestUrl} request-token`]);
    expect(result.log.at(-1)).toBe(`${idToken.requestUrl} ***`);
    expect(result.masks).toEqual(['request-token']);
  });

  test('a default with the token: the input has it, the log does not', async () => {
    const yaml = `${manifest}inputs: { token: { default: "\u0024{{ github.token }}" } }\n`;
    const result = await run('console.log(env.INPUT_TOKEN)', { token: 'ghs_secret' }, yaml);
    expect(printed(result)).toEqual(['ghs_secret']);
    expect(result.log).toContain('  token: ***');
    expect(result.log.join('\n')).not.toContain('ghs_secret');
  });

  test('lines are live', async () => {
    const lines: string[] = [];
    const result = await run('console.log("a"); console.error("b")', { onOutput: (line) => lines.push(line) });
    expect(lines).toEqual(result.log);
    expect(lines).toEqual(expect.arrayContaining(['a', 'b']));
  });

  test('a listener that throws ends the process, and is heard', async () => {
    const onOutput = (line: string): void => {
      if (line === 'ready') throw new RangeError('mine');
    };
    await expect(run('console.log("ready"); setInterval(() => {}, 1000)', { onOutput })).rejects.toThrow(RangeError);
  });
});

describe('file commands', () => {
  test('outputs, environment, path, state and summary', async () => {
    const result = await run(`
      append(env.GITHUB_OUTPUT, 'Plain=a=b\\nmany<<E\\none\\ntwo\\nE\\nplain=c\\n');
      append(env.GITHUB_ENV, 'A=1\\na=2\\n');
      append(env.GITHUB_PATH, '/x\\n/y\\n');
      append(env.GITHUB_STATE, 'phase=main\\n');
      append(env.GITHUB_STEP_SUMMARY, '# Title\\r\\ntext');
      append(env.GITHUB_ARTIFACTS, 'ignored');
      console.log(JSON.stringify(readFileSync(env.GITHUB_ARTIFACTS_LIST, 'utf8')));
    `);
    expect(result.conclusion).toBe('success');
    expect([...result.outputs]).toEqual([
      ['Plain', 'c'],
      ['many', 'one\ntwo'],
    ]);
    expect(Object.fromEntries(result.exportedEnvironment)).toEqual({ A: '1', a: '2' });
    expect(result.pathAdditions).toEqual(['/x', '/y']);
    expect([...result.state]).toEqual([['phase', 'main']]);
    expect(result.summary).toBe('# Title\ntext\n');
    expect(printed(result)).toEqual(['""']);
  });

  test('fresh files for each step', async () => {
    const script = `console.log(env.GITHUB_OUTPUT); append(env.GITHUB_OUTPUT, 'a=1\\n')`;
    const [first, second] = [await run(script), await run(script)];
    expect(printed(first)).not.toEqual(printed(second));
    expect([...second.outputs]).toEqual([['a', '1']]);
  });

  test('also after a failure', async () => {
    const result = await run(`append(env.GITHUB_OUTPUT, 'a=1\\n'); process.exitCode = 1;`);
    expect(result.conclusion).toBe('failure');
    expect([...result.outputs]).toEqual([['a', '1']]);
  });

  test('a mistake fails the step; what came before it counts', async () => {
    const result = await run(`append(env.GITHUB_OUTPUT, 'a=1\\nnonsense\\nb=2\\n')`);
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 0 });
    expect([...result.outputs]).toEqual([['a', '1']]);
    expect(result.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid format 'nonsense'",
    ]);
  });

  test.each([
    ['an output without a name', `append(env.GITHUB_OUTPUT, '=x\\n')`],
    ['a folder in the place of a file', `rmSync(env.GITHUB_ENV); (await import('node:fs')).mkdirSync(env.GITHUB_ENV)`],
  ])('a mistake: %s', async (_, script) => {
    expect(await run(script)).toMatchObject({ conclusion: 'failure', exitCode: 0 });
  });

  test('files that are gone are no mistake', async () => {
    const result = await run(
      `for (const name of ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']) rmSync(env['GITHUB_' + name])`,
    );
    expect(result.conclusion).toBe('success');
  });

  test('NODE_OPTIONS is refused', async () => {
    const result = await run(`append(env.GITHUB_ENV, 'node_options=--x\\nB=1\\n')`);
    expect(result.conclusion).toBe('success');
    expect([...result.exportedEnvironment]).toEqual([['B', '1']]);
    expect(result.annotations).toEqual([
      { level: 'error', message: expect.stringContaining("Can't store NODE_OPTIONS") },
    ]);
  });

  test.each([
    [1024 * 1024, true],
    [1024 * 1024 + 1, false],
  ])('a summary of %d bytes is shown: %s', async (size, shown) => {
    const result = await run(`append(env.GITHUB_STEP_SUMMARY, 'x'.repeat(${size}))`);
    expect(result.conclusion).toBe('success');
    expect(result.summary.length).toBe(shown ? size + 1 : 0);
    expect(result.annotations).toHaveLength(shown ? 0 : 1);
  });

  test('a step without an id has no outputs', async () => {
    const result = await run(`append(env.GITHUB_OUTPUT, 'a=1\\n')`, { stepId: '__self' });
    expect(result.outputs.size).toBe(0);
  });
});

describe('hostile strings', () => {
  test('text of strangers, printed plainly, gives orders', async () => {
    const names = [
      'a##[error]b',
      'a\n::error::c',
      'a\r::set-output name=x::d',
      '  ::warning::e',
      'a ::error::f',
      '\uFEFF::error::g',
    ];
    const result = await run(
      `for (const name of ${JSON.stringify(names)}) { console.log('file ' + name); console.error(name); }`,
    );
    const messages = (level: string) =>
      result.annotations.filter((annotation) => annotation.level === level).map(({ message }) => message);
    expect(messages('error').sort()).toEqual(['b', 'b', 'c', 'c']);
    expect(messages('warning')).toContain('e');
    expect([...result.outputs]).toEqual([['x', 'd']]);
  });

  test('the same text is harmless as data of a command, broken up, or while commands are stopped', async () => {
    const result = await run(`
      console.log('::notice::x%0A::error::a %0D##[error]b');
      console.log('x ## [error]c');
      console.log('::stop-commands::some-random-token');
      console.log('::error::d\\n##[error]e\\n::set-output name=x::y');
      console.log('::some-random-token::');
    `);
    expect(result.conclusion).toBe('success');
    expect(result.annotations.map(({ level }) => level)).toEqual(['notice']);
    expect(result.outputs.size).toBe(0);
  });

  test('a delimiter within a value makes an output of a stranger', async () => {
    const result = await run(`append(env.GITHUB_OUTPUT, 'a<<E\\nv\\nE\\nforged=1\\nb<<E\\nrest\\nE\\n')`);
    expect([...result.outputs]).toEqual([['a', 'v'], ['forged', '1'], ['b', 'rest']]); // biome-ignore format: one line
  });
});

describe('masks', () => {
  test('a secret is in no form in the log, the summary or a message', async () => {
    const secret = 'Sup3r/secret value+1';
    const forms = [
      secret,
      Buffer.from(secret).toString('base64'),
      Buffer.from(`x:${secret}`).toString('base64').slice(4),
      encodeURIComponent(secret),
    ];
    const lines: string[] = [];
    const result = await run(
      `console.log('::add-mask::' + ${JSON.stringify(secret)});
       for (const form of ${JSON.stringify(forms)}) {
         console.log('plain ' + form); console.error('error ' + form); console.log('::error::' + form);
         append(env.GITHUB_STEP_SUMMARY, form + '\\n');
         append(env.GITHUB_OUTPUT, 'form=' + form + '\\n');
       }`,
      { onOutput: (line) => lines.push(line) },
    );
    const shown = [...lines, ...result.log, result.summary, ...result.annotations.map(({ message }) => message)].join(
      '\n',
    );
    for (const form of forms) expect(shown).not.toContain(form);
    expect(result.summary).toMatch(/^(?:.{0,4}\*\*\*\n){4}$/);
    expect(result.annotations).toHaveLength(4);
    expect(result.masks).toEqual([secret]);
    // Unlike what is shown, an output and the raw log have what the step wrote.
    expect(result.outputs.get('form')).toBe(forms.at(-1));
    expect(printed(result).join('\n')).toContain(secret);
  });

  test('what was printed before a mask stays', async () => {
    const result = await run(
      `console.log('swordfish'); console.log('::add-mask::swordfish'); console.log('swordfish');`,
    );
    expect(result.log.slice(-2)).toEqual(['swordfish', '***']);
  });

  test('secrets of the job, from the header on', async () => {
    const result = await run('console.log("multi", "line")', { secrets: ['multi\nline'], env: { A: 'multi' } });
    expect(result.log).toContain('  A: ***');
    expect(result.log.at(-1)).toBe('*** ***');
  });
});

// Windows has no signals to send: there these cases would fail, and show it.
describe('cancellation', () => {
  /** Cancels when the process prints "ready". */
  function cancelWhenReady(script: string, schedule: ActionRun['schedule'] = {}): Promise<StepResult> {
    const controller = new AbortController();
    return run(`${script}\nsetInterval(() => {}, 1000); console.log('ready');`, {
      signal: controller.signal,
      schedule: { interrupt: 10_000, terminate: 10_000, drain: 10_000, ...schedule },
      onOutput: (line) => line === 'ready' && controller.abort(),
    });
  }

  test('SIGINT ends it', async () => {
    const result = await cancelWhenReady('');
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 130, signal: 'SIGINT' });
    expect(result.annotations.at(-1)).toEqual({ level: 'error', message: 'The operation was canceled.' });
  });

  test('time to tidy up; cancelled even so, and what it wrote counts', async () => {
    const result = await cancelWhenReady(`process.on('SIGINT', () => {
      console.log('tidying'); append(env.GITHUB_OUTPUT, 'a=1\\n'); process.exit(0); });`);
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 0, signal: undefined });
    expect([...result.outputs]).toEqual([['a', '1']]);
    expect(printed(result)).toContain('tidying');
  });

  test('SIGTERM for one that ignores SIGINT', async () => {
    const result = await cancelWhenReady(`process.on('SIGINT', () => console.log('no'));`, { interrupt: 100 });
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 143, signal: 'SIGTERM' });
  });

  test('the whole tree is killed if it ignores both', async () => {
    const script = `import { spawn } from 'node:child_process';
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log('no ' + signal));
      const child = spawn(process.execPath, ['-e', 'console.log("child"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));`;
    const result = await cancelWhenReady(script, { interrupt: 50, terminate: 50 });
    // The child holds standard error open: that this ends at all, before the drain of ten seconds, is the proof.
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 137, signal: 'SIGKILL' });
  });

  test('a descendant that holds the output open is not waited for', async () => {
    const result = await run(
      `import { spawn } from 'node:child_process';
       spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'inherit', 'inherit'] }).unref();`,
      { schedule: { drain: 50 } },
    );
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
  });

  test('before the start', async () => {
    const result = await run(`console.log('never')`, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: undefined, rawLog: [] });
  });

  test('after the end it means nothing', async () => {
    const controller = new AbortController();
    const result = await run('', { signal: controller.signal });
    controller.abort();
    expect(result.conclusion).toBe('success');
  });
});

describe('what does not run', () => {
  test('a missing script fails the step', async () => {
    const result = await run('', {}, manifest.replace('main.mjs', 'dist/gone.mjs'));
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: undefined });
    expect(result.annotations[1]?.message).toContain('dist/gone.mjs');
  });

  test('an environment that is too large fails the step', async () => {
    const result = await run('', { env: { LARGE: 'x'.repeat(4 * 1024 * 1024) } });
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: undefined });
  });

  test.each<[what: string, options: () => Partial<ActionRun>, message: string]>([
    ['no manifest', () => ({ actionDirectory: root }), 'No action.yml or action.yaml'],
    ['no workspace', () => ({ workspace: join(root, 'gone') }), 'The workspace is not a folder'],
    ['no temporary folder', () => ({ temporaryDirectory: join(root, 'gone') }), 'The temporary folder is not a folder'],
    ['no Node', () => ({ nodeBinary: join(root, 'node') }), 'Node was not found'],
    ['a variable of another kind', () => ({ actionsVariables: { A: '' } }), 'not an ACTIONS_ variable'],
    [
      'a permission by the back door',
      () => ({ actionsVariables: { ACTIONS_ID_TOKEN_REQUEST_URL: '' } }),
      'only be set by the permission idToken',
    ],
  ])('refused: %s', async (_, options, message) => {
    await expect(run('', options())).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(message),
    });
  });

  test('nothing is left behind outside the temporary folder', async () => {
    await run('');
    expect(existsSync(join(root, 'temp', '_runner_file_commands'))).toBe(true);
    expect(readFileSync(join(root, 'action', 'action.yml'), 'utf8')).toBe(manifest);
  });
});
