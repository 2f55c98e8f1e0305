import { summary, warning } from '@actions/core';
import { plainLine } from '../report/index.ts';

/** Writes the job summary, if the runner supports it. It comes last, so a summary that cannot be written is only a warning. */
export async function writeSummary(markdown: string): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  try {
    await summary.addRaw(markdown).write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warning(plainLine(`the job summary could not be written: ${reason}. The other results are complete.`), {
      title: 'Countersign',
    });
  }
}
