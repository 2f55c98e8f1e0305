/** Checks the reports that the runner, later steps and terminals read. */

import { describe, expect, test } from '@jest/globals';
import { annotationsFor, plainLine, signingText, subjectsJson, unsignedText } from '../../src/report/index.ts';
import { hostileNames, report, signed, signer, unsigned, uploaded, workspace } from './reports.ts';

describe('the output about subjects', () => {
  test('has all there is to know of each', () => {
    const json = subjectsJson(report({ signed: [signed('a', { resumed: true }), signed('b', { logs: [] })] }));
    const [a, b, ...others] = JSON.parse(json);
    expect(others).toEqual([]);
    expect(a).toEqual({
      name: 'a',
      digest: 'sha256:c7c5c1d70c5dec4416ab6158afd0b223ef40c29b1dc1f97ed9428b94d4cadb1c',
      bundle: `${workspace}/a.sigstore.json`,
      logs: [{ url: 'https://rekor.sigstore.dev', id: 'c0d23d6a', index: '1482093311' }],
      identity: signer,
      issuer: 'https://token.actions.githubusercontent.com',
      certificate: { notBefore: '2026-11-23T07:00:02.000Z', notAfter: '2026-11-23T07:10:02.000Z' },
      signedAt: '2026-11-23T07:00:05.000Z',
      resumed: true,
    });
    expect(b).toMatchObject({ name: 'b', logs: [], resumed: false });
    expect(subjectsJson(report({ signed: [] }))).toBe('[]');
  });

  test('is one line that no name ends', () => {
    const json = subjectsJson(report({ signed: hostileNames.slice(0, 20).map((name) => signed(name)) }));
    expect(json).not.toMatch(/[\r\n]/);
    expect(JSON.parse(json)).toHaveLength(20);
  });
});

describe('annotations', () => {
  test('say what failed, why and what to do', () => {
    expect(
      annotationsFor(report({ unsigned: [unsigned('a.bin', { remedy: 'Run\nagain.' })], warnings: ['slow'] })),
    ).toEqual([
      { level: 'error', title: 'SUBJECT_CHANGED', message: 'a.bin: it changed while it was read. Run again.' },
      { level: 'warning', title: 'Countersign', message: 'slow' },
    ]);
    expect(annotationsFor(report({ unsigned: [unsigned('a.bin', { remedy: undefined })] }))[0]?.message).toBe(
      'a.bin: it changed while it was read',
    );
    expect(annotationsFor(report())).toEqual([]);
  });

  test.each([
    [10, 10, 'SUBJECT_CHANGED'],
    [11, 10, '2 more'],
    [10_000, 10, '9991 more'],
  ])('of %d failures are %d, the last of which is titled %j', (failures, count, last) => {
    const found = annotationsFor(
      report({
        unsigned: Array.from({ length: failures }, (_, index) => unsigned(`${index}`)),
        warnings: Array.from({ length: failures }, (_, index) => `warning ${index}`),
      }),
    );
    for (const level of ['error', 'warning'] as const)
      expect(found.filter((one) => one.level === level)).toHaveLength(count);
    expect(found[9]?.title).toBe(last);
    if (failures > 10)
      expect(found[9]?.message).toMatch(/more subjects of [\d,]+ were not signed\. See the job summary\.$/);
  });

  test('are safe to print and within GitHub’s length, whatever the names', () => {
    for (const name of hostileNames) {
      const failed = unsigned(name, { message: name, remedy: `${name}\nRun again.` });
      for (const { title, message } of annotationsFor(report({ unsigned: [failed], warnings: [name] }))) {
        expect(message.length).toBeLessThanOrEqual(4096);
        for (const text of [title, message]) expect(plainLine(text)).toBe(text);
      }
    }
    const long = 'x'.repeat(100_000);
    const [error] = annotationsFor(report({ unsigned: [unsigned(long, { message: long, remedy: 'Do that.' })] }));
    expect(error?.message).toMatch(/\. Do that\.$/);
  });
});

describe('the receipt', () => {
  test('says what was signed, by whom, and where it is', () => {
    const resumed = signed('b', { resumed: true, logs: [] });
    expect(signingText(report({ signed: [signed('a'), resumed], deliveries: [uploaded] }))).toBe(
      [
        'Signed 1 subject; an earlier run had already signed 1',
        `  identity  ${signer}`,
        '  issuer    https://token.actions.githubusercontent.com',
        '  a -> a.sigstore.json (log index 1482093311)',
        '  b -> b.sigstore.json (not logged)',
        'Workflow artifact countersign-build-1: 1 delivered: https://github.com/o/r/actions/runs/1/artifacts/7',
        'Manifest countersign-manifest.json',
        '',
      ].join('\n'),
    );
  });

  test('says what was not, and what to do', () => {
    const failed = report({
      identity: undefined,
      signed: [],
      unsigned: [unsigned('a', { remedy: 'Run\nagain.' })],
      warnings: ['slow'],
    });
    expect(signingText(failed)).toContain('Signed 0 subjects\nNot signed: 1 subject\nWarning: slow\n');
    expect(unsignedText(failed)).toBe('a: SUBJECT_CHANGED: it changed while it was read\n  Run\n  again.\n');
  });

  test('is short, and safe to print, whatever the names and however many', () => {
    const linesAbout = (times: number): readonly string[] => {
      const everything = hostileNames.flatMap((name) => Array.from({ length: times }, () => name));
      const all = report({
        signed: everything.map((name) => signed(name)),
        unsigned: everything.map((name) => unsigned(name, { message: name, remedy: name })),
        warnings: everything,
      });
      return `${signingText(all)}${unsignedText(all)}`.split('\n');
    };
    const lines = linesAbout(400);
    expect(lines).toContain('  and 10390 more');
    // More names make no more lines.
    expect(linesAbout(200)).toHaveLength(lines.length);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(400);
      expect(plainLine(line)).toBe(line);
    }
  });
});
