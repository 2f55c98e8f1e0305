/** The tokens of jobs for GitHub's results service: `ACTIONS_RUNTIME_TOKEN`. */

import { errors, jwtVerify, SignJWT } from 'jose';
import { encodeHex } from '../../src/core/encoding/index.ts';
import { refuseTwirp } from '../http/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';

/** A job of a run, by the ids of the backend, which differ from those of the web pages. */
export interface BackendJob {
  readonly runId: string;
  readonly jobId: string;
}

export interface RuntimeJob extends BackendJob {
  readonly token: string;
}

const sixHours = 6 * 3600;

export class RuntimeTokens {
  readonly #sources: Sources;
  readonly #key: Uint8Array;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#key = sources.random(32);
  }

  /** Creates a job with its token, by default in a run of its own. */
  async issue(runId: string = this.#uuid(), lifetimeSeconds: number = sixHours): Promise<RuntimeJob> {
    const jobId = this.#uuid();
    const now = this.#sources.clock();
    const token = await new SignJWT({
      scp: `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${runId}:${jobId}`,
      iss: 'countersign-sandbox',
      nbf: Math.floor(now.getTime() / 1000) - 300,
      exp: Math.floor(secondsAfter(now, lifetimeSeconds).getTime() / 1000),
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'HS256' })
      .sign(this.#key);
    return { runId, jobId, token };
  }

  /**
   * Returns the job whose token is in an `Authorization` header.
   *
   * @throws Refusal `unauthenticated`
   */
  async authenticate(authorization: unknown): Promise<BackendJob> {
    const [, token] = /^bearer (\S+)$/i.exec(String(authorization ?? '')) ?? refuseTwirp('unauthenticated', 'no token');
    const { payload } = await jwtVerify(token ?? '', this.#key, {
      algorithms: ['HS256'],
      currentDate: this.#sources.clock(),
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) refuseTwirp('unauthenticated', 'token is not valid');
      throw error;
    });
    const [, runId, jobId] = /(?:^| )Actions\.Results:([^ :]+):([^ :]+)(?: |$)/.exec(String(payload.scp)) ?? [];
    if (runId === undefined || jobId === undefined)
      refuseTwirp('unauthenticated', 'token has no Actions.Results scope');
    return { runId, jobId };
  }

  #uuid(): string {
    return encodeHex(this.#sources.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}
