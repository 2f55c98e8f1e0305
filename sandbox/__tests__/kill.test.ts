/**
 * The sandbox is killed many times while it is being written to, and each time started again. Everything it acknowledged is there, once,
 * and every tree head it ever signed is a prefix of the one it has.
 */

import { createPublicKey, type KeyObject, randomInt, verify, X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { amount } from '../../__tests__/kit/thorough.ts';
import { LogStore } from '../log/index.ts';
import { DiskStorage } from '../storage/index.ts';
import { claimsOf, type Key, naiveRoot, newKey, provesConsistency, rootOfProof, sha256, spki } from './client.ts';
import {
  type Call,
  Ended,
  type Happening,
  type HttpAnswer,
  KilledSandbox,
  type KillPlan,
  randomNumbers,
  stackOf,
} from './killed-sandbox.ts';

const rounds = amount(100, 15);
const seed = Number(process.env.COUNTERSIGN_KILL_SEED ?? randomInt(2 ** 32));
const random = randomNumbers(seed);
const upTo = (most: number): number => Math.floor(random() * (most + 1));
const pick = <T>(from: readonly [T, ...T[]]): T => from[upTo(from.length - 1)] ?? from[0];

/** One of a row of ports that are not handed out to whoever asks for any, so that nobody has them between two starts. */
let port = 10_000 + 10 * upTo(2000);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-kill-'));
});
afterAll(() => rm(folder, { recursive: true }));

const json = (value: unknown): Call => ({
  method: 'POST',
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const leafHashOf = (body: Uint8Array): Buffer => sha256(new Uint8Array([0]), body);

interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
}

/** The tree head of a checkpoint, whose first signature is by this key (Ed25519) or by a key of ECDSA. */
function readCheckpoint(checkpoint: string, key: KeyObject): TreeHead {
  const [text = '', line = ''] = checkpoint.split('\n\n');
  const signature = fromBase64(/^— \S+ (\S+)\n/.exec(line)?.[1] ?? '').subarray(4);
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  expect(verify(hash, Buffer.from(`${text}\n`), key, signature)).toBe(true);
  const [, size, root = ''] = text.split('\n');
  return { size: Number(size), root: fromBase64(root) };
}

/** A tree of what was read so far, and its root at every size that it had. */
class ReadTree {
  readonly leaves: Buffer[] = [];
  readonly roots: Buffer[] = [naiveRoot([])];
  #perfect: { readonly level: number; readonly hash: Buffer }[] = [];

  append(leaf: Buffer): void {
    this.leaves.push(leaf);
    let subtree = { level: 0, hash: leafHashOf(leaf) };
    for (let last = this.#perfect.at(-1); last?.level === subtree.level; last = this.#perfect.at(-1)) {
      this.#perfect.pop();
      subtree = { level: subtree.level + 1, hash: sha256(new Uint8Array([1]), last.hash, subtree.hash) };
    }
    this.#perfect.push(subtree);
    const root = this.#perfect.reduceRight<Buffer | undefined>(
      (right, { hash }) => (right === undefined ? hash : sha256(new Uint8Array([1]), hash, right)),
      undefined,
    );
    this.roots.push(root ?? leaf);
  }
}

/** A submission to either Rekor. Its signature identifies the entry. */
interface Submission {
  readonly log: 'v1' | 'v2';
  readonly signature: string;
  readonly call: Call;
}

interface Acknowledged extends Submission {
  readonly index: number;
  readonly body: Buffer;
  /** Of Rekor v1. */
  readonly uuid: string;
}

/** Everything that the sandbox has told, in all of its lives. */
class Witness {
  readonly key: Key = newKey();
  readonly tree = new ReadTree();
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Those of the last life first. */
  recent: Acknowledged[] = [];
  readonly v1Heads = new Map<number, Buffer>();
  readonly certificates: X509Certificate[] = [];
  readonly unanswered: Submission[] = [];
  v2Key: KeyObject = this.key.publicKey;
  v1Key: KeyObject = this.key.publicKey;
  trust = '';
  #count = 0;

