/** Fetches the checkpoints that witnesses serve (C2SP tlog-witness, "Monitoring"). */

import { hash } from 'node:crypto';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { View } from '../../monitor/audit/index.ts';
import type { Http } from '../../services/http/index.ts';

/** Longer than any checkpoint. */
const maxLength = 1024 * 1024;

/** The witnesses of a run. */
export class Witnesses {
  readonly #urls: readonly URL[];
  readonly #http: Http;
  readonly #reached = new Set<URL>();

  /** @throws CountersignError `USAGE` */
  constructor(urls: readonly string[], http: Http) {
    this.#urls = urls.map(readUrl);
    this.#http = http;
  }

  /** Fetches the checkpoint of a log from each witness. One that does not know the log has none. */
  async views(origin: string): Promise<{ readonly views: readonly View[]; readonly failures: readonly string[] }> {
    const views: View[] = [];
    const failures: string[] = [];
    for (const url of this.#urls) {
      const source = `the witness ${url.href}`;
      try {
        const note = await this.#fetch(url, origin);
        if (note !== undefined) views.push({ source, note });
      } catch (error) {
        if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
        failures.push(`${source} was not compared: ${error.message}`);
        this.#reached.add(url);
      }
    }
    return { views, failures };
  }

  /** Returns a sentence about each witness that served no checkpoint of any log, without its full stop. */
  get unused(): readonly string[] {
    return this.#urls
      .filter((url) => !this.#reached.has(url))
      .map((url) => `the witness ${url.href} serves no checkpoint of the audited logs`);
  }

  async #fetch(prefix: URL, origin: string): Promise<string | undefined> {
    const url = new URL(`${hash('sha256', origin)}/checkpoint`, prefix);
    const service = 'the witness';
    const { status, body } = await this.#http({
      method: 'GET',
      url,
      headers: { accept: 'text/plain', 'cache-control': 'no-cache' },
      service,
      timeoutMilliseconds: 30_000,
      maxBodyLength: maxLength,
    });
    if (status === 404) return undefined;
    if (status !== 200) fail('SERVICE_REFUSED', `${service} (${url.origin}) responded with status ${status}`);
    this.#reached.add(prefix);
    return decodeUtf8(body) ?? fail('SERVICE_RESPONSE_INVALID', `the checkpoint of ${url.href} is not valid UTF-8`);
  }
}

/** Reads a monitoring prefix, to which paths are added. */
function readUrl(text: string): URL {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    fail('USAGE', `\`witness\` is ${JSON.stringify(text)}, which is not an HTTP URL`, {
      remedy: 'Specify the monitoring URL that the operator of the witness publishes.',
    });
  return new URL(text.endsWith('/') ? text : `${text}/`);
}
