/**
 * Leaks: a secret of the job where it must not be. GitHub hides most of them from the user with ***, and so does this
 * runner; here they are found all the same, in whatever form the runner would have masked, and in those in which services repeat them.
 */

import { fail } from '../../src/core/errors/index.ts';
import type { Artifact } from '../artifacts/index.ts';
import type { RequestRecord, ServiceName } from '../http/index.ts';
import type { Annotation } from './annotations.ts';
import { echoFinder } from './echoes.ts';
import type { RawLine } from './lines.ts';
import { encodedForms } from './masks.ts';
import { zipEntries } from './zip-entries.ts';

export type LeakPlace =
  /** What the process printed, before masking, other than to have it masked. */
  | 'log'
  | 'summary'
  | 'output'
  | 'exported environment'
  | 'path addition'
  /** It would be in the environment of a later stage, behind steps of strangers. */
  | 'state'
  /** In what is shown of an annotation besides its message, which is masked. */
  | 'annotation'
  | 'artifact'
  /** A request to a service that is not the secret's own. */
  | 'foreign host';

export interface Leak {
  /** What the secret is called; never its value. */
  readonly secret: string;
  readonly place: LeakPlace;
  /** The line, the output, the request. */
  readonly detail: string;
}

export interface JobSecret {
  readonly name: string;
  readonly value: string;
  /** The services that it is for. */
  readonly services: readonly ServiceName[];
}

/** What a stage left, as it wrote it. */
export interface StageTraces {
  /** What the process printed, except for what it printed to have it masked. */
  readonly printed: readonly RawLine[];
  readonly summary: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly environment: ReadonlyMap<string, string>;
  readonly pathAdditions: readonly string[];
  readonly state: ReadonlyMap<string, string>;
  readonly annotations: readonly Annotation[];
  /** What it uploaded. */
  readonly artifacts: readonly Artifact[];
  /** What it asked of the sandbox's services. */
  readonly requests: readonly RequestRecord[];
  /** What it asked the runner to mask: a secret too, from wherever it has it. */
  readonly masked: readonly string[];
}

/** A secret that is known by what it looks like: one that nobody masked, and nobody told the runner of. */
const shapes: readonly {
  readonly name: string;
  readonly pattern: RegExp;
  readonly services: readonly ServiceName[];
}[] = [
  { name: 'a JSON Web Token', pattern: /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, services: ['fulcio'] },
  { name: 'the signature of a signed URL', pattern: /[?&]sig=(?!\*\*\*)[^&\s"]+/g, services: ['blobs'] },
];

/** Shorter ones are words, which occur by chance. A secret of the job is looked for whatever its length is. */
const shortestMasked = 8;

/** Every leak of a stage, each place once for each secret. */
export function findLeaks(secrets: readonly JobSecret[], traces: StageTraces): readonly Leak[] {
  const known = secrets.map((secret) => ({
    ...secret,
    forms: formsOf(secret.value),
    isEchoed: echoFinder(secret.value),
  }));
  const masked = traces.masked
    .filter((value) => value.length >= shortestMasked && !secrets.some((secret) => secret.value === value))
    .map((value) => ({ name: 'a value that the step masked', forms: formsOf(value), isEchoed: echoFinder(value) }));
  const leaks = new Map<string, Leak>();
  const add = (secret: string, place: LeakPlace, detail: string): void => {
    leaks.set(JSON.stringify([secret, place, detail]), { secret, place, detail });
  };

  const search = (text: string, place: LeakPlace, detail: string): void => {
    let rest = text;
    for (const { name, forms, isEchoed } of [...known, ...masked]) {
      // An artifact holds statements and certificates, whose Base64 has pieces in common with that of the same claims in a token.
      if (place !== 'artifact' && isEchoed(text)) add(name, place, detail);
      if (!forms.some((form) => text.includes(form))) continue;
      add(name, place, detail);
      for (const form of forms) rest = rest.replaceAll(form, '');
    }
    for (const { name, pattern } of shapes) if (rest.search(pattern) >= 0) add(name, place, detail);
  };
  const searchAll = (texts: ReadonlyMap<string, string>, place: LeakPlace): void => {
    for (const [name, value] of texts) search(`${name}=${value}`, place, name);
  };

  for (const [index, { stream, text }] of traces.printed.entries()) search(text, 'log', `${stream}, line ${index + 1}`);
  for (const stream of ['stdout', 'stderr'] as const) {
    // A secret of several short lines occurs in none of them.
    const lines = traces.printed.filter((line) => line.stream === stream).map(({ text }) => text);
    const whole = lines.join('\n');
    for (const { name, isEchoed } of [...known, ...masked]) {
      const isFoundAlready = [...leaks.values()].some(({ secret, place }) => secret === name && place === 'log');
      if (!isFoundAlready && isEchoed(whole)) add(name, 'log', `${stream}, several lines`);
    }
    for (const { name, value } of known) {
      if (value.includes('\n') && whole.includes(value.trim())) add(name, 'log', `${stream}, several lines`);
    }
  }
  search(traces.summary, 'summary', '');
  searchAll(traces.outputs, 'output');
  searchAll(traces.environment, 'exported environment');
  for (const path of traces.pathAdditions) search(path, 'path addition', '');
  searchAll(traces.state, 'state');
  for (const { level, title = '', file = '' } of traces.annotations) search(`${title}\n${file}`, 'annotation', level);
  for (const { name, path, text } of traces.artifacts.flatMap(artifactTexts))
    search(text, 'artifact', join(name, path));
  for (const request of traces.requests) {
    const detail = `${request.method} ${request.path} at ${request.service ?? 'no service'}`;
    for (const name of foreignSecrets(request, known)) add(name, 'foreign host', detail);
  }
  return [...leaks.values()];
}

function join(name: string, path: string): string {
  return path === '' ? name : `${name}: ${path}`;
}

interface KnownSecret extends JobSecret {
  readonly forms: readonly string[];
}

function foreignSecrets(request: RequestRecord, known: readonly KnownSecret[]): readonly string[] {
  const content =
    request.content() ?? fail('USAGE', 'The stage made more requests than are kept; nobody can say what was in them');
  let text = latin1(content);
  const found: string[] = [];
  for (const { name, forms, services } of known) {
    if (!forms.some((form) => text.includes(latin1(Buffer.from(form))))) continue;
    if (!isOneOf(services, request.service)) found.push(name);
    for (const form of forms) text = text.replaceAll(latin1(Buffer.from(form)), '');
  }
  for (const { name, pattern, services } of shapes) {
    if (text.search(pattern) >= 0 && !isOneOf(services, request.service)) found.push(name);
  }
  return found;
}

function isOneOf(services: readonly ServiceName[], service: ServiceName | undefined): boolean {
  return service !== undefined && services.includes(service);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function artifactTexts({ name, mimeType, bytes }: Artifact): readonly { name: string; path: string; text: string }[] {
  const text = (content: Uint8Array): string => Buffer.from(content).toString('utf8');
  if (mimeType !== 'application/zip') return [{ name, path: '', text: text(bytes) }];
  return zipEntries(bytes).map((entry) => ({ name, path: entry.name, text: `${entry.name}\n${text(entry.bytes)}` }));
}

/** The forms of a secret and of those of its lines that are long enough to be one. */
function formsOf(value: string): readonly string[] {
  const lines = value.includes('\n') ? value.split(/[\r\n]+/).map((line) => line.trim()) : [];
  return [value, ...lines.filter((line) => line.length >= shortestMasked)]
    .filter((text) => text !== '')
    .flatMap(encodedForms);
}
