import { fail } from '../core/errors/index.ts';
import { unlikePath } from '../subject/index.ts';

/** Refuses an argument that is not the name of a file, and is a URL or a path of Windows. @throws CountersignError `USAGE` */
export function demandPath(artifact: string): void {
  const unlike = unlikePath(artifact);
  if (unlike === undefined) return;
  fail('USAGE', `${JSON.stringify(artifact)} is ${unlike.what}, not the path of a file`, { remedy: unlike.remedy });
}