  submission(log: Submission['log']): Submission {
    const message = Buffer.from(`artifact ${this.#count++}`);
    const [signature, digest] = [base64(this.key.sign(message)), sha256(message)];
    const verifier = { publicKey: { rawBytes: base64(spki(this.key)) }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
    const pem = String(this.key.publicKey.export({ type: 'spki', format: 'pem' }));
    const call =
      log === 'v2'
        ? json({ hashedRekordRequestV002: { digest: base64(digest), signature: { content: signature, verifier } } })
        : json({
            apiVersion: '0.0.1',
            kind: 'hashedrekord',
            spec: {
              data: { hash: { algorithm: 'sha256', value: digest.toString('hex') } },
              signature: { content: signature, publicKey: { content: base64(pem) } },
            },
          });
    return { log, signature, call };
  }

  /** Takes an entry that it was given, with all that was said about it. */
  takeV2(submission: Submission, answer: HttpAnswer): void {
    const { inclusionProof, canonicalizedBody, logIndex } = JSON.parse(String(answer.body));
    const body = fromBase64(canonicalizedBody);
    const head = readCheckpoint(inclusionProof.checkpoint.envelope, this.v2Key);
    const path = inclusionProof.hashes.map(fromBase64);
    expect(rootOfProof(Number(logIndex), head.size, body, path)).toEqual(head.root);
    this.v2Heads.push(head);
    this.#take({ ...submission, index: Number(logIndex), body, uuid: '' });
  }
  readonly v2Heads: TreeHead[] = [];

  takeV1(submission: Submission, answer: HttpAnswer): void {
    const [[uuid = '', entry] = []] = Object.entries<V1Entry>(JSON.parse(String(answer.body)));
    if (entry === undefined) throw new Error('no entry');
    const body = this.checkV1(entry);
    this.#take({ ...submission, index: entry.logIndex, body, uuid });
  }

  /** An entry as Rekor v1 shows it at any time, with a proof of that time. */
  checkV1(entry: V1Entry): Buffer {
    const { inclusionProof: proof } = entry.verification;
    const body = fromBase64(entry.body);
    const head = readCheckpoint(proof.checkpoint, this.v1Key);
    expect(rootOfProof(proof.logIndex, head.size, body, proof.hashes.map(hex))).toEqual(head.root);
    this.seeV1(head);
    return body;
  }

  seeV1({ size, root }: TreeHead): void {
    expect(this.v1Heads.get(size) ?? root).toEqual(root);
    this.v1Heads.set(size, root);
  }

  #take(entry: Acknowledged): void {
    const { spec } = JSON.parse(String(entry.body));
    expect((spec.hashedRekordV002 ?? spec).signature.content).toBe(entry.signature);
    this.acknowledged.set(entry.signature, entry);
    this.recent.push(entry);
  }
}

interface V1Entry {
  readonly body: string;
  readonly logIndex: number;
  readonly verification: {
    readonly inclusionProof: {
      readonly checkpoint: string;
      readonly hashes: readonly string[];
      readonly logIndex: number;
    };
  };
}

type Stack = Readonly<Record<string, string>>;

/** Writes to every log at once until all is answered, or the sandbox is dead. */
async function write(sandbox: KilledSandbox, stack: Stack, token: string, witness: Witness): Promise<void> {
  const work = Array.from({ length: 8 + upTo(8) }, () => {
    switch (upTo(4)) {
      case 0:
        return certify(sandbox, stack, token, witness);
      case 1:
      case 2:
        return submit(sandbox, stack, witness, witness.submission('v1'));
      default:
        return submit(sandbox, stack, witness, witness.submission('v2'));
    }
  });
  await Promise.all(work);
}

const entriesUrl = (stack: Stack, log: Submission['log']): string =>
  log === 'v1' ? `${stack.REKOR1_URL}/api/v1/log/entries` : `${stack.REKOR2_URL}/api/v2/log/entries`;

async function submit(sandbox: KilledSandbox, stack: Stack, witness: Witness, submission: Submission): Promise<void> {
  const answer = await sandbox.ask(entriesUrl(stack, submission.log), submission.call);
  if (answer === undefined) return void witness.unanswered.push(submission);
  expect([answer.status, String(answer.body)]).toEqual([201, expect.anything()]);
  if (submission.log === 'v1') witness.takeV1(submission, answer);
  else witness.takeV2(submission, answer);
}

async function jobToken(sandbox: KilledSandbox, stack: Stack): Promise<string> {
  const headers = { authorization: `Bearer ${stack.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` };
  const { body } = await demand(sandbox, 200, `${stack.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sigstore`, { headers });
  return JSON.parse(String(body)).value;
}

