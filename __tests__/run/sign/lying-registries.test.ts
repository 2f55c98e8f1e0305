/** Signs and verifies images in a registry with each misbehaviour of the sandbox. */

import { randomUUID } from 'node:crypto';
import * as files from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  type MisbehaviourName,
  registryLieNames,
  type TransportFault,
  transportFaults,
} from '../../../sandbox/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { artifactOutcomes } from '../../../src/report/index.ts';
import type { SigningResult } from '../../../src/run/sign/index.ts';
import { deliverRun, registry, signRun } from '../../../src/run/sign/index.ts';
import { verifyRun } from '../../../src/run/verify/index.ts';
import { verifiableImage } from '../../../src/run/verify/verify-image.ts';
import type { Registries } from '../../../src/services/registry/index.ts';
import { type PushedImage, pushImage, pushIndex, registriesFor } from '../../kit/registries.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
afterEach(() => place.reset());

/** For what never answers, a client with less patience. */
let impatient = false;
const own = (): Registries => registriesFor(place.world(impatient ? { timeoutMilliseconds: 500 } : {}).http);

async function image(): Promise<PushedImage> {
  const repository = `${place.sandbox.registry.host}/example/${randomUUID()}`;
  return pushIndex(place.registries, repository, [await pushImage(place.registries, repository)], 'v1');
}

function sign({ repository }: PushedImage): Promise<SigningResult> {
  const world = place.world();
  const images = {
    named: [`${repository}:v1`],
    push: true,
    recursive: true,
    attestations: false,
    workspace: place.folder,
    registries: own(),
  };
  return signRun(place.request({ subjects: { files: [], checksums: [], digests: [] }, images }, world), world);
}

async function attach(receipt: SigningResult): Promise<void> {
  const images = { registries: own(), push: true };
  const places = { workspace: place.folder, bundleDirectory: undefined };
  const { failures } = await deliverRun(
    receipt,
    { places, collect: false, deliveries: [registry(images)] },
    place.world(),
  );
  const [failure] = failures;
  if (failure !== undefined) throw failure;
}

async function verify({ repository }: PushedImage): Promise<void> {
  const request = place.verification([verifiableImage(`${repository}:v1`, own(), files)]);
  const [outcome] = artifactOutcomes(await verifyRun(request, place.world()));
  if (outcome?.failure !== undefined) throw outcome.failure;
}

/** `good`, or the code with which it failed. */
async function outcomeOf(done: Promise<unknown>): Promise<string> {
  try {
    await done;
    return 'good';
  } catch (error) {
    if (error instanceof CountersignError) {
      return error.code;
    }
    throw error;
  }
}

const lies: readonly MisbehaviourName[] = [
  ...registryLieNames,
  ...(Object.keys(transportFaults) as TransportFault[])
    .filter((name) => !['500', '502', '504'].includes(name))
    .map((name) => `registry:${name}` as const),
];

const page = await readFile(fileURLToPath(new URL('../../../docs/sandbox.md', import.meta.url)), 'utf8');

test.each(lies)('%s', async (lie) => {
  impatient = false;
  const [looked, attached, verified] = [await image(), await image(), await image()];
  await attach(await sign(verified));
  // What could be signed is attached; else what was signed before.
  let signed = await sign(attached);
  expect(signed.unsigned).toEqual([]);
  impatient = lie.endsWith(':stalled') || lie.endsWith(':trickling');
  place.sandbox.misbehave(lie);
  const looking = async (): Promise<void> => {
    signed = await sign(looked);
  };
  const outcomes = [await outcomeOf(looking()), await outcomeOf(attach(signed)), await outcomeOf(verify(verified))];
  const [, name = ''] = lie.split(':');
  const row = `| \`${name}\` | ${outcomes.map((one) => (one === 'good' ? 'succeeds' : `\`${one}\``)).join(' | ')} |`;
  expect(page.split('\n').find((line) => line.startsWith(`| \`${name}\` | `))).toBe(row);
});
