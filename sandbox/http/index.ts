/** HTTP for the sandbox's services. */

export { type GrpcStatus, Refusal, refuse, ServiceFailure } from './failure.ts';
export { type Fault, fault, htmlPage, type StatusOptions } from './fault.ts';
export { HttpListener } from './listener.ts';
export { type HttpRequest, type HttpResponse, jsonResponse } from './message.ts';
export {
  matches,
  type Route,
  type Service,
  type ServiceName,
  type Stray,
  serviceNames,
} from './route.ts';
export { type Endpoint, Faults, type RequestRecord, Traffic } from './traffic.ts';