async function certify(sandbox: KilledSandbox, stack: Stack, token: string, witness: Witness): Promise<void> {
  const key = newKey();
  const proof = base64(key.sign(Buffer.from(claimsOf(token).sub ?? '')));
  const content = key.publicKey.export({ type: 'spki', format: 'pem' });
  const publicKeyRequest = { publicKey: { algorithm: 'ECDSA', content }, proofOfPossession: proof };
  const request = json({ credentials: { oidcIdentityToken: token }, publicKeyRequest });
  const answer = await sandbox.ask(`${stack.FULCIO_URL}/api/v2/signingCert`, request);
  if (answer === undefined) return;
  expect([answer.status, String(answer.body)]).toEqual([200, expect.anything()]);
  const [leaf] = JSON.parse(String(answer.body)).signedCertificateEmbeddedSct.chain.certificates;
  witness.certificates.push(new X509Certificate(leaf));
}

/** Returns the answer to a request, which must have this status. */
async function demand(sandbox: KilledSandbox, status: number, url: string, call?: Call): Promise<HttpAnswer> {
  const answer = await sandbox.ask(url, call);
  if (answer === undefined) throw new Error(`no answer from ${url}`);
  expect([url, answer.status, String(answer.body)]).toEqual([url, status, expect.anything()]);
  return answer;
}

/** Checks that nothing is lost or repeated, and that every tree head was right. */
async function check(
  sandbox: KilledSandbox,
  stack: Stack,
  state: string,
  witness: Witness,
  all: boolean,
): Promise<void> {
  const trust = await readFile(join(state, 'trust', 'trusted_root.json'), 'utf8');
  if (witness.trust === '') readTrust(witness, trust, stack);
  expect(trust).toBe(witness.trust);
  const recent = witness.recent;
  witness.recent = [];
  await checkV2(sandbox, stack, witness, recent);
  const entries = all ? [...witness.acknowledged.values()] : recent;
  const ofV1 = entries.filter(({ log }) => log === 'v1');
  await checkV1(sandbox, stack, witness, ofV1, all);
  await checkCertificates(sandbox, stack, witness);
  // What got no answer is there or it is not; asked again, it is, once. What got one is refused, with its place.
  for (const submission of witness.unanswered.splice(0)) await submitAgain(sandbox, stack, witness, submission);
  for (const entry of all ? entries : entries.slice(0, 2)) await submitAgain(sandbox, stack, witness, entry);
}

function readTrust(witness: Witness, trust: string, stack: Stack): void {
  witness.trust = trust;
  const keyOf = (url: string | undefined): KeyObject => {
    const { publicKey } = JSON.parse(trust).tlogs.find(({ baseUrl }: { readonly baseUrl: string }) => baseUrl === url);
    return createPublicKey({ key: fromBase64(publicKey.rawBytes), format: 'der', type: 'spki' });
  };
  witness.v1Key = keyOf(stack.REKOR1_URL);
  witness.v2Key = keyOf(stack.REKOR2_URL);
}

/** Reads the entries that are new, and holds every checkpoint to the tree of all. */
async function checkV2(
  sandbox: KilledSandbox,
  stack: Stack,
  witness: Witness,
  entries: readonly Acknowledged[],
): Promise<void> {
  const { body } = await demand(sandbox, 200, `${stack.REKOR2_URL}/api/v2/checkpoint`);
  const head = readCheckpoint(String(body), witness.v2Key);
  const { tree } = witness;
  expect(head.size).toBeGreaterThanOrEqual(tree.leaves.length);
  while (tree.leaves.length < head.size) {
    const start = tree.leaves.length - (tree.leaves.length % 256);
    const bundle = await entryBundle(sandbox, stack, start, Math.min(256, head.size - start));
    for (const leaf of bundle.slice(tree.leaves.length - start)) tree.append(leaf);
  }
  for (const { size, root } of [...witness.v2Heads, head]) expect([size, tree.roots[size]]).toEqual([size, root]);
  for (const { log, index, body: told } of entries) if (log === 'v2') expect(tree.leaves[index]).toEqual(told);
}

