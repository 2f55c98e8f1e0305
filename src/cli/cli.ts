/** Reads the command line, and loads only what the chosen command needs. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from '../core/errors/index.ts';
import { instanceRows, registryRows, signRows, treeRows, verifyRows } from '../options/index.ts';
import { addOptions, addPolicyOptions, collect } from './add-options.ts';
import { reportError } from './report-error.ts';

// This file is dist/cli.mjs when it runs.
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

const program = new Command('countersign')
  .description('Signs build outputs with a short-lived identity, and verifies them. No key is kept.')
  .version(version())
  .showHelpAfterError('(countersign --help says more)')
  .exitOverride()
  // The value of an unknown option can be a secret, as in --registry-password=…
  .configureOutput({ outputError: (text, write) => write(text.replace(/('--?[\w-]+=)[^']*'/g, "$1…'")) })
  .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(process.stdout.columns || 100, 100) })
  .addHelpText(
    'after',
    `
Exit codes:
  0 done; 2 wrong usage; 3 something is absent; 4 it does not match; 5 it is invalid;
  6 a service is unavailable; 9 a problem of this machine; 130 interrupted (Ctrl-C);
  143 terminated.

Examples:
  countersign demo
  countersign sign dist/*.tar.gz
  countersign sign --image ghcr.io/example/app:1.2 --recursive
  countersign verify app.tar.gz --repo example/app
  countersign verify ghcr.io/example/app:1.2 --repo example/app
  countersign tree ghcr.io/example/app:1.2`,
  );

const sign = program
  .command('sign')
  .description('Sign files and container images. A bundle is written beside each file, and attached to each image.')
  .argument('[files...]', 'files, or patterns in quotes; one that begins with ! excludes');
// The rows that are named first come first in help.
const signOptions = addOptions(sign, { ...instanceRows, ...registryRows, ...signRows }, 'sign');
sign.action(async (files: readonly string[]) => {
  const { signCommand } = await import('./sign-command.ts');
  await signCommand(files, signOptions());
});

const verify = program
  .command('verify')
  .description('Verify files and images, and report each criterion. With --trusted-root, only registries are asked.')
  .argument('<artifacts...>', 'files, images (name:tag), digests (sha256:…), - for a pipe');
const verifyOptions = addOptions(verify, { ...instanceRows, ...registryRows, ...verifyRows }, 'verify');
const policyOptions = addPolicyOptions(verify);
verify.action(async (artifacts: readonly string[]) => {
  const { verifyCommand } = await import('./verify-command.ts');
  await verifyCommand(artifacts, { ...verifyOptions(), ...policyOptions() });
});

const tree = program
  .command('tree')
  .description('List what is attached to a container image: bundles, and whatever else. Nothing of it is verified.')
  .argument('<image>', 'registry/name:tag, or registry/name@sha256:…');
const treeOptions = addOptions(tree, treeRows, 'tree');
tree.action(async (image: string) => {
  const { treeCommand } = await import('./tree-command.ts');
  await treeCommand(image, treeOptions());
});

program
  .command('sandbox')
  .description('Run a Sigstore on this machine, on loopback, for trying things out. Not for production.')
  .option('--state <folder>', 'where its keys, logs, trust/ and stack.env are; made if it is not there')
  .option('--port <number>', 'the first of its ports; else any that are free, the same at each start', parsePort)
  .addOption(
    new Option('--misbehave <name>', 'do this wrong, to try clients and monitors out (may be repeated)')
      .argParser(collect)
      .default([], 'none'),
  )
  .option('--list-misbehaviours', 'say what it can do wrong, and end')
  .action(async (options) => {
    const { sandboxCommand } = await import('./sandbox-command.ts');
    await sandboxCommand(options);
  });

program
  .command('demo')
  .description('Sign real files with the action against a Sigstore on this machine, and verify them. Needs no network.')
  .option('--out <folder>', 'Folder for all files (default: a new temporary folder).')
  .option('--verbose', 'Print the log of the signing step.')
  .action(async ({ out, verbose = false }: { readonly out?: string; readonly verbose?: boolean }) => {
    const { demo } = await import('./demo.ts');
    const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
    const print = (line: string): boolean => process.stdout.write(`${line}\n`);
    await demo({ folder: out, packageRoot, verbose, colour, print });
  });

// A closed pipe (`| head`) neither stops the work nor changes the exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  // commander has printed its error already, or help, which is not an error.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  else process.exitCode = reportError(error);
}

function parsePort(text: string): number {
  return Number(text);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
