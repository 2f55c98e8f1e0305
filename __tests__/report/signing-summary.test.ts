import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainLine, type SigningReport, signingSummary, signingText, subjectsJson } from '../../src/report/index.ts';
import { blocks, inline, outline } from './markdown-oracle.ts';
import { hostileNames, identity, report, signed, signer, unsigned, workspace } from './reports.ts';

const rows = (summary: string): readonly (readonly string[])[] =>
  blocks(summary).flatMap(({ kind, texts }) => (kind === 'row' ? [texts] : []));

/** The right side of a row of the facts. */
const fact = (summary: string, name: string): string | undefined =>
  rows(summary).find(([title]) => title === `**${name}**`)?.[1];

describe('the headline', () => {
  test.each<[changes: Partial<SigningReport>, headline: string]>([
    [{}, '## ✅ Countersign signed 1 file'],
    [{ signed: [signed('a'), signed('b')] }, '## ✅ Countersign signed 2 files'],
    [{ signed: [signed('a'), signed('b', { kind: 'digest' })] }, '## ✅ Countersign signed 2 subjects'],
    [{ warnings: ['slow'] }, '## ⚠️ Countersign signed 1 file, with 1 warning'],
    [{ unsigned: [unsigned('b')], warnings: ['slow'] }, '## ❌ Countersign signed 1 of 2 subjects'],
    [{ signed: [], unsigned: [unsigned('b')], identity: undefined }, '## ❌ Countersign signed 0 of 1 subject'],
  ])('%#', (changes, headline) => {
    expect(signingSummary(report(changes)).split('\n')[0]).toBe(headline);
  });
});

test('failures come first, each with its code and what to do', () => {
  const summary = signingSummary(
    report({ unsigned: [unsigned('x.bin', { remedy: 'Run again.\nSet `retry-budget: 10m`.' })] }),
  );
  expect(summary.indexOf('x.bin')).toBeLessThan(summary.indexOf('dist/app.tgz'));
  expect(rows(summary)[2]).toEqual([
    '`x.bin`',
    '**`SUBJECT_CHANGED`**',
    'it changed while it was read',
    'Run again.<br>Set `retry-budget: 10m`.',
  ]);
});

describe('the signer', () => {
  test('is named with its issuer, source, run and certificate', () => {
    const summary = signingSummary(report());
    expect(rows(summary)[0]).toEqual(['Signed by', `\`${signer}\``]);
    expect(fact(summary, 'Issuer')).toBe('`https://token.actions.githubusercontent.com`');
    expect(fact(summary, 'Source')).toContain(
      '`refs/tags/v1.4.0`<br>commit `3f1c0de7a9b24c5588e0d6b1f7a2c93e4d5b6a78`',
    );
    expect(fact(summary, 'Run')).toContain('](https://github.com/octo-org/app/actions/runs/42/attempts/1)');
    expect(fact(summary, 'Certificate')).toContain('valid from 2026-11-23 07:00:02 UTC to 2026-11-23 07:10:02 UTC');
    expect(fact(summary, 'Logged in')).toBe('`https://rekor.sigstore.dev`');
    expect(fact(summary, 'Called by')).toBeUndefined();
    expect(fact(summary, 'Sigstore')).toBeUndefined();
    expect(summary).not.toContain('[!NOTE]');
  });

  test('is told apart from its caller, if it is another repository’s workflow', () => {
    const subjectAlternativeName = 'https://github.com/octo-org/countersign/.github/workflows/sign.yml@refs/tags/v1';
    const summary = signingSummary(report({ identity: { ...identity, subjectAlternativeName } }));
    expect(rows(summary)[0]?.[1]).toBe(`\`${subjectAlternativeName}\``);
    expect(fact(summary, 'Called by')).toBe(`\`${signer}\``);
    expect(summary).toContain('[!NOTE]');
    expect(summary).toMatch(/also check the source repository, `https:\/\/github\.com\/octo-org\/app`/);
    expect(summary).toContain('--certificate-github-workflow-repository octo-org/app');
  });

  test('is told apart from its caller in the same repository, which is no reason to warn', () => {
    const subjectAlternativeName = 'https://github.com/octo-org/app/.github/workflows/sign.yml@refs/tags/v1.4.0';
    const summary = signingSummary(report({ identity: { ...identity, subjectAlternativeName } }));
    expect(fact(summary, 'Called by')).toBe(`\`${signer}\``);
    expect(summary).not.toContain('[!NOTE]');
  });

  test('a repository whose name begins alike is another one', () => {
    const subjectAlternativeName = 'https://github.com/octo-org/application/.github/workflows/sign.yml@refs/tags/v1';
    expect(signingSummary(report({ identity: { ...identity, subjectAlternativeName } }))).toContain('[!NOTE]');
  });

  test('who is a person has no source', () => {
    const person = { subjectAlternativeName: 'me@example.test', issuer: 'https://accounts.example.test', claims: {} };
    const summary = signingSummary(report({ identity: person }));
    expect(rows(summary)[0]).toEqual(['Signed by', '`me@example.test`']);
    expect(fact(summary, 'Source')).toBeUndefined();
  });

  test('had several certificates in a long run, and none if all had been signed before', () => {
    const later = { notBefore: new Date('2026-11-23T07:09:00Z'), notAfter: new Date('2026-11-23T07:19:00Z') };
    const renewed = report({ signed: [signed('b', { certificateValidity: later }), signed('a'), signed('c')] });
    expect(fact(signingSummary(renewed), 'Certificate')).toContain(
      '2 certificates, valid from 2026-11-23 07:00:02 UTC to 2026-11-23 07:19:00 UTC',
    );
    const resumed = signingSummary(report({ signed: [signed('a', { resumed: true })] }));
    expect(fact(resumed, 'Certificate')).toContain('none: an earlier run had already signed everything');
    expect(resumed).toContain('| `a` (signed by an earlier run) |');
  });
});

