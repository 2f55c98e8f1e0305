/** Signs for a program: one identity, one certificate, any number of signatures. */

import { basename, resolve } from 'node:path';
import { type Digest, parseDigest, toDigest } from '../core/crypto/index.ts';
import { fail, reading } from '../core/errors/index.ts';
import { artifactOfDigest, type Bundle, readBundle, type Verdict } from '../core/verify/index.ts';
import {
  cachedTokens,
  findTokens,
  type IdentityToken,
  inCi,
  type ProviderName,
  readIdentityToken,
  type TokenSource,
} from '../identity/index.ts';
import { programsOf } from '../node/index.ts';
import {
  holdsStatement,
  type MadeBundle,
  makeAttestation,
  makeBundle,
  type OneClaim,
  openSigning,
  type Signing,
  statementAbout,
} from '../run/sign/index.ts';
import type { World } from '../run/world/index.ts';
import { imageSignature } from '../sign/predicates/index.ts';
import { digestToSign, formatImage, type LocalSubject, withBytesOf } from '../subject/index.ts';
import { resolveSubject } from './images.ts';
import { signingInstance } from './instance.ts';
import type { ImageOptions, InstanceOptions } from './options.ts';
import { inWords, openWorld } from './world.ts';

/** The options of signing. */
export interface SignOptions extends InstanceOptions {
  /**
   * The identity token: its text, or a function that requests one each time that the last one is about to expire. By default, the token of the
   * CI job, which is found as `countersign sign` finds it.
   */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** The provider of the token, where the environment has several. */
  readonly identityProvider?: ProviderName | undefined;
  /** True to sign in a CI job that outsiders can start or change. */
  readonly allowDangerousTriggers?: boolean | undefined;
  /** True to publish the details of a private repository permanently in a public log. */
  readonly allowPublicLog?: boolean | undefined;
}

/** A signature: a bundle that has been verified. */
export interface Signed {
  /** The bundle, as `verify` of `countersign/verify` takes it. */
  readonly bundle: Bundle;
  /** The bundle as files have it: one line of JSON. */
  readonly text: string;
  /** What its verification proved: the signer, the times, the log entries and the content. */
  readonly verdict: Verdict;
}

/** The signature of an image. */
export interface SignedImage extends Signed {
  /** The image that was signed: `registry/name@sha256:…`. */
  readonly image: string;
}

/** A subject of a statement: the path of a file, or a name and the digest (`sha256:…`) of anything else, such as an image. */
export type AttestedSubject = string | { readonly name: string; readonly digest: string };

/** A document to attest. */
export interface Claim {
  /** A URI, or a word such as `spdx`, `cyclonedx`, `vuln` or `openvex`. */
  readonly predicateType: string;
  /** The document: an object, or its text. */
  readonly predicate: string | { readonly [member: string]: unknown };
  /** True to sign a document that contains something like a secret. */
  readonly allowSecrets?: boolean | undefined;
}

/** A signing session. Close it, or declare it with `await using`: this overwrites the private key and drops the identity token. */
export interface Session extends AsyncDisposable {
  /** The identity that signs, as the certificate names it. */
  readonly identity: string;
  /** The issuer that authenticated it, as the certificate names it. */
  readonly issuer: string;
  /** Signs a file: {@link signFile}. */
  signFile(path: string): Promise<Signed>;
  /** Signs a SHA-256 digest: {@link signDigest}. */
  signDigest(digest: string | Uint8Array): Promise<Signed>;
  /** Signs an image: {@link signImage}. */
  signImage(name: string, options?: ImageOptions): Promise<SignedImage>;
  /** Signs a statement: {@link attest}. */
  attest(subjects: readonly AttestedSubject[], claim: Claim | 'provenance'): Promise<Signed>;
  /** Waits for the signatures that are under way, and ends the session. */
  close(): Promise<void>;
}

/**
 * Opens a signing session. All its signatures have one certificate, which is replaced only before it expires (after ten minutes). Every
 * bundle is verified before it is returned. Nothing is printed, and only the cache of trusted roots is written.
 *
 * @throws CountersignError `TOKEN_INVALID`, `TOKEN_EXPIRED` or `TOKEN_PERMISSION_MISSING` for the identity token; `TRIGGER_REFUSED` or
 *   `PUBLIC_LOG_REFUSED` for a job that must not sign; `USAGE` for options that contradict each other; `CANCELLED`; those of the instance's
 *   TUF repository
 * @see Sigstore Client Specification, section 3 (Signing)
 *
 * @example
 * const session = await openSession({ token, instance });
 * try {
 *   const signed = await Promise.all(['app.tar.gz', 'app.zip'].map((path) => session.signFile(path)));
 *   signed.length; // → 2
 * } finally {
 *   await session.close();
 * }
 */
export async function openSession(options: SignOptions = {}): Promise<Session> {
  const world = openWorld(options);
  try {
    return new OpenSession(await inWords(world, () => openFor(options, world)), options, world);
  } catch (error) {
    world[Symbol.dispose]();
    throw error;
  }
}

/** Runs a function in a session of its own. */
export async function inSession<Result>(
  options: SignOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  await using session = await openSession(options);
  return await work(session);
}

async function openFor(options: SignOptions, world: World): Promise<Signing> {
  const { environment = process.env, allowDangerousTriggers = false, allowPublicLog = false } = options;
  return openSigning(
    {
      instance: () => signingInstance(options, world),
      logVersion: undefined,
      tokens: await tokensOf(options, world),
      // Outside of CI, a person has started the program; the check is for jobs that a trigger starts.
      allowDangerousTriggers: allowDangerousTriggers || !inCi(environment),
      allowPublicLog,
      places: { workspace: process.cwd(), bundleDirectory: undefined },
    },
    world,
  );
}

