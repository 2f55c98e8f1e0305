/** Reports of watches, for tests of their formats. */

import { readPublicKey } from '../../src/core/crypto/index.ts';
import type { LogReport } from '../../src/monitor/audit/index.ts';
import type { WatchedEntry, WatchedSigner } from '../../src/monitor/rules/index.ts';
import type { FindingChange, WatchFinding, WatchReport } from '../../src/monitor/watch/index.ts';

export const at = new Date('2026-11-30T12:17:00Z');
export const workflow = 'https://github.com/octo/app/.github/workflows/release.yml';

/** A P-256 key of RFC 6979, appendix A.2.5. */
const spki = Buffer.from(
  '3059301306072a8648ce3d020106082a8648ce3d0301070342000460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
  'hex',
);

/** `daysAgo` before the time of the report. */
export function ago(days: number, minutes = 0): Date {
  return new Date(at.getTime() - days * 86_400_000 - minutes * 60_000);
}

export function id(number: number): string {
  return number.toString(16).padStart(64, '0');
}

export function signer(changes: Partial<WatchedSigner & { kind: 'certificate' }> = {}): WatchedSigner {
  return {
    kind: 'certificate',
    names: [{ kind: 'uri', value: `${workflow}@refs/tags/v1.4.0` }],
    claims: {
      issuer: 'https://token.actions.githubusercontent.com',
      sourceRepositoryUri: 'https://github.com/octo/app',
      sourceRepositoryRef: 'refs/tags/v1.4.0',
      sourceRepositoryDigest: '3f1c0de7a9b24c5588e0d6b1f7a2c93e4d5b6a78',
      buildTrigger: 'push',
      runInvocationUri: 'https://github.com/octo/app/actions/runs/42/attempts/1',
    },
    keyHash: 'ab'.repeat(32),
    certificateHash: 'cd'.repeat(32),
    tbsHash: 'ef'.repeat(32),
    notBefore: ago(1, 3),
    notAfter: ago(1, -7),
    ...changes,
  };
}

export function entry(changes: Partial<WatchedEntry> = {}): WatchedEntry {
  return {
    log: {
      origin: 'rekor.sigstore.dev - 1193050959916656506',
      baseUrl: 'https://rekor.sigstore.dev',
      protocol: 'rekor-v1',
    },
    index: 1_869_123_456,
    leafHash: '12'.repeat(32),
    seenAt: ago(0, 2),
    loggedAt: ago(1, 2),
    type: 'signature',
    kind: 'hashedrekord',
    digests: [
      { algorithm: 'sha256', value: 'c7c5c1d70c5dec4416ab6158afd0b223ef40c29b1dc1f97ed9428b94d4cadb1c', of: 'signed' },
    ],
    signers: [signer()],
    problems: [],
    watchedAs: [{ what: 'repository', value: 'octo/app', line: 3 }],
    ...changes,
  };
}

export function finding(changes: Partial<WatchFinding> = {}): WatchFinding {
  return {
    id: id(1),
    rule: { id: 'P01', name: 'unexplained-signature' },
    severity: 'alert',
    title: 'run 42 of octo/app failed, and it signed 3 artifacts',
    reason: 'The policy expects that a run which signs succeeds. The conclusion of this run is "failure".',
    remedy: 'Check what the run published, and withdraw it if you cannot explain it.',
    about: { kind: 'entry', entry: entry() },
    firstSeen: ago(1),
    lastSeen: ago(1),
    evidence: undefined,
    line: 3,
    ...changes,
  };
}

export const forked: WatchFinding = finding({
  id: id(2),
  rule: { id: 'P22', name: 'log-misbehaviour' },
  severity: 'critical',
  title: 'the log signed two trees that contradict each other',
  reason: 'The tree of 1,200 entries does not begin with the tree of 1,000 entries that was verified before.',
  remedy: 'Keep the evidence file, and report it to the operator of the log. Do not trust new entries of this log.',
  about: {
    kind: 'log',
    url: 'https://log2025-1.rekor.sigstore.dev',
    origin: 'log2025-1.rekor.sigstore.dev',
    code: 'LOG_FORKED',
  },
  firstSeen: ago(12),
  lastSeen: ago(0),
  evidence: 'state/evidence/6730b38988a5dc9f29bba64176f69cc5.json',
  line: undefined,
});

