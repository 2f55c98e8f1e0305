import { expect, test } from '@jest/globals';
import { inCommandWords } from '../../src/cli/command-words.ts';

test.each([
  ['Set `repo` or `certificate-oidc-issuer`.', 'Set --repo or --certificate-oidc-issuer.'],
  ['no `digests`, `images` or `registry-password`', 'no --digest, --image or --registry-password-file'],
  ['the `statement-subject-name` of a policy', 'the --subject-name of a policy'],
  [
    '`files` and `artifact-digest` are not options of a command',
    '`files` and `artifact-digest` are not options of a command',
  ],
  ['policy.yml:3:5: `repo` is empty\nSet `repo`.', 'policy.yml:3:5: `repo` is empty\nSet --repo.'],
])('%j is %j for the command', (text, expected) => {
  expect(inCommandWords(text)).toBe(expected);
});
