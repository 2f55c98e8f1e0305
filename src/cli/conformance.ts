/** Runs the client protocol of the public conformance suite (sigstore-conformance, docs/cli_protocol.md): `sign-bundle` and `verify-bundle`. */

import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CountersignError, exitCodes, fail } from '../core/errors/index.ts';
import { plainLines } from '../report/index.ts';
import type { InstanceName } from '../run/world/index.ts';
import type { InstanceValues } from './command-values.ts';

const options = {
  staging: { type: 'boolean' },
  bundle: { type: 'string' },
  'trusted-root': { type: 'string' },
  'signing-config': { type: 'string' },
  'certificate-identity': { type: 'string' },
  'certificate-oidc-issuer': { type: 'string' },
  key: { type: 'string' },
  'identity-token': { type: 'string' },
  'in-toto': { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

try {
  const [command, ...args] = process.argv.slice(2);
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [target, ...others] = positionals;
  if (target === undefined || others.length > 0) fail('USAGE', 'exactly one file or digest is required');
  if (command === 'verify-bundle') await verifyBundle(target, values);
  else if (command === 'sign-bundle') await sign(target, values);
  else fail('USAGE', 'unknown command; the commands are sign-bundle and verify-bundle');
} catch (error) {
  process.exitCode = report(error);
}

async function verifyBundle(target: string, values: Values): Promise<void> {
  const { verifyCommand } = await import('./verify-command.ts');
  const { 'certificate-identity': certificateIdentity, 'certificate-oidc-issuer': certificateOidcIssuer, key } = values;
  await verifyCommand([await digestOrPath(target)], {
    ...instanceOptions(values),
    bundle: [required(values.bundle, 'bundle')],
    vsaLevel: [],
    releaseFiles: [],
    retryBudget: 0,
    concurrency: 1,
    // The suite has a valid bundle whose provenance is about the build of another repository than the one that signed it.
    provenance: 'ignore',
    ...(certificateIdentity !== undefined && { certificateIdentity }),
    ...(certificateOidcIssuer !== undefined && { certificateOidcIssuer }),
    ...(key !== undefined && { key }),
  });
}

/** Returns the target. Some drivers turn a digest into a path at which there is no file. */
async function digestOrPath(target: string): Promise<string> {
  const name = basename(target);
  const isDigest = /^sha(?:256|384|512):[0-9a-f]+$/.test(name);
  return isDigest && (await stat(target).catch(() => undefined)) === undefined ? name : target;
}

async function sign(target: string, values: Values): Promise<void> {
  const { signBundle } = await import('./conformance-sign.ts');
  // The protocol passes the token on the command line, where other users can read it; countersign itself refuses that.
  const token = required(values['identity-token'], 'identity-token').trim();
  const bundlePath = resolve(required(values.bundle, 'bundle'));
  await signBundle(target, { token, bundlePath, isStatement: values['in-toto'] ?? false, ...instanceOptions(values) });
}

function instanceOptions(values: Values): InstanceValues {
  const { 'trusted-root': trustedRoot, 'signing-config': signingConfig } = values;
  return {
    // The suite has two instances; the environment variable selects others, such as a sandbox.
    instance:
      (process.env.COUNTERSIGN_INSTANCE as InstanceName | undefined) ?? (values.staging ? 'staging' : 'public-good'),
    ...(trustedRoot !== undefined && { trustedRoot }),
    ...(signingConfig !== undefined && { signingConfig }),
  };
}

function required(value: string | undefined, name: string): string {
  return value ?? fail('USAGE', `--${name} is missing`);
}

function report(error: unknown): number {
  if (error instanceof CountersignError) {
    process.stderr.write(plainLines(`${error.code}: ${error.message}\n`));
    return error.exitCode;
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(plainLines(`${error.message}\n`));
    return exitCodes.usage;
  }
  throw error;
}
