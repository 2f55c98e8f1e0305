/** Checks the reports of a watch that programs read, and the text, against the published schemas. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { testReport } from '../../src/notify/index.ts';
import {
  lastSuccess,
  plainLine,
  watchExitCodes,
  watchJson,
  watchMetrics,
  watchOcsfEvents,
  watchOcsfLines,
  watchOutcome,
  watchSarif,
  watchText,
} from '../../src/report/index.ts';
import {
  ago,
  at,
  change,
  entry,
  finding,
  forked,
  fullReport,
  hostileReport,
  hostileTexts,
  id,
  log,
  note,
  report,
  signer,
  tiles,
} from './watch-reports.ts';

const schema = async (name: string) => JSON.parse(await readFile(new URL(`schemas/${name}`, import.meta.url), 'utf8'));

const reports = {
  clean: report(),
  full: fullReport(),
  hostile: hostileReport(),
  test: testReport('.github/countersign.yml', at),
  'without coverage': report({
    audit: {
      logs: [log({ coverage: undefined, head: undefined, origin: undefined, baseline: undefined })],
      findings: [],
      incomplete: [],
    },
  }),
} as const;
const cases = Object.entries(reports);

describe('the outcome', () => {
  test.each([
    ['clean', 0, report()],
    ['clean', 0, report({ open: [note], pending: 3, learning: ['P11 learns'] })],
    ['clean', 0, report({ expired: ['the acknowledgement of rule P07 ended'] })],
    ['incomplete', 6, report({ incomplete: ['GitHub cannot be reached'] })],
    ['incomplete', 6, report({ audit: { logs: [], findings: [], incomplete: ['no log could be read'] } })],
    ['incomplete', 6, report({ audit: { logs: [tiles], findings: [], incomplete: [] } })],
    ['incomplete', 6, reports['without coverage']],
    ['incomplete', 6, report({ packages: fullReport().packages, open: [note] })],
    ['findings', 7, report({ open: [finding()], incomplete: ['GitHub cannot be reached'] })],
    ['findings', 7, report({ open: [finding({ severity: 'critical' })] })],
    ['misbehaviour', 8, report({ open: [finding(), forked], incomplete: ['GitHub cannot be reached'] })],
  ] as const)('is %s, with the exit code %d', (outcome, exitCode, of) => {
    expect(watchOutcome(of)).toBe(outcome);
    expect(watchExitCodes[outcome]).toBe(exitCode);
    expect(watchJson(of)).toMatchObject({ version: 1, outcome, exitCode, failure: null });
  });
});

describe('the text', () => {
  test('names findings, reasons, remedies and the coverage', () => {
    const text = watchText(fullReport());
    for (const part of [
      'critical P22 log-misbehaviour: proven misbehaviour: the log signed two trees',
      'alert P01 unexplained-signature (new): run 42 of octo/app failed',
      'Check what the run published',
      'the acknowledgement of rule P07 for octo/app in line 31',
      'https://github.com/octo/app/actions/runs/42/attempts/1',
      'https://rekor.sigstore.dev index 1869123456',
      'entries 1,869,000,000 to 1,969,169,704',
      '2,911,860 entries left',
      'until 2027-01-31: Run again by hand',
      'the registry (https://ghcr.io) responded with 503',
      '2 entries cannot be decided yet',
      'P11 has seen 40 of the 200 entries',
      'closed              P01 the log is stalled',
      '.github/countersign.yml, line 3',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(
      /\nA log misbehaved, and this is proven: 1 critical, 1 alert and 1 note are open\. The watch is incomplete\.\n$/,
    );
  });

  test('states what was read if nothing was found', () => {
    const text = watchText(report({ matched: 1 }));
    expect(text).toContain('entries 1,869,000,000 to 1,969,169,704, 59,000 of them in this run');
    expect(text).toContain('1 entry of this run concerns the policy .github/countersign.yml');
    expect(text).toMatch(/\nClean: no open finding\.\n$/);
  });

  test('is coloured only on request, and marks a test', () => {
    expect(watchText(fullReport())).not.toContain('\u001b');
    expect(watchText(fullReport(), { colour: true })).toContain('\u001b[31mcritical P22');
    expect(watchText(reports.test)).toMatch(/^Test report: its finding is not real\.\n/);
  });

  test('is safe to print, whatever the texts are', () => {
    for (const line of watchText(hostileReport()).split('\n')) {
      expect(plainLine(line)).toBe(line);
      expect(line.length).toBeLessThanOrEqual(1000);
    }
  });

  test('lists a limited number of findings', () => {
    const open = Array.from({ length: 300 }, (_, index) => finding({ id: id(index) }));
    expect(watchText(report({ open }))).toContain('and 100 more findings');
  });
});

describe('the JSON', () => {
  test('has every part of a finding', () => {
    const { findings, ...rest } = JSON.parse(JSON.stringify(watchJson(fullReport())));
    expect(findings.map(({ severity }: { severity: string }) => severity)).toEqual(['critical', 'alert', 'note']);
    expect(rest.expired).toEqual(fullReport().expired);
    expect(findings[1]).toEqual({
      id: id(1),
      rule: { id: 'P01', name: 'unexplained-signature' },
      severity: 'alert',
      title: finding().title,
      reason: finding().reason,
      remedy: finding().remedy,
      about: {
        kind: 'entry',
        log: 'https://rekor.sigstore.dev',
        origin: 'rekor.sigstore.dev - 1193050959916656506',
        protocol: 'rekor-v1',
        index: '1869123456',
        leafHash: '12'.repeat(32),
        type: 'signature',
        entryKind: 'hashedrekord',
        time: '2026-11-29T12:15:00.000Z',
        seen: '2026-11-30T12:15:00.000Z',
        digests: [{ digest: 'sha256:c7c5c1d70c5dec4416ab6158afd0b223ef40c29b1dc1f97ed9428b94d4cadb1c', of: 'signed' }],
        signers: [
          {
            kind: 'certificate',
            names: [
              { kind: 'uri', value: 'https://github.com/octo/app/.github/workflows/release.yml@refs/tags/v1.4.0' },
            ],
            claims: {
              issuer: 'https://token.actions.githubusercontent.com',
              'source-repository-uri': 'https://github.com/octo/app',
              'source-repository-ref': 'refs/tags/v1.4.0',
              'source-repository-digest': '3f1c0de7a9b24c5588e0d6b1f7a2c93e4d5b6a78',
              'build-trigger': 'push',
              'run-invocation-uri': 'https://github.com/octo/app/actions/runs/42/attempts/1',
            },
            key: `sha256:${'ab'.repeat(32)}`,
            certificate: {
              digest: `sha256:${'cd'.repeat(32)}`,
              tbsDigest: `sha256:${'ef'.repeat(32)}`,
              notBefore: '2026-11-29T12:14:00.000Z',
              notAfter: '2026-11-29T12:24:00.000Z',
            },
          },
        ],
        problems: [],
        watchedAs: [{ what: 'repository', value: 'octo/app', line: 3 }],
      },
      firstSeen: '2026-11-29T12:17:00.000Z',
      lastSeen: '2026-11-29T12:17:00.000Z',
      evidence: null,
      line: 3,
    });
    expect(rest).toMatchObject({
      test: false,
      policy: '.github/countersign.yml',
      time: '2026-11-30T12:17:00.000Z',
      matched: 1284,
      pending: 2,
      changes: [
        { activity: 'created', finding: id(1) },
        { activity: 'updated', finding: id(3) },
        { activity: 'closed', finding: id(5) },
      ],
      acknowledged: [
        { finding: { id: id(4) }, reason: expect.stringMatching(/^Run again/), until: '2027-01-31T23:59:59.000Z' },
      ],
      incomplete: [expect.stringContaining('2,911,860 entries are left'), expect.stringContaining('503')],
    });
    expect(rest.logs.map(({ coverage }: { coverage: { to: number } }) => coverage.to)).toEqual([
      1_969_169_705, 137_000_000,
    ]);
  });

  test('has null for what is not known', () => {
    const unknown = finding({
      about: {
        kind: 'entry',
        entry: entry({
          kind: undefined,
          loggedAt: undefined,
          signers: [
            { kind: 'key', keyHash: 'aa', format: 'ssh' },
            signer({
              keyHash: undefined,
              certificateHash: undefined,
              tbsHash: undefined,
              notBefore: undefined,
              notAfter: undefined,
              claims: { issuer: undefined },
            }),
          ],
        }),
      },
    });
    expect(watchJson(report({ open: [unknown] }))).toMatchObject({
      findings: [
        {
          about: {
            entryKind: null,
            time: null,
            signers: [
              { kind: 'key', format: 'ssh', key: 'sha256:aa' },
              {
                claims: {},
                key: null,
                certificate: { digest: null, tbsDigest: null, notBefore: null, notAfter: null },
              },
            ],
          },
        },
      ],
    });
  });
});

describe('OCSF', () => {
  test.each(cases)('of the %s report satisfies the schema of Detection Finding 1.7.0', async (_, of) => {
    const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(
      await schema('ocsf-1.7.0-detection-finding.json'),
    );
    const lines = watchOcsfLines(of, '1.2.3');
    expect(lines).toHaveLength(of.changes.length + 1);
    for (const line of lines) {
      expect(line).not.toMatch(/[\r\n\u2028\u202e]/);
      validate(JSON.parse(line));
      expect(validate.errors).toBeNull();
    }
  });

  test('states activity, severity, rule, entry and coverage of a change', () => {
    const [created, updated, closed] = watchOcsfLines(fullReport(), '1.2.3').map((line) => JSON.parse(line));
    expect(created).toMatchObject({
      activity_id: 1,
      category_uid: 2,
      class_uid: 2004,
      type_uid: 200401,
      time: at.getTime(),
      severity_id: 4,
      is_alert: true,
      status_id: 1,
      metadata: {
        version: '1.7.0',
        uid: `${id(1)}.created.${at.getTime() / 1000}`,
        product: { name: 'Countersign', version: '1.2.3' },
      },
      finding_info: {
        uid: id(1),
        title: finding().title,
        types: ['P01'],
        analytic: { uid: 'P01', type_id: 1 },
        src_url: 'https://github.com/octo/app/actions/runs/42/attempts/1',
      },
      remediation: { desc: finding().remedy },
      unmapped: {
        entry: { index: '1869123456', page: 'https://search.sigstore.dev/?logIndex=1991027718' },
        policy: { path: '.github/countersign.yml', line: 3 },
        coverage: {
          logs: [
            { from: 1_869_000_000, to: 1_969_169_705 },
            { to: 137_000_000, size: 139_911_860 },
          ],
          packages: 2,
          packages_checked: 1,
        },
      },
    });
    expect(created.observables).toEqual([
      {
        name: 'unmapped.entry.signers.names.value',
        type_id: 6,
        type: 'URL String',
        value: expect.stringContaining('release.yml'),
      },
      { name: 'unmapped.entry.digests.digest', type_id: 8, type: 'Hash', value: expect.stringMatching(/^sha256:c7c5/) },
    ]);
    expect(updated).toMatchObject({ activity_id: 2, type_uid: 200402, severity_id: 2, is_alert: false, status_id: 2 });
    expect(closed).toMatchObject({ activity_id: 3, type_uid: 200403, is_alert: false, status_id: 4 });
  });

  test('always has an event about the coverage', () => {
    const [line, ...others] = watchOcsfLines(report({ incomplete: ['GitHub cannot be reached'] }), '1.2.3');
    expect(others).toEqual([]);
    expect(JSON.parse(line ?? '')).toMatchObject({
      activity_id: 2,
      severity_id: 1,
      is_alert: false,
      finding_info: { uid: 'coverage' },
      unmapped: {
        outcome: 'incomplete',
        incomplete: ['GitHub cannot be reached'],
        coverage: { logs: [{ from: 1_869_000_000 }] },
      },
    });
  });

  test('marks a test', () => {
    const [first] = watchOcsfLines(reports.test, '1.2.3').map((line) => JSON.parse(line));
    expect(first).toMatchObject({ message: 'Test: test of the delivery', metadata: { labels: ['test'] } });
    expect(JSON.parse(watchOcsfLines(report(), '1')[0] ?? '').metadata.labels).toBeUndefined();
  });

  test('gives a change the same id whenever it is delivered, and another one after it was closed', () => {
    const uids = (...changes: Parameters<typeof change>[]) =>
      watchOcsfEvents(report({ at: ago(0, Math.random()), changes: changes.map((of) => change(...of)) }), '1').map(
        ({ uid }) => uid,
      );
    expect(uids([finding(), 'created', ago(1)])[0]).toBe(uids([finding({ lastSeen: at }), 'created', ago(1)])[0]);
    expect(
      new Set(uids([finding(), 'created', ago(2)], [finding(), 'closed', ago(1)], [finding(), 'created', at])).size,
    ).toBe(4);
  });
});

describe('SARIF', () => {
  test.each(cases)('of the %s report satisfies the schema', async (_, of) => {
    const { id: _id, $schema, ...published } = await schema('sarif-2.1.0.json');
    expect($schema).toContain('draft-04');
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(published);
    const sarif = watchSarif(of, '1.2.3');
    validate(JSON.parse(sarif));
    expect(validate.errors).toBeNull();
    expect(sarif.trimEnd()).not.toMatch(/[\r\n\u202e]/);
  });

  test('has the line of the policy, a fingerprint and the severity of each finding', () => {
    const [run] = JSON.parse(watchSarif(fullReport(), '1.2.3')).runs;
    expect(run.tool.driver.rules.map(({ id: rule }: { id: string }) => rule)).toEqual(['P22', 'P01', 'P24']);
    expect(run.tool.driver.rules[0]).toEqual({
      id: 'P22',
      name: 'LogMisbehaviour',
      shortDescription: { text: 'Log misbehaviour.' },
      fullDescription: { text: expect.stringMatching(/\.$/) },
      help: { text: expect.stringMatching(/^False alarms: .* end date\.$/) },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'supply-chain'], 'security-severity': '9.5' },
    });
    expect(run.tool.driver.rules[2].properties['security-severity']).toBe('3.0');
    expect(run.results[1]).toMatchObject({
      ruleId: 'P01',
      ruleIndex: 1,
      level: 'error',
      locations: [
        { physicalLocation: { artifactLocation: { uri: '.github/countersign.yml' }, region: { startLine: 3 } } },
      ],
      partialFingerprints: { 'countersignFinding/v1': id(1) },
      hostedViewerUri: 'https://github.com/octo/app/actions/runs/42/attempts/1',
    });
    expect(run.results[2].level).toBe('note');
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.properties.coverage[0]).toContain('entries 1,869,000,000 to 1,969,169,704');
  });

  test('states where was looked if nothing was found', () => {
    const [run] = JSON.parse(watchSarif(report(), '1.2.3')).runs;
    expect(run.results).toEqual([]);
    expect(run.invocations[0].executionSuccessful).toBe(true);
    expect(
      run.invocations[0].toolExecutionNotifications.map(({ message }: { message: { text: string } }) => message.text),
    ).toEqual(['Clean: no open finding.', expect.stringContaining('entries 1,869,000,000 to 1,969,169,704')]);
  });

  test('has no links and placeholders in messages', () => {
    const sarif = JSON.parse(
      watchSarif(report({ open: [finding({ title: '[click](https://evil.example) {0}', reason: '\\[x](1)' })] }), '1'),
    );
    expect(sarif.runs[0].results[0].message.text).toMatch(
      /^\\\[click\\\]\(https:\/\/evil\.example\) \{\{0\}\}\. \\\\\\\[x\\\]\(1\)/,
    );
  });

  test('keeps within the limits of GitHub, and counts the rest', () => {
    const open = Array.from({ length: 6000 }, (_, index) =>
      finding({
        id: id(index),
        reason: 'r'.repeat(4096),
        remedy: `${index} `.repeat(500),
        severity: index === 5999 ? 'critical' : 'alert',
      }),
    );
    const sarif = watchSarif(report({ open }), '1');
    const [run] = JSON.parse(sarif).runs;
    expect(sarif.length).toBeLessThan(9_500_000);
    expect(run.results.length).toBeLessThanOrEqual(5000);
    expect(run.results[0].partialFingerprints['countersignFinding/v1']).toBe(id(5999));
    expect(run.invocations[0].toolExecutionNotifications.at(-1).message.text).toContain(
      `${(6000 - run.results.length).toLocaleString('en')} findings omitted`,
    );
  });

  test.each([
    ['./a b/%.yml', 'a%20b/%25.yml'],
    ['/repo/policy.yml', 'file:///repo/policy.yml'],
    ['ops\\policy.yml', 'ops/policy.yml'],
    ['half \ud83d', 'half%20%EF%BF%BD'],
  ])('refers to the policy %j as %s', (policy, uri) => {
    const [run] = JSON.parse(watchSarif(report({ policy, open: [finding({ line: undefined })] }), '1')).runs;
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri },
      region: { startLine: 1 },
    });
  });
});

describe('OpenMetrics', () => {
  const form =
    /^(?:# (?:TYPE|HELP|UNIT) [a-z_]+ .+|# EOF|[a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)+\})? -?[0-9.e+]+)$/;

  test.each(cases)('of the %s report has only valid lines, and no series twice', (_, of) => {
    const lines = watchMetrics(of).trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(form);
    expect(lines.at(-1)).toBe('# EOF');
    const series = lines.filter((line) => !line.startsWith('#')).map((line) => line.replace(/ \S+$/, ''));
    expect(new Set(series).size).toBe(series.length);
  });

  test('states sizes, findings and times', () => {
    const rekor = '{origin="rekor.sigstore.dev - 1193050959916656506",url="https://rekor.sigstore.dev"}';
    const metrics = watchMetrics(fullReport()).split('\n');
    for (const line of [
      `countersign_log_size${rekor} 1969169705`,
      `countersign_log_first_entry${rekor} 1869000000`,
      `countersign_log_verified_size${rekor} 1969169705`,
      `countersign_log_checkpoint_age_seconds${rekor} 60`,
      `countersign_entries_verified_total${rekor} 100169705`,
      'countersign_findings{rule="P01",severity="alert"} 1',
      'countersign_findings{rule="P22",severity="critical"} 1',
      'countersign_findings_acknowledged 1',
      'countersign_pending_entries 2',
      'countersign_watch_complete 0',
      `countersign_last_run_timestamp_seconds ${at.getTime() / 1000}`,
      'countersign_last_success_timestamp_seconds 0',
      'countersign_test 0',
    ])
      expect(metrics).toContain(line);
  });

  test('keeps the time of the last complete run', () => {
    const complete = watchMetrics(report());
    expect(lastSuccess(complete)).toEqual(at);
    const incomplete = watchMetrics(
      report({ at: ago(-1), incomplete: ['GitHub cannot be reached'] }),
      lastSuccess(complete),
    );
    expect(lastSuccess(incomplete)).toEqual(at);
    for (const text of [
      '',
      'countersign_last_success_timestamp_seconds 1e999',
      'countersign_last_success_timestamp_seconds 0',
    ])
      expect(lastSuccess(text)).toBeUndefined();
  });
});

test('hostile texts are used', () => {
  expect(hostileTexts.length).toBeGreaterThan(10);
});
