import { expect, test } from '@jest/globals';
import { compareTags, isVersionTag } from '../../../src/monitor/packages/image-tags.ts';

test('tags are ordered as versions, and others are the oldest', () => {
  const ordered = [
    'latest',
    'main',
    '0.9.9',
    'v1',
    '1.2.0-rc.2',
    '1.2.0-rc.10',
    'v1.2.0',
    '1.10.0',
    '2.0-alpine',
    '20260101',
  ];
  expect([...ordered].reverse().sort(compareTags)).toEqual(ordered);
});

test('tags that are derived from digests are not versions', () => {
  const derived = `sha256-${'0a'.repeat(32)}`;
  for (const tag of [derived, `${derived}.sig`, `${derived}.att`, `${derived}.sbom`])
    expect(isVersionTag(tag)).toBe(false);
  for (const tag of [`${derived}.x`, `x${derived}`, 'sha256-0a', 'sha-0123abc', '1.2.3', '__proto__'])
    expect(isVersionTag(tag)).toBe(true);
});
