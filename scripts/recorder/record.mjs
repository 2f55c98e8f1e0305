// Loaded into an action's process by NODE_OPTIONS=--import=…/record.mjs: writes down what it says to GitHub and what it is told, less all
// that sanitise.mjs does not know, one exchange a line, into the file that COUNTERSIGN_RECORDING names.
import { appendFileSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { describeRunner, sanitise } from './sanitise.mjs';

const { COUNTERSIGN_RECORDING: file, ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_RESULTS_URL, GITHUB_API_URL } = process.env;

/** More of a body is not looked at. */
const maxBodyLength = 256 * 1024;

/** Returns the service of GitHub that is asked. Requests to anything else are not recorded. */
function serviceOf(url) {
  const { origin, pathname, searchParams } = url;
  const [idToken, results, api] = [ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_RESULTS_URL, GITHUB_API_URL].map((text) =>
    text ? new URL(text) : undefined,
  );
  if (idToken?.origin === origin && idToken.pathname === pathname) return 'id-token';
  if (results?.origin === origin && pathname.startsWith('/twirp/')) return 'results';
  if (searchParams.has('sig')) return 'blob';
  return api?.origin === origin ? 'api' : undefined;
}

/** Collects what passes through a stream, as far as it is kept. */
class Body {
  #chunks = [];
  #length = 0;

  add(chunk, encoding) {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (this.#length < maxBodyLength) this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  get bytes() {
    return Buffer.concat(this.#chunks);
  }
}

function record(request) {
  const url = new URL(`${request.protocol}//${request.getHeader('host')}${request.path}`);
  const service = serviceOf(url);
  if (service === undefined) return;
  const sent = new Body();
  for (const name of ['write', 'end']) {
    const original = request[name];
    request[name] = function (chunk, encoding, ...rest) {
      sent.add(chunk, typeof encoding === 'string' ? encoding : undefined);
      return original.call(this, chunk, encoding, ...rest);
    };
  }
  request.on('response', (response) => {
    const received = new Body();
    const push = response.push;
    response.push = function (chunk, encoding) {
      received.add(chunk, encoding);
      return push.call(this, chunk, encoding);
    };
    response.once('end', () => {
      const exchange = {
        service,
        method: request.method,
        url: url.href,
        request: { headers: request.getHeaders(), body: sent.bytes },
        response: { status: response.statusCode, headers: response.headers, body: received.bytes },
      };
      write(sanitise(exchange));
    });
  });
}

let described = false;

/** First of all, what the runner is: but only in a process that has something to say to GitHub. */
function write(exchange) {
  const lines = described ? [exchange] : [describeRunner(process.env, process.version, readEvent()), exchange];
  described = true;
  appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function readEvent() {
  try {
    return JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}

if (file) {
  for (const module of [http, https]) {
    for (const name of ['request', 'get']) {
      const original = module[name];
      module[name] = (...args) => {
        const request = original(...args);
        record(request);
        return request;
      };
    }
  }
  syncBuiltinESMExports();
}
