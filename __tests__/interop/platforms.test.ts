/** The verifier as others load it: the built library and command on each Node that is supported, and in a browser. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { platformCases, wrongVerdicts } from './kit/platform-cases.ts';
import { run } from './kit/program.ts';

const nodes: Readonly<Record<string, string>> = JSON.parse(process.env.COUNTERSIGN_INTEROP_NODES ?? '{}');
const library = await built('lib/verify.mjs');
const command = await built('cli.mjs');
const judge = resolve('__tests__/interop/kit/verdicts.mjs');
/** Those of the public suite are among them where they are at hand. */
const casesOf = await platformCases();
const cases = [...casesOf.values()].flat();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-platforms-'));
  await writeFile(join(folder, 'cases.json'), JSON.stringify(cases));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('there are valid and invalid cases, and every Node that is supported', () => {
  const fixtures = casesOf.get('fixtures') ?? [];
  expect(fixtures.filter(({ isValid }) => isValid)).toHaveLength(6);
  expect(fixtures.filter(({ isValid }) => !isValid)).toHaveLength(46);
  expect(Object.keys(nodes).map((version) => version.split('.')[0])).toEqual(['20', '22', '24', '26']);
});

describeEachNode((version, node) => {
  test(`the library judges each case rightly on Node ${version}`, async () => {
    const script = `
      import * as library from ${JSON.stringify(library)};
      import { verdictsOf } from ${JSON.stringify(judge)};
      import { readFileSync } from 'node:fs';
      const cases = JSON.parse(readFileSync(${JSON.stringify(join(folder, 'cases.json'))}, 'utf8'));
      process.stdout.write(JSON.stringify([process.versions.node, await verdictsOf(library, cases)]));`;
    const path = join(folder, `judge-${version}.mjs`);
    await writeFile(path, script);
    const { code, stdout, stderr } = await run(node, [path], { cwd: folder, env: { HOME: folder } });
    expect([code, stderr]).toEqual([0, '']);
    const [used, verdicts] = JSON.parse(stdout);
    expect([used, wrongVerdicts(cases, verdicts)]).toEqual([version, []]);
  });

  test(`the command verifies, and refuses, on Node ${version}`, async () => {
    const right = cases.find(({ name }) => name === 'happy-path-v0.3-new-mediaType');
    if (right === undefined) throw new Error('no such case');
    const place = await mkdtemp(join(folder, 'command-'));
    await writeFile(join(place, 'a.txt'), Buffer.from(right.artifact, 'base64'));
    await writeFile(join(place, 'a.txt.sigstore.json'), right.bundle);
    await writeFile(join(place, 'root.json'), right.trustedRoot);
    const verify = (identity: string) =>
      run(
        node,
        [
          command,
          'verify',
          'a.txt',
          '--trusted-root',
          'root.json',
          '--certificate-identity',
          identity,
          '--certificate-oidc-issuer',
          right.issuer,
        ],
        { cwd: place, env: { HOME: place } },
      );
    expect(await verify(right.identity)).toMatchObject({ code: 0, stderr: '' });
    expect(await verify('somebody@example.com')).toMatchObject({ code: 4 });
  });

  // As src/node/heap-growth.ts does.
  test(`the growth of the heap can be limited on Node ${version}`, async () => {
    const script = `require('node:v8').setFlagsFromString('--heap-growing-percent=40');`;
    const { stderr } = await run(node, ['--eval', script], { cwd: folder, env: { HOME: folder } });
    expect(stderr).toBe('');
  });

  // As src/node/young-generation.ts does. Newer versions of V8 may remove the option or read it only at the start.
  test(`the space for new objects can be kept small on Node ${version}`, async () => {
    const script = `
      const { getHeapSpaceStatistics, setFlagsFromString } = require('node:v8');
      setFlagsFromString('--semi-space-growth-factor=1');
      const kept = [];
      for (let at = 0; at < 300_000; at++) kept[at % 20_000] = { at, text: 'text ' + at };
      console.log(getHeapSpaceStatistics().find((each) => each.space_name === 'new_space').space_size / 2 ** 20);`;
    const { stdout, stderr } = await run(node, ['--eval', script], { cwd: folder, env: { HOME: folder } });
    expect(stderr).toBe('');
    expect(Number(stdout)).toBeLessThanOrEqual(4);
  });
});

function describeEachNode(define: (version: string, node: string) => void): void {
  for (const [version, node] of Object.entries(nodes)) define(version, node);
}

test('the library judges each case rightly in a browser, as it is', async () => {
  const page = `<!doctype html><title>verdicts</title><script type="module">
    import * as library from '/library.mjs';
    import { verdictsOf } from '/judge.mjs';
    const cases = await (await fetch('/cases.json')).json();
    const verdicts = await verdictsOf(library, cases);
    await fetch('/verdicts', { method: 'POST', body: JSON.stringify([navigator.userAgent, verdicts]) });
  </script>`;
  const files: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
    '/': ['text/html', page],
    '/library.mjs': ['text/javascript', await readFile(library)],
    '/judge.mjs': ['text/javascript', await readFile(judge)],
    '/cases.json': ['application/json', JSON.stringify(cases)],
  };
  let post: (body: string) => void = () => undefined;
  const posted = new Promise<string>((resolve) => {
    post = resolve;
  });
  const server = createServer((request, response) => void answer(request, response, files, post));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = spawn(
    process.env.COUNTERSIGN_INTEROP_CHROMIUM ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--user-data-dir=${join(folder, 'browser')}`,
      '--remote-debugging-port=0',
      `http://127.0.0.1:${port}/`,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(browser, 'close');
  try {
    const [agent, verdicts] = JSON.parse(
      await Promise.race([posted, ended.then(() => Promise.reject(new Error('the browser ended')))]),
    );
    expect(agent).toContain('HeadlessChrome/');
    expect(wrongVerdicts(cases, verdicts)).toEqual([]);
  } finally {
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
  }
});

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: Readonly<Record<string, readonly [type: string, body: string | Buffer]>>,
  post: (body: string) => void,
): Promise<void> {
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(204).end();
    post(Buffer.concat(chunks).toString());
    return;
  }
  const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
  response.writeHead(body === '' ? 404 : 200, { 'content-type': type }).end(body);
}
