/** The examples of the libraries as others run them: on each Node that is supported, and that of the verifier in a browser. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { browserExamples, docstringExamples, ExamplePlace, pageExamples, programOf } from '../kit/library-examples.ts';
import { judgePath } from './kit/program.ts';

const nodes: Readonly<Record<string, string>> = JSON.parse(process.env.COUNTERSIGN_INTEROP_NODES ?? '{}');
const docstrings = await docstringExamples();
const library = await built('lib/verify.mjs');

test('there is every Node that is supported', () => {
  expect(Object.keys(nodes).map((version) => version.split('.')[0])).toEqual(['20', '22', '24', '26']);
});

describe.each(Object.entries(nodes))('Node %s', (version, node) => {
  let place: ExamplePlace;
  beforeAll(async () => {
    place = await ExamplePlace.open();
  });
  afterAll(() => place[Symbol.asyncDispose]());

  test.each(pageExamples.map(({ title, code }) => [title, code] as const))('%s: %s', async (_, code) => {
    const versioned = `${code}\nconsole.log(process.version);`;
    const { stdout, ...outcome } = await place.run(versioned, node);
    expect([outcome, stdout.trim().split('\n').at(-1)]).toEqual([{ code: 0, stderr: '' }, `v${version}`]);
  });

  test.each(docstrings)('the docstring of $title', async (example) => {
    expect(await place.run(programOf(example), node)).toMatchObject({ code: 0, stderr: '' });
  });
});

test.each(browserExamples)('$title', async ({ code }) => {
  await using place = await ExamplePlace.open();
  const page = `<!doctype html><meta charset="utf-8"><title>example</title><body>
    <script type="importmap">{ "imports": { "countersign/verify": "/verify.mjs" } }</script>
    <script type="module">
      addEventListener('error', ({ message }) => report(message));
      addEventListener('unhandledrejection', ({ reason }) => report(String(reason)));
      globalThis.report = (text) => fetch('/report', { method: 'POST', body: text });
    </script>
    <script type="module">${code}\nreport(document.body.textContent);</script>`;
  const files = new Map<string, readonly [type: string, body: string | Buffer]>([
    ['/', ['text/html', page]],
    ['/verify.mjs', ['text/javascript', await readFile(library)]],
    ...Object.entries(place.files).map(([name, text]) => [`/${name}`, ['application/octet-stream', text]] as const),
  ]);
  let tell: (text: string) => void = () => undefined;
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(204).end();
        tell(Buffer.concat(chunks).toString());
      });
      return;
    }
    const [type, body] = files.get(request.url ?? '') ?? [];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type ?? 'text/plain' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = spawn(
    judgePath('COUNTERSIGN_INTEROP_CHROMIUM'),
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      `--user-data-dir=${join(await place.project(), 'browser')}`,
      '--remote-debugging-port=0',
      `http://127.0.0.1:${port}/`,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(browser, 'close');
  try {
    const text = await Promise.race([told, ended.then(() => Promise.reject(new Error('the browser ended')))]);
    expect(text).toMatch(/^signed by https:\/\/github\.com\/example-org\/example-repo\//);
  } finally {
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
  }
});
