/** A registry in front of another one, which answers some requests itself: with whatever real registries have been seen to answer. */

import { type Answer, type Answering, answering } from '../services/loopback.ts';

/**
 * Passes requests on, without their bodies.
 *
 * @param instead what is answered to the path of a request in place of that
 */
export function proxying(host: string, instead: (path: string) => Answer | undefined): Promise<Answering> {
  return answering(async ({ method, url, headers }) => {
    const own = instead(url);
    if (own !== undefined) return own;
    const { accept = '*/*', authorization } = headers;
    const response = await fetch(`http://${host}${url}`, {
      method,
      headers: { accept, ...(authorization !== undefined && { authorization }) },
      redirect: 'manual',
    });
    const kept = ['content-type', 'docker-content-digest', 'www-authenticate', 'location'];
    const answered = kept.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      status: response.status,
      headers: Object.fromEntries(answered),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  });
}

/** Answers to requests for what does not exist, other than 404. */
export const unusualAnswers: readonly (readonly [what: string, answer: Answer])[] = [
  ...[400, 403, 405, 406, 410, 500, 501].map(
    (status) => [String(status), { status, body: '{"errors":[{"code":"X","message":"no"}]}' }] as const,
  ),
  ['401', { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }],
  ['401 without a challenge', { status: 401 }],
  ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }],
  ['nothing', { headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }, body: '' }],
  ['other JSON', { headers: { 'content-type': 'application/json' }, body: '{"a":1}' }],
  ['a manifest of nothing', { headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }, body: '{}' }],
  ['an index', { headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' }, body: '{"manifests":[]}' }],
];
