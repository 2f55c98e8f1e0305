/** What a misbehaviour is: a name, a sentence, and answers other than the right ones. */

import type { BlobStore } from '../artifacts/index.ts';
import type { CertificateLogService } from '../certificate-log/index.ts';
import type { CertificationService } from '../fulcio/index.ts';
import type { HttpRequest, HttpResponse, ServiceName } from '../http/index.ts';
import type { TokenIssuer } from '../oidc/index.ts';
import type { RegistryService } from '../registry/index.ts';
import type { RekorService } from '../rekor/index.ts';
import type { RekorV1Service } from '../rekor-v1/index.ts';
import type { Sources } from '../sources.ts';
import type { Storage } from '../storage/index.ts';
import type { TimestampAuthority } from '../timestamp/index.ts';
import type { TufRepository } from '../tuf/index.ts';

/** The right parts of a sandbox. A misbehaviour changes what they answer, and nothing of what they keep. */
export interface Parts {
  readonly sources: Sources;
  /** For what lies are made of: it is no service's. */
  readonly storage: Storage;
  readonly tokenIssuers: readonly TokenIssuer[];
  readonly fulcio: CertificationService;
  readonly certificateLog: CertificateLogService;
  readonly certificateLogPath: string;
  readonly timestampAuthority: TimestampAuthority;
  readonly rekorV1: RekorV1Service;
  readonly rekor: RekorService;
  readonly tuf: TufRepository;
  readonly registries: readonly RegistryService[];
  /** Another host than any registry's. */
  readonly blobs: BlobStore;
}

/** Answers a request. `right` does what was asked for, and gives the service's own answer; it may be left undone. */
export type Answer = (request: HttpRequest, right: () => Promise<HttpResponse>) => HttpResponse | Promise<HttpResponse>;

/** By the services that they are the answers of. */
export type Answers = Partial<Readonly<Record<ServiceName, Answer>>>;

export interface Misbehaviour {
  /** What is wrong, and what a client or a monitor must do about it. */
  readonly about: string;
  /** Begins it. */
  readonly begin: (parts: Parts) => Answers;
}

/** Misbehaviours by their names: the service, a colon, and what it does. */
export type Family = Readonly<Record<`${ServiceName}:${string}`, Misbehaviour>>;
