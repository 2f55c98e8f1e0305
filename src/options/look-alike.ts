/** The options of `countersign look-alike`. */

import { choice, flag, list } from './form.ts';
import type { OptionTable } from './row.ts';

export const lookAlikeRows = {
  target: {
    form: list,
    about: 'Protected name (required, repeatable).',
    flags: '--target <name>',
  },
  kind: {
    form: choice({
      owner: 'owner',
      repo: 'repo',
      workflow: 'workflow',
      email: 'email',
      domain: 'domain',
      package: 'package',
    } as const),
    about: 'Kind of the names: owner, repo, workflow, email, domain or package (required).',
    flags: '--kind <kind>',
  },
  json: { form: flag, about: 'Print one JSON object per candidate and line.', flags: '--json' },
} as const satisfies OptionTable;
