/** Returns the arguments and environment of the credential helpers. */

import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemRegistries } from '../../../src/run/world/system-registries.ts';
import { parseImageReference } from '../../../src/services/registry/index.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());

test('a credential helper is told nothing of who the job is', async () => {
  const { registry } = place.sandbox;
  registry.configure({ authentication: 'basic', anonymousPull: false });
  const folder = await mkdtemp(join(place.folder, 'docker-'));
  const program = join(folder, 'docker-credential-shows');
  const { username, password } = registry.writer;
  const kept = JSON.stringify({ Username: username, Secret: password });
  await writeFile(program, `#!/bin/sh\nenv > "$SHOWN"\nprintf '%s' '${kept}'\n`);
  await chmod(program, 0o700);
  await writeFile(join(folder, 'config.json'), JSON.stringify({ credHelpers: { [registry.host]: 'shows' } }));
  const environment = {
    PATH: `${folder}:${process.env.PATH}`,
    DOCKER_CONFIG: folder,
    SHOWN: join(folder, 'shown'),
    AWS_PROFILE: 'of the helper',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's3cr3t',
    ACTIONS_RUNTIME_TOKEN: 's3cr3t',
    'INPUT_REGISTRY-PASSWORD': 's3cr3t',
    SIGSTORE_ID_TOKEN: 's3cr3t',
  };
  const images = [`${registry.host}/example/app:v1`];
  const registries = systemRegistries({ images, account: undefined, environment }, place.world());
  const { repository, tag } = parseImageReference(images[0] ?? '');
  // It is let in, and there is nothing.
  expect(tag && (await registries(repository).getManifest(tag))).toBeUndefined();
  const shown = await readFile(environment.SHOWN, 'utf8');
  expect(shown).toContain('AWS_PROFILE=of the helper');
  expect(shown).not.toMatch(/s3cr3t|ACTIONS_|INPUT_|SIGSTORE_ID_TOKEN/);
});
