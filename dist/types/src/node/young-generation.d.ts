/** Limits the memory that V8 takes for new objects. */
/**
 * Keeps V8's space for new objects at its present size, which is a few MiB early in a run. On Node 24, the space would grow to 128 MiB,
 * most of it garbage. Applies to the whole process, so only programs call this, and not the library.
 *
 * V8 reads this factor each time the space could grow. It reads `--max-semi-space-size` only when it starts.
 */
export declare function keepYoungGenerationSmall(): void;
