import { describe, expect, test } from '@jest/globals';
import { readSigningConfig, selectServices } from '../../../src/core/trust/index.ts';
import { fixture } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';
import { config, now, service } from './made.ts';

const log = (name: string, changes: Readonly<Record<string, unknown>> = {}) =>
  service({ url: `https://${name}.example.test`, majorApiVersion: 2, operator: name, ...changes });
const window = (start: string, end?: string) => ({ validFor: { start, ...(end === undefined ? {} : { end }) } });

const selected = (changes: Readonly<Record<string, unknown>>) =>
  selectServices(readSigningConfig(config(changes)), now);
/** The names of the logs that are chosen of some. */
const logsOf = (rekorTlogUrls: readonly unknown[], rekorTlogConfig: unknown = { selector: 'ALL' }) =>
  selected({ rekorTlogUrls, rekorTlogConfig }).transparencyLogs.map(({ url }) => new URL(url).hostname.split('.')[0]);

describe('real signing configs', () => {
  test('of staging: the log of version 2 that is valid now, though older ones are listed', () => {
    const services = selectServices(readSigningConfig(fixture('roots/signing_config.staging.v0.2.json')), now);
    expect(services.certificateAuthority.url).toBe('https://fulcio.sigstage.dev');
    expect(services.transparencyLogs.map(({ url }) => url)).toEqual(['https://log2025-alpha3.rekor.sigstage.dev']);
    expect(services.timestampAuthorities.map(({ url }) => url)).toEqual([
      'https://timestamp.sigstage.dev/api/v1/timestamp',
    ]);
  });

  test('of staging, at another time: another log; at the moment when one follows the other, the newer', () => {
    const staging = readSigningConfig(fixture('roots/signing_config.staging.v0.2.json'));
    const logAt = (time: string) => selectServices(staging, new Date(time)).transparencyLogs.map(({ url }) => url);
    expect(logAt('2025-09-22T10:59:59Z')).toEqual(['https://log2025-alpha2.rekor.sigstage.dev']);
    expect(logAt('2025-09-22T11:00:00Z')).toEqual(['https://log2025-alpha3.rekor.sigstage.dev']);
  });

  test('of the public-good instance: its log of version 1; a log of version 2 is not there to be had', () => {
    const config = readSigningConfig(fixture('roots/signing_config.public-good.v0.2.json'));
    expect(selectServices(config, now).transparencyLogs).toEqual([
      {
        url: 'https://rekor.sigstore.dev',
        majorApiVersion: 1,
        validFor: { start: new Date('2021-01-12T11:53:27.000Z'), end: undefined },
        operator: 'sigstore.dev',
      },
    ]);
    expectFailure(
      () => selectServices(config, now, 2),
      'NO_SERVICE',
      /requires 1 of its transparency log services, but only 0 can be used now/,
    );
  });
});

