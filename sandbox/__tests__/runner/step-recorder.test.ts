import { describe, expect, test } from '@jest/globals';
import { SecretMasker } from '../../runner/masks.ts';
import { StepRecorder } from '../../runner/step-recorder.ts';

function record(lines: readonly string[], options: { readonly debug?: boolean; readonly secrets?: string[] } = {}) {
  const masker = new SecretMasker(options.secrets);
  const recorder = new StepRecorder({ masker, workspace: '/work/space', debug: options.debug ?? false });
  for (const line of lines) recorder.line('stdout', line);
  return { recorder, masker };
}

describe('workflow commands at work', () => {
  test.each<[what: string, lines: readonly string[], log: readonly unknown[]]>([
    ['ordinary output', ['a', '', '  b'], ['a', '', '  b']],
    ['groups', ['::group::Name', 'x', '::endgroup::'], ['##[group]Name', 'x', '##[endgroup]']],
    ['debug is not shown', ['::debug::x'], []],
    ['annotations in the log', ['::error::a', '::warning::b', '##[notice]c'], ['##[error]a', '##[warning]b', '##[notice]c']], // biome-ignore format: one case a line
    ['several lines of one message', ['::error::a%0Ab'], ['##[error]a', 'b']],
    ['a mask, from then on', ['swordfish', '::add-mask::swordfish', 'swordfish'], ['swordfish', '***']],
    ['a mask of several lines', ['::add-mask::one1%0A two2 ', 'one1 two2'], ['*** ***']],
    ['an empty mask', ['::add-mask::%0A'], ["##[warning]Can't add secret mask for empty string in ##[add-mask] command."]], // biome-ignore format: one case a line
    ['stopped', ['::stop-commands::tok', '::error::a', '##[error]b', '::tok::', '##[group]c'], ['::stop-commands::tok', '::error::a', '##[error]b', '::tok::', '##[group]c']], // biome-ignore format: one case a line
    ['resumed in the other grammar, in capitals', ['::stop-commands::tok', '##[TOK]', '::debug::x'], ['::stop-commands::tok', '##[TOK]']], // biome-ignore format: one case a line
    ['a long token is a mask', ['::stop-commands::0123456', 'x 0123456', '::0123456::'], ['::stop-commands::***', 'x ***', '::***::']], // biome-ignore format: one case a line
    ['a stop within a stop is output', ['::stop-commands::a', '::stop-commands::b', '::b::', '::a::', '::debug::x'], ['::stop-commands::a', '::stop-commands::b', '::b::', '::a::']], // biome-ignore format: one case a line
    ['echo', ['::echo::on', '::set-output name=a::1', '::add-mask::zzz', '::echo::OFF', '::save-state name=a::1'], ['::set-output name=a::1', expect.stringContaining('deprecated'), '::add-mask::***', '::echo::OFF', expect.stringContaining('deprecated')]], // biome-ignore format: one case a line
    ['markers of composite actions', ['##[start-action x]', 'a ##[end-action x]'], ['##[\\start-action x]', 'a ##[\\end-action x]']], // biome-ignore format: one case a line
    ['matchers are taken off the log', ['::add-matcher::m.json', '::remove-matcher owner=x::'], []],
  ])('%s', (_, lines, log) => {
    const { recorder } = record(lines);
    expect(recorder.log).toEqual(log);
    expect(recorder.failed).toBe(false);
    expect(recorder.rawLog.map(({ text }) => text)).toEqual(lines);
  });

  test.each<[what: string, line: string, message: string]>([
    ['set-env', '::set-env name=A::b', 'The `set-env` command is disabled'],
    ['add-path', 'x ##[add-path]/bin', 'The `add-path` command is disabled'],
    ['set-output without a name', '::set-output::b', "Required field 'name' is missing"],
    ['set-output with an empty name', '::set-output name=::b', "Required field 'name' is missing"],
    ['save-state without a name', '::save-state::b', "Required field 'name' is missing"],
    ['echo of something else', '::echo::maybe', 'Invalid echo command value'],
    ['an empty stop token', '::stop-commands::', 'must not be empty'],
    ['a stop token that is a command', '::stop-commands::Error', 'another workflow command'],
    ['pause-logging', '::stop-commands::pause-logging', 'pause-logging'],
  ])('the step fails: %s', (_, line, message) => {
    const { recorder } = record([line, '::group::still heard']);
    expect(recorder.failed).toBe(true);
    const [first, second] = recorder.annotations.filter(({ level }) => level === 'error');
    expect(first?.message).toMatch(/^Unable to process command '.*' successfully\.$/);
    expect(second?.message).toContain(message);
    expect(recorder.log.at(-1)).toBe('##[group]still heard');
  });

  test('both streams feed one state', () => {
    const { recorder } = record(['::stop-commands::tok']);
    recorder.line('stderr', '::error::a');
    recorder.line('stderr', '::tok::');
    recorder.line('stdout', '::error::b');
    expect(recorder.annotations).toEqual([{ level: 'error', message: 'b' }]);
  });

  test('outputs and state by the deprecated commands; names without regard to case', () => {
    const { recorder } = record([
      '::set-output name=Path::a%0Ab',
      '::set-output name=path::c',
      'x ##[save-state name=s]t',
    ]);
    expect([...recorder.outputs]).toEqual([['Path', 'c']]);
    expect(recorder.outputs.get('PATH')).toBe('c');
    expect([...recorder.state]).toEqual([['s', 't']]);
    expect(recorder.annotations.map(({ level }) => level)).toEqual(['warning', 'warning', 'warning']);
  });

  test('debug messages, when they are asked for', () => {
    const { recorder } = record(['::debug::a%0D%0Ab', '::group::x'], { debug: true });
    expect(recorder.log).toEqual(['##[debug]a', '##[debug]b', '::group::x', '##[group]x']);
  });

  test('a secret of several lines in one message is masked whole', () => {
    const { recorder } = record(['::error::x one-and%0Atwo-and y', '::debug::one-and'], {
      secrets: ['one-and\ntwo-and'],
      debug: true,
    });
    expect(recorder.log).toEqual(['##[error]x *** y', '##[debug]***']);
    expect(recorder.annotations).toEqual([{ level: 'error', message: 'x *** y' }]);
  });
});

