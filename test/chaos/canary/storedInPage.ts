import type { Page } from 'playwright-core';

/** Everything that a page has stored in its browser, as JSON, by where it is: `local NAME`, `session NAME`, `database NAME/STORE`. */
export async function storedInPage(page: Page): Promise<ReadonlyMap<string, string>> {
  const entries = await page.evaluate(async () => {
    const found: [string, string][] = [
      ...Object.entries(localStorage).map(([name, value]): [string, string] => [
        `local ${name}`,
        String(value),
      ]),
      ...Object.entries(sessionStorage).map(([name, value]): [string, string] => [
        `session ${name}`,
        String(value),
      ]),
    ];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          resolve(opening.result);
        };
        opening.onerror = () => {
          reject(new Error(`The database ${name} cannot be opened.`));
        };
      });
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all(
          [objects.getAllKeys(), objects.getAll()].map(
            (request) =>
              new Promise((resolve) => {
                request.onsuccess = () => {
                  resolve(request.result);
                };
              }),
          ),
        );
        found.push([`database ${name}/${store}`, JSON.stringify([keys, values])]);
      }
      database.close();
    }
    return found;
  });
  return new Map(entries);
}
