/**
 * A Sigstore on one machine, for tests, demonstrations and dry runs: `import { startSandbox } from 'countersign/sandbox'`. The parts
 * are for tests that make invalid certificates, entries or metadata.
 *
 * @module countersign/sandbox
 */
export { type Artifact, ArtifactService, BlobStore, type RuntimeJob } from './artifacts/index.ts';
export { CertificateLog, type CertificateLogOptions, encodeSctList, type Precertificate, type SctOverrides, } from './certificate-log/index.ts';
export { CertificateAuthority, type CertificateAuthorityOptions, type CertifiedIdentity, fulcioExtension, type IdentityKind, type JobKind, jobIdentity, type LeafProfile, type LeafRequest, personIdentity, } from './fulcio/index.ts';
export { type AttestationSettings, addExampleRun, type CommitRelation, compressSnappy, GitHubService, type GitHubSettings, type IssueOptions, interruptedUpload, type JobOptions, type OwnerType, type Permissions, type ReleaseStore, type RepositoryOptions, type RunOptions, type SandboxIssue, SandboxRepository, type SandboxRun, type StorageRecord, type StoredAsset, type StoredAttestation, type StoredRelease, secondaryRateLimit, } from './github/index.ts';
export { type HostileCertificate, type HostileEntry, hostileCertificates, hostileEntries, hostileEntriesV1, } from './hostile/index.ts';
export { type Endpoint, type Fault, type Faults, fault, type RequestRecord, type ServiceName, serviceNames, } from './http/index.ts';
export { type Checkpoint, type CheckpointOverrides, checkpointText, LogStore, type NoteSigner, noteSigner, readCheckpointText, readNote, signatureLine, signNote, TransparencyLog, type TransparencyLogEntry, type TransparencyLogOptions, verifierKey, witness, } from './log/index.ts';
export { isConsistent, leafHash, MerkleTree, nodeHash, type TreeState } from './merkle/index.ts';
export { describeMisbehaviours, type LieName, lieNames, listMisbehaviours, type MisbehaviourName, misbehaviourNames, misbehaviourOf, type RegistryLieName, readMisbehaviourNames, registryLieNames, serviceOf, type Times, type TransportFault, transportFaults, } from './misbehaviour/index.ts';
export { AuthorizationServer } from './oauth/index.ts';
export { buildkite, circleci, createTokenIssuer, exampleBuildkiteJob, exampleCircleciJob, exampleForgejoJob, exampleGitlabJob, exampleJob, forgejo, gitlab, type JobClaims, type JobProvider, type JobTokenSettings, JobTokens, jobSubject, PersonTokens, type SubjectForm, type TokenIssuer, } from './oidc/index.ts';
export { type CertificateProfile, type CertifiedKey, type DistinguishedName, type Extension, type GeneralName, generateMlDsaKey, generateSigningKey, type HashName, type KeyKind, type KeyUsage, keyPurposes, type MlDsaKey, type ProfileOverrides, type SigningKey, sandboxMarker, sandboxMarkerOid, signCertificate, } from './pki/index.ts';
export { type Account, type Authentication, type RegistryOptions, RegistryService, type RegistrySettings, } from './registry/index.ts';
export { type HashedRekord, RekorService } from './rekor/index.ts';
export { type AnonymousEntry, type AnswerOverrides, type LogEntryV1, RekorV1Service, ShardedLog, } from './rekor-v1/index.ts';
export { exampleRelease, type ReleaseAttestationChanges, ReleaseAuthority, type ReleaseStatement, type SandboxRelease, } from './releases/index.ts';
export { type ActionRun, type Leak, runAction, type StepResult } from './runner/index.ts';
export { type Sandbox, type SandboxOptions, type SandboxUrls, startSandbox } from './sandbox.ts';
export { sandboxVariables, writeSettings } from './settings.ts';
export type { RekorShard } from './shards.ts';
export { type Clock, type RandomBytes, type Sources, systemSources } from './sources.ts';
export { DiskStorage, MemoryStorage, type Storage } from './storage/index.ts';
export { signedAttribute, TimestampAuthority, type TimestampAuthorityOptions, type TimestampRequest, type TokenOverrides, type TokenProfile, timestampOids, timestampResponse, } from './timestamp/index.ts';
export { type Trusted, type TrustedServices, trustedRoot } from './trust/index.ts';
export { type MetadataChanges, type PublishChanges, type TufKey, TufRepository, tufKey } from './tuf/index.ts';
export { type FollowedLog, type Observation, WitnessService } from './witness/index.ts';
