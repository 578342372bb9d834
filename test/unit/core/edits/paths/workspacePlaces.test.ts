import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pathWithin, workspacePlaces } from '../../../../../src/core/edits/paths/workspacePlaces';

describe('workspacePlaces finds', () => {
  const first = (path: string, folders: readonly string[], active?: number): string => {
    const [place] = workspacePlaces(path, folders, active);
    return place === undefined ? 'nowhere' : `${folders[place.folder] ?? ''}: ${place.path}`;
  };
  const cases: readonly (readonly [
    path: string,
    folders: readonly string[],
    active: number | undefined,
    expected: string,
  ])[] = [
    ['web/new/fresh.ts', ['api', 'web'], undefined, 'web: new/fresh.ts'],
    ['web/new/fresh.ts', ['api', 'web'], 0, 'web: new/fresh.ts'],
    ['lib/fresh.ts', ['api', 'web'], 1, 'web: lib/fresh.ts'],
    ['lib/fresh.ts', ['api', 'web'], undefined, 'api: lib/fresh.ts'],
    ['api/lib/fresh.ts', ['api', 'web'], 1, 'api: lib/fresh.ts'],
    ['website/a.ts', ['web', 'api'], 1, 'api: website/a.ts'],
    ['web/a.ts', ['web'], 0, 'web: web/a.ts'],
    ['前端/页面.tsx', ['后端', '前端'], 0, '前端: 页面.tsx'],
    ['my app/a.ts', ['api', 'my app'], 0, 'my app: a.ts'],
    ['packages/api/a.ts', ['packages/api', 'api'], undefined, 'packages/api: a.ts'],
    ['a.ts', ['api', 'web'], 1, 'web: a.ts'],
    ['a.ts', [], undefined, 'nowhere'],
  ];
  for (const [path, folders, active, expected] of cases)
    it(`${path} in ${folders.join(' and ') || 'no folder'}${active === undefined ? '' : `, working in ${folders[active] ?? ''}`}`, () => {
      assert.equal(first(path, folders, active), expected);
    });

  it('each folder once and nothing outside of the folders', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('api', 'web', 'lib')),
        fc.constantFrom('api/x', 'x', 'lib/api/x'),
        (folders, path) => {
          const places = workspacePlaces(path, folders, folders.length - 1);
          for (const [index] of folders.entries())
            assert.ok(places.some((place) => place.folder === index && place.path === path));
          for (const place of places) assert.ok(path === place.path || path.endsWith(`/${place.path}`));
        },
      ),
    );
  });
});

describe('pathWithin', () => {
  const inside: readonly (readonly [path: string, folder: string, expected: string])[] = [
    ['/home/me/project/src/a.ts', '/home/me/project', 'src/a.ts'],
    ['/home/me/project/src/a.ts', '/home/me/project/', 'src/a.ts'],
    ['/home/我/项目/源/a.ts', '/home/我/项目', '源/a.ts'],
    ['C:\\work\\src\\a.ts', 'c:\\work', 'src/a.ts'],
    ['c:/work/src/a.ts', 'C:\\work', 'src/a.ts'],
    ['file:///home/me/project/my%20file.ts', '/home/me/project', 'my file.ts'],
    ['file:///c:/work/a.ts', 'c:\\work', 'a.ts'],
    ['file:///C:/work/a.ts', 'c:\\work', 'a.ts'],
  ];
  for (const [path, folder, expected] of inside)
    it(`finds ${path} in ${folder}`, () => {
      assert.equal(pathWithin(path, folder), expected);
    });

  const outside: readonly (readonly [path: string, folder: string])[] = [
    ['/home/me/project', '/home/me/project'],
    ['/home/me/project/', '/home/me/project'],
    ['/home/me/projects/a.ts', '/home/me/project'],
    ['/home/Me/project/a.ts', '/home/me/project'],
    ['/etc/passwd', '/home/me/project'],
    ['src/a.ts', '/home/me/project'],
    ['file://server/home/me/project/a.ts', '/home/me/project'],
    ['https://x/home/me/project/a.ts', '/home/me/project'],
    ['D:\\work\\a.ts', 'c:\\work'],
    ['', '/home'],
  ];
  for (const [path, folder] of outside)
    it(`does not find ${JSON.stringify(path)} in ${folder}`, () => {
      assert.equal(pathWithin(path, folder), undefined);
    });
});