describe('a subject', () => {
  test('has its digest, and its log entry linked where there is a page about it', () => {
    const summary = signingSummary(report());
    expect(rows(summary).at(-1)).toEqual([
      '`dist/app.tgz`',
      '`sha256:c7c5c1d70c5d…`',
      '[1482093311](https://search.sigstore.dev/?logIndex=1482093311)',
    ]);
    expect(summary).toContain('sha256:c7c5c1d70c5dec4416ab6158afd0b223ef40c29b1dc1f97ed9428b94d4cadb1c  dist/app.tgz');
    expect(summary).toContain('next to its file');
  });

  test('that is logged elsewhere, or in several logs, has no link', () => {
    const one = { url: 'https://one.example.test', id: 'aa', index: 1n };
    const two = { url: 'https://two.example.test', id: 'bb', index: 2n ** 62n };
    expect(rows(signingSummary(report({ signed: [signed('a', { logs: [one] })] }))).at(-1)?.[2]).toBe('1');
    expect(rows(signingSummary(report({ signed: [signed('a', { logs: [one, two] })] }))).at(-1)?.[2]).toBe(
      '`https://one.example.test` 1<br>`https://two.example.test` 4611686018427387904',
    );
  });

  test('is named in a warning so that it can be copied', () => {
    const image = `ghcr.io/owner/app@sha256:${'ab'.repeat(32)}`;
    const warnings = [`the tag moved (from "${image}"), see https://a.test/x. Deploy ${image}:`];
    const summary = signingSummary(report({ warnings }));
    expect(summary).toContain(`(from "\`${image}\`"), see \`https://a.test/x\`. Deploy \`${image}\`:`);
  });

  test('that is in no log has no such column', () => {
    const summary = signingSummary(report({ instance: 'github', signed: [signed('a', { logs: [] })] }));
    expect(rows(summary).at(-1)).toHaveLength(2);
    expect(fact(summary, 'Logged in')).toContain('no transparency log');
    expect(fact(summary, 'Sigstore instance')).toBe('`github`');
  });

  test('whose bundle is not beside it says where it is', () => {
    const summary = signingSummary(
      report({ signed: [signed('a', { bundlePath: `${workspace}/bundles/a.sigstore.json` })] }),
    );
    expect(rows(summary).at(-1)?.[3]).toBe('`bundles/a.sigstore.json`');
    expect(summary).not.toContain('next to its file');
  });

  test('of several attestations counts each subject once, and has the type of each', () => {
    const [spdx, custom] = ['https://spdx.dev/Document/v2.3', 'https://example.test/v1'];
    const all = ['a', 'b'].flatMap((name) =>
      [spdx, custom].map((predicateType) =>
        signed(name, { bundlePath: `${workspace}/${predicateType.length}.sigstore.json`, predicateType }),
      ),
    );
    const several = report({ format: 'attestation', signed: all });
    const summary = signingSummary(several);
    expect(summary).toMatch(/^## ✅ Countersign signed 2 files\n/);
    const table = rows(summary).filter(([name]) => name === '`a`' || name === '`b`');
    expect(table.map(([name, type]) => `${name} ${type}`)).toEqual([
      `\`a\` \`${spdx}\``,
      `\`a\` \`${custom}\``,
      `\`b\` \`${spdx}\``,
      `\`b\` \`${custom}\``,
    ]);
    expect(summary).toContain('Covered by 2 attestations: ');
    expect(summary.match(/^sha256:.* {2}a$/gm)).toHaveLength(1);
    expect(signingText(several)).toMatch(/^Signed 2 subjects with 2 attestations\n/);
    expect(JSON.parse(subjectsJson(several)).map((one: { predicateType: string }) => one.predicateType)).toEqual([
      spdx,
      custom,
      spdx,
      custom,
    ]);
  });

  test('of an attestation names no bundle of its own', () => {
    const bundlePath = `${workspace}/attestation.sigstore.json`;
    const summary = signingSummary(
      report({ format: 'attestation', signed: [signed('a', { bundlePath }), signed('b', { bundlePath })] }),
    );
    expect(rows(summary).at(-1)).toHaveLength(3);
    expect(summary).toContain('Covered by 1 attestation: `attestation.sigstore.json`.');
  });
});

test('the artifact is linked, with its digest; an address that holds more than an address is not', () => {
  const artifact = {
    id: 7,
    name: 'countersign-build-1',
    digest: 'sha256:ab',
    url: 'https://github.com/o/r/actions/runs/1/artifacts/7',
  };
  expect(fact(signingSummary(report({ artifact })), 'Artifact')).toBe(
    '[`countersign-build-1`](https://github.com/o/r/actions/runs/1/artifacts/7)<br>`sha256:ab`',
  );
  for (const url of ['javascript:alert(1)', 'https://a.test/)<img>', 'https://a.test/ "x"', 'https://u:p@a.test/'])
    expect(fact(signingSummary(report({ artifact: { ...artifact, url } })), 'Artifact')).toBe(
      '`countersign-build-1`<br>`sha256:ab`',
    );
});

describe('size', () => {
  const many = (count: number, name = (index: number) => `dist/packages/package-${index}/artifact.tar.gz`) =>
    Array.from({ length: count }, (_, index) => signed(name(index)));

  test('at ten thousand subjects it is below GitHub’s limit, and says how many are not shown and where they are', () => {
    const summary = signingSummary(report({ signed: many(10_000) }));
    expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(990_000);
    const shown = rows(summary).filter(([name]) => name?.startsWith('`dist/')).length;
    const [, more = ''] =
      /… and ([\d,]+) more subjects\. The complete list is in `countersign-manifest\.json`\./.exec(summary) ?? [];
    expect(shown + Number(more.replace(',', ''))).toBe(10_000);
    expect(summary).toContain('cosign verify-blob');
    expect(summary).toMatch(/^## ✅ Countersign signed 10,000 files\n/);
  });

  test('also where nothing is signed, everything fails, and each name is as long and wide as can be', () => {
    const name = '\u{1f40e}'.repeat(1000);
    const failed = Array.from({ length: 3000 }, () => unsigned(name, { message: name, remedy: name }));
    const everything = report({
      signed: many(3000, (index) => `${name}${index}`),
      unsigned: failed,
      warnings: Array.from({ length: 3000 }, () => name),
    });
    for (const changes of [everything, { ...everything, signed: [], identity: undefined }]) {
      const summary = signingSummary(changes);
      expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
      expect(summary).toMatch(/… and [\d,]+ more\./);
      expect(summary).toContain('SUBJECT_CHANGED');
      outline(summary);
    }
  });
});

/** The summary of a run in which everything that others can name has this name. */
function summaryOf(name: string): string {
  return signingSummary(
    report({
      identity: {
        subjectAlternativeName: name,
        issuer: name,
        claims: {
          sourceRepositoryUri: name,
          buildConfigUri: `${name}x`,
          sourceRepositoryRef: name,
          runInvocationUri: name,
        },
      },
      instance: 'custom',
      trustedRoot: `${workspace}/${name}`,
      signed: [
        signed('first', { bundlePath: `/b/${name}` }),
        signed(name, { bundlePath: `/b/${name}`, logs: [{ url: name, id: '', index: 3n }] }),
      ],
      unsigned: [unsigned(name)],
      artifact: { id: 1, name, digest: name, url: name },
      manifestPath: `/m/${name}`,
    }),
  );
}

describe('a hostile name', () => {
  const harmless = outline(summaryOf('harmless'));

  test.each(hostileNames.map((name) => [name.length > 100 ? `${name.slice(0, 20)}…` : name, name]))(
    '%j changes nothing but code',
    (_, name) => {
      // A name that no command can be made of has none.
      const expected = name.length > 1000 ? harmless.slice(0, harmless.indexOf('line: ### Verify')) : harmless;
      expect(outline(summaryOf(name)).slice(0, expected.length)).toEqual(expected);
    },
  );

  test('whatever it is changes nothing but code, and is one line fit for a log', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '|',
        '\\',
        '`',
        '``',
        '```',
        '\n',
        '\r\n',
        '<b>',
        '](',
        '[',
        '##[',
        '::',
        '~~~',
        '-',
        '> ',
        "'",
        '$',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
    );
    // Alone, nothing is shown as nothing; at the end of a path a dot or a slash is the path's.
    const name = fc
      .array(part, { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join('').replaceAll('/', '').replaceAll('\0', ''))
      .filter((text) => text.trim() !== '' && !/^\.+$/.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const summary = summaryOf(text);
        expect(outline(summary)).toEqual(harmless);
        for (const line of summary.split('\n')) expect(plainLine(line)).toBe(line);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a hostile message, remedy or warning', () => {
  const text = (name: string): string =>
    signingSummary(report({ unsigned: [unsigned('x', { message: name, remedy: name })], warnings: [name] }));
  const shape = (summary: string): readonly string[] =>
    blocks(summary).map(({ kind, texts }) => `${kind} of ${texts.length}`);

  function check(name: string): void {
    const summary = text(name);
    const rowsOfTable = rows(summary)[2] ?? [];
    expect(rowsOfTable).toHaveLength(4);
    expect(shape(summary)).toEqual(shape(text('x')));
    const [, , message = '', remedy = ''] = rowsOfTable;
    const warning = summary.split('\n').find((_, index, lines) => lines[index - 1] === '> [!WARNING]') ?? '';
    for (const shown of [message, remedy.replaceAll('<br>', ' '), warning.replace(/^> /, '')]) {
      const { outside } = inline(shown);
      expect(outside).not.toMatch(/[`*_<>[\]~&$]|:\/\/|www\.|@|##/i);
    }
  }

  test.each(hostileNames.map((name) => [name.length > 100 ? `${name.slice(0, 20)}…` : name, name]))(
    '%j is text',
    (_, name) => {
      check(name);
      check(`the file ${JSON.stringify(name)}: \`${name}\` and \`x\`${name}`);
    },
  );

  test('whatever it is, it is text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '`',
        '`',
        '``',
        'a',
        ' ',
        '\\',
        '|',
        '<b>',
        '*',
        'http://x',
        '@',
        'www.x',
        '[',
        '](',
        '\n',
        '&lt;',
        '!',
        '$',
        '_',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 14 }).map((parts) => `x${parts.join('')}`),
        check,
      ),
      { numRuns: 1000 },
    );
  });
});
