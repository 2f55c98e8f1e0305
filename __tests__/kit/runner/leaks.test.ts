import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fault, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { Leak } from '../../../sandbox/runner/index.ts';
import type { JobResult, JobRun } from './index.ts';
import { RunnerFolders } from './runner-folders.ts';
import { zipEntries } from './zip-entries.ts';

let folders: RunnerFolders;
beforeEach(() => {
  folders = new RunnerFolders();
});
afterEach(() => folders[Symbol.dispose]());

const secret = 'Sup3r/secret value+1';

/** Runs a script that has the secret in `key`. */
function leakWith(script: string, job: Partial<JobRun> = {}): Promise<JobResult> {
  folders.action('a', { main: `const key = env.INPUT_KEY, token = env.INPUT_TOKEN; ${script}` });
  return folders.run({
    steps: [
      {
        uses: 'acme/a@v1',
        id: 'a',
        with: { key: '\u0024{{ secrets.KEY }}', token: '\u0024{{ github.token }}' },
      },
    ],
    secrets: { KEY: secret },
    ...job,
  });
}

const leak = (place: Leak['place'], detail: string, name = 'KEY'): Leak => ({ secret: name, place, detail });

describe('a secret', () => {
  test.each<[what: string, script: string, leak: Leak]>([
    ['in the output of the process', `console.log('x'); console.log('a ' + key);`, leak('log', 'stdout, line 2')],
    ['in Base64', `console.log(Buffer.from(key).toString('base64'));`, leak('log', 'stdout, line 1')],
    ['in Base64, behind a user name', `console.log(Buffer.from('user:' + key).toString('base64'));`, leak('log', 'stdout, line 1')],
    ['in a URL', 'console.log(encodeURIComponent(key));', leak('log', 'stdout, line 1')],
    ['on standard error', 'console.error(key);', leak('log', 'stderr, line 1')],
    ['in a message', `console.log('::error::' + key);`, leak('log', 'stdout, line 1')],
    ['in a debug message', `console.log('::debug::' + key);`, leak('log', 'stdout, line 1')],
    ['that would be masked, but commands are stopped', `console.log('::stop-commands::a-random-token\\n::add-mask::' + key);`, leak('log', 'stdout, line 2')],
    ['in the summary', 'append(env.GITHUB_STEP_SUMMARY, key);', leak('summary', '')],
    ['in an output', `append(env.GITHUB_OUTPUT, 'v=' + key + '\\n');`, leak('output', 'v')],
    ['in the environment', `append(env.GITHUB_ENV, 'V=' + key + '\\n');`, leak('exported environment', 'V')],
    ['in the path', `append(env.GITHUB_PATH, '/bin/' + key + '\\n');`, leak('path addition', '')],
    ['in the state', `append(env.GITHUB_STATE, 'v=' + key + '\\n');`, leak('state', 'v')],
    ['the token, in the state', `append(env.GITHUB_STATE, 'v=' + token + '\\n');`, leak('state', 'v', 'GITHUB_TOKEN')],
    [
      'of nobody’s, but a token to look at',
      `append(env.GITHUB_OUTPUT, 'v=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4eHh4In0.c2lnbmF0dXJlLg\\n');`,
      leak('output', 'v', 'a JSON Web Token'),
    ],
    [
      'the signature of a URL',
      `console.log('https://blobs.example/a?se=1&sig=abc%3D');`,
      leak('log', 'stdout, line 1', 'the signature of a signed URL'),
    ],
    [
      'that the step had masked, and printed all the same',
      `console.log('::add-mask::of the step'); console.log('of the step');`,
      leak('log', 'stdout, line 1', 'a value that the step masked'),
    ],
  ])('%s', async (_, script, expected) => {
    const result = await leakWith(script);
    expect(result.leaks).toEqual([expected]);
    expect(result.conclusion).toBe('failure');
    expect(result.stages[0]).toMatchObject({ outcome: 'failure', result: { exitCode: 0 } });
    expect(result.stages[0]?.result?.log.join('\n')).not.toContain(secret);
  }); // biome-ignore format: one case a line

  test('in the title of an annotation, which nobody masks', async () => {
    const result = await leakWith(`console.log('::notice title=' + key + '::text');`);
    expect(result.leaks).toEqual([leak('log', 'stdout, line 1'), leak('annotation', 'notice')]);
    expect(result.stages[0]?.result?.annotations.at(-1)?.title).toBe(secret);
  });

  test.each([
    ['masked', `console.log('::add-mask::' + key); console.log('##[add-mask]' + key);`],
    ['used and not shown', `process.exitCode = key.length === ${secret.length} ? 0 : 1;`],
    ['in the workspace', `writeFileSync('file', key);`],
    ['of the step’s own, in a debug message after it was masked', `console.log('::add-mask::of the step'); console.log('::debug::of the step');`], // biome-ignore format: one line
    ['signature of a URL that was masked', `console.log('::add-mask::abc%25253D'); console.log('::debug::https://blobs.example/a?sig=abc%253D');`], // biome-ignore format: one line
    ['a token that stops commands', `console.log('::stop-commands::a-random-token\\n::a-random-token::');`],
    ['a mask that is a word', `console.log('::add-mask::file'); console.log('a file');`],
  ])('is no leak: %s', async (_, script) => {
    const result = await leakWith(script);
    expect(result.leaks).toEqual([]);
    expect(result.conclusion).toBe('success');
  });

  test('printed before it was masked is a leak, in a debug message too', async () => {
    const result = await leakWith(`console.log('::debug::of the step'); console.log('::add-mask::of the step');`);
    expect(result.leaks).toEqual([leak('log', 'stdout, line 1', 'a value that the step masked')]);
  });

  test('of several lines, printed in lines', async () => {
    const secrets = { KEY: 'first line of it\nb\nc' };
    const whole = await leakWith('console.log(key.slice(0, 16));', { secrets });
    expect(whole.leaks).toEqual([leak('log', 'stdout, line 1')]);
    const short = await leakWith(`console.log('a\\nb\\nc');`, { secrets: { KEY: 'a\nb\nc' } });
    expect(short.leaks).toEqual([leak('log', 'stdout, several lines')]);
  });

  test('fails the job even if its step may fail, and nothing if told so', async () => {
    const steps = [{ uses: 'acme/a@v1', with: { key: '\u0024{{ secrets.KEY }}' }, continueOnError: true }];
    const failing = await leakWith('console.log(key)', { steps });
    expect(failing).toMatchObject({ conclusion: 'failure', stages: [{ outcome: 'failure', conclusion: 'success' }] });
    const tolerated = await leakWith('console.log(key)', { failOnLeak: false });
    expect(tolerated).toMatchObject({ conclusion: 'success', leaks: [leak('log', 'stdout, line 1')] });
  });

  test('that a post prints', async () => {
    folders.action('a', { main: '', post: 'console.log(env.INPUT_KEY)' });
    const steps = [{ uses: 'acme/a@v1', with: { key: '\u0024{{ secrets.KEY }}' } }];
    const result = await folders.run({ steps, secrets: { KEY: secret } });
    expect(result).toMatchObject({ conclusion: 'failure', leaks: [leak('log', 'stdout, line 1')] });
  });
});