describe('annotations', () => {
  test.each<[what: string, properties: string, place: Readonly<Record<string, unknown>>]>([
    ['all', 'title=T,file=a.ts,line=2,endLine=2,col=3,endColumn=4', { title: 'T', file: 'a.ts', line: 2, endLine: 2, column: 3, endColumn: 4 }], // biome-ignore format: one case a line
    ['an end alone is a start', 'endLine=2', { line: 2, endLine: 2 }],
    ['an end column alone is a start', 'line=1,endColumn=2', { line: 1, column: 2, endColumn: 2 }],
    ['columns need a line', 'col=1,endColumn=2', {}],
    ['columns need one line', 'line=1,endLine=2,col=1,endColumn=2', { line: 1, endLine: 2 }],
    ['lines the wrong way round', 'line=2,endLine=1', {}],
    ['columns the wrong way round', 'line=1,col=2,endColumn=1', { line: 1 }],
    ['no numbers', 'line=x,col=1', {}],
    ['a file in the workspace', 'file=/work/space/src/a.ts', { file: 'src/a.ts' }],
    ['a file elsewhere', 'file=/work/spaceship/a.ts', { file: '/work/spaceship/a.ts' }],
  ])('%s', (_, properties, place) => {
    expect(record([`::error ${properties}::text`]).recorder.annotations).toEqual([
      { level: 'error', message: 'text', ...place },
    ]);
  });

  test('ten of a level; the rest is in the log alone', () => {
    const lines = ['error', 'warning', 'notice'].flatMap((level) =>
      Array.from({ length: 12 }, (_, index) => `::${level}::${index}`),
    );
    const { recorder } = record(lines);
    for (const level of ['error', 'warning', 'notice']) {
      const messages = recorder.annotations.filter((annotation) => annotation.level === level);
      expect(messages.map(({ message }) => message)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    }
    expect(recorder.log).toHaveLength(36);
  });

  test('a message is masked, then cut', () => {
    const secret = 'q'.repeat(5000);
    const { recorder } = record([`::error::${secret}${'x'.repeat(5000)}`], { secrets: [secret] });
    expect(recorder.annotations[0]?.message).toBe(`***${'x'.repeat(4093)}`);
  });

  test('a title is not masked: a secret in one is a leak that a test must see', () => {
    const { recorder } = record(['::error title=swordfish::swordfish'], { secrets: ['swordfish'] });
    expect(recorder.annotations).toEqual([{ level: 'error', message: '***', title: 'swordfish' }]);
  });
});
