/** Checks that the recorder keeps the shape of an action's requests to GitHub, and only the texts that are listed. */

import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Job } from '../action/job.ts';

const folder = fileURLToPath(new URL('../../scripts/recorder', import.meta.url));

interface Message {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}
interface Exchange {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly request: Message;
  readonly response: Message & { readonly status: number };
}
interface Sanitiser {
  sanitise(exchange: Exchange): unknown;
  describeRunner(environment: Readonly<Record<string, string>>, version: string, event: unknown): unknown;
}
const { sanitise, describeRunner }: Sanitiser = await import(join(folder, 'sanitise.mjs'));

/** An exchange in which every text that can be chosen is one of these. */
function exchangeOf(texts: readonly string[], bodies: readonly Buffer[]): Exchange {
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = texts;
  const [sent = Buffer.alloc(0), received = Buffer.alloc(0)] = bodies;
  const url = new URL(`https://${'x'.repeat(8)}.example/`);
  url.pathname = `/twirp/${encodeURIComponent(a)}/CreateArtifact`;
  for (const name of ['sig', 'audience', 'comp', 'sv', b]) url.searchParams.set(name, c);
  return {
    service: 'results',
    method: d,
    url: url.href,
    request: {
      headers: { authorization: `Bearer ${e}`, 'user-agent': f, [a]: b, accept: c, 'content-type': d },
      body: sent,
    },
    response: {
      status: 200,
      headers: {
        location: `https://example.org/${e}`,
        'x-accepted-github-permissions': `contents=${f}; ${a}=read`,
        'set-cookie': [b, c],
        etag: d,
      },
      body: received,
    },
  };
}

/** JSON in which the names and the values are all among the texts, in whatever members it knows too. */
const json = (texts: readonly string[]): Buffer => {
  const [a = '', b = '', c = ''] = texts;
  const known = ['code', 'mime_type', 'msg', 'message', 'value', 'signed_url', 'name', 'id', 'version', 'errors'];
  const members = Object.fromEntries(known.flatMap((name, at) => [[name, texts[at % texts.length]]]));
  return Buffer.from(
    JSON.stringify({ ...members, [a]: b, artifacts: [{ ...members, [b]: { [c]: a } }], bundle: [[a]] }),
  );
};

/** An identity token in which each claim, known or not, is one of the texts. */
const token = (texts: readonly string[]): string => {
  const [a = '', b = ''] = texts;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = {
    sub: a,
    repository: b,
    actor: a,
    [b]: a,
    jti: [b],
    iss: { [a]: b },
    iat: 1000,
    exp: 1300,
    nbf: 400,
  };
  return `${part({ alg: a, kid: b })}.${part(payload)}.${Buffer.from(a).toString('base64url')}`;
};

const prefixes = ['', 'ghs_', 'ey', 'sha256:', 'https://', 'refs/heads/', 'application/'];
const secret = fc
  .tuple(fc.constantFrom(...prefixes), fc.uuid(), fc.nat())
  .map(([prefix, uuid, number]) => ({ text: `${prefix}${uuid.replaceAll('-', '')}${number}`, from: prefix.length }));

describe('nothing gets through', () => {
  test('of texts in any place: addresses, names and values of headers, members and claims', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 6, maxLength: 6 }), (secrets) => {
        const texts = secrets.map(({ text }) => text);
        const bodies = [json(texts), Buffer.from(JSON.stringify({ value: token(texts) }))] as const;
        for (const sent of [bodies, bodies.toReversed(), texts.map((text) => Buffer.from(text))]) {
          const kept = JSON.stringify(sanitise(exchangeOf(texts, sent)));
          for (const { text, from } of secrets)
            for (let at = from; at + 8 <= text.length; at++) expect(kept).not.toContain(text.slice(at, at + 8));
        }
      }),
    );
  });

  test('of the names of inherited members', () => {
    const body = Buffer.from(
      '{"__proto__":{"x":"hidden-value"},"constructor":"hidden-value","toString":"hidden-value"}',
    );
    expect(JSON.stringify(sanitise(exchangeOf(['a', 'b', 'c', 'd', 'e', 'f'], [body, body])))).not.toContain('hidden');
  });

  test('of what the runner is, but for names that are listed', () => {
    const environment = { ACTIONS_RUNTIME_TOKEN: 'hidden-1', GITHUB_EVENT_NAME: 'hidden-2', HIDDEN: 'hidden-3' };
    const event = { repository: { visibility: 'hidden-4', name: 'hidden-5' } };
    expect(describeRunner(environment, 'hidden-6', event)).toEqual({
      service: 'runner',
      node: '<text>',
      variables: ['ACTIONS_RUNTIME_TOKEN'],
      environment: null,
      event: '<text>',
      visibility: '<text>',
    });
    expect(describeRunner({}, 'v24.21.0', undefined)).toMatchObject({
      node: 'v24.21.0',
      event: null,
      visibility: null,
    });
  });

  test('of a body that is no JSON', () => {
    const body = randomBytes(64);
    expect(sanitise(exchangeOf([], [body, Buffer.from('<html>hidden-value</html>')]))).toMatchObject({
      request: { body: { '<bytes>': 64 } },
      response: { body: { '<bytes>': 25 } },
    });
  });
});

