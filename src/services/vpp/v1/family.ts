/** The beginning of the paths of the family that a path belongs to. */
export const familyOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The service that a path names, in whichever family. */
export const serviceAt = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
