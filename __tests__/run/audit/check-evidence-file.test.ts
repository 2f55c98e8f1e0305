import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@jest/globals';
import { checkEvidenceFile } from '../../../src/run/audit/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';

test('evidence is not checked without a trusted root', async () => {
  const path = join(await temporaryFolder(), 'evidence.json');
  await files.writeFile(path, '{}');
  await expectRejection(() => checkEvidenceFile(path, [], { files }), 'TRUSTED_ROOT_MISSING', /no trusted root/);
});
