/**
 * A witness over HTTP (C2SP tlog-witness): it cosigns checkpoints of the logs that it knows, each of which must extend the one before, and
 * shows the latest one to monitors. What it has seen is in memory only.
 */

import { createPublicKey, verify } from 'node:crypto';
import { decodeBase64, decodeUtf8, encodeHex, equalBytes, utf8 } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type HttpResponse, Refusal, type Route } from '../http/index.ts';
import { type NoteSigner, readCheckpointText, readNote, signatureLine } from '../log/index.ts';
import { isConsistent, type TreeState } from '../merkle/index.ts';
import { hashOf, type SigningKey } from '../pki/index.ts';

/** A log that a witness knows. */
export interface FollowedLog {
  readonly origin: string;
  readonly signer: Pick<NoteSigner<SigningKey>, 'name' | 'keyHash' | 'key'>;
  /** Returns the log as it is, for a witness that has seen it at a size. Without it, the witness sees only what is submitted. */
  readonly observe?: (size: number) => Observation;
}

/** A checkpoint, and the proof that it extends an earlier one. */
export interface Observation {
  readonly checkpoint: string;
  readonly proof: readonly Uint8Array[];
}

/** The state of a log that the witness cosigned last, and its checkpoint with the signature of the log and the cosignatures. */
interface Witnessed extends TreeState {
  readonly note: string;
}

/** The maximum number of hashes in a proof. */
const maxProofLength = 63;

/**
 * @example
 * const service = new WitnessService(() => [witness('witness.test', generateSigningKey('Ed25519'), clock)]);
 * service.follow({ origin: log.origin, signer: log.signer });
 * const lines = service.add(utf8(`old 0\n\n${log.checkpoint()}`));
 */
export class WitnessService {
  readonly #makeSigners: () => readonly NoteSigner[];
  #signers: readonly NoteSigner[] | undefined;
  readonly #logs = new Map<string, FollowedLog>();
  readonly #witnessed = new Map<string, Witnessed>();

  /** @param signers makes the keys of the witness when they are needed: an ML-DSA-44 key takes a while */
  constructor(signers: () => readonly NoteSigner[]) {
    this.#makeSigners = signers;
  }

  /** The keys of the witness, each of which cosigns. */
  get signers(): readonly NoteSigner[] {
    this.#signers ??= this.#makeSigners();
    return this.#signers;
  }

  /** Adds a log. A witness knows a log by its origin: another log of the same origin is replaced, with all that was seen of it. */
  follow(log: FollowedLog): void {
    this.#logs.set(log.origin, log);
    this.#witnessed.delete(log.origin);
  }

  /**
   * Cosigns a submitted checkpoint, and returns the lines of the cosignatures.
   *
   * @throws Refusal 400, 403, 404, 409, 422
   */
  add(request: Uint8Array): string {
    const { oldSize, proof, checkpoint } = readSubmission(request);
    return this.#cosign(oldSize, proof, checkpoint);
  }

  /** Returns the latest checkpoint of a log by the SHA-256 of its origin, in hexadecimal. */
  latest(originHash: string): string | undefined {
    const log = [...this.#logs.values()].find(({ origin }) => encodeHex(hashOf('sha256', utf8(origin))) === originHash);
    if (log === undefined) return undefined;
    const { size = 0 } = this.#witnessed.get(log.origin) ?? {};
    const observed = log.observe?.(size);
    if (observed !== undefined) this.#cosign(size, observed.proof, observed.checkpoint);
    return this.#witnessed.get(log.origin)?.note;
  }

  /** @param path the submission prefix, which is the monitoring prefix too */
  routes(path: string): readonly Route[] {
    return [
      {
        method: 'POST',
        path: `${path}/add-checkpoint`,
        handle: ({ body }) => plain(200, this.add(body)),
      },
      {
        method: 'GET',
        path: `${path}/*`,
        handle: ({ url }) => {
          const [, originHash = ''] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(url.pathname.slice(path.length)) ?? [];
          return plain(200, this.latest(originHash) ?? refuse(404, 'no checkpoint of this log'));
        },
      },
    ];
  }

  #cosign(oldSize: number, proof: readonly Uint8Array[], checkpoint: string): string {
    const { text, lines } = understood(() => readNote(checkpoint));
    const { origin, size, root } = understood(() => readCheckpointText(utf8(text)));
    const log = this.#logs.get(origin) ?? refuse(404, 'unknown log');
    const own = lines.filter(({ name, keyId }) => name === log.signer.name && isStart(keyId, log.signer.keyHash));
    if (own.length === 0) refuse(403, 'the checkpoint is not signed by the log');
    if (!own.every(({ signature }) => isSigned(log.signer.key, text, signature)))
      refuse(403, 'the signature of the log is invalid');
    if (oldSize > size) refuse(400, 'the old size is larger than that of the checkpoint');
    const known = this.#witnessed.get(origin) ?? { size: 0, root: emptyRoot };
    if (oldSize !== known.size) refuse(409, `${known.size}`, 'text/x.tlog.size');
    if (size === 0 && !equalBytes(root, emptyRoot)) refuse(422, 'the root is not that of an empty tree');
    if (!isConsistent(known, { size, root }, proof)) refuse(422, 'the consistency proof is invalid');
    const cosignatures = this.signers.map((one) => signatureLine(one, one.sign(utf8(text)))).join('');
    const signatures = own.map(({ name, signature }) =>
      signatureLine({ name, keyHash: log.signer.keyHash }, signature),
    );
    this.#witnessed.set(origin, { size, root, note: `${text}\n${signatures.join('')}${cosignatures}` });
    return cosignatures;
  }
}

const emptyRoot = hashOf('sha256');

/** Reads the body of add-checkpoint: the old size, the proof, an empty line, and the checkpoint. */
function readSubmission(body: Uint8Array) {
  const text = decodeUtf8(body) ?? refuse(400, 'the request is not UTF-8');
  const end = text.indexOf('\n\n');
  const [old = '', ...hashes] = text.slice(0, end).split('\n');
  const [, oldSize] = /^old (0|[1-9]\d{0,14})$/.exec(old) ?? [];
  if (end < 0 || oldSize === undefined) refuse(400, 'the request does not begin with the old size');
  if (hashes.length > maxProofLength) refuse(400, `the proof has more than ${maxProofLength} hashes`);
  const proof = understood(() => hashes.map(decodeBase64));
  if (proof.some((hash) => hash.length !== emptyRoot.length)) refuse(400, 'a hash of the proof has another length');
  return { oldSize: Number(oldSize), proof, checkpoint: text.slice(end + 2) };
}

function isStart(start: Uint8Array, bytes: Uint8Array): boolean {
  return equalBytes(start, bytes.subarray(0, start.length));
}

function isSigned({ kind, publicKey }: SigningKey, text: string, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  return verify(kind === 'Ed25519' ? null : 'sha256', utf8(text), key, signature);
}

/** Reads a part of a request, and refuses one that cannot be read. */
function understood<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof CountersignError) refuse(400, error.message);
    throw error;
  }
}

function plain(status: number, text: string, contentType = 'text/plain; charset=utf-8'): HttpResponse {
  return { status, headers: { 'content-type': contentType }, body: utf8(text) };
}

function refuse(status: number, reason: string, contentType?: string): never {
  throw new Refusal(reason, plain(status, `${reason}\n`, contentType));
}
