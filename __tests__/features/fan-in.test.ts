/**
 * The legs of a matrix hand their digests over, and one job signs them (FEATURES.md, B9): five legs with a thousand files each. Every one of
 * the 5,000 files is then verified alone, by the library.
 */

import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import {
  type Artifact,
  artifactOfBytes,
  type Examination,
  exactIdentity,
  exactly,
  examiner,
  readBundle,
  verify,
} from '../../src/core/verify/index.ts';
import { uploadLegDigests } from '../../src/deliver/index.ts';
import { collectedSubjects, collectLeg, type SigningResult, signRun } from '../../src/run/sign/index.ts';
import { verifyRun } from '../../src/run/verify/index.ts';
import { Workplace } from '../run/workplace.ts';

const legs = ['linux-x64', 'linux-arm64', 'mac', 'windows', 'wasm'];
const filesOfLeg = 1000;
const job = { repository: exampleJob.repository, runId: exampleJob.run_id, attempt: 1 };

const variables = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL'];
const environment = new Map(variables.map((name) => [name, process.env[name]]));

let place: Workplace;
let temporaryDirectory = '';
let receipt: SigningResult;
/** The statements, by the paths of their bundles. */
const bundles = new Map<string, ReturnType<typeof readBundle>>();

/** The workspace of a leg, on a runner of its own. */
const workspaceOf = (leg: string): string => join(temporaryDirectory, leg);
const nameOf = (leg: string, index: number): string => `dist/${leg}/part-${index}.bin`;
const contentOf = (name: string): string => `contents of ${name}\n`;

async function handOver(leg: string): Promise<string> {
  const workspace = workspaceOf(leg);
  await mkdir(join(workspace, 'dist', leg), { recursive: true });
  for (let index = 0; index < filesOfLeg; index++) {
    const name = nameOf(leg, index);
    await writeFile(join(workspace, name), contentOf(name));
  }
  const request = { files: ['dist/**'], checksums: [], digests: [] };
  const places = { workspace, bundleDirectory: undefined };
  const digests = await collectLeg(
    { subjects: request, places, images: [], from: { ...job, job: 'build', leg } },
    place.world(),
  );
  const { id, digest } = await uploadLegDigests(digests, { files, temporaryDirectory });
  return `${id}@${digest}`;
}

beforeAll(async () => {
  // GitHub's client tells the runner about each of its steps.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  place = await Workplace.open();
  temporaryDirectory = await mkdtemp(join(tmpdir(), 'countersign-fan-in-'));
  const { artifactService } = place.sandbox;
  process.env.ACTIONS_RUNTIME_TOKEN = artifactService.job.token;
  process.env.ACTIONS_RESULTS_URL = artifactService.resultsUrl;
  process.env.GITHUB_SERVER_URL = 'https://github.com';
  const collected: string[] = [];
  for (const leg of legs) collected.push(await handOver(leg));
  const request = { collected, count: legs.length, run: job };
  const { found } = await collectedSubjects(request, { files, temporaryDirectory });
  const world = place.world();
  receipt = await signRun(place.request({ subjects: { found }, format: 'attestation' }, world), world);
  for (const { bundlePath } of receipt.signed)
    if (!bundles.has(bundlePath)) bundles.set(bundlePath, readBundle(await readFile(bundlePath)));
});
afterAll(async () => {
  jest.restoreAllMocks();
  for (const [name, value] of environment) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await place[Symbol.asyncDispose]();
  await rm(temporaryDirectory, { recursive: true });
});

const policy = () =>
  exactIdentity(`https://github.com/${exampleJob.job_workflow_ref}`, place.sandbox.urls.jobIssuer, {
    sandbox: 'accept',
  });

/** Returns a function that examines an artifact with a bundle, or with each, and returns the paths of those that accept it. */
function examineAll(): (artifact: Artifact, only?: string) => Promise<readonly string[]> {
  const { trust } = place.instance;
  const all = [...bundles].map(([path, bundle]) => [path, examiner(bundle, trust, policy(), place.clock())] as const);
  return async (artifact, only) => {
    const accepting: string[] = [];
    for (const [path, examine] of all) {
      if (only !== undefined && path !== only) continue;
      const { failure }: Examination = await examine(artifact);
      if (failure === undefined) accepting.push(path);
      else expect(failure.code).toBe('ARTIFACT_MISMATCH');
    }
    return accepting;
  };
}

