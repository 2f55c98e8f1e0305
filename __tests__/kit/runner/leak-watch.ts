/** Finds secrets in what a stage does with a sandbox: in the artifacts that it uploads, and in requests to services that they are not for. */

import type { Artifact } from '../../../sandbox/artifacts/index.ts';
import type { RequestRecord, ServiceName } from '../../../sandbox/http/index.ts';
import { type Leak, type SoughtSecret, secretsIn, shapes, soughtSecrets } from '../../../sandbox/runner/leaks.ts';
import type { LeakWatch } from '../../../sandbox/runner/stage.ts';
import { fail } from '../../../src/core/errors/index.ts';
import { zipEntries } from './zip-entries.ts';

/** The parts of a sandbox that are watched. */
export interface WatchedServices {
  readonly requests: readonly RequestRecord[];
  readonly artifactService: { readonly artifacts: readonly Artifact[] };
}

/** Returns a watch over the requests and artifacts of each stage. */
export function watchServices({ requests, artifactService }: WatchedServices): LeakWatch {
  return () => {
    const requestsBefore = requests.length;
    const artifactsBefore = new Set(artifactService.artifacts.map(({ id }) => id));
    return (secrets, masked) => [
      ...artifactLeaks(
        artifactService.artifacts.filter(({ id }) => !artifactsBefore.has(id)),
        soughtSecrets(secrets, masked),
      ),
      ...requestLeaks(requests.slice(requestsBefore), soughtSecrets(secrets, [])),
    ];
  };
}

/** Artifacts hold statements and certificates, whose Base64 has pieces in common with that of the same claims in a token: no echoes. */
function artifactLeaks(artifacts: readonly Artifact[], sought: readonly SoughtSecret[]): readonly Leak[] {
  return unique(
    artifacts
      .flatMap(artifactTexts)
      .flatMap(({ detail, text }) =>
        secretsIn(text, sought).map((secret) => ({ secret, place: 'artifact', detail }) as const),
      ),
  );
}

function artifactTexts({ name, mimeType, bytes }: Artifact): readonly { detail: string; text: string }[] {
  const text = (content: Uint8Array): string => Buffer.from(content).toString('utf8');
  if (mimeType !== 'application/zip') return [{ detail: name, text: text(bytes) }];
  return zipEntries(bytes).map((entry) => ({
    detail: entry.name === '' ? name : `${name}: ${entry.name}`,
    text: `${entry.name}\n${text(entry.bytes)}`,
  }));
}

function requestLeaks(requests: readonly RequestRecord[], sought: readonly SoughtSecret[]): readonly Leak[] {
  return unique(
    requests.flatMap((request) => {
      const detail = `${request.method} ${request.path} at ${request.service ?? 'no service'}`;
      return foreignSecrets(request, sought).map((secret) => ({ secret, place: 'foreign host', detail }) as const);
    }),
  );
}

/** Returns the names of the secrets in a request whose service they are not for. */
function foreignSecrets(request: RequestRecord, sought: readonly SoughtSecret[]): readonly string[] {
  const content =
    request.content() ?? fail('USAGE', 'The stage made more requests than are kept; nobody can say what was in them');
  let text = latin1(content);
  const found: string[] = [];
  for (const { name, forms, services } of sought) {
    const sent = forms.map((form) => latin1(Buffer.from(form)));
    if (!sent.some((form) => text.includes(form))) continue;
    if (!isOneOf(services, request.service)) found.push(name);
    for (const form of sent) text = text.replaceAll(form, '');
  }
  for (const { name, pattern, services } of shapes) {
    if (pattern.test(text) && !isOneOf(services, request.service)) found.push(name);
  }
  return found;
}

function isOneOf(services: readonly ServiceName[], service: ServiceName | undefined): boolean {
  return service !== undefined && services.includes(service);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function unique(leaks: readonly Leak[]): readonly Leak[] {
  return [...new Map(leaks.map((leak) => [JSON.stringify(leak), leak])).values()];
}
