/** Countersign's TUF client before a repository that misbehaves. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { failure, withHttp } from '../../../__tests__/services/loopback.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { loadFromTuf } from '../../../src/services/tuf/index.ts';
import { lieNames, type Sandbox, serviceOf, startSandbox, type TransportFault, transportFaults } from '../../index.ts';
import { endless, noticed, noticedOnTheWay, unparsable } from './noticed.ts';

let sandbox: Sandbox;
let cacheDirectory: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  sandbox.tuf.publish();
  cacheDirectory = await mkdtemp(join(tmpdir(), 'countersign-test-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(cacheDirectory, { recursive: true });
});
afterEach(() => sandbox.behave());

const twoDays = 2 * 24 * 3600 * 1000;
const hurried =
  (http: Http): Http =>
  (request) =>
    http({ ...request, timeoutMilliseconds: 300 });

/** With a cache of what was seen last, which saves the requests of a day, or none. */
function load(seen?: string, { later = 0, patience = (http: Http): Http => http } = {}): Promise<unknown> {
  const { rootJson } = sandbox.tuf;
  const settings = {
    clock: () => new Date(Date.now() + later),
    random: randomBytes,
    ...(seen && { cacheDirectory: seen }),
  };
  return withHttp((http) =>
    loadFromTuf({ metadataUrl: sandbox.urls.tuf, rootJson }, ['trusted_root.json'], {
      ...settings,
      http: patience(http),
    }),
  );
}

describe('a lie', () => {
  test.each(lieNames.filter((name) => serviceOf(name) === 'tuf'))('%s', async (name) => {
    const seen = join(cacheDirectory, name.replace(':', '-'));
    await load(seen);
    sandbox.misbehave(name);
    // To go back is wrong only for who was there.
    const fresh = name === 'tuf:rolled-back-timestamp' ? seen : undefined;
    expect((await failure(load(fresh, { later: twoDays }))).code).toBe(noticed[name]);
    sandbox.behave();
    await load(seen, { later: twoDays });
  });
});

test.each(Object.keys(transportFaults) as TransportFault[])('%s', async (transport) => {
  // What is no metadata is no root of trust.
  const code = unparsable.includes(transport) ? 'TRUSTED_ROOT_INVALID' : noticedOnTheWay[transport];
  sandbox.misbehave(`tuf:${transport}`);
  const loading = load(undefined, endless.includes(transport) ? { patience: hurried } : {});
  if (code === undefined) await loading;
  else expect((await failure(loading)).code).toBe(code);
  sandbox.behave();
  await load();
});
