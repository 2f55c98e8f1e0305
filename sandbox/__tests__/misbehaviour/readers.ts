/** Reads each kind of log over HTTP. */

import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from '../../../src/core/encoding/index.ts';
import type { AnonymousEntry, Sandbox } from '../../index.ts';
import { certificateChain, entryRequest, jobToken, logEntry, newKey, sha256, spki } from '../client.ts';
import { type Acknowledgement, checkCosignatures, leafHash, type Reader, readCheckpoint } from './monitor.ts';

/** A time before the start of any sandbox, in seconds. */
const begin = Math.floor(Date.now() / 1000);

const message = Buffer.from('an artifact');
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** The key and the certificate of a signer, once for all: what is wrong with a log is not about them. */
async function signer(sandbox: Sandbox) {
  const key = newKey();
  const [leaf] = await certificateChain(sandbox, key, await jobToken(sandbox));
  if (leaf === undefined) throw new Error('no leaf');
  return { key, leaf };
}

async function bytes(url: string): Promise<Buffer> {
  const response = await fetch(url);
  return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : Buffer.alloc(0);
}

const hashesOf = (tile: Buffer): readonly Buffer[] =>
  Array.from({ length: tile.length / 32 }, (_, at) => tile.subarray(32 * at, 32 * at + 32));

/** The leaves, as many as are asked for or, if there are not so many, as there are. */
async function asManyAs<T>(count: number, read: (count: number) => Promise<readonly T[]>): Promise<readonly T[]> {
  const all = await read(count);
  return all.length > 0 || count === 0 ? all : asManyAs(count - 1, read);
}

export async function rekorV2(sandbox: Sandbox): Promise<Reader> {
  const { key, leaf } = await signer(sandbox);
  const { transparencyLog: log, urls } = sandbox;
  const name = { origin: log.origin, name: log.origin, publicKey: log.publicKey, keyId: log.logId };
  const witnesses = sandbox.witnesses.map(({ name, key }) => ({ name, publicKey: key.publicKey }));
  const ended = async () => String(await bytes(`${urls.frozenRekor}/api/v2/checkpoint`)).split('\n\n')[0];
  const endedAs = await ended();
  const tile = (path: string, count: number) => bytes(`${urls.rekor}/api/v2/tile/${path}/000.p/${count}`);
  return {
    async head(tell) {
      const note = String(await bytes(`${urls.rekor}/api/v2/checkpoint`));
      if (note === '') {
        tell('no checkpoint');
        return undefined;
      }
      const head = readCheckpoint(note, name, tell);
      checkCosignatures(note, log.origin, witnesses, tell);
      return head;
    },
    leaves: (count) =>
      asManyAs(count, async (width) => {
        const bundle = await tile('entries', width);
        const entries = [];
        for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
          entries.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
        return entries;
      }),
    leafHashes: async (count) => hashesOf(await tile('0', count)),
    ended: async () => (await ended()) === endedAs,
    async submit(tell) {
      const signature = key.sign(message);
      const { json } = await logEntry(sandbox, entryRequest(sha256(message), signature, leaf));
      const answered = base64(json.canonicalizedBody);
      const envelope = json.inclusionProof.checkpoint?.envelope;
      const submitted = Buffer.from(
        `{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"${sha256(message).toString('base64')}"},` +
          `"signature":{"content":"${signature.toString('base64')}","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","x509Certificate":{"rawBytes":"${leaf.raw.toString('base64')}"}}}}}}`,
      );
      if (envelope === undefined) tell('no checkpoint');
      const head = envelope === undefined ? undefined : readCheckpoint(envelope, name, tell);
      const hashes = json.inclusionProof.hashes.map(base64);
      return {
        leaf: submitted,
        answered,
        index: Number(json.logIndex),
        ...(head === undefined ? {} : { proof: { head, hashes } }),
      };
    },
  };
}

