/** The signing config v0.2 (sigstore_trustroot.proto), as its JSON: which services to sign with. */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import { validFor } from './trusted-root.ts';

export interface LogAddress {
  readonly url: string;
  /** 1 for Rekor v1, 2 for rekor-tiles. */
  readonly majorApiVersion: 1 | 2;
  /** When it ended, if it takes no more entries. */
  readonly end?: Date;
}

export interface ServiceAddresses {
  readonly certificateAuthority: string;
  readonly identityProvider: string;
  /** One is to be chosen. Their order says nothing: the highest version wins. */
  readonly transparencyLogs: readonly LogAddress[];
  /** The whole endpoint, not a base. */
  readonly timestampAuthority: string;
}

export function signingConfig(addresses: ServiceAddresses, start: Date): JsonObject {
  const service = (url: string, majorApiVersion: number, end?: Date): JsonObject => ({
    url,
    majorApiVersion,
    validFor: validFor(end === undefined ? { start } : { start, end }),
    operator: 'countersign-sandbox',
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service(addresses.certificateAuthority, 1)],
    oidcUrls: [service(addresses.identityProvider, 1)],
    rekorTlogUrls: addresses.transparencyLogs.map(({ url, majorApiVersion, end }) =>
      service(url, majorApiVersion, end),
    ),
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service(addresses.timestampAuthority, 1)],
    tsaConfig: { selector: 'ANY' },
  };
}
