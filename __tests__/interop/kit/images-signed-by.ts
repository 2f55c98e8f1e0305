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
import { anotherClaim, anotherSignature, type Change, reattach } from './reattach.ts';

let court: Court;
let connections: HttpConnections;
let registries: Registries;

/** In which words each refuses. */
const refusals = {
  cosign: {
    identity: /expected SAN value|none of the expected identities matched/,
    image:
      /artifact digests? do(?:es)? not match|invalid or missing digest in claim|no matching (?:attestations|signatures)/,
    signature: /signature|calculated root|no matching/,
    claim: /signature|calculated root|no matching|invalid/,
  },
  countersign: {
    identity: /^IDENTITY_MISMATCH: /,
    image: /^ARTIFACT_MISMATCH: /,
    // Where an entry or a timestamp is about the signature, that is what is another's first.
    signature: /^(?:SIGNATURE_INVALID|TIMESTAMP_MISMATCH|LOG_ENTRY_MISMATCH): /,
    claim: /^(?:SIGNATURE_INVALID|LOG_ENTRY_MISMATCH): /,
  },
} as const;

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
    const expectRefused = ({ code, stderr }: Run, why: keyof (typeof refusals)[typeof name]): void => {
      expect(code).not.toBe(0);
      expect(stderr).toMatch(new RegExp(refusals[name][why], 'm'));
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
    test('refuses another signature', async () => {
      const copy = await attachedElsewhere(await copyImage(court, image), anotherSignature);
      expectRefused(await verify(copy), 'signature');
    });
    test('refuses another claim under the signature', async () => {
      const copy = await attachedElsewhere(await copyImage(court, image), anotherClaim);
      expectRefused(await verify(copy), 'claim');
    });
  });

  if (layout === 'bundle') {
    test('is listed by cosign and oras', async () => {
      for (const one of [image, index]) {
        expect(await cosignTree(court, one)).toContain('artifacts via OCI referrer');
        // By the type, where a registry lists that, and else by an annotation.
        expect(await orasDiscover(court, one)).toMatch(
          /application\/vnd\.dev\.sigstore\.bundle|dev\.sigstore\.bundle\./,
        );
      }
    });
  }
}
