/** Checks the reports of a verification with hostile texts of signers in them. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Bundle, readBundle, writeBundle } from '../../src/core/bundle/index.ts';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { matching, type Policy } from '../../src/core/policy/index.ts';
import { artifactOfBytes, examine, type Verdict } from '../../src/core/verify/index.ts';
import {
  artifactOutcomes,
  notExamined,
  plainLine,
  unreadBundle,
  type VerificationReport,
  type VerificationResult,
  verificationAnnotations,
  verificationJson,
  verificationJsonText,
  verificationSummary,
  verificationText,
  worstOf,
} from '../../src/report/index.ts';
import { artifact, exampleStatement, Instance, identity, issuer, now, policy } from '../kit/instance.ts';
import { blocks, inline } from './markdown-oracle.ts';
import { hostileNames } from './reports.ts';

const digestText = formatDigest(digest('sha256', artifact));

let instance: Instance;
let verified: VerificationResult;
let attested: VerificationResult;
let refused: VerificationResult;
beforeAll(async () => {
  instance = new Instance();
  verified = await examined(instance.sign());
  attested = await examined(instance.attest(exampleStatement));
  refused = await examined(instance.sign(), withTrigger('release'));
});

async function examined(bundle: Bundle, under: Policy = policy, name = 'app.tgz'): Promise<VerificationResult> {
  const written = readBundle(writeBundle(bundle));
  const report = await examine(written, artifactOfBytes(artifact), instance.trust(), under, now);
  return { artifact: name, digest: digestText, bundle: `${name}.sigstore.json`, ...report };
}

function withTrigger(value: string): Policy {
  if (policy.signer.kind !== 'identity') throw new Error('the kit has policy.signer');
  const claims = [{ claim: 'buildTrigger', expected: [matching(value)] }] as const;
  return { ...policy, signer: { ...policy.signer, claims } };
}

function failed(
  name: string,
  code: CountersignError['code'],
  message = 'what was wrong',
  remedy = 'What to do.',
): VerificationResult {
  const failure = new CountersignError(code, message, { remedy });
  return { artifact: name, digest: undefined, bundle: undefined, ...notExamined(failure) };
}

function report(results: readonly VerificationResult[], warnings: readonly string[] = []): VerificationReport {
  return { results, warnings };
}

describe('an artifact', () => {
  test('is verified if one of its bundles is, and else fails as its worst one does', () => {
    const outcomes = artifactOutcomes(
      report([
        failed('a', 'BUNDLE_INVALID'),
        { ...verified, artifact: 'a' },
        failed('b', 'BUNDLE_MISSING'),
        failed('b', 'CLAIM_MISMATCH'),
      ]),
    );
    expect(outcomes.map(({ artifact: name, failure, results }) => [name, failure?.code, results.length])).toEqual([
      ['a', undefined, 2],
      ['b', 'CLAIM_MISMATCH', 2],
    ]);
  });

  test('the order of severity', () => {
    const codes = ['USAGE', 'CANCELLED', 'BUNDLE_MISSING', 'ARTIFACT_MISMATCH', 'SIGNATURE_INVALID'] as const;
    const failures = codes.map((code) => new CountersignError(code, ''));
    for (const count of [1, 2, 3, 4, 5]) expect(worstOf(failures.slice(0, count))?.code).toBe(codes[count - 1]);
    expect(worstOf([undefined])).toBeUndefined();
  });
});

describe('what could not be read', () => {
  const place = 'registry.example/app:sha256-ab.sig';
  const unread: VerificationResult = {
    artifact: 'app.tgz',
    digest: digestText,
    bundle: place,
    ...unreadBundle(new CountersignError('ATTACHMENT_UNREADABLE', 'it responded with 403', { remedy: 'What to do.' })),
  };

  test('is in every report of what is verified, and changes nothing', () => {
    const both = report([verified, unread]);
    expect(artifactOutcomes(both)[0]?.failure).toBeUndefined();
    const { artifacts, exitCode } = JSON.parse(JSON.stringify(verificationJson(both)));
    expect([exitCode, artifacts[0].verified]).toEqual([0, true]);
    expect(artifacts[0].results[1]).toMatchObject({
      bundle: place,
      unread: true,
      verified: false,
      failure: { code: 'ATTACHMENT_UNREADABLE', kind: 'unavailable' },
    });
    expect(verificationText(both)).toMatch(/^Verified app\.tgz: signed by [^\n]*\n {2}unreadable: 1 of 2\n$/);
    const text = verificationText(both, { verbose: true });
    expect(text).toContain('\n  unreadable: 1 of 2 (see below)\n');
    expect(text).toContain(`\n  unreadable ${place}\n  ATTACHMENT_UNREADABLE: it responded with 403\n`);
    expect(verificationSummary(both)).toContain(`Unreadable: \`${place}\``);
  });

  test('decides alone where nothing else was found, and is not counted as examined', () => {
    expect(artifactOutcomes(report([unread]))[0]?.failure).toMatchObject({ exitCode: 6 });
    const [annotation] = verificationAnnotations(report([unread, { ...unread, bundle: 'another' }]));
    expect(annotation).toMatchObject({ level: 'error', title: 'ATTACHMENT_UNREADABLE' });
    expect(annotation?.message).not.toContain('were examined');
  });
});

describe('JSON', () => {
  const json = (results: readonly VerificationResult[], warnings: readonly string[] = []) =>
    JSON.parse(JSON.stringify(verificationJson(report(results, warnings))));

  test('of what is verified: what is certified, and apart from it what the signer wrote', () => {
    const { artifacts, ...head } = json([attested], ['a warning']);
    expect(head).toEqual({ version: 1, verified: true, exitCode: 0, warnings: ['a warning'], skipped: [] });
    const [{ results, ...app }] = artifacts;
    expect(app).toEqual({ artifact: 'app.tgz', digest: digestText, verified: true, failure: null });
    const [{ criteria, certified, statement, ...result }] = results;
    expect(result).toEqual({ bundle: 'app.tgz.sigstore.json', verified: true, failure: null });
    expect(criteria.map(({ name, outcome }: { name: string; outcome: string }) => `${name} ${outcome}`)).toEqual([
      'time pass',
      'certificate pass',
      'certificate-transparency pass',
      'issuer pass',
      'identity pass',
      'signature pass',
      'log pass',
    ]);
    expect(certified).toMatchObject({
      signer: 'identity',
      identity,
      issuer,
      claims: { 'build-signer-uri': identity, 'build-trigger': 'push' },
      times: [{ time: now.toISOString(), kind: 'timestamp-authority', source: 'https://tsa.example.test' }],
      logs: [{ url: 'https://log.example.test', index: expect.stringMatching(/^\d+$/), witnesses: [] }],
      certificateLogs: [{ url: 'https://ct.example.test' }],
    });
    expect(statement).toEqual({
      predicateType: 'https://slsa.dev/provenance/v1',
      subject: { name: 'what.txt', digest: digestText },
      subjects: 2,
      predicate: {},
    });
    expect(JSON.stringify(certified)).not.toContain('slsa.dev');
  });

  test('of what is not: each criterion, with what was expected and found, and nothing certified', () => {
    const { artifacts, ...head } = json([refused, failed('gone', 'SUBJECT_UNREADABLE')]);
    expect(head).toEqual({ version: 1, verified: false, exitCode: 4, warnings: [], skipped: [] });
    expect(artifacts[0].results[0]).toMatchObject({ verified: false, certified: null, statement: null });
    expect(artifacts[0].results[0].criteria).toContainEqual({
      name: 'claim',
      about: 'build-trigger',
      outcome: 'fail',
      expected: 'release',
      found: 'the certificate claim build-trigger is "push"; expected "release"',
      code: 'CLAIM_MISMATCH',
    });
    expect(artifacts[1]).toEqual({
      artifact: 'gone',
      digest: null,
      verified: false,
      failure: { code: 'SUBJECT_UNREADABLE', kind: 'absent', message: 'what was wrong', remedy: 'What to do.' },
      results: [
        {
          bundle: null,
          verified: false,
          failure: { code: 'SUBJECT_UNREADABLE', kind: 'absent', message: 'what was wrong', remedy: 'What to do.' },
          criteria: [],
          certified: null,
          statement: null,
        },
      ],
    });
  });

  test('of nothing is no success', () => {
    expect(json([])).toMatchObject({ verified: false, artifacts: [] });
  });
});

describe('text', () => {
  test('has a line for each criterion if it is verbose, and marks what is not certified', () => {
    const lines = verificationText(report([attested]), { verbose: true }).split('\n');
    expect(lines[0]).toBe(`Verified app.tgz (${digestText})`);
    expect(lines.filter((line) => / pass {8}/.test(line))).toHaveLength(7);
    const stated = lines.indexOf('  Statement (written by the signer, not verified):');
    expect(lines.slice(stated + 1).map((line) => line.trim().split(/\s+/)[0])).toEqual([
      'predicate-type',
      'subject',
      'subject-digest',
      'subjects',
      '',
    ]);
    expect(lines.slice(0, stated).join('\n')).not.toContain('slsa');
  });

  test('says of a failure what was expected, what was not checked and why, the code and what to do', async () => {
    const text = verificationText(
      report([
        await examined(instance.sign({ leaf: {} }), { ...policy, thresholds: { ...policy.thresholds, timestamps: 2 } }),
        failed('gone', 'BUNDLE_MISSING'),
      ]),
    );
    expect(text).toMatch(/^NOT VERIFIED app\.tgz \(sha256:/);
    expect(text).toMatch(/\n {4}signing time +FAIL +the signature has trusted times from 1 of 2 required sources\n/);
    expect(text).toMatch(/\n {4}certificate +not checked no time/);
    expect(text).toContain('\n  TIMESTAMP_MISSING: ');
    expect(text).toContain('NOT VERIFIED gone\n  BUNDLE_MISSING: what was wrong\n  What to do.\n');
    expect(text).toMatch(/\n0 artifacts verified, 2 not verified\n$/);
  });

  /** Returns the line of a verified artifact whose verdict is changed. */
  function lineOf(change: (verdict: Verdict) => Partial<Verdict>): string {
    const { verdict } = verified;
    if (verdict === undefined) throw new Error('it is verified');
    const changed = { ...verified, verdict: { ...verdict, ...change(verdict) } };
    return verificationText(report([changed as VerificationResult]));
  }

  /** Returns the signer with another name and other claims. */
  function signedAs(
    subjectAlternativeName: string,
    claims: Readonly<Record<string, string>>,
    certificateIssuer: string | undefined = issuer,
  ): (verdict: Verdict) => Partial<Verdict> {
    return ({ signer }) => {
      if (signer.kind !== 'identity') throw new Error('the kit signs with a certificate');
      return {
        signer: { ...signer, identity: { subjectAlternativeName, issuer: certificateIssuer, claims } },
        logEntries: [],
      };
    };
  }

  const github = 'https://github.com/octo-org';
  const file = '.github/workflows/release.yml';

  test.each<[what: string, change: (verdict: Verdict) => Partial<Verdict>, expected: string]>([
    [
      'a workflow of the source repository',
      signedAs(`${github}/app/${file}@refs/tags/v1`, {
        sourceRepositoryUri: `${github}/app`,
        sourceRepositoryRef: 'refs/tags/v1',
      }),
      'by github.com/octo-org/app (release.yml) at refs/tags/v1 on 2026-11-23 12:00:00 UTC, not logged',
    ],
    [
      'a reusable workflow of another repository',
      signedAs(`${github}/workflows/${file}@refs/tags/v2`, {
        sourceRepositoryUri: `${github}/app`,
        sourceRepositoryRef: 'refs/heads/main',
      }),
      'by github.com/octo-org/workflows (release.yml@refs/tags/v2) for github.com/octo-org/app at refs/heads/main on 2026-11-23 12:00:00 UTC, not logged',
    ],
    [
      'a workflow of a repository whose name only begins with the source',
      signedAs(`${github}/app-evil/${file}@refs/heads/main`, {
        sourceRepositoryUri: `${github}/app`,
        sourceRepositoryRef: 'refs/heads/main',
      }),
      'by github.com/octo-org/app-evil (release.yml) for github.com/octo-org/app at refs/heads/main on 2026-11-23 12:00:00 UTC, not logged',
    ],
    [
      'a pipeline of GitLab',
      signedAs('https://gitlab.com/group/app//.gitlab-ci.yml@refs/heads/main', {
        sourceRepositoryUri: 'https://gitlab.com/group/app',
        sourceRepositoryRef: 'refs/heads/main',
      }),
      'by gitlab.com/group/app//.gitlab-ci.yml at refs/heads/main on 2026-11-23 12:00:00 UTC, not logged',
    ],
    [
      'a person',
      signedAs('jane@example.org', {}, 'https://accounts.example.org'),
      'by jane@example.org (accounts.example.org) on 2026-11-23 12:00:00 UTC, not logged',
    ],
    [
      'a certificate without an issuer',
      ({ signer }) => ({
        signer: {
          ...signer,
          identity: { subjectAlternativeName: 'https://pki.example.org/release', issuer: undefined, claims: {} },
        } as Verdict['signer'],
      }),
      'by pki.example.org/release on 2026-11-23 12:00:00 UTC, log entry 7 at log.example.test',
    ],
    [
      'a key without a timestamp',
      () => ({ signer: { kind: 'key' } as Verdict['signer'], times: [] }),
      'with the given key, log entry 7 at log.example.test',
    ],
    [
      'an entry in each of two logs',
      ({ logEntries }) => ({
        logEntries: logEntries.flatMap((entry) => [
          entry,
          { ...entry, logIndex: 9n, log: { ...entry.log, baseUrl: 'https://other.example.test' } },
        ]),
      }),
      'by github.com/example-org/example-repo (release.yml) at refs/heads/main on 2026-11-23 12:00:00 UTC, log entry 7 at log.example.test, 9 at other.example.test',
    ],
  ])('names the signer, the source, the time and the logs in one line: %s', (_, change, expected) => {
    expect(lineOf(change).replace(/log entry \d+/, 'log entry 7')).toBe(`Verified app.tgz: signed ${expected}\n`);
  });

  test('has colours only where they were asked for', () => {
    expect(verificationText(report([refused, verified]))).not.toContain('\u001b');
    const coloured = verificationText(report([refused, { ...verified, artifact: 'b' }]), { colour: true });
    expect(coloured).toContain('\u001b[31mFAIL\u001b[0m');
    expect(coloured).toContain('\u001b[32mVerified\u001b[0m');
    expect(
      coloured
        .split('\u001b')
        .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, '')))
        .join(''),
    ).toBe(verificationText(report([refused, { ...verified, artifact: 'b' }])));
  });

  test('counts the bundles that were skipped, also next to one artifact', () => {
    const skipping = (results: readonly VerificationResult[], skipped: readonly string[]): string =>
      verificationText({ ...report(results), skipped })
        .split('\n')
        .at(-2) ?? '';
    expect(skipping([verified], ['app.tgz.sigstore.json'])).toBe('1 artifact verified, 1 bundle skipped');
    expect(skipping([verified, failed('gone', 'BUNDLE_MISSING')], ['a', 'b'])).toBe(
      '1 artifact verified, 1 not verified, 2 bundles skipped',
    );
    const named = { ...report([verified]), skipped: ['app.tgz.sigstore.json'] };
    expect(verificationJson(named)).toMatchObject({ verified: true, skipped: ['app.tgz.sigstore.json'] });
  });

  test('has one line for each that is verified', () => {
    const many = Array.from({ length: 21 }, (_, index) => ({ ...verified, artifact: `file-${index}` }));
    expect(verificationText(report([...many, failed('gone', 'BUNDLE_MISSING')])).split('\n')).toHaveLength(
      21 + 3 + 1 + 1,
    );
  });
});