async function entryBundle(
  sandbox: KilledSandbox,
  stack: Stack,
  start: number,
  width: number,
): Promise<readonly Buffer[]> {
  const name = String(start / 256).padStart(3, '0') + (width === 256 ? '' : `.p/${width}`);
  const { body } = await demand(sandbox, 200, `${stack.REKOR2_URL}/api/v2/tile/entries/${name}`);
  const entries: Buffer[] = [];
  for (let at = 0; at < body.length; at += 2 + body.readUInt16BE(at)) {
    entries.push(body.subarray(at + 2, at + 2 + body.readUInt16BE(at)));
  }
  expect(entries).toHaveLength(width);
  return entries;
}

/** Looks up entries by their UUIDs, and has it proved that the log has only grown since every head, or since those that are new. */
async function checkV1(
  sandbox: KilledSandbox,
  stack: Stack,
  witness: Witness,
  entries: readonly Acknowledged[],
  all: boolean,
): Promise<void> {
  const before = new Map(witness.v1Heads);
  for (const { uuid, index, body } of entries) {
    const answer = await demand(sandbox, 200, `${entriesUrl(stack, 'v1')}/${uuid}`);
    const found = JSON.parse(String(answer.body));
    expect(Object.keys(found)).toEqual([uuid]);
    expect([found[uuid].logIndex, witness.checkV1(found[uuid])]).toEqual([index, body]);
  }
  const state = JSON.parse(String((await demand(sandbox, 200, `${stack.REKOR1_URL}/api/v1/log`)).body));
  const head = readCheckpoint(state.signedTreeHead, witness.v1Key);
  witness.seeV1(head);
  expect([state.treeSize, state.rootHash]).toEqual([head.size, head.root.toString('hex')]);
  for (const [size, root] of all ? witness.v1Heads : [...before].slice(-20)) {
    const query = `firstSize=${size}&lastSize=${head.size}&treeID=${state.treeID}`;
    const { hashes } = JSON.parse(
      String((await demand(sandbox, 200, `${stack.REKOR1_URL}/api/v1/log/proof?${query}`)).body),
    );
    expect([size, provesConsistency([size, root], [head.size, head.root], hashes.map(hex))]).toEqual([size, true]);
  }
}

/** Reads the log of certificates by its API: its root is that of its entries, and each certificate that was given is in one of them. */
async function checkCertificates(sandbox: KilledSandbox, stack: Stack, { certificates }: Witness): Promise<void> {
  const ask = async (path: string) =>
    JSON.parse(String((await demand(sandbox, 200, `${stack.CT_URL}/ct/v1/${path}`)).body));
  const head = await ask('get-sth');
  const inputs: Buffer[] = [];
  while (inputs.length < head.tree_size) {
    const { entries } = await ask(`get-entries?start=${inputs.length}&end=${head.tree_size - 1}`);
    inputs.push(...entries.map((entry: { leaf_input: string }) => Buffer.from(entry.leaf_input, 'base64')));
  }
  expect(head.sha256_root_hash).toBe(naiveRoot(inputs).toString('base64'));
  for (const { publicKey, serialNumber } of certificates) {
    const key = publicKey.export({ type: 'spki', format: 'der' });
    const holding = inputs.filter((input) => input.includes(key));
    expect(holding.map((input) => input.includes(hex(serialNumber)))).toEqual([true]);
  }
}

async function submitAgain(
  sandbox: KilledSandbox,
  stack: Stack,
  witness: Witness,
  submission: Submission,
): Promise<void> {
  const known = witness.acknowledged.get(submission.signature);
  const answer = await sandbox.ask(entriesUrl(stack, submission.log), submission.call);
  if (answer?.status === 201 && known === undefined) {
    if (submission.log === 'v1') witness.takeV1(submission, answer);
    else witness.takeV2(submission, answer);
    return;
  }
  expect([answer?.status, String(answer?.body)]).toEqual([
    409,
    expect.stringContaining('an equivalent entry already exists'),
  ]);
  if (submission.log === 'v2') {
    const index = Number(answer?.headers['x-log-index']);
    const body = witness.tree.leaves[index] ?? Buffer.alloc(0);
    expect(JSON.parse(String(body)).spec.hashedRekordV002.signature.content).toBe(submission.signature);
    expect(index).toBe(known?.index ?? index);
    witness.acknowledged.set(submission.signature, { ...submission, index, body, uuid: '' });
  } else {
    const location = answer?.headers.location ?? '';
    const found = await demand(sandbox, 200, stack.REKOR1_URL + location);
    const [uuid = ''] = Object.keys(JSON.parse(String(found.body)));
    expect([location, uuid]).toEqual([`/api/v1/log/entries/${uuid}`, known?.uuid ?? uuid]);
    witness.takeV1(submission, found);
  }
}