export const note: WatchFinding = finding({
  id: id(3),
  rule: { id: 'P24', name: 'registry-downgrade' },
  severity: 'note',
  title: 'version 1.4.1 has no provenance, and version 1.4.0 has',
  reason: 'The versions 1.0.0 to 1.4.0 have provenance of octo/app. Version 1.4.1 has none.',
  remedy: 'Find out who published the version.',
  about: { kind: 'package', ecosystem: 'npm', name: '@octo/app', version: '1.4.1' },
  firstSeen: ago(40),
  lastSeen: ago(40),
  line: 9,
});

export function change(changed: WatchFinding, activity: FindingChange['activity'] = 'created', on = at): FindingChange {
  return { activity, finding: changed, at: on };
}

export function log(changes: Partial<LogReport> = {}): LogReport {
  return {
    log: {
      protocol: 'rekor-v1',
      baseUrl: 'https://rekor.sigstore.dev',
      publicKey: readPublicKey(spki),
      keyId: Buffer.from('c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d', 'hex'),
      names: ['rekor.sigstore.dev'],
      validFor: { start: ago(1000), end: undefined },
    },
    origin: 'rekor.sigstore.dev - 1193050959916656506',
    head: { size: 1_969_169_705, root: Buffer.alloc(32, 7), time: ago(0, 1) },
    baseline: { size: 1_869_000_000, at: ago(30), from: 1_869_000_000, isNew: false },
    coverage: { from: 1_869_000_000, to: 1_969_169_705, size: 1_969_169_705, read: 59_000, unreadable: 0 },
    findings: [],
    earlier: [],
    incomplete: [],
    notes: [],
    ...changes,
  };
}

const second = log();
export const tiles: LogReport = {
  ...second,
  log: {
    ...second.log,
    protocol: 'rekor-v2',
    baseUrl: 'https://log2025-1.rekor.sigstore.dev',
    keyId: Buffer.alloc(32, 3),
  },
  origin: 'log2025-1.rekor.sigstore.dev',
  head: { size: 139_911_860, root: Buffer.alloc(32, 9), time: undefined },
  baseline: { size: 120_000_000, at: ago(30), from: 120_000_000, isNew: false },
  coverage: { from: 120_000_000, to: 137_000_000, size: 139_911_860, read: 2_000_000, unreadable: 3 },
  incomplete: ['2,911,860 entries are left: the limit of 2,000,000 entries per run was reached'],
};

/** Returns a clean report unless told otherwise. */
export function report(changes: Partial<WatchReport> = {}): WatchReport {
  return {
    policy: '.github/countersign.yml',
    at,
    audit: { logs: [log()], findings: [], incomplete: [] },
    packages: [],
    open: [],
    acknowledged: [],
    changes: [],
    signatures: [],
    matched: 0,
    pending: 0,
    learning: [],
    expired: [],
    incomplete: [],
    isTest: false,
    ...changes,
  };
}

/** A report with everything. */
export function fullReport(changes: Partial<WatchReport> = {}): WatchReport {
  const alert = finding();
  return report({
    audit: { logs: [log(), tiles], findings: [], incomplete: [] },
    packages: [
      {
        package: { place: { line: 9 }, ecosystem: 'npm', name: '@octo/app', repository: 'octo/app' },
        versions: 31,
        problem: undefined,
      },
      {
        package: { place: { line: 10 }, ecosystem: 'oci', name: 'ghcr.io/octo/app', repository: undefined },
        versions: 0,
        problem: 'the registry (https://ghcr.io) responded with 503',
      },
    ],
    open: [note, alert, forked],
    acknowledged: [
      {
        finding: finding({
          id: id(4),
          rule: { id: 'P07', name: 'runner' },
          title: 'the runner is self-hosted',
          firstSeen: ago(20),
        }),
        reason: 'Run again by hand after the outage of 2 November.',
        until: new Date('2027-01-31T23:59:59Z'),
      },
    ],
    changes: [
      change(alert),
      change(note, 'updated'),
      change(finding({ id: id(5), title: 'the log is stalled' }), 'closed'),
    ],
    signatures: signatures(),
    matched: 1284,
    pending: 2,
    expired: ['the acknowledgement of rule P07 for octo/app in line 31 of the policy ended on 2026-11-02: known'],
    learning: ['P11 has seen 40 of the 200 entries of octo/tools that it needs'],
    ...changes,
  });
}

