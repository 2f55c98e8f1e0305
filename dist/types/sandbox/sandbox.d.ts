/** A Sigstore for tests: all services in one process, on loopback only, in memory or on disk. Not for production. */
import { type JsonObject } from '../src/core/encoding/json.ts';
import { ArtifactService } from './artifacts/artifact-service.ts';
import { CertificateLog } from './certificate-log/certificate-log.ts';
import { CertificateAuthority } from './fulcio/certificate-authority.ts';
import { GitHubService } from './github/github-service.ts';
import { type Faults } from './http/traffic.ts';
import { type RequestRecord } from './http/traffic.ts';
import { type NoteSigner } from './log/note.ts';
import { type TransparencyLog } from './log/transparency-log.ts';
import { type MisbehaviourName } from './misbehaviour/catalogue.ts';
import { type Times } from './misbehaviour/misbehaviours.ts';
import { JobTokens } from './oidc/job-tokens.ts';
import { PersonTokens } from './oidc/person-tokens.ts';
import { RegistryService } from './registry/registry-service.ts';
import { ShardedLog } from './rekor-v1/sharded-log.ts';
import { ReleaseAuthority } from './releases/release-authority.ts';
import { type RekorShard } from './shards.ts';
import { type Clock, type RandomBytes } from './sources.ts';
import { type Storage } from './storage/storage.ts';
import { TimestampAuthority } from './timestamp/timestamp-authority.ts';
import { TufRepository } from './tuf/tuf-repository.ts';
import { WitnessService } from './witness/witness-service.ts';
export interface SandboxOptions {
    /** The clock of all services; by default the system's. */
    readonly clock?: Clock;
    readonly random?: RandomBytes;
    /** The first of its ports, one for each origin; by default those in the storage, or free ones. */
    readonly port?: number;
    /** The storage of keys, logs and the TUF repository, which the sandbox continues; by default in memory, with new keys. */
    readonly storage?: Storage;
    /** Adds the sandbox's marker to CA certificates; true by default. */
    readonly marked?: boolean;
    /** Records requests in `requests`; true by default. A sandbox that runs for a long time should not. */
    readonly recordRequests?: boolean;
    /** Puts the port into the origin of Rekor v2, as rekor-monitor and witnesses need it. False by default: other clients expect the host name. */
    readonly portInOrigin?: boolean;
    /** Lets the witnesses cosign checkpoints with ML-DSA-44 too; false by default. */
    readonly postQuantum?: boolean;
    /** The misbehaviours to begin with; see {@link Sandbox.misbehave}. */
    readonly misbehaviours?: readonly MisbehaviourName[];
}
export interface SandboxUrls {
    /** The issuer of job tokens (`iss`). */
    readonly jobIssuer: string;
    /** The issuer of job tokens like GitLab's. */
    readonly gitlabIssuer: string;
    /** The issuer of job tokens like Buildkite's. */
    readonly buildkiteIssuer: string;
    /** The issuer of job tokens like CircleCI's. */
    readonly circleciIssuer: string;
    /** The issuer of job tokens like Forgejo's. */
    readonly forgejoIssuer: string;
    /** The issuer of the tokens of a Kubernetes cluster's service accounts. */
    readonly kubernetesIssuer: string;
    /** The issuer of JWT-SVIDs. */
    readonly spiffeIssuer: string;
    /** The issuer of the tokens of users without an email address. */
    readonly usernameIssuer: string;
    /** The issuer of people's tokens (`iss`), an OpenID provider with a login page. */
    readonly personIssuer: string;
    readonly fulcio: string;
    /** The certificate log, with `ct/v1/…` (RFC 6962) and tiles. */
    readonly certificateLog: string;
    /** The whole endpoint. */
    readonly timestamp: string;
    /** Rekor v2: its active shard. */
    readonly rekor: string;
    /** The first shard of Rekor v2, which is frozen. */
    readonly frozenRekor: string;
    /** The submission and monitoring prefix of each witness. */
    readonly witness1: string;
    readonly witness2: string;
    readonly rekorV1: string;
    /** The metadata, with the targets in `targets/`. */
    readonly tuf: string;
    /** `ACTIONS_RESULTS_URL`. */
    readonly results: string;
    /** A registry of container images. */
    readonly registry: string;
    /** A registry without the referrers API, like GitHub's. */
    readonly registryWithoutReferrers: string;
    /** GitHub's REST API: `GITHUB_API_URL`. */
    readonly github: string;
}
/** A running sandbox. Its parts can be used directly, to make what no endpoint would. */
export interface Sandbox extends AsyncDisposable {
    readonly urls: SandboxUrls;
    /** Job tokens: the values of `ACTIONS_ID_TOKEN_REQUEST_*`, and `configure` for the claims. */
    readonly jobTokens: JobTokens;
    /** Tokens of the jobs of other CI systems, with the same request token. */
    readonly gitlabTokens: JobTokens;
    readonly buildkiteTokens: JobTokens;
    readonly circleciTokens: JobTokens;
    readonly forgejoTokens: JobTokens;
    /** Tokens of a Kubernetes service account, a SPIFFE workload and a user. */
    readonly kubernetesTokens: JobTokens;
    readonly spiffeTokens: JobTokens;
    readonly usernameTokens: JobTokens;
    readonly personTokens: PersonTokens;
    readonly certificateAuthority: CertificateAuthority;
    readonly certificateLog: CertificateLog;
    readonly timestampAuthority: TimestampAuthority;
    /** The active shard of Rekor v2 (Ed25519). */
    readonly transparencyLog: TransparencyLog;
    /** The first shard of Rekor v2 (ECDSA), which is frozen and still trusted. */
    readonly frozenLog: TransparencyLog;
    /** All shards of Rekor v2, the active one last. */
    readonly rekorShards: readonly RekorShard[];
    /** The witnesses that cosign the checkpoints of Rekor v2. */
    readonly witnesses: readonly NoteSigner[];
    /** The services of the witnesses, each with an Ed25519 and an ML-DSA-44 key. They follow the shards of Rekor v2 and the trees of Rekor v1. */
    readonly witnessServices: readonly WitnessService[];
    /** The log of Rekor v1, with a small earlier shard and an active one. */
    readonly rekorV1Log: ShardedLog;
    /** GitHub's artifacts, with a job that may upload some. */
    readonly artifactService: ArtifactService;
    /** A registry of container images, which asks for no credentials until it is configured to. */
    readonly registry: RegistryService;
    /** A registry without the referrers API. */
    readonly registryWithoutReferrers: RegistryService;
    /** GitHub's REST API, without repositories until some are added. */
    readonly github: GitHubService;
    /** GitHub's release service, under a trusted root of its own. Created when it is first used. */
    readonly releaseAuthority: ReleaseAuthority;
    /** The TUF repository of the {@link trustedRoot} and two signing configs, under the names of the public instance. */
    readonly tuf: TufRepository;
    /** The trusted root (`application/vnd.dev.sigstore.trustedroot+json;version=0.1`), with all logs. */
    readonly trustedRoot: JsonObject;
    /** The signing config (v0.2) with Rekor v2 and timestamps. */
    readonly signingConfig: JsonObject;
    /** The signing config with Rekor v1 and timestamps. */
    readonly signingConfigRekorV1: JsonObject;
    /** The signing config with both logs, of which clients should choose Rekor v2. */
    readonly signingConfigBothLogs: JsonObject;
    /** All requests to all services, if they are recorded. */
    readonly requests: readonly RequestRecord[];
    /** The faults on the way to the services: set any `fault` on a service. */
    readonly faults: Faults;
    /** The misbehaviours that are on. */
    readonly misbehaviours: readonly MisbehaviourName[];
    /**
     * Freezes the active shard of Rekor v2 and begins another at a new address. The trusted root, the signing configs and the TUF repository
     * name it from now on. Misbehaviours of `rekor-v2` go on at the new shard.
     */
    rotateRekor(): Promise<void>;
    /** Begins a misbehaviour, for a number of times or until {@link behave}. The sandbox's state stays right. */
    misbehave(name: MisbehaviourName, times?: Times): void;
    /** Ends all misbehaviours, and clears the {@link faults}. */
    behave(): void;
    /** Closes all listeners and connections at once. The state is lost unless a storage was given. */
    close(): Promise<void>;
}
/**
 * Starts all services on loopback, with the keys and logs in the storage, or with new keys that never touch a disk.
 *
 * @example
 * await using sandbox = await startSandbox();
 * sandbox.jobTokens.configure({ claims: { environment: 'production' } });
 * sandbox.faults.set('fulcio', fault.status(503), 1);
 * sandbox.misbehave('rekor-v2:forked-tree');
 * const environment = {
 *   ACTIONS_ID_TOKEN_REQUEST_URL: sandbox.jobTokens.requestUrl,
 *   ACTIONS_ID_TOKEN_REQUEST_TOKEN: sandbox.jobTokens.requestToken,
 *   ACTIONS_RESULTS_URL: sandbox.urls.results,
 *   ACTIONS_RUNTIME_TOKEN: sandbox.artifactService.job.token,
 * };
 */
export declare function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
