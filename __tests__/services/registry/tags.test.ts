import { describe, expect, test } from '@jest/globals';
import { type Answer, answering } from '../loopback.ts';
import { basic, failureOf, json, password, withClient } from './kit.ts';

const list = '/v2/owner/image/tags/list?n=1000';

function page(tags: unknown, headers: Record<string, string> = {}): Answer {
  return { headers: { 'content-type': 'application/json', ...headers }, body: json({ name: 'owner/image', tags }) };
}

const tagsOf = (origin: string) => withClient(origin, (client) => client.tags());

describe('the tags of a repository', () => {
  test('are listed over pages, each once, logged in on each', async () => {
    await using server = await answering(({ url, headers }) => {
      if (headers.authorization !== basic) return { status: 401, headers: { 'www-authenticate': 'Basic' } };
      if (url === list) return page(['latest', '1.0'], { link: `<${list}&last=1.0>; rel="next"` });
      return page(['1.0', '__proto__']);
    });
    const found = await withClient(server.origin, (client) => client.tags(), { credential: password });
    expect(found).toEqual(['latest', '1.0', '__proto__']);
    expect(server.received.map(({ url }) => url)).toEqual([list, list, `${list}&last=1.0`]);
  });

  test('are none in a repository without tags, and undefined if it does not exist', async () => {
    await using empty = await answering(page(null));
    expect(await tagsOf(empty.origin)).toEqual([]);
    await using missing = await answering({ status: 404 });
    expect(await tagsOf(missing.origin)).toBeUndefined();
  });

  test('whose next page is at another host are not read there', async () => {
    await using other = await answering(page(['evil']));
    await using server = await answering(page(['1'], { link: `<${other.origin}/>; rel="next"` }));
    const error = await failureOf(server.origin, (client) => client.tags(), { credential: password });
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(other.received).toHaveLength(0);
  });

  test.each([
    ['whose pages never end', ['1'], 1000],
    ['that are too many', Array.from({ length: 60_000 }, (_, at) => `t${at}`), 2],
  ])('%s are given up', async (_, tags, requests) => {
    let pages = 0;
    await using server = await answering(() => {
      pages += 1;
      const named = tags.length === 1 ? tags : tags.map((tag) => `${tag}-${pages}`);
      return page(named, { link: '<?again>; rel="next"' });
    });
    expect((await failureOf(server.origin, (client) => client.tags())).code).toBe('LIMIT_EXCEEDED');
    expect(server.received).toHaveLength(requests);
  });

  test.each<[what: string, answer: Answer]>([
    ['HTML', { body: '<html>' }],
    ['no list', { body: '{}' }],
    ['a tag that is a path', page(['../../x'])],
    ['a tag that is a number', page([1])],
    ['an empty tag', page([''])],
  ])('in a response with %s are refused', async (_, answer) => {
    await using server = await answering(answer);
    expect((await failureOf(server.origin, (client) => client.tags())).code).toBe('SERVICE_RESPONSE_INVALID');
  });

  test('are not taken for missing if the registry refuses, or loses a page', async () => {
    await using refusing = await answering({ status: 403 });
    expect((await failureOf(refusing.origin, (client) => client.tags())).code).toBe('SERVICE_REFUSED');
    await using losing = await answering(({ url }) =>
      url === list ? page(['1'], { link: '<?2>; rel="next"' }) : { status: 404 },
    );
    expect((await failureOf(losing.origin, (client) => client.tags())).code).toBe('SERVICE_REFUSED');
  });
});