describe('annotations', () => {
  test('an error for each that is not verified, a warning for each warning, one notice for the rest', () => {
    expect(
      verificationAnnotations(report([verified, failed('gone', 'BUNDLE_MISSING')], ['any identity is accepted'])),
    ).toEqual([
      { level: 'error', title: 'BUNDLE_MISSING', message: 'gone: what was wrong. What to do.' },
      { level: 'warning', title: 'Countersign', message: 'any identity is accepted' },
      { level: 'notice', title: 'Countersign', message: `1 artifact verified, signed by ${identity}` },
    ]);
  });

  test('never more than GitHub keeps', () => {
    const many = Array.from({ length: 30 }, (_, index) => failed(`gone-${index}`, 'BUNDLE_MISSING'));
    const annotations = verificationAnnotations(report(many));
    expect(annotations).toHaveLength(10);
    expect(annotations.at(-1)).toMatchObject({
      level: 'error',
      message: expect.stringContaining('21 more artifacts of 30'),
    });
  });
});

describe('the job summary', () => {
  test('has a row an artifact, those that failed first, and a row a criterion', () => {
    const summary = verificationSummary(report([verified, { ...refused, artifact: 'b' }]));
    expect(summary).toMatch(/^## ❌ Countersign verified 1 of 2 artifacts\n/);
    const rows = blocks(summary).filter(({ kind }) => kind === 'row');
    expect(rows.slice(2, 4).map(({ texts }) => texts[0])).toEqual(['`b`', '`app.tgz`']);
    expect(summary).toContain('| claim build-trigger | ❌ fail<br>`CLAIM_MISMATCH` | `release` |');
    expect(verificationSummary(report([verified]))).toMatch(/^## ✅ Countersign verified 1 artifact\n/);
    expect(verificationSummary(report([]))).toMatch(/^## ➖ Countersign verified nothing\n/);
  });

  test('is below GitHub’s limit however many there are, and says what is left out', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...attested, artifact: `file-${index}` }));
    const summary = verificationSummary(report(many));
    expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
    expect(summary).toMatch(/… and \d,\d{3} more artifacts\./);
    expect(summary).toMatch(/Details of \d,\d{3} more artifacts are omitted\./);
    const long = Array.from({ length: 2000 }, (_, index) =>
      failed(`${index}${'x'.repeat(5000)}`, 'BUNDLE_MISSING', 'y'.repeat(9000), 'z'.repeat(9000)),
    );
    expect(Buffer.byteLength(verificationSummary(report(long)))).toBeLessThan(1_048_576);
  });
});

