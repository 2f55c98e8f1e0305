import { expect, test } from '@jest/globals';
import { Secret } from '../../../src/node/index.ts';
import { openDeliveries, openWatchServices } from '../../../src/run/watch/index.ts';
import { systemWorld } from '../../../src/run/world/index.ts';

interface Wanted {
  readonly issue?: string;
  readonly webhook?: string;
  readonly token?: string;
  readonly secrets?: string;
}

/** Returns the names of the deliveries. */
function opened({ issue, webhook, token, secrets }: Wanted): readonly string[] {
  const secret = (text: string | undefined): Secret | undefined => (text === undefined ? undefined : new Secret(text));
  using world = systemWorld();
  using services = openWatchServices(
    { token: secret(token), apiUrl: undefined, webhookSecrets: secret(secrets) },
    world,
  );
  const files = [{ format: 'sarif', path: '/out/a.sarif' }] as const;
  return openDeliveries({ issue, webhook, files, version: '1.2.3' }, services, world).map(({ name }) => name);
}

const secrets = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const webhook = 'https://hooks.example/path';

test('files, a webhook and an issue', () => {
  expect(opened({ issue: 'octo/app', webhook, token: 't', secrets })).toEqual([
    expect.stringContaining('a.sarif'),
    expect.stringContaining('webhook https://hooks.example'),
    'issue octo/app',
  ]);
});

test.each([
  ['a webhook without its secret', { webhook, token: 't' }, 'COUNTERSIGN_WEBHOOK_SECRET is not set'],
  ['an issue without a token', { issue: 'octo/app' }, 'neither GITHUB_TOKEN nor GH_TOKEN is set'],
  ['an issue of an owner', { issue: 'octo', token: 't' }, 'is not the name of a repository'],
  ['an issue of a URL', { issue: 'https://github.com/octo/app', token: 't' }, 'is not the name of a repository'],
])('%s is refused', (_, wanted, message) => {
  expect(() => opened(wanted)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
  );
});
