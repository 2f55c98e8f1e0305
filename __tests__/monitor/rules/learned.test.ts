import { describe, expect, test } from '@jest/globals';
import { everything, Learned, repositoryScope } from '../../../src/monitor/rules/index.ts';
import {
  daysAfter,
  digest,
  historyOf,
  issuedAt,
  jobSigner,
  minutesAfter,
  personSigner,
  precertificate,
  signature,
} from './kit.ts';

const scope = repositoryScope(jobSigner()) ?? '';
const digestScope = `sha256:${digest}`;

describe('learning', () => {
  test('30 days after the first entry', () => {
    const history = historyOf(signature());
    expect(history.isLearned(scope, daysAfter(29.9))).toBe(false);
    expect(history.isLearned(scope, daysAfter(30))).toBe(true);
    expect(history.isLearned(everything, daysAfter(30))).toBe(true);
    expect(history.isLearned('another', daysAfter(30))).toBe(false);
  });

  test('200 entries', () => {
    const entries = Array.from({ length: 199 }, () => signature());
    expect(historyOf(...entries).isLearned(scope, issuedAt)).toBe(false);
    expect(historyOf(...entries, signature()).isLearned(scope, issuedAt)).toBe(true);
  });

  test('the first entry is the oldest one', () => {
    const old = signature(jobSigner({}, { notBefore: daysAfter(-31) }));
    expect(historyOf(signature(), old).isLearned(scope, issuedAt)).toBe(true);
  });

  test('a certificate that no authority issued teaches nothing', () => {
    const history = historyOf(signature(jobSigner({}, { isIssued: false })));
    for (const one of [scope, everything]) expect(history.isLearned(one, daysAfter(100))).toBe(false);
    expect(history.values('signers-of-digest', digestScope)).toEqual([]);
  });

  test('a repository with another name and the same id', () => {
    const history = historyOf(signature(jobSigner({ repository: 'octo/old' })));
    expect(history.isLearned(scope, daysAfter(30))).toBe(true);
  });
});

describe('entries that are read again', () => {
  test('are not counted twice', () => {
    const history = new Learned();
    expect(history.remember(signature(undefined, { index: 7 }))).toBe(true);
    expect(history.remember(signature(undefined, { index: 7 }))).toBe(false);
    expect(history.remember(signature(undefined, { index: 6 }))).toBe(false);
    expect(history.values('run-sizes', scope)).toMatchObject([{ value: '42/1', count: 1 }]);
    expect(history.remember(signature(undefined, { index: 8 }))).toBe(true);
    expect(history.values('run-sizes', scope)).toMatchObject([{ value: '42/1', count: 2 }]);
  });

  test('are not counted twice after the history was stored', () => {
    const history = Learned.read(historyOf(signature(), signature()).json());
    expect(history.remember(signature(undefined, { index: 1 }))).toBe(false);
    expect(history.remember(signature(undefined, { index: 2 }))).toBe(true);
  });

  test('of each log', () => {
    const history = historyOf(signature());
    expect(history.remember({ ...precertificate(), index: 0 })).toBe(true);
  });
});

describe('values', () => {
  test('the one that was seen last is at the end', () => {
    const of = (sourceRepositoryVisibility: string) => signature(jobSigner({ claims: { sourceRepositoryVisibility } }));
    const history = historyOf(of('public'), of('private'), of('public'));
    expect(history.values('visibilities', scope)).toEqual([
      { value: 'private', at: issuedAt, count: 1 },
      { value: 'public', at: issuedAt, count: 2 },
    ]);
  });

  test('keep the time of the first entry', () => {
    const late = signature(jobSigner({}, { notBefore: minutesAfter(60) }));
    expect(historyOf(signature(), late).values('run-sizes', scope)[0]?.at).toEqual(issuedAt);
  });

  test('of keys and persons', () => {
    const key = { kind: 'key', keyHash: '5'.repeat(64), format: 'pgp' } as const;
    const history = historyOf(signature(key), signature(personSigner()));
    expect(history.values('signers-of-digest', digestScope).map(({ value }) => JSON.parse(value))).toEqual([
      ['key', '', '5'.repeat(64), '5'.repeat(64)],
      ['email', 'https://accounts.google.com', 'jane@octo.example', 'jane@octo.example'],
    ]);
  });
});

