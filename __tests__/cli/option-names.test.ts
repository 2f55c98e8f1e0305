/** Messages name the inputs of the actions; the command shows its options. */

import { expect, test } from '@jest/globals';
import { addOptionNames, errorInFlags, inFlags } from '../../src/cli/option-names.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { signRows } from '../../src/options/index.ts';

// As the command does, except for verifying.
addOptionNames(signRows);

test.each([
  ['set `bundle-dir`', 'set --bundle-dir'],
  ['set `repo` or `owner`', 'set --repo or --owner'],
  ['set `instance: github`', 'set --instance github'],
  ['set `overwrite: true`', 'set --overwrite'],
  ['set `registry-password`', 'set --registry-password-file'],
  ['set `files`, `digests` or `images`', 'set files, --digest or --image'],
  ['check `statement-subject-name`', 'check --subject-name'],
  ['run `countersign tree`, or `gpg --verify`', 'run `countersign tree`, or `gpg --verify`'],
  ['set `artifact-name`, which only the action has', 'set `artifact-name`, which only the action has'],
  ['a file `constructor`', 'a file `constructor`'],
  ['policy.yml:3:5: `repo` is empty\nSet `repo`.', 'policy.yml:3:5: `repo` is empty\nSet --repo.'],
])('%s', (text, shown) => {
  expect(inFlags(text)).toBe(shown);
});

test('an error keeps its code and its cause', () => {
  const error = new CountersignError('USAGE', 'no `bundle`', { remedy: 'Set `bundle-dir`.' });
  const { code, message, remedy, cause } = errorInFlags(error);
  expect({ code, message, remedy, cause }).toEqual({
    code: 'USAGE',
    message: 'no --bundle',
    remedy: 'Set --bundle-dir.',
    cause: error,
  });
  expect(errorInFlags(new CountersignError('USAGE', 'no `bundle`')).remedy).toBe(undefined);
});
