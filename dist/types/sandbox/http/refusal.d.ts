/** Refusals: the answers to requests that are not served, in the format of the service that each part of the sandbox stands for. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type JsonValue } from '../../src/core/encoding/json.ts';
import { type HttpResponse } from './message.ts';
type Headers = HttpResponse['headers'];
/** An error that a service throws to answer with something other than what was asked for. */
export declare class Refusal extends Error {
    readonly name = "Refusal";
    readonly response: HttpResponse;
    constructor(message: string, response: HttpResponse);
}
/** Refuses in plain text. */
export declare function refusePlainly(status: number, message: string): never;
/** Refuses a request that no route of an origin takes. `methods` are those that its path takes, if any. */
export type Stray = (method: string, path: string, methods: readonly string[]) => never;
/** The gRPC statuses in use, with the HTTP status that grpc-gateway gives them. */
declare const grpcStatuses: {
    readonly invalidArgument: {
        readonly code: 3;
        readonly http: 400;
    };
    readonly notFound: {
        readonly code: 5;
        readonly http: 404;
    };
    readonly alreadyExists: {
        readonly code: 6;
        readonly http: 409;
    };
    readonly unimplemented: {
        readonly code: 12;
        readonly http: 501;
    };
    readonly internal: {
        readonly code: 13;
        readonly http: 500;
    };
    readonly unavailable: {
        readonly code: 14;
        readonly http: 503;
    };
};
/** Returns the JSON of a gRPC status (grpc-gateway), in which Fulcio and Rekor v2 refuse. */
export declare function grpcError(status: keyof typeof grpcStatuses, message: string, headers?: Headers): HttpResponse;
/** Refuses as Fulcio and Rekor v2 do. */
export declare function refuse(status: keyof typeof grpcStatuses, message: string, headers?: Headers): never;
export declare const grpcStray: Stray;
/** Refuses as Rekor v1 does: `{code, message}` (rekor, pkg/api/error.go). */
export declare function refuseRekor(status: number, message: string, headers?: Headers, code?: number): never;
/** Refuses an entry that is invalid in itself. */
export declare function refuseEntry(reason: string): never;
/** Refuses a parameter of the wrong type (601), a missing one (602) or one of the wrong form (605), with go-openapi's own codes. */
export declare function refuseParameter(code: 601 | 602 | 605, message: string): never;
export declare const rekorStray: Stray;
declare const twirpStatuses: {
    readonly invalid_argument: 400;
    readonly malformed: 400;
    readonly unauthenticated: 401;
    readonly permission_denied: 403;
    readonly not_found: 404;
    readonly bad_route: 404;
    readonly already_exists: 409;
    readonly failed_precondition: 412;
};
/** Refuses in the JSON of Twirp (its specification, "Error Codes"), as GitHub's artifact service does. */
export declare function refuseTwirp(code: keyof typeof twirpStatuses, message: string): never;
export declare const twirpStray: Stray;
declare const azureStatuses: {
    readonly AuthenticationFailed: 403;
    readonly AuthorizationPermissionMismatch: 403;
    readonly BlobImmutableDueToPolicy: 409;
    readonly BlobNotFound: 404;
    readonly InvalidBlobOrBlock: 400;
    readonly InvalidBlockList: 400;
    readonly InvalidQueryParameterValue: 400;
    readonly InvalidXmlDocument: 400;
};
/** Refuses in the XML of Azure's blob storage. */
export declare function refuseBlob(code: keyof typeof azureStatuses, message: string): never;
/** The error codes of the distribution specification, with the statuses that the distribution project's registry gives them. */
declare const registryStatuses: {
    readonly BLOB_UNKNOWN: 404;
    readonly BLOB_UPLOAD_INVALID: 400;
    readonly BLOB_UPLOAD_UNKNOWN: 404;
    readonly DENIED: 403;
    readonly DIGEST_INVALID: 400;
    readonly MANIFEST_BLOB_UNKNOWN: 400;
    readonly MANIFEST_INVALID: 400;
    readonly MANIFEST_UNKNOWN: 404;
    readonly NAME_INVALID: 400;
    readonly NAME_UNKNOWN: 404;
    readonly SIZE_INVALID: 413;
    readonly UNAUTHORIZED: 401;
    readonly UNSUPPORTED: 405;
};
export interface RegistryRefusal {
    /** A status other than the usual one of the code. */
    readonly status?: number;
    readonly headers?: Headers;
    readonly detail?: JsonValue;
}
/** Returns the JSON in which registries refuse (the distribution specification, "Error Codes"). */
export declare function registryError(code: keyof typeof registryStatuses, message: string, { status, headers, detail }?: RegistryRefusal): HttpResponse;
/** Refuses as a registry does. */
export declare function refuseRegistry(...refusal: Parameters<typeof registryError>): never;
export declare const registryStray: Stray;
/** Refuses as GitHub's REST API does. */
export declare function refuseGitHub(status: number, message: string, headers?: Headers, errors?: readonly JsonObject[]): never;
export declare const gitHubStray: Stray;
export {};
