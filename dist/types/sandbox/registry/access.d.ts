/** Access control: none, Basic credentials, or the distribution project's token specification. */
import { type HttpRequest } from '../http/message.ts';
import { type HttpResponse } from '../http/message.ts';
import { type Sources } from '../sources.ts';
export type Authentication = 'none' | 'basic' | 'bearer';
export type Action = 'pull' | 'push';
export interface Account {
    readonly username: string;
    readonly password: string;
}
export interface AccessSettings {
    readonly authentication: Authentication;
    /** Grants tokens to pull without credentials, as for public images; true by default. */
    readonly anonymousPull: boolean;
}
export declare class Access {
    #private;
    /** An account that may pull and push. */
    readonly writer: Account;
    /** An account that may pull. */
    readonly reader: Account;
    settings: AccessSettings;
    constructor(origin: string, sources: Sources);
    /** Refuses a request that may not do this to a repository, or, without a name, one without a valid token or account. */
    demand({ headers: { authorization } }: HttpRequest, action: Action, name?: string): void;
    /** Answers the token endpoint. Actions that are not allowed are left out of the token, and refused when it is used. */
    issueToken({ url, headers: { authorization } }: HttpRequest): HttpResponse;
}
