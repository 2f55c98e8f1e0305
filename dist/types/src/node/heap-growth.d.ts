/** Limits how far V8's heap grows between collections. */
/**
 * Lets V8's heap grow by 40% at most before it is collected, instead of up to four times. In programs that read a log for a long time, most of
 * what is not collected are buffers, which are large and outside the heap. Applies to the whole process, so only programs call this.
 *
 * V8 reads this factor at each collection. It reads limits such as `--max-heap-size` only when it starts.
 */
export declare function growHeapSlowly(): void;
