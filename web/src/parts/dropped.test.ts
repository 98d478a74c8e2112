import { expect, test } from 'vitest';
import { chosen, filesIn } from './dropped.ts';

function file(fullPath: string): FileSystemEntry {
  const name = fullPath.split('/').at(-1) ?? '';
  const entry = { isFile: true, isDirectory: false, name, fullPath, file: (done: (file: File) => void) => done(new File([], name)) };
  return entry as unknown as FileSystemEntry;
}

/** A folder that gives two of its entries at a time, as browsers give a hundred. */
function folder(fullPath: string, entries: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    let given = 0;
    return {
      readEntries(done: (some: readonly FileSystemEntry[]) => void) {
        done(entries.slice(given, given + 2));
        given += 2;
      },
    };
  };
  const name = fullPath.split('/').at(-1) ?? '';
  return { isFile: false, isDirectory: true, name, fullPath, createReader } as unknown as FileSystemEntry;
}

test('folders are gone through to their ends, by name, and their files keep their paths', async () => {
  const inner = folder('/phone/more', [file('/phone/more/b.mp4'), file('/phone/more/a.mp4'), file('/phone/more/c.mp4')]);
  const found = await filesIn([file('/alone.mp4'), folder('/phone', [file('/phone/z.mp4'), inner, folder('/phone/empty', [])])]);
  expect(found.map(({ file: { name }, path }) => [name, path])).toEqual([
    ['alone.mp4', null],
    ['a.mp4', 'phone/more/a.mp4'],
    ['b.mp4', 'phone/more/b.mp4'],
    ['c.mp4', 'phone/more/c.mp4'],
    ['z.mp4', 'phone/z.mp4'],
  ]);
});

test('what is chosen in a field has a path where it came in a folder', () => {
  const inFolder = Object.assign(new File([], 'a.mp4'), { webkitRelativePath: 'phone/a.mp4' });
  const alone = Object.assign(new File([], 'b.mp4'), { webkitRelativePath: '' });
  expect(chosen([inFolder, alone]).map(({ path }) => path)).toEqual(['phone/a.mp4', null]);
});
