/** Watches the stages of steps for leaks: in what they write, in the artifacts that they upload, and in their requests to a sandbox. */

import type { Artifact } from '../../../sandbox/artifacts/index.ts';
import type { RequestRecord, ServiceName } from '../../../sandbox/http/index.ts';
import { type ActionRun, runAction, type StepResult } from '../../../sandbox/runner/index.ts';
import type { Leak, LeakWatch } from '../../../sandbox/runner/stage.ts';
import { fail } from '../../../src/core/errors/index.ts';
import { findLeaks, type JobSecret, type SoughtSecret, secretsIn, shapes, soughtSecrets } from './leaks.ts';
import { zipEntries } from './zip-entries.ts';

/** The parts of a sandbox that are watched. */
export interface WatchedServices {
  readonly requests: readonly RequestRecord[];
  readonly artifactService: { readonly artifacts: readonly Artifact[] };
}

/** Runs an action, and fails the step if one of its secrets leaks. */
export function runWatchedAction(run: ActionRun, services?: WatchedServices): Promise<StepResult> {
  return runAction({ ...run, watch: watchLeaks(secretsOf(run), services) });
}

/** Returns the secrets of a step, with the services that they are for. */
function secretsOf({ secrets = [], token = '', idToken, actionsVariables }: ActionRun): readonly JobSecret[] {
  const known: readonly JobSecret[] = [
    ...secrets.map((value, index) => ({ name: `secret ${index + 1}`, value, services: [] })),
    { name: 'GITHUB_TOKEN', value: token, services: [] },
    { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', value: idToken?.requestToken ?? '', services: ['oidc'] },
    { name: 'ACTIONS_RUNTIME_TOKEN', value: actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? '', services: ['artifacts'] },
  ];
  return known.filter(({ value }) => value !== '');
}

/** Returns a watch over the stages of a job or of a step. */
export function watchLeaks(secrets: readonly JobSecret[], services?: WatchedServices): LeakWatch {
  return () => {
    const requestsBefore = services?.requests.length;
    const artifactsBefore = new Set(services?.artifactService.artifacts.map(({ id }) => id));
    return (traces) => [
      ...findLeaks(secrets, traces),
      ...artifactLeaks(
        (services?.artifactService.artifacts ?? []).filter(({ id }) => !artifactsBefore.has(id)),
        soughtSecrets(secrets, traces.masked),
      ),
      ...requestLeaks(services?.requests.slice(requestsBefore) ?? [], soughtSecrets(secrets, [])),
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