const readPart = async (leg: string, index: number): Promise<Artifact> =>
  artifactOfBytes(await readFile(join(workspaceOf(leg), nameOf(leg, index))));

test('5,000 files of five legs are five statements, by one certificate and five log entries', () => {
  expect([receipt.signed.length, receipt.unsigned]).toEqual([5000, []]);
  const counts = [...bundles.keys()].map(
    (path) => receipt.signed.filter(({ bundlePath }) => bundlePath === path).length,
  );
  expect(counts).toEqual([1024, 1024, 1024, 1024, 904]);
  expect(place.count('fulcio')).toBe(1);
  const entries = receipt.signed.flatMap(({ verdict }) => verdict.logEntries.map(({ logIndex }) => logIndex));
  expect(new Set(entries).size).toBe(5);
  expect(new Set(receipt.signed.map(({ subject }) => subject.name)).size).toBe(5000);
});

test('every one of them verifies alone, by the one bundle that names it, in constant memory', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const bundleOf = new Map(receipt.signed.map(({ subject, bundlePath }) => [subject.name, bundlePath]));
  const examine = examineAll();
  let before = 0;
  for (const leg of legs) {
    for (let index = 0; index < filesOfLeg; index++) {
      const own = bundleOf.get(nameOf(leg, index)) ?? '';
      // One in twenty with the bundles of the others too, which refuse it.
      const only = index % 20 === 0 ? undefined : own;
      expect(await examine(await readPart(leg, index), only)).toEqual([own]);
    }
    // What is kept of the bundles is there after the first thousand.
    if (leg === legs[0]) before = heap();
  }
  expect(heap() - before).toBeLessThan(8 * 1024 * 1024);
});

test('a bundle alone is enough for a stranger: one file of each leg, without anything that was verified before', async () => {
  for (const [at, leg] of legs.entries()) {
    const { bundlePath = '', digest } = receipt.signed.find(({ subject }) => subject.name === nameOf(leg, at)) ?? {};
    const bundle = readBundle(await readFile(bundlePath));
    const verdict = await verify(bundle, await readPart(leg, at), place.instance.trust, policy(), place.clock());
    expect(verdict.content.digest).toEqual(digest);
  }
});

test('a file that changed, and one that no leg had, are refused by every bundle', async () => {
  const examine = examineAll();
  for (const leg of legs) {
    const changed = Buffer.from(contentOf(nameOf(leg, 7)).replace('contents', 'Contents'));
    expect(await examine(artifactOfBytes(changed))).toEqual([]);
  }
  expect(await examine(artifactOfBytes(Buffer.from(contentOf(nameOf('riscv', 0)))))).toEqual([]);
});

test('a file under the name of another leg is refused where the name counts', async () => {
  const [own = '', other = ''] = [nameOf('mac', 1), nameOf('wasm', 1)];
  const { bundlePath = '' } = receipt.signed.find(({ subject }) => subject.name === own) ?? {};
  const path = join(workspaceOf('mac'), own);
  const artifact = { kind: 'file', name: own, path } as const;
  const expecting = (subjectName: string) =>
    place.verification([artifact], { bundles: [bundlePath], content: { subjectName: exactly(subjectName) } });
  const codes = async (name: string) =>
    (await verifyRun(expecting(name), place.world())).results.map(({ failure }) => failure?.code);
  expect(await codes(own)).toEqual([undefined]);
  expect(await codes(other)).toEqual(['SUBJECT_NAME_MISMATCH']);
});

test('the command and the action verify all of them in one run', async () => {
  const artifacts = legs.flatMap((leg) =>
    Array.from({ length: filesOfLeg }, (_, index) => {
      const name = nameOf(leg, index);
      return { kind: 'file', name, path: join(workspaceOf(leg), name) } as const;
    }),
  );
  const { results } = await verifyRun(place.verification(artifacts, { bundles: [...bundles.keys()] }), place.world());
  const verified = results.filter(({ failure }) => failure === undefined);
  expect(verified).toHaveLength(5000);
  const digests = new Map(receipt.signed.map(({ subject, digest }) => [subject.name, formatDigest(digest)]));
  for (const { artifact, digest } of verified) expect(digest).toBe(digests.get(artifact));
});
