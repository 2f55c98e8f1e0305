/** Reports of runs that never were. */

import { digest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { ReportedDelivery, ReportedFailure, ReportedSubject, SigningReport } from '../../src/report/index.ts';

export const workspace = '/home/runner/work/app/app';
/** The commit to which the action is pinned. */
export const commit = '3f1c0de7a9b24c5588e0d6b1f7a2c93e4d5b6a78';
export const signer = 'https://github.com/octo-org/app/.github/workflows/release.yml@refs/tags/v1.4.0';

export const identity = {
  subjectAlternativeName: signer,
  issuer: 'https://token.actions.githubusercontent.com',
  claims: {
    sourceRepositoryUri: 'https://github.com/octo-org/app',
    sourceRepositoryRef: 'refs/tags/v1.4.0',
    sourceRepositoryDigest: '3f1c0de7a9b24c5588e0d6b1f7a2c93e4d5b6a78',
    runInvocationUri: 'https://github.com/octo-org/app/actions/runs/42/attempts/1',
    buildConfigUri: signer,
  },
};

export function signed(name: string, changes: Partial<ReportedSubject> = {}): ReportedSubject {
  return {
    kind: 'file',
    name,
    digest: digest('sha256', utf8('artifact')),
    bundlePath: `${workspace}/${name}.sigstore.json`,
    logs: [{ url: 'https://rekor.sigstore.dev', id: 'c0d23d6a', index: 1482093311n }],
    signedAt: new Date('2026-11-23T07:00:05Z'),
    certificateValidity: { notBefore: new Date('2026-11-23T07:00:02Z'), notAfter: new Date('2026-11-23T07:10:02Z') },
    attachedAs: undefined,
    resumed: false,
    ...changes,
  };
}

export function unsigned(name: string, changes: Partial<ReportedFailure> = {}): ReportedFailure {
  return {
    name,
    code: 'SUBJECT_CHANGED',
    message: 'it changed while it was read',
    remedy: 'Sign after the build has ended.',
    ...changes,
  };
}

/** The delivery of a workflow artifact. */
export const uploaded = {
  name: 'workflow-artifact',
  outcome: 'delivered',
  place: 'countersign-build-1',
  ids: ['7'],
  urls: ['https://github.com/o/r/actions/runs/1/artifacts/7'],
  delivered: 1,
  present: 0,
} as const satisfies ReportedDelivery;

export function report(changes: Partial<SigningReport> = {}): SigningReport {
  return {
    identity,
    instance: 'public-good',
    format: 'per-file',
    certificateLogged: true,
    signed: [signed('dist/app.tgz')],
    unsigned: [],
    artifact: undefined,
    deliveries: [],
    trustedRoot: undefined,
    source: { repository: 'octo-org/countersign', commit },
    manifestPath: `${workspace}/countersign-manifest.json`,
    warnings: [],
    notices: [],
    workspace,
    ...changes,
  };
}

/** Names, each of which is an attempt to be something else. */
export const hostileNames: readonly string[] = [
  'a|b',
  '|',
  'a\\|b',
  '\\',
  '`',
  '```',
  'a`b``c',
  '` | `',
  '<img src=x onerror=alert(1)>',
  '<!-- ',
  '</details></td></table>',
  '[link](https://evil.example.test)',
  '![image](https://evil.example.test/x.png)',
  '@someone *bold* _it_ ~~x~~ $x$',
  '&lt;&#124;',
  'line\nfeed',
  'line\r\n| more | cells |',
  '\n```\n# heading\n',
  '\u2028\u202efdp.exe',
  '##[error]x',
  '::error::x',
  '-rf',
  'it\'s $(whoami) "quoted" \\',
  '日本語 ü',
  'x'.repeat(100_000),
  `${'`'.repeat(50_000)}|${'\n'.repeat(50_000)}`,
];
