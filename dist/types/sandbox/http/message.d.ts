/** HTTP requests and answers as values. */
import { type JsonValue } from '../../src/core/encoding/json.ts';
export interface HttpRequest {
    readonly method: string;
    readonly url: URL;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly body: Uint8Array;
}
export interface HttpResponse {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
}
export declare function jsonResponse(status: number, value: JsonValue, headers?: Readonly<Record<string, string>>): HttpResponse;
