import { fail, systemCode } from '../../core/errors/index.ts';
import { readToEnd, Secret, utf8Text } from '../../node/index.ts';
import type { ProviderWorld, TokenProvider } from './provider.ts';

/** In bytes. Longer than every token that is accepted. */
const maxLength = 64 * 1024;

/**
 * Provides the token that a file or a pipe holds. A file is read each time, as somebody may have renewed the token; a pipe can be read
 * only once.
 *
 * @throws CountersignError `USAGE` for a token in place of a path
 */
export const fileTokens: TokenProvider = ({ file: path }, { files }) => {
  if (path === undefined) return undefined;
  if (/eyJ[\w-]+\.|^\s*bearer\s/i.test(path)) {
    fail('USAGE', 'the value of `identity-token` is a token, and every user of this machine can read command lines', {
      remedy: 'Write the token to a file and specify the path of the file, or set SIGSTORE_ID_TOKEN.',
    });
  }
  let fromPipe: Secret | undefined;
  return {
    mayHang: true,
    request: async () => {
      if (fromPipe !== undefined) return fromPipe;
      const { token, isFile } = await readToken(path, files);
      if (!isFile) fromPipe = token;
      return token;
    },
  };
};

async function readToken(
  path: string,
  files: ProviderWorld['files'],
): Promise<{ readonly token: Secret; readonly isFile: boolean }> {
  // The path is not repeated: it could be the token itself.
  const refuse = (cause: unknown): never =>
    fail('TOKEN_INVALID', `the file of \`identity-token\` cannot be read: ${systemCode(cause) ?? 'unknown'}`);
  const isFile = (await files.stat(path).catch(refuse)).isFile();
  const bytes =
    (await readToEnd(files, path, maxLength).catch(refuse)) ??
    fail('TOKEN_INVALID', `the file of \`identity-token\` is too large: the limit is ${maxLength} bytes`);
  const text = utf8Text(bytes, 'TOKEN_INVALID', 'the file of `identity-token`');
  return { token: new Secret(text.trim()), isFile };
}
