/** The Sigstore instance of a program: one by its name, or one whose documents the program has. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { defaultThresholds } from '../core/policy/index.ts';
import { readSigningConfig, readTrustedRoots, type TrustedRoot } from '../core/trust/index.ts';
import { loadTrust, thresholdsUnder, type VerifyPolicy, type VerifyTrust } from '../run/policy/index.ts';
import { type Instance, type InstanceRequest, loadInstance, tenantOf, type World } from '../run/world/index.ts';
import type { Document, InstanceOptions, NamedInstance, PublishedInstance } from './options.ts';

/** Loads the instance to sign with. */
export async function signingInstance(options: InstanceOptions, world: World): Promise<Instance> {
  const { instance = 'public-good' } = options;
  if (typeof instance === 'string' || 'tufUrl' in instance)
    return loadInstance(requestOf(instance, 'sign', options), world);
  const { trustedRoot, signingConfig, thresholds, sandbox = false } = instance;
  const [trust, ...others] = readTrustedRoots(bytesOf(trustedRoot));
  if (trust === undefined || others.length > 0)
    fail('USAGE', 'signing requires exactly one trusted root', { remedy: 'Set `trusted-root` to one of them.' });
  if (signingConfig === undefined)
    fail('USAGE', 'signing requires the addresses of the services', {
      remedy: 'Set `signing-config` next to `trusted-root`.',
    });
  return {
    name: sandbox ? 'sandbox' : 'custom',
    trust,
    signingConfig: readSigningConfig(bytesOf(signingConfig)),
    thresholds: { ...defaultThresholds, ...thresholds },
    sandbox: sandbox ? 'accept' : 'refuse',
    publicLog: false,
    trustedRootPath: undefined,
    warnings: [],
  };
}

/** Loads the trusted roots to verify with. */
export async function trustOf(
  options: InstanceOptions,
  policy: Pick<VerifyPolicy, 'signer' | 'content'> | undefined,
  world: World,
): Promise<VerifyTrust> {
  const { instance = 'public-good' } = options;
  if (typeof instance === 'string' || 'tufUrl' in instance)
    return loadTrust(requestOf(instance, 'verify', options), world, policy);
  const { trustedRoot, thresholds, sandbox = false } = instance;
  // GitHub's own authority, which signs releases, has no logs.
  const isRelease = policy?.content.release !== undefined;
  const roots = readTrustedRoots(bytesOf(trustedRoot)).map(
    (trust) =>
      ({
        instance: sandbox ? 'sandbox' : 'custom',
        trust,
        thresholds: { ...thresholdsUnder(trust, isRelease), ...thresholds },
        sandbox: sandbox ? 'accept' : 'refuse',
      }) as const,
  );
  return { roots, warnings: [] };
}

/** Loads the one trusted root of an instance. */
export async function trustedRootOf(options: InstanceOptions, world: World): Promise<TrustedRoot> {
  const { roots } = await trustOf(options, undefined, world);
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0)
    fail('USAGE', 'the instance has several trusted roots', { remedy: 'Read them with `readTrustedRoots`.' });
  return root.trust;
}

function requestOf(
  instance: NamedInstance | PublishedInstance,
  purpose: 'sign' | 'verify',
  { environment = process.env, cacheDirectory, offline = false }: InstanceOptions,
): InstanceRequest {
  const { GITHUB_SERVER_URL: serverUrl = '', TRUST: folder = '', XDG_CACHE_HOME: cache } = environment;
  const kept = cacheDirectory ?? join(cache || join(homedir(), '.cache'), 'countersign', 'tuf');
  const request = {
    purpose,
    mode: offline ? 'offline' : 'online',
    cacheDirectory: kept === false ? undefined : kept,
  } as const;
  if (typeof instance !== 'string') return { ...request, name: 'custom', ...instance };
  if (instance === 'sandbox') return { ...request, ...sandboxFiles(folder, purpose) };
  return { ...request, name: instance, tenant: purpose === 'sign' ? tenantOf(serverUrl) : undefined };
}

/** Returns the files of the sandbox whose folder `$TRUST` names. */
function sandboxFiles(folder: string, purpose: 'sign' | 'verify') {
  if (folder === '')
    fail('USAGE', 'the address of the sandbox is unknown: the environment variable TRUST is not set', {
      remedy:
        'Run the program with `countersign sandbox -- COMMAND`, or set `instance` to the `trustedRoot` and `signingConfig` of a sandbox that it has started.',
    });
  return {
    name: 'sandbox',
    trustedRoot: join(folder, 'trusted_root.json'),
    ...(purpose === 'sign' && { signingConfig: join(folder, 'signing_config.json') }),
  } as const;
}

function bytesOf(document: Document): Uint8Array {
  if (document instanceof Uint8Array) return document;
  return utf8(typeof document === 'string' ? document : JSON.stringify(document));
}
