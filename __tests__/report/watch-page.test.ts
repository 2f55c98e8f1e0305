/** Checks the HTML page of a watch with an independent reading of HTML: each tag and attribute, whatever the texts are. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { testReport } from '../../src/notify/index.ts';
import { watchPage } from '../../src/report/index.ts';
import {
  ago,
  at,
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
} from './watch-reports.ts';

const many = fullReport({
  open: Array.from({ length: 1200 }, (_, index) => ({
    ...([finding(), note, forked][index % 3] ?? note),
    id: id(index),
    firstSeen: ago(index % 120),
  })),
});
const cases = Object.entries({
  clean: report(),
  full: fullReport(),
  hostile: hostileReport(),
  test: testReport('p', at),
  many,
});

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly inside: readonly string[];
}

const voids = new Set(['meta']);

/** Returns the elements of a page, and fails for anything that is not a whole tag with quoted attributes, or is not closed in order. */
function elements(page: string): readonly Element[] {
  const found: Element[] = [];
  const open: string[] = [];
  const body = page.replace(/^<!DOCTYPE html>\n/, '').replace(/<style>[^<]*<\/style>/, '<style></style>');
  for (const [, close, name = '', rest = '', selfClosing] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"<>]*")*)(\/?)>/g,
  )) {
    if (close === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else {
      const attributes = [...rest.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value] as const,
      );
      found.push({ name, attributes: new Map(attributes), inside: [...open] });
      if (selfClosing !== '/' && !voids.has(name)) open.push(name);
    }
  }
  expect(open).toEqual([]);
  const text = body.replace(/<\/?[a-z][a-z0-9]*(?: [a-zA-Z-]+="[^"<>]*")*\/?>/g, '');
  expect(text).not.toMatch(/[<>]/);
  return found;
}

const allowed =
  /^(?:html|head|meta|title|style|body|a|header|h[1-3]|code|time|p|div|svg|circle|path|rect|desc|defs|pattern|dl|dt|dd|nav|ul|li|main|section|table|caption|thead|tbody|tr|th|td|span|details|summary|strong|footer)$/;

