import type { VerificationReport } from '../../report/index.ts';
import type { World } from '../world/index.ts';
import type { Verifiable } from './verifiable.ts';

/** Adds to a report what is in the folders of files and is neither one of them nor a bundle. What finds it is loaded only now. */
export async function withFilesBeside(
  report: VerificationReport,
  artifacts: readonly Verifiable[],
  bundlePaths: readonly string[],
  world: Pick<World, 'files'>,
): Promise<VerificationReport> {
  const { leftBeside, withLeftOut } = await import('./select-verifiables.ts');
  return withLeftOut(report, await leftBeside(artifacts, bundlePaths, world), true);
}
