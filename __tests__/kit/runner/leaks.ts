/**
 * Finds leaks: secrets of a job where they must not be. The runner hides most of them with ***. They are found nevertheless, in each form
 * that it masks and in those in which services repeat them.
 */

import type { ServiceName } from '../../../sandbox/http/index.ts';
import { encodedForms } from '../../../sandbox/runner/masks.ts';
import type { Leak, StageTraces } from '../../../sandbox/runner/stage.ts';
import { echoFinder } from './echoes.ts';

export type LeakPlace =
  /** The output of the process, before masking, except for the commands that mask a value. */
  | 'log'
  | 'summary'
  | 'output'
  | 'exported environment'
  | 'path addition'
  /** Saved state is in the environment of a later stage, which runs after steps of other authors. */
  | 'state'
  /** The title or the file of an annotation: only its message is masked. */
  | 'annotation'
  | 'artifact'
  /** A request to a service that the secret is not for. */
  | 'foreign host';

export interface JobSecret {
  readonly name: string;
  readonly value: string;
  /** The services that it is for. */
  readonly services: readonly ServiceName[];
}

/** A secret with the texts by which it is found. */
export interface SoughtSecret extends Omit<JobSecret, 'value'> {
  readonly forms: readonly string[];
  /** Reports whether a text repeats the secret in a form that no runner masks. */
  readonly isEchoed: (text: string) => boolean;
}

/** Secrets that are recognised by their shape, for those that nobody masked and the runner was not told of. */
export const shapes: readonly (Omit<JobSecret, 'value'> & { readonly pattern: RegExp })[] = [
  { name: 'a JSON Web Token', pattern: /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/, services: ['fulcio'] },
  { name: 'the signature of a signed URL', pattern: /[?&]sig=(?!\*\*\*)[^&\s"]+/, services: ['blobs'] },
];

/** The length below which a masked value or a line of a secret may occur by chance. Secrets of the job have no minimum. */
const shortestMasked = 8;

/** Returns what to look for: the secrets of the job and the values that a stage had masked, which are secrets too. */
export function soughtSecrets(secrets: readonly JobSecret[], masked: readonly string[]): readonly SoughtSecret[] {
  const others = masked
    .filter((value) => value.length >= shortestMasked && !secrets.some((secret) => secret.value === value))
    .map((value) => ({ name: 'a value that the step masked', value, services: [] }));
  return [...secrets, ...others].map(({ name, value, services }) => ({
    name,
    services,
    forms: formsOf(value),
    isEchoed: echoFinder(value),
  }));
}

/** Returns the forms of a secret and of those of its lines that are long enough. */
function formsOf(value: string): readonly string[] {
  const lines = value.includes('\n') ? value.split(/[\r\n]+/).map((line) => line.trim()) : [];
  return [value, ...lines.filter((line) => line.length >= shortestMasked)]
    .filter((text) => text !== '')
    .flatMap(encodedForms);
}

/** Returns the names of the secrets that a text holds in one of their forms, and of those that it holds by their shape. */
export function secretsIn(text: string, sought: readonly SoughtSecret[]): readonly string[] {
  const found = sought.filter(({ forms }) => forms.some((form) => text.includes(form)));
  const rest = found.flatMap(({ forms }) => forms).reduce((left, form) => left.replaceAll(form, ''), text);
  return [...found, ...shapes.filter(({ pattern }) => pattern.test(rest))].map(({ name }) => name);
}

/** Finds every leak in what a stage wrote, once for each secret and place. */
export function findLeaks(secrets: readonly JobSecret[], traces: StageTraces): readonly Leak[] {
  const sought = soughtSecrets(secrets, traces.masked);
  const leaks = new Map<string, Leak>();
  const add = (secret: string, place: LeakPlace, detail: string): void => {
    leaks.set(JSON.stringify([secret, place, detail]), { secret, place, detail });
  };
  const search = (text: string, place: LeakPlace, detail: string): void => {
    const held = secretsIn(text, sought);
    for (const { name, isEchoed } of sought) if (held.includes(name) || isEchoed(text)) add(name, place, detail);
    for (const name of held) add(name, place, detail);
  };
  const searchAll = (texts: ReadonlyMap<string, string>, place: LeakPlace): void => {
    for (const [name, value] of texts) search(`${name}=${value}`, place, name);
  };

  for (const [index, { stream, text }] of traces.printed.entries()) search(text, 'log', `${stream}, line ${index + 1}`);
  for (const stream of ['stdout', 'stderr'] as const) {
    // A secret of several short lines occurs in none of them.
    const lines = traces.printed.filter((line) => line.stream === stream).map(({ text }) => text);
    const whole = lines.join('\n');
    for (const { name, isEchoed } of sought) {
      const isFoundAlready = [...leaks.values()].some(({ secret, place }) => secret === name && place === 'log');
      if (!isFoundAlready && isEchoed(whole)) add(name, 'log', `${stream}, several lines`);
    }
    for (const { name, value } of secrets) {
      if (value.includes('\n') && whole.includes(value.trim())) add(name, 'log', `${stream}, several lines`);
    }
  }
  search(traces.summary, 'summary', '');
  searchAll(traces.outputs, 'output');
  searchAll(traces.environment, 'exported environment');
  for (const path of traces.pathAdditions) search(path, 'path addition', '');
  searchAll(traces.state, 'state');
  for (const { level, title = '', file = '' } of traces.annotations) search(`${title}\n${file}`, 'annotation', level);
  return [...leaks.values()];
}
