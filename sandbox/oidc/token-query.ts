/** The query of a request for a token, which can change the token: `?audience=A&ttl=-60&claim.event_name=schedule`. */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import { jsonResponse, Refusal } from '../http/index.ts';
import type { Claims } from './job-provider.ts';

export interface TokenQuery {
  readonly audience?: string;
  readonly claims: Claims;
  /** Seconds from now to the end of the token, negative for an expired one. */
  readonly lifetimeSeconds?: number;
}

/** Reads a query. Claims that are numbers in the example are read as numbers. */
export function readTokenQuery({ searchParams }: URL, example: JsonObject = {}): TokenQuery {
  const audience = searchParams.get('audience');
  const ttl = searchParams.get('ttl');
  const claims = [...searchParams].flatMap(([name, value]) => {
    const claim = name.startsWith('claim.') ? name.slice('claim.'.length) : '';
    return claim === ''
      ? []
      : [[claim, typeof example[claim] === 'number' ? wholeNumber(name, value) : value] as const];
  });
  return {
    claims: Object.fromEntries(claims),
    ...(audience === null ? {} : { audience }),
    ...(ttl === null ? {} : { lifetimeSeconds: wholeNumber('ttl', ttl) }),
  };
}

function wholeNumber(name: string, value: string): number {
  if (/^-?\d{1,9}$/.test(value)) return Number(value);
  const message = `${name} is not a whole number.`;
  throw new Refusal(message, jsonResponse(400, { message }));
}
