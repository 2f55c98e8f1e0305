// Runs the sign action as a runner does, with its inputs in environment variables.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { time } from './programs.mjs';

const manifest = parse(await readFile(new URL('../action.yml', import.meta.url), 'utf8'));

/** Returns the variables of the given inputs, and of the defaults of all others. */
export function inputVariables(given) {
  const defaults = Object.entries(manifest.inputs).map(([name, { default: value }]) => [name, value]);
  const inputs = { ...Object.fromEntries(defaults), ...given };
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** Returns the seconds that one process needs to sign the files of a workspace, with one certificate and one bundle per subject. */
export async function timeAction(workspace, given, services) {
  return timeProgram([signAction], workspace, given, services);
}

/** Returns these seconds, and the processor time in seconds and the peak memory in MiB of the process. */
export async function measureAction(workspace, given, services) {
  const probe = join(workspace, 'probe.json');
  const wall = await timeProgram(['--import', probeModule, signAction], workspace, given, services, {
    COUNTERSIGN_PROBE: probe,
  });
  return { wall, ...JSON.parse(await readFile(probe, 'utf8')) };
}

const signAction = fileURLToPath(new URL('../dist/sign.mjs', import.meta.url));
const probeModule = fileURLToPath(new URL('probe.mjs', import.meta.url));

async function timeProgram(command, workspace, given, { settings, trust }, variables = {}) {
  const inputs = inputVariables({
    instance: 'custom',
    'trusted-root': trust.root,
    'signing-config': trust.signingConfig,
    'bundle-format': 'per-file',
    'upload-artifact': 'false',
    ...given,
  });
  const output = join(workspace, 'output');
  await writeFile(output, '');
  return time([process.execPath, ...command], workspace, {
    ...variables,
    ACTIONS_ID_TOKEN_REQUEST_URL: settings.ACTIONS_ID_TOKEN_REQUEST_URL,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: settings.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    ...inputs,
    HOME: workspace,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
  });
}
