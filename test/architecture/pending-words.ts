/** Folders and files that still contain a retired word. Empty when the renaming is complete. */
export const PENDING: Readonly<Record<string, readonly string[]>> = {};