async function tokensOf(options: SignOptions, world: World): Promise<TokenSource> {
  const { token, identityProvider: provider, environment = process.env } = options;
  const serverUrl = serverOf(options);
  if (token !== undefined) {
    if (provider !== undefined)
      fail('USAGE', '`identity-provider` and `identity-token` contradict each other', { remedy: 'Omit one of them.' });
    const request = async (): Promise<IdentityToken> =>
      readIdentityToken(typeof token === 'string' ? token : await token(), world.clock(), serverUrl);
    return cachedTokens(request, world.clock);
  }
  const run = programsOf(environment, world.cancellation);
  const found = await findTokens({ file: undefined, provider, environment }, { ...world, run });
  return cachedTokens(async () => found.read(await found.request(), world.clock(), serverUrl), world.clock);
}

/** Returns the server of workflows. */
function serverOf({ environment = process.env }: SignOptions): string {
  return environment.GITHUB_SERVER_URL || 'https://github.com';
}

/** Signs with what was opened, until it is closed. */
class OpenSession implements Session {
  readonly #signing: Signing;
  readonly #options: SignOptions;
  readonly #world: World & Disposable;
  /** The signatures that are under way. */
  readonly #pending = new Set<Promise<unknown>>();
  #isOpen = true;

  constructor(signing: Signing, options: SignOptions, world: World & Disposable) {
    this.#signing = signing;
    this.#options = options;
    this.#world = world;
  }

  get identity(): string {
    return this.#signing.token.certificateIdentity;
  }

  get issuer(): string {
    return this.#signing.token.certificateIssuer;
  }

  signFile(path: string): Promise<Signed> {
    return this.#run(async (_, world) => {
      const file = { kind: 'file', name: path, path: resolve(path) } as const;
      const digest = await digestToSign(world.files, file);
      return this.#sign(digest, (use) => withBytesOf(world.files, file, use));
    });
  }

  signDigest(digest: string | Uint8Array): Promise<Signed> {
    return this.#run(() => this.#sign(readSha256(digest)));
  }

  signImage(name: string, options: ImageOptions = {}): Promise<SignedImage> {
    return this.#run(async (signing, world) => {
      const subject = await resolveSubject(name, { ...this.#options, ...options }, world);
      const statement = statementAbout([{ subject, digest: subject.digest }], imageSignature);
      const made = await makeBundle(
        {
          artifact: artifactOfDigest(subject.digest),
          isSame: holdsStatement(statement),
          sign: () => signing.session.signStatement(statement),
        },
        signing,
        world,
      );
      return { ...signedOf(made), image: formatImage(subject) };
    });
  }

  attest(subjects: readonly AttestedSubject[], claim: Claim | 'provenance'): Promise<Signed> {
    return this.#run(async (signing, world) => {
      const made = await makeAttestation(
        {
          subjects: subjects.map(subjectOf),
          claim: claim === 'provenance' ? claim : textOf(claim),
          serverUrl: serverOf(this.#options),
        },
        signing,
        world,
      );
      return signedOf(made);
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await Promise.allSettled(this.#pending);
    this.#signing[Symbol.dispose]();
    this.#world[Symbol.dispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs a signature, which {@link close} waits for. */
  async #run<Result>(work: (signing: Signing, world: World) => Promise<Result>): Promise<Result> {
    if (!this.#isOpen) fail('KEY_DISPOSED', 'the signing session is closed; open a new one to sign');
    const running = inWords(this.#world, () => work(this.#signing, this.#world));
    this.#pending.add(running);
    try {
      return await running;
    } finally {
      this.#pending.delete(running);
    }
  }

  async #sign(digest: Digest<'sha256'>, withBytes?: Parameters<typeof makeBundle>[0]['withBytes']): Promise<Signed> {
    const { session } = this.#signing;
    const request = {
      artifact: artifactOfDigest(digest),
      withBytes,
      isSame: ({ kind }: Bundle['content']) => kind === 'message-signature',
      sign: () => session.signArtifact(digest),
    };
    return signedOf(await makeBundle(request, this.#signing, this.#world));
  }
}

function signedOf({ text, verdict }: MadeBundle): Signed {
  return { bundle: readBundle(text), text, verdict };
}

function readSha256(given: string | Uint8Array): Digest<'sha256'> {
  return reading('DIGEST_INVALID', 'the digest to sign', () => {
    const { algorithm, bytes } = typeof given === 'string' ? parseDigest(given) : toDigest('sha256', given);
    if (algorithm === 'sha256') return toDigest(algorithm, bytes);
    return fail('DIGEST_UNAVAILABLE', `it is a ${algorithm} digest, and only SHA-256 digests can be signed`, {
      remedy: 'Compute the SHA-256 digest of the artifact.',
    });
  });
}

function subjectOf(subject: AttestedSubject, index: number): LocalSubject {
  if (typeof subject === 'string') return { kind: 'file', name: basename(subject), path: resolve(subject) };
  const { name, digest } = subject;
  const origin = `subject ${index + 1}`;
  return { kind: 'digest', name, digest: reading('DIGEST_INVALID', origin, () => parseDigest(digest)), origin };
}

function textOf({ predicateType, predicate, allowSecrets }: Claim): OneClaim {
  const text = typeof predicate === 'string' ? predicate : JSON.stringify(predicate);
  return { predicateType, predicate: text, allowSecrets };
}
