/** `countersign audit`, with the logs of a sandbox that misbehaves. */

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Fault,
  fault,
  jobIdentity,
  type MisbehaviourName,
  type NoteSigner,
  verifierKey,
} from '../../sandbox/index.ts';
import { generateSigningKey } from '../../sandbox/pki/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { Job } from '../action/job.ts';
import { claims } from '../kit/instance.ts';
import { countersign, type Run, type RunOptions } from './command.ts';

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'app.txt': 'app' });
});
afterAll(() => job[Symbol.asyncDispose]());
afterEach(async () => {
  job.sandbox.behave();
  for (const name of await readdir(cwd)) if (name !== 'app.txt') await rm(join(cwd, name), { recursive: true });
});

const audit = (args: readonly string[] = [], options: Partial<RunOptions> = {}): Promise<Run> =>
  countersign(job, ['audit', '--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json'), ...args], {
    cwd,
    ...options,
  });

type Place = 'rekor-v2' | 'rekor-v1' | 'ct';

const url = (place: Place): string => {
  const { rekor, rekorV1, certificateLog } = job.sandbox.urls;
  return { 'rekor-v2': rekor, 'rekor-v1': rekorV1, ct: certificateLog }[place];
};

let added = 0;
/** Adds entries to a log. */
function add(place: Place, count = 3): void {
  const { transparencyLog, rekorV1Log, certificateAuthority } = job.sandbox;
  for (let at = 0; at < count; at++) {
    added += 1;
    if (place === 'rekor-v2') transparencyLog.append(utf8(`entry ${added}`));
    else if (place === 'rekor-v1') rekorV1Log.append(utf8(`entry ${added}`));
    else certificateAuthority.issue({ publicKey: generateSigningKey('P-256').publicKey, ...jobIdentity(claims) });
  }
}

interface Finding {
  readonly code: string;
  readonly proven: boolean;
  readonly message: string;
  readonly evidence: string | null;
}
interface LogResult {
  readonly url: string;
  readonly protocol: string;
  readonly findings: readonly Finding[];
  readonly coverage: Readonly<Record<'from' | 'to' | 'size' | 'read' | 'unreadable', number>> | null;
  readonly incomplete: readonly string[];
}

/** Audits one log, and returns the exit code and what the JSON says. */
async function auditLog(place: Place, ...args: readonly string[]) {
  const { code, stdout, stderr } = await audit([
    '--state',
    'state',
    '--log',
    url(place),
    '--from',
    'start',
    '--json',
    ...args,
  ]);
  expect(stderr).toBe('');
  const report: { readonly exitCode: number; readonly logs: readonly LogResult[] } = JSON.parse(stdout);
  expect(report.exitCode).toBe(code);
  const findings = report.logs.flatMap((log) => log.findings);
  return { code, report, findings, codes: [...new Set(findings.map((finding) => finding.code))] };
}

/** Audits a log, and again after it has begun to misbehave and has grown. */
async function auditMisbehaving(name: MisbehaviourName, ...args: readonly string[]) {
  const [place = ''] = name.split(':');
  add(place as Place);
  expect(await auditLog(place as Place)).toMatchObject({ code: 0, codes: [] });
  job.sandbox.misbehave(name);
  add(place as Place);
  return auditLog(place as Place, ...args);
}

/** Signs a file, and returns the path of the bundle. */
async function sign(): Promise<string> {
  const result = await job.sign(cwd, { files: 'app.txt', 'bundle-format': 'per-file' });
  expect(result.conclusion).toBe('success');
  return 'app.txt.sigstore.json';
}

