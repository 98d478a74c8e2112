/** Files dropped on the page. */

import type { Page } from '@playwright/test';

/** Drops files and folders, by their paths, as a file manager does. */
export async function dropped(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 500, data });
  }
  await session.detach();
}
