/** HTTP as every client of a service here uses it. */

export { expectStatus, withoutSecrets } from './answer.ts';
export { type Http, type HttpConnections, type HttpRequest, type HttpResponse, openHttp } from './http.ts';
