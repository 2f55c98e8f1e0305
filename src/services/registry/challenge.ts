/** Parses the challenge of a 401 response strictly: the header WWW-Authenticate (RFC 9110, section 11.6.1). */

import { fail } from '../../core/errors/index.ts';
import { mayPointTo, resolveAddress } from './origin.ts';

/**
 * The address of the token service, and the service and scope to request (RFC 6750, section 3; the distribution project's "token
 * authentication").
 */
export interface BearerChallenge {
  readonly kind: 'bearer';
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scopes: readonly string[];
}

export type Challenge = BearerChallenge | { readonly kind: 'basic' };

const maxHeaderLength = 4096;
const scheme = /\s*([A-Za-z][A-Za-z0-9-]*)(?=\s|,|$)/y;
const parameter = /\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~-]+))\s*(?=,|$)/y;
const separator = /\s*(?:,\s*)+/y;

/**
 * Reads what a registry asks for. Where it offers both, a token: it lets in less, and for a shorter time.
 *
 * @param registry who asks, which decides where credentials may be sent
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export function readChallenge(header: unknown, registry: URL): Challenge {
  const refuse = (problem: string): never =>
    fail('SERVICE_RESPONSE_INVALID', `the registry (${registry.origin}) responded with 401, but ${problem}`);
  if (typeof header !== 'string') return refuse('sent no WWW-Authenticate header');
  if (header.length > maxHeaderLength) return refuse('its WWW-Authenticate header is longer than 4096 characters');
  const offered = readAll(header) ?? refuse('its WWW-Authenticate header is malformed');
  const bearer = offered.get('bearer');
  if (bearer !== undefined) {
    const realm = resolveAddress(bearer.get('realm'));
    // The password is sent there. To plain http it would be for everyone on the way.
    if (realm === undefined || !mayPointTo(registry, realm))
      return refuse('its WWW-Authenticate header has no https URL of a token service');
    const scopes = (bearer.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    return { kind: 'bearer', realm, service: bearer.get('service'), scopes };
  }
  return offered.has('basic')
    ? { kind: 'basic' }
    : refuse('its WWW-Authenticate header offers neither Bearer nor Basic');
}

type Parameters = ReadonlyMap<string, string>;

/** Each scheme with its parameters, names in lower case; `undefined` where the header is not of the grammar, or says one thing twice. */
function readAll(header: string): ReadonlyMap<string, Parameters> | undefined {
  const schemes = new Map<string, Parameters>();
  let current: Map<string, string> | undefined;
  let offset = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = offset;
    const match = pattern.exec(header);
    if (match !== null) offset = pattern.lastIndex;
    return match;
  };
  while (offset < header.length) {
    const pair = current === undefined ? null : take(parameter);
    if (pair !== null) {
      const [, name = '', quoted, plain = ''] = pair;
      if (current?.has(name.toLowerCase())) return undefined;
      current?.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
    } else {
      const next = take(scheme)?.[1]?.toLowerCase();
      if (next === undefined || schemes.has(next)) return undefined;
      current = new Map();
      schemes.set(next, current);
      if (take(/\s+(?=[^\s,])/y) !== null) continue;
    }
    if (take(separator) === null && header.slice(offset).trim() !== '') return undefined;
    if (header.slice(offset).trim() === '') break;
  }
  return schemes;
}