describe('a token and the hosts of the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(() => sandbox.close());

  const requestToken = 'env.ACTIONS_ID_TOKEN_REQUEST_TOKEN';
  const runtimeToken = 'env.ACTIONS_RUNTIME_TOKEN';

  const ask = (url: string, init: string): string =>
    `console.log((await fetch(${JSON.stringify(url)}, ${init})).status);`;
  const bearer = (token: string, method = 'GET'): string =>
    `{ method: '${method}', headers: { authorization: 'Bearer ' + ${token}, 'content-type': 'application/json' } }`;

  async function send(script: string, job: Partial<JobRun> = {}) {
    const result = await leakWith(script, { services: sandbox, permissions: { 'id-token': 'write' }, ...job });
    const status = result.stages[0]?.result?.rawLog.at(-1)?.text;
    return { status, leaks: result.leaks };
  }

  test('each is taken by its own host alone, and a leak anywhere else', async () => {
    const twirp = `${sandbox.urls.results}twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts`;
    const oidc = sandbox.jobTokens.requestUrl;
    const atOidc = `GET ${new URL(oidc).pathname} at oidc`;
    const atArtifacts = 'POST /twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts at artifacts';
    const host = (name: string, detail: string): Leak => leak('foreign host', detail, name);
    expect(await send(ask(oidc, bearer(requestToken)))).toEqual({ status: '200', leaks: [] });
    expect(await send(ask(oidc, bearer(runtimeToken)))).toEqual({
      status: '401',
      leaks: [host('ACTIONS_RUNTIME_TOKEN', atOidc)],
    });
    expect(await send(ask(oidc, bearer('token')))).toEqual({ status: '401', leaks: [host('GITHUB_TOKEN', atOidc)] });
    // Whom the token is of is in the body; this one is in none, so it is refused, but for that alone.
    expect(await send(ask(twirp, bearer(runtimeToken, 'POST')))).toEqual({ status: '400', leaks: [] });
    expect(await send(ask(twirp, bearer(requestToken, 'POST')))).toEqual({
      status: '401',
      leaks: [host('ACTIONS_ID_TOKEN_REQUEST_TOKEN', atArtifacts)],
    });
  });

  test('is found in a query, in a body, in Base64, at a path that nobody serves, and where nobody answers', async () => {
    const { fulcio, rekor } = sandbox.urls;
    const found = async (script: string) => (await send(script)).leaks.map(({ detail }) => detail);
    expect(await found(ask(`${fulcio}/gone?`, '{}').replace('gone?"', 'gone?" + token'))).toEqual([
      'GET /fulcio/gone at no service',
    ]);
    const body = `{ method: 'POST', body: JSON.stringify({ a: Buffer.from(token).toString('base64') }) }`;
    expect(await found(ask(`${rekor}/api/v2/log/entries`, body))).toEqual(['POST /api/v2/log/entries at rekor-v2']);
    sandbox.faults.set('rekor-v2', fault.stall());
    const stalled = `await fetch('${rekor}/api/v2/log/entries', { method: 'POST', body: token, signal: AbortSignal.timeout(500) }).catch(() => {});`;
    expect(await found(stalled)).toEqual(['POST /api/v2/log/entries at rekor-v2']);
  });

  test('the identity token goes to Fulcio, and nowhere else', async () => {
    const get = `const { value } = await (await fetch(${requestUrlWithAudience()}, ${bearer(requestToken)})).json(); console.log('::add-mask::' + value);`;
    const post = (url: string) => `${get} ${ask(url, `{ method: 'POST', body: value }`)}`;
    expect((await send(post(`${sandbox.urls.fulcio}/api/v2/signingCert`))).leaks).toEqual([]);
    expect((await send(post(`${sandbox.urls.rekor}/api/v2/log/entries`))).leaks).toEqual([
      leak('foreign host', 'POST /api/v2/log/entries at rekor-v2', 'a JSON Web Token'),
    ]);
  });

  test('a job without the permission has no token, and none to leak', async () => {
    const script = `console.log(JSON.stringify(Object.keys(env).filter((name) => name.startsWith('ACTIONS_ID_')).sort()))`;
    expect((await send(script, { permissions: { contents: 'read' } })).status).toBe('[]');
    expect((await send(script)).status).toBe('["ACTIONS_ID_TOKEN_REQUEST_TOKEN","ACTIONS_ID_TOKEN_REQUEST_URL"]');
  });

  test('in an artifact, within the archive', async () => {
    const { artifactService } = sandbox;
    const upload = async (bytes: Uint8Array, mimeType: string, name: string): Promise<void> => {
      const { runId, jobId, token } = artifactService.job;
      const call = async (method: string, body: object) => {
        const url = `${sandbox.urls.results}twirp/github.actions.results.api.v1.ArtifactService/${method}`;
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const ids = { workflow_run_backend_id: runId, workflow_job_run_backend_id: jobId, name };
        return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...ids, ...body }) })).json();
      };
      const { signed_upload_url } = (await call('CreateArtifact', { version: 7, mime_type: mimeType })) as {
        readonly signed_upload_url: string;
      };
      await fetch(`${signed_upload_url}&comp=block&blockid=MQ%3D%3D`, { method: 'PUT', body: Buffer.from(bytes) });
      const list = '<?xml version="1.0"?><BlockList><Latest>MQ==</Latest></BlockList>';
      await fetch(`${signed_upload_url}&comp=blocklist`, { method: 'PUT', body: list });
      await call('FinalizeArtifact', { size: String(bytes.length) });
    };
    // The step only prints; meanwhile this test uploads in its place, with what it could have had.
    const whileRunning = async (bytes: Uint8Array, mimeType: string, name: string) => {
      let uploaded: Promise<void> | undefined;
      const result = await leakWith(
        `console.log('ready'); while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 10)); rmSync('go');`,
        {
          services: sandbox,
          onOutput: (line) => {
            if (line === 'ready')
              uploaded = upload(bytes, mimeType, name).then(() => folders.write('workspace/go', ''));
          },
        },
      );
      await uploaded;
      return result.leaks.filter(({ place }) => place === 'artifact');
    };
    expect(await whileRunning(Buffer.from(`a ${secret}`), 'text/plain', 'plain')).toEqual([leak('artifact', 'plain')]);
    expect(await whileRunning(zip('dir/file', `a ${secret}`), 'application/zip', 'zipped')).toEqual([
      leak('artifact', 'zipped: dir/file'),
    ]);
    expect(await whileRunning(zip('dir/file', 'nothing'), 'application/zip', 'clean')).toEqual([]);
  });

  function requestUrlWithAudience(): string {
    return JSON.stringify(`${sandbox.jobTokens.requestUrl}&audience=sigstore`);
  }
});

