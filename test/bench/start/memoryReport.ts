/** Begins the line in which the extension host tells its figures. */
export const reportPrefix = 'parley-bench-memory ';

/** How many conversations stream at once. */
export const counts = [1, 10, 50] as const;

/** How long they have streamed when memory is measured, in milliseconds. */
export const streamingTime = 1_500;

/** Memory in use in MB, beyond what the extension host used before anything was loaded. */
export type MemoryReport = Readonly<Record<string, number>>;
