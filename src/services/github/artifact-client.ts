/** GitHub's own client of the artifact service: the names that the service takes, and what the client says of failures. */

import type { DefaultArtifactClient } from '@actions/artifact';
import { fail } from '../../core/errors/index.ts';

/** The characters that no path in an artifact may have. */
export const forbiddenInPaths = /[":<>|*?\r\n]/;
const forbiddenInNames = /[":<>|*?\r\n\\/]/;

/** Opens the client. It is large, and loaded only when it is opened. */
export async function openArtifactClient(): Promise<DefaultArtifactClient> {
  const github = await import('@actions/artifact');
  return new github.DefaultArtifactClient();
}

/**
 * Demands a server whose artifact service the client speaks with: that of github.com or GitHub Enterprise Cloud. GitHub Enterprise Server,
 * Gitea and Forgejo have others.
 *
 * @param input the input that needs the service
 * @throws CountersignError `USAGE`
 */
export function demandArtifactService(serverUrl: string, input: string, remedy: string): void {
  if (hasArtifactService(serverUrl)) return;
  const host = hostOf(serverUrl);
  fail('USAGE', `\`${input}\` requires the artifact service of github.com, which ${host} does not provide`, { remedy });
}

/** Reports whether a server has the artifact service that the client speaks with. */
export function hasArtifactService(serverUrl: string): boolean {
  // As the client itself decides.
  return /^github\.com$|\.ghe\.com$|\.localhost$/i.test(hostOf(serverUrl));
}

function hostOf(serverUrl: string): string {
  return URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
}

/**
 * Demands a name that GitHub allows, and that is no command when it is printed: before anything is signed, for a signature in a public log cannot be taken back.
 *
 * @throws CountersignError `USAGE`
 */
export function demandArtifactName(name: string, input = 'artifact-name'): void {
  // GitHub allows it; but its client prints names as they are, and a runner takes that for a command wherever in a line it is.
  if (name.includes('##['))
    fail('USAGE', `the artifact name ${JSON.stringify(name)} contains "##[", which starts a workflow command`, {
      remedy: `Set \`${input}\` to a name without "##[".`,
    });
  const [character] = forbiddenInNames.exec(name) ?? [];
  if (name !== '' && character === undefined) return;
  const problem = character === undefined ? 'is empty' : `contains the character ${JSON.stringify(character)}`;
  fail('USAGE', `the artifact name ${JSON.stringify(name)} ${problem}, which GitHub does not allow`, {
    remedy: `Set \`${input}\` to a name without line breaks and the characters " : < > | * ? \\ /, or omit it.`,
  });
}

/**
 * Returns the first line of what the client says, without what stands behind the `?` of an address: there, the address of a blob has its
 * signature. Of what the artifact service answered, only the status stays: the service was sent the job's token.
 */
export function describeClientError(message: string): string {
  const [first = ''] = message.split('\n');
  return first
    .replace(/(Failed request: \(\d{3}\)).*/, '$1')
    .replace(/\?[^\s'"]*/g, '?…')
    .slice(0, 500);
}
