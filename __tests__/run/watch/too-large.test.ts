/** The logs whose entries a watch does not read by itself. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import type { LogProtocol } from '../../../src/monitor/log/index.ts';
import { tooLargeUnder } from '../../../src/run/watch/too-large.ts';

const path = new URL('../../fixtures/roots/public-good.trusted_root.json', import.meta.url);
const trust = readTrustedRoot(await readFile(path));
const rekor = 'https://rekor.sigstore.dev';

function isTooLarge(instance: 'public-good' | 'custom', baseUrl: string, protocol: LogProtocol): boolean {
  return tooLargeUnder([{ instance, trust }])({ baseUrl, protocol });
}

describe('of the public-good instance', () => {
  test.each<[string, LogProtocol, boolean]>([
    [rekor, 'rekor-v1', true],
    ['https://ctfe.sigstore.dev/2022', 'rfc6962', true],
    ['https://log2025-1.rekor.sigstore.dev', 'rekor-v2', false],
    ['https://rekor.example', 'rekor-v1', false],
  ])('%s', (url, protocol, expected) => {
    expect(isTooLarge('public-good', url, protocol)).toBe(expected);
  });
});

test('no log of another instance is too large', () => {
  expect(isTooLarge('custom', rekor, 'rekor-v1')).toBe(false);
});
