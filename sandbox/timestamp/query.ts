/** Reads a TimeStampReq (RFC 3161, section 2.4.1). */

import { contextTag, readSequence, tags } from '../../src/core/encoding/index.ts';
import type { HashName } from '../pki/index.ts';

export interface TimestampQuery {
  /** The object identifier of the imprint's hash. */
  readonly hashOid: string;
  readonly imprint: Uint8Array;
  readonly policy: string | undefined;
  /** The contents of the INTEGER, which the answer repeats. */
  readonly nonce: Uint8Array | undefined;
  readonly certificatesRequested: boolean;
  readonly hasExtensions: boolean;
}

export const hashOids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const satisfies Record<HashName, string>;

/** @throws CountersignError `DER_INVALID` */
export function readTimestampQuery(bytes: Uint8Array): TimestampQuery {
  return readSequence(bytes, (query) => {
    query.unsigned();
    const messageImprint = query.sequence();
    const hashOid = messageImprint.sequence().oid();
    const imprint = messageImprint.octetString();
    messageImprint.end();
    const policy = query.nextTag === tags.objectIdentifier ? query.oid() : undefined;
    const nonce = query.nextTag === tags.integer ? query.integerBytes() : undefined;
    const certificatesRequested = query.nextTag === tags.boolean ? query.boolean() : false;
    const hasExtensions = query.optional(contextTag(0, 'constructed')) !== undefined;
    return { hashOid, imprint, policy, nonce, certificatesRequested, hasExtensions };
  });
}

export function hashOfOid(oid: string): HashName | undefined {
  return (Object.keys(hashOids) as HashName[]).find((hash) => hashOids[hash] === oid);
}
