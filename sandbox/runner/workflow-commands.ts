/**
 * Parses workflow commands: lines of output that instruct the runner, in the two grammars that it accepts.
 *
 * - `::name key=value,key=value::data`, with nothing but blanks before the first `::`;
 * - `##[name key=value;key=value]data`, anywhere in a line, at the first `##[`.
 *
 * Only a line with a known name is a command. Names and property names are compared without regard to case.
 */

export interface WorkflowCommand {
  /** The name, in lower case. */
  readonly name: string;
  /** The decoded properties, by name in lower case. One with an empty value does not exist. */
  readonly properties: ReadonlyMap<string, string>;
  /** The decoded text. */
  readonly data: string;
}

type Escapes = readonly (readonly [escape: string, char: string])[];

// `%25` comes last in each list, so that `%250A` becomes the three characters `%0A` and not a line feed.
const dataEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const propertyEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
];
const legacyEscapes: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
];

/**
 * Parses the command in a line, if there is one. `::` is tried first.
 *
 * @param known the names of commands, in lower case
 */
export function parseWorkflowCommand(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  return parseCommand(line, known) ?? parseLegacyCommand(line, known);
}

// White space as .NET defines it: JavaScript's, without the byte order mark and with NEL.
const leadingBlanks = /^(?:(?!\uFEFF)\s|\u0085)+/;

function parseCommand(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  const text = line.replace(leadingBlanks, '');
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  const [name, properties] = splitHead(text.slice(2, end));
  if (!known.has(name)) return undefined;
  return {
    name,
    properties: parseProperties(properties.trim().split(','), propertyEscapes),
    data: decode(text.slice(end + 2), dataEscapes),
  };
}

function parseLegacyCommand(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  if (start < 0) return undefined;
  const end = line.indexOf(']', start);
  if (end < 0) return undefined;
  const [name, properties] = splitHead(line.slice(start + 3, end));
  if (!known.has(name)) return undefined;
  return {
    name,
    properties: parseProperties(properties.split(';'), legacyEscapes),
    data: decode(line.slice(end + 1), legacyEscapes),
  };
}

function splitHead(head: string): readonly [name: string, properties: string] {
  const space = head.indexOf(' ');
  return space < 0 ? [head.toLowerCase(), ''] : [head.slice(0, space).toLowerCase(), head.slice(space + 1)];
}

function parseProperties(parts: readonly string[], escapes: Escapes): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const part of parts) {
    // The runner splits at `=` and drops empty parts: signs before the name and repeated signs after it are ignored.
    const [, name, value] = /^=*([^=]+)=+([\s\S]+)$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) properties.set(name.toLowerCase(), decode(value, escapes));
  }
  return properties;
}

function decode(text: string, escapes: Escapes): string {
  return escapes.reduce((decoded, [escaped, char]) => decoded.replaceAll(escaped, char), text);
}