test('what is kept says what a runner must do', () => {
  const upload = `https://example.blob.core.windows.net/x/${randomUUID()}?sv=2026-04-06&sig=a%2Fb&comp=block&blockid=eA`;
  const exchange = { ...exchangeOf([], []), service: 'blob', method: 'PUT', url: upload };
  expect(sanitise(exchange)).toMatchObject({
    method: 'PUT',
    path: '/<text>/<uuid>',
    query: [
      ['sv', '<date>'],
      ['sig', '<text>'],
      ['comp', 'block'],
      ['blockid', '<text>'],
    ],
  });
  const answer = { ok: true, artifact_id: '17', version: 7, mime_type: 'application/zip', code: 'already_exists' };
  const body = Buffer.from(JSON.stringify(answer));
  expect(sanitise({ ...exchange, response: { status: 409, headers: {}, body } })).toMatchObject({
    response: { status: 409, body: { ...answer, artifact_id: '<decimal>' } },
  });
  const issued = Buffer.from(JSON.stringify({ value: token(['refs/heads/main', 'o/r']) }));
  expect(sanitise({ ...exchange, response: { status: 200, headers: {}, body: issued } })).toMatchObject({
    response: { body: { value: { '<token>': { sub: '<ref>', exp: '<number>' }, 'exp - iat': 300, 'iat - nbf': 600 } } },
  });
});

describe('in the process of an action', () => {
  let job: Job;
  beforeAll(async () => {
    job = await Job.start();
  });
  afterAll(() => job[Symbol.asyncDispose]());

  test('every exchange with GitHub is written down, and none with anybody else', async () => {
    const recording = job.path('recording.jsonl');
    const workspace = await job.workspace({ 'app.tgz': 'app' });
    const env = { NODE_OPTIONS: `--import=${join(folder, 'record.mjs')}`, COUNTERSIGN_RECORDING: recording };
    const result = await job.sign(workspace, { files: 'app.tgz', 'upload-artifact': 'true' }, { env });
    expect(result.conclusion).toBe('success');
    const text = await readFile(recording, 'utf8');
    const [runner, ...exchanges] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(runner).toMatchObject({ service: 'runner', node: process.version });
    expect(runner.variables).toContain('ACTIONS_RESULTS_URL');
    const service = '/twirp/github.actions.results.api.v1.ArtifactService';
    expect(exchanges.map(({ service, method, path }) => [service, method, path])).toEqual([
      ['id-token', 'GET', expect.any(String)],
      ['results', 'POST', `${service}/CreateArtifact`],
      ['blob', 'PUT', expect.any(String)],
      ['blob', 'PUT', expect.any(String)],
      ['results', 'POST', `${service}/FinalizeArtifact`],
    ]);
    expect(exchanges[0]).toMatchObject({
      query: expect.arrayContaining([['audience', 'sigstore']]),
      response: { status: 200, body: { value: { 'exp - iat': 300, alg: 'RS256' } } },
    });
    expect(exchanges[1]).toMatchObject({
      request: { headers: { authorization: ['Bearer <value>'] }, body: { version: 7, mime_type: 'application/zip' } },
      response: { body: { ok: true, signed_upload_url: '<url>' } },
    });
    expect(exchanges[3]).toMatchObject({ request: { body: { '<blocks>': 1 } }, response: { status: 201 } });
    const { requestToken } = job.sandbox.jobTokens;
    for (const hidden of [requestToken, job.sandbox.artifactService.job.token, 'example-org', 'app.tgz', '127.0.0.1'])
      expect(text).not.toContain(hidden);
    expect(text).not.toMatch(/eyJ|sig=/);
  });
});