function signatures(): WatchReport['signatures'] {
  const signers = [
    ['octo/app/.github/workflows/release.yml', 3, 5],
    ['octo/app/.github/workflows/nightly.yml', 1, 9],
    ['octo/tools/.github/workflows/publish.yaml', 7, 14],
    ['jane@example.com', 29, 1],
  ] as const;
  return signers.flatMap(([name, every, most]) =>
    Array.from({ length: 90 }, (_, index) => index)
      .filter((index) => index % every === 1 % every)
      .map((index) => ({ signer: name, day: ago(index).toISOString().slice(0, 10), count: 1 + ((index * 7) % most) })),
  );
}

/** Texts that an attacker would like to see in a report. */
export const hostileTexts: readonly string[] = [
  '</code></td><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\'onmouseover="alert(1)',
  ']]><!--<svg/onload=alert(1)>',
  '-->\n<!-- countersign-watch:v1 {"anchors":[]} -->',
  '::error::taken over\n::add-mask::x\n##[error]y',
  '| a | b |\n| - | - |\n```\n~~~\n# Title',
  '[click](https://evil.example) ![x](https://evil.example/p.png) <https://evil.example>',
  '@octo/security #1 GH-1 octo/app#1 www.evil.example',
  '\u202egpj.exe\u2066\u2069\u200b\u0000\u001b[31m\u009b\ufeff',
  'half a pair \ud83d and \ude00',
  '{0} {1:x} {{}}',
  'javascript:alert(1)',
  'x'.repeat(4096),
  '`'.repeat(500),
  '\\'.repeat(500),
];

/** Returns a finding in which every text is hostile. */
export function hostileFinding(text: string, number: number): WatchFinding {
  return finding({
    id: id(1000 + number),
    rule: { id: 'P19', name: text },
    title: text,
    reason: text,
    remedy: text,
    evidence: text,
    firstSeen: ago(number % 80),
    about: {
      kind: 'entry',
      entry: entry({
        log: { origin: text, baseUrl: text, protocol: 'rekor-v2' },
        kind: text,
        digests: [{ algorithm: text, value: text, of: 'signed' }],
        problems: [{ code: 'MALFORMED', part: text, reason: text, leafHash: '00' }],
        watchedAs: [{ what: 'look-alike', value: text, line: 4 }],
        signers: [
          signer({
            names: [
              { kind: 'uri', value: text },
              { kind: 'email', value: text },
            ],
            claims: {
              issuer: text,
              sourceRepositoryUri: text,
              sourceRepositoryRef: text,
              buildTrigger: text,
              runInvocationUri: `https://github.com/octo/app/actions/runs/1${text}`,
            },
          }),
          { kind: 'key', keyHash: text, format: text },
        ],
      }),
    },
  });
}

/** A report in which every text is hostile. */
export function hostileReport(): WatchReport {
  const open = hostileTexts.map(hostileFinding);
  return report({
    policy: hostileTexts[0] ?? '',
    audit: {
      logs: hostileTexts.map((text) => ({
        ...log(),
        origin: text,
        log: { ...log().log, baseUrl: text },
        incomplete: [text],
        notes: [text],
      })),
      findings: [],
      incomplete: hostileTexts,
    },
    packages: hostileTexts.map((text) => ({
      package: { place: { line: 1 }, ecosystem: 'npm', name: text, repository: text },
      versions: 1,
      problem: text,
    })),
    open: [
      ...open,
      ...hostileTexts.map((text, number) =>
        finding({ id: id(2000 + number), about: { kind: 'package', ecosystem: 'npm', name: text, version: text } }),
      ),
      ...hostileTexts.map((text, number) =>
        finding({ id: id(3000 + number), about: { kind: 'log', url: text, origin: text, code: text } }),
      ),
    ],
    acknowledged: open.map((one) => ({ finding: one, reason: one.title, until: at })),
    changes: open.map((one) => change(one)),
    signatures: hostileTexts.map((text) => ({ signer: text, day: '2026-11-29', count: 3 })),
    learning: hostileTexts,
    expired: hostileTexts,
    incomplete: hostileTexts,
  });
}
