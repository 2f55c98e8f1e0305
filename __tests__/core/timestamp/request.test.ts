import { describe, expect, test } from '@jest/globals';
import { digest, equalDigests } from '../../../src/core/crypto/index.ts';
import { encodeHex } from '../../../src/core/encoding/index.ts';
import { encodeTimestampRequest, readTimestampResponse, verifyTimestamp } from '../../../src/core/timestamp/index.ts';
import { chainOf, makeAuthority, stamped } from './made.ts';

const imprint = digest('sha256', stamped);

describe('encodeTimestampRequest', () => {
  test('is the TimeStampReq of RFC 3161, to the byte', () => {
    const nonce = new Uint8Array([0x80, 1, 2, 3, 4, 5, 6, 7]);
    expect(encodeHex(encodeTimestampRequest(imprint, nonce))).toBe(
      `303f020101302f300b06096086480165030402010420${encodeHex(imprint.bytes)}0209008001020304050607`,
    );
  });

  test('is answered, and the answer repeats the imprint and the nonce', async () => {
    const authority = makeAuthority();
    for (const nonce of [new Uint8Array([0xff, 1]), new Uint8Array([0, 0, 0x7f, 1]), new Uint8Array([0, 0x80])]) {
      const token = readTimestampResponse(authority.respond(encodeTimestampRequest(imprint, nonce)));
      expect(BigInt(`0x${encodeHex(token.nonce ?? new Uint8Array())}`)).toBe(BigInt(`0x${encodeHex(nonce)}`));
      expect(equalDigests(token.imprint, imprint)).toBe(true);
      // No certificates were asked for: the trust root has them.
      expect(token.certificates).toEqual([]);
      expect(await verifyTimestamp(token, stamped, chainOf(authority))).toEqual(token.time);
    }
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('with a digest by %s', (algorithm) => {
    const request = encodeTimestampRequest(digest(algorithm, stamped), new Uint8Array([1]));
    expect(readTimestampResponse(makeAuthority().respond(request)).imprint).toEqual(digest(algorithm, stamped));
  });
});