/** Returns a random moment at which to kill it. */
function killPlan(): KillPlan {
  const when = pick<Happening>(['file', 'sent', 'begun', 'begun', 'answered', 'answered', 'answered']);
  return { when, times: 1 + upTo(when === 'file' ? 12 : 14) };
}

test(`killed ${rounds} times, it has lost nothing that it acknowledged, and broken no proof`, async () => {
  process.stdout.write(`kill test: COUNTERSIGN_KILL_SEED=${seed}\n`);
  const state = join(folder, 'state');
  const witness = new Witness();
  await firstStart(state);
  const plans = Array.from({ length: rounds }, killPlan);
  let livesOfWriting = 0;
  for (const plan of plans) {
    const sandbox = new KilledSandbox(state, port);
    try {
      if (plan.when === 'file') sandbox.killWhen(plan, join(state, 'tuf'));
      if (!(await sandbox.ready()) || plan.when === 'file') continue;
      const stack = await stackOf(state);
      await check(sandbox, stack, state, witness, false);
      const token = await jobToken(sandbox, stack);
      sandbox.killWhen(plan);
      await write(sandbox, stack, token, witness);
      livesOfWriting += 1;
    } finally {
      await sandbox.end();
    }
  }
  // What the last life left unanswered is asked again in the first look, and read in the second.
  await look(state, witness, false);
  await look(state, witness, true);
  // Only a plan that kills at the writing of a file ends a life before it was written to.
  expect(livesOfWriting).toBe(plans.filter(({ when }) => when !== 'file').length);
  demandOnePlaceEach(witness);
  demandWhole(state, witness);
});

test('killed at any moment of its first start, it starts', async () => {
  for (let times = 1; times <= 8; times += amount(1, 3)) {
    const state = join(folder, `first-${times}`);
    await mkdir(state);
    const sandbox = new KilledSandbox(state, port);
    sandbox.killWhen({ when: 'file', times }, state);
    await sandbox.ready();
    await sandbox.end();
    const witness = new Witness();
    await look(state, witness, false);
    await look(state, witness, true);
  }
});

/** Starts it for the first time, at ports that are free. */
async function firstStart(state: string): Promise<void> {
  const sandbox = new KilledSandbox(state, port);
  const ready = await sandbox.ready();
  const error = await sandbox.end().catch((cause: unknown) => cause);
  if (ready) return;
  expect(error).toEqual(
    expect.objectContaining({ name: Ended.name, message: expect.stringMatching(/port \d+ is already in use/) }),
  );
  port += 10;
  await firstStart(state);
}

/** Starts it, checks everything, or what is new, and kills it. */
async function look(state: string, witness: Witness, all: boolean): Promise<void> {
  const sandbox = new KilledSandbox(state, port);
  try {
    expect(await sandbox.ready()).toBe(true);
    await check(sandbox, await stackOf(state), state, witness, all);
  } finally {
    await sandbox.end();
  }
}

function demandOnePlaceEach({ acknowledged, certificates, tree }: Witness): void {
  for (const log of ['v1', 'v2'] as const) {
    const places = [...acknowledged.values()].filter((entry) => entry.log === log).map(({ index }) => index);
    expect(places.length).toBeGreaterThan(rounds);
    expect(new Set(places).size).toBe(places.length);
  }
  expect(certificates.length).toBeGreaterThan(rounds / 2);
  for (const { log, index, body } of acknowledged.values()) if (log === 'v2') expect(tree.leaves[index]).toEqual(body);
  const hashes = new Set(tree.leaves.map((leaf) => leafHashOf(leaf).toString('hex')));
  expect(hashes.size).toBe(tree.leaves.length);
}

/** The files that are left make a tree of exactly the entries that are in them. */
function demandWhole(state: string, { tree }: Witness): void {
  using storage = new DiskStorage(join(state, 'logs'));
  const store = new LogStore(storage.folder('rekor-v2-shard-2'));
  const entries = store.entries(0, store.size);
  expect(Buffer.from(store.tree.root())).toEqual(naiveRoot(entries));
  expect(entries.map((entry) => Buffer.from(entry))).toEqual(tree.leaves);
}
