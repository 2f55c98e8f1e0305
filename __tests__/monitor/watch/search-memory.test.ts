/** The memory of searches: its limits, and its form on disk, which is untrusted. */

import { describe, expect, test } from '@jest/globals';
import { ProtoField } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import {
  noSearches,
  readSearchState,
  SearchMemory,
  searchLimits,
  searchStateJson,
} from '../../../src/monitor/watch/search-memory.ts';
import { start } from '../kit/audit.ts';

const url = 'https://rekor.example.test';
const leaf = (at: number): string => at.toString(16).padStart(8, '0').repeat(8);

function read(value: object) {
  return readSearchState(ProtoField.parse(JSON.stringify(value), 'STATE_INVALID', 'state'));
}

/** Returns a memory with one value that has seen two entries. */
function memory(): SearchMemory {
  const searches = new SearchMemory(noSearches);
  const service = searches.service(url);
  service.watch(['repository octo/app'], start);
  service.see('repository octo/app', leaf(1));
  service.see('repository octo/app', leaf(2));
  service.answered('repository octo/app', 'abcd');
  service.report(leaf(2));
  service.next = 'ef01';
  searches.addWorkflows('octo/app', { workflows: ['https://github.com/octo/app/x.yml'], refs: ['refs/heads/main'] });
  return searches;
}

test('is read as it was written', () => {
  const stored = new SearchMemory(read(searchStateJson(memory().state)));
  const service = stored.service(url);
  expect(service.watch(['repository octo/app'], new Date(0))).toEqual(new Set());
  expect(service.since('repository octo/app')).toEqual(start);
  expect([1, 2, 3].map((at) => service.isSeen('repository octo/app', leaf(at)))).toEqual([true, true, false]);
  expect([1, 2].map((at) => service.isReported(leaf(at)))).toEqual([false, true]);
  expect(['abcd', 'dcba'].map((id) => service.isAnswered('repository octo/app', id))).toEqual([true, false]);
  expect(service.next).toBe('ef01');
  expect(stored.workflows('Octo/App').refs).toEqual(['refs/heads/main']);
  expect(new SearchMemory(read(searchStateJson(noSearches))).state).toEqual(noSearches);
});

test.each<[string, (text: string) => string, string]>([
  ['a hash that is cut off', (text) => text.replace(/"seen":"[^"]*"/, '"seen":"AAAA"'), 'is not a list of hashes'],
  ['a time that is missing', (text) => text.replace(/"since":"[^"]*"/, '"since":null'), 'since is missing'],
  ['a service without a URL', (text) => text.replace(url, ''), 'url'],
])('%s is refused', (_, change, problem) => {
  const text = change(JSON.stringify(searchStateJson(memory().state)));
  const reading = () => readSearchState(ProtoField.parse(text, 'STATE_INVALID', 'state'));
  expect(reading).toThrow(CountersignError);
  expect(reading).toThrow(problem);
});

describe('a value', () => {
  test('has seen its own entries alone, and is forgotten with the policy that had it', () => {
    const service = memory().service(url);
    expect(service.watch(['repository octo/app', 'key 00'], start)).toEqual(new Set(['key 00']));
    expect(service.isSeen('key 00', leaf(1))).toBe(false);
    service.watch(['key 00'], start);
    expect(service.watch(['repository octo/app', 'key 00'], start)).toEqual(new Set(['repository octo/app']));
    expect(service.isSeen('repository octo/app', leaf(1))).toBe(false);
  });

  test('sees no more entries than the limit of the service', () => {
    const seen = new Set(Array.from({ length: searchLimits.seen - 1 }, (_, at) => leaf(at).slice(0, 32)));
    const values = new Map([['a', { since: start, answered: new Set<string>(), seen }]]);
    const service = new SearchMemory({
      services: [{ url, values, reported: new Set(), next: '' }],
      workflows: new Map(),
    }).service(url);
    service.watch(['a', 'b'], start);
    expect(service.see('b', leaf(1))).toBe(true);
    expect(service.see('b', leaf(2))).toBe(false);
    expect(service.see('a', leaf(1))).toBe(true);
    // Those of a value that is watched no more are forgotten.
    service.watch(['b'], start);
    expect(service.see('b', leaf(2))).toBe(true);
  });
});

test('an entry is told from another one by more than eight bytes', () => {
  const service = memory().service(url);
  const other = `${leaf(1).slice(0, 31)}f${leaf(1).slice(32)}`;
  expect(service.isSeen('repository octo/app', other)).toBe(false);
});

test('the latest workflows and refs are kept', () => {
  const searches = memory();
  const refs = Array.from({ length: searchLimits.refs }, (_, at) => `refs/tags/v${at}`);
  searches.addWorkflows('octo/app', { workflows: [], refs: ['refs/heads/dev', ...refs.slice(1)] });
  searches.addWorkflows('octo/app', { workflows: [], refs: [refs[0] ?? '', 'refs/heads/dev', 'x'.repeat(5000)] });
  const kept = searches.workflows('octo/app').refs;
  expect(kept).toHaveLength(searchLimits.refs);
  expect(kept.slice(-2)).toEqual(['refs/tags/v0', 'refs/heads/dev']);
  expect(kept).not.toContain('refs/heads/main');
});
