/** Adds signatures to the transparency logs of a session, or does what the caller declared for their outage. */

import type { LogEntry } from '../core/bundle/index.ts';
import { type Service, shownUrl } from '../core/trust/index.ts';
import { type Http, ServiceOutage } from '../services/http/index.ts';
import { type Submission, submitEntry } from '../services/rekor/index.ts';

/** What is done if a transparency log is down until the retry budget is used up. */
export type LogFallback =
  /** The bundle has a timestamp and no entry of the log. */
  | { readonly kind: 'timestamp-only' }
  /** The bundle has an entry of this log instead. */
  | { readonly kind: 'second-log'; readonly log: Service };

/** An outage of a transparency log, and what was done. */
export interface LogOutage {
  /** The URL of the log. */
  readonly log: string;
  /** The failure of the last request to it, without a full stop. */
  readonly reason: string;
  readonly fallback: LogFallback['kind'];
  /** The URL of the log that has the entry instead. */
  readonly instead?: string;
}

export interface LoggedSignature {
  readonly logEntries: readonly LogEntry[];
  /** The outages because of which entries are missing, or in another log. */
  readonly outages: readonly LogOutage[];
}

/**
 * Adds entries to each log of a session. A log whose outage has used up the retry budget gets no further requests: the next signatures do
 * not wait for it.
 */
export class Logging {
  readonly #logs: readonly Service[];
  readonly #fallback: LogFallback | undefined;
  /** The outages, by the URL of the log. */
  readonly #outages = new Map<string, LogOutage>();

  /** @param fallback if absent, an outage is a failure */
  constructor(logs: readonly Service[], fallback: LogFallback | undefined) {
    this.#logs = logs;
    this.#fallback = fallback;
  }

  /**
   * Adds a signature to the logs.
   *
   * @throws CountersignError those of the logs; an outage only if there is no fallback, or if the second log is down too
   */
  async add(http: Http, submission: Submission): Promise<LoggedSignature> {
    const added = await Promise.all(this.#logs.map((log) => this.#addTo(log, http, submission)));
    return {
      logEntries: added.flatMap(({ entry }) => entry ?? []),
      outages: added.flatMap(({ outage }) => outage ?? []),
    };
  }

  async #addTo(
    log: Service,
    http: Http,
    submission: Submission,
  ): Promise<{ readonly entry: LogEntry | undefined; readonly outage?: LogOutage }> {
    if (!this.#outages.has(log.url)) {
      try {
        return { entry: await submitEntry(http, log, submission) };
      } catch (error) {
        // Nothing else is an outage: neither a refusal nor an invalid answer may take the entry away.
        if (this.#fallback === undefined || !(error instanceof ServiceOutage)) throw error;
        this.#outages.set(log.url, outageOf(log, error, this.#fallback));
      }
    }
    const outage = this.#outages.get(log.url);
    const entry =
      this.#fallback?.kind === 'second-log' ? await submitEntry(http, this.#fallback.log, submission) : undefined;
    return { entry, ...(outage && { outage }) };
  }
}

function outageOf({ url }: Service, { message }: ServiceOutage, fallback: LogFallback): LogOutage {
  return {
    log: shownUrl(url),
    reason: message,
    fallback: fallback.kind,
    ...(fallback.kind === 'second-log' && { instead: shownUrl(fallback.log.url) }),
  };
}
