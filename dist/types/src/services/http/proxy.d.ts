/** The proxy of a request, from the environment: `https_proxy` and `no_proxy`, in lower or upper case. */
export type Environment = Readonly<Record<string, string | undefined>>;
export interface ForwardProxy {
    /** The environment variable that names it. */
    readonly variable: string;
    /** Without user and password, which are never shown. */
    readonly url: URL;
    /** The value of the header `proxy-authorization`, if user and password are given. */
    readonly authorization: string | undefined;
}
/**
 * Returns the proxy for a request; `undefined` if the request goes straight to its host. Plain HTTP is spoken with this machine alone, which
 * needs no proxy.
 *
 * @throws CountersignError `USAGE` for a variable that names no http or https proxy. Its value is not shown: a password can be anywhere in it.
 */
export declare function proxyFor(url: URL, environment: Environment): ForwardProxy | undefined;
