/** The files in what somebody drops or chooses, folders with everything in them. */

import type { Handed } from '../api/adding.ts';

/** What is dropped, taken at once: it is gone when the event is over. */
export async function taken(transfer: DataTransfer): Promise<Handed[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  // What a program puts there, and no file manager, has no entry.
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: Handed[] = [];
  for (const { entry, file } of dropped) {
    if (entry) found.push(...(await filesIn([entry])));
    else if (file) found.push({ file, path: null });
  }
  return found;
}

/** Every file in `entries`, those of a folder in the order of their names. */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<Handed[]> {
  const found: Handed[] = [];
  for (const entry of entries) {
    if (isFile(entry)) found.push(await handed(entry));
    else if (isFolder(entry)) found.push(...(await filesIn(await listed(entry))));
  }
  return found;
}

/** What was chosen in a field. */
export function chosen(files: Iterable<File>): Handed[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || null }));
}

function handed(entry: FileSystemFileEntry): Promise<Handed> {
  const path = entry.fullPath.replace(/^\//, '');
  return new Promise((done, fail) => {
    entry.file((file) => done({ file, path: path.includes('/') ? path : null }), fail);
  });
}

/** A folder gives a part of what is in it each time it is asked, and nothing at the end. */
async function listed(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return all.sort((one, other) => (one.name < other.name ? -1 : 1));
    all.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
