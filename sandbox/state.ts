/** What a sandbox is from its first start on: when that was, its name, its ports. */

import { encodeHex, ProtoField, utf8 } from '../src/core/encoding/index.ts';
import { fail } from '../src/core/errors/index.ts';
import { laterOriginNames, type OriginName, originNames, type Ports } from './origins.ts';
import type { Sources } from './sources.ts';
import type { Storage } from './storage/index.ts';

export interface State {
  readonly created: Date;
  /** In the names of its authorities. */
  readonly name: string;
  /** Issuers and logs are called by their ports, so these stay the same. */
  readonly ports: Readonly<Record<OriginName, number>>;
}

const fileName = 'sandbox.json';
const format = 'countersign-sandbox/1';

/**
 * The state that is kept, or `undefined` before the first start.
 *
 * @throws CountersignError `USAGE` if it is of another format, or damaged
 */
export function readState(storage: Storage): State | undefined {
  const bytes = storage.read(fileName);
  if (bytes === undefined) return undefined;
  const file = ProtoField.parse(bytes, 'USAGE', fileName);
  const found = file.field('format').string();
  if (found !== format) fail('USAGE', `the state is of the format ${found}, and this sandbox reads ${format}`);
  const created = file.field('created').time() ?? file.field('created').fail('is missing');
  const ports = originNames.map((name) => {
    const port = file.field('ports').field(name);
    // The state of an older sandbox: any port that is free will do.
    return [name, laterOriginNames.includes(name) && !port.present ? 0 : readPort(port)] as const;
  });
  return { created, name: file.field('name').text(), ports: Object.fromEntries(ports) as State['ports'] };
}

/** One that is to be the same at each start, so never 0, which is any. */
function readPort(field: ProtoField): number {
  const port = Number(field.uint64());
  return port > 0 && port < 65_536 ? port : field.fail('is not a port');
}

/** Keeps the state of a sandbox that listens at these ports, for the first time. */
export function createState(storage: Storage, ports: State['ports'], sources: Sources): State {
  const state: State = { created: sources.clock(), name: encodeHex(sources.random(4)), ports };
  const text = JSON.stringify({ format, ...state }, undefined, 1);
  if (!storage.create(fileName, utf8(`${text}\n`)))
    fail('USAGE', 'another sandbox has just begun in this state folder');
  return state;
}

/**
 * The ports to listen at: those that are kept, or as many in a row from the one asked for, or any that are free (0).
 *
 * @throws CountersignError `USAGE` if the sandbox has others already
 */
export function choosePorts(state: State | undefined, names: readonly OriginName[], first: number | undefined): Ports {
  if (state !== undefined && first !== undefined && state.ports.main !== first) {
    fail('USAGE', `the sandbox of this state folder has the port ${state.ports.main}, not ${first}`, {
      remedy: 'Leave out --port, or take another folder: what was signed names the issuer by its port.',
    });
  }
  const chosen = names.map((name, at) => [name, state?.ports[name] ?? (first === undefined ? 0 : first + at)]);
  return Object.fromEntries(chosen);
}
