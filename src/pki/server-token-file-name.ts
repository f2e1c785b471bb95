import { instant } from '../core/clock.ts';

const LONGEST_NAME = 50;

/**
 * As the portal names the file: `server.thing.com_Token_2018-09-19T18-06-09Z_smime.p7m`
 * (https://github.com/micromdm/micromdm/issues/510). What it does with blanks and the like in a server's name is not known.
 */
export function serverTokenFileName(serverName: string, issuedAt: number): string {
  return `${fileNamePart(serverName)}_Token_${instant(issuedAt).replaceAll(':', '-')}_smime.p7m`;
}

/** Letters of any script stay; a leading dot would hide the file, a long name would not fit any file system. */
function fileNamePart(name: string): string {
  const safe = name.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  return [...safe].slice(0, LONGEST_NAME).join('') || 'server';
}
