/** Remembers the latest responses of services, for evidence files. */

import { hash } from 'node:crypto';
import type { Fetched } from '../../monitor/evidence/index.ts';
import type { Http } from '../../services/http/index.ts';

/** The number of responses that are remembered for each origin. */
const maxRemembered = 64;

export interface ResponseRecord {
  readonly http: Http;
  /** Returns the latest responses of the service at this URL, which has no slash at its end, the latest last. */
  readonly of: (baseUrl: string) => readonly Fetched[];
}

/** Returns an HTTP client whose responses are remembered, without their bodies. */
export function recordResponses(http: Http, clock: () => Date): ResponseRecord {
  const byOrigin = new Map<string, Fetched[]>();
  return {
    http: async (request) => {
      const response = await http(request);
      const { origin, href } = request.url;
      const list = byOrigin.get(origin) ?? [];
      byOrigin.set(origin, list);
      const sha256 = new Uint8Array(hash('sha256', response.body, 'buffer'));
      list.push({ url: href, time: clock(), status: response.status, sha256 });
      if (list.length > maxRemembered) list.shift();
      return response;
    },
    of: (baseUrl) => (byOrigin.get(new URL(baseUrl).origin) ?? []).filter(({ url }) => url.startsWith(`${baseUrl}/`)),
  };
}
