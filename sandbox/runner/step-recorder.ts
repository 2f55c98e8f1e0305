/** The record of a step: reads the lines that it prints, and collects the masked log, annotations, masks, outputs and state. */

import { CountersignError, fail } from '../../src/core/errors/index.ts';
import {
  type Annotation,
  type AnnotationLevel,
  type AnnotationPlace,
  annotationMessageLimit,
  annotationPlace,
  annotationsPerLevel,
} from './annotations.ts';
import { CaselessMap } from './caseless-map.ts';
import type { RawLine } from './lines.ts';
import { SecretMasker } from './masks.ts';
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-commands.ts';

export interface StepRecorderOptions {
  readonly masker: SecretMasker;
  readonly workspace: string;
  /** True for step debugging: the log has debug messages, and commands are echoed from the start. */
  readonly debug: boolean;
  /** Called with each line of the log, masked. */
  readonly onOutput?: (line: string) => void;
  /** The state that earlier stages of the step saved. */
  readonly state?: CaselessMap;
}

/** Commands that are never echoed, since they are shown in a form of their own. */
const unechoed: ReadonlySet<string> = new Set(['add-mask', 'debug', 'error', 'warning', 'notice']);

const commands = [
  ...unechoed,
  ...['group', 'endgroup', 'echo', 'add-matcher', 'remove-matcher', 'set-output', 'save-state', 'set-env', 'add-path'],
  'stop-commands',
];

/** The record of one step. Both output streams feed one recorder, so that a stop-commands on one stops the other too. */
export class StepRecorder {
  readonly outputs = new CaselessMap();
  readonly state: CaselessMap;
  readonly annotations: Annotation[] = [];
  readonly log: string[] = [];
  readonly rawLog: RawLine[] = [];
  /**
   * The lines in which a secret is a leak. Commands that mask a value are not among them, and in debug messages, the values that the step
   * had masked are masked: GitHub's own clients repeat them there.
   */
  readonly printed: RawLine[] = [];
  readonly #maskedByStep = new SecretMasker();
  readonly #options: StepRecorderOptions;
  readonly #known: Set<string> = new Set(commands);
  #stopToken: string | undefined;
  #echo: boolean;
  #failed = false;

  constructor(options: StepRecorderOptions) {
    this.#options = options;
    this.#echo = options.debug;
    this.state = options.state ?? new CaselessMap();
  }

  /** Returns the values that the step asked the runner to mask. */
  get maskedByStep(): readonly string[] {
    return this.#maskedByStep.values;
  }

  /** Reports whether a command or a file command failed. The step then fails whatever its exit code is. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Handles a line that the process printed. */
  line(stream: RawLine['stream'], text: string): void {
    this.rawLog.push({ stream, text });
    const command = parseWorkflowCommand(text, this.#known);
    if (command !== undefined && this.#command(command, text)) {
      if (command.name === 'debug') this.printed.push({ stream, text: this.#maskedByStep.mask(text) });
      else if (command.name !== 'add-mask') this.printed.push({ stream, text });
      return;
    }
    this.printed.push({ stream, text });
    // These two delimit steps in the log of a composite action; the runner escapes them in the output of steps.
    this.output(text.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action'));
  }

  /** Writes a masked text to the log. */
  output(text: string): void {
    // Masked whole, before it is cut: a secret of several lines is one secret.
    for (const line of this.#options.masker.mask(text).split('\n')) {
      this.log.push(line);
      this.#options.onOutput?.(line);
    }
  }

  debug(text: string): void {
    if (!this.#options.debug) return;
    for (const line of text.replaceAll('\r\n', '\n').split('\n')) this.output(`##[debug]${line}`);
  }

  /** Adds an annotation, and its line in the log. */
  annotate(level: AnnotationLevel, text: string, place: AnnotationPlace = {}): void {
    const message = this.#options.masker.mask(text).slice(0, annotationMessageLimit);
    if (this.annotations.filter((other) => other.level === level).length < annotationsPerLevel) {
      this.annotations.push({ level, message, ...place });
    }
    if (message !== '') this.output(`##[${level}]${message}`);
  }

  /** Reports an error of the runner itself, which fails the step. */
  fail(what: string, cause: unknown): void {
    this.annotate('error', what);
    this.annotate('error', cause instanceof Error ? cause.message : String(cause));
    this.#failed = true;
  }

  setOutput(name: string, value: string): void {
    if (name === '') fail('USAGE', 'The name of an output must not be empty');
    this.outputs.set(name, value);
    this.debug(`Set output ${name} = ${value}`);
  }

  /** Acts on a command. Returns false if commands are stopped, so that it is ordinary output. */
  #command(command: WorkflowCommand, text: string): boolean {
    if (this.#stopToken !== undefined) {
      if (command.name !== this.#stopToken) return false;
      this.#known.delete(this.#stopToken);
      this.#stopToken = undefined;
      this.output(text);
      return true;
    }
    if (command.name === 'stop-commands') {
      this.#stop(command, text);
      return true;
    }
    const omitEcho = unechoed.has(command.name);
    if (this.#echo && !omitEcho) this.output(text);
    try {
      this.#process(command);
    } catch (cause) {
      if (!(cause instanceof CountersignError)) throw cause;
      this.fail(`Unable to process command '${omitEcho ? command.name : text}' successfully.`, cause);
    }
    return true;
  }

  #stop(command: WorkflowCommand, text: string): void {
    const token = command.data.toLowerCase();
    if (token === '' || token === 'pause-logging' || this.#known.has(token)) {
      // GitHub's runner gives up the step here, while the process is still running.
      this.fail(
        "Unable to process command 'stop-commands' successfully.",
        "The token must not be empty, the string 'pause-logging', or another workflow command.",
      );
      return;
    }
    this.#stopToken = token;
    this.#known.add(token);
    if (command.data.length > 6) this.#options.masker.add(command.data);
    this.output(text);
  }

  #process(command: WorkflowCommand): void {
    const { name, data } = command;
    switch (name) {
      case 'add-mask':
        if (data.trim() === '') {
          this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
          return;
        }
        if (this.#echo) this.output('::add-mask::***');
        this.#options.masker.addWithLines(data);
        this.#maskedByStep.addWithLines(data);
        return;
      case 'debug':
        this.debug(data);
        return;
      case 'error':
      case 'warning':
      case 'notice':
        this.annotate(name, data, annotationPlace(command, this.#options.workspace));
        return;
      case 'group':
        this.output(`##[group]${data}`);
        return;
      case 'endgroup':
        this.output('##[endgroup]');
        return;
      case 'echo':
        this.#setEcho(data);
        return;
      case 'set-output':
        this.#deprecated(name);
        this.setOutput(requiredName(command), data);
        return;
      case 'save-state':
        this.#deprecated(name);
        this.state.set(requiredName(command), data);
        return;
      case 'set-env':
      case 'add-path':
        fail('USAGE', `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
        break;
      default:
        // Problem matchers are known commands, whose lines are not shown, but have no effect here.
        this.debug(`${name} is accepted and has no effect in the sandbox`);
    }
  }

  #setEcho(data: string): void {
    const value = data.trim().toLowerCase();
    if (value !== 'on' && value !== 'off') {
      fail('USAGE', `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`);
    }
    this.#echo = value === 'on';
  }

  #deprecated(name: string): void {
    this.annotate(
      'warning',
      `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`,
    );
  }
}

function requiredName(command: WorkflowCommand): string {
  return (
    command.properties.get('name') ?? fail('USAGE', `Required field 'name' is missing in ##[${command.name}] command.`)
  );
}