describe('honest logs', () => {
  test('of each kind are read to their ends, and the next run continues there', async () => {
    for (const place of ['rekor-v2', 'rekor-v1', 'ct'] as const) add(place);
    const first = await audit(['--state', 'state', '--from', 'start', '--json']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const { logs }: { readonly logs: readonly LogResult[] } = JSON.parse(first.stdout);
    expect(logs.map(({ protocol }) => protocol).sort()).toEqual([
      'rekor-v1',
      'rekor-v1',
      'rekor-v2',
      'rekor-v2',
      'rfc6962',
    ]);
    for (const { coverage } of logs) {
      expect(coverage).toMatchObject({ from: 0, to: coverage?.size, read: coverage?.size });
      expect(coverage?.size).toBeGreaterThan(0);
    }
    for (const place of ['rekor-v2', 'rekor-v1', 'ct'] as const) add(place, 300);
    const second = await audit(['--state', 'state', '--json']);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    const grown: readonly LogResult[] = JSON.parse(second.stdout).logs;
    expect(grown.map(({ coverage }) => coverage?.read).sort()).toEqual([0, 0, 300, 300, 300]);
  });

  test('give no finding to bundles and witnesses', async () => {
    const bundle = await sign();
    const { witness1, witness2 } = job.sandbox.urls;
    const args = ['--bundle', bundle, '--witness', witness1, '--witness', witness2];
    const result = await audit(['--state', 'state', '--json', ...args]);
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });

  test('meet a policy of their witnesses', async () => {
    await writeFile(join(cwd, 'policy'), policyOf(job.sandbox.witnesses, 2));
    add('rekor-v2');
    expect(await auditLog('rekor-v2', '--witness-policy', 'policy')).toMatchObject({ code: 0, codes: [] });
  });

  test('are described to people', async () => {
    add('rekor-v2');
    const { code, stdout, stderr } = await audit(['--state', 'state', '--log', url('rekor-v2')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /\n {2}baseline {12}first audit, at \d+ entries: whether the log was honest before is not known; /,
    );
    expect(stdout).toMatch(/\nClean: 1 log audited\.\n$/);
    expect(await audit(['--state', 'state', '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const verbose = await audit(['--state', 'state', '--verbose', '--log', url('rekor-v2')]);
    expect(verbose.stdout).toMatch(/\n {2}root {16}[0-9a-f]{64}\n/);
  });
});

/** Returns a policy that demands so many of the witnesses. */
function policyOf(witnesses: readonly NoteSigner[], threshold: number): string {
  const lines = witnesses.map((signer, at) => `witness w${at} ${verifierKey(signer)}\n`);
  return `${lines.join('')}group g ${threshold} ${witnesses.map((_, at) => `w${at}`).join(' ')}\nquorum g\n`;
}

describe('misbehaviour is proven', () => {
  test.each<MisbehaviourName>(['rekor-v2:forked-tree', 'rekor-v1:forked-tree', 'ct:forked-tree'])(
    '%s',
    async (name) => {
      const { code, findings } = await auditMisbehaving(name);
      expect({ code, findings }).toMatchObject({ code: 8, findings: [{ code: 'LOG_FORKED', proven: true }] });
      // Anyone can check the evidence, without the log.
      job.sandbox.behave();
      const path = findings[0]?.evidence ?? '';
      const before = job.sandbox.requests.length;
      const checked = await audit(['--evidence', path]);
      expect(checked).toMatchObject({ code: 8, stderr: '' });
      expect(checked.stdout).toMatch(/^proven: LOG_FORKED of /);
      expect(job.sandbox.requests.length).toBe(before);
      const json = await audit(['--evidence', path, '--json']);
      expect(JSON.parse(json.stdout)).toMatchObject({ exitCode: 8, proven: true, finding: { code: 'LOG_FORKED' } });
    },
  );

  test.each<MisbehaviourName>(['rekor-v2:split-view', 'rekor-v1:split-view', 'rekor-v2:missing-entry'])(
    '%s, with a bundle',
    async (name) => {
      job.sandbox.misbehave(name);
      const config = name.startsWith('rekor-v1') ? 'rekor-v1.json' : 'rekor-v2.json';
      const signed = await job.sign(cwd, {
        files: 'app.txt',
        'bundle-format': 'per-file',
        'signing-config': job.path(config),
      });
      expect(signed.conclusion).toBe('success');
      const place = name.split(':')[0] as Place;
      add(place);
      const without = await auditLog(place);
      expect(without).toMatchObject({ code: 0, codes: [] });
      const { code, codes, findings } = await auditLog(place, '--bundle', 'app.txt.sigstore.json');
      expect({ code, codes: codes.filter((one) => one !== 'PROMISE_BROKEN') }).toEqual({
        code: 8,
        codes: ['SPLIT_VIEW'],
      });
      const evidence = findings.find(({ proven }) => proven)?.evidence ?? '';
      expect(await audit(['--evidence', evidence, '--quiet'])).toMatchObject({ code: 8, stdout: '' });
    },
  );

  test('rekor-v2:late-split-view, with a witness', async () => {
    add('rekor-v2');
    job.sandbox.misbehave('rekor-v2:late-split-view');
    add('rekor-v2');
    const { code, codes } = await auditLog('rekor-v2', '--witness', job.sandbox.urls.witness1);
    expect({ code, codes }).toEqual({ code: 8, codes: ['SPLIT_VIEW'] });
  });

  test('rekor-v2:thawed-log', async () => {
    const frozen = ['--state', 'state', '--log', job.sandbox.urls.frozenRekor, '--json'];
    expect(await audit(frozen)).toMatchObject({ code: 0 });
    job.sandbox.misbehave('rekor-v2:thawed-log');
    const { code, stdout } = await audit(frozen);
    expect({ code, codes: JSON.parse(stdout).logs[0].findings.map((finding: Finding) => finding.code) }).toEqual({
      code: 8,
      codes: ['LOG_THAWED'],
    });
  });

  test('and stays in later reports', async () => {
    await auditMisbehaving('rekor-v2:forked-tree');
    job.sandbox.behave();
    const { code, stdout } = await audit(['--state', 'state', '--log', url('rekor-v2')]);
    expect(code).toBe(8);
    expect(stdout).toMatch(/LOG_FORKED {10}proven misbehaviour, found at /);
    expect(stdout).toMatch(/\nMisbehaviour is proven: 1 log audited, 1 finding\.\n$/);
  });
});

describe('what cannot be verified is a finding, and no misbehaviour', () => {
  test.each<[MisbehaviourName, string]>([
    ['rekor-v2:altered-entry', 'ENTRY_ALTERED'],
    // The proof of the last entry is that of the tree, and the entry is altered.
    ['rekor-v1:altered-entry', 'TILES_INCONSISTENT'],
    ['ct:altered-entry', 'ENTRY_ALTERED'],
    ['rekor-v2:wrong-root-hash', 'TILES_INCONSISTENT'],
    ['ct:wrong-root-hash', 'TILES_INCONSISTENT'],
    ['rekor-v2:altered-tile', 'TILES_INCONSISTENT'],
    ['rekor-v1:wrong-consistency-proof', 'TILES_INCONSISTENT'],
    ['ct:wrong-consistency-proof', 'TILES_INCONSISTENT'],
    ['rekor-v2:checkpoint-by-another-key', 'CHECKPOINT_INVALID'],
    ['rekor-v2:wrong-key-hint', 'CHECKPOINT_INVALID'],
    ['ct:wrong-tree-head-signature', 'CHECKPOINT_INVALID'],
    ['rekor-v2:wrong-origin', 'CHECKPOINT_ORIGIN'],
  ])('%s: %s', async (name, expected) => {
    const { code, codes, findings } = await auditMisbehaving(name);
    expect({ code, codes }).toEqual({ code: 7, codes: [expected] });
    expect(findings.every(({ proven }) => !proven)).toBe(true);
    // The next run continues where the last entry was proven.
    job.sandbox.behave();
    const [place = ''] = name.split(':');
    const after = await auditLog(place as Place);
    expect(after).toMatchObject({ code: 0, codes: [] });
    for (const { coverage } of after.report.logs) expect(coverage).toMatchObject({ from: 0, to: coverage?.size });
  });

  test.each<MisbehaviourName>([
    'rekor-v2:without-cosignatures',
    'rekor-v2:future-cosignatures',
    'rekor-v2:cosignatures-by-another-key',
  ])('%s: WITNESS_QUORUM', async (name) => {
    await writeFile(join(cwd, 'policy'), policyOf(job.sandbox.witnesses, 1));
    const { code, codes } = await auditMisbehaving(name, '--witness-policy', 'policy');
    expect({ code, codes }).toEqual({ code: 7, codes: ['WITNESS_QUORUM'] });
  });

  test('rekor-v2:stale-cosignatures: LOG_STALLED', async () => {
    await writeFile(join(cwd, 'policy'), policyOf(job.sandbox.witnesses, 1));
    const { code, codes } = await auditMisbehaving('rekor-v2:stale-cosignatures', '--witness-policy', 'policy');
    expect({ code, codes }).toEqual({ code: 7, codes: ['LOG_STALLED'] });
  });

  test('a removed log', async () => {
    expect(await audit(['--state', 'state'])).toMatchObject({ code: 0 });
    const root = JSON.parse(await readFile(job.path('trusted_root.json'), 'utf8'));
    await writeFile(join(cwd, 'root.json'), JSON.stringify({ ...root, ctlogs: [] }));
    const { code, stdout } = await countersign(
      job,
      ['audit', '--instance', 'sandbox', '--trusted-root', 'root.json', '--state', 'state'],
      { cwd },
    );
    expect(code).toBe(7);
    expect(stdout).toMatch(
      /LOG_REMOVED {9}could not verify: the log \S+ was audited, and is not in the trusted root any more/,
    );
  });
});

describe('what may be an outage or a cache makes the audit incomplete', () => {
  test.each<MisbehaviourName>(['rekor-v2:withheld-entries', 'rekor-v1:withheld-entries', 'ct:withheld-entries'])(
    '%s',
    async (name) => {
      const { code, codes, report } = await auditMisbehaving(name);
      expect({ code, codes }).toEqual({ code: 6, codes: [] });
      expect(report.logs.flatMap(({ incomplete }) => incomplete)).not.toEqual([]);
    },
  );

  test('rekor-v2:rolled-back-checkpoint', async () => {
    add('rekor-v2');
    expect(await auditLog('rekor-v2')).toMatchObject({ code: 0 });
    job.sandbox.misbehave('rekor-v2:rolled-back-checkpoint');
    expect(await auditLog('rekor-v2')).toMatchObject({ code: 6, codes: [] });
  });

  test('a log that does not answer', async () => {
    job.sandbox.faults.set('rekor-v2', fault.status(503));
    const { code } = await audit(['--state', 'state', '--retry-budget', '0s']);
    expect(code).toBe(6);
  });

  test('a budget, and the next run continues', async () => {
    add('rekor-v2', 600);
    const first = await auditLog('rekor-v2', '--max-entries', '100');
    expect(first).toMatchObject({ code: 6, report: { logs: [{ coverage: { from: 0, to: 100, read: 100 } }] } });
    const second = await auditLog('rekor-v2');
    expect(second).toMatchObject({ code: 0 });
    expect(second.report.logs[0]?.coverage).toMatchObject({ from: 0, to: second.report.logs[0]?.coverage?.size });
  });
});

test('Ctrl-C keeps what was done, and the next run continues', async () => {
  add('rekor-v2', 20_000);
  let interrupt = (): void => undefined;
  // The log stops to answer in the middle.
  const stopping: Fault = async (exchange) => {
    if (/tile\/entries\/07\d/.test(exchange.request.url ?? '')) {
      interrupt();
      return;
    }
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, headers);
    exchange.response.end(body);
  };
  job.sandbox.faults.set('rekor-v2', stopping);
  const args = ['--state', 'state', '--log', url('rekor-v2'), '--from', 'start'];
  const first = await audit(args, { onStart: (send) => (interrupt = () => send('SIGINT')) });
  expect(first.code).toBe(130);
  expect(first.stdout).toMatch(
    /\n {2}incomplete {10}(?:cancelled while waiting for the transparency log|the run was interrupted)/,
  );
  const [, text = ''] = /proven {14}entries 0 to ([\d,]+), /.exec(first.stdout) ?? [];
  const done = Number(text.replaceAll(',', '')) + 1;
  expect(done).toBeGreaterThan(10_000);
  job.sandbox.behave();
  const second = await auditLog('rekor-v2');
  expect(second.code).toBe(0);
  const [coverage] = second.report.logs.map((log) => log.coverage);
  expect(coverage).toMatchObject({ from: 0, to: coverage?.size, read: (coverage?.size ?? 0) - done });
});

describe('a log that ends', () => {
  test('is read to its end, and the next shard from its start', async () => {
    add('rekor-v2', 5);
    expect(await audit(['--state', 'state', '--from', 'start'])).toMatchObject({ code: 0 });
    add('rekor-v2', 4);
    const ended = url('rekor-v2');
    await job.sandbox.rotateRekor();
    await writeFile(job.path('trusted_root.json'), JSON.stringify(job.sandbox.trustedRoot));
    add('rekor-v2', 2);
    const { code, stdout } = await audit(['--state', 'state', '--json']);
    expect(code).toBe(0);
    const logs: readonly LogResult[] = JSON.parse(stdout).logs;
    expect(logs.find((log) => log.url === ended)?.coverage?.read).toBe(4);
    const next = logs.find((log) => log.url === url('rekor-v2'));
    expect(next?.coverage).toMatchObject({ from: 0, to: next?.coverage?.size });
  });
});

describe('incorrect usage', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no state', [], /^USAGE: no state folder specified\nSpecify a folder with --state\./],
    ['a state that is a file', ['--state', 'app.txt'], /^USAGE: the state \S+app\.txt is not a folder/],
    [
      'an unknown log',
      ['--state', 's', '--log', 'https://log.example'],
      /^USAGE: the log "https:\/\/log\.example" is not in the trusted root/,
    ],
    [
      'no bundle at the path',
      ['--state', 's', '--bundle', 'none.json'],
      /^USAGE: the bundle none\.json cannot be read: ENOENT/,
    ],
    [
      'a witness that is no URL',
      ['--state', 's', '--witness', 'w.example'],
      /^USAGE: --witness is "w\.example", which is not an HTTP URL/,
    ],
    [
      'no policy at the path',
      ['--state', 's', '--witness-policy', 'none'],
      /^USAGE: the policy \S+none cannot be read: ENOENT/,
    ],
    [
      'an invalid policy',
      ['--state', 's', '--witness-policy', 'app.txt'],
      /^POLICY_INVALID: line 1 of the policy: the keyword "app" is unknown/,
    ],
    [
      'an unknown beginning',
      ['--state', 's', '--from', 'yesterday'],
      /^USAGE: --from is "yesterday", which is not head, start or an index/,
    ],
    [
      'json and quiet',
      ['--state', 's', '--quiet', '--verbose'],
      /^USAGE: --json, --quiet and --verbose cannot be combined/,
    ],
    ['evidence and a state', ['--evidence', 'e.json', '--state', 's'], /^USAGE: --evidence cannot be combined/],
    ['no evidence at the path', ['--evidence', 'e.json'], /^USAGE: the evidence file e\.json cannot be read: ENOENT/],
    [
      'an invalid number of entries',
      ['--state', 's', '--max-entries', '0'],
      /'--max-entries <count>' argument '0' is invalid\. Use a number from 1 to 1000000000/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await audit(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('is stated as JSON too', async () => {
    const { code, stdout } = await audit(['--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, outcome: null, logs: [], failure: { code: 'USAGE' } });
  });
});

test('evidence that proves nothing', async () => {
  const { findings } = await auditMisbehaving('rekor-v2:forked-tree');
  const path = findings[0]?.evidence ?? '';
  const evidence = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(
    join(cwd, 'same.json'),
    JSON.stringify({ ...evidence, notes: [evidence.notes[0], evidence.notes[0]] }),
  );
  const { code, stdout } = await audit(['--evidence', 'same.json']);
  expect(code).toBe(7);
  expect(stdout).toMatch(/^not proven: LOG_FORKED of .*\n {2}reason/);
  await writeFile(join(cwd, 'broken.json'), '{}');
  expect(await audit(['--evidence', 'broken.json'])).toMatchObject({ code: 5, stdout: '' });
});
