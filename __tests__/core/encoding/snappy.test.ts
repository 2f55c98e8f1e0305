import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { compressSnappy } from '../../../sandbox/github/index.ts';
import { decompressSnappy } from '../../../src/core/encoding/index.ts';

const decompress = (bytes: readonly number[] | Uint8Array, maxLength = 4096) =>
  decompressSnappy(Uint8Array.from(bytes), 'SERVICE_RESPONSE_INVALID', maxLength);

/** From cramjam 2.14.0: `cramjam.snappy.compress_raw(content)`, in base64, with the SHA-256 digest and length of the content. */
const vectors: readonly (readonly [what: string, compressed: string, digest: string, length: number])[] = [
  ['nothing', 'AA==', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0],
  ['one byte', 'AQBh', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', 1],
  ['a repetition', 'UARhYv4CADYCAA==', 'a8a0b75e51495450c2ef1ff74df8020c2ce8da539413c543e85ff6bf69577568', 80],
  [
    'a run of one byte',
    '6AcAAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAP4BAJoBAA==',
    '541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53',
    1000,
  ],
  [
    'a literal of 60 bytes',
    'POwAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs=',
    '0ddde28e40838ef6f9853e887f597d6adb5f40eb35d5763c52e1e64d8ba3bfff',
    60,
  ],
  [
    'a literal of 61 bytes',
    'PfA8AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PA==',
    '4b5c2783c91ceccb7c839213bcbb6a902d7fe8c2ec866877a51f433ea17f3e85',
    61,
  ],
  [
    'a literal of 300 bytes',
    'rAL0KwHIURIavoCVlzyb3BtEYInzJJz3TgtkZgth1zvK4DUPTVnHysxGTFMliHlK/WU60N3cqXGKih4X8QVEhyU1wx4Kkq9YtjPzJSxr759OZNZXgR2N+SAH0TrHLxUqQHCA1YurbK2lMjCDFj+e/iZAAoMTUKSxNbQDMYK0B7qmFVVZ/DwReGesf7bMRxc0c22f9yS943rehf4m2kd3CkBeyNNWtuAOTsGOAa6+ADwzXGaQ4tfEnxDwCvhuDWGYWO8MeNuRluJRO/mF+82m7aKjWbEEantK4NGZ7ijkgxRvKWDfLeW/xnkAdQqHLzijlFbyXtingPoqlv5qFtfN36pTz7h8yjBVJkePiKj8Oc9cvsKCPqYmr0kXGpJpH64yqcNupXL6Jo/UMcCvzXfIvrk=',
    '86b077c2b7d7a1fa3cb12bac762678530fd21a521ad9d10d64dc587d9e89c9ac',
    300,
  ],
  [
    'a far copy',
    'yBrw0AwOeQCkLQSgCv7zI4WLxGHetz+/ATQ9Pefe4F9A+AV68VdxvtiwInQL7MWQtKOCTDAetSGoakxMQ3mYaAETM4wKouW+nEVhhHAk4ZkG/qvRPFcGg5Cq5Rf4OR13+5+cMc2TXMdzOz8P5f9ZMR9DtWSY6P/p0dTx7clK4R43vynWPSFcGr7vkqHPFggPpV8SLhwRWc5yVdQW54ZNx9x5D41sm/wL2Ltx5OiyQAUc90ytH/XA5x30AcvCdP81uDrzknxXSEPDRo/dAAAAAAAAAAAA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcA/gcAugcA/oAM/oAM/oAMHoAM',
    'ed65f53204f05ba9812548fd02ceff7f7dbc703556a464c92f5f89e97010f918',
    3400,
  ],
];

test.each(vectors)('decompresses %s', (_, compressed, digest, length) => {
  const bytes = decompress(Buffer.from(compressed, 'base64'), length);
  expect(bytes).toHaveLength(length);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
});

test('decompresses copies with all widths of offsets', () => {
  // "abcd", then copies of four bytes from four bytes before, with offsets of one, two and four bytes.
  const bytes = [16, 3 << 2, 97, 98, 99, 100, 1, 4, (3 << 2) | 2, 4, 0, (3 << 2) | 3, 4, 0, 0, 0];
  expect(Buffer.from(decompress(bytes)).toString()).toBe('abcdabcdabcdabcd');
});

test('decompresses what the sandbox compressed', () => {
  for (const length of [0, 1, 59, 60, 61, 255, 256, 257, 3000]) {
    const content = Buffer.concat([randomBytes(length), Buffer.alloc(length), randomBytes(7)]);
    expect(Buffer.from(decompress(compressSnappy(content), content.length))).toEqual(content);
  }
});

describe('refuses', () => {
  test.each<readonly [string, readonly number[], string]>([
    ['no bytes', [], 'ends early'],
    ['a length that does not end', [0x80], 'ends early'],
    ['a length of more than 32 bits', [0xff, 0xff, 0xff, 0xff, 0x10], 'more than 32 bits'],
    ['a length of more than five bytes', [0x80, 0x80, 0x80, 0x80, 0x80, 0], 'more than 32 bits'],
    ['a literal that ends early', [3, 2 << 2, 97], 'ends early'],
    ['the length of a literal that ends early', [3, 60 << 2], 'ends early'],
    ['a copy without its offset', [5, 0, 97, 1], 'ends early'],
    ['a copy from nowhere', [5, 0, 97, 1, 0], 'from outside'],
    ['a copy from before the beginning', [5, 0, 97, 1, 2], 'from outside'],
    ['a copy before anything', [4, 1, 1], 'from outside'],
    ['a copy beyond the length', [3, 0, 97, 1, 1], 'more bytes than its length'],
    ['a literal beyond the length', [1, 1 << 2, 97, 98], 'more bytes than its length'],
    ['bytes after the content', [1, 0, 97, 0, 98], 'more bytes than its length'],
    ['content that is shorter than its length', [2, 0, 97], 'fewer bytes than its length'],
    ['a length that cannot come out', [0xff, 0x1f, 0, 97], 'too short for its length'],
  ])('%s', (_, bytes, problem) => {
    expect(() => decompress(bytes)).toThrow(
      expect.objectContaining({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringContaining(problem) }),
    );
  });

  test('content that is longer than the limit', () => {
    expect(decompress([2, 1 << 2, 97, 98], 2)).toHaveLength(2);
    expect(() => decompress([2, 1 << 2, 97, 98], 1)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  test('each prefix of compressed content', () => {
    const compressed = compressSnappy(Buffer.from('countersign countersign countersign'.repeat(3)));
    for (let length = 0; length < compressed.length; length++)
      expect(() => decompress(compressed.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'SERVICE_RESPONSE_INVALID' }),
      );
  });
});
