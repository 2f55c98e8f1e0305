/** Reads the command line, and loads only what the chosen command needs. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, type Option } from 'commander';
import { CountersignError, exitCodes } from '../core/errors/index.ts';
import { inspectRows, instanceRows, registryRows, treeRows, trustedRootRows, verifyRows } from '../options/index.ts';
import { addOptions, addPolicyOptions, collect } from './add-options.ts';
import { reportError } from './report-error.ts';
import { usesColour } from './uses-colour.ts';

// This file is dist/cli.mjs when it runs.
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

const program = new Command('countersign')
  .description('Sign files and container images with Sigstore, and verify them.')
  .version(version(), '-V, --version', 'Print the version.')
  .helpOption('-h, --help', 'Print help.')
  .helpCommand('help [command]', 'Print help for a command.')
  .showHelpAfterError('(see countersign --help)')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
  .configureHelp({ helpWidth: helpWidth(), minWidthToWrap: 30, optionDescription })
  .addHelpText(
    'after',
    `
Exit codes:
  0    success
  1    bug in Countersign
  2    incorrect usage
  3    something is missing, such as a bundle
  4    mismatch: another artifact, identity or claim than expected
  5    something is invalid, such as a signature
  6    a service is unavailable, or an audit or watch is incomplete
  7    an audit or watch has findings
  8    an audit or watch has proven that a log misbehaved
  9    local problem, such as a folder without write permission
  130  interrupted (Ctrl-C)
  143  terminated (SIGTERM)

Examples:
  countersign demo
  countersign sign dist/*.tar.gz
  countersign sign --image ghcr.io/example/app:1.2 --recursive
  countersign verify app.tar.gz --repo example/app
  countersign verify ghcr.io/example/app:1.2 --repo example/app
  countersign inspect app.tar.gz.sigstore.json
  countersign tree ghcr.io/example/app:1.2
  countersign complete app.tar.gz.sigstore.json
  countersign upgrade app.tar.gz --repo example/app
  countersign receipt app.tar.gz --repo example/app
  countersign audit --state logs
  countersign watch --policy .github/countersign.yml --state watch
  countersign search app.tar.gz
  countersign trusted-root > trusted_root.jsonl
  countersign reissue --list bundles.txt --repo example/app --dry-run
  countersign look-alike --kind owner --target sigstore s1gstore`,
  );

// Verifying loads no options of signing.
if (process.argv[2] !== 'verify') {
  const { addSignCommand } = await import('./add-sign-command.ts');
  addSignCommand(program);
}

const verify = program
  .command('verify')
  .description('Verify files and container images. Prints one line for each verified artifact.')
  .argument(
    '[artifacts...]',
    'Files, patterns in quotes, images (name:tag), digests (sha256:…), or - for standard input.',
  );
const verifyOptions = addOptions(verify, { ...instanceRows, ...registryRows, ...verifyRows }, 'verify');
const policyOptions = addPolicyOptions(verify);
verify.action(async (artifacts: readonly string[]) => {
  const { verifyCommand } = await import('./verify-command.ts');
  await verifyCommand(artifacts, { ...verifyOptions(), ...policyOptions() }, version());
});

const inspect = program
  .command('inspect')
  .description(
    'Print what a bundle claims: signer, repository, digests, log entries, times. Nothing is verified, unless a policy is given.',
  )
  .argument('<file|image>', 'File with bundles, in any format that verify reads, or an image: its attached bundles.');
const inspectOptions = addOptions(inspect, inspectRows, 'inspect');
const inspectPolicy = addPolicyOptions(inspect);
inspect.action(async (place: string) => {
  const { inspectCommand } = await import('./inspect-command.ts');
  await inspectCommand(place, { ...inspectOptions(), ...inspectPolicy() });
});

const tree = program
  .command('tree')
  .description('List what is attached to a container image, such as bundles. Nothing is verified.')
  .argument('<image>', 'An image: registry/name:tag or registry/name@sha256:….');
const treeOptions = addOptions(tree, treeRows, 'tree');
tree.action(async (image: string) => {
  const { treeCommand } = await import('./tree-command.ts');
  await treeCommand(image, treeOptions());
});

// Signing and verifying load no options of commands that are used less often.
if (!['sign', 'verify'].includes(process.argv[2] ?? '')) {
  const { addDeliverCommand } = await import('./add-deliver-command.ts');
  addDeliverCommand(program);
  const { addReceiptCommand } = await import('./add-receipt-command.ts');
  addReceiptCommand(program, new URL('page.js', import.meta.url));
  const { addUpgradeCommand } = await import('./upgrade-options.ts');
  addUpgradeCommand(program);
  const { addMonitorCommands } = await import('./monitor-commands.ts');
  addMonitorCommands(program, version());
  const { addCompleteCommand } = await import('./add-complete-command.ts');
  addCompleteCommand(program);
  const { addReissueCommand } = await import('./reissue-options.ts');
  addReissueCommand(program);
}

const trustedRoot = program
  .command('trusted-root')
  .description(
    'Print the trusted root of an instance, from its TUF repository: for verify --trusted-root, and for cosign and gh.',
  );
const trustedRootOptions = addOptions(trustedRoot, trustedRootRows, 'trusted-root');
trustedRoot.action(async () => {
  const { trustedRootCommand } = await import('./trusted-root-command.ts');
  await trustedRootCommand(trustedRootOptions());
});

program
  .command('sandbox')
  .description(
    'Run a local Sigstore for testing (loopback only): until Ctrl-C, or while a command runs, as in countersign sandbox -- npm test.',
  )
  .argument('[command...]', 'Command to run with the sandbox, after --. It uses the sandbox with --instance sandbox.')
  .option(
    '--state <folder>',
    'Folder for the keys, logs, trust/ and stack.env. Created if it does not exist. Required, except with a command, whose default is a temporary folder.',
  )
  .option(
    '--port <number>',
    'First of several consecutive ports (default: free ports, which later starts reuse).',
    parsePort,
  )
  .option('--misbehave <name>', 'Inject a fault (repeatable).', collect)
  .option('--list-misbehaviours', 'List the faults and exit.')
  .action(async (command: readonly string[], options) => {
    const { sandboxCommand } = await import('./sandbox-command.ts');
    await sandboxCommand(command, options);
  });

program
  .command('demo')
  .description('Sign and verify real files with a local Sigstore. No network is used.')
  .option('--out <folder>', 'Folder for all files (default: a new temporary folder).')
  .option('--verbose', 'Print the log of the signing step.')
  .action(async ({ out, verbose = false }: { readonly out?: string; readonly verbose?: boolean }) => {
    const { demoCommand } = await import('./demo.ts');
    const colour = usesColour(process.stdout);
    const print = (line: string): boolean => process.stdout.write(`${line}\n`);
    await demoCommand({ folder: out, packageRoot, verbose, colour, print });
  });

program
  .command('errors')
  .description('Print the meaning of an error code, and what to do. Without a code, list all codes.')
  .argument('[code]', 'Error code, such as BUNDLE_MISSING.')
  .option('--json', 'Print the result as JSON.')
  .action(async (code: string | undefined, { json }: { readonly json?: boolean }) => {
    const { errorsCommand } = await import('./errors-command.ts');
    await errorsCommand(code, json);
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
  if (error instanceof CommanderError) await refuseArguments(error);
  else process.exitCode = reportError(error);
}

/** Ends the run after wrong arguments, which commander has reported; or after help, which is not an error. */
async function refuseArguments({ exitCode, code, message }: CommanderError): Promise<void> {
  process.exitCode = exitCode === 0 ? 0 : exitCodes.usage;
  if (exitCode === 0) return;
  const remedy = code === 'commander.unknownOption' ? await hintForOption(message) : undefined;
  if (remedy !== undefined) process.stderr.write(`${remedy}\n`);
  if (!process.argv.includes('--json')) return;
  const { failureDocument, printJson } = await import('./json-output.ts');
  const failure = withoutValues(message.replace(/^error: /, ''));
  printJson(failureDocument(new CountersignError('USAGE', failure, { ...(remedy !== undefined && { remedy }) })));
}

/** Returns what to do about an unknown option, if it is one of cosign or gh. */
async function hintForOption(message: string): Promise<string | undefined> {
  const peers = await import('./options-of-peers.ts');
  return peers.hintForOption(process.argv[2], message);
}

/** Leaves out the value of an unknown option, which can be a secret, as in `--registry-password=…`. */
function withoutValues(text: string): string {
  return text.replace(/('--?[\w-]+=)[^']*'/g, "$1…'");
}

/** Returns the width of help: that of the terminal, or `$COLUMNS`. Longer lines than 100 characters are hard to read. */
function helpWidth(): number {
  const columns = Number(process.env.COLUMNS) || process.stdout.columns || 100;
  return Math.min(Math.max(columns, 40), 100);
}

/** Returns the description of an option with its default. The descriptions name the choices. */
function optionDescription({ description, defaultValue, defaultValueDescription, negate }: Option): string {
  if (defaultValue === undefined || negate) return description;
  return description.replace(/\.?$/, ` (default: ${defaultValueDescription ?? defaultValue})$&`);
}

function parsePort(text: string): number {
  return Number(text);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
