import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VSCode } from '../../support/startVSCode';

/** The user's settings of a VS Code, which the next window finds. */
export class UserSettings {
  private constructor(
    private readonly path: string,
    private readonly first: Readonly<Record<string, unknown>>,
  ) {}

  static async of({ dataFolder }: VSCode): Promise<UserSettings> {
    const path = join(dataFolder, 'user', 'User', 'settings.json');
    return new UserSettings(path, JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>);
  }

  /** Those that VS Code was started with, and these. */
  async write(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await writeFile(this.path, JSON.stringify({ ...this.first, ...settings }, null, 2));
  }
}
