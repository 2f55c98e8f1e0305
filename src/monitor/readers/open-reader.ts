/** Opens the reader of a log, by its protocol. */

import { fail } from '../../core/errors/index.ts';
import type { Http } from '../../services/http/index.ts';
import { tileClient } from '../../services/tiles/index.ts';
import type { LogReader, MonitoredLog } from '../log/index.ts';
import type { CosignatureTime } from './head.ts';
import { TileReader } from './tile-reader.ts';

export interface ReaderOptions {
  /** Sends requests, and sends them again while a service is down or busy. */
  readonly http: Http;
  /** Returns the time of a head of Rekor v2, which does not sign one itself. */
  readonly cosignedAt?: CosignatureTime;
}

/** Opens a reader of a log. Nothing is requested yet. */
export function openReader(log: MonitoredLog, options: ReaderOptions): LogReader {
  const { http, cosignedAt } = options;
  const { baseUrl: prefix } = log;
  switch (log.protocol) {
    case 'rekor-v2': {
      const source = { prefix: `${prefix}/api/v2`, bundles: 'entries', service: 'the transparency log' } as const;
      return new TileReader(log, tileClient(http, source), cosignedAt);
    }
    case 'static-ct': {
      const source = { prefix, bundles: 'data', service: 'the certificate transparency log' } as const;
      return new TileReader(log, tileClient(http, source));
    }
    default:
      return fail('USAGE', `logs of the protocol ${log.protocol} cannot be read yet`);
  }
}
