/** Answers that servers compress. */
import type { HttpRequest, HttpResponse } from './http.ts';
/** Returns the members of a request whose answer may be compressed, and has at most this many bytes when {@link uncompressed}. */
export declare function acceptGzip(maxLength: number): {
    headers: {
        'accept-encoding': string;
    };
    maxBodyLength: number;
};
/**
 * Returns the body of an answer to a request that {@link acceptGzip} made, decompressed if the server compressed it.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export declare function uncompressed({ service, url, maxBodyLength }: HttpRequest, { headers, body }: HttpResponse): Promise<Uint8Array>;
