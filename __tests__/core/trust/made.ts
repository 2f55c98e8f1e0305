/** Signing configs made for a test, right unless told otherwise. */

export const now = new Date('2026-11-23T06:00:00Z');

export const service = (changes: Readonly<Record<string, unknown>> = {}) => ({
  url: 'https://one.example.test',
  majorApiVersion: 1,
  validFor: { start: '2026-01-01T00:00:00Z' },
  operator: 'one.example.test',
  ...changes,
});

/** The JSON of a signing config. A member that is `undefined` is left out. */
export function config(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service({ url: 'https://fulcio.example.test' })],
    rekorTlogUrls: [service({ url: 'https://rekor.example.test', majorApiVersion: 2 })],
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service({ url: 'https://tsa.example.test/api/v1/timestamp' })],
    tsaConfig: { selector: 'ANY' },
    ...changes,
  });
}
