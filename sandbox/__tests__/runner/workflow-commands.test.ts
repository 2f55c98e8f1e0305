import { describe, expect, test } from '@jest/globals';
import { parseWorkflowCommand } from '../../runner/workflow-commands.ts';

const known = new Set(['error', 'set-output', 'add-mask', 'group']);

type Parsed = readonly [name: string, properties: Readonly<Record<string, string>>, data: string] | undefined;

describe('workflow commands', () => {
  test.each<[what: string, line: string, command: Parsed]>([
    ['a name and data', '::error::text', ['error', {}, 'text']],
    ['no data', '::group::', ['group', {}, '']],
    ['a name in capitals', '::ERROR::text', ['error', {}, 'text']],
    ['blanks before it', ' \t\u0085\u00a0::error::text', ['error', {}, 'text']],
    ['a byte order mark before it', '\uFEFF::error::text', undefined],
    ['text before it', 'x::error::text', undefined],
    ['an unknown name', '::unknown::text', undefined],
    ['no second ::', '::error text', undefined],
    ['blanks in the name', ':: error::text', undefined],
    ['data with ::', '::error::a::b', ['error', {}, 'a::b']],
    ['data keeps its blanks', '::error::  a ', ['error', {}, '  a ']],
    ['properties', '::error file=a.ts,line=1::text', ['error', { file: 'a.ts', line: '1' }, 'text']],
    ['blanks around all properties', '::error   file=a.ts,line=1  ::t', ['error', { file: 'a.ts', line: '1' }, 't']],
    ['a blank before a name is part of it', '::error file=a, line=1::t', ['error', { file: 'a', ' line': '1' }, 't']],
    ['a property in capitals', '::error FILE=a,endLine=2::t', ['error', { file: 'a', endline: '2' }, 't']],
    ['the last of two', '::error file=a,File=b::t', ['error', { file: 'b' }, 't']],
    ['a property with =', '::set-output name=a=b::t', ['set-output', { name: 'a=b' }, 't']],
    ['a property with ==', '::set-output ==name==a=b::t', ['set-output', { name: 'a=b' }, 't']],
    ['an empty property is none', '::error file=,line=1,,x::t', ['error', { line: '1' }, 't']],
    ['data, decoded', '::error::%25 %0D %0A %3A %2C', ['error', {}, '% \r \n %3A %2C']],
    ['% is decoded last', '::error::%250A %25250A', ['error', {}, '%0A %250A']],
    ['lower case is not decoded', '::error::%0a', ['error', {}, '%0a']],
    ['properties, decoded', '::error title=%3A%2C%0A%25%3B::t', ['error', { title: ':,\n%%3B' }, 't']],
    ['an encoded comma does not split', '::error title=a%2Cfile=b::t', ['error', { title: 'a,file=b' }, 't']],
    ['legacy', '##[error]text', ['error', {}, 'text']],
    ['legacy anywhere', 'a file called ##[error]text', ['error', {}, 'text']],
    ['legacy in a :: line of an unknown name', '::unknown::##[error]text', ['error', {}, 'text']],
    ['not in the data of a command', '::error::##[group]text', ['error', {}, '##[group]text']],
    ['the first ##[ alone', '##[unknown] ##[error]text', undefined],
    ['no ]', '##[error text', undefined],
    ['broken up', '## [error]text', undefined],
    ['legacy properties', '##[set-output name=a;x=b]t', ['set-output', { name: 'a', x: 'b' }, 't']],
    ['legacy properties are not trimmed', '##[error  file=a]t', ['error', { ' file': 'a' }, 't']],
    ['legacy, decoded', '##[error title=%3B%5D]%3B%0D%0A%5D%25%3A', ['error', { title: ';]' }, ';\r\n]%%3A']],
    ['legacy in capitals', '##[Error]t', ['error', {}, 't']],
    ['nothing', '', undefined],
  ])('%s', (_, line, expected) => {
    const command = parseWorkflowCommand(line, known);
    expect(command && [command.name, Object.fromEntries(command.properties), command.data]).toEqual(expected);
  });
});
