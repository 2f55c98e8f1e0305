import type { EntryBatch } from './log-reader.ts';
import type { MonitoredLog } from './monitored-log.ts';
/** A receiver of proven entries, such as the search index. It gets the batches of each log in order. */
export interface EntryConsumer {
    /**
     * Takes the next batch of a log. The caller waits for the end of the call before it passes the next one.
     *
     * After an interruption, entries that were accepted before may come again: the caller stores its position after {@link flush}. They are
     * ignored.
     *
     * @param origin the origin of the head that the batch is proven against
     */
    accept(batch: EntryBatch, log: MonitoredLog, origin: string): Promise<void>;
    /** Stores everything accepted on disk. Once this has ended, a caller may store the position after the last batch. */
    flush(): Promise<void>;
}
