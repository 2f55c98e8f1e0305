/** zizmor: a judge of workflow and action files. */

import { judgePath, run } from './program.ts';

export interface Finding {
  readonly ident: string;
  readonly desc: string;
}

/** The more it is to be, the more it finds: `auditor` finds all that it can. */
export type Persona = 'regular' | 'auditor';

/**
 * All that it has against these files, asking nobody else. What they or a configuration would have it ignore is not ignored.
 *
 * @throws if it cannot read one of them
 */
export async function zizmor(paths: readonly string[], persona: Persona, home: string): Promise<readonly Finding[]> {
  const { code, stdout, stderr } = await run(
    judgePath('COUNTERSIGN_INTEROP_ZIZMOR'),
    [
      ...['--offline', '--no-progress', '--no-ignores', '--no-config', '--no-exit-codes', '--strict-collection'],
      ...['--persona', persona, '--format', 'json-v1', ...paths],
    ],
    { cwd: home, env: { HOME: home } },
  );
  if (code !== 0) throw new Error(`zizmor ended with ${code}:\n${stderr}`);
  return JSON.parse(stdout);
}
