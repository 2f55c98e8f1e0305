/** Does the work of a command; the signal is aborted by Ctrl-C, and by whoever asks the process to end. */
export async function untilInterrupted(work: (cancellation: AbortSignal) => Promise<void>): Promise<void> {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  try {
    await work(cancellation.signal);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}
