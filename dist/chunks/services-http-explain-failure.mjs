import { require_node_https, require_node_http } from "./report-retry-text.mjs";
import { CountersignError, systemCode, __toESM } from "./core-errors-codes.mjs";
import { networkInterfaces } from "node:os";
var import_node_http = __toESM(require_node_http(), 1);
var import_node_https = __toESM(require_node_https(), 1);
var ProxyFailure = class extends Error {
  proxy;
  /** The status that it answered, if it did. */
  status;
  constructor(proxy, status, cause) {
    super(`the proxy ${proxy.url.origin} failed`, { cause });
    this.proxy = proxy;
    this.status = status;
  }
  /** The code of the system's error, if the proxy was not reached. */
  get code() {
    return systemCode(this.cause);
  }
};
var TunnelAgent = class extends import_node_https.Agent {
  #proxy;
  /** The tunnels that are being opened. A proxy may leave any of them without an answer. */
  #opening = /* @__PURE__ */ new Set();
  constructor(proxy, options) {
    super(options);
    this.#proxy = proxy;
  }
  createConnection(options, callback) {
    const done = callback;
    const secure = (socket) => super.createConnection({ ...options, socket });
    this.#open(options).then(
      (socket) => done?.(null, secure(socket)),
      (error) => done?.(error)
    );
  }
  #open({ host, port }) {
    const proxy = this.#proxy;
    const { protocol, hostname, port: proxyPort } = proxy.url;
    const target = `${host?.includes(":") ? `[${host}]` : host}:${port}`;
    const request = (protocol === "https:" ? import_node_https.request : import_node_http.request)({
      method: "CONNECT",
      host: hostname.replace(/^\[(.*)\]$/, "$1"),
      port: proxyPort || (protocol === "https:" ? 443 : 80),
      path: target,
      headers: {
        host: target,
        ...proxy.authorization !== void 0 && { "proxy-authorization": proxy.authorization }
      },
      agent: false
    });
    this.#opening.add(request);
    return new Promise((resolve, reject) => {
      request.once("connect", ({ statusCode = 0 }, socket, head) => {
        if (statusCode >= 200 && statusCode < 300) {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new ProxyFailure(proxy, statusCode));
      });
      request.once("error", (cause) => reject(new ProxyFailure(proxy, void 0, cause)));
      request.end();
    }).finally(() => this.#opening.delete(request));
  }
  destroy() {
    for (const request of this.#opening) request.destroy();
    super.destroy();
  }
};
function checkName(cause) {
  return systemCode(cause) === "ENOTFOUND" ? "The host name could not be resolved. Check its spelling. If this network requires a proxy, set HTTPS_PROXY." : void 0;
}
var import_node_http2 = __toESM(require_node_http(), 1);
var outage = "This is an outage or a network problem, not a problem of your build. Try again later.";
function explainFailure(request, cause, surroundings) {
  if (cause instanceof ProxyFailure) return explainProxy(request, cause, surroundings);
  const code = systemCode(cause);
  if (code === void 0) return void 0;
  const { service, url } = request;
  const message = `${service} (${url.origin}) cannot be reached${through(surroundings.proxy)}: ${code}`;
  const remedy = tlsRemedy(code, url.hostname, surroundings);
  if (remedy !== void 0) return new CountersignError("SERVICE_UNAVAILABLE", message, { cause, remedy });
  if (isOffline(code))
    return new CountersignError("NETWORK_UNAVAILABLE", message, {
      cause,
      remedy: "Check the network connection of this machine."
    });
  return new CountersignError("SERVICE_UNAVAILABLE", message, {
    cause,
    remedy: checkName(cause) ?? (surroundings.proxy === void 0 ? outage : behindProxy(surroundings.proxy))
  });
}
function through(proxy) {
  return proxy === void 0 ? "" : ` through the proxy ${proxy.url.origin}`;
}
function behindProxy({ variable }) {
  return `Check that the proxy (${variable}) allows connections to this host, or add the host to NO_PROXY. If the proxy allows them, try again later.`;
}
var passing = /* @__PURE__ */ new Set([408, 425, 429, 500, 502, 503, 504]);
function explainProxy({ service, url }, failure, { environment, now }) {
  const { proxy, status, code } = failure;
  const { origin, hostname } = proxy.url;
  const target = `${url.hostname}:${url.port || 443}`;
  const named = `${service} (${url.origin}) cannot be reached: the proxy ${origin} (${proxy.variable})`;
  if (status !== void 0) {
    const reason = import_node_http2.STATUS_CODES[status] === void 0 ? "" : ` (${import_node_http2.STATUS_CODES[status]})`;
    const remedy = status === 407 ? authenticate(proxy) : passing.has(status) ? `The proxy cannot connect to ${target}. Try again later. If the problem persists, ask the operator of the proxy.` : `Ask the operator of the proxy to allow connections to ${target}. If the host can be reached directly, add it to NO_PROXY.`;
    return new CountersignError(
      passing.has(status) ? "SERVICE_UNAVAILABLE" : "SERVICE_REFUSED",
      `${named} responded with ${status}${reason}`,
      { cause: failure, remedy }
    );
  }
  const message = `${named} cannot be reached: ${code ?? "unknown error"}`;
  const tls = code === void 0 ? void 0 : tlsRemedy(code, hostname, { environment, now });
  if (tls !== void 0) return new CountersignError("SERVICE_UNAVAILABLE", message, { cause: failure, remedy: tls });
  if (code === "ENOTFOUND")
    return new CountersignError("SERVICE_REFUSED", message, {
      cause: failure,
      remedy: `The host name of the proxy could not be resolved. Check the value of ${proxy.variable}.`
    });
  if (code !== void 0 && isOffline(code))
    return new CountersignError("NETWORK_UNAVAILABLE", message, {
      cause: failure,
      remedy: "Check the network connection of this machine."
    });
  return new CountersignError("SERVICE_UNAVAILABLE", message, {
    cause: failure,
    remedy: `Check the host and port in ${proxy.variable}, and that the proxy is running.`
  });
}
function authenticate({ variable, authorization }) {
  const how = "http://USER:PASSWORD@HOST:PORT, read from a secret";
  return authorization === void 0 ? `The proxy requires a user name and a password. Set ${variable} to ${how}.` : `The proxy rejected the user name and password in ${variable}. Check them; the form is ${how}. Only basic authentication is supported.`;
}
var unknownAuthority = /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/;
var foreignVariables = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO"];
function tlsRemedy(code, host, { environment, now }) {
  if (code === "CERT_NOT_YET_VALID" || code === "CERT_HAS_EXPIRED")
    return `Check the clock of this machine; it shows ${now.toISOString()}. If the clock is right, the certificate of ${host} must be renewed.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `The server's certificate is not for ${host}. Another server may be answering, such as a proxy or the login page of the network.`;
  if (!unknownAuthority.test(code)) return void 0;
  const { NODE_EXTRA_CA_CERTS: given } = environment;
  const foreign = foreignVariables.filter((name) => environment[name]);
  return [
    `Node.js does not trust the CA that issued the certificate of ${host}. If a proxy inspects TLS in this network, this is probably the CA of the company.`,
    given ? `NODE_EXTRA_CA_CERTS is set to ${given}. Check that this file exists and contains the certificate of the CA (PEM).` : "Set NODE_EXTRA_CA_CERTS to the path of a PEM file with the certificate of the CA, in the environment of the process.",
    ...foreign.length === 0 ? [] : [`Node.js does not read ${foreign.join(" and ")}.`]
  ].join(" ");
}
function isOffline(code) {
  if (/^(?:ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EAI_AGAIN)$/.test(code)) return true;
  const hasNetwork = Object.values(networkInterfaces()).some(
    (addresses) => addresses?.some(({ internal }) => !internal)
  );
  return /^(?:ENOTFOUND|EHOSTUNREACH)$/.test(code) && !hasNetwork;
}
export {
  ProxyFailure,
  TunnelAgent,
  checkName,
  explainFailure,
  outage
};
