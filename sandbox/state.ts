/** The state of a sandbox from its first start on: the time of it, its name and its ports. */

import { encodeHex, ProtoField, utf8 } from '../src/core/encoding/index.ts';
import { fail } from '../src/core/errors/index.ts';
import { laterOriginNames, type Ports, portsBy } from './origins.ts';
import type { Sources } from './sources.ts';
import type { Storage } from './storage/index.ts';

export interface State {
  readonly created: Date;
  /** A part of the names of its authorities. */
  readonly name: string;
  /** The names of issuers and logs contain their ports, so these stay the same. */
  readonly ports: Ports;
}

const fileName = 'sandbox.json';
const format = 'countersign-sandbox/1';

/**
 * Reads the state; `undefined` before the first start.
 *
 * @throws CountersignError `USAGE` if it is of another format, or damaged
 */
export function readState(storage: Storage): State | undefined {
  const bytes = storage.read(fileName);
  if (bytes === undefined) return undefined;
  const file = ProtoField.parse(bytes, 'USAGE', fileName);
  const found = file.field('format').string();
  if (found !== format)
    fail('USAGE', `the format ${found} of the state folder is not supported; this version reads ${format}`, {
      remedy: 'Use a new state folder.',
    });
  const created = file.field('created').time() ?? file.field('created').fail('is missing');
  const ports = portsBy((name) => {
    const port = file.field('ports').field(name);
    // An older state file: any free port will do.
    return laterOriginNames.includes(name) && !port.present ? 0 : readPort(port);
  });
  return { created, name: file.field('name').text(), ports };
}

/** Reads a port. It is the same at each start, so it cannot be 0, which is any. */
function readPort(field: ProtoField): number {
  const port = Number(field.uint64());
  return port > 0 && port < 65_536 ? port : field.fail('is not a port number');
}

/** Writes the state of a new sandbox that listens at these ports. */
export function createState(storage: Storage, ports: Ports, sources: Sources): State {
  const state: State = { created: sources.clock(), name: encodeHex(sources.random(4)), ports };
  const text = JSON.stringify({ format, ...state }, undefined, 1);
  if (!storage.create(fileName, utf8(`${text}\n`)))
    fail('USAGE', 'another sandbox has just been started with this state folder');
  return state;
}

/**
 * Returns the ports to listen at: those of the state, or consecutive ones from `first` on, or 0 for any free ones.
 *
 * @throws CountersignError `USAGE` if the state has other ports than `first`
 */
export function choosePorts(state: State | undefined, first: number | undefined): Ports {
  if (state !== undefined && first !== undefined && state.ports.main !== first) {
    fail('USAGE', `the sandbox in this state folder has the port ${state.ports.main}, not ${first}`, {
      remedy:
        'Remove --port, or use another folder. The port cannot change, since it is part of the issuer in existing signatures.',
    });
  }
  return state?.ports ?? portsBy((_, at) => (first === undefined ? 0 : first + at));
}
