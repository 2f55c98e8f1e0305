/** The parameters of OAuth requests (RFC 6749, section 3.1 and appendix B), from a query or a form. */

import { decodeUtf8 } from '../../src/core/encoding/index.ts';
import type { HttpRequest } from '../http/index.ts';

export interface Parameters {
  /** A parameter; `undefined` if it is missing or empty, which is the same. */
  get(name: string): string | undefined;
  /** Those that are there more than once, which none may be. */
  readonly repeated: ReadonlySet<string>;
}

export function parametersOf(source: URLSearchParams): Parameters {
  const names = [...source.keys()];
  return {
    get: (name) => source.get(name) || undefined,
    repeated: new Set(names.filter((name, index) => names.indexOf(name) !== index)),
  };
}

/** The parameters of a body; `undefined` if it is no form. */
export function formOf({ headers, body }: HttpRequest): Parameters | undefined {
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  const text = decodeUtf8(body);
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded' || text === undefined) return undefined;
  return parametersOf(new URLSearchParams(text));
}
