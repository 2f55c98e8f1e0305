/** Opens the reader of a log, by its protocol. */

import { fail } from '../../core/errors/index.ts';
import { isSafeUrl } from '../../core/trust/index.ts';
import { certificateLogClient } from '../../services/certificate-log/index.ts';
import { atMost, type Http, type Sleep, sleep as systemSleep } from '../../services/http/index.ts';
import { logClientV1 } from '../../services/rekor/index.ts';
import { type TileClient, tileClient } from '../../services/tiles/index.ts';
import type { LogReader, MonitoredLog } from '../log/index.ts';
import { certificateLogSource } from './certificate-log-source.ts';
import { type CosignatureTime, splitOrigin } from './head.ts';
import { ProofReader } from './proof-reader.ts';
import { rekorV1Source } from './rekor-v1-source.ts';
import { TileReader } from './tile-reader.ts';

export interface ReaderOptions {
  /** Sends requests, and sends them again while a service is down or busy. */
  readonly http: Http;
  /** Returns the time of a head of Rekor, which does not sign one itself. */
  readonly cosignedAt?: CosignatureTime;
  /** The number of requests a second to Rekor v1. By default 5, or any number to a log on this machine. */
  readonly requestsPerSecond?: number;
  readonly clock?: () => Date;
  readonly sleep?: Sleep;
}

/** The public log refuses more than about 500 requests a minute from one address. */
const publicRate = 5;

/**
 * Opens a reader of a log. Nothing is requested yet.
 *
 * @throws CountersignError `USAGE` for a log of Rekor v1 whose names do not contain the id of a shard
 */
export function openReader(log: MonitoredLog, options: ReaderOptions): LogReader {
  const { http, cosignedAt } = options;
  const { baseUrl, names, keyId } = log;
  switch (log.protocol) {
    case 'rekor-v2':
      return new TileReader(log, tilesOfRekor(http, baseUrl), cosignedAt);
    case 'static-ct':
      return new TileReader(log, tilesOfCertificateLog(http, baseUrl));
    case 'rfc6962':
      return new ProofReader(log, certificateLogSource(certificateLogClient(http, baseUrl), names[0] ?? '', keyId));
    case 'rekor-v1': {
      const { treeId } = splitOrigin(names[0] ?? '');
      if (treeId === undefined) fail('USAGE', `the log ${baseUrl} of Rekor v1 has no id of a shard in its name`);
      return new ProofReader(
        log,
        rekorV1Source(logClientV1(withinRate(baseUrl, options), baseUrl), treeId),
        cosignedAt,
      );
    }
  }
}

/** Returns the client of a log of Rekor v2. */
export function tilesOfRekor(http: Http, baseUrl: string): TileClient {
  return tileClient(http, { prefix: `${baseUrl}/api/v2`, bundles: 'entries', service: 'the transparency log' });
}

/** Returns the client of a log of the Static CT API. */
export function tilesOfCertificateLog(http: Http, baseUrl: string): TileClient {
  return tileClient(http, { prefix: baseUrl, bundles: 'data', service: 'the certificate transparency log' });
}

/** The limited clients of each client, by origin: shards of one log are read at one rate. */
const limitedClients = new WeakMap<Http, Map<string, Http>>();

/** Returns a client that sends no more requests to a service of Rekor v1 than its operators ask for. */
export function withinRate(baseUrl: string, options: Omit<ReaderOptions, 'cosignedAt'>): Http {
  const { http, requestsPerSecond, clock = () => new Date(), sleep = systemSleep } = options;
  const url = new URL(baseUrl);
  const isLocal = url.protocol === 'http:' && isSafeUrl(url);
  const rate = requestsPerSecond ?? (isLocal ? undefined : publicRate);
  if (rate === undefined) return http;
  const clients = limitedClients.get(http) ?? new Map<string, Http>();
  limitedClients.set(http, clients);
  const client = clients.get(url.origin) ?? atMost(rate, http, clock, sleep);
  clients.set(url.origin, client);
  return client;
}
