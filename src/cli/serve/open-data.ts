import { DataError } from '../../persistence/data/data-error.ts';
import { DataFolder, type DataFolderOptions } from '../../persistence/data/folder.ts';
import { type BroughtBack, bringBack } from '../../persistence/data/restore.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { CommandError } from '../exit.ts';

/** @throws CommandError where the folder cannot be used */
export async function openKeptData(
  apple: SimulatedApple,
  path: string,
  options: DataFolderOptions,
): Promise<BroughtBack> {
  try {
    const folder = new DataFolder(path, options);
    try {
      return await bringBack(apple, folder);
    } catch (error) {
      folder.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof DataError) throw new CommandError(error.message, { hint: error.hint });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CommandError(`the folder ${path} cannot be used: ${(error as Error).message}`, {
      hint: 'it must be a folder that this user may write to',
    });
  }
}
