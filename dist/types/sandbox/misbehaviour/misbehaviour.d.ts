/** A misbehaviour: a service's answers, changed. */
import type { BlobStore } from '../artifacts/blob-store.ts';
import type { CertificateLogService } from '../certificate-log/certificate-log-service.ts';
import type { CertificationService } from '../fulcio/certification.ts';
import type { HttpRequest } from '../http/message.ts';
import type { HttpResponse } from '../http/message.ts';
import type { ServiceName } from '../http/route.ts';
import type { NoteSigner } from '../log/note.ts';
import type { TokenIssuer } from '../oidc/token-issuer.ts';
import type { RegistryService } from '../registry/registry-service.ts';
import type { RekorService } from '../rekor/rekor-service.ts';
import type { RekorV1Service } from '../rekor-v1/rekor-v1-service.ts';
import type { Sources } from '../sources.ts';
import type { Storage } from '../storage/storage.ts';
import type { TimestampAuthority } from '../timestamp/timestamp-authority.ts';
import type { TufRepository } from '../tuf/tuf-repository.ts';
import type { WitnessService } from '../witness/witness-service.ts';
import type { LieName, RegistryLieName } from './catalogue.ts';
/** The parts of a sandbox. A misbehaviour changes their answers, and nothing of their state. */
export interface Parts {
    readonly sources: Sources;
    /** Storage for the misbehaviours alone. */
    readonly storage: Storage;
    readonly tokenIssuers: readonly TokenIssuer[];
    readonly fulcio: CertificationService;
    readonly certificateLog: CertificateLogService;
    readonly certificateLogPath: string;
    readonly timestampAuthority: TimestampAuthority;
    readonly rekorV1: RekorV1Service;
    /** The active shard of Rekor v2. */
    readonly rekor: RekorService;
    /** The shard that was frozen from the start. */
    readonly frozenRekor: RekorService;
    /** The witnesses that cosign the checkpoints of Rekor v2. */
    readonly witnesses: readonly NoteSigner[];
    /** The services of the witnesses, by the prefixes of their paths. */
    readonly witnessServices: readonly (readonly [prefix: string, service: WitnessService])[];
    readonly tuf: TufRepository;
    readonly registries: readonly RegistryService[];
    /** Another host than the registries'. */
    readonly blobs: BlobStore;
}
/** Answers a request. `right` carries the request out and returns the service's own answer; it need not be called. */
export type Answer = (request: HttpRequest, right: () => Promise<HttpResponse>) => HttpResponse | Promise<HttpResponse>;
/** A place at which answers can be wrong: a service, or the frozen shard of Rekor v2, which does not share the faults of the active one. */
export type Place = ServiceName | 'rekor-v2-frozen';
/** Answers of several places. */
export type Answers = Partial<Readonly<Record<Place, Answer>>>;
/** Begins a misbehaviour, and returns the answers of its service, or of several. */
export type Begin = (parts: Parts) => Answer | Answers;
/** The misbehaviours of a service. */
export type Family<Service extends ServiceName> = Readonly<Record<Extract<LieName | RegistryLieName, `${Service}:${string}`>, Begin>>;