export async function rekorV1(sandbox: Sandbox): Promise<Reader> {
  const { key, leaf } = await signer(sandbox);
  const { rekorV1Log, urls } = sandbox;
  const { log, offset } = rekorV1Log.active;
  const name = { origin: log.origin, name: rekorV1Log.host, publicKey: log.publicKey, keyId: log.logId };
  const url = `${urls.rekorV1}/api/v1/log`;
  const json = async (path: string) => JSON.parse(String(await bytes(url + path)) || 'null');
  const entryAt = async (index: number): Promise<[string, AnonymousEntry] | undefined> =>
    Object.entries<AnonymousEntry>((await json(`/entries?logIndex=${offset + index}`)) ?? {})[0];
  const upTo = async <T>(count: number, of: (uuid: string, entry: AnonymousEntry) => T): Promise<readonly T[]> => {
    const all: T[] = [];
    for (let index = 0; index < count; index++) {
      const found = await entryAt(index);
      if (found === undefined) break;
      all.push(of(...found));
    }
    return all;
  };
  const ended = async (): Promise<string> => {
    const [inactive] = (await json('')).inactiveShards;
    return `${inactive.treeID} ${inactive.treeSize} ${inactive.rootHash}`;
  };
  const endedAs = await ended();
  return {
    ended: async () => (await ended()) === endedAs,
    async head(tell) {
      const { rootHash, treeSize, signedTreeHead } = await json('');
      if (signedTreeHead === undefined) {
        tell('no checkpoint');
        return undefined;
      }
      const head = readCheckpoint(signedTreeHead, name, tell);
      if (head.size !== treeSize || !head.root.equals(hex(rootHash))) tell('state is not of the checkpoint');
      return head;
    },
    leaves: (count) => upTo(count, (_, { body }) => base64(body)),
    leafHashes: (count) => upTo(count, (uuid) => hex(uuid.slice(-64))),
    consistency: async (first, second) =>
      (await json(`/proof?firstSize=${first}&lastSize=${second}`))?.hashes.map((hash: string) => hex(hash)),
    async submit(tell) {
      const signature = key.sign(message).toString('base64');
      const publicKey = { content: Buffer.from(leaf.toString()).toString('base64') };
      const hash = { algorithm: 'sha256', value: sha256(message).toString('hex') };
      const proposal = {
        apiVersion: '0.0.1',
        kind: 'hashedrekord',
        spec: { data: { hash }, signature: { content: signature, publicKey } },
      };
      const response = await fetch(`${url}/entries`, { method: 'POST', body: JSON.stringify(proposal) });
      const after = Math.floor(Date.now() / 1000);
      const [entry] = Object.values<AnonymousEntry>(await response.json());
      if (entry === undefined) throw new Error('no entry');
      const { verification, ...promised } = entry;
      const logKey = createPublicKey({ key: Buffer.from(log.publicKey), format: 'der', type: 'spki' });
      const promise = base64(verification.signedEntryTimestamp);
      if (!verify('sha256', Buffer.from(canonicalJson(promised)), logKey, promise)) tell('promise does not verify');
      if (entry.integratedTime < begin || entry.integratedTime > after) tell('time is another');
      const { checkpoint, hashes, logIndex } = verification.inclusionProof;
      if (checkpoint === undefined) tell('no checkpoint');
      const head = checkpoint === undefined ? undefined : readCheckpoint(checkpoint, name, tell);
      return {
        leaf: Buffer.from(canonicalJson(proposal)),
        answered: base64(entry.body),
        index: logIndex,
        ...(head === undefined ? {} : { proof: { head, hashes: hashes.map(hex) } }),
      };
    },
  };
}

export async function certificateLog(sandbox: Sandbox): Promise<Reader> {
  const { certificateLog: log, urls } = sandbox;
  const json = async (path: string) =>
    JSON.parse(String(await bytes(`${urls.certificateLog}/ct/v1/${path}`)) || 'null');
  const logKey = createPublicKey({ key: Buffer.from(log.key.publicKey), format: 'der', type: 'spki' });
  // One certificate at least is there before.
  await signer(sandbox);
  const reader: Reader = {
    async head(tell) {
      const {
        tree_size: size,
        timestamp,
        sha256_root_hash: root,
        tree_head_signature: signature,
      } = await json('get-sth');
      const signed = Buffer.alloc(2 + 8 + 8);
      signed[1] = 1;
      signed.writeBigUInt64BE(BigInt(timestamp), 2);
      signed.writeBigUInt64BE(BigInt(size), 10);
      const text = Buffer.concat([signed, base64(root)]);
      if (!verify('sha256', text, logKey, base64(signature).subarray(4))) tell('signature does not verify');
      return { size, root: base64(root) };
    },
    leaves: async (count) =>
      ((await json(`get-entries?start=0&end=${count - 1}`))?.entries ?? []).map((entry: { leaf_input: string }) =>
        base64(entry.leaf_input),
      ),
    leafHashes: async (count) => hashesOf(await bytes(`${urls.certificateLog}/tile/0/000.p/${count}`)),
    consistency: async (first, second) =>
      (await json(`get-sth-consistency?first=${first}&second=${second}`))?.consistency.map(base64),
    inclusion: async (leaf, size) => {
      const hash = encodeURIComponent(leafHash(leaf).toString('base64'));
      return (await json(`get-proof-by-hash?tree_size=${size}&hash=${hash}`))?.audit_path.map(base64);
    },
    async submit(): Promise<Acknowledgement> {
      const key = newKey();
      const [certificate] = await certificateChain(sandbox, key, await jobToken(sandbox));
      // The SCT says where the entry is (C2SP static-ct-api): an extension of ten bytes, the last five of which are the index.
      const { raw } = certificate ?? { raw: Buffer.alloc(0) };
      const index = raw.readUIntBE(raw.indexOf(Buffer.from('0008000005', 'hex')) + 5, 5);
      const leaves = await reader.leaves(index + 1);
      const leaf = leaves.find((one) => one.includes(spki(key))) ?? Buffer.from('promised, and not kept');
      return { leaf, answered: leaf, index };
    },
  };
  return reader;
}
