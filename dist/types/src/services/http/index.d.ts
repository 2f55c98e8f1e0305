/** HTTP as every client of a service here uses it. */
export { describeAnswer, expectStatus, redactSecrets } from './answer.ts';
export { backOff, retryAfter } from './back-off.ts';
export { acceptGzip, uncompressed } from './compressed.ts';
export { type ByteSink, type Http, type HttpConnections, type HttpRequest, type HttpResponse, type HttpSystem, openHttp, type StreamedBody, } from './http.ts';
export { OutageClock } from './outage-clock.ts';
export { Pace } from './pace.ts';
export { isLoopbackHost } from './public-address.ts';
export { atMost } from './rate.ts';
export { type RetryNotice, type RetryOptions, usefulUntil, withRetries } from './retry.ts';
export { readSecretAnswer } from './secret-answer.ts';
export { ServiceOutage } from './service-outage.ts';
export { type Sleep, sleep } from './sleep.ts';