describe('what others wrote', () => {
  /** A report in which a text stands wherever others can put one. */
  async function hostile(text: string): Promise<VerificationReport> {
    const subject = [{ name: text, digest: { sha256: encodeHex(digest('sha256', artifact).bytes) } }];
    const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: `x${text}`, predicate: {} };
    const bundle = instance.attest(utf8(JSON.stringify(statement)));
    const content = { predicateType: { kind: 'exact', value: `y${text}` } } as const;
    const results = [
      { ...(await examined(bundle)), artifact: `1${text}`, bundle: `b${text}` },
      { ...(await examined(bundle, { ...policy, content })), artifact: `2${text}`, bundle: `b${text}` },
      failed(`3${text}`, 'BUNDLE_MISSING', `m${text}`, `r${text}`),
    ];
    return report(results, [`w${text}`]);
  }

  const short = hostileNames.filter((name) => !name.includes('\n') || name.length < 100);

  test.each(short.map((name) => [name.length > 100 ? `${name.slice(0, 20)}…` : name, name]))(
    '%j is text, in a log and in Markdown',
    async (_, name) => {
      const [harmless, tried] = [await hostile('harmless'), await hostile(name)];
      const text = verificationText(tried);
      for (const line of text.split('\n')) expect(plainLine(line)).toBe(line);
      // A remedy of ours may have several lines, and so this one has.
      const more = `r${name}`.split('\n').length - 1;
      expect(text.split('\n')).toHaveLength(verificationText(harmless).split('\n').length + more);
      for (const { title, message } of verificationAnnotations(tried)) {
        for (const line of [title, message]) expect(plainLine(line)).toBe(line);
      }
      const shape = (found: VerificationReport): readonly string[] =>
        blocks(verificationSummary(found)).map(({ kind, texts }) => `${kind} of ${texts.length}`);
      expect(shape(tried)).toEqual(shape(harmless));
      for (const { kind, texts } of blocks(verificationSummary(tried))) {
        if (kind !== 'row') continue;
        for (const cell of texts)
          expect(inline(cell.replaceAll('<br>', ' ')).outside).not.toMatch(/[<>[\]]|:\/\/|www\.|@|##/i);
      }
    },
  );
});

