/** Validates the reports of a watch with the programs of others: SARIF Multitool, Prometheus, the whole schema of OCSF, and Chromium. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testReport } from '../../src/notify/index.ts';
import { watchMetrics, watchOcsfLines, watchPage, watchSarif } from '../../src/report/index.ts';
import { at, finding, fullReport, hostileReport, id, report } from '../report/watch-reports.ts';
import { judgePath, run } from './kit/program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-watch-reports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const many = report({ open: Array.from({ length: 1100 }, (_, index) => finding({ id: id(index) })) });
const cases = Object.entries({
  clean: report(),
  full: fullReport(),
  hostile: hostileReport(),
  test: testReport('.github/countersign.yml', at),
  many,
});

/** Runs a program on a file with this content, and returns what it prints. */
async function judge(program: string, args: (file: string) => readonly string[], name: string, content: string) {
  const file = join(folder, name);
  await writeFile(file, content);
  const env = { HOME: folder, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  return run(judgePath(program), args(file), { cwd: folder, env });
}

const sarifArguments = (file: string) => ['validate', '--rule-kind', 'Sarif;Ghas', file];

const metricsParser = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = text_string_to_metric_families(open(sys.argv[1], encoding="utf-8").read())
print(json.dumps({s.name: s.value for f in families for s in f.samples if not s.labels}))
`;

const ocsfValidator = `
import json, sys
from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
schema = OcsfJsonSchemaEmbedded(get_ocsf_schema("1.7.0")).get_class_schema("detection_finding")
validator = Draft202012Validator(schema)
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
print(json.dumps([e.message[:300] for line in lines for e in validator.iter_errors(json.loads(line))]))
`;

describe.each(cases)('the %s report', (name, of) => {
  test('is SARIF by the rules of the format and of GitHub', async () => {
    const { code, stdout } = await judge(
      'COUNTERSIGN_INTEROP_SARIF',
      sarifArguments,
      `${name}.sarif`,
      watchSarif(of, '1.2.3'),
    );
    expect(stdout.split('\n').filter((line) => line.includes(': error '))).toEqual([]);
    expect(stdout).toContain('Analysis completed successfully.');
    expect(code).toBe(0);
  });

  test('is OpenMetrics', async () => {
    const args = (file: string) => ['-I', '-c', metricsParser, file];
    const { code, stdout, stderr } = await judge('COUNTERSIGN_INTEROP_REPORTS', args, `${name}.prom`, watchMetrics(of));
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ countersign_last_run_timestamp_seconds: at.getTime() / 1000 });
  });

  test('is OCSF', async () => {
    const args = (file: string) => ['-I', '-c', ocsfValidator, file];
    const lines = watchOcsfLines(of, '1.2.3').join('\n');
    const { stderr, stdout } = await judge('COUNTERSIGN_INTEROP_REPORTS', args, `${name}.jsonl`, lines);
    expect([stdout.trim(), stderr]).toEqual(['[]', '']);
  });

  test('is a page that loads in a browser, and runs no script', async () => {
    const args = (file: string) => [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${folder}`,
      '--enable-logging=stderr',
      '--dump-dom',
      `file://${file}`,
    ];
    const { stdout, stderr } = await judge('COUNTERSIGN_INTEROP_CHROMIUM', args, `${name}.html`, watchPage(of));
    // The browser's own pages report a slow machine.
    const lines = stderr.split('\n').filter((line) => !line.includes('source: chrome://'));
    expect(lines.filter((line) => /CONSOLE|Content Security Policy/.test(line))).toEqual([]);
    // The page as the browser understood it. An injected element would change the number of elements.
    const count = (text: string, element: string) => text.split(`<${element}`).length;
    for (const element of ['tr', 'details', 'svg', 'a ', 'code', 'script', 'img', 'iframe'])
      expect([element, count(stdout, element)]).toEqual([element, count(watchPage(of), element)]);
  });
});

test('a SARIF file that GitHub refuses is refused', async () => {
  const spoilt = watchSarif(fullReport(), '1.2.3').replaceAll('"fullDescription"', '"other"');
  const { stdout } = await judge('COUNTERSIGN_INTEROP_SARIF', sarifArguments, 'spoilt.sarif', spoilt);
  expect(stdout).toMatch(/: error GH2012: /);
});