describe('reading', () => {
  test('all of it', () => {
    expect(
      readSigningConfig(config({ rekorTlogConfig: { selector: 'EXACT', count: 2 }, tsaConfig: { selector: 'ALL' } })),
    ).toMatchObject({
      certificateAuthorities: [
        { url: 'https://fulcio.example.test', majorApiVersion: 1, operator: 'one.example.test' },
      ],
      transparencyLogs: [{ url: 'https://rekor.example.test', majorApiVersion: 2 }],
      transparencyLogSelector: { kind: 'exact', count: 2 },
      timestampAuthorities: [{ url: 'https://tsa.example.test/api/v1/timestamp' }],
      timestampAuthoritySelector: { kind: 'all' },
    });
  });

  test('selectors by number', () => {
    const selector = (value: unknown) =>
      readSigningConfig(config({ tsaConfig: { selector: value, count: 1 } })).timestampAuthoritySelector;
    expect([selector(1), selector(2), selector(3), selector(0)]).toEqual([
      { kind: 'all' },
      { kind: 'any' },
      { kind: 'exact', count: 1 },
      undefined,
    ]);
  });

  test.each([
    ['another media type', { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.1+json' }, /mediaType is not/],
    ['no media type', { mediaType: undefined }, /mediaType is not/],
    ['services that are no list', { caUrls: {} }, /caUrls is not a list/],
    [
      'a service that is a string, as in version 0.1',
      { caUrls: ['https://fulcio.example.test'] },
      /caUrls\[0\] is not an object/,
    ],
    ['a service without a URL', { tsaUrls: [service({ url: undefined })] }, /tsaUrls\[0\]\.url is missing/],
    [
      'a service without a window',
      { rekorTlogUrls: [service({ validFor: undefined })] },
      /rekorTlogUrls\[0\]\.validFor\.start is missing/,
    ],
    ['a version that is no number', { caUrls: [service({ majorApiVersion: 'two' })] }, /majorApiVersion is not/],
    ['an unknown selector', { tsaConfig: { selector: 'SOME' } }, /tsaConfig\.selector is not ANY, ALL or EXACT/],
    ['an unknown number of a selector', { tsaConfig: { selector: 4 } }, /tsaConfig\.selector is not ANY, ALL or EXACT/],
    ['exactly none', { tsaConfig: { selector: 'EXACT', count: 0 } }, /tsaConfig\.count is not a positive integer/],
    ['exactly nothing', { tsaConfig: { selector: 'EXACT' } }, /tsaConfig\.count is not a positive integer/],
    [
      'exactly a negative number',
      { tsaConfig: { selector: 'EXACT', count: -1 } },
      /tsaConfig\.count is not a non-negative/,
    ],
  ])('%s is refused', (_, changes, reason) => {
    expectFailure(() => readSigningConfig(config(changes)), 'SIGNING_CONFIG_INVALID', reason);
  });

  test('what is not JSON', () => {
    expectFailure(() => readSigningConfig('{'), 'SIGNING_CONFIG_INVALID', /^signingConfig: /);
  });

  test('64 services of a kind are read, 65 are not; nor is more than 1 MiB', () => {
    const many = (count: number) => config({ tsaUrls: Array.from({ length: count }, () => service()) });
    expect(readSigningConfig(many(64)).timestampAuthorities).toHaveLength(64);
    expectFailure(() => readSigningConfig(many(65)), 'LIMIT_EXCEEDED', /tsaUrls has 65 items/);
    expectFailure(
      () => readSigningConfig(config({ padding: 'a'.repeat(1024 * 1024) })),
      'LIMIT_EXCEEDED',
      /the limit is 1048576/,
    );
  });
});

describe('addresses', () => {
  const read = (url: string) =>
    readSigningConfig(config({ caUrls: [service({ url })] })).certificateAuthorities.map((ca) => ca.url);

  test.each([
    'https://fulcio.example.test',
    'https://fulcio.example.test:8443/path',
    'http://127.0.0.1:5555',
    'http://localhost:5555/',
    'http://[::1]:5555',
  ])('%s is used', (url) => {
    expect(read(url)).toEqual([url]);
  });

  test.each([
    'http://fulcio.example.test',
    'http://127.0.0.1.example.test',
    'http://localhost.example.test',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
    'https://user:password@fulcio.example.test',
    'https://user@fulcio.example.test',
    'https://:password@fulcio.example.test',
    'http://user:password@127.0.0.1:5555',
    'ftp://fulcio.example.test',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'fulcio.example.test',
    '//fulcio.example.test',
    'https://',
    'not a URL',
  ])('%s is refused: the identity token would travel on it', (url) => {
    for (const kind of ['caUrls', 'rekorTlogUrls', 'tsaUrls']) {
      expectFailure(
        () => readSigningConfig(config({ [kind]: [service({ url })] })),
        'SIGNING_CONFIG_INVALID',
        new RegExp(`${kind}\\[0\\]\\.url is .*; it must be an https URL`),
      );
    }
  });
});

describe('selecting', () => {
  test('only what is valid now, both ends included', () => {
    const moment = now.toISOString();
    const after = new Date(now.getTime() + 1).toISOString();
    const before = new Date(now.getTime() - 1).toISOString();
    const logs = [
      log('begins-now', window(moment)),
      log('ends-now', window('2026-01-01T00:00:00Z', moment)),
      log('future', window(after)),
      log('past', window('2026-01-01T00:00:00Z', before)),
    ];
    expect(logsOf(logs)).toEqual(['begins-now', 'ends-now']);
  });

  test('only versions that we speak', () => {
    const logs = [
      log('one', { majorApiVersion: 1 }),
      log('two'),
      log('three', { majorApiVersion: 3 }),
      log('none', { majorApiVersion: undefined }),
    ];
    expect(logsOf(logs)).toEqual(['two', 'one']);
    const read = readSigningConfig(config({ rekorTlogUrls: logs, rekorTlogConfig: { selector: 'ALL' } }));
    const namesOf = (version: 1 | 2) => selectServices(read, now, version).transparencyLogs.map(({ url }) => url);
    expect([namesOf(1), namesOf(2)]).toEqual([['https://one.example.test'], ['https://two.example.test']]);
    const authority = (majorApiVersion: number) => ({ caUrls: [service({ majorApiVersion })] });
    expect(selected(authority(1)).certificateAuthority.majorApiVersion).toBe(1);
    expectFailure(() => selected(authority(2)), 'NO_SERVICE', /no certificate authority/);
    expectFailure(
      () => selected({ tsaUrls: [service({ majorApiVersion: 2 })] }),
      'NO_SERVICE',
      /timestamp authority services, but only 0 can be used/,
    );
  });

  test('the newest first, whatever the order of the file', () => {
    const logs = [
      log('old', window('2024-01-01T00:00:00Z')),
      log('new', window('2026-01-01T00:00:00Z')),
      log('middle', window('2025-01-01T00:00:00Z')),
    ];
    for (const order of [logs, [...logs].reverse()]) expect(logsOf(order)).toEqual(['new', 'middle', 'old']);
    const authorities = ['2024', '2026', '2025'].map((year) =>
      service({ url: `https://${year}.example.test`, ...window(`${year}-01-01T00:00:00Z`) }),
    );
    expect(selected({ caUrls: authorities }).certificateAuthority.url).toBe('https://2026.example.test');
  });

  test('the highest version first, be it never so old', () => {
    const logs = [
      log('one', { majorApiVersion: 1, ...window('2026-06-01T00:00:00Z') }),
      log('two', window('2024-01-01T00:00:00Z')),
    ];
    for (const order of [logs, [...logs].reverse()]) expect(logsOf(order, { selector: 'ANY' })).toEqual(['two']);
    const oneOperator = logs.map((each) => ({ ...each, operator: 'x' }));
    expect(logsOf(oneOperator)).toEqual(['two']);
  });

  test('at most one of an operator, the newest', () => {
    const logs = [
      log('a', { operator: 'x', ...window('2024-01-01T00:00:00Z') }),
      log('b', { operator: 'x', ...window('2025-01-01T00:00:00Z') }),
      log('c', { operator: 'y', ...window('2023-01-01T00:00:00Z') }),
    ];
    expect(logsOf(logs)).toEqual(['b', 'c']);
    expectFailure(
      () => logsOf(logs, { selector: 'EXACT', count: 3 }),
      'NO_SERVICE',
      /requires 3 of its transparency log services, but only 2 can be used now/,
    );
  });

  test('an operator whose newest service is not usable is still represented', () => {
    const logs = [
      log('future', { operator: 'x', ...window('2027-01-01T00:00:00Z') }),
      log('present', { operator: 'x' }),
    ];
    expect(logsOf(logs)).toEqual(['present']);
  });

  test('services without an operator are not one operator', () => {
    expect(logsOf([log('a', { operator: '' }), log('b', { operator: undefined })])).toEqual(['a', 'b']);
  });

  test.each([
    ['ANY', { selector: 'ANY' }, ['c']],
    ['ALL', { selector: 'ALL' }, ['c', 'b', 'a']],
    ['EXACT 1', { selector: 'EXACT', count: 1 }, ['c']],
    ['EXACT 2', { selector: 'EXACT', count: 2 }, ['c', 'b']],
    ['EXACT 3', { selector: 'EXACT', count: 3 }, ['c', 'b', 'a']],
  ])('%s of three', (_, selector, names) => {
    const logs = ['a', 'b', 'c'].map((name, i) => log(name, window(`202${i + 3}-01-01T00:00:00Z`)));
    expect(logsOf(logs, selector)).toEqual(names);
    const tsaUrls = logs.map((each) => ({ ...each, majorApiVersion: 1 }));
    expect(selected({ tsaUrls, tsaConfig: selector }).timestampAuthorities.map(({ url }) => url)).toEqual(
      names.map((name) => `https://${name}.example.test`),
    );
  });

  test('fewer than are asked for is an error that says what to do', () => {
    const error = expectFailure(
      () => logsOf([log('a')], { selector: 'EXACT', count: 2 }),
      'NO_SERVICE',
      /requires 2 of its transparency log services, but only 1 can be used now/,
    );
    expect(error.remedy).toMatch(/^Update the signing config or Countersign/);
    for (const selector of ['ANY', 'ALL']) {
      expectFailure(
        () => logsOf([log('past', window('2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z'))], { selector }),
        'NO_SERVICE',
        /requires 1 of its transparency log services, but only 0/,
      );
    }
    expect(expectFailure(() => selected({ caUrls: [] }), 'NO_SERVICE', /no certificate authority/).remedy).toMatch(
      /^Update/,
    );
  });

  test.each([undefined, {}, { selector: 'SERVICE_SELECTOR_UNDEFINED' }, { selector: 0 }, null])(
    'services without a selector are an error: %j',
    (selector) => {
      expectFailure(
        () => selected({ rekorTlogUrls: [log('a')], rekorTlogConfig: selector }),
        'SIGNING_CONFIG_INVALID',
        /has no transparency log selector/,
      );
      expectFailure(
        () => selected({ tsaConfig: selector }),
        'SIGNING_CONFIG_INVALID',
        /has no timestamp authority selector/,
      );
    },
  );

  test('no services of a kind are none, with a selector or without, unless a number is asked for', () => {
    for (const selector of [undefined, { selector: 'ANY' }, { selector: 'ALL' }]) {
      expect(
        selected({ rekorTlogUrls: [], rekorTlogConfig: selector, tsaUrls: undefined, tsaConfig: selector }),
      ).toMatchObject({
        transparencyLogs: [],
        timestampAuthorities: [],
      });
    }
    expectFailure(
      () => logsOf([], { selector: 'EXACT', count: 1 }),
      'NO_SERVICE',
      /requires 1 of its transparency log services, but only 0/,
    );
  });
});

test.each([
  'https://user:hunter2@fulcio.example.test',
  'ftp://user:hunter2@x',
  'https://user:hun/ter2@x:y',
  'http://x.test/?hunter2',
])('no password and no query of a URL that is refused is shown: %s', (url) => {
  expectFailure(
    () => readSigningConfig(config({ caUrls: [service({ url })] })),
    'SIGNING_CONFIG_INVALID',
    /^(?!.*(?:hunter2|ter2@)).*it must be an https URL/,
  );
});
