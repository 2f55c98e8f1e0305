/** Container images that one client signs, in each of its layouts and in each registry, before cosign and our command. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpConnections, openHttp } from '../../../src/services/http/index.ts';
import type { Registries } from '../../../src/services/registry/index.ts';
import { registriesFor } from '../../kit/registries.ts';
import { Court } from './court.ts';
import {
  type Content,
  cosignTree,
  type ImageSignerName,
  imageSigners,
  imageVerifierNames,
  imageVerifiers,
  type Layout,
} from './image-clients.ts';
import { type ImageFault, refusalOf } from './image-refusals.ts';
import {
  copyImage,
  orasDiscover,
  type Pushed,
  type PushedIndex,
  pushImage,
  pushIndex,
  type RegistryName,
  registryNames,
} from './images.ts';
import type { Run } from './program.ts';
import { type Change, reattach } from './reattach.ts';
import { attachedParts, spoilAttached } from './spoil-attached.ts';

let court: Court;
let connections: HttpConnections;
let registries: Registries;

export function expectAccepted({ code, stderr }: Run): void {
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}

/** Declares the tests of what this client signs. */
export function imagesSignedBy(name: ImageSignerName): void {
  const signer = imageSigners[name];
  beforeAll(async () => {
    court = await Court.open('the real services');
    connections = openHttp('countersign-test', new AbortController().signal);
    registries = registriesFor(connections.send);
  });
  afterAll(async () => {
    connections[Symbol.dispose]();
    await court[Symbol.asyncDispose]();
  });
  describe.each(signer.layouts)('%s', (layout) => {
    describe.each(['signature', 'attestation'] as const)('%s', (content) => {
      describe.each(registryNames)('%s', (registry) => signedIn(name, layout, content, registry));
    });
  });
}

function signedIn(signer: ImageSignerName, layout: Layout, content: Content, registry: RegistryName): void {
  let image: Pushed;
  let index: PushedIndex;
  beforeAll(async () => {
    [image, index] = [await pushImage(court, registry), await pushIndex(court, registry)];
    const { sign } = imageSigners[signer];
    await sign(court, layout, { content, images: [image], recursive: false });
    // cosign attests no more than what it is told.
    const recursive = content === 'signature' || signer !== 'cosign';
    const images = recursive ? [index] : [index, ...index.platforms];
    await sign(court, layout, { content, images, recursive });
  });

  describe.each(imageVerifierNames)('%s', (name) => {
    const verify = (what: Pushed, more = ''): Promise<Run> => {
      const { name: signed, issuer } = court.instance.identity('job');
      return imageVerifiers[name](
        court,
        { content, image: what, identity: { name: `${signed}${more}`, issuer } },
        layout,
      );
    };
    const expectRefused = ({ code, stderr }: Run, fault: ImageFault): void => {
      expect(stderr).toMatch(refusalOf(name, layout, fault) ?? 'a refusal');
      expect(code).not.toBe(0);
    };
    const attachedElsewhere = async (to: Pushed, change?: Change): Promise<Pushed> => {
      await reattach(registries, layout, image, to, change);
      return to;
    };

    test('accepts the image', async () => expectAccepted(await verify(image)));
    test('accepts the index', async () => expectAccepted(await verify(index)));
    test('accepts each platform', async () => {
      for (const platform of index.platforms) expectAccepted(await verify(platform));
    });
    test('accepts it in another repository with all that is attached', async () => {
      expectAccepted(await verify(await attachedElsewhere(await copyImage(court, image))));
    });
    test('refuses another identity', async () => {
      expectRefused(await verify(image, 'x'), 'identity');
    });
    test('refuses another image to which the same is attached', async () => {
      expectRefused(await verify(await attachedElsewhere(await pushImage(court, registry))), 'image');
    });
    for (const part of attachedParts[layout]) {
      const verifySpoilt = async (): Promise<Run> =>
        verify(await attachedElsewhere(await copyImage(court, image), spoilAttached(layout, part)));
      if (refusalOf(name, layout, part) === undefined)
        test(`passes over another ${part}`, async () => expectAccepted(await verifySpoilt()));
      else test(`refuses another ${part}`, async () => expectRefused(await verifySpoilt(), part));
    }
  });

  if (layout !== 'older layout') {
    test('is listed by cosign and oras', async () => {
      for (const one of [image, index, ...index.platforms]) {
        expect(await cosignTree(court, one)).toContain('artifacts via OCI referrer');
        // By the type, where a registry lists that, and else by an annotation.
        expect(await orasDiscover(court, one)).toMatch(
          /application\/vnd\.dev\.sigstore\.bundle|dev\.sigstore\.bundle\./,
        );
      }
    });
  }
}