describe('of a hundred thousand artifacts', () => {
  const many = (count: number): readonly VerificationResult[] => [
    ...Array.from({ length: count }, (_, at) => failed(`bad ${at}`, 'ARTIFACT_MISMATCH')),
    ...Array.from({ length: count }, (_, at) => ({ ...verified, artifact: `good ${at}` })),
  ];

  test('the text lists a thousand of each, and the details of a hundred', () => {
    const all = report(many(1500));
    const lines = verificationText(all).split('\n');
    expect(lines.filter((line) => line.startsWith('NOT VERIFIED'))).toHaveLength(1000);
    expect(lines.filter((line) => line.startsWith('Verified'))).toHaveLength(1000);
    expect(lines).toContain('… and 500 more artifacts not verified');
    expect(lines).toContain('… and 500 more artifacts verified');
    expect(lines.find((line) => line.startsWith('NOT VERIFIED bad 100'))).toContain('ARTIFACT_MISMATCH');
    expect(lines.find((line) => line.startsWith('NOT VERIFIED bad 99'))).not.toContain('ARTIFACT_MISMATCH');
    expect(verificationText(report(many(3000))).length).toBeLessThan(verificationText(all).length + 100);
  });

  test('the JSON comes in pieces, and is the same', async () => {
    const all = report(many(2000), ['a warning']);
    const pieces: string[] = [];
    for await (const piece of verificationJsonText(all)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(`${JSON.stringify(verificationJson(all))}\n`);
    const none: string[] = [];
    for await (const piece of verificationJsonText(report([]))) none.push(piece);
    expect(none.join('')).toBe(`${JSON.stringify(verificationJson(report([])))}\n`);
  });

  test('a predicate of too many values is null', () => {
    const { verdict } = attested;
    if (verdict === undefined) throw new Error('it is verified');
    const statement = {
      ...('statement' in verdict.content ? verdict.content.statement : {}),
      get predicate(): never {
        throw new CountersignError('LIMIT_EXCEEDED', 'too many');
      },
    };
    const changed = { ...attested, verdict: { ...verdict, content: { ...verdict.content, statement } } };
    const text = JSON.stringify(verificationJson(report([changed as unknown as VerificationResult])));
    expect(JSON.parse(text).artifacts[0].results[0].statement.predicate).toBeNull();
  });
});