describe('limits', () => {
  test('a scope keeps the last 100 values', () => {
    const runs = Array.from({ length: 101 }, (_, run) => signature(jobSigner({ run: String(run) })));
    const values = historyOf(...runs).values('run-sizes', scope);
    expect(values).toHaveLength(100);
    expect(values[0]?.value).toBe('1/1');
    expect(values.at(-1)?.value).toBe('100/1');
  });

  test('the scopes that were seen first are dropped, and the report states it', () => {
    const long = 'x'.repeat(4000);
    const history = historyOf(
      ...Array.from({ length: 300 }, (_, run) => signature(jobSigner({ ref: `refs/tags/${run}-${long}` }))),
    );
    const tag = (run: number) => JSON.stringify([scope, `refs/tags/${run}-${long}`]);
    expect(history.values('commits-of-tag', tag(0))).toEqual([]);
    expect(history.values('commits-of-tag', tag(299))).toHaveLength(1);
    expect(history.limits).toContainEqual(
      expect.stringMatching(/^the history of commits of tag is full, and has forgotten the oldest \d+$/),
    );
    const stored = Learned.read(history.json());
    expect(stored.limits).toEqual(history.limits);
    expect(stored.json()).toEqual(history.json());
    expect(historyOf(signature()).limits).toEqual([]);
  });

  test('a text that is not well-formed is not kept', () => {
    const history = historyOf(signature(jobSigner({ claims: { sourceRepositoryVisibility: 'a\ud800…' } })));
    expect(history.values('visibilities', scope)).toEqual([]);
  });

  test('times before 1970', () => {
    const history = historyOf(signature(jobSigner({}, { notBefore: new Date(-1) })));
    expect(Learned.read(history.json()).values('run-sizes', scope)[0]?.at).toEqual(new Date(0));
  });
});

describe('the stored history', () => {
  test('is read as it was written', () => {
    const entries = [signature(), precertificate(), signature(personSigner()), signature(jobSigner({ run: '43' }))];
    const history = historyOf(...entries);
    const read = Learned.read(JSON.parse(JSON.stringify(history.json())));
    expect(read.json()).toEqual(history.json());
    expect(read.isLearned(scope, daysAfter(30))).toBe(true);
    expect(Learned.read(undefined).json()).toEqual(new Learned().json());
  });

  const valid = { schema: 'countersign-watch-history/1', logs: [], learning: [], kinds: [] };
  const value = { value: 'v', at: 0, count: 1 };
  const kind = { kind: 'refs', dropped: 0, scopes: [{ scope: 's', values: [value] }] };

  test('the form that the tests below change', () => {
    const history = Learned.read({ ...valid, kinds: [kind] });
    expect(history.values('refs', 's')).toEqual([{ value: 'v', at: new Date(0), count: 1 }]);
  });

  test.each([
    ['not an object', []],
    ['another schema', { ...valid, schema: 'countersign-watch-history/2' }],
    ['no list', { ...valid, logs: {} }],
    ['a log without an index', { ...valid, logs: [{ origin: 'o' }] }],
    ['a negative index', { ...valid, logs: [{ origin: 'o', next: -1 }] }],
    ['an index that is not an integer', { ...valid, logs: [{ origin: 'o', next: 1.5 }] }],
    ['an origin that is not a string', { ...valid, logs: [{ origin: 1, next: 1 }] }],
    ['too many logs', { ...valid, logs: Array(1001).fill({ origin: 'o', next: 1 }) }],
    ['too many scopes that learn', { ...valid, learning: Array(10_001).fill({ scope: 's', since: 0, entries: 1 }) }],
    ['a time that does not exist', { ...valid, learning: [{ scope: 's', since: 8_640_000_000_000_001, entries: 1 }] }],
    ['an unknown kind', { ...valid, kinds: [{ ...kind, kind: 'constructor' }] }],
    ['too many kinds', { ...valid, kinds: Array(100).fill(kind) }],
    ['too many values', { ...valid, kinds: [{ ...kind, scopes: [{ scope: 's', values: Array(101).fill(value) }] }] }],
    ['a value that is not an object', { ...valid, kinds: [{ ...kind, scopes: [{ scope: 's', values: [1] }] }] }],
  ])('%s is invalid', (_, document) => {
    expect(() => Learned.read(document)).toThrow(
      expect.objectContaining({
        code: 'STATE_INVALID',
        message: expect.stringMatching('the history of the watch is invalid'),
      }),
    );
  });
});