/** Reports whether an attribute loads and runs nothing. */
function isHarmless(key: string, text: string): boolean {
  if (key === 'href') return /^(?:#[\w-]+|https:\/\/(?:github\.com|search\.sigstore\.dev)\/[\w./?=-]+)$/.test(text);
  if (key === 'fill') return /^(?:none|url\(#c\d+-h\))$/.test(text);
  return !/^(?:on|style|src|srcset|action|formaction|xlink)/i.test(key);
}

describe.each(cases)('the page of the %s report', (_, of) => {
  const page = watchPage(of);
  const all = elements(page);
  const value = ({ attributes }: Element, name: string) => attributes.get(name) ?? '';

  test('has only elements and attributes that load and run nothing', () => {
    const faults = all.flatMap(({ name, attributes }) => [
      ...(allowed.test(name) ? [] : [name]),
      ...[...attributes].filter(([key, text]) => !isHarmless(key, text)).map(([key, text]) => `${key}="${text}"`),
    ]);
    expect(faults).toEqual([]);
    // Control characters, and those that change the direction of text. A line end is only between elements.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
    expect(Buffer.from(page).toString()).toBe(page);
  });

  test('has a content security policy that allows only its own style', () => {
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = all.find((element) => value(element, 'http-equiv') === 'Content-Security-Policy');
    expect(policy && value(policy, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/url\(|@import|expression/);
    // Before anything that it is about.
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  test('is accessible: language, landmarks, captions, names of pictures, targets of links', () => {
    const names = all.map(({ name }) => name);
    expect(all[0]?.attributes.get('lang')).toBe('en');
    for (const landmark of ['header', 'nav', 'main', 'footer'])
      expect(names.filter((name) => name === landmark)).toHaveLength(1);
    expect(names.filter((name) => name === 'caption')).toHaveLength(names.filter((name) => name === 'table').length);
    expect(names.filter((name) => name === 'summary')).toHaveLength(names.filter((name) => name === 'details').length);
    const ids = all.flatMap((element) => element.attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of all.filter(({ name }) => name === 'svg')) {
      if (value(element, 'aria-hidden') === 'true') continue;
      expect(value(element, 'role')).toBe('img');
      for (const label of value(element, 'aria-labelledby').split(' ')) expect(ids).toContain(label);
    }
    for (const element of all.filter(({ name }) => name === 'a')) {
      const [, target] = /^#(.*)$/.exec(value(element, 'href')) ?? [];
      if (target !== undefined) expect(ids).toContain(target);
      else expect(value(element, 'rel')).toBe('noreferrer noopener');
    }
  });

  test('states the coverage', () => {
    expect(page).toContain(
      of.audit.logs.length === 0 ? 'No log was read.' : '<desc id="c0-d">entries 1,869,000,000 to 1,969,169,704',
    );
  });
});

test('the page of a report with findings shows each with its reason, next step, entry, run and policy', () => {
  const page = watchPage(fullReport());
  for (const part of [
    'A log misbehaved, and this is proven: 1 critical, 1 alert and 1 note are open. The watch is incomplete',
    'The conclusion of this run is &quot;failure&quot;.',
    '<strong>Next step:</strong> Find out who published the version.',
    '<a href="https://github.com/octo/app/actions/runs/42/attempts/1" rel="noreferrer noopener">',
    '<a href="https://search.sigstore.dev/?logIndex=1991027718" rel="noreferrer noopener">',
    '.github/countersign.yml, line 3',
    'Run again by hand after the outage of 2 November.',
    '<time datetime="2027-01-31T23:59:59.000Z">2027-01-31</time>',
    'P11 has seen 40 of the 200 entries',
    '606 signatures of 4 signers',
    '<td role="cell">31 versions</td>',
    '2,911,860 entries left',
  ])
    expect(page).toContain(part);
});

test('a page of thousands of findings lists the most severe, and counts the rest', () => {
  const page = watchPage(many);
  expect(page).toContain('Open findings, the most severe first: 1,000 of 1,200');
  expect(page.length).toBeLessThan(4_000_000);
  expect(page).toMatch(/\d+ open findings were first seen before 2026-09-02/);
});

test('a day with a finding is marked above the signatures of its signer', () => {
  const page = watchPage(fullReport());
  expect(page).toMatch(
    /<code>octo\/app\/\.github\/workflows\/release\.yml<\/code>.*?<title>2026-11-29: alert<\/title>/s,
  );
});

test.each([
  ['https://github.com/octo/app/actions/runs/42', true],
  ['https://github.com.evil.example/octo/app/actions/runs/42', false],
  ['https://github.com/octo/app/actions/runs/42/../../../../evil', false],
  ['https://evil.example/octo/app/actions/runs/42', false],
  ['javascript:alert(1)', false],
])('a certificate that names the run %s: link %s', (runInvocationUri, isLinked) => {
  const open = [
    finding({
      about: {
        kind: 'entry',
        entry: entry({ log: { ...entry().log, origin: 'other' }, signers: [signer({ claims: { runInvocationUri } })] }),
      },
    }),
  ];
  const hrefs = elements(watchPage(report({ open }))).flatMap(({ attributes }) => attributes.get('href') ?? []);
  expect(hrefs.filter((href) => !href.startsWith('#'))).toEqual(isLinked ? [runInvocationUri] : []);
});

test('the bar of a log shows a gap of a few entries among millions', () => {
  const coverage = { from: 0, to: 9_999_999, size: 10_000_000, read: 5, unreadable: 0 };
  expect(watchPage(report({ audit: { logs: [log({ coverage })], findings: [], incomplete: [] } }))).toContain(
    '<rect class="rest" x="992" y="0" width="8" height="20"/>',
  );
});

test('the texts of attackers are shown as texts', () => {
  const page = watchPage(hostileReport());
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('\\u202egpj.exe');
  expect(hostileTexts).toContain('javascript:alert(1)');
});

test('acknowledgements that have ended are listed', () => {
  const text = 'the acknowledgement of rule P07 for octo/app in line 31';
  expect(watchPage(fullReport())).toContain(text);
  expect(watchPage(fullReport())).toContain('Expired acknowledgements (1)');
  expect(watchPage(fullReport({ expired: [] }))).not.toContain('Expired acknowledgements');
});