/** An archive of one deflated file. */
function zip(name: string, content: string): Uint8Array {
  const deflated = deflateRawSync(content);
  const common = (at: number, header: Buffer): Buffer => {
    header.writeUInt16LE(8, at + 4);
    header.writeUInt32LE(deflated.length, at + 14);
    header.writeUInt32LE(content.length, at + 18);
    header.writeUInt16LE(name.length, at + 22);
    return header;
  };
  const local = common(4, Buffer.alloc(30));
  local.writeUInt32LE(0x04034b50);
  const entry = common(6, Buffer.alloc(46));
  entry.writeUInt32LE(0x02014b50);
  const directory = Buffer.concat([entry, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + deflated.length, 16);
  return Buffer.concat([local, Buffer.from(name), deflated, directory, end]);
}

describe('an archive', () => {
  test('is read through its directory', () => {
    const entries = zipEntries(zip('a', 'content')).map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]);
    expect(entries).toEqual([['a', 'content']]);
  });

  test('that cannot be read is not passed over', () => {
    expect(() => zipEntries(Buffer.from('PK'))).toThrow('The archive has no directory');
    const broken = Buffer.from(zip('a', 'content'));
    broken.writeUInt16LE(14, broken.length - 22 - 47 + 10);
    expect(() => zipEntries(broken)).toThrow('an entry of the method 14');
    broken.writeUInt32LE(0, broken.length - 22 - 47);
    expect(() => zipEntries(broken)).toThrow('malformed');
  });
});
