/** The command. Reads arguments, and loads only what the command at hand needs. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from '../core/errors/index.ts';
import { instanceNames } from './options.ts';
import { collect, parseConcurrency, parseDuration } from './parse-options.ts';
import { withRegistry } from './registry-options.ts';
import { reportError } from './report-error.ts';
import { withPolicy } from './verify-options.ts';

// This file is dist/cli.mjs when it runs.
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

const program = new Command('countersign')
  .description('Signs build outputs with a short-lived identity, and verifies them. No key is kept.')
  .version(version())
  .showHelpAfterError('(countersign --help says more)')
  .exitOverride()
  // An option that is not known can hold a secret, as in --registry-password=…
  .configureOutput({ outputError: (text, write) => write(text.replace(/('--?[\w-]+=)[^']*'/g, "$1…'")) })
  .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(process.stdout.columns || 100, 100) })
  .addHelpText(
    'after',
    `
Exit codes:
  0 done; 2 wrong usage; 3 something is absent; 4 it does not match; 5 it is invalid;
  6 a service is unavailable; 130 interrupted (Ctrl-C); 143 terminated.

Examples:
  countersign demo
  countersign sign dist/*.tar.gz
  countersign sign --image ghcr.io/example/app:1.2 --recursive
  countersign verify app.tar.gz --repo example/app
  countersign verify ghcr.io/example/app:1.2 --repo example/app
  countersign tree ghcr.io/example/app:1.2`,
  );

withRegistry(withInstance(program.command('sign')))
  .description('Sign files and container images. A bundle is written beside each file, and attached to each image.')
  .argument('[files...]', 'files, or patterns in quotes; one that begins with ! excludes')
  .addOption(repeated('--checksums <path>', 'sign the lines of a checksums file (may be repeated)'))
  .addOption(repeated('--digest <name@sha256:…>', 'sign a digest (may be repeated)'))
  .addOption(
    repeated(
      '--image <image>',
      'sign an image: registry/name@sha256:…, registry/name:tag, or ./path (may be repeated)',
    ),
  )
  .option('-r, --recursive', 'sign each image of a multi-platform index too')
  .option('--no-push-to-registry', 'do not push the bundles of images beside them')
  .option('--bundle <path>', 'where the one bundle goes')
  .option('--bundle-dir <folder>', 'a folder for the bundles')
  .addOption(
    new Option('--bundle-format <format>', 'a bundle a file, or one attestation')
      .choices(['auto', 'per-file', 'attestation'])
      .default('auto'),
  )
  .option(
    '--identity-token <path>',
    'a file with an OIDC token for the audience sigstore; else $SIGSTORE_ID_TOKEN, or the job’s own',
  )
  .addOption(new Option('--log-version <version>', "the version of the log's API").choices(['1', '2']))
  .addOption(retryBudget('how long to wait for services that are down', '5m'))
  .option('--concurrency <count>', 'how many files are under way at once', parseConcurrency, 16)
  .option('--insecure-ignore-sct', 'do without a certificate transparency log, where the authority has none')
  .option('--public-log-allow', 'publish what a repository that is not public keeps to itself')
  .option('--json', 'print a JSON list of what was signed')
  .action(async (files: readonly string[], options) => {
    const { signCommand } = await import('./sign-command.ts');
    await signCommand(files, options);
  });

withPolicy(
  withRegistry(
    withInstance(
      program
        .command('verify')
        .description(
          'Verify files and images, and report each criterion. With --trusted-root, only registries are asked.',
        )
        .argument('<artifacts...>', 'files, images (name:tag), digests (sha256:…), - for a pipe'),
    ),
  )
    .addOption(repeated('-b, --bundle <path>', 'bundles, one a file or one a line; else <file>.sigstore.json'))
    .option('--bundle-dir <folder>', 'a folder with bundles')
    .option('--strict-folder', 'fail if there are more files in their folders')
    .addOption(retryBudget('how long to wait for what is down', '0s'))
    .option('--concurrency <count>', 'how many files are verified at once', parseConcurrency, 4)
    .option('--json', 'print the report as JSON'),
).action(async (artifacts: readonly string[], options) => {
  const { verifyCommand } = await import('./verify-command.ts');
  await verifyCommand(artifacts, options);
});

withRegistry(program.command('tree'))
  .description('List what is attached to a container image: bundles, and whatever else. Nothing of it is verified.')
  .argument('<image>', 'registry/name:tag, or registry/name@sha256:…')
  .option('-r, --recursive', 'also to each image of a multi-platform index')
  // Nobody looks at a terminal that says nothing for longer.
  .addOption(retryBudget('how long to wait for a registry that is down', '5s'))
  .option('--json', 'print the same as JSON')
  .action(async (image: string, options) => {
    const { treeCommand } = await import('./tree-command.ts');
    await treeCommand(image, options);
  });

program
  .command('sandbox')
  .description('Run a Sigstore on this machine, on loopback, for trying things out. Not for production.')
  .option('--state <folder>', 'where its keys, logs, trust/ and stack.env are; made if it is not there')
  .option('--port <number>', 'the first of its ports; else any that are free, the same at each start', parsePort)
  .addOption(repeated('--misbehave <name>', 'do this wrong, to try clients and monitors out (may be repeated)'))
  .option('--list-misbehaviours', 'say what it can do wrong, and end')
  .action(async (options) => {
    const { sandboxCommand } = await import('./sandbox-command.ts');
    await sandboxCommand(options);
  });

program
  .command('demo')
  .description('Sign real files with the action against a Sigstore on this machine, and verify them. Needs no network.')
  .option('--out <folder>', 'where everything is written; else a fresh temporary folder')
  .action(async (options: { readonly out?: string }) => {
    const { demo } = await import('./demo.ts');
    await demo({ folder: options.out, packageRoot, print: (line) => process.stdout.write(`${line}\n`) });
  });

// Whoever reads may stop (`| head`): what is done goes on, and its exit code is the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  // commander has printed its own complaints, and help is none.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  else process.exitCode = reportError(error);
}

function withInstance(command: Command): Command {
  return command
    .addOption(new Option('--instance <name>', 'which Sigstore').choices(instanceNames).default('public-good'))
    .option('--trusted-root <path>', 'a trusted root (JSON), in place of the instance’s own')
    .option('--signing-config <path>', 'a signing config (JSON), in place of the instance’s own')
    .option('--tuf-url <url>', 'the TUF repository of a custom instance')
    .option('--tuf-root <path>', 'the root metadata with which trust in it begins')
    .option('--offline', 'use the trust root that is cached, and ask nobody')
    .option('--offline-stale', 'the same, even if it has expired');
}

function repeated(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none');
}

/** @param budget what it is where it is not given: `5m` */
function retryBudget(description: string, budget: string): Option {
  return new Option('--retry-budget <duration>', description)
    .argParser(parseDuration)
    .default(parseDuration(budget), budget);
}

function parsePort(text: string): number {
  return Number(text);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
