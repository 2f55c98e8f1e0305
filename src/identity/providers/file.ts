import { fail } from '../../core/errors/index.ts';
import type { Secret } from '../../node/index.ts';
import { readTokenFile } from './jwt-file.ts';
import type { TokenProvider } from './provider.ts';

/**
 * Provides the token in a file or pipe that the caller named. A file is read each time, as another program may have renewed the token. A
 * pipe can be read only once.
 */
export const fileTokens: TokenProvider = {
  name: 'file',
  title: 'a token file',
  mayHang: true,
  detect: ({ file }) => (file === undefined ? 'absent' : 'ready'),
  open({ file: path }, { files }) {
    if (path === undefined)
      fail('USAGE', '`identity-provider: file` requires the path of a token file', {
        remedy: 'Specify it with `identity-token`.',
      });
    if (/eyJ[\w-]+\.|^\s*bearer\s/i.test(path)) {
      fail('USAGE', 'the value of `identity-token` is a token, and every user of this machine can read command lines', {
        remedy: 'Write the token to a file and specify the path of the file, or set SIGSTORE_ID_TOKEN.',
      });
    }
    let fromPipe: Secret | undefined;
    return async () => {
      if (fromPipe !== undefined) return fromPipe;
      const { token, isFile } = await readTokenFile(path, 'the file of `identity-token`', files);
      if (!isFile) fromPipe = token;
      return token;
    };
  },
};
