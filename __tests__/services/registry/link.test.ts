import { expect, test } from '@jest/globals';
import { nextLink } from '../../../src/services/registry/link.ts';

test.each<[header: string, address: string]>([
  ['</v2/a/referrers/x?n=1>; rel="next"', '/v2/a/referrers/x?n=1'],
  ['</a>;rel=next', '/a'],
  ['</a>; rel="prev next"', '/a'],
  ['</a>; title="x"; REL="next"', '/a'],
  ['</first>; rel="first", </a>; rel="next"', '/a'],
  ['</a,b;c>; rel="next"', '/a,b;c'],
])('%s', (header, address) => {
  expect(nextLink(header)).toEqual({ address });
});

test.each([undefined, '', '</a>; rel="prev"', '</a>', '</a>; title="rel=next"', '</a>; rel="nextish"'])(
  '%s: none',
  (header) => {
    expect(nextLink(header)).toBeUndefined();
  },
);

test.each([
  '/a; rel="next"',
  '<a; rel="next"',
  '</a> rel="next"',
  '</a b>; rel="next"',
  `<${'a'.repeat(8192)}>; rel="next"`,
])('%s: invalid', (header) => {
  expect(nextLink(header)).toBe('invalid');
});
