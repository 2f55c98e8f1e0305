/** The actions as their manifests declare them. */

import { monitorRows } from './monitor.ts';
import { monitorOutputs, signOutputs, verifyOutputs } from './outputs.ts';
import { policyRows } from './policy.ts';
import { type ActionName, type InputDeclaration, inputsOf, type OptionTable } from './row.ts';
import { signRows } from './sign.ts';
import { verifyRows } from './verify.ts';

export interface ActionDeclaration {
  readonly inputs: Readonly<Record<string, InputDeclaration>>;
  /** The descriptions, by the names of the outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Returns the inputs and outputs of each action, in the order of its manifest. */
export function declaredActions(): Readonly<Record<ActionName, ActionDeclaration>> {
  return {
    sign: { inputs: declared('sign', signRows), outputs: signOutputs },
    verify: { inputs: declared('verify', verifyRows, policyRows), outputs: verifyOutputs },
    monitor: { inputs: declared('monitor', monitorRows), outputs: monitorOutputs },
  };
}

function declared(action: ActionName, ...tables: readonly OptionTable[]): Readonly<Record<string, InputDeclaration>> {
  const inputs = tables.flatMap((table) => inputsOf(table, action));
  return Object.fromEntries(
    inputs.map(({ name, description, default: none }) => [name, { description, default: none }]),
  );
}
