/** Sends requests to GitHub's REST API: GitHub's client makes them, and our HTTP sends them. */
import type { GitHub } from '@actions/github/lib/utils';
import type { Secret } from '../../node/index.ts';
import { type ByteSink, type Http, type HttpResponse, type StreamedBody } from '../http/index.ts';
import { type Operation } from './operation.ts';
/** A response, as far as it was read. */
export interface Answer {
    readonly body: Uint8Array;
    readonly headers: HttpResponse['headers'];
}
export type Octokit = InstanceType<typeof GitHub>;
/** The options with which a method of GitHub's client sends its request through our HTTP. */
export type Through = {
    readonly request: {
        readonly fetch: Fetch;
    };
};
type Fetch = (url: string, init: FetchInit) => Promise<object>;
/** The parts of a request that GitHub's client passes on. */
interface FetchInit {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
}
/** Where responses of the API point. */
export interface Location {
    /** Undefined for what is no URL. */
    readonly url: URL | undefined;
    readonly sink?: ByteSink;
    /** The number of further redirections that are followed. */
    readonly redirects?: number;
}
export interface ApiOptions {
    readonly http: Http;
    /** Sent to the API, and nowhere else. */
    readonly token: Secret | undefined;
    /** `GITHUB_API_URL`. */
    readonly apiUrl?: string | undefined;
    readonly clock: () => Date;
    /** The longest time in which an upload or a download makes no progress: two minutes by default. */
    readonly stallMilliseconds?: number;
}
export declare class GitHubApi {
    #private;
    readonly origin: string;
    /** @throws CountersignError `USAGE` for an invalid URL */
    constructor(options: ApiOptions);
    /**
     * Sends the request that a method of GitHub's client makes.
     *
     * @throws CountersignError as {@link demandAccepted} does, and those of HTTP
     */
    send(operation: Operation, method: (octokit: Octokit, through: Through) => Promise<unknown>): Promise<Answer>;
    /**
     * Uploads content with the request that a method of GitHub's client makes. The token is sent along.
     *
     * @param base where the method's path begins, as a response of the API states it
     * @throws CountersignError `SERVICE_RESPONSE_INVALID` for a host that is not this API's host of uploads; else as {@link send}
     */
    upload(operation: Operation, base: URL, content: StreamedBody, method: (octokit: Octokit, through: Through) => Promise<unknown>): Promise<Answer>;
    /**
     * Downloads content with the request that a method of GitHub's client makes. The host that stores it gets no token.
     *
     * @throws CountersignError as {@link send} and {@link fetchWithoutToken}
     */
    download(operation: Operation, sink: ByteSink, method: (octokit: Octokit, through: Through) => Promise<unknown>): Promise<void>;
    /**
     * Fetches from where a response of the API points. Another host gets no token.
     *
     * @throws CountersignError `SERVICE_REFUSED`; those of HTTP
     */
    fetchElsewhere(operation: Operation, location: string): Promise<Uint8Array>;
    /** Fetches as {@link fetchElsewhere} does, always without the token, and returns the headers too. */
    fetchAnswer(operation: Operation, location: string): Promise<Answer>;
    /** Fetches as {@link fetchElsewhere} does, always without the token. */
    fetchWithoutToken(operation: Operation, { url, sink, redirects: left }: Location): Promise<void>;
}
export {};
