/** HTTP for the sandbox's services. */
export { type Fault, fault, htmlPage, type StatusOptions } from './fault.ts';
export { HttpListener } from './listener.ts';
export { type HttpRequest, type HttpResponse, jsonResponse } from './message.ts';
export { gitHubStray, Refusal, refuse, refuseBlob, refuseEntry, refuseGitHub, refuseParameter, refusePlainly, refuseRegistry, refuseRekor, refuseTwirp, registryError, registryStray, rekorStray, twirpStray, } from './refusal.ts';
export { matches, type Route, type Service, type ServiceName, serviceNames, } from './route.ts';
export { type Endpoint, Faults, type RequestRecord, Traffic } from './traffic.ts';
