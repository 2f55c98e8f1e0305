/** The signing config v0.2 (sigstore_trustroot.proto), as JSON: the services to sign with. */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import { validFor } from './trusted-root.ts';

export interface LogAddress {
  readonly url: string;
  /** 1 for Rekor v1, 2 for rekor-tiles. */
  readonly majorApiVersion: 1 | 2;
  /** The time at which the log was frozen, if it was. */
  readonly end?: Date;
}

/** The URLs of the other services. */
export interface ServiceUrls {
  readonly fulcio: string;
  readonly personIssuer: string;
  /** The whole endpoint, not a base URL. */
  readonly timestamp: string;
}

/** Returns a signing config. Clients choose a log of the highest version, whatever the order. */
export function signingConfig(urls: ServiceUrls, logs: readonly LogAddress[], start: Date): JsonObject {
  const service = ({ url, majorApiVersion, end }: LogAddress): JsonObject => ({
    url,
    majorApiVersion,
    validFor: validFor(end === undefined ? { start } : { start, end }),
    operator: 'countersign-sandbox',
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service({ url: urls.fulcio, majorApiVersion: 1 })],
    oidcUrls: [service({ url: urls.personIssuer, majorApiVersion: 1 })],
    rekorTlogUrls: logs.map(service),
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service({ url: urls.timestamp, majorApiVersion: 1 })],
    tsaConfig: { selector: 'ANY' },
  };
}
