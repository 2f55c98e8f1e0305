/** Images that our action signs, also many in one step. */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Court } from './kit/court.ts';
import { imageVerifierNames, imageVerifiers, signImagesWithAction } from './kit/image-clients.ts';
import { crane, type Pushed, pushImage, pushIndex, referenceTo, registryNames } from './kit/images.ts';
import { expectAccepted, imagesSignedBy } from './kit/images-signed-by.ts';

imagesSignedBy('the action');

describe('in one step', () => {
  let court: Court;
  beforeAll(async () => {
    court = await Court.open('the real services');
  });
  afterAll(() => court[Symbol.asyncDispose]());

  test('fifty images of three registries are signed in one step, with one certificate', async () => {
    const images: Pushed[] = [];
    for (let number = 0; number < 50; number++)
      images.push(await pushImage(court, registryNames[number % registryNames.length] ?? 'docker-registry'));
    const { outputs } = await signImagesWithAction(court, 'bundle, Rekor v2', {
      content: 'signature',
      images,
      recursive: false,
    });
    const subjects: readonly { readonly bundle: string }[] = JSON.parse(outputs.get('subjects') ?? '[]');
    const certificates = await Promise.all(
      subjects.map(
        async ({ bundle }) => JSON.parse(await readFile(bundle, 'utf8')).verificationMaterial.certificate.rawBytes,
      ),
    );
    expect(certificates).toHaveLength(50);
    expect(new Set(certificates).size).toBe(1);
    const identity = court.instance.identity('job');
    for (const image of [images[0], images[1], images[2], images[49]]) {
      if (image === undefined) throw new Error('an image was wanted');
      for (const name of imageVerifierNames)
        expectAccepted(
          await imageVerifiers[name](court, { content: 'signature', image, identity }, 'bundle, Rekor v2'),
        );
    }
  });

  test('what is signed is left as it is', async () => {
    const index = await pushIndex(court, 'docker-registry');
    const before = await crane(court, 'manifest', referenceTo(index));
    await signImagesWithAction(court, 'bundle, Rekor v2', { content: 'signature', images: [index], recursive: true });
    expect(await crane(court, 'manifest', `${index.repository}:v1`)).toBe(before);
  });
});
