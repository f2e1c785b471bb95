import { DataError } from '../../persistence/data/disk.ts';
import { DataFolder, type DataFolderOptions } from '../../persistence/data/folder.ts';
import { type RestoredData, restoreData } from '../../persistence/data/restore.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { CommandError } from '../exit.ts';

/** @throws CommandError if the folder cannot be used */
export async function openDataFolder(
  apple: SimulatedApple,
  path: string,
  options: DataFolderOptions,
): Promise<RestoredData> {
  try {
    const folder = new DataFolder(path, options);
    try {
      return await restoreData(apple, folder);
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
