/**
 * Sends requests to one repository: logs in when the registry asks for it, follows allowed redirects, and never sends secrets
 * elsewhere.
 */
import type { Http, HttpRequest } from '../http/index.ts';
import type { Answered } from './answered.ts';
import type { FindCredential } from './find-credentials.ts';
import { type Repository } from './image-reference.ts';
export interface RepositoryRequest {
    readonly method: HttpRequest['method'];
    /** Below the repository (`manifests/latest`), or an address that the registry gave. */
    readonly target: string | URL;
    readonly access: 'pull' | 'push';
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Uint8Array;
    readonly maxBodyLength: number;
    readonly timeoutMilliseconds?: number;
}
/** Sends requests to one repository, and keeps its authorization. */
export declare class RepositorySession {
    #private;
    readonly registry: URL;
    constructor(http: Http, repository: Repository, findCredential: FindCredential);
    /**
     * Sends a request. A 401 is answered once, with a new token if there was one before. Redirects are followed where nothing is
     * written, at most five times.
     *
     * @returns the last response
     * @throws CountersignError `SERVICE_REFUSED` if logging in fails; `SERVICE_RESPONSE_INVALID` for a challenge or a
     * redirect that must not be followed; `SERVICE_UNAVAILABLE`; what finding credentials throws
     */
    send(wanted: RepositoryRequest): Promise<Answered>;
    /** Returns the address of an object in the repository (distribution specification, "Endpoints"). */
    address(target: string | URL): URL;
    /**
     * Returns the address that the registry redirects to, if that is allowed.
     *
     * @throws CountersignError `SERVICE_RESPONSE_INVALID`
     */
    follow(location: unknown, base: URL, problem: string): URL;
}
